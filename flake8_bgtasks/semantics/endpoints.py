"""Which functions are endpoints, and the canonical text of their decorators (section 5, API)."""

import ast
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import lineage, resolve
from flake8_bgtasks.semantics.objects import UNKNOWN_OBJECT, about, callee
from flake8_bgtasks.semantics.values import UNKNOWN, values
from flake8_bgtasks.source import FUNCTIONS, Definition, FunctionNode, SourceFile

METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")
_ROUTES = frozenset({*METHODS, "api_route", "websocket"})
_ROUTERS = frozenset({"APIRouter", "FastAPI", "InferringRouter"})
_NAMES = frozenset({"router", "app", "api"})
_NOTHING: Mapping[str, ast.expr] = MappingProxyType({})


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


@memoized
def endpoint_functions(source: SourceFile) -> frozenset[ast.AST]:
    """Return the functions of the file that are endpoints."""
    return frozenset(endpoint.function for endpoint in endpoints(source))


def _add_registered(call: ast.Call, source: SourceFile, routes: dict[ast.AST, list[Route]]) -> None:
    assert isinstance(call.func, ast.Attribute)
    frame = top(source)
    handler = _argument(call, 1, "endpoint")
    if handler is None or not is_router(call.func.value, frame):
        return
    for bound in _turns(call, source) or [{}]:
        written = bound.get(getattr(handler, "id", ""), handler)
        for function in callee(written, frame).functions:
            if function.source is source:
                ways = _routes(call, call.func.value, frame, _methods(call, frame, ("get",)), bound)
                routes.setdefault(function.node, []).extend(ways)


def _turns(call: ast.Call, source: SourceFile) -> list[dict[str, ast.expr]]:
    """Return what the loop variables stand for in each turn of a loop over a literal; nothing outside of one."""
    for loop in source.ancestors(call):
        if isinstance(loop, FUNCTIONS):
            break
        if isinstance(loop, ast.For) and isinstance(loop.target, ast.Tuple):
            names = [name.id for name in loop.target.elts if isinstance(name, ast.Name)]
            return [
                dict(zip(names, row.elts, strict=False))
                for row in _elements(loop.iter, top(source))
                if isinstance(row, ast.Tuple | ast.List)
            ]
    return []


def _elements(expr: ast.expr, frame: Frame) -> list[ast.expr]:
    """The elements of a list that is written out, here or under a name."""
    if isinstance(expr, ast.List | ast.Tuple | ast.Set):
        return expr.elts
    found = resolve(expr, frame).definitions
    return [one for part in found if isinstance(part.node, ast.List | ast.Tuple | ast.Set) for one in part.node.elts]


def _decorated(decorator: ast.Call, source: SourceFile) -> Iterator[Route]:
    frame = top(source)
    func, call = decorator.func, decorator
    if not _is_route(func, frame) and decorator.args and _is_route(decorator.args[0], frame):
        # the route is an argument of a project decorator: @protected_route(router.post, "/run", [...])
        func = decorator.args[0]
        call = ast.copy_location(ast.Call(func, decorator.args[1:], decorator.keywords), decorator)
    if not isinstance(func, ast.Attribute) or not _is_route(func, frame):
        return
    methods = _methods(call, frame, ("get",)) if func.attr == "api_route" else (func.attr,)
    yield from _routes(call, func.value, frame, methods)


def _is_route(func: ast.expr, frame: Frame) -> bool:
    return isinstance(func, ast.Attribute) and func.attr in _ROUTES and is_router(func.value, frame)


def _routes(
    call: ast.Call, router: ast.expr, frame: Frame, methods: tuple[str, ...], bound: Mapping[str, ast.expr] = _NOTHING
) -> Iterator[Route]:
    path_expr = _argument(call, 0, "path")
    path_expr = bound.get(getattr(path_expr, "id", ""), path_expr)
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
        return otherwise
    names = [value for element in _elements(given, frame) for value in values(element, frame)]
    if not names or not all(isinstance(name, str) for name in names):
        return METHODS
    return tuple(str(name).lower() for name in names)


def is_router(expr: ast.expr, frame: Frame) -> bool:
    """Tell whether an expression is an `APIRouter` or a `FastAPI`, or cannot be resolved and is called like one."""
    known = about(expr, frame)
    if known == UNKNOWN_OBJECT:
        known = next((about(call, inner) for call, inner in router_calls(expr, frame)), known)
    if known.definition is not None and (found := _is_router_class(known.definition)) is not None:
        return found
    for dotted in (known.outside, *resolve(expr, frame).outside):
        last = dotted.rpartition(".")[2]
        if libraries.is_web_framework(dotted):
            if last in _ROUTERS:
                return True
        elif dotted and not libraries.may_be_project(dotted, frame.source):
            return False
        elif last[:1].isupper() and last.endswith(("Router", "FastAPI")):
            return True
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
        for call in _assigned_attributes(frame.source).get(expr.attr, ()):
            yield call, frame


@memoized
def _assigned_attributes(source: SourceFile) -> dict[str, list[ast.Call]]:
    """Return by name the calls that attributes are assigned: ``self.router = APIRouter()``."""
    found: dict[str, list[ast.Call]] = {}
    for statement in source.nodes(ast.Assign):
        for target in statement.targets:
            if isinstance(target, ast.Attribute) and isinstance(statement.value, ast.Call):
                found.setdefault(target.attr, []).append(statement.value)
    return found


def _is_router_class(definition: Definition) -> bool | None:
    """Tell whether a project class is a router; None where a base of it cannot be found."""
    bases = lineage(definition).outside
    if any(base.rpartition(".")[2] in _ROUTERS for base in bases):
        return True
    return None if any(libraries.may_be_project(base, definition.source) for base in bases) else False


def _prefix(router: ast.expr, frame: Frame) -> str:
    for call, inner in router_calls(router, frame):
        for keyword in call.keywords:
            if keyword.arg == "prefix":
                return text_of(keyword.value, inner)
    return ""


def text_of(expr: ast.expr, frame: Frame) -> str:
    """Return the text of a string expression; ``{}`` for what cannot be known in it."""
    texts: list[str] = []
    parts = [expr]
    while parts:
        match part := parts.pop():
            case ast.JoinedStr():
                parts.extend(reversed(part.values))
            case ast.FormattedValue():
                parts.append(part.value)
            case ast.BinOp(op=ast.Add()):
                parts.extend((part.right, part.left))
            case _:
                texts.append(_known_text(part, frame))
    return "".join(texts)


def _known_text(expr: ast.expr, frame: Frame) -> str:
    found = values(expr, frame)
    if len(found) == 1 and isinstance(found[0], str):
        return found[0]
    return "{}" if UNKNOWN in found or not found else str(found[0])
