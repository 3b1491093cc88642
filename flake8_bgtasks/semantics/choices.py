"""What a call runs where only the run time chooses: from a table, by a condition, a class for an abstract one."""

import ast
from collections import deque
from collections.abc import Iterator

from flake8_bgtasks.semantics.calls import bind, is_stub, returns
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.memo import memoized, settle
from flake8_bgtasks.semantics.names import lineage, methods, resolve
from flake8_bgtasks.semantics.objects import about, callee, owner_of
from flake8_bgtasks.semantics.scopes import Binding, Kind, bindings_of
from flake8_bgtasks.source import FUNCTIONS, Definition, SourceFile

MAX_STEPS = 32
"""How many expressions are looked at for one call: tables may stand in tables, and hold themselves."""

MAX_OVERRIDES = 100
"""How many derived classes may stand for one; where there are more, nobody chooses among them."""

_DISPLAYS = (ast.Dict, ast.List, ast.Tuple, ast.Set)
_LOOPS = (ast.For, ast.AsyncFor, ast.comprehension)


def run_by(func: ast.expr, frame: Frame) -> tuple[Definition, ...]:
    """Return the functions and methods that calling `func` may run; several where the code chooses among them.

    ``WORKS[kind](job)``, ``for step in STEPS: step(job)``, ``(Csv() if x else Xml()).run(job)``. A method that is only
    declared runs what the file's derived classes make of it.
    """
    nothing: tuple[Definition, ...] = ()
    return settle(frame.memory, ("run by", func, frame.view), 0, lambda: (_run_by(func, frame),), nothing)


def _run_by(func: ast.expr, frame: Frame) -> tuple[Definition, ...]:
    known = callee(func, frame)
    if known.functions:
        return tuple(found for function in known.functions for found in (function, *_overriding(function, frame)))
    if known.classes:
        return ()
    found: dict[Definition, None] = {}
    if isinstance(func, ast.Attribute):
        for choice in _choices(func.value, frame):
            method = methods(choice).get(func.attr) if isinstance(choice.node, ast.ClassDef) else None
            if method is not None:
                found.update(dict.fromkeys((method, *_overriding(method, frame))))
    else:
        found.update((choice, None) for choice in _choices(func, frame) if isinstance(choice.node, FUNCTIONS))
    return tuple(found)


def _choices(expr: ast.expr, frame: Frame) -> Iterator[Definition]:
    """Yield the functions and classes that an expression can stand for, or that it can be an instance of."""
    todo = deque([(expr, frame)])
    seen: set[ast.expr] = set()
    while todo and len(seen) < MAX_STEPS:
        part, inner = todo.popleft()
        if part in seen:
            continue
        seen.add(part)
        match part:
            case ast.IfExp():
                todo += [(part.body, inner), (part.orelse, inner)]
            case ast.BoolOp():
                todo += [(value, inner) for value in part.values]
            case ast.NamedExpr() | ast.Await():
                todo.append((part.value, inner))
            case ast.Subscript(value=table) | ast.Call(func=ast.Attribute(value=table, attr="get" | "pop")):
                todo += _entries(table, inner)
                todo += [(default, inner) for default in part.args[1:2]] if isinstance(part, ast.Call) else []
            case ast.Call():
                target = callee(part.func, inner)
                yield from target.classes
                for function in target.functions:
                    todo += _returned(function, part, inner)
                if not target.functions and not target.classes:
                    todo.append((part.func, inner))
            case ast.Name():
                yield from _named(part, inner)
                bindings, _ = bindings_of(inner.source, part, part.id)
                todo += [one for binding in bindings for one in _bound(binding, inner)]
            case ast.Attribute():
                yield from _named(part, inner)


def _named(name: ast.expr, frame: Frame) -> Iterator[Definition]:
    """Yield what a name stands for, and the class of the object it holds."""
    target = resolve(name, frame)
    yield from (*target.functions, *target.classes)
    held = about(name, frame).definition
    if held is not None:
        yield held


def _bound(binding: Binding, frame: Frame) -> Iterator[tuple[ast.expr, Frame]]:
    """Yield the expressions that a binding may give its name."""
    if binding.kind is Kind.VALUE and binding.value is not None:
        yield binding.value, frame
    elif isinstance(binding.node, _LOOPS):
        for entry, inner in _entries(binding.node.iter, frame):
            if binding.kind is Kind.ELEMENT:
                yield entry, inner
            else:  # for name, step in STEPS
                yield from _parts(entry, inner)


def _entries(table: ast.expr, frame: Frame) -> Iterator[tuple[ast.expr, Frame]]:
    """Yield what stands in a display, or in one that a name holds; of a dict the values."""
    if isinstance(table, ast.Call) and isinstance(table.func, ast.Attribute) and table.func.attr in {"values", "items"}:
        table = table.func.value
    if isinstance(table, _DISPLAYS):
        yield from _parts(table, frame)
    elif isinstance(table, ast.Name | ast.Attribute):
        for found in resolve(table, frame).definitions:
            if isinstance(found.node, _DISPLAYS):
                yield from _parts(found.node, _where(found, frame))


def _where(found: Definition, frame: Frame) -> Frame:
    """The frame in which a table is read: this one if the table may be of this function's making."""
    return frame if found.source is frame.source else top(found.source)


def _parts(display: ast.expr, frame: Frame) -> Iterator[tuple[ast.expr, Frame]]:
    match display:
        case ast.Dict(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            yield from ((part, frame) for part in parts)
        case _:
            yield display, frame


def _returned(function: Definition, call: ast.Call, frame: Frame) -> Iterator[tuple[ast.expr, Frame]]:
    inner = bind(function, call, frame, owner=owner_of(function.source, function.node))
    for statement in returns(function.source, function.node):
        if statement.value is not None:
            yield statement.value, inner


def _overriding(method: Definition, frame: Frame) -> tuple[Definition, ...]:
    """Return the methods that stand for one which is only declared, in the classes of this file and of its own."""
    owner = owner_of(method.source, method.node)
    if owner is None or not isinstance(method.node, FUNCTIONS) or not is_stub(method.node):
        return ()
    files = dict.fromkeys((frame.source, method.source))
    found = [one for source in files for one in _derived(source, owner.source, owner.node, method.node.name)]
    return tuple(found) if len(found) <= MAX_OVERRIDES else ()


@memoized
def _derived(source: SourceFile, base: SourceFile, node: ast.AST, name: str) -> tuple[Definition, ...]:
    """Return the methods called `name` of a file's classes that derive from the class `node`."""
    found: list[Definition] = []
    for derived in source.nodes(ast.ClassDef):
        above = lineage(Definition(source, derived)).classes[1:]
        if any(one.node is node for one in above):
            found += [
                Definition(source, statement)
                for statement in derived.body
                if isinstance(statement, FUNCTIONS) and statement.name == name
            ]
    return tuple(found)
