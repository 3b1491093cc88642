"""Values that meet a status by way of a project function: ``_set_status(job, "processing")``.

Which function is called is costly to tell, and most calls pass nothing of interest. So the arguments come first: only
where one of them can be the value in question is the function looked for. What is imported comes last, since another
module has to be read for it: most such arguments are classes and functions, passed to what stores no status.
"""

import ast
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.semantics.calls import arguments
from flake8_bgtasks.semantics.flows import FlowKind, flows
from flake8_bgtasks.semantics.following import enter
from flake8_bgtasks.semantics.frames import Argument, Frame, top
from flake8_bgtasks.semantics.meeting import Meeting
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.objects import callee
from flake8_bgtasks.semantics.scopes import Kind, bindings_of, imports_behind
from flake8_bgtasks.semantics.values import arms, values
from flake8_bgtasks.semantics.vocabulary import names_status
from flake8_bgtasks.source import FUNCTIONS, Definition, SourceFile

MAX_CALLS = 4
"""How many calls deep an argument is followed."""
_PASSED = (FlowKind.NAMED_CALL, FlowKind.KEYWORD)


def passed_to_status(source: SourceFile, status: str, value: str) -> Iterator[Meeting]:
    """Yield the meetings of arguments that can be `value` with a status that a project function stores them into."""
    frame = top(source)
    for call, argument, arm, is_imported in _arguments(source):
        if not is_imported and value not in values(arm, frame):
            continue
        for function in callee(call.func, frame).functions:
            inner = enter(function, call, frame)
            names = [name for name, given in inner.arguments.items() if any(part.value is argument for part in given)]
            stores = [holders for name in names for holders in _stores(inner, name, status)]
            if stores and is_imported and value not in values(arm, frame):
                continue  # asked last: the answer stands in another module, which is read for it
            for holders in stores:
                yield Meeting(arm, frozenset({value}), holders)


class _Passed(NamedTuple):
    """An argument that can be text."""

    call: ast.Call
    argument: ast.expr
    arm: ast.expr
    """The arm that can."""
    is_imported: bool
    """Whether that may stand in another module."""


@memoized
def _arguments(source: SourceFile) -> tuple[_Passed, ...]:
    """Return the arguments that can be text."""
    return tuple(
        _Passed(call, argument, arm, bool(imports_behind(arm, source)))
        for call in source.nodes(ast.Call)
        for argument in arguments(call)
        for arm in arms(argument)
        if _can_be_text(arm, source)
    )


def _can_be_text(arm: ast.expr, source: SourceFile) -> bool:
    match arm:
        case ast.Constant(value=str(text)):
            return text.isidentifier()
        case ast.Attribute(value=ast.Name() | ast.Attribute()):
            return True
        case ast.Name():
            bindings, _ = bindings_of(source, arm, arm.id)
            named = (Kind.VALUE, Kind.IMPORT)
            return any(binding.kind in named and not isinstance(binding.value, ast.Call) for binding in bindings)
    return False


def _stores(entered: Frame, parameter: str, status: str) -> Iterator[tuple[Argument, ...]]:
    """Yield whose statuses a function's parameter goes to; nobody's where the parameter alone is called like one."""
    found = tuple(_stored(entered, parameter, status))
    if not found and names_status(parameter, status):
        found = ((),)
    yield from found


def _stored(entered: Frame, parameter: str, status: str) -> Iterator[tuple[Argument, ...]]:
    """Yield the holders of the statuses that the body stores the parameter into, here or in what it calls."""
    todo = deque([(entered, parameter, 0)])
    seen: set[tuple[ast.AST, str]] = set()
    while todo:
        frame, name, depth = todo.popleft()
        if (frame.node, name) in seen or depth > MAX_CALLS or not isinstance(frame.node, FUNCTIONS):
            continue
        seen.add((frame.node, name))
        for flow in flows(frame.source, frame.node):
            if not (isinstance(flow.value, ast.Name) and flow.value.id == name):
                continue
            called = callee(flow.holder, frame).functions if flow.holder is not None and flow.kind in _PASSED else ()
            if called:
                todo.extend((inner, bound, depth + 1) for inner, bound in _entered(called, flow.value, frame))
            elif flow.kind is not FlowKind.NAMED_CALL and names_status(flow.name, status):
                yield (Argument(flow.holder, frame),) if flow.holder is not None else ()


def _entered(called: tuple[Definition, ...], value: ast.Name, frame: Frame) -> Iterator[tuple[Frame, str]]:
    """Yield the frames of the functions that `value` is passed to, with the parameter that it is bound to."""
    call = frame.source.parent(value)
    if isinstance(call, ast.keyword):
        call = frame.source.parent(call)
    if not isinstance(call, ast.Call):
        return
    for function in called:
        inner = enter(function, call, frame)
        for name, given in inner.arguments.items():
            if any(part.value is value for part in given):
                yield inner, name
