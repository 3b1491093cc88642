"""The canonical text of an endpoint's decorator: the method, and the router's own prefix with the path."""

import ast
from textwrap import dedent

import pytest

from flake8_bgtasks.semantics.endpoints import endpoints
from flake8_bgtasks.source import SourceFile


def texts(code: str) -> list[str]:
    """The canonical texts of all endpoints of a file."""
    code = "from fastapi import APIRouter, FastAPI\nrouter = APIRouter()\n" + dedent(code)
    source = SourceFile("app/api.py", code.splitlines(keepends=True), ast.parse(code))
    return [route.text for endpoint in endpoints(source) for route in endpoint.routes]


TEXTS = {
    "a function of another module": (
        'from app.views import f\nrouter.add_api_route("/a", f)',
        [],
    ),
    "a router that a call makes": (
        'from app.routing import AdminRouter\nadmin = AdminRouter(prefix="/x")\n@admin.get("/a")\ndef f(): pass',
        ['@router.get("/x/a")'],
    ),
    "a router that is made in the decorator": (
        '@APIRouter(prefix="/x").get("/a")\ndef f(): pass',
        ['@router.get("/x/a")'],
    ),
    "a path": ('@router.post("/run")\ndef f(): pass', ['@router.post("/run")']),
    "other arguments are left out": (
        '@router.post("/run", status_code=202, tags=["a"], summary="s", dependencies=[d])\ndef f(): pass',
        ['@router.post("/run")'],
    ),
    "the receiver is always called router": (
        'app = FastAPI()\n@app.get("/run")\ndef f(): pass',
        ['@router.get("/run")'],
    ),
    "a path over several lines": (
        '@router.put(\n    "/run"\n    "/now"\n)\ndef f(): pass',
        ['@router.put("/run/now")'],
    ),
    "a path by keyword": ('@router.patch(path="/run")\ndef f(): pass', ['@router.patch("/run")']),
    "no path": ("@router.patch()\ndef f(): pass", ['@router.patch("")']),
    "a prefix": ('r = APIRouter(prefix="/jobs")\n@r.get("/{id}")\ndef f(): pass', ['@router.get("/jobs/{id}")']),
    "a prefix from a constant": (
        'P = "/jobs"\nr = APIRouter(prefix=P + "/all")\n@r.get("")\ndef f(): pass',
        ['@router.get("/jobs/all")'],
    ),
    "a constant of a class": (
        'class P:\n    RUN = "/run"\n@router.get(P.RUN)\ndef f(): pass',
        ['@router.get("/run")'],
    ),
    "unknown parts": (
        '@router.get(f"/{settings.name}/run")\ndef f(): pass\n@router.get(PATH)\ndef g(): pass\n'
        '@router.get("/" + name() + "/x")\ndef h(): pass',
        ['@router.get("/{}/run")', '@router.get("{}")', '@router.get("/{}/x")'],
    ),
    "an unknown prefix": ('r = APIRouter(prefix=settings.p)\n@r.get("/x")\ndef f(): pass', ['@router.get("{}/x")']),
    "several decorators": (
        '@router.get("/a")\n@router.post("/b")\ndef f(): pass',
        ['@router.get("/a")', '@router.post("/b")'],
    ),
    "several methods": (
        '@router.api_route("/a", methods=["GET", "POST"])\ndef f(): pass',
        ['@router.get("/a")', '@router.post("/a")'],
    ),
    "a set of methods": ('@router.api_route("/a", methods={"PUT"})\ndef f(): pass', ['@router.put("/a")']),
    "no methods": ('@router.api_route("/a")\ndef f(): pass', ['@router.get("/a")']),
    "unknown methods": (
        '@router.api_route("/a", methods=METHODS)\ndef f(): pass',
        [f'@router.{name}("/a")' for name in "get post put patch delete head options trace".split()],
    ),
    "one unknown method": (
        '@router.api_route("/a", methods=["GET", method])\ndef f(): pass',
        [f'@router.{name}("/a")' for name in "get post put patch delete head options trace".split()],
    ),
    "a method of an enum": (
        '@router.api_route("/a", methods=[HTTPMethod.POST])\ndef f(): pass',
        ['@router.post("/a")'],
    ),
    "a websocket": ('@router.websocket("/a")\nasync def f(s): pass', ['@router.websocket("/a")']),
    "add_api_route": (
        'def f(): pass\nrouter.add_api_route("/a", f)\nrouter.add_api_route("/b", f, methods=["PUT"])',
        ['@router.get("/a")', '@router.put("/b")'],
    ),
    "add_api_route in a loop": (
        'def f(): pass\ndef g(): pass\nfor p, e in (("/a", f), ("/b", g)):\n'
        '    router.add_api_route(p, e, methods=["POST"])',
        ['@router.post("/a")', '@router.post("/b")'],
    ),
    "a lambda": ('router.add_api_route("/a", lambda: 1)', []),
    "a nested function": (
        'def make():\n    r = APIRouter(prefix="/x")\n    @r.get("/a")\n    def f(): pass\n    return r',
        ['@router.get("/x/a")'],
    ),
    "a prefix of an attribute": (
        "class A:\n    def __init__(self):\n        self.r = APIRouter(prefix='/x')\n"
        "        self.r.add_api_route('/a', self.f)\n    def f(self): pass",
        ['@router.get("/x/a")'],
    ),
    "the route as an argument": (
        '@guarded(router.post, "/a", [1])\ndef f(): pass',
        ['@router.post("/a")'],
    ),
}


@pytest.mark.parametrize(("code", "wanted"), TEXTS.values(), ids=TEXTS)
def test_canonical_text(code: str, wanted: list[str]) -> None:
    assert texts(code) == wanted


def test_endpoints_come_in_the_order_of_the_source() -> None:
    code = 'def a(): pass\nrouter.add_api_route("/a", a)\n@router.get("/b")\ndef b(): pass\n'
    assert texts(code) == ['@router.get("/a")', '@router.get("/b")']
