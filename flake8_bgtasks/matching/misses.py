"""What looks like an answer and was not counted as one, and what left an answer unknown, each with the reason.

Worked out for a reader who asks, and never while linting. The matchers decide; here their questions are asked once more,
place by place.
"""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from flake8_bgtasks.evidence import Answer, Spot
from flake8_bgtasks.matching.api import Takes
from flake8_bgtasks.matching.base import At, Matcher, Unit
from flake8_bgtasks.matching.equivalents import AnyOf
from flake8_bgtasks.matching.handlers import Handles, catches_failure, only_raises
from flake8_bgtasks.matching.models import HasColumn
from flake8_bgtasks.matching.sessions import OpensSession, session_parameters
from flake8_bgtasks.matching.stores import is_stored, spent_on
from flake8_bgtasks.matching.syntax import Calls, Uses
from flake8_bgtasks.matching.unnamed import may_store
from flake8_bgtasks.matching.writes import Assigns, Writes, quoted, statements_by_name
from flake8_bgtasks.semantics.calls import nodes_of
from flake8_bgtasks.semantics.columns import Column, ColumnAt, columns, has_unknown_base
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.flows import Flow, FlowKind, flows, open_flows
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.names import lineage
from flake8_bgtasks.semantics.values import UNKNOWN, values
from flake8_bgtasks.semantics.words import continues
from flake8_bgtasks.source import Definition, SourceFile

MOST = 4
"""How many are told of one snippet, and of those that leave it unknown the half."""
MOST_LOOKED_AT = 50


class Miss(NamedTuple):
    """A place that was not counted, and why: ``it goes to a log``."""

    spot: Spot
    reason: str


def misses(matcher: Matcher, unit: Unit) -> tuple[Miss, ...]:
    """Return what was not counted for a snippet that is not provably there: code first, then comments and strings."""
    asked = (matcher.asked, *matcher.others) if isinstance(matcher, AnyOf) else (matcher,)
    in_code = [miss for one in asked for miss in islice(_in_code(one, unit), MOST_LOOKED_AT)]
    in_code.sort(key=lambda miss: len(miss.spot.way()))  # what is close is more likely to be meant
    in_text = [miss for one in asked for miss in islice(_in_text(one, unit), MOST)]
    told = {miss.spot.place() for miss in in_code}
    in_code += [miss for miss in in_text if miss.spot.place() not in told]
    distinct = {(miss.spot.place(), miss.reason): miss for miss in in_code}
    return tuple(islice(distinct.values(), MOST))


def _in_code(matcher: Matcher, unit: Unit) -> Iterator[Miss]:
    match matcher:
        case Assigns() | Writes():
            yield from _writes(matcher, unit)
        case HasColumn():
            yield from _attributes(matcher, unit)
        case OpensSession():
            yield from _sessions(matcher, unit)
        case Handles():
            yield from _handlers(unit)


def _writes(matcher: Assigns | Writes, unit: Unit) -> Iterator[Miss]:
    stored = matcher.stored if isinstance(matcher, Assigns) else True
    yield from islice(_unknown_writes(matcher, unit), MOST // 2)
    for frame in unit.frames:
        for flow in (*flows(frame.source, frame.node), *statements_by_name(frame)):
            if flow.kind is FlowKind.NAMED_CALL or not matcher.names(flow.name):
                continue
            reason = spent_on(flow, frame) if stored else None
            if reason is not None:
                yield Miss(At(frame, flow.node), f"it goes to {reason}")
            elif matcher.gets(flow, frame) is Answer.ABSENT:
                yield Miss(At(frame, flow.node), f"{flow.name} gets {_worth(flow, frame)}")
    for frame in unit.frames:
        for node in nodes_of(frame.source, frame.node):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and matcher.names(node.attr):
                if not isinstance(frame.source.parent(node), ast.Call | ast.Attribute):
                    yield Miss(At(frame, node), f"{node.attr} is read and not set")


def _unknown_writes(matcher: Assigns | Writes, unit: Unit) -> Iterator[Miss]:
    for frame in unit.frames:
        for flow in (*flows(frame.source, frame.node), *statements_by_name(frame)):
            if flow.kind is not FlowKind.NAMED_CALL and matcher.names(flow.name):
                if is_stored(flow, frame) and matcher.gets(flow, frame) is Answer.UNKNOWN:
                    yield Miss(At(frame, flow.node), f"{flow.name} gets a value that cannot be told")
        for opened in open_flows(frame.source, frame.node):
            if may_store(opened.node, frame):
                yield Miss(At(frame, opened.node), "which names it writes, only the run time knows")


def _worth(flow: Flow, frame: Frame) -> str:
    """Return the values that a flow brings, in words."""
    if flow.sql is not None:
        return "NULL" if flow.sql.is_null else quoted(flow.sql.text)
    found = values(flow.value, frame) if flow.value is not None else ()
    known = [quoted(value) for value in found if value is not UNKNOWN]
    return " or ".join(dict.fromkeys(known)) or "another value"


def _attributes(matcher: HasColumn, unit: Unit) -> Iterator[Miss]:
    if not isinstance(unit.node, ast.ClassDef):
        return
    definition = Definition(unit.source, unit.node)
    named = [(name, answer) for name, answer in columns(definition).items() if matcher.names(name)]
    for name, answer in named:
        what = "cannot be told to be a column" if answer is Column.UNKNOWN else "is no column"
        yield Miss(ColumnAt(definition, name), f"{name} {what}")
    if not named and has_unknown_base(definition):
        bases = ", ".join(lineage(definition).outside)
        yield Miss(At(unit.frames[0], unit.node), f"it may come from a base that is not followed: {bases}")
    own = [name for name, answer in columns(definition).items() if answer is Column.YES]
    if own:
        yield Miss(At(unit.frames[0], unit.node), f"its columns are {', '.join(own)}")


def _sessions(matcher: OpensSession, unit: Unit) -> Iterator[Miss]:
    first = unit.frames[0]
    for parameter in session_parameters(first):
        yield Miss(At(first, parameter), f"the session {parameter.arg} is handed in")
    for frame in unit.frames:
        for node in nodes_of(frame.source, frame.node):
            name = last_segment(node.func) if isinstance(node, ast.Call) else None
            if name is not None and "session" in name.lower():
                advice = f'if it opens a session, say so: equivalents: {{"{matcher.name}()": "{name}()"}}'
                yield Miss(At(frame, node), f"{name}() is not known to open a session; {advice}")


def _handlers(unit: Unit) -> Iterator[Miss]:
    for frame in unit.frames:
        for node in nodes_of(frame.source, frame.node):
            if not isinstance(node, ast.ExceptHandler):
                continue
            if only_raises(node):
                yield Miss(At(frame, node), "it only raises again")
            elif catches_failure(node, frame) is not Answer.PRESENT:
                caught = ast.unparse(node.type) if node.type is not None else ""
                yield Miss(At(frame, node), f"{caught} is no exception of the project, and not all of them")


def _in_text(matcher: Matcher, unit: Unit) -> Iterator[Miss]:
    """Yield where a comment or a string of the unit's own code, which prove nothing, speak of what is asked."""
    speaks = _speaks_of(matcher)
    if speaks is None:
        return
    first, last = getattr(unit.node, "lineno", 1), getattr(unit.node, "end_lineno", len(unit.source.lines))
    for kind, row, text in _texts(unit.source):
        if first <= row <= last and speaks(text):
            yield Miss(At(unit.frames[0], ast.Pass(lineno=row, col_offset=0)), f"it stands in {kind}")


def _speaks_of(matcher: Matcher) -> Callable[[str], bool] | None:
    match matcher:
        case Assigns(name=name, value=value):
            return lambda text: name in text.lower() and re.search(rf"\b{re.escape(str(value))}\b", text) is not None
        case Writes(name=name) | HasColumn(name=name) | Uses(name=name) | OpensSession(name=name) | Calls(name=name):
            return lambda text: any(continues(word, name) for word in re.findall(r"\w+", text))
        case Takes(name=name):
            return lambda text: name in text
    return None


def _texts(source: SourceFile) -> Iterator[tuple[str, int, str]]:
    """Yield the comments and the strings of a file, each with its line."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            if token.type == tokenize.COMMENT:
                yield "a comment", token.start[0], token.string
            elif token.type == tokenize.STRING:
                for number, line in enumerate(token.string.splitlines()):
                    yield "a string", token.start[0] + number, line
    except (tokenize.TokenError, SyntaxError):  # pragma: no cover  # the tree parsed; a Python may split it otherwise
        pass


def text_says(matcher: Matcher, unit: Unit) -> Spot | None:
    """Return where the text has what a snippet names, which decides on what is unknown; None where it has it nowhere."""
    if isinstance(matcher, AnyOf):
        return next(filter(None, (text_says(one, unit) for one in (matcher.asked, *matcher.others))), None)
    wanted = str(matcher.value) if isinstance(matcher, Assigns) else getattr(matcher, "name", None)
    if wanted is None or not matcher.stands_in(unit):
        return None
    for frame in unit.frames:
        for node in nodes_of(frame.source, frame.node):
            named = (getattr(node, "id", None), getattr(node, "attr", None), getattr(node, "value", None))
            if any(isinstance(name, str) and continues(name.lower(), wanted.lower()) for name in named):
                return At(frame, node)
    return At(unit.frames[0], unit.node)
