"""What a task function reaches: the code that runs as part of it, as far as it is project source (section 3)."""

import ast
from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from flake8_bgtasks.semantics.calls import nodes_of
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.following import called, enter
from flake8_bgtasks.semantics.frames import Argument, Entry, Frame, top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import methods, resolve
from flake8_bgtasks.semantics.objects import about, callee, owner_of
from flake8_bgtasks.semantics.scopes import bindings_of, parameters, scope_of
from flake8_bgtasks.semantics.task_functions import task_functions
from flake8_bgtasks.source import FUNCTIONS, Definition, FunctionNode, SourceFile

MAX_CALLS = 10
"""How many calls deep a task is followed."""
MAX_FRAMES = 1_000
"""How many pieces of code one task may reach: a limit on steps."""
MAX_FOLLOWED = 10_000
"""How many calls are followed for one task: a limit on steps too, for functions that all call each other."""
MAX_REACHED = 50_000
"""How many pieces of code the task functions of one file may reach together; those after that are not judged."""
MAX_VISITS = 32
"""How often one function is entered for one task with different arguments."""

_CONTEXT_METHODS = ("__enter__", "__aenter__", "__exit__", "__aexit__")
_BASE_TASK_METHODS = ("before_start", "on_failure", "on_success", "after_return", "on_retry", "__call__")


@memoized
def reaches(source: SourceFile) -> dict[FunctionNode, tuple[Frame, ...]]:
    """Return what each task function of a file reaches, in the order of the source; see `reach` and `MAX_REACHED`."""
    found: dict[FunctionNode, tuple[Frame, ...]] = {}
    reached = 0
    for function in task_functions(source):
        frames = reach(source, function)
        reached += len(frames)
        if reached > MAX_REACHED:
            break
        found[function] = frames
    return found


def reach(source: SourceFile, function: ast.AST) -> tuple[Frame, ...]:
    """Return the frames of all code that runs when `function` runs, the function's own first."""
    start = Frame(source, function, owner=owner_of(source, function) or _bound_task(source, function))
    found: list[Frame] = []
    visits: dict[ast.AST, int] = {}
    known = _Known()
    queue: deque[tuple[Frame, tuple[ast.AST, ...]]] = deque([(start, ())])
    followed = 0
    while queue and len(found) < MAX_FRAMES:
        frame, callers = queue.popleft()
        found.append(frame)
        if len(callers) >= MAX_CALLS or followed >= MAX_FOLLOWED:
            continue
        path = (*callers, frame.node)
        for following in _next(frame):
            followed += 1
            node = following.node
            if node in path or visits.get(node, 0) >= MAX_VISITS or not known.is_new(following):
                continue
            visits[node] = visits.get(node, 0) + 1
            queue.append((following, path))
    return tuple(found)


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


def names_in(frames: tuple[Frame, ...]) -> Iterator[str]:
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
