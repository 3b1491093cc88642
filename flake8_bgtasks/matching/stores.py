"""Whether a flow stores its value: a filter, a log, a metric, a request's payload and an event do not."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import nodes_of
from flake8_bgtasks.semantics.classes import is_mapped
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.flows import (
    Flow,
    FlowKind,
    enclosing_calls,
    is_event,
    is_filter,
    is_http_payload,
    is_log,
    is_lookup,
)
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.objects import about, callee
from flake8_bgtasks.semantics.scopes import bindings_of
from flake8_bgtasks.semantics.words import words
from flake8_bgtasks.source import FUNCTIONS, SourceFile

_READING = frozenset({"getattr", "get", "hasattr", "pop", "print", "isinstance", "hget", "hexists"})
_EVENT, _REQUEST = "an event", "a request to another service"
_SAME_OBJECT = frozenset({"update", "setdefault", "pop", "copy"})


def is_stored(flow: Flow, frame: Frame) -> bool:
    """Tell whether a flow stores its value: it is no filter, no log, no metric, no HTTP payload and no event."""
    return spent_on(flow, frame) is None


def spent_on(flow: Flow, frame: Frame) -> str | None:
    """Return what a flow's value goes to where that stores nothing, ``a query's filter``; None where it is stored."""
    match flow.kind:
        case FlowKind.DEFAULT:
            return None
        case FlowKind.STORE:
            variable = flow.holder
            if isinstance(variable, ast.Name) and _is_made_here(variable, frame):
                return _spent_variable(variable, frame)
            return None
        case FlowKind.KEYWORD if (reason := _spent_keyword(flow, frame)) is not None:
            return reason
        case FlowKind.PAIRED if flow.holder is not None and last_segment(flow.holder) in _READING:
            return "a look-up"
    return _spent(flow.node, frame)


def _spent_keyword(flow: Flow, frame: Frame) -> str | None:
    """A keyword argument of a project function is what the function makes of it; of an event's class it is nothing."""
    assert flow.holder is not None
    target = callee(flow.holder, frame)
    if target.functions:
        return "a function of the project, which is followed"
    for found in target.classes:
        last = words(getattr(found.node, "name", ""))[-1:]
        return None if not set(last) & libraries.EVENT_WORDS or is_mapped(found) else _EVENT
    return None


def _spent(node: ast.AST, frame: Frame) -> str | None:
    """Return what `node` goes to, directly or by way of a local variable, if that stores nothing."""
    if (reason := _passed_on(node, frame)) is not None:
        return reason
    statement = next((around for around in frame.source.ancestors(node) if isinstance(around, ast.stmt)), None)
    match statement:
        case (
            ast.Assign(targets=[ast.Name() as variable])
            | ast.AnnAssign(target=ast.Name() as variable)
            | ast.AugAssign(target=ast.Name() as variable)
        ):
            return _spent_variable(variable, frame)
    return None


def _passed_on(node: ast.AST, frame: Frame) -> str | None:
    source = frame.source
    if is_http_payload(source, node):
        return _REQUEST
    if is_lookup(source, node):
        return "a look-up"
    if _is_raised(source, node):
        return "an exception"
    reasons = (stores_nothing(call, frame) for call in enclosing_calls(source, node))
    return next((reason for reason in reasons if reason is not None), None)


def _is_raised(source: SourceFile, node: ast.AST) -> bool:
    """Tell whether `node` is part of what a statement raises."""
    statement = next((around for around in source.ancestors(node) if isinstance(around, ast.stmt)), None)
    return isinstance(statement, ast.Raise)


def stores_nothing(call: ast.Call, frame: Frame) -> str | None:
    """Return what a call is that keeps nothing of what it is passed, ``a filter``; None for any other."""
    if is_filter(call):
        return "a filter"
    if is_log(call):
        return "a log, a metric or a trace"
    if is_event(call):
        return None if any(is_mapped(found) for found in callee(call.func, frame).classes) else _EVENT
    return _REQUEST if _is_request(call, frame) else None


def _is_request(call: ast.Call, frame: Frame) -> bool:
    """Tell whether a call is a request of an HTTP client that is known as one: ``requests.post(url, data)``."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in libraries.HTTP_METHODS:
        return False
    return libraries.package(about(call.func.value, frame).outside) in libraries.HTTP_LIBRARIES


def _is_made_here(variable: ast.Name, frame: Frame) -> bool:
    """Tell whether a local variable is a dict, or an object that is no mapped class's, made by this very function.

    What was handed in or looked up has somebody else to keep it.
    """
    bindings, _ = bindings_of(frame.source, variable, variable.id)
    return all(binding.value is not None and _is_new(binding.value, frame) for binding in bindings)


def _is_new(value: ast.expr, frame: Frame) -> bool:
    match value:
        case ast.Dict() | ast.DictComp() | ast.Call(func=ast.Name(id="dict")):
            return True
        case ast.Call(func=func):
            made = callee(func, frame).classes
            return bool(made) and not any(is_mapped(found) for found in made)
    return False


def _spent_variable(variable: ast.Name, frame: Frame) -> str | None:
    _, scope = bindings_of(frame.source, variable, variable.id)
    return _only_use(frame.source, scope, variable.id) if isinstance(scope, FUNCTIONS) else None


@memoized
def _only_use(source: SourceFile, function: ast.AST, variable: str) -> str | None:
    """Return what a local variable goes to, if it is used, and only to be logged, sent, reckoned with, or looked up by."""
    frame = Frame(source, function)
    uses = [name for name in _loads(source, function).get(variable, ()) if not _is_filled(name, source)]
    first = None
    for name in uses:
        reason = "a comparison" if _is_reckoned_with(name, source) else _passed_on(name, frame)
        if reason is None:
            return None
        first = first or reason
    return first


def _is_reckoned_with(name: ast.Name, source: SourceFile) -> bool:
    """Tell whether a variable is only compared, asked for its truth, or taken from something: ``now() - started_at``."""
    node: ast.AST = name
    around = source.parent(node)
    if isinstance(around, ast.Compare) or (isinstance(around, ast.BinOp) and isinstance(around.op, ast.Sub)):
        return True
    while isinstance(around, ast.BoolOp):
        node, around = around, source.parent(around)
    match around:
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) | ast.Assert(test=test):
            return test is node
    return False


@memoized
def _loads(source: SourceFile, function: ast.AST) -> dict[str, list[ast.Name]]:
    """The places in a function, and in functions inside it, where each name is read."""
    found: dict[str, list[ast.Name]] = {}
    for name in _names(source, function):
        if isinstance(name.ctx, ast.Load):
            found.setdefault(name.id, []).append(name)
    return found


def _names(source: SourceFile, function: ast.AST) -> Iterator[ast.Name]:
    for node in nodes_of(source, function):
        if isinstance(node, ast.Name):
            yield node
        elif isinstance(node, FUNCTIONS):
            yield from (inner for inner in ast.walk(node) if isinstance(inner, ast.Name))


def _is_filled(name: ast.Name, source: SourceFile) -> bool:
    """Tell whether something is put into the variable there: ``payload["x"] = 1``, ``payload.update(x=1)``."""
    around = source.parent(name)
    match around:
        case ast.Subscript(ctx=ast.Store()):
            return around.value is name
        case ast.Attribute(ctx=ast.Store()):
            return True
        case ast.Attribute(attr=attribute):
            call = source.parent(around)
            return attribute in _SAME_OBJECT and isinstance(call, ast.Call) and call.func is around
    return False
