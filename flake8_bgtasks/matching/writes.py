"""Matchers for what a task writes: a status set to a value, a column set to anything."""

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple

from flake8_bgtasks.evidence import ABSENT, UNKNOWN, Answer, Evidence
from flake8_bgtasks.matching.base import Unit, present
from flake8_bgtasks.matching.stores import is_stored
from flake8_bgtasks.matching.unnamed import may_store
from flake8_bgtasks.semantics import libraries, sql
from flake8_bgtasks.semantics.calls import nodes_of
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.flows import Flow, FlowKind, flows, open_flows
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.objects import callee
from flake8_bgtasks.semantics.values import UNKNOWN as UNKNOWN_VALUE
from flake8_bgtasks.semantics.values import values
from flake8_bgtasks.semantics.words import continues, reads, words
from flake8_bgtasks.source import SourceFile


class Assigns(NamedTuple):
    """The string, number or other constant `value` flows into `name`; it must be `stored`, unless any use will do."""

    name: str
    value: object
    stored: bool = True

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"never sets {self.name} = {quoted(self.value)}"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        return _find_write(unit, self.names, self.gets, self.name, self.stored)

    def names(self, name: str) -> bool:
        """Tell whether a name that is written is the one meant."""
        return name.lower() == self.name.lower() or name.lower().endswith(f"_{self.name.lower()}")

    def gets(self, flow: Flow, frame: Frame) -> Answer:
        """Return whether a flow into the name brings what is meant."""
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


class Writes(NamedTuple):
    """Something other than None flows into `name`, or into a name that continues it, and is stored."""

    name: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"never sets {self.name}"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        return _find_write(unit, self.names, self.gets, self.name)

    def names(self, name: str) -> bool:
        """Tell whether a name that is written is the one meant."""
        return continues(name, self.name)

    def gets(self, flow: Flow, frame: Frame) -> Answer:
        """Return whether a flow into the name brings what is meant."""
        if flow.sql is not None:
            return Answer.ABSENT if flow.sql.is_null else Answer.PRESENT
        if flow.value is None:
            return Answer.PRESENT
        if flow.kind is FlowKind.DEFAULT and not isinstance(flow.value, ast.Call):
            defaults = set(values(flow.value, frame)) - {UNKNOWN_VALUE}
            return Answer.PRESENT if any(defaults) else Answer.ABSENT  # "" and 0 stand for nothing, as None does
        return Answer.ABSENT if set(values(flow.value, frame)) == {None} else Answer.PRESENT

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return unit.has_identifier(self.name)


def quoted(value: object) -> str:
    """Return a constant as a rules file would write it: strings in double quotes."""
    return f'"{value}"' if isinstance(value, str) else str(value)


def _find_write(
    unit: Unit,
    named: Callable[[str], bool],
    gets: Callable[[Flow, Frame], Answer],
    name: str,
    stored: bool = True,
) -> Evidence:
    """Look through all that the unit reaches for a flow into a name that `named` accepts; `stored`, or any."""
    best = ABSENT
    for frame in unit.frames:
        for flow, answer in _writes(frame, named, gets, name, stored):
            if answer is Answer.PRESENT:
                return present(frame, flow.node)
            if answer is Answer.UNKNOWN:
                best = UNKNOWN
        if best is ABSENT and any(may_store(opened.node, frame) for opened in open_flows(frame.source, frame.node)):
            best = UNKNOWN
    return best


def _writes(
    frame: Frame, named: Callable[[str], bool], gets: Callable[[Flow, Frame], Answer], name: str, stored: bool
) -> Iterator[tuple[Flow, Answer]]:
    for flow in (*flows(frame.source, frame.node), *statements_by_name(frame)):
        if flow.kind is FlowKind.NAMED_CALL:
            if (
                _names(flow.name, name)
                and not reads(flow.name)
                and is_stored(flow, frame)
                and not callee(_holder(flow), frame).definitions
            ):
                yield flow, gets(flow, frame)
        elif named(flow.name) and (not stored or is_stored(flow, frame)):
            yield flow, _replaced(flow, frame, gets(flow, frame), gets)


def _replaced(flow: Flow, frame: Frame, answer: Answer, gets: Callable[[Flow, Frame], Answer]) -> Answer:
    """Return the answer, or ABSENT if it is that of a parameter's default and calls provably pass something else.

    Where it is not known what they pass, the text decides, and the default is part of it.
    """
    given = frame.arguments.get(flow.name, ()) if flow.kind is FlowKind.DEFAULT else ()
    if not given or any(argument.value is flow.value for argument in given):
        return answer
    passed = (gets(flow._replace(kind=FlowKind.VARIABLE, value=one.value), one.frame) for one in given)
    return Answer.ABSENT if all(one is Answer.ABSENT for one in passed) else answer


def statements_by_name(frame: Frame) -> Iterator[Flow]:
    """Yield what SQL sets that is not written as one plain string where it runs: a constant, an f-string, a sum."""
    for statement in _statements(frame.source, frame.node):
        texts = (_joined(statement),) if isinstance(statement, ast.JoinedStr) else values(statement, frame)
        for text in texts:
            if isinstance(text, str) and sql.looks_like_sql(text):
                for assignment in sql.assignments(text):
                    yield Flow(FlowKind.SQL, assignment.column, None, statement, sql=assignment)


@memoized
def _statements(source: SourceFile, root: ast.AST) -> tuple[ast.expr, ...]:
    """What runs as SQL in a function's own body and is not one plain string."""
    calls = (node for node in nodes_of(source, root) if isinstance(node, ast.Call) and node.args)
    first = (call.args[0] for call in calls if last_segment(call.func) in libraries.SQL_CALLS)
    return tuple(one for one in first if isinstance(one, ast.JoinedStr | ast.Name | ast.Attribute | ast.BinOp))


def _joined(text: ast.JoinedStr) -> str:
    """Return an f-string with a name in the place of each gap."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "_" for part in text.values)


def _holder(flow: Flow) -> ast.expr:
    assert flow.holder is not None
    return flow.holder


def _names(called: str, name: str) -> bool:
    """Tell whether the name of a call contains `name`, word by word: ``update_status``, ``setStatus``."""
    if name.replace("_", "").lower() not in called.replace("_", "").lower():
        return False  # most of them: cheaper than to take it apart
    inside, wanted = words(called), words(name)
    return any(inside[start : start + len(wanted)] == wanted for start in range(len(inside)))
