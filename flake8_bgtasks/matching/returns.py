"""The matcher for what an endpoint's returns must have on the wire."""

import ast
from typing import NamedTuple

from flake8_bgtasks.evidence import Answer
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.matching.own_words import noted
from flake8_bgtasks.semantics.endings import falls_off, reachable_returns
from flake8_bgtasks.semantics.endpoints import Endpoint
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.responses import codes, is_excused, is_response, may_be_excused
from flake8_bgtasks.semantics.schemas import OPEN, Sent, sent_by_annotation
from flake8_bgtasks.semantics.wire import provides
from flake8_bgtasks.source import SourceFile


class Returns(NamedTuple):
    """Every return of the endpoint has this key in the JSON that is sent, or one that counts for it."""

    key: str
    others: "tuple[Returns, ...]" = ()
    own_word: str | None = None

    @property
    def missing(self) -> str:
        """What to say of an endpoint that does not: see `Matcher`."""
        return noted(f"does not return {self.key}", [self.own_word])

    def offence(self, endpoint: Endpoint, unit: Unit) -> ast.AST | None:
        """Return the first return without the key, the function where there is none at all, or None if all is well."""
        frame = unit.frames[0]
        model = _model(endpoint, frame)
        counted = [
            statement
            for statement in reachable_returns(endpoint.function)
            if not is_excused(statement.value, frame) and not _follows_error_status(statement, frame)
        ]
        for statement in counted:
            if self._lacks(statement.value, frame, model, unit):
                return statement
        return endpoint.function if not counted and falls_off(endpoint.function) else None

    def _lacks(self, value: ast.expr | None, frame: Frame, model: Sent, unit: Unit) -> bool:
        answer = self._provided(value, frame, model)
        if answer is Answer.PRESENT or (answer is Answer.UNKNOWN and self.key in unit.identifiers):
            return False
        return all(other._lacks(value, frame, model, unit) for other in self.others)

    def _provided(self, value: ast.expr | None, frame: Frame, model: Sent) -> Answer:
        if value is None or isinstance(value, ast.Constant):
            return Answer.ABSENT
        if is_response(value, frame):
            answer = provides(value, self.key, frame)
            return Answer.UNKNOWN if answer is Answer.ABSENT and may_be_excused(value, frame) else answer
        filtered = model.has(self.key)
        if filtered is Answer.ABSENT or (filtered is Answer.PRESENT and model.computes(self.key)):
            return filtered
        names = model.sources(self.key) if filtered is Answer.PRESENT else ()
        answers = [provides(value, name, frame) for name in sorted({self.key, *names})]
        if Answer.PRESENT in answers:
            return Answer.PRESENT
        if Answer.UNKNOWN in answers:
            return Answer.PRESENT if filtered is Answer.PRESENT else Answer.UNKNOWN
        return Answer.ABSENT


def _model(endpoint: Endpoint, frame: Frame) -> Sent:
    """What the response model lets through: all that is returned where there is none, or none that is known."""
    annotation = endpoint.response_model if endpoint.response_model is not None else endpoint.function.returns
    return OPEN if annotation is None else sent_by_annotation(annotation, frame)


def _follows_error_status(statement: ast.Return, frame: Frame) -> bool:
    """Tell whether the block of a return says ``response.status_code = 404`` before it."""
    for earlier in _before(statement, frame.source):
        match earlier:
            case ast.Assign(targets=[ast.Attribute(attr="status_code")], value=status):
                found = tuple(codes(status, frame))
                return bool(found) and all(isinstance(code, int) and 300 <= code < 600 for code in found)
    return False


def _before(statement: ast.stmt, source: SourceFile) -> list[ast.stmt]:
    """The statements before this one in its block, the closest first."""
    holder = source.parent(statement)
    blocks: list[list[ast.stmt]] = [getattr(holder, name, []) for name in ("body", "orelse", "finalbody")]
    block = next((block for block in blocks if isinstance(block, list) and statement in block), [statement])
    return block[: block.index(statement)][::-1]
