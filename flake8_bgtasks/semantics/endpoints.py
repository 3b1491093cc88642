"""Which functions are endpoints, and the canonical text of their decorators (section 5, API)."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.classes import called_names
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import Frame, last_segment, lineage, resolve, top
from flake8_bgtasks.semantics.objects import about, callee
from flake8_bgtasks.semantics.values import UNKNOWN, values
from flake8_bgtasks.source import FUNCTIONS, Definition, FunctionNode, SourceFile

METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")
_ROUTES = frozenset({*METHODS, "api_route", "websocket"})
_ROUTERS = frozenset({"APIRouter", "FastAPI", "InferringRouter"})
_NAMES = frozenset({"router", "app", "api"})


class Route(NamedTuple):
    """One way to reach an endpoint."""

    method: str
    path: str
    """The router's own prefix and the path; what is unknown in them is ``{}``."""
    response_model: ast.expr | None = None

    @property
    def text(self) -> str:
        """The canonical text of the decorator: ``@router.post("/imports/run")``."""
        return f'@router.{self.method}("{self.path}")'


class Endpoint(NamedTuple):
    """A function that FastAPI calls for requests, with its routes."""

    function: FunctionNode
    routes: tuple[Route, ...]

    @property
    def response_model(self) -> ast.expr | None:
        """The expression of ``response_model=`` in the first route that has one."""
        return next((route.response_model for route in self.routes if route.response_model is not None), None)


@memoized
def endpoints(source: SourceFile) -> tuple[Endpoint, ...]:
    """Return the endpoints of the file, in the order of the source."""
    routes: dict[ast.AST, list[Route]] = {}
    for function in source.functions():
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call):
                routes.setdefault(function, []).extend(_decorated(decorator, source))
    for call in source.nodes(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "add_api_route":
            _add_registered(call, source, routes)
    found = [Endpoint(node, tuple(ways)) for node, ways in routes.items() if ways and isinstance(node, FUNCTIONS)]
    return tuple(sorted(found, key=lambda endpoint: endpoint.function.lineno))


def _add_registered(call: ast.Call, source: SourceFile, routes: dict[ast.AST, list[Route]]) -> None:
    assert isinstance(call.func, ast.Attribute)
    frame = Frame(source, source.tree)
    handler = _argument(call, 1, "endpoint")
    if handler is None or not is_router(call.func.value, frame):
        return
    for function in callee(handler, frame).functions:
        if function.source is source:
            ways = _routes(call, call.func.value, frame, _methods(call, frame, ("get",)))
            routes.setdefault(function.node, []).extend(ways)


def _decorated(decorator: ast.Call, source: SourceFile) -> Iterator[Route]:
    frame = top(source)
    func, call = decorator.func, decorator
    if not _is_route(func, frame) and decorator.args and _is_route(decorator.args[0], frame):
        # the route is an argument of a project decorator: @protected_route(router.post, "/run", [...])
        func = decorator.args[0]
        call = ast.copy_location(ast.Call(func, decorator.args[1:], decorator.keywords), decorator)
    if not isinstance(func, ast.Attribute) or not _is_route(func, frame):
        return
    methods = _methods(call, frame, METHODS) if func.attr == "api_route" else (func.attr,)
    yield from _routes(call, func.value, frame, methods)


def _is_route(func: ast.expr, frame: Frame) -> bool:
    return isinstance(func, ast.Attribute) and func.attr in _ROUTES and is_router(func.value, frame)


def _routes(call: ast.Call, router: ast.expr, frame: Frame, methods: tuple[str, ...]) -> Iterator[Route]:
    path_expr = _argument(call, 0, "path")
    path = _prefix(router, frame) + (text_of(path_expr, frame) if path_expr is not None else "")
    model = next((keyword.value for keyword in call.keywords if keyword.arg == "response_model"), None)
    for method in methods:
        yield Route(method, path, model)


def _argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[position] if len(call.args) > position else None


def _methods(call: ast.Call, frame: Frame, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """The methods that ``methods=`` lists, or every method where that is not literal."""
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "methods"), None)
    if given is None:
        return ("get",) if otherwise == METHODS else otherwise
    for found in resolve(given, frame).definitions if isinstance(given, ast.Name) else ():
        if isinstance(found.node, ast.expr):
            given = found.node
    if not isinstance(given, ast.List | ast.Tuple | ast.Set):
        return METHODS
    names = [value for element in given.elts for value in values(element, frame)]
    if not all(isinstance(name, str) for name in names):
        return METHODS
    return tuple(str(name).lower() for name in names)


def is_router(expr: ast.expr, frame: Frame) -> bool:
    """Tell whether an expression is an `APIRouter` or a `FastAPI`, or cannot be resolved and is called like one."""
    made = list(router_calls(expr, frame))
    if made:
        return any(_makes_router(call, inner) for call, inner in made)
    known = about(expr, frame)
    if known.definition is not None:
        return _is_router_class(known.definition)
    if known.outside.rpartition(".")[2] in _ROUTERS:
        return True
    for dotted in resolve(expr, frame).outside:
        if libraries.is_standard(dotted) or libraries.package(dotted) in libraries.NO_ROUTERS:
            return False
    if known.outside and libraries.package(known.outside) in libraries.NO_ROUTERS:
        return False
    name = (last_segment(expr) or "").lower()
    return name in _NAMES or name.rpartition("_")[2] in _NAMES


def router_calls(expr: ast.expr, frame: Frame) -> Iterator[tuple[ast.Call, Frame]]:
    """Yield the calls that a router variable or attribute is made by: ``router = APIRouter(prefix=...)``."""
    if isinstance(expr, ast.Call):
        yield expr, frame
        return
    for found in resolve(expr, frame).definitions:
        if isinstance(found.node, ast.Call):
            yield found.node, top(found.source)
    if isinstance(expr, ast.Attribute):
        for statement in frame.source.nodes(ast.Assign):
            for target in statement.targets:
                if (
                    isinstance(target, ast.Attribute)
                    and target.attr == expr.attr
                    and isinstance(statement.value, ast.Call)
                ):
                    yield statement.value, frame


def _makes_router(call: ast.Call, frame: Frame) -> bool:
    target = resolve(call.func, frame)
    if target.classes:
        return any(_is_router_class(found) for found in target.classes)
    for function in target.functions:
        node = function.node
        if isinstance(node, FUNCTIONS) and node.returns is not None:
            return (last_segment(node.returns) or "") in _ROUTERS
    names = called_names(call, frame)
    return bool(names & _ROUTERS) or any(name.endswith(("Router", "FastAPI")) for name in names)


def _is_router_class(definition: Definition) -> bool:
    return any(base.rpartition(".")[2] in _ROUTERS for base in lineage(definition).outside)


def _prefix(router: ast.expr, frame: Frame) -> str:
    for call, inner in router_calls(router, frame):
        for keyword in call.keywords:
            if keyword.arg == "prefix":
                return text_of(keyword.value, inner)
    return ""


def text_of(expr: ast.expr, frame: Frame) -> str:
    """Return the text of a string expression; ``{}`` for what cannot be known in it."""
    match expr:
        case ast.JoinedStr():
            return "".join(text_of(part, frame) for part in expr.values)
        case ast.FormattedValue():
            return text_of(expr.value, frame)
        case ast.BinOp(op=ast.Add()):
            return text_of(expr.left, frame) + text_of(expr.right, frame)
    found = values(expr, frame)
    if len(found) == 1 and isinstance(found[0], str):
        return found[0]
    return "{}" if UNKNOWN in found or not found else str(found[0])
