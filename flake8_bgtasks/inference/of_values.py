"""Excerpts that tell which constants an attribute, a subscript or a call can be."""

import ast
from collections.abc import Sequence

from flake8_bgtasks.inference.excerpts import (
    Cutter,
    Excerpt,
    NotShown,
    Place,
    chain,
    class_statement,
    function_statement,
    is_unknown,
    kept_decorator,
    let,
    load,
    says_nothing,
    unknown,
)
from flake8_bgtasks.semantics.classes import is_dataclass, is_enum
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import lineage, methods, resolve
from flake8_bgtasks.source import Definition, SourceFile

_PLAIN_BASES = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing.NamedTuple"})
_PLAIN_DECORATORS = frozenset({"dataclass", "final"})
_SPECIAL = frozenset({"__new__", "__getattr__", "__getattribute__", "__setattr__", "__init_subclass__"})
"""Methods that decide about attributes in ways of their own."""


def excerpt(expr: ast.expr, source: SourceFile) -> Excerpt | None:
    """Return what tells which constants `expr` can be; None where astroid could know no more than we do."""
    return _OfValues().excerpt(expr, source)


class _OfValues(Cutter):
    """Shows attributes, short functions and methods, and displays; of a class only what is plain."""

    def __init__(self) -> None:
        super().__init__()
        self._attributes: set[str] = set()
        """Those of which something is known, of any class."""

    def _is_idle(self, answer: ast.expr) -> bool:
        return super()._is_idle(answer) or any(
            isinstance(part, ast.Attribute) and part.attr not in self._attributes for part in chain(answer)
        )

    def _let_attribute(self, name: str, statement: ast.stmt) -> ast.stmt:
        if not says_nothing(statement):
            self._attributes.add(name)
        return statement

    def _attribute(self, expr: ast.Attribute, place: Place) -> ast.expr:
        if expr.attr in _set_from_outside(place.source):
            return unknown()
        value = self._copied(expr.value, place)
        return unknown() if is_unknown(value) else ast.Attribute(value, expr.attr, ast.Load())

    def _call(self, call: ast.Call, place: Place) -> ast.expr:
        func = self._copied(call.func, place)
        made = self.classes.get(func.id) if isinstance(func, ast.Name) else None
        if is_unknown(func) or (isinstance(made, Definition) and _takes_arguments(made, call)):
            return unknown()
        return ast.Call(func, *self._passed(call, place))

    def _outside(self, dotted: str) -> ast.expr | None:
        return None

    def _class(self, found: Definition, node: ast.ClassDef, name: str) -> ast.stmt:
        if not _is_plain(found):
            return let(name, unknown())
        place = Place(found.source, node)
        parents = [parent for base in node.bases for parent in resolve(base, top(found.source)).classes]
        try:
            body = [part for statement in node.body for part in self._member(statement, place)]
        except NotShown:
            return let(name, unknown())
        self.classes[name] = found
        return class_statement(name, [self._piece(parent) for parent in parents], body)

    def _member(self, statement: ast.stmt, place: Place) -> list[ast.stmt]:
        """What is kept of a statement in a class body."""
        outside = _set_from_outside(place.source)
        match statement:
            case ast.Expr() | ast.Pass() | ast.AnnAssign(value=None):
                return []
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                kept = unknown() if name in outside else self._copied(value, place)
                return [self._let_attribute(name, let(name, kept))]
            case ast.FunctionDef():
                kept_method = self._function(place.source, statement, statement.name)
                return [self._let_attribute(statement.name, kept_method)]
            case ast.AsyncFunctionDef() | ast.ClassDef():
                return [let(statement.name, unknown())]
        raise NotShown

    def _function(self, source: SourceFile, node: ast.FunctionDef, name: str) -> ast.stmt:
        place = Place(source, node)
        try:
            decorators = [kept for one in node.decorator_list for kept in kept_decorator(one, source)]
            body = self._block(node.body, place) or [ast.Pass()]
            arguments = self._arguments(node, place)
        except NotShown:
            return let(name, unknown())
        return function_statement(name, arguments, body, decorators)

    def _block(self, statements: Sequence[ast.stmt], place: Place) -> list[ast.stmt]:
        """The statements of a short function: it returns, branches, and sets variables and attributes of its own."""
        body: list[ast.stmt] = []
        for statement in statements:
            match statement:
                case ast.Expr(value=ast.Constant()) | ast.Pass() | ast.AnnAssign(value=None):
                    continue
                case ast.Return(value=ast.expr() as value):
                    body.append(ast.Return(self._copied(value, place)))
                case ast.If():
                    branch = self._block(statement.body, place) or [ast.Pass()]
                    body.append(ast.If(unknown(), branch, self._block(statement.orelse, place)))
                case (
                    ast.Assign(targets=[ast.Name() | ast.Attribute(value=ast.Name(id="self")) as target], value=value)
                    | ast.AnnAssign(
                        target=ast.Name() | ast.Attribute(value=ast.Name(id="self")) as target,
                        value=ast.expr() as value,
                    )
                ):
                    assigned = ast.Assign([_stored(target)], self._copied(value, place), lineno=0)
                    if isinstance(target, ast.Attribute):
                        self._let_attribute(target.attr, assigned)
                    body.append(assigned)
                case _:
                    raise NotShown
        return body


@memoized
def _set_from_outside(source: SourceFile) -> frozenset[str]:
    """The attributes that the file sets on anything but ``self``."""
    return frozenset(
        node.attr
        for node in source.nodes(ast.Attribute)
        if isinstance(node.ctx, ast.Store) and not (isinstance(node.value, ast.Name) and node.value.id == "self")
    )


def _is_plain(found: Definition) -> bool:
    """Tell whether an object of the class has just those attributes that the class and its methods give it."""
    line = lineage(found)
    if not set(line.outside) <= _PLAIN_BASES or is_enum(found):
        return False
    if _SPECIAL & set(methods(found)):
        return False
    for owner in line.classes:
        assert isinstance(owner.node, ast.ClassDef)
        names = {
            last_segment(one.func if isinstance(one, ast.Call) else one) or "?" for one in owner.node.decorator_list
        }
        if owner.node.keywords or not names <= _PLAIN_DECORATORS:
            return False
    return True


def _takes_arguments(made: Definition, call: ast.Call) -> bool:
    """Tell whether a call gives values to the fields of an object, as a dataclass takes them: astroid overlooks that."""
    return bool(call.args or call.keywords) and (is_dataclass(made) or "__init__" not in methods(made))


def _stored(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Attribute):
        return ast.Attribute(load("self"), target.attr, ast.Store())
    assert isinstance(target, ast.Name)
    return ast.Name(target.id, ast.Store())
