"""Units, endpoints: which functions of a matched file answer requests."""

from tests.contract.rows import ENDPOINTS, Row

ENDPOINT_HEAD = "from fastapi import APIRouter, BackgroundTasks, FastAPI\n"

ROWS = (
    Row(
        "Endpoints are decorated by a method of a router, known or named so",
        ENDPOINTS,
        "BG021",
        head=ENDPOINT_HEAD,
        silent={
            "G60: A receiver that is called otherwise and not known is no router": """
                from app.events import bus

                @bus.post("/import")
                def import_products():
                    return run()
                """,
            "G60: What an installed package that is no web framework calls router is none": """
                from faststream.rabbit import router

                @router.post("/import")
                def import_products():
                    return run()
                """,
            "G60: A method of a router that is no HTTP method makes no endpoint": """
                router = APIRouter()

                @router.on_event("startup")
                def import_products():
                    return run()
                """,
        },
        speaking={
            "G59: A method of a router that is called anything is an endpoint's": """
                products = APIRouter()

                @products.post("/import", response_model=JobOut, status_code=202)
                async def import_products():  # expect: BG021
                    return await run()
                """,
            "G60: An unknown receiver counts by its name, and one of two decorators is enough": """
                from app.api.routers import admin_router, app, legacy

                @legacy.post("/import")
                @admin_router.put("/import")
                def import_products():  # expect: BG021
                    return run()

                @app.websocket("/import")
                async def import_stock(socket):  # expect: BG021
                    await run(socket)
                """,
            "G62: A method of a class-based view is an endpoint": """
                router = APIRouter()

                @cbv(router)
                class Products:
                    @router.post("/import")
                    def import_products(self):  # expect: BG021
                        return self.service.run()
                """,
            "G60: A router that is an attribute of something unknown counts by its name": """
                class Api:
                    def register(self):
                        @self.router.post("/import")
                        def import_products():  # expect: BG021
                            return run()
                """,
            "G63: A route may be the first argument of a decorator": """
                from app.security import protected_route
                router = APIRouter()

                @protected_route(router.post, "/import", [Scope.WRITE])
                def import_products():  # expect: BG021
                    return run()
                """,
        },
    ),
    Row(
        "Endpoints are also the functions registered by add_api_route in the same module",
        ENDPOINTS,
        "BG021",
        head=ENDPOINT_HEAD + "router = APIRouter()\n",
        silent={
            "G61: A function that is not registered is no endpoint": """
                def import_products():
                    return run()

                def products():
                    return {"products": []}

                router.add_api_route("/products", products)
                """,
            "G61 F48: A function that is registered and takes BackgroundTasks is silent": """
                def import_products(bg: BackgroundTasks):
                    bg.add_task(run)

                router.add_api_route("/products", import_products, methods=["POST"])
                """,
        },
        speaking={
            "G61: A function that is registered, by position or by keyword, is an endpoint": """
                def import_products():  # expect: BG021
                    return run()

                def import_stock():  # expect: BG021
                    return run()

                router.add_api_route("/products", import_products, methods=["POST"])
                router.add_api_route("/stock", endpoint=import_stock, methods=["POST"])
                """,
        },
    ),
)
