"""Which functions of a task file are helpers: used by another function, and so judged as a part of it."""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import bind, nodes_of
from flake8_bgtasks.semantics.choices import run_by
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.following import hands_over, is_pooled
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import resolve
from flake8_bgtasks.semantics.objects import callee, owner_of
from flake8_bgtasks.semantics.scopes import parameters
from flake8_bgtasks.source import FUNCTIONS, Definition, FunctionNode, SourceFile


@memoized
def helpers_of(source: SourceFile) -> frozenset[ast.AST]:
    """Return the functions and methods that another function calls, or passes to a thread or a pool.

    A function of the same file, or of another file of tasks. Functions that call each other in a circle do not make
    each other helpers, or there would be nobody to judge.
    """
    users: dict[ast.AST, set[ast.AST]] = {}
    for calling in (source, *source.facts.task_modules(source)):
        for caller, used in _uses(calling):
            users.setdefault(used, set()).add(caller)
    circle = circles(users)
    return frozenset(used for used, by in users.items() if any(circle[user] is not circle[used] for user in by))


@memoized
def hooks_of(source: SourceFile) -> frozenset[ast.AST]:
    """Return the functions that a worker calls around its tasks: ``on_startup = open_connections``.

    The worker's settings often stand in a file that no rule names: a hook that is called like one and takes nothing but
    the worker's context is known by that.
    """
    told = (
        found.node
        for telling in (source, *source.facts.task_modules(source))
        for hook in _hooks(telling)
        for found in callee(hook, top(telling)).functions
    )
    return frozenset((*told, *(function for function in source.functions() if _looks_like_hook(function))))


def _looks_like_hook(function: FunctionNode) -> bool:
    arguments = function.args
    names = [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return function.name in libraries.WORKER_HOOKS and names == ["ctx"]


def _hooks(source: SourceFile) -> Iterator[ast.expr]:
    for statement in source.nodes(ast.Assign, ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        if statement.value is not None and any(last_segment(target) in libraries.WORKER_HOOKS for target in targets):
            yield statement.value
    for keyword in source.nodes(ast.keyword):
        if keyword.arg in libraries.WORKER_HOOKS:
            yield keyword.value


class Use(NamedTuple):
    """A call, in a function of that file, that makes another function a helper."""

    source: SourceFile
    caller: FunctionNode
    call: ast.Call


def callers_of(function: ast.AST, source: SourceFile) -> Iterator[Use]:
    """Yield the calls that use a function of this file, in it and in the other files of tasks."""
    for calling in (source, *source.facts.task_modules(source)):
        for use, used in _uses_in(calling):
            if used is function:
                yield use


def _uses(calling: SourceFile) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield each function of a file, a function inside it taken for a part of it, with what it uses."""
    return ((use.caller, used) for use, used in _uses_in(calling))


def _uses_in(calling: SourceFile) -> Iterator[tuple[Use, ast.AST]]:
    for caller in calling.functions():
        around = [caller, *(one for one in calling.ancestors(caller) if isinstance(one, FUNCTIONS))]
        frame = Frame(calling, caller, owner=owner_of(calling, caller))
        handed_over = _handed_over(calling, caller)
        for node in nodes_of(calling, caller):
            if isinstance(node, ast.Call) and node not in handed_over:
                yield from ((Use(calling, around[-1], node), used) for used in _used_by(node, frame))


def _handed_over(calling: SourceFile, caller: ast.AST) -> set[ast.AST]:
    """Return what stands in a lambda or a `partial` that is handed to a queue: it runs when that starts it."""
    return {
        inside
        for node in nodes_of(calling, caller)
        if isinstance(node, ast.Call) and hands_over(node)
        for argument in node.args
        if isinstance(argument, ast.Lambda)
        or (isinstance(argument, ast.Call) and last_segment(argument.func) == "partial")
        for inside in ast.walk(argument)
    }


def _used_by(call: ast.Call, frame: Frame) -> Iterator[ast.AST]:
    functions = run_by(call.func, frame)
    yield from (function.node for function in functions)
    for argument in _called_back(call, functions, frame):
        if isinstance(argument, ast.Name | ast.Attribute):
            yield from (function.node for function in callee(argument, frame).functions)


def _called_back(call: ast.Call, functions: tuple[Definition, ...], frame: Frame) -> Iterator[ast.expr]:
    """Yield the arguments that a call calls in its turn: the work of a thread or a pool, a key, a callback."""
    if last_segment(call.func) in libraries.RUNNERS or is_pooled(call) or _calls_back(call, frame):
        yield from call.args
        yield from (keyword.value for keyword in call.keywords)
        return
    yield from (keyword.value for keyword in call.keywords if keyword.arg and _is_callback(keyword.arg))
    for function in functions if call.args or call.keywords else ():
        inner = bind(function, call, frame)
        for name in _called_parameters(function.source, function.node):
            yield from (argument.value for argument in inner.arguments.get(name, ()) if argument.frame is frame)


def _calls_back(call: ast.Call, frame: Frame) -> bool:
    """Tell whether a call of a library calls whatever function it is given: ``sorted(rows, key=by_sku)``."""
    name = last_segment(call.func) or ""
    if name in libraries.CALLING_BACK:
        return True
    return not hands_over(call) and any(
        libraries.is_standard(dotted) and not dotted.startswith("builtins.")
        for dotted in resolve(call.func, frame).outside
    )


def _is_callback(keyword: str) -> bool:
    return keyword in {"key", "link", "link_error"} or keyword.startswith("on_") or keyword.endswith("callback")


@memoized
def _called_parameters(source: SourceFile, function: ast.AST) -> frozenset[str]:
    """Return the parameters that a function calls: ``def run_safely(work, job): ... work(job)``."""
    if not isinstance(function, FUNCTIONS):
        return frozenset()
    called = (node.func for node in nodes_of(source, function) if isinstance(node, ast.Call))
    names = {func.id for func in called if isinstance(func, ast.Name)}
    return frozenset(argument.arg for argument, _ in parameters(function) if argument.arg in names)


def circles(edges: Mapping[ast.AST, Collection[ast.AST]]) -> dict[ast.AST, ast.AST]:
    """Return for each node one that stands for all those that it leads to and that lead to it."""
    back: dict[ast.AST, list[ast.AST]] = {}
    for node, following in edges.items():
        for one in following:
            back.setdefault(one, []).append(node)
    standing_for: dict[ast.AST, ast.AST] = {}
    for node in reversed(_finished(edges)):
        todo = [node]
        while todo:
            one = todo.pop()
            if one not in standing_for:
                standing_for[one] = node
                todo.extend(back.get(one, ()))
    return standing_for


def _finished(edges: Mapping[ast.AST, Collection[ast.AST]]) -> list[ast.AST]:
    """The nodes in the order in which a search that goes deep first has done with them."""
    order: list[ast.AST] = []
    seen: set[ast.AST] = set()
    for start in edges:
        todo = [(start, iter((start,)))]
        while todo:
            node, rest = todo[-1]
            following = next((one for one in rest if one not in seen), None)
            if following is not None:
                seen.add(following)
                todo.append((following, iter(edges.get(following, ()))))
            else:
                todo.pop()
                if todo:
                    order.append(node)
    return order
