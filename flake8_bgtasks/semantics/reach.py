"""What a task function reaches: the code that runs as part of it, as far as it is project source (section 3)."""

import ast
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

from flake8_bgtasks.semantics.calls import nodes_of
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.following import called, enter
from flake8_bgtasks.semantics.frames import Argument, Entry, Frame, top
from flake8_bgtasks.semantics.names import methods, resolve
from flake8_bgtasks.semantics.objects import about, callee, owner_of
from flake8_bgtasks.semantics.scopes import bindings_of, parameters, scope_of
from flake8_bgtasks.source import FUNCTIONS, Definition, SourceFile

MAX_CALLS = 10
"""How many calls deep a task is followed."""
MAX_FRAMES = 1_000
"""How many pieces of code one task may reach: a limit on steps."""
MAX_FOLLOWED = 10_000
"""How many calls are followed for one task: a limit on steps too, for functions that all call each other."""
MAX_REACHED = 50_000
"""How many pieces of code the task functions of one file may reach together: a limit for files of nothing but circles."""
MAX_VISITS = 32
"""How often one function is entered for one task with different arguments."""

_CONTEXT_METHODS = ("__enter__", "__aenter__", "__exit__", "__aexit__")
_BASE_TASK_METHODS = ("before_start", "on_failure", "on_success", "after_return", "on_retry", "__call__")


class Budget:
    """How many more pieces of code the task functions of a file may reach together."""

    def __init__(self, left: int = MAX_REACHED) -> None:
        self.left = left


class Reach(Sequence[Frame]):
    """The frames of all code that runs when a function runs: the function's own, which is always there, then the closest.

    They are looked for as somebody asks for the next one: most of what a task must do stands in its first frames.
    """

    def __init__(self, source: SourceFile, function: ast.AST, budget: Budget | None = None) -> None:
        start = Frame(source, function, owner=owner_of(source, function) or _bound_task(source, function))
        self.is_cut = False
        """Whether the budget did not last: then there is more than was found."""
        self._budget = budget or Budget()
        self._found: list[Frame] = []
        self._queue: deque[tuple[Frame, tuple[ast.AST, ...]]] = deque([(start, ())])
        self._last: tuple[Frame, tuple[ast.AST, ...]] | None = None
        """The frame that was found last, if it was not followed yet, and what called it."""
        self._visits: dict[ast.AST, int] = {}
        self._known = _Known()
        self._followed = 0

    def __iter__(self) -> Iterator[Frame]:
        at = 0
        while at < len(self._found) or self._find_one_more():
            yield self._found[at]
            at += 1

    def __len__(self) -> int:
        while self._find_one_more():
            pass
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> Frame: ...

    @overload
    def __getitem__(self, at: slice) -> list[Frame]: ...

    def __getitem__(self, at: int | slice) -> Frame | list[Frame]:
        return next(iter(self)) if at == 0 else list(self)[at]

    def _find_one_more(self) -> bool:
        """Find the next frame, and tell whether there is one."""
        if self._last is not None:
            self._follow(*self._last)
            self._last = None
        if not self._queue or len(self._found) == MAX_FRAMES:
            return False
        if self._found and self._budget.left <= 0:
            self.is_cut = True
            return False
        self._budget.left -= 1
        self._last = self._queue.popleft()
        self._found.append(self._last[0])
        return True

    def _follow(self, frame: Frame, callers: tuple[ast.AST, ...]) -> None:
        """Put what a frame leads to into the queue, as far as it is new and not too far away."""
        if len(callers) >= MAX_CALLS or self._followed >= MAX_FOLLOWED:
            return
        path = (*callers, frame.node)
        for following in _next(frame):
            self._followed += 1
            node = following.node
            if node in path or self._visits.get(node, 0) >= MAX_VISITS or not self._known.is_new(following):
                continue
            self._visits[node] = self._visits.get(node, 0) + 1
            self._queue.append((following, path))


class _Known:
    """The frames that were seen, by what can be told apart: entering a function twice with the same says nothing new."""

    def __init__(self) -> None:
        self._seen: dict[object, int] = {}
        self._numbers: dict[Frame, int] = {}

    def is_new(self, frame: Frame) -> bool:
        """Tell whether a frame differs from all before, and remember it."""
        given = tuple((name, *map(self._value, frame.arguments[name])) for name in sorted(frame.arguments))
        owner = None if frame.owner is None else frame.owner.node
        inside = isinstance(scope_of(frame.source, frame.node), FUNCTIONS) and frame.enclosing is not None
        around = self._of(frame.enclosing) if inside and frame.enclosing is not None else None
        key = (frame.node, owner, given, around)
        is_new = key not in self._seen
        self._numbers[frame] = self._seen.setdefault(key, len(self._seen))
        return is_new

    def _of(self, frame: Frame) -> object:
        return self._numbers.get(frame, frame.node)

    def _value(self, argument: Argument) -> object:
        """What an argument is worth: a constant, the argument that the caller was given, or the caller's own name."""
        for _ in range(MAX_CALLS):
            expr, frame = argument
            match expr:
                case ast.Constant():
                    return type(expr.value), expr.value
                case ast.Name():
                    _, scope = bindings_of(frame.source, expr, expr.id)
                    given = frame.bound(scope, expr.id) if scope is not None else ()
                    if len(given) != 1:
                        return scope, expr.id, None if isinstance(scope, ast.Module) else self._of(frame)
                    argument = given[0]
                case _:
                    break
        return argument.value, self._of(argument.frame)


def _next(frame: Frame) -> Iterator[Frame]:
    """Yield what one frame leads to."""
    if isinstance(frame.node, FUNCTIONS):
        yield from _decorators(frame)
    for node in nodes_of(frame.source, frame.node):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield Frame(frame.source, node, {}, frame, frame.owner, Entry(frame, node))
            case ast.Call():
                yield from called(node, frame)
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    yield from _entered(item.context_expr, frame)


def _entered(expr: ast.expr, frame: Frame) -> Iterator[Frame]:
    """Yield what entering and leaving a context manager of a project class runs; a generator's body is its call's."""
    found = about(expr, frame).definition
    if found is None:
        return
    available = methods(found)
    for name in _CONTEXT_METHODS:
        if name in available:
            method = available[name]
            entry = Entry(frame, expr, f"with {found.node.name}")  # type: ignore[attr-defined]  # a class
            yield Frame(method.source, method.node, owner=found, entry=entry)


def _decorators(frame: Frame) -> Iterator[Frame]:
    assert isinstance(frame.node, FUNCTIONS)
    outer = top(frame.source)
    for decorator in frame.node.decorator_list:
        func = decorator.func if isinstance(decorator, ast.Call) else decorator
        target = callee(func, outer)
        for function in target.functions:
            yield _decorator_frame(function, decorator, frame)
        for found in target.classes:
            available = methods(found)
            for name in ("__init__", "__call__", *_CONTEXT_METHODS):
                if name in available:
                    entry = _decorating(decorator, frame)
                    yield Frame(available[name].source, available[name].node, owner=found, entry=entry)
        if isinstance(decorator, ast.Call):
            yield from _base_task(decorator, frame)


def _decorator_frame(function: Definition, decorator: ast.expr, frame: Frame) -> Frame:
    if isinstance(decorator, ast.Call):
        entered = enter(function, decorator, top(frame.source))
        return Frame(
            entered.source,
            entered.node,
            entered.arguments,
            entered.enclosing,
            entered.owner,
            _decorating(decorator, frame),
        )
    arguments: Mapping[str, tuple[Argument, ...]] = {}
    if isinstance(function.node, FUNCTIONS) and function.node.args.args:
        name = ast.copy_location(ast.Name(getattr(frame.node, "name", ""), ast.Load()), decorator)
        arguments = {function.node.args.args[0].arg: (Argument(name, top(frame.source)),)}
    return Frame(function.source, function.node, arguments, entry=_decorating(decorator, frame))


def _decorating(decorator: ast.expr, frame: Frame) -> Entry:
    return Entry(frame, decorator, f"@{last_segment(decorator.func if isinstance(decorator, ast.Call) else decorator)}")


def _base_task(decorator: ast.Call, frame: Frame) -> Iterator[Frame]:
    """Yield the hooks of the project class that a task decorator names: ``@app.task(base=ProjectTask)``."""
    for found in _named_base(decorator, top(frame.source)):
        available = methods(found)
        for name in _BASE_TASK_METHODS:
            if name in available:
                entry = Entry(frame, decorator)
                yield Frame(available[name].source, available[name].node, owner=found, entry=entry)


def _named_base(decorator: ast.expr, frame: Frame) -> Iterator[Definition]:
    for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
        if keyword.arg == "base":
            yield from resolve(keyword.value, frame).classes


def _bound_task(source: SourceFile, function: ast.AST) -> Definition | None:
    """Return the class of ``self`` in a function that is decorated with ``@app.task(base=ProjectTask, bind=True)``."""
    for decorator in getattr(function, "decorator_list", ()):
        if isinstance(decorator, ast.Call) and any(keyword.arg == "bind" for keyword in decorator.keywords):
            return next(_named_base(decorator, top(source)), None)
    return None


def names_in(frames: Iterable[Frame]) -> Iterator[str]:
    """Yield every identifier and every string literal in the code that the frames cover, docstrings excepted."""
    for frame in frames:
        yield from identifiers(frame.source, frame.node)


def identifiers(source: SourceFile, root: ast.AST) -> Iterator[str]:
    """Yield the identifiers and string literals in a function's own code, or in the whole of a class or module.

    The defaults of its parameters are part of a function's code: ``def start(job, status="running")``.
    """
    nodes: Iterable[ast.AST] = ast.walk(root)
    if isinstance(root, FUNCTIONS):
        defaults = (default for _, default in parameters(root) if default is not None)
        nodes = (*(node for default in defaults for node in ast.walk(default)), *nodes_of(source, root))
    for node in nodes:
        match node:
            case ast.Name():
                yield node.id
            case ast.Attribute():
                yield node.attr
            case ast.arg():
                yield node.arg
            case ast.keyword(arg=str(name)):
                yield name
            case ast.Constant(value=str(text)) if not isinstance(source.parent(node), ast.Expr):
                yield text
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
