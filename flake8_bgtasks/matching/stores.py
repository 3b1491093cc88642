"""Whether a flow stores its value: a filter, a log, a metric, a request's payload and an event do not."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import nodes_of
from flake8_bgtasks.semantics.classes import is_mapped
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
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import Frame, last_segment
from flake8_bgtasks.semantics.objects import about, callee
from flake8_bgtasks.semantics.scopes import bindings_of
from flake8_bgtasks.semantics.words import words
from flake8_bgtasks.source import FUNCTIONS, SourceFile

_READING = frozenset({"getattr", "get", "hasattr", "pop", "print", "isinstance", "hget", "hexists"})
_SAME_OBJECT = frozenset({"update", "setdefault", "pop", "copy"})


def is_stored(flow: Flow, frame: Frame) -> bool:
    """Tell whether a flow stores its value: it is no filter, no log, no metric, no HTTP payload and no event."""
    match flow.kind:
        case FlowKind.DEFAULT:
            return True
        case FlowKind.STORE:
            variable = flow.holder
            return not (
                isinstance(variable, ast.Name)
                and _is_made_here(variable, frame)
                and _is_spent_variable(variable, frame)
            )
        case FlowKind.KEYWORD if not _keyword_is_stored(flow, frame):
            return False
        case FlowKind.PAIRED if flow.holder is not None and last_segment(flow.holder) in _READING:
            return False
    return not _is_spent(flow.node, frame)


def may_store(node: ast.AST, frame: Frame) -> bool:
    """Tell whether a write to unknown names can be a store: not ``logger.info(**extra)``, not a project function."""
    if not isinstance(node, ast.Call):
        return True
    return not (_stores_nothing(node, frame) or callee(node.func, frame).functions)


def _keyword_is_stored(flow: Flow, frame: Frame) -> bool:
    """A keyword argument of a project function is what the function makes of it; of an event's class it is nothing."""
    assert flow.holder is not None
    target = callee(flow.holder, frame)
    if target.functions:
        return False
    for found in target.classes:
        last = words(getattr(found.node, "name", ""))[-1:]
        return not set(last) & libraries.EVENT_WORDS or is_mapped(found)
    return True


def _is_spent(node: ast.AST, frame: Frame) -> bool:
    """Tell whether `node` goes to something that stores nothing, directly or by way of a local variable."""
    if _is_passed_on(node, frame):
        return True
    statement = next((around for around in frame.source.ancestors(node) if isinstance(around, ast.stmt)), None)
    match statement:
        case ast.Assign(targets=[ast.Name() as variable]) | ast.AnnAssign(target=ast.Name() as variable):
            return _is_spent_variable(variable, frame)
    return False


def _is_passed_on(node: ast.AST, frame: Frame) -> bool:
    source = frame.source
    if is_http_payload(source, node) or is_lookup(source, node) or _is_raised(source, node):
        return True
    return any(_stores_nothing(call, frame) for call in enclosing_calls(source, node))


def _is_raised(source: SourceFile, node: ast.AST) -> bool:
    """Tell whether `node` is part of what a statement raises."""
    statement = next((around for around in source.ancestors(node) if isinstance(around, ast.stmt)), None)
    return isinstance(statement, ast.Raise)


def _stores_nothing(call: ast.Call, frame: Frame) -> bool:
    if is_filter(call) or is_log(call):
        return True
    if is_event(call):
        return not any(is_mapped(found) for found in callee(call.func, frame).classes)
    return _is_request(call, frame)


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


def _is_spent_variable(variable: ast.Name, frame: Frame) -> bool:
    _, scope = bindings_of(frame.source, variable, variable.id)
    return isinstance(scope, FUNCTIONS) and _goes_nowhere(frame.source, scope, variable.id)


@memoized
def _goes_nowhere(source: SourceFile, function: ast.AST, variable: str) -> bool:
    """Tell whether a local variable is used, and only to be logged, sent, reckoned with, or looked up by."""
    frame = Frame(source, function)
    uses = [name for name in _loads(source, function).get(variable, ()) if not _is_filled(name, source)]
    return bool(uses) and all(_is_reckoned_with(name, source) or _is_passed_on(name, frame) for name in uses)


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
