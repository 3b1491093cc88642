"""Where a value meets a status: every flow into one, every comparison with one, every definition of its vocabulary.

Which values are wrong is for the rules; whose status it is, is answered here only as far as the holder goes. What goes
through project functions is in `passed`.
"""

import ast
from collections.abc import Iterator

from flake8_bgtasks.semantics import sql
from flake8_bgtasks.semantics.comparisons import comparisons
from flake8_bgtasks.semantics.declarations import data_class_around, declarations, declared, is_declaration
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.flows import Flow, FlowKind, flows
from flake8_bgtasks.semantics.frames import Argument, Frame, top
from flake8_bgtasks.semantics.meeting import Meeting, Owner, at
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.mentions import contains_status, last_word
from flake8_bgtasks.semantics.objects import callee
from flake8_bgtasks.semantics.scopes import scope_of
from flake8_bgtasks.semantics.vocabulary import names_status
from flake8_bgtasks.source import SourceFile

_CONDITIONS = frozenset({"text", "literal_column", "CheckConstraint"})
"""Calls that are given a part of an SQL statement: ``where(text("status = 'processing'"))``."""


@memoized
def meetings(source: SourceFile, status: str) -> tuple[Meeting, ...]:
    """Return the meetings of values with what is called `status`, as `vocabulary.names_status` tells."""
    return tuple(_meetings(source, status))


def _meetings(source: SourceFile, status: str) -> Iterator[Meeting]:
    frame = top(source)
    for flow in flows(source, source.tree, last_word(status)):
        yield from _flowing(flow, status, frame)
    yield from comparisons(frame, status)
    yield from declarations(frame, status)
    for constant in source.nodes(ast.Constant):
        yield from _sql(constant, status, source)


def _flowing(flow: Flow, status: str, frame: Frame) -> Iterator[Meeting]:
    if flow.kind is FlowKind.NAMED_CALL:
        yield from _named_call(flow, status, frame)
        return
    if flow.kind is FlowKind.SQL or flow.value is None or not names_status(flow.name, status):
        return
    holders = (Argument(flow.holder, frame),) if flow.holder is not None else ()
    match flow.kind:
        case FlowKind.DEFAULT:
            yield from declared(flow.value, frame, Owner(body=data_class_around(frame.source, flow.value)))
        case FlowKind.VARIABLE:
            scope = scope_of(frame.source, flow.value)
            yield from declared(flow.value, frame, Owner(body=scope if isinstance(scope, ast.ClassDef) else None))
        case FlowKind.PAIRED:
            match flow.holder:
                case ast.Attribute(attr="setdefault", value=held):
                    yield from at(flow.value, frame, Owner((Argument(held, frame),)))
        case FlowKind.KEYWORD if is_declaration(flow.holder, frame):
            return
        case FlowKind.KEYWORD if flow.holder is not None and callee(flow.holder, frame).functions:
            return  # what the function makes of it decides; see `passed`
        case _:
            yield from declared(flow.value, frame, Owner(holders))


def _named_call(flow: Flow, status: str, frame: Frame) -> Iterator[Meeting]:
    """``repo.update_status(job, V)``, where nobody can tell what it does."""
    if flow.value is None or flow.holder is None or not contains_status(flow.name, status):
        return
    if callee(flow.holder, frame).definitions:
        return
    call = frame.source.parent(flow.value)
    passed = call.args if isinstance(call, ast.Call) else []
    rows = tuple(Argument(argument, frame) for argument in passed if argument is not flow.value)
    for meeting in at(flow.value, frame, Owner((Argument(flow.holder, frame),))):
        yield meeting._replace(rows=rows)


def _sql(constant: ast.Constant, status: str, source: SourceFile) -> Iterator[Meeting]:
    text = constant.value
    if not isinstance(text, str):
        return
    around, body = source.parent(constant), None
    if sql.looks_like_sql(text) and not isinstance(around, ast.Expr | ast.JoinedStr):
        met = [*sql.assignments(text), *sql.comparisons(text)]
    elif isinstance(around, ast.Call) and last_segment(around.func) in _CONDITIONS and len(text) <= sql.MAX_LENGTH:
        met = [*sql.comparisons(text)]
        body = next((scope for scope in source.ancestors(constant) if isinstance(scope, ast.ClassDef)), None)
    else:
        return
    found = frozenset(one.text for one in met if one.text is not None and names_status(one.column, status))
    if found:
        yield Meeting(constant, found, table=sql.table(text), body=body)
