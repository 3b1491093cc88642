"""API: the canonical text of a decorator, by which a pattern says which endpoints it means."""

from tests.contract.rows import TRIGGERS, Row

HEAD = "from fastapi import APIRouter, FastAPI\nrouter = APIRouter()\n"

ROWS = (
    Row(
        'endpoint_pattern is searched in the canonical text: @router.<method>("<prefix + path>") and nothing else',
        TRIGGERS,
        "BG020",
        head=HEAD,
        silent={
            "G59: What stands in tags, a summary or a name is no part of it": """
                @router.post("/products", tags=["import"], summary="import products", response_model=Out)
                def import_products():
                    return {"ok": True}
                """,
            "G61: Another method": """
                @router.get("/import")
                def imports():
                    return {"ok": True}

                @router.api_route("/import", methods=["GET", "DELETE"])
                def more():
                    return {"ok": True}
                """,
            "G61: A function of another module is judged in its own file only": """
                from app.api.v1.admin.orders import import_orders

                router.add_api_route("/import/orders", import_orders, methods=["POST"])
                """,
            "G64: A part of a path that is not known": """
                @router.post(f"/{settings.path}/run")
                def run():
                    return {"ok": True}
                """,
        },
        speaking={
            "G60: Every router is written router": """
                app, shop_router = FastAPI(), APIRouter()

                @app.post("/import")
                def products():
                    return {"ok": True}  # expect: BG020

                @shop_router.post(
                    path="/orders/import",
                )
                def orders():
                    return {"ok": True}  # expect: BG020
                """,
            "G61 G62: Other ways to say a route": """
                @router.api_route("/import", methods=["POST"])
                def products():
                    return {"ok": True}  # expect: BG020

                def orders():
                    return {"ok": True}  # expect: BG020

                router.add_api_route("/import/orders", orders, methods=["POST"])

                @cbv(router)
                class Imports:
                    @router.post("/import/stock")
                    def stock(self):
                        return {"ok": True}  # expect: BG020
                """,
            "G61: methods that are not literal are every method": """
                @router.api_route("/import", methods=settings.methods)
                def products():
                    return {"ok": True}  # expect: BG020
                """,
            "G64: Constants in a path, and the router's own prefix": {
                "app/core/paths.py": 'IMPORT = "import"\n',
                TRIGGERS: """
                    from app.core import paths
                    KIND = "products"
                    imports = APIRouter(prefix="/import")

                    @imports.post("/run")
                    def run():
                        return {"ok": True}  # expect: BG020

                    @router.post(f"/{KIND}/{paths.IMPORT}")
                    def products():
                        return {"ok": True}  # expect: BG020
                    """,
            },
        },
    ),
)
