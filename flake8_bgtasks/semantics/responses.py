"""Response objects, which FastAPI sends as they are: what is in them, and which say that something went wrong."""

import ast
import re
from collections.abc import Iterator
from http import HTTPStatus

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import bind
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.endings import reachable_returns
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.names import lineage, resolve
from flake8_bgtasks.semantics.objects import callee
from flake8_bgtasks.semantics.scopes import bindings_of
from flake8_bgtasks.semantics.values import UNKNOWN, arms, values
from flake8_bgtasks.source import FUNCTIONS

MAX_DEPTH = 3
MAX_RETURNS = 20
"""How many returns of a helper are looked at: a limit on steps."""

_NAMES = frozenset(
    {"Response", "JSONResponse", "ORJSONResponse", "UJSONResponse", "HTMLResponse", "PlainTextResponse",
     "RedirectResponse", "StreamingResponse", "FileResponse", "EventSourceResponse", "TemplateResponse"}
)  # fmt: skip
_STATUS_NAME = re.compile(r"HTTP_(\d{3})(?:_|$)")


def response_name(call: ast.Call, frame: Frame) -> str | None:
    """Return the name of the response class of FastAPI's or Starlette's that a call makes an object of, or None."""
    target = resolve(call.func, frame)
    names = [base for found in target.classes for base in lineage(found).outside]
    if not target.definitions:
        names.extend(target.outside or (last_segment(call.func) or "",))
    for name in names:
        last = name.rpartition(".")[2]
        if last in _NAMES or (last.endswith("Response") and libraries.is_web_framework(name)):
            return last
    return None


def is_response(value: ast.expr, frame: Frame) -> bool:
    """Tell whether a value is a response object."""
    match value:
        case ast.Call():
            return response_name(value, frame) is not None
        case ast.Name():
            made = tuple(_made(value, frame))
            return bool(made) and all(is_response(call, frame) for call in made)
    return False


def content(call: ast.Call) -> ast.expr | None:
    """Return what a response is made with: its first argument, or ``content=``."""
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "content"), None)
    return given if given is not None else (call.args[0] if call.args else None)


def _made(name: ast.Name, frame: Frame) -> Iterator[ast.Call]:
    """Yield the calls that a local variable is made by, if it is made by nothing else."""
    bindings, _ = bindings_of(frame.source, name, name.id)
    calls = [binding.value for binding in bindings if isinstance(binding.value, ast.Call)]
    if len(calls) == len(bindings) <= MAX_RETURNS:
        yield from calls


def is_excused(value: ast.expr | None, frame: Frame, depth: int = 0) -> bool:
    """Tell whether a return of this value does not count: a redirect, or a response with an error's status."""
    match value:
        case ast.Name():
            made = tuple(_made(value, frame))
            return bool(made) and all(is_excused(call, frame, depth) for call in made)
        case ast.Await():
            return is_excused(value.value, frame, depth)
        case ast.Call():
            name = response_name(value, frame)
            if name is None:
                return _helper_is_excused(value, frame, depth)
            found = tuple(code for status in statuses(value) for code in codes(status, frame))
            return (
                bool(found)
                and all(isinstance(code, int) and 300 <= code < 600 for code in found)
                or (name == "RedirectResponse")
            )
    return False


def _helper_is_excused(call: ast.Call, frame: Frame, depth: int) -> bool:
    """Tell whether a helper of the project gives nothing but responses that do not count."""
    functions = callee(call.func, frame).functions
    for function in functions if depth < MAX_DEPTH else ():
        if not isinstance(function.node, FUNCTIONS):
            return False
        given = tuple(reachable_returns(function.node))
        inner = bind(function, call, frame)
        if not 0 < len(given) <= MAX_RETURNS or not all(is_excused(one.value, inner, depth + 1) for one in given):
            return False
    return bool(functions) and depth < MAX_DEPTH


def may_be_excused(value: ast.expr | None, frame: Frame) -> bool:
    """Tell whether a response's status depends on something that cannot be known: ``status_code=error.code``."""
    return isinstance(value, ast.Call) and any(
        UNKNOWN in codes(status, frame) for status in statuses(value) if response_name(value, frame) is not None
    )


def statuses(call: ast.Call) -> Iterator[ast.expr]:
    """Yield the expressions of a response's status."""
    yield from (keyword.value for keyword in call.keywords if keyword.arg == "status_code")
    if len(call.args) > 1:
        yield call.args[1]


def codes(status: ast.expr, frame: Frame) -> Iterator[object]:
    """Yield the numbers that a status can be, `UNKNOWN` for what cannot be known."""
    for arm in arms(status):
        constant = arm.value if isinstance(arm, ast.Attribute) and arm.attr == "value" else arm
        name = last_segment(constant) or ""
        if found := _STATUS_NAME.match(name):
            yield int(found[1])
        elif name in HTTPStatus.__members__ and isinstance(constant, ast.Attribute):
            yield HTTPStatus[name].value
        else:
            yield from values(arm, frame)
