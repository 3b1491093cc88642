"""The matcher for what an endpoint's returns must have on the wire."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_bgtasks.evidence import Answer
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.semantics.classes import called_names
from flake8_bgtasks.semantics.endings import falls_off, reachable_returns
from flake8_bgtasks.semantics.endpoints import Endpoint
from flake8_bgtasks.semantics.names import Frame, last_segment
from flake8_bgtasks.semantics.scopes import bindings_of
from flake8_bgtasks.semantics.values import values
from flake8_bgtasks.semantics.wire import allows_extra, has_field, provides, response_class

_GOOD_STATUSES = frozenset(
    {"OK", "CREATED", "ACCEPTED", "NON_AUTHORITATIVE_INFORMATION", "NO_CONTENT", "RESET_CONTENT", "PARTIAL_CONTENT"}
)


@dataclass(frozen=True)
class Returns:
    """Every return of the endpoint has this key in the JSON that is sent."""

    key: str

    @property
    def missing(self) -> str:
        """What to say of an endpoint that does not: see `Matcher`."""
        return f"does not return {self.key}"

    def offence(self, endpoint: Endpoint, unit: Unit) -> ast.AST | None:
        """Return the first return without the key, the function where there is none at all, or None if all is well."""
        frame = unit.frames[0]
        model = self._filtered(endpoint, frame)
        counted = [
            statement for statement in reachable_returns(endpoint.function) if not _is_excused(statement.value, frame)
        ]
        for statement in counted:
            answer = self._provided(statement.value, frame, model)
            if answer is Answer.ABSENT or (answer is Answer.UNKNOWN and self.key not in unit.identifiers):
                return statement
        return endpoint.function if not counted and falls_off(endpoint.function) else None

    def _filtered(self, endpoint: Endpoint, frame: Frame) -> Answer:
        """What the response model lets through: all that is returned where there is none, or none that is known."""
        model = endpoint.response_model
        if isinstance(model, ast.Constant) and model.value is None:
            return Answer.UNKNOWN
        annotation = model if model is not None else endpoint.function.returns
        if annotation is None:
            return Answer.UNKNOWN
        definition = response_class(annotation, frame)
        if definition is None:
            return Answer.UNKNOWN
        answer = has_field(definition, self.key)
        return Answer.UNKNOWN if answer is Answer.ABSENT and allows_extra(definition) else answer

    def _provided(self, value: ast.expr | None, frame: Frame, model: Answer) -> Answer:
        if value is None or isinstance(value, ast.Constant):
            return Answer.ABSENT
        if _is_response(value, frame):
            return provides(value, self.key, frame)
        if model is Answer.ABSENT:
            return Answer.ABSENT
        provided = provides(value, self.key, frame)
        return Answer.PRESENT if model is Answer.PRESENT and provided is Answer.UNKNOWN else provided


def _is_response(value: ast.expr, frame: Frame) -> bool:
    """Tell whether a value is a response object, which FastAPI sends as it is."""
    match value:
        case ast.Call():
            return any(name.endswith("Response") for name in called_names(value, frame))
        case ast.Name():
            made = tuple(_made(value, frame))
            return bool(made) and all(_is_response(call, frame) for call in made)
    return False


def _made(name: ast.Name, frame: Frame) -> Iterator[ast.Call]:
    """Yield the calls that a local variable is made by, if it is made by nothing else."""
    bindings, _ = bindings_of(frame.source, name, name.id)
    calls = [binding.value for binding in bindings if isinstance(binding.value, ast.Call)]
    if len(calls) == len(bindings):
        yield from calls


def _is_excused(value: ast.expr | None, frame: Frame) -> bool:
    """Tell whether a return does not count: a redirect, or a response with an error's status."""
    if isinstance(value, ast.Name):
        made = tuple(_made(value, frame))
        return bool(made) and all(_is_excused(call, frame) for call in made)
    if not isinstance(value, ast.Call) or not _is_response(value, frame):
        return False
    if "RedirectResponse" in called_names(value, frame):
        return True
    return any(_is_error(status, frame) for status in _statuses(value))


def _statuses(call: ast.Call) -> Iterator[ast.expr]:
    yield from (keyword.value for keyword in call.keywords if keyword.arg == "status_code")
    if len(call.args) > 1:
        yield call.args[1]


def _is_error(status: ast.expr, frame: Frame) -> bool:
    name = last_segment(status) or ""
    if name.startswith(("HTTP_4", "HTTP_5")):
        return True
    if isinstance(status, ast.Attribute) and last_segment(status.value) == "HTTPStatus":
        return name not in _GOOD_STATUSES
    return any(isinstance(code, int) and 400 <= code < 600 for code in values(status, frame))
