"""What kind of object an expression is, as far as project source tells: the class that it is *about*.

An instance of `Order`, a list of them, a query for them and the class itself are all about `Order`: for deciding
whose ``status`` is meant that is one and the same.
"""

import ast
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import bind, returns
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.memo import memoized, settle
from flake8_bgtasks.semantics.names import (
    NOTHING,
    Target,
    class_bindings,
    imported,
    lineage,
    methods,
    resolve,
    resolve_text,
)
from flake8_bgtasks.semantics.scopes import Binding, Kind, ScopeNode, bindings_of
from flake8_bgtasks.source import FUNCTIONS, Definition, SourceFile

MAX_DEPTH = 8
MAX_ELEMENTS = 16
"""How many elements of a display are asked: what holds more is data."""

_ABOUT_FIRST_ARGUMENT = frozenset(
    {"select", "query", "update", "insert", "delete", "get", "get_one", "aliased", "with_entities", "select_from", "scalar",
     "scalars", "execute", "exec", "stream", "stream_scalars", "merge", "cast", "next", "list", "iter", "reversed", "sorted",
     "set", "tuple", "first", "bulk_insert_mappings", "bulk_update_mappings", "enumerate"}
)  # fmt: skip
"""Calls whose result is about what their first argument is about."""

_TRANSPARENT = frozenset(
    {"Optional", "Annotated", "Mapped", "List", "Sequence", "Iterable", "Iterator", "Set", "Union", "Type", "list", "set",
     "tuple", "type", "Query", "Select", "AsyncIterator", "AsyncGenerator", "Generator", "Awaitable", "Coroutine", "Collection",
     "frozenset", "deque", "ScalarResult", "Result", "AliasedClass"}
)  # fmt: skip
"""Generic types that are about their arguments."""


class About(NamedTuple):
    """The class an object is known by: project source, or a dotted name elsewhere. At most one of the two is set."""

    definition: Definition | None = None
    outside: str = ""


UNKNOWN_OBJECT = About()


def about(expr: ast.expr, frame: Frame, depth: int = 0) -> About:
    """Return the class that the value of `expr` is an instance, a collection or a query of."""
    if depth > MAX_DEPTH:
        return UNKNOWN_OBJECT
    match expr:
        case ast.Name():
            return _about_name(expr, frame, depth)
        case ast.Attribute():
            return _about_attribute(expr, frame, depth)
        case ast.Call():  # asked more than once on the way along a chain of calls
            question = ("about", expr, frame.view)
            return settle(frame.memory, question, depth, lambda: (_about_call(expr, frame, depth),), UNKNOWN_OBJECT)
        case ast.Await() | ast.NamedExpr() | ast.Subscript() | ast.Starred():
            return about(expr.value, frame, depth + 1)
        case ast.IfExp():
            return _agreed(about(expr.body, frame, depth + 1), about(expr.orelse, frame, depth + 1))
        case ast.BoolOp(op=ast.And()):
            return about(expr.values[-1], frame, depth + 1)
        case ast.BoolOp():
            return _agreed_by_all(about(value, frame, depth + 1) for value in expr.values[:MAX_ELEMENTS])
        case ast.List() | ast.Tuple() | ast.Set():
            return _agreed_by_all(about(element, frame, depth + 1) for element in expr.elts[:MAX_ELEMENTS])
        case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
            return about(expr.elt, frame, depth + 1)
    return UNKNOWN_OBJECT


def _agreed(one: About, other: About) -> About:
    if one == UNKNOWN_OBJECT:
        return other
    return one if other in (one, UNKNOWN_OBJECT) else UNKNOWN_OBJECT


def _agreed_by_all(found: Iterable[About]) -> About:
    """What several expressions are about, those that nothing is known of left out; unknown where they differ."""
    known = {one for one in found if one != UNKNOWN_OBJECT}
    return known.pop() if len(known) == 1 else UNKNOWN_OBJECT


def _of(target: Target) -> About:
    """The class that a name stands for, if it is one class."""
    if target.classes:
        return About(target.classes[0])
    return About(outside=target.outside[0]) if target.outside else UNKNOWN_OBJECT


def _about_name(name: ast.Name, frame: Frame, depth: int) -> About:
    bindings, scope = bindings_of(frame.source, name, name.id)
    if scope is None:
        starred = resolve(name, frame)
        return _about_target(starred, depth) if starred.definitions else UNKNOWN_OBJECT
    question = ("about", name.id, scope, frame.view)
    return settle(
        frame.memory, question, depth, lambda: _so_far(name.id, bindings, scope, frame, depth), UNKNOWN_OBJECT
    )


def _so_far(name: str, bindings: tuple[Binding, ...], scope: ScopeNode, frame: Frame, depth: int) -> Iterator[About]:
    """Yield what the first binding is about, what the first two agree on, and so on; what is declared holds for all."""
    for binding in bindings if len(bindings) > 1 else ():
        declared = (
            about_annotation(binding.annotation, frame, depth) if binding.annotation is not None else UNKNOWN_OBJECT
        )
        if declared != UNKNOWN_OBJECT:
            yield declared
            return
    found = UNKNOWN_OBJECT
    for position, binding in enumerate(bindings):
        part = _about_binding(name, binding, scope, frame, depth)
        found = part if position == 0 else _agreed(found, part)
        yield found
        if found == UNKNOWN_OBJECT and position:
            return


def _about_binding(name: str, binding: Binding, scope: ScopeNode, frame: Frame, depth: int) -> About:
    if binding.annotation is not None:
        annotated = about_annotation(binding.annotation, frame, depth)
        if annotated != UNKNOWN_OBJECT:
            return annotated
    match binding.kind:
        case Kind.CLASS:
            return About(Definition(frame.source, binding.node))
        case Kind.IMPORT:
            return _about_target(imported(binding.dotted, frame.source), depth)
        case Kind.VALUE | Kind.ELEMENT | Kind.PART | Kind.CONTEXT if binding.value is not None:
            return about(binding.value, frame, depth + 1)
        case Kind.CAUGHT if binding.value is not None:
            return _of(resolve(binding.value, frame))
        case Kind.PARAMETER:
            return _about_parameter(name, binding, scope, frame, depth)
    return UNKNOWN_OBJECT


def _about_target(target: Target, depth: int) -> About:
    for found in target.definitions:
        if isinstance(found.node, ast.ClassDef):
            return About(found)
        if isinstance(found.node, ast.expr):
            return about(found.node, top(found.source), depth + 1)
    return About(outside=target.outside[0]) if target.outside else UNKNOWN_OBJECT


def _about_parameter(name: str, binding: Binding, scope: ScopeNode, frame: Frame, depth: int) -> About:
    if frame.node is scope and frame.owner is not None and _is_first(scope, name):
        return About(frame.owner)
    owner = owner_of(frame.source, scope)
    if owner is not None and _is_first(scope, name):
        return About(owner)
    found = UNKNOWN_OBJECT
    for argument in frame.bound(scope, name):
        found = about(argument.value, argument.frame, depth + 1)
    if found == UNKNOWN_OBJECT and isinstance(binding.value, ast.Call | ast.Name | ast.Attribute):
        return about(binding.value, frame, depth + 1)
    return found


def owner_of(source: SourceFile, function: ast.AST) -> Definition | None:
    """Return the class in whose body a method stands; None for functions, static methods included."""
    parent = source.parent(function)
    while isinstance(parent, ast.If | ast.Try):
        parent = source.parent(parent)
    if not isinstance(parent, ast.ClassDef) or not isinstance(function, FUNCTIONS):
        return None
    if any(last_segment(decorator) == "staticmethod" for decorator in function.decorator_list):
        return None
    return Definition(source, parent)


def _is_first(function: ScopeNode, name: str) -> bool:
    if not isinstance(function, FUNCTIONS):
        return False
    positional = [*function.args.posonlyargs, *function.args.args]
    return bool(positional) and positional[0].arg == name


def about_annotation(annotation: ast.expr, frame: Frame, depth: int = 0) -> About:
    """Return the class that an annotation names, through ``| None``, `Annotated`, quotes and collections."""
    if depth > MAX_DEPTH:
        return UNKNOWN_OBJECT
    match annotation:
        case ast.Constant(value=str(text)):
            try:
                inner = ast.parse(text.strip(), mode="eval").body
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                return UNKNOWN_OBJECT
            return _about_text(inner, frame, depth)
        case ast.BinOp(op=ast.BitOr()):
            left = about_annotation(annotation.left, frame, depth + 1)
            return left if left != UNKNOWN_OBJECT else about_annotation(annotation.right, frame, depth + 1)
        case ast.Subscript() if last_segment(annotation.value) in _TRANSPARENT:
            arguments = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
            for argument in arguments:
                found = about_annotation(argument, frame, depth + 1)
                if found != UNKNOWN_OBJECT:
                    return found
            return UNKNOWN_OBJECT
        case ast.Name() | ast.Attribute() | ast.Subscript():
            target = resolve(annotation, frame)
            for found_alias in target.definitions:
                if isinstance(found_alias.node, ast.Subscript | ast.BinOp):
                    return about_annotation(found_alias.node, top(found_alias.source), depth + 1)
            return _of(target)
    return UNKNOWN_OBJECT


def _about_text(inner: ast.expr, frame: Frame, depth: int) -> About:
    """A quoted annotation: its nodes stand in no scope, so only module-level names are looked up."""
    match inner:
        case ast.Name() | ast.Attribute():
            return _of(resolve_text(ast.unparse(inner), frame))
        case ast.BinOp():
            left = _about_text(inner.left, frame, depth + 1) if depth < MAX_DEPTH else UNKNOWN_OBJECT
            return left if left != UNKNOWN_OBJECT else _about_text(inner.right, frame, depth + 1)
        case ast.Subscript() if last_segment(inner.value) in _TRANSPARENT and depth < MAX_DEPTH:
            return _about_text(inner.slice, frame, depth + 1)
        case ast.Tuple() if inner.elts and depth < MAX_DEPTH:
            return _about_text(inner.elts[0], frame, depth + 1)
        case ast.Subscript():
            return _of(resolve_text(ast.unparse(inner.value), frame))
    return UNKNOWN_OBJECT


def _about_attribute(expr: ast.Attribute, frame: Frame, depth: int) -> About:
    direct = _of(resolve(expr, frame))
    if direct.definition is not None:
        return direct
    owner = about(expr.value, frame, depth + 1)
    if owner.definition is not None:
        if expr.attr in {"query", "objects", "__table__", "__class__"}:
            return owner
        return attribute_about(owner.definition, expr.attr, depth + 1)
    if owner.outside and not direct.outside:
        return About(outside=f"{owner.outside}.{expr.attr}")
    return direct


def attribute_about(definition: Definition, name: str, depth: int = 0) -> About:
    """Return the class that the attribute `name` of an instance is about: by annotation, value or ``__init__``."""
    for owner, bound_name, binding in class_bindings(definition):
        if bound_name != name:
            continue
        frame = Frame(owner.source, owner.node)
        if binding.annotation is not None:
            return about_annotation(binding.annotation, frame, depth)
        if binding.kind is Kind.VALUE and binding.value is not None:
            return about(binding.value, frame, depth + 1)
        if binding.kind is Kind.FUNCTION and _is_property(binding.node):
            return about_result(Definition(owner.source, binding.node), None, frame, depth)
        return UNKNOWN_OBJECT
    for statement, frame in self_assignments(definition, name):
        if isinstance(statement, ast.AnnAssign):
            return about_annotation(statement.annotation, frame, depth)
        if statement.value is not None:
            return about(statement.value, frame, depth + 1)
    return UNKNOWN_OBJECT


def self_assignments(definition: Definition, name: str) -> list[tuple[ast.Assign | ast.AnnAssign, Frame]]:
    """Return the statements of the nearest ``__init__`` that assign ``self.<name>``, in the order of the source."""
    init = methods(definition).get("__init__")
    if init is None:
        return []
    statements = _set_on_self(init.source, init.node).get(name, ())
    return [(statement, Frame(init.source, init.node, owner=definition)) for statement in statements]


@memoized
def _set_on_self(source: SourceFile, init: ast.AST) -> dict[str, list[ast.Assign | ast.AnnAssign]]:
    """Return the statements of a constructor that assign attributes of ``self``, by the attribute."""
    found: dict[str, list[ast.Assign | ast.AnnAssign]] = {}
    for statement in init.body if isinstance(init, FUNCTIONS) else ():
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
                if isinstance(target, ast.Attribute) and last_segment(target.value) == "self":
                    found.setdefault(target.attr, []).append(statement)
    return found


def _is_property(node: ast.AST) -> bool:
    return isinstance(node, FUNCTIONS) and any(
        last_segment(decorator) in {"property", "cached_property"} for decorator in node.decorator_list
    )


def _about_call(call: ast.Call, frame: Frame, depth: int) -> About:
    target = callee(call.func, frame, depth + 1)
    if target.classes:
        return About(target.classes[0])
    for function in target.functions:
        return about_result(function, call, frame, depth)
    name = last_segment(call.func)
    if name in libraries.DEPENDS and call.args and depth < MAX_DEPTH:  # what FastAPI calls for it
        made = ast.copy_location(ast.Call(call.args[0], [], []), call)
        return _about_call(made, frame, depth + 1)
    if name in _ABOUT_FIRST_ARGUMENT and call.args:
        found = about(call.args[0], frame, depth + 1)
        if found.definition is not None or (found.outside and not isinstance(call.func, ast.Attribute)):
            return found
    if isinstance(call.func, ast.Attribute):
        chained = about(call.func.value, frame, depth + 1)
        if chained != UNKNOWN_OBJECT:
            if chained.definition is None or target == NOTHING:
                return chained if chained.definition else About(outside=f"{chained.outside}.{call.func.attr}")
            return UNKNOWN_OBJECT
    return About(outside=target.outside[0]) if target.outside else UNKNOWN_OBJECT


def about_result(function: Definition, call: ast.Call | None, frame: Frame, depth: int) -> About:
    """Return the class that a project function's result is about: by its return annotation, or what it returns."""
    node = function.node
    if isinstance(node, FUNCTIONS):
        owner = owner_of(function.source, node)
        inner = bind(function, call, frame, owner) if call is not None else Frame(function.source, node)
        if node.returns is not None:
            return about_annotation(node.returns, top(function.source), depth + 1)
        return _agreed_by_all(
            about(statement.value, inner, depth + 1)
            for statement in returns(function.source, node)
            if statement.value is not None
        )
    return UNKNOWN_OBJECT


def callee(func: ast.expr, frame: Frame, depth: int = 0) -> Target:
    """Return what is called: functions by name, and methods of objects whose class is known."""
    question = ("callee", func, frame.view)  # asked by all who follow calls
    return settle(frame.memory, question, depth, lambda: (_callee(func, frame, depth),), NOTHING)


def _callee(func: ast.expr, frame: Frame, depth: int) -> Target:
    direct = resolve(func, frame)
    if direct.functions or direct.classes or depth > MAX_DEPTH:
        return direct
    if isinstance(func, ast.Name | ast.Call) or direct.definitions:  # an object that is called
        called = about(func, frame, depth + 1).definition
        method = methods(called).get("__call__") if called is not None else None
        return direct if method is None else Target((method,))
    if isinstance(func, ast.Attribute):
        if isinstance(func.value, ast.Call) and last_segment(func.value.func) == "super":
            return _super_method(func, frame)
        owner = about(func.value, frame, depth + 1)
        if owner.definition is not None:
            method = methods(owner.definition).get(func.attr)
            if method is not None:
                return Target((method,))
    return direct


def _super_method(func: ast.Attribute, frame: Frame) -> Target:
    owner = owner_of(frame.source, frame.node)
    if owner is None:
        return NOTHING
    for ancestor in lineage(owner).classes[1:]:
        method = methods(ancestor).get(func.attr)
        if method is not None:
            return Target((method,))
    return NOTHING


def receiver(func: ast.expr, frame: Frame) -> Definition | None:
    """Return the class of the object that a method is called on, if it is project source."""
    if isinstance(func, ast.Attribute):
        return about(func.value, frame).definition
    return None
