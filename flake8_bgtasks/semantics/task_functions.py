"""Which functions of a file are task functions (semantics, section 3)."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.callers import helpers_of, hooks_of
from flake8_bgtasks.semantics.calls import is_stub, nodes_of, returns
from flake8_bgtasks.semantics.dotted import first_name, last_segment
from flake8_bgtasks.semantics.endpoints import endpoint_functions
from flake8_bgtasks.semantics.flows import is_log
from flake8_bgtasks.semantics.following import hands_over
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import lineage, resolve
from flake8_bgtasks.semantics.scopes import bindings_of, parameters, scope_of
from flake8_bgtasks.semantics.values import arms
from flake8_bgtasks.source import FUNCTIONS, Definition, FunctionNode, SourceFile

_ENTRY_METHODS = ("run", "execute", "perform", "__call__")
_COMPOUND = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
_NEVER = frozenset(
    {
        "contextmanager",
        "asynccontextmanager",
        "property",
        "cached_property",
        "overload",
        "fixture",
        "abstractmethod",
        "wraps",
        "connect",  # a listener to a signal: @worker_ready.connect
        "listens_for",
        "on_event",
    }
)


@memoized
def task_functions(source: SourceFile) -> tuple[FunctionNode, ...]:
    """Return the functions and methods that run as background tasks, in the order of the source."""
    if _is_test(source):
        return ()
    helpers = helpers_of(source)
    found = [node for node in _module_functions(source) if _why_no_task(node, source, helpers) is None]
    for definition in _classes(source):
        found.extend(node for node in _entries(definition) if node not in helpers and _why_never(node, source) is None)
    return tuple(sorted(found, key=lambda node: node.lineno))


def _is_test(source: SourceFile) -> bool:
    name = (source.path or "").rpartition("/")[2]
    return name.startswith("test_") or name == "conftest.py"


def _module_functions(source: SourceFile) -> Iterator[FunctionNode]:
    for function in source.functions():
        if _is_at_module_level(function, source):
            yield function


def _classes(source: SourceFile) -> Iterator[Definition]:
    for node in source.nodes(ast.ClassDef):
        if _is_at_module_level(node, source):
            yield Definition(source, node)


def _is_at_module_level(node: ast.AST, source: SourceFile) -> bool:
    """Tell whether a definition stands in no function and no class; it may stand under a condition."""
    return isinstance(scope_of(source, node), ast.Module)


def why_no_task(function: FunctionNode, source: SourceFile) -> str | None:
    """Return why a function is no task function, as the end of "it is"; None where it is one.

    It says the same as `task_functions`, function by function.
    """
    if function in task_functions(source):
        return None
    if _is_test(source):
        return "in a file of tests"
    scope = scope_of(source, function)
    if isinstance(scope, FUNCTIONS):
        return f"a part of {scope.name}()"
    if isinstance(scope, ast.ClassDef):
        reason = _why_never(function, source) or (HELPER if function in helpers_of(source) else None)
        if reason is None and function.name in _ENTRY_METHODS:
            reason = "called by another method, or not at the top of the module"
        return reason or f"a method: a class runs as a task by {', '.join(_ENTRY_METHODS)} alone"
    return _why_no_task(function, source, helpers_of(source)) or "not at the top of the module"


HELPER = "a helper, judged as a part of what calls it"


def _why_no_task(function: FunctionNode, source: SourceFile, helpers: frozenset[ast.AST]) -> str | None:
    if (reason := _why_never(function, source)) is not None:
        return reason
    if is_decorated_task(function, source):
        return None
    if function in endpoint_functions(source):
        return "an endpoint, which runs for a request"
    if function.name.startswith("_"):
        return "private: its name starts with an underscore"
    if function in helpers:
        return HELPER
    if function in hooks_of(source):
        return "a hook that a worker calls around its tasks"
    if _is_about_worker(function, source):
        return "there for the worker itself, which it makes or runs"
    return "only there to hand other functions to a queue" if only_hands_over(function, source) else None


def _is_about_worker(function: FunctionNode, source: SourceFile) -> bool:
    """Tell whether a function says that it is given a worker, or gives one; arq's tasks have one as their `ctx`."""
    frame = top(source)
    annotations = [argument.annotation for argument, _ in parameters(function) if argument.arg != "ctx"]
    nodes = (node for given in (function.returns, *annotations) if given is not None for node in ast.walk(given))
    names = (
        dotted
        for node in nodes
        if isinstance(node, ast.Name | ast.Attribute)
        for dotted in resolve(node, frame).outside
    )
    return any(
        dotted.rpartition(".")[2] in libraries.WORKERS and libraries.package(dotted) in libraries.TASK_LIBRARIES
        for dotted in names
    )


def is_decorated_task(function: FunctionNode, source: SourceFile) -> bool:
    """Tell whether a function is decorated as a task: ``@x.task``, ``@shared_task``, ``@x.actor``, ``@x.job``.

    A bare ``@task``, ``@actor`` or ``@job`` counts where it is imported from a task library.
    """
    frame = top(source)
    for decorator in function.decorator_list:
        head = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = last_segment(head)
        if name in {"task", "actor", "job"} and isinstance(head, ast.Attribute):
            return True
        for dotted in resolve(head, frame).outside:
            last = dotted.rpartition(".")[2]
            if last == "shared_task" or (
                last in libraries.TASK_DECORATORS and libraries.package(dotted) in libraries.TASK_LIBRARIES
            ):
                return True
    return False


def _why_never(function: FunctionNode, source: SourceFile) -> str | None:
    """Return why a function is no task whatever else it is: a context manager, a decorator, a generator, a stub."""
    for decorator in function.decorator_list:
        head = decorator.func if isinstance(decorator, ast.Call) else decorator
        if last_segment(head) in _NEVER or (isinstance(head, ast.Attribute) and head.attr in {"setter", "deleter"}):
            return f"decorated with @{last_segment(head)}"
    if is_stub(function):
        return "without a body that does anything"
    if _returns_nested_function(function, source):
        return "a decorator: it returns a function of its own"
    return "a generator" if _is_generator(function, source) else None


def _is_generator(function: FunctionNode, source: SourceFile) -> bool:
    """No task library runs a generator as a task; in a file of tasks it gives sessions, or batches."""
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in nodes_of(source, function))


def _returns_nested_function(function: FunctionNode, source: SourceFile) -> bool:
    nested = {node.name for node in nodes_of(source, function) if isinstance(node, FUNCTIONS)}
    returned = [node.value for node in returns(source, function) if node.value is not None]
    return any(_is_nested_function(arm, nested) for value in returned for arm in arms(value))


def _is_nested_function(expr: ast.expr, nested: set[str]) -> bool:
    """Tell whether an expression is a nested function, also when dressed up: ``update_wrapper(wrapper, f)``."""
    match expr:
        case ast.Lambda():
            return True
        case ast.Name():
            return expr.id in nested
        case ast.Call(func=ast.Call(), args=args):  # wraps(f)(wrapper)
            return any(isinstance(argument, ast.Name) and argument.id in nested for argument in args)
        case ast.Call(func=func, args=args) if last_segment(func) in {"update_wrapper", "cast", "wraps", "decorate"}:
            return any(isinstance(argument, ast.Name) and argument.id in nested for argument in args)
    return False


def only_hands_over(function: FunctionNode, source: SourceFile) -> bool:
    """Tell whether a function does nothing but hand other functions to a queue: ``import_products.delay(job_id)``."""
    statements = [
        statement
        for statement in function.body
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
    ]
    simple = [part for statement in statements for part in _flattened(statement)]
    queues = set(_queues(function, source))
    working = [part for part in simple if not (_is_bookkeeping(part) or _is_about(part, queues))]
    return bool(working) and all(_hands_over_inside(part, source) for part in working)


def _flattened(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the simple statements inside a compound one, in the order of the source."""
    todo = [statement]
    while todo:
        part = todo.pop()
        if isinstance(part, _COMPOUND):
            todo.extend(reversed([inner for inner in _inside(part)]))
        else:
            yield part


def _inside(compound: ast.AST) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(compound):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from child.body


def _is_bookkeeping(statement: ast.stmt) -> bool:
    """Logging, imports, and statements without any call are neither work nor handing over."""
    if isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass | ast.Raise):
        return True
    calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
    if not calls:
        return isinstance(statement, ast.Return | ast.Assign | ast.AnnAssign | ast.Expr)
    return isinstance(statement, ast.Expr) and is_log(calls[0])


def _queues(function: FunctionNode, source: SourceFile) -> Iterator[str]:
    """Yield the names of what functions are handed to: ``scheduler`` where ``scheduler.add_job(f)`` is called."""
    for node in nodes_of(source, function):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if hands_over(node):
                if not _sends_mail(node, source):
                    yield name


def _is_about(statement: ast.stmt, queues: set[str]) -> bool:
    """Tell whether a statement makes, starts or stops a queue, and hands nothing to it."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call()):
            return name in queues
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name))) as call):
            return name in queues and not hands_over(call)
    return False


def _hands_over_inside(statement: ast.stmt, source: SourceFile) -> bool:
    if not isinstance(statement, ast.Expr | ast.Return | ast.Assign | ast.AnnAssign):
        return False
    return any(
        isinstance(node, ast.Call) and hands_over(node) and not _sends_mail(node, source)
        for node in ast.walk(statement)
    )


def _sends_mail(call: ast.Call, source: SourceFile) -> bool:
    """Tell whether a ``send`` is that of an object made here, a message: ``import_products.send(1)`` is a task's own."""
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "send"):
        return False
    root = first_name(call.func.value)
    return root is None or isinstance(bindings_of(source, root, root.id)[1], FUNCTIONS)


def _entries(definition: Definition) -> Iterator[FunctionNode]:
    """Yield the methods of a class that run it as a task, unless another method of it or of a base calls them."""
    assert isinstance(definition.node, ast.ClassDef)
    called = _called_on_self(definition)
    for statement in definition.node.body:
        if isinstance(statement, FUNCTIONS) and statement.name in _ENTRY_METHODS and statement.name not in called:
            yield statement


def _called_on_self(definition: Definition) -> set[str]:
    """The methods that another method of the class or of a base calls."""
    called: set[str] = set()
    for owner in lineage(definition).classes:
        called.update(_used_on_self(owner.source, owner.node))
    return called


@memoized
def _used_on_self(source: SourceFile, owner: ast.AST) -> frozenset[str]:
    assert isinstance(owner, ast.ClassDef)
    called: set[str] = set()
    for method in (statement for statement in owner.body if isinstance(statement, FUNCTIONS)):
        for node in nodes_of(source, method):
            match node:
                case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=attribute) if attribute != method.name:
                    called.add(attribute)
                case ast.Call(func=ast.Name(id="self")):
                    called.add("__call__")
    return frozenset(called)
