"""Which functions are endpoints: every kind of router, and what only looks like one."""

import pytest

from tests.linting import assert_as_marked, messages

PATH = "app/api/v1/admin/marketplace.py"

NOT_ENDPOINTS = {
    "a router of another library that is called app": """
        from flask import Flask
        app = Flask(__name__)
        @app.post("/import")
        def start():
            return {}
        """,
    "a router imported from an installed package that is no web framework": """
        from aiogram.dispatcher import router
        @router.post("/import")
        def start():
            return {}
        """,
    "an app of typer in an attribute": """
        import typer
        class Cli:
            app = typer.Typer()
            @app.post("/import")
            def start(self):
                return {}
        """,
    "a celery app with a method of that name": """
        from celery import Celery
        api = Celery("api")
        @api.post("/import")
        def start():
            return {}
        """,
    "a client's method used as a decorator": """
        from fastapi import APIRouter
        client = Client()
        @client.post("/import")
        def start():
            return {}
        """,
    "a name that only contains the word router": """
        @routers_by_name.post("/import")
        def start():
            return {}
        """,
    "a decorator without a call": """
        from fastapi import APIRouter
        router = APIRouter()
        @router.post
        def start():
            return {}
        """,
    "a method that is no route": """
        from fastapi import APIRouter
        router = APIRouter()
        @router.exception_handler("/import")
        def start():
            return {}
        @router.on_event("/import")
        def stop():
            return {}
        """,
    "a call of the client, not a decorator": """
        def test_start(client):
            response = client.post("/import")
            return {}
        """,
    "a project class called router that is none": """
        class EventRouter:
            def post(self, path):
                return lambda function: function
        router = EventRouter()
        @router.post("/import")
        def start():
            return {}
        """,
    "another method than the rule's": """
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/import")
        def show():
            return {}
        @router.api_route("/import", methods=["GET", "HEAD"])
        def peek():
            return {}
        @router.api_route("/import")
        def look():
            return {}
        @router.websocket("/import")
        async def follow(socket):
            return {}
        """,
    "another path than the rule's, whatever the other arguments and the name say": """
        from fastapi import APIRouter
        router = APIRouter()
        @router.post("/feeds", tags=["import"], summary="import feeds", name="import", dependencies=[Depends(import_)])
        def import_feeds():
            return {}
        """,
    "a prefix that is not the router's own": """
        from fastapi import APIRouter, FastAPI
        router = APIRouter()
        app = FastAPI()
        app.include_router(router, prefix="/import")
        @router.post("/start")
        def start():
            return {}
        """,
    "add_api_route with get alone": """
        from fastapi import APIRouter
        router = APIRouter()
        def start():
            return {}
        router.add_api_route("/import", start)
        router.add_api_route("/import", endpoint=start, methods=["GET"])
        """,
    "add_api_route of an imported function": """
        from fastapi import APIRouter
        from app.handlers import start
        router = APIRouter()
        router.add_api_route("/import", start, methods=["POST"])
        """,
    "add_api_route of something that is no router": """
        from aiohttp import web
        def start():
            return {}
        web.Application().add_api_route("/import", start, methods=["POST"])
        """,
    "a nested function's return": """
        from fastapi import APIRouter
        router = APIRouter()
        @router.post("/import")
        def start():
            def key(job):
                return job.name
            return {"job_id": min(jobs, key=key).id}
        """,
}

ENDPOINTS = {
    "a router": """
        from fastapi import APIRouter
        router = APIRouter()
        @router.post("/import")
        def start():
            return {}  # expect: BG020
        """,
    "an asynchronous endpoint": """
        from fastapi import APIRouter
        router = APIRouter()
        @router.post("/import")
        async def start():
            return {}  # expect: BG020
        """,
    "a router of any name": """
        from fastapi import APIRouter
        feeds = APIRouter()
        @feeds.post("/import")
        def start():
            return {}  # expect: BG020
        """,
    "routers through import aliases": """
        import fastapi as fa
        from fastapi import APIRouter as R
        one = fa.APIRouter()
        two = R()
        three = fa.routing.APIRouter()
        @one.post("/import")
        def first():
            return {}  # expect: BG020
        @two.post("/import")
        def second():
            return {}  # expect: BG020
        @three.post("/import")
        def third():
            return {}  # expect: BG020
        """,
    "an application": """
        from fastapi import FastAPI
        application = FastAPI()
        @application.post("/import")
        def start():
            return {}  # expect: BG020
        """,
    "a project's router class": """
        from fastapi import APIRouter
        class AuditedRouter(APIRouter):
            pass
        feeds = AuditedRouter()
        @feeds.post("/import")
        def start():
            return {}  # expect: BG020
        """,
    "a router made by a project function": """
        from fastapi import APIRouter
        def make_router():
            made = APIRouter()
            return made
        def annotated() -> APIRouter:
            return build()
        feeds = make_router()
        orders = annotated()
        @feeds.post("/import")
        def start():
            return {}  # expect: BG020
        @orders.post("/import")
        def order():
            return {}  # expect: BG020
        """,
    "unresolvable names that are routers by convention": """
        from .routing import router, base_router, app, api, admin_api
        from app.core import legacy_base_router
        @router.post("/import")
        def first():
            return {}  # expect: BG020
        @base_router.post("/import")
        def second():
            return {}  # expect: BG020
        @app.post("/import")
        def third():
            return {}  # expect: BG020
        @api.post("/import")
        def fourth():
            return {}  # expect: BG020
        @admin_api.post("/import")
        def fifth():
            return {}  # expect: BG020
        @legacy_base_router.post("/import")
        def sixth():
            return {}  # expect: BG020
        """,
    "a router in an attribute": """
        from app import api
        @api.router.post("/import")
        def start():
            return {}  # expect: BG020
        """,
    "an annotated parameter of a factory": """
        from fastapi import APIRouter
        def register(feeds: APIRouter):
            @feeds.post("/import")
            def start():
                return {}  # expect: BG020
        """,
    "a factory that makes its router": """
        from fastapi import APIRouter
        def create_router():
            feeds = APIRouter()
            @feeds.post("/import")
            def start():
                return {}  # expect: BG020
            return feeds
        """,
    "several decorators on one function": """
        from fastapi import APIRouter
        router = APIRouter()
        @router.get("/jobs")
        @router.post("/import")
        @cached
        def start():
            return {}  # expect: BG020
        """,
    "api_route with post among its methods": """
        from fastapi import APIRouter
        router = APIRouter()
        METHODS = ["GET", "POST"]
        @router.api_route("/import", methods=["GET", "post"])
        def start():
            return {}  # expect: BG020
        @router.api_route("/import/{id}", methods=METHODS)
        def again():
            return {}  # expect: BG020
        """,
    "methods that are not literal": """
        from fastapi import APIRouter
        router = APIRouter()
        @router.api_route("/import", methods=list(settings.methods))
        def start():
            return {}  # expect: BG020
        """,
    "add_api_route": """
        from fastapi import APIRouter
        router = APIRouter()
        def start():
            return {}  # expect: BG020
        def again():
            return {}  # expect: BG020
        router.add_api_route("/import", start, methods=["POST"])
        router.add_api_route(path="/import/again", endpoint=again, methods=("POST",))
        """,
    "add_api_route with the methods of a bound object": """
        from fastapi import APIRouter
        class Feeds:
            def __init__(self):
                self.feeds = APIRouter(prefix="/import")
                self.feeds.add_api_route("/start", self.start, methods=["POST"])
            def start(self):
                return {}  # expect: BG020
        """,
    "add_api_route in a loop": """
        from fastapi import APIRouter
        router = APIRouter()
        def start():
            return {}  # expect: BG020
        def again():
            return {}  # expect: BG020
        for path, handler in [("/import", start), ("/import/again", again)]:
            router.add_api_route(path, handler, methods=["POST"])
        """,
    "a class-based view": """
        from fastapi import APIRouter
        from fastapi_utils.cbv import cbv
        router = APIRouter()
        @cbv(router)
        class Feeds:
            @router.post("/import")
            def start(self):
                return {}  # expect: BG020
        """,
    "an inferring router": """
        from fastapi_utils.inferring_router import InferringRouter
        feeds = InferringRouter()
        @feeds.post("/import")
        def start():
            return {}  # expect: BG020
        """,
    "a route that is the argument of a project decorator": """
        from fastapi import APIRouter
        from app.security import protected_route
        router = APIRouter()
        @protected_route(router.post, "/import", [Scope.WRITE])
        def start():
            return {}  # expect: BG020
        """,
    "the router's own prefix": """
        from fastapi import APIRouter
        router = APIRouter(prefix="/imports", tags=["x"])
        @router.post("/start")
        def start():
            return {}  # expect: BG020
        """,
    "constants and unknown parts in path and prefix": """
        from fastapi import APIRouter
        PREFIX = "/import"
        VERB = "start"
        one = APIRouter(prefix=PREFIX)
        two = APIRouter()
        @one.post(f"/{settings.name}/{VERB}")
        def first():
            return {}  # expect: BG020
        @two.post(f"{PREFIX}/run")
        def second():
            return {}  # expect: BG020
        @two.post("/" + kind + "/import")
        def third():
            return {}  # expect: BG020
        @two.post(path="/import")
        def fourth():
            return {}  # expect: BG020
        @two.post(PREFIX)
        def fifth():
            return {}  # expect: BG020
        """,
    "a decorator over several lines": """
        from fastapi import APIRouter
        router = APIRouter()
        @router.post(
            "/import",
            status_code=202,
        )
        def start():
            return {}  # expect: BG020
        """,
    "a method of a router that a class holds": """
        from fastapi import APIRouter
        class Feeds:
            routes = APIRouter()
            @routes.post("/import")
            def start(self):
                return {}  # expect: BG020
        """,
}


@pytest.mark.parametrize("code", NOT_ENDPOINTS.values(), ids=NOT_ENDPOINTS)
def test_no_endpoint_that_the_rule_speaks_of(code: str) -> None:
    assert_as_marked(code, PATH, codes="BG020")


@pytest.mark.parametrize("code", ENDPOINTS.values(), ids=ENDPOINTS)
def test_an_endpoint(code: str) -> None:
    assert_as_marked(code, PATH, codes="BG020")


def test_one_finding_per_endpoint_whatever_its_routes() -> None:
    code = """
        from fastapi import APIRouter
        router = APIRouter()
        @router.post("/import")
        @router.post("/import/again")
        def start(full: bool):
            if full:
                return {}
            return None
        """
    assert messages(code, PATH, "BG020") == ["start() does not return job_id"]


def test_a_file_that_the_rule_does_not_name_is_left_alone() -> None:
    code = ENDPOINTS["a router"].replace("# expect: BG020", "")
    for path in ("app/api/v2/marketplace.py", "app/api/v1/shop/marketplaces.py", "tests/app/api/v1/marketplace.py"):
        assert_as_marked(code, path, codes="BG020")


def test_the_pattern_is_the_rules_own() -> None:
    code = """
        from fastapi import APIRouter
        router = APIRouter(prefix="/tests")
        @router.post("/run")
        def run_tests():
            return {"job_id": 1}  # expect: BG020
        @router.post("/import")
        def import_tests():
            return {"status": "pending"}
        """
    assert_as_marked(code, "app/api/v1/admin/tests.py", codes="BG020")
