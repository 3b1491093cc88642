"""Which constants an expression can be: literals, named constants, enum members, local variables, bound parameters.

What cannot be known is `UNKNOWN`; it is never guessed. The one reading by name that the contract asks for, a member of
an enum that cannot be found, is here too.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from itertools import product
from typing import Final, NamedTuple

from flake8_bgtasks.semantics import classes, folding
from flake8_bgtasks.semantics.calls import bind, returns
from flake8_bgtasks.semantics.dotted import last_segment, segments
from flake8_bgtasks.semantics.enums import Member, made_enum
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.memo import memoized, settle
from flake8_bgtasks.semantics.names import Target, class_member, imported, lineage, member, resolve
from flake8_bgtasks.semantics.objects import about
from flake8_bgtasks.semantics.scopes import Binding, Kind, ScopeNode, bindings_of
from flake8_bgtasks.source import Definition, SourceFile

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
                yield from _or_asked(arm, frame, _attribute_values(arm, frame, way))
            case ast.Call():
                yield from _or_asked(arm, frame, _call_values(arm, frame, way))
            case ast.Subscript():
                yield from _or_asked(arm, frame, _subscript_values(arm, frame, way))
            case ast.BinOp(op=ast.Add()):
                yield from _folded(_summands(arm), frame, way, lambda parts: folding.joined("", parts))
            case ast.BinOp(op=ast.Mod(), left=left, right=ast.Tuple(elts=filling)):
                yield from _folded([left, *filling], frame, way, lambda parts: folding.filled(parts[0], parts[1:]))
            case ast.BinOp(op=ast.Mod(), left=left, right=right):
                yield from _folded([left, right], frame, way, lambda parts: folding.filled(parts[0], parts[1:]))
            case _:
                yield UNKNOWN


def _or_asked(expr: ast.expr, frame: Frame, found: Iterator[object]) -> Iterator[object]:
    """Yield the values, or what is known of the expression elsewhere if nothing is known of it here."""
    here = tuple(found)
    asked = frame.source.facts.values(expr, frame.source) if set(here) == {UNKNOWN} else None
    yield from here if asked is None else asked


def _summands(expr: ast.expr) -> list[ast.expr]:
    parts: list[ast.expr] = []
    while isinstance(expr, ast.BinOp) and isinstance(expr.op, ast.Add):
        parts.append(expr.right)
        expr = expr.left
    return [expr, *reversed(parts)]


def _folded(
    parts: Sequence[ast.expr], frame: Frame, way: _Way, make: Callable[[tuple[str, ...]], str | None]
) -> Iterator[object]:
    """Yield what is made of texts, for every combination of those that the parts can be."""
    options: list[list[str]] = []
    combinations = 1
    for part in parts:
        found = set(_values(part, frame, way.deeper()))
        texts = sorted(value for value in found if isinstance(value, str))
        combinations *= len(texts)
        if len(texts) < len(found) or not 0 < combinations <= MAX_VALUES:
            yield UNKNOWN
            return
        options.append(texts)
    for combination in product(*options):
        made = make(combination)
        yield UNKNOWN if made is None else made


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
    if memo.get(cost) == MAX_STEPS:
        raise _Spent
    try:
        yield from settle(memo, question, way.depth, lambda: _so_far(name.id, bindings, scope, frame, way), nothing)
    except _Spent:
        if before == 1:  # the name was all that was asked for
            memo[cost] = MAX_STEPS
        raise
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
    if expr.attr in {"value", "_value_"} and isinstance(
        expr.value, ast.Attribute | ast.Name | ast.Call | ast.Subscript
    ):
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
    if not owner.classes and isinstance(expr.value, ast.Name):
        is_own = expr.value.id in {"self", "cls"}
        held = frame.owner if is_own else None
        if held is None and (is_own or expr.attr.isupper()):  # a constant of its class
            held = about(expr.value, frame).definition
        if held is not None and class_member(held, expr.attr).definitions and not _is_set_on_objects(held, expr.attr):
            owner = Target((held,))
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
    if (made := made_enum(owner.definitions)) is not None:
        yield _made_value(made[0], made[1], expr.attr, way)
        return
    constants = member(owner, expr.attr, frame)
    if constants.definitions:
        yield from _definition_values(constants, way)
    elif _reads_as_class(expr.value):
        yield expr.attr.lower()
    else:
        yield UNKNOWN


def _is_set_on_objects(definition: Definition, name: str) -> bool:
    """Tell whether an attribute is set in a file of the class or of its ancestors, other than in their bodies."""
    return any(name in _set_attributes(owner.source) for owner in lineage(definition).classes)


@memoized
def _set_attributes(source: SourceFile) -> frozenset[str]:
    return frozenset(node.attr for node in source.nodes(ast.Attribute) if isinstance(node.ctx, ast.Store))


def _made_value(call: Definition, members: tuple[Member, ...], name: object, way: _Way) -> object:
    """The value of a member of an enum that a call makes, read as any other enum's."""
    for one in members:
        if one.name == name and one.value is None:
            return one.name.lower()
        if one.name == name and one.value is not None:
            way.steps.add(1)
            return member_value(one.name, one.value, top(call.source))
    return UNKNOWN


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
        value = member_value(name, found.node, top(found.source))
        return value
    return UNKNOWN if not bound.outside else name.lower()


def member_value(name: str, expr: ast.expr, frame: Frame) -> object:
    """Return what the member `name` of an enum, defined as `expr`, is read as."""
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
        is_member = any(classes.is_enum(found) for found in target.classes) or made_enum(target.definitions)
        if is_member or name in {"str", "literal", "text"}:
            yield from _values(call.args[0], frame, way.deeper())
            return
        if not target.definitions and isinstance(call.func, ast.Name) and _reads_as_class(call.func):
            if name and name.endswith(("Status", "State", "Enum")):
                yield from _values(call.args[0], frame, way.deeper())
                return
    if name == "cast" and len(call.args) == 2:
        yield from _values(call.args[1], frame, way.deeper())
        return
    if name == "get" and isinstance(call.func, ast.Attribute) and len(call.args) in (1, 2) and not call.keywords:
        yield from _got_values(call, frame, way)
        return
    match call:
        case ast.Call(func=ast.Attribute(value=text, attr=method), args=given, keywords=[]) if not target.definitions:
            yield from _method_values(text, method, given, frame, way)
        case _:
            yield UNKNOWN


def _method_values(text: ast.expr, method: str, given: list[ast.expr], frame: Frame, way: _Way) -> Iterator[object]:
    """Yield what a method of a text gives: ``WORD.lower()``, ``"_".join((A, B))``."""
    match method, given:
        case "join", [ast.Tuple(elts=parts) | ast.List(elts=parts)]:
            yield from _folded([text, *parts], frame, way, lambda all: folding.joined(all[0], all[1:]))
        case _ if folding.is_method(method, len(given)):
            yield from _folded([text, *given], frame, way, lambda all: folding.called(method, all[0], all[1:]))
        case _:
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
    if (made := made_enum(target.definitions)) is not None:
        yield from (_made_value(made[0], made[1], key, way) for key in keys)
        return
    if not target.definitions and segments(expr.value) and _reads_as_class(expr.value):
        yield from (key.lower() if isinstance(key, str) else UNKNOWN for key in keys)
        return
    found_values = tuple(_entries(expr.value, keys, frame, way))
    yield from found_values or (UNKNOWN,)


def _entries(table: ast.expr, keys: tuple[object, ...], frame: Frame, way: _Way) -> Iterator[object]:
    """Yield the values under these keys of what is a dict display, here or where the name leads; all for unknown keys."""
    displays: tuple[Definition, ...] = ()
    match table:
        case ast.Dict():
            displays = (Definition(frame.source, table),)
        case ast.Name() | ast.Attribute():
            displays = resolve(table, frame).definitions
    for display in displays:
        if not isinstance(display.node, ast.Dict):
            continue
        inner = top(display.source)
        for key, value in zip(display.node.keys, display.node.values, strict=True):
            if key is not None and (UNKNOWN in keys or set(_values(key, inner, way.deeper())) & set(keys)):
                yield from _values(value, inner, way.deeper())


def _got_values(call: ast.Call, frame: Frame, way: _Way) -> Iterator[object]:
    """``WORDS.get(key, default)``: an entry of a dict display, or the default."""
    assert isinstance(call.func, ast.Attribute)
    keys = tuple(_values(call.args[0], frame, way.deeper()))
    found = tuple(_entries(call.func.value, keys, frame, way))
    yield from found
    if UNKNOWN in keys or not found:
        if found and len(call.args) == 2:
            yield from _values(call.args[1], frame, way.deeper())
        else:
            yield UNKNOWN
