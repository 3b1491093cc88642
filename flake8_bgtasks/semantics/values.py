"""Which constants an expression can be: literals, named constants, enum members, local variables, bound parameters.

What cannot be known is `UNKNOWN`; it is never guessed. The one reading by name that the contract asks for, a member of
an enum that cannot be found, is here too.
"""

import ast
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from flake8_bgtasks.semantics import classes
from flake8_bgtasks.semantics.calls import bind, returns
from flake8_bgtasks.semantics.memo import settle
from flake8_bgtasks.semantics.names import (
    Frame,
    Target,
    class_member,
    imported,
    last_segment,
    member,
    resolve,
    segments,
    top,
)
from flake8_bgtasks.semantics.scopes import Binding, Kind, ScopeNode, bindings_of
from flake8_bgtasks.source import Definition

MAX_DEPTH = 10
MAX_STEPS = 1_000
"""How many expressions are looked at for one value: a limit on steps, since calls and assignments multiply."""
MAX_VALUES = 64
"""More values than this and the expression is unknown: a limit on steps."""


class Unknown(Enum):
    """A value that arrives at run time, or that we do not follow."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


class _Spent(Exception):
    """Too many steps for one value."""


class _Steps:
    """The steps taken for one value."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, number: int) -> None:
        """Count steps; raise `_Spent` where they are too many."""
        self.count += number
        if self.count > MAX_STEPS:
            raise _Spent


class _Way(NamedTuple):
    """How deep a value has been followed, and in how many steps in all."""

    steps: _Steps
    depth: int = 0

    def deeper(self) -> "_Way":
        """Return the way one step further."""
        return self._replace(depth=self.depth + 1)


def arms(expr: ast.expr) -> Iterator[ast.expr]:
    """Yield the expressions that `expr` can evaluate to: the arms of conditionals and of ``or``, what is awaited."""
    todo = [expr]
    while todo:
        part = todo.pop(0)
        match part:
            case ast.IfExp():
                todo = [part.body, part.orelse, *todo]
            case ast.BoolOp():
                todo = [*part.values, *todo]
            case ast.NamedExpr() | ast.Await():
                todo = [part.value, *todo]
            case _:
                yield part


def values(expr: ast.expr, frame: Frame) -> tuple[object, ...]:
    """Return the constants that `expr` can be, `UNKNOWN` among them where there may be others."""
    found: dict[object, None] = {}
    try:
        for value in _values(expr, frame, _Way(_Steps())):
            found[value] = None
            if len(found) > MAX_VALUES:
                return (UNKNOWN,)
    except _Spent:
        return (UNKNOWN,)
    return tuple(found)


def _values(expr: ast.expr, frame: Frame, way: _Way) -> Iterator[object]:
    way.steps.add(1)
    if way.depth > MAX_DEPTH:
        yield UNKNOWN
        return
    for arm in arms(expr):
        match arm:
            case ast.Constant():
                yield arm.value
            case ast.Name():
                yield from _name_values(arm, frame, way)
            case ast.Attribute():
                yield from _attribute_values(arm, frame, way)
            case ast.Call():
                yield from _call_values(arm, frame, way)
            case ast.Subscript():
                yield from _subscript_values(arm, frame, way)
            case ast.BinOp(op=ast.Add()):
                yield _concatenated(arm)
            case _:
                yield UNKNOWN


def _concatenated(expr: ast.expr) -> object:
    parts: list[str] = []
    while isinstance(expr, ast.BinOp) and isinstance(expr.op, ast.Add):
        if not (isinstance(expr.right, ast.Constant) and isinstance(expr.right.value, str)):
            return UNKNOWN
        parts.append(expr.right.value)
        expr = expr.left
    if not (isinstance(expr, ast.Constant) and isinstance(expr.value, str)):
        return UNKNOWN
    return "".join([expr.value, *reversed(parts)])


def _name_values(name: ast.Name, frame: Frame, way: _Way) -> Iterator[object]:
    bindings, scope = bindings_of(frame.source, name, name.id)
    if scope is None or isinstance(scope, ast.ClassDef):
        target = resolve(name, frame)
        if not target.definitions:
            yield UNKNOWN
        else:
            yield from _definition_values(target, way)
        return
    question = ("values", name.id, scope, frame.view)
    nothing: tuple[object, ...] = ()
    memo, cost, before = frame.memory, ("steps", *question, way.depth), way.steps.count
    yield from settle(memo, question, way.depth, lambda: _so_far(name.id, bindings, scope, frame, way), nothing)
    used = memo.setdefault(cost, way.steps.count - before)
    if way.steps.count == before and isinstance(used, int):
        way.steps.add(used)  # remembered answers cost what they cost at first, or the order of questions would show


def _so_far(
    name: str, bindings: tuple[Binding, ...], scope: ScopeNode, frame: Frame, way: _Way
) -> Iterator[tuple[object, ...]]:
    """Yield the values that the first binding gives, those that the first two give, and so on."""
    found: dict[object, None] = {}
    for binding in bindings:
        found.update(dict.fromkeys(_binding_values(name, binding, scope, frame, way)))
        if len(found) > MAX_VALUES:
            yield (UNKNOWN,)
            return
        yield tuple(found)


def _binding_values(name: str, binding: Binding, scope: ScopeNode, frame: Frame, way: _Way) -> Iterator[object]:
    match binding.kind:
        case Kind.VALUE if binding.value is not None:
            yield from _values(binding.value, frame, way.deeper())
        case Kind.VALUE:
            return  # an annotation alone binds nothing
        case Kind.PARAMETER:
            passed = frame.bound(scope, name)
            for argument in passed:
                yield from _values(argument.value, argument.frame, way.deeper())
            if not passed:
                if binding.value is not None:
                    yield from _values(binding.value, frame, way.deeper())
                yield UNKNOWN
        case Kind.ELEMENT if isinstance(binding.value, ast.Tuple | ast.List | ast.Set):
            for element in binding.value.elts:
                yield from _values(element, frame, way.deeper())
        case Kind.IMPORT:
            target = imported(binding.dotted, frame.source)
            yield from _definition_values(target, way)
        case _:
            yield UNKNOWN


def _definition_values(target: Target, way: _Way) -> Iterator[object]:
    for found in target.definitions:
        if isinstance(found.node, ast.expr):
            yield from _values(found.node, top(found.source), way.deeper())
        else:
            yield UNKNOWN
    if target.outside or not target.definitions:
        yield UNKNOWN


def _attribute_values(expr: ast.Attribute, frame: Frame, way: _Way) -> Iterator[object]:
    if expr.attr in {"value", "_value_"} and isinstance(expr.value, ast.Attribute | ast.Name | ast.Call):
        inner = tuple(_values(expr.value, frame, way.deeper()))
        if inner != (UNKNOWN,):
            yield from inner
            return
    if expr.attr == "name" and isinstance(expr.value, ast.Attribute):
        owner = resolve(expr.value.value, frame)
        if any(classes.is_enum(found) for found in owner.classes) or not owner.definitions:
            yield from _values(ast.copy_location(ast.Constant(expr.value.attr.lower()), expr), frame, way.deeper())
            return
    yield from _member_values(expr, frame, way)


def _member_values(expr: ast.Attribute, frame: Frame, way: _Way) -> Iterator[object]:
    owner = resolve(expr.value, frame)
    if not owner.classes and isinstance(expr.value, ast.Name) and frame.owner and expr.value.id in {"self", "cls"}:
        owner = Target((frame.owner,))
    answered = False
    for found in owner.classes:
        answered = True
        if classes.is_enum(found):
            yield enum_value(found, expr.attr)
            continue
        bound = class_member(found, expr.attr)
        if bound.definitions:
            yield from _definition_values(bound, way)
        else:
            yield UNKNOWN
    if answered:
        return
    constants = member(owner, expr.attr, frame)
    if constants.definitions:
        yield from _definition_values(constants, way)
    elif _reads_as_class(expr.value):
        yield expr.attr.lower()
    else:
        yield UNKNOWN


def _reads_as_class(expr: ast.expr) -> bool:
    """Tell whether a name reads as that of a class: CamelCase, which no module, variable or constant is."""
    name = (last_segment(expr) or "").lstrip("_")
    return name[:1].isupper() and (not name.isupper() or len(name) == 1)


def enum_value(definition: Definition, name: str) -> object:
    """Return the value of an enum's member; its name in lower case where the value is a number or the name itself."""
    bound = class_member(definition, name)
    for found in bound.definitions:
        if not isinstance(found.node, ast.expr):
            return UNKNOWN
        value = member_value(definition, name, found.node, top(found.source))
        return value
    return UNKNOWN if not bound.outside else name.lower()


def member_value(definition: Definition, name: str, expr: ast.expr, frame: Frame) -> object:
    """Return what the member `name`, defined as `expr`, is read as."""
    if isinstance(expr, ast.Call) and last_segment(expr.func) == "auto":
        return name.lower()
    if isinstance(expr, ast.Tuple) and expr.elts:  # several values for __new__ or __init__: the first is the value
        expr = expr.elts[0]
    found = values(expr, frame)
    if len(found) != 1:
        return UNKNOWN
    value = found[0]
    if isinstance(value, str):
        return name.lower() if value == name else value
    return UNKNOWN if value is UNKNOWN else name.lower()


def _call_values(call: ast.Call, frame: Frame, way: _Way) -> Iterator[object]:
    target = resolve(call.func, frame)
    name = last_segment(call.func)
    if target.functions and not target.outside:
        for found in target.functions:
            yield from _returned(found, call, frame, way)
        return
    if len(call.args) == 1 and not call.keywords:
        if any(classes.is_enum(found) for found in target.classes) or name in {"str", "literal", "text"}:
            yield from _values(call.args[0], frame, way.deeper())
            return
        if not target.definitions and isinstance(call.func, ast.Name) and _reads_as_class(call.func):
            if name and name.endswith(("Status", "State", "Enum")):
                yield from _values(call.args[0], frame, way.deeper())
                return
    if name == "cast" and len(call.args) == 2:
        yield from _values(call.args[1], frame, way.deeper())
        return
    if name in {"lower", "upper"} and isinstance(call.func, ast.Attribute) and not call.args:
        for value in _values(call.func.value, frame, way.deeper()):
            yield (value.lower() if name == "lower" else value.upper()) if isinstance(value, str) else UNKNOWN
        return
    yield UNKNOWN


def _returned(found: Definition, call: ast.Call, frame: Frame, way: _Way) -> Iterator[object]:
    node = found.node
    if isinstance(node, ast.Lambda):
        yield from _values(node.body, Frame(found.source, node), way.deeper())
        return
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    inner = bind(found, call, frame)
    returned = returns(found.source, node)
    if not returned:
        yield UNKNOWN
    for statement in returned:
        if statement.value is None:
            yield None
        else:
            yield from _values(statement.value, inner, way.deeper())


def _subscript_values(expr: ast.Subscript, frame: Frame, way: _Way) -> Iterator[object]:
    keys = tuple(_values(expr.slice, frame, way.deeper()))
    target = resolve(expr.value, frame)
    for found in target.classes:
        if classes.is_enum(found):
            for key in keys:
                yield enum_value(found, key) if isinstance(key, str) else UNKNOWN
            return
    displays = [found for found in target.definitions if isinstance(found.node, ast.Dict)]
    if isinstance(expr.value, ast.Dict):
        displays = [Definition(frame.source, expr.value)]
    if not displays and not target.definitions and segments(expr.value) and _reads_as_class(expr.value):
        yield from (key.lower() if isinstance(key, str) else UNKNOWN for key in keys)
        return
    matched = False
    for display in displays:
        node = display.node
        assert isinstance(node, ast.Dict)
        inner = top(display.source)
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                continue
            options = set(_values(key, inner, way.deeper()))
            if UNKNOWN in keys or options & set(keys):
                matched = True
                yield from _values(value, inner, way.deeper())
    if not matched:
        yield UNKNOWN
