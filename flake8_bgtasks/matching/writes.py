"""Matchers for what a task writes: a status set to a value, a column set to anything."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flake8_bgtasks.evidence import ABSENT, UNKNOWN, Answer, Evidence
from flake8_bgtasks.matching.base import Unit, present
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.classes import is_mapped
from flake8_bgtasks.semantics.flows import (
    Flow,
    FlowKind,
    enclosing_calls,
    flows,
    is_event,
    is_filter,
    is_http_payload,
    is_log,
    open_flows,
)
from flake8_bgtasks.semantics.names import Frame, last_segment
from flake8_bgtasks.semantics.objects import callee
from flake8_bgtasks.semantics.values import UNKNOWN as UNKNOWN_VALUE
from flake8_bgtasks.semantics.values import values
from flake8_bgtasks.semantics.words import continues, words


@dataclass(frozen=True)
class Assigns:
    """The string, number or other constant `value` flows into `name`, and is stored."""

    name: str
    value: object

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"never sets {self.name} = {quoted(self.value)}"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        return _find_write(unit, self._named, self._gets, self.name)

    def _named(self, name: str) -> bool:
        return name.lower() == self.name.lower() or name.lower().endswith(f"_{self.name.lower()}")

    def _gets(self, flow: Flow, frame: Frame) -> Answer:
        if flow.sql is not None:
            return Answer.PRESENT if flow.sql.text == self.value else Answer.ABSENT
        if flow.value is None:
            return Answer.UNKNOWN
        found = values(flow.value, frame)
        if self.value in found:
            return Answer.PRESENT
        return Answer.UNKNOWN if UNKNOWN_VALUE in found else Answer.ABSENT

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        literal = str(self.value)
        return any(word == literal or word == literal.upper() for word in unit.identifiers)


@dataclass(frozen=True)
class Writes:
    """Something other than None flows into `name`, or into a name that continues it, and is stored."""

    name: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"never sets {self.name}"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        return _find_write(unit, lambda name: continues(name, self.name), self._gets, self.name)

    def _gets(self, flow: Flow, frame: Frame) -> Answer:
        if flow.sql is not None:
            return Answer.ABSENT if flow.sql.is_null else Answer.PRESENT
        if flow.value is None:
            return Answer.PRESENT
        if flow.kind is FlowKind.DEFAULT and not isinstance(flow.value, ast.Call):
            return Answer.ABSENT if set(values(flow.value, frame)) <= {None, UNKNOWN_VALUE} else Answer.PRESENT
        return Answer.ABSENT if set(values(flow.value, frame)) == {None} else Answer.PRESENT

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return unit.has_identifier(self.name)


def quoted(value: object) -> str:
    """Return a constant as a rules file would write it: strings in double quotes."""
    return f'"{value}"' if isinstance(value, str) else str(value)


def _find_write(unit: Unit, named: Callable[[str], bool], gets: Callable[[Flow, Frame], Answer], name: str) -> Evidence:
    """Look through all that the unit reaches for a stored flow into a name that `named` accepts."""
    best = ABSENT
    for frame in unit.frames:
        for flow, answer in _writes(frame, named, gets, name):
            if answer is Answer.PRESENT:
                return present(frame, flow.node)
            if answer is Answer.UNKNOWN:
                best = UNKNOWN
        if best is ABSENT and any(_may_store(opened.node, frame) for opened in open_flows(frame.source, frame.node)):
            best = UNKNOWN
    return best


def _writes(
    frame: Frame, named: Callable[[str], bool], gets: Callable[[Flow, Frame], Answer], name: str
) -> Iterator[tuple[Flow, Answer]]:
    for flow in flows(frame.source, frame.node):
        if flow.kind is FlowKind.NAMED_CALL:
            if _names(flow.name, name) and is_stored(flow, frame) and not callee(_holder(flow), frame).definitions:
                yield flow, gets(flow, frame)
        elif named(flow.name) and is_stored(flow, frame):
            yield flow, gets(flow, frame)


def _holder(flow: Flow) -> ast.expr:
    assert flow.holder is not None
    return flow.holder


def _names(called: str, name: str) -> bool:
    """Tell whether the name of a call contains `name`, word by word: ``update_status``, ``setStatus``."""
    inside, wanted = words(called), words(name)
    return any(inside[start : start + len(wanted)] == wanted for start in range(len(inside)))


def is_stored(flow: Flow, frame: Frame) -> bool:
    """Tell whether a flow stores its value: it is no filter, no log, no metric, no HTTP payload and no event."""
    source = frame.source
    if flow.kind is FlowKind.KEYWORD and not _keyword_is_stored(flow, frame):
        return False
    if flow.kind is FlowKind.PAIRED and last_segment(_holder(flow)) in {"getattr", "get", "hasattr", "pop", "print"}:
        return False
    if flow.kind in (FlowKind.STORE, FlowKind.VARIABLE, FlowKind.DEFAULT):
        return True
    if is_http_payload(source, flow.node):
        return False
    return not any(is_filter(call) or is_log(call) or is_event(call) for call in enclosing_calls(source, flow.node))


def _keyword_is_stored(flow: Flow, frame: Frame) -> bool:
    """A keyword argument of a project function is what the function makes of it; of an event's class it is nothing."""
    target = callee(_holder(flow), frame)
    if target.functions:
        return False
    if target.classes:
        return not (words(getattr(target.classes[0].node, "name", ""))[-1:] or ("",))[0] in libraries.EVENT_WORDS or (
            is_mapped(target.classes[0])
        )
    return True


def _may_store(node: ast.AST, frame: Frame) -> bool:
    """Tell whether a write to unknown names can be a store: not ``logger.info(**extra)``, not a project function."""
    if not isinstance(node, ast.Call):
        return True
    if is_log(node) or is_filter(node) or is_event(node):
        return False
    return not callee(node.func, frame).functions
