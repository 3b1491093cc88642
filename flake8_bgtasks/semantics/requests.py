"""What goes to another service and what comes from it: the requests of HTTP clients and their responses."""

import ast

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.objects import about, callee
from flake8_bgtasks.semantics.scopes import Kind, bindings_of
from flake8_bgtasks.semantics.words import words

MAX_DEPTH = 6


def is_client_name(dotted: str) -> bool:
    """Tell whether a dotted name lies in a library of HTTP clients: ``fastapi.testclient.TestClient``."""
    return any(f"{dotted}.".startswith(f"{library}.") for library in libraries.HTTP_LIBRARIES)


def is_request(call: ast.Call, frame: Frame) -> bool:
    """Tell whether a call is a request: of a known client, or of an unknown object that is called like one.

    An address as the first argument is how an unknown client's ``get`` differs from a dict's.
    """
    method = last_segment(call.func)
    if method not in libraries.HTTP_METHODS:
        return False
    target = callee(call.func, frame)
    if target.definitions:
        return False
    if any(map(is_client_name, target.outside)):
        return True
    if not isinstance(call.func, ast.Attribute):
        return False
    client = about(call.func.value, frame)
    if client.definition is not None or is_client_name(client.outside):
        return client.definition is None
    if call.args and _is_address(call.args[0]):
        return True
    return words(last_segment(call.func.value) or "")[-1:] in (("client",), ("http",))


def is_payload(node: ast.AST, frame: Frame) -> bool:
    """Tell whether `node` is passed to a request as ``json=``, ``data=``, ``params=`` and the like, or in it."""
    source = frame.source
    for ancestor in source.ancestors(node):
        match ancestor:
            case ast.keyword(arg=str(name)) if name in libraries.HTTP_PAYLOADS:
                call = source.parent(ancestor)
                if isinstance(call, ast.Call) and is_request(call, frame):
                    return True
            case ast.stmt() | ast.Lambda():
                return False
    return False


def is_response(expr: ast.expr, frame: Frame, depth: int = 0) -> bool:
    """Tell whether an expression is a response or comes out of one: ``client.get("/jobs").json()``."""
    if depth > MAX_DEPTH:
        return False
    match expr:
        case ast.Await(value=inner) | ast.Subscript(value=inner) | ast.NamedExpr(value=inner):
            return is_response(inner, frame, depth + 1)
        case ast.Call(func=ast.Attribute(value=inner)):
            return is_request(expr, frame) or is_response(inner, frame, depth + 1)
        case ast.Call():
            return is_request(expr, frame)
        case ast.Name():
            bindings, _ = bindings_of(frame.source, expr, expr.id)
            kinds = (Kind.VALUE, Kind.CONTEXT, Kind.ELEMENT)
            valued = [binding.value for binding in bindings if binding.kind in kinds and binding.value is not None]
            return bool(valued) and all(is_response(value, frame, depth + 1) for value in valued)
    return False


def _is_address(expr: ast.expr) -> bool:
    """Tell whether an argument is a URL or a path."""
    while isinstance(expr, ast.BinOp):
        expr = expr.left
    if isinstance(expr, ast.JoinedStr):
        if not expr.values or not isinstance(expr.values[0], ast.Constant):
            return True
        expr = expr.values[0]
    return isinstance(expr, ast.Constant) and isinstance(expr.value, str) and expr.value.startswith(("/", "http"))
