"""Which functions of a file run while a request waits: the endpoints, and what they call, depend on or start."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import own_nodes
from flake8_bgtasks.semantics.endpoints import endpoints
from flake8_bgtasks.semantics.names import Frame, last_segment, methods, top
from flake8_bgtasks.semantics.objects import callee, owner_of
from flake8_bgtasks.semantics.scopes import parameters
from flake8_bgtasks.source import FUNCTIONS, Definition, FunctionNode, SourceFile


def waited_for(source: SourceFile) -> tuple[FunctionNode, ...]:
    """Return the functions of this file that a request waits for, or that run on its event loop, each once."""
    found: dict[FunctionNode, None] = {}
    todo: list[FunctionNode] = [endpoint.function for endpoint in endpoints(source)]
    while todo:
        function = todo.pop(0)
        if function in found:
            continue
        found[function] = None
        todo.extend(
            definition.node
            for definition in _next(source, function)
            if definition.source is source and isinstance(definition.node, FUNCTIONS)
        )
    return tuple(found)


def _next(source: SourceFile, function: FunctionNode) -> Iterator[Definition]:
    frame = Frame(source, function, owner=owner_of(source, function))
    yield from _dependencies(function, frame)
    for node in own_nodes(function):
        if not isinstance(node, ast.Call):
            continue
        target = callee(node.func, frame)
        yield from target.functions
        for found in target.classes:
            available = methods(found)
            if "__init__" in available:
                yield available["__init__"]
        yield from _passed_on(node, frame)


def _passed_on(call: ast.Call, frame: Frame) -> Iterator[Definition]:
    """Yield the functions that a call is handed: all of them, but for sync ones that go to a thread or a pool."""
    threaded = last_segment(call.func) in libraries.RUNNERS | libraries.HANDOVERS
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        if isinstance(argument, ast.Name | ast.Attribute):
            for function in callee(argument, frame).functions:
                if not threaded or isinstance(function.node, ast.AsyncFunctionDef):
                    yield function


def _dependencies(function: FunctionNode, frame: Frame) -> Iterator[Definition]:
    """Yield what ``Depends(f)`` names in the signature, in `Annotated` and in the decorators."""
    exprs: list[ast.expr] = list(function.decorator_list)
    for argument, default in parameters(function):
        exprs.extend(part for part in (argument.annotation, default) if part is not None)
    outer = top(frame.source)
    for expr in exprs:
        for node in ast.walk(expr):
            if isinstance(node, ast.Call) and last_segment(node.func) in {"Depends", "Security"} and node.args:
                target = callee(node.args[0], outer)
                yield from target.functions
                for found in target.classes:
                    yield from (method for name, method in methods(found).items() if name in {"__init__", "__call__"})
