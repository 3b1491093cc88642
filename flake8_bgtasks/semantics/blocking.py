"""Which functions of a file run while a request waits: the endpoints, and what they call, depend on or start."""

import ast
from collections import deque
from collections.abc import Iterator

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import arguments, own_nodes
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.endpoints import endpoints
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.injected import depended_on, is_dependency
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import methods
from flake8_bgtasks.semantics.objects import about, about_annotation, callee, owner_of
from flake8_bgtasks.semantics.scopes import parameters, scope_of
from flake8_bgtasks.source import FUNCTIONS, Definition, FunctionNode, SourceFile

_QUEUES = libraries.HANDOVERS - {"add_task"}


@memoized
def waited_for(source: SourceFile) -> tuple[FunctionNode, ...]:
    """Return the functions of this file that a request waits for, or that run on its event loop, each once."""
    found: dict[FunctionNode, None] = {}
    todo: deque[ast.AST] = deque(endpoint.function for endpoint in endpoints(source))
    if todo:
        todo.extend(one.node for one in _router_dependencies(source) if one.source is source)
    while todo:
        function = todo.popleft()
        if function in found or not isinstance(function, FUNCTIONS):
            continue
        found[function] = None
        todo.extend(one.node for one in _next(source, function) if one.source is source)
    return tuple(found)


def _router_dependencies(source: SourceFile) -> Iterator[Definition]:
    """Yield what module-level code names as dependencies: ``APIRouter(dependencies=[Depends(check)])``."""
    for call in source.nodes(ast.Call):
        if is_dependency(call) and isinstance(scope_of(source, call), ast.Module):
            if not any(isinstance(holder, ast.arguments) for holder in source.ancestors(call)):
                yield from _depended_on(call, None, top(source))


def _next(source: SourceFile, function: FunctionNode) -> Iterator[Definition]:
    frame = Frame(source, function, owner=owner_of(source, function))
    yield from _dependencies(function, frame)
    calls = [node for node in own_nodes(function) if isinstance(node, ast.Call)]
    elsewhere = {node for call in calls for node in parts_elsewhere(call)}
    for node in calls:
        if node in elsewhere:
            continue
        target = callee(node.func, frame)
        yield from target.functions
        for found in target.classes:
            available = methods(found)
            if "__init__" in available:
                yield available["__init__"]
        yield from _passed_on(node, frame)


def _passed_on(call: ast.Call, frame: Frame) -> Iterator[Definition]:
    """Yield the functions that a call is handed and that run here: not in a thread or a pool, not by a queue."""
    name = last_segment(call.func)
    for argument in arguments(call):
        if isinstance(argument, ast.Name | ast.Attribute):
            for function in callee(argument, frame).functions:
                on_event_loop = isinstance(function.node, ast.AsyncFunctionDef) and name not in _QUEUES
                if not runs_elsewhere(call) or on_event_loop:
                    yield function


def runs_elsewhere(call: ast.Call) -> bool:
    """Tell whether a sync function that the call is handed runs in a thread, a pool or another process."""
    name = last_segment(call.func)
    return name in libraries.RUNNERS | libraries.HANDOVERS and not (name == "map" and isinstance(call.func, ast.Name))


def parts_elsewhere(call: ast.Call) -> Iterator[ast.AST]:
    """Yield the nodes of a call's arguments that run in a thread, a pool or another process, and not here.

    A function that is named, and the body of a lambda.
    """
    for argument in arguments(call) if runs_elsewhere(call) else ():
        match argument:
            case ast.Lambda():
                yield from ast.walk(argument.body)
            case ast.Name() | ast.Attribute():
                yield from ast.walk(argument)


def _dependencies(function: FunctionNode, frame: Frame) -> Iterator[Definition]:
    """Yield what ``Depends(f)`` names in the signature, in `Annotated` and in the decorators."""
    outer = top(frame.source)
    for decorator in function.decorator_list:
        yield from _named_in(decorator, None, outer)
    for argument, default in parameters(function):
        if default is not None:
            yield from _named_in(default, argument.annotation, outer)
        if argument.annotation is not None:
            yield from _named_in(argument.annotation, argument.annotation, outer)


def _named_in(expr: ast.expr, annotation: ast.expr | None, frame: Frame) -> Iterator[Definition]:
    for node in ast.walk(expr):
        if isinstance(node, ast.Call) and is_dependency(node):
            yield from _depended_on(node, annotation, frame)


def _depended_on(call: ast.Call, annotation: ast.expr | None, frame: Frame) -> Iterator[Definition]:
    """Yield the functions that ``Depends(f)`` makes a request wait for; without an argument it is the annotation's."""
    named = depended_on(call) or annotation
    if named is None:
        return
    target = callee(named, frame)
    yield from target.functions
    known = about_annotation(named, frame) if named is annotation else about(named, frame)
    for found in (*target.classes, *((known.definition,) if known.definition is not None else ())):
        yield from (method for name, method in methods(found).items() if name in {"__init__", "__call__"})
