"""A small program of our own making that holds what one expression rests on, for astroid to read.

It is cut out of the project's source by following names as everywhere else. It has no import statement, so that reading
it can lead nowhere, and nothing in it makes a text longer, so that it stays as small as it is. Whatever we do not let
astroid see is a call of ``...``, of which it knows nothing.
"""

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flake8_bgtasks.semantics.classes import is_dataclass, is_enum
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import last_segment, lineage, methods, resolve, top
from flake8_bgtasks.semantics.scopes import bindings_of, scope_of
from flake8_bgtasks.source import FUNCTIONS, Definition, FunctionNode, SourceFile

MAX_PIECES = 40
"""How many definitions an excerpt may hold."""
MAX_NODES = 1_000
"""How many expressions an excerpt may hold."""
MAX_DEPTH = 20
"""How many expressions may stand in each other."""

ANSWER = "answer"
"""The name that the excerpt gives what was asked about."""
MADE = "made"
"""The name of a class that `type` makes, followed by how many bases it has."""

_PLAIN_BASES = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing.NamedTuple"})
_PLAIN_DECORATORS = frozenset({"dataclass", "final"})
_SPECIAL = frozenset({"__new__", "__getattr__", "__getattribute__", "__setattr__", "__init_subclass__"})
"""Methods that decide about attributes in ways of their own."""
_KEPT_DECORATORS = {
    "builtins.property": "property",
    "functools.cached_property": "property",
    "builtins.staticmethod": "staticmethod",
    "builtins.classmethod": "classmethod",
    "functools.cache": "",
    "functools.lru_cache": "",
}


class Excerpt(NamedTuple):
    """A program, and what the classes in it are: project classes, or dotted names elsewhere."""

    text: str
    classes: dict[str, Definition | str]


class _NotShown(Exception):
    """Something that astroid is not to see: too large, or so made that it would be read wrongly."""


def of_values(expr: ast.expr, source: SourceFile) -> Excerpt | None:
    """Return what tells which constants `expr` can be; None where astroid could know no more than we do."""
    return _OfValues().excerpt(expr, source)


def of_classes(expr: ast.expr, source: SourceFile) -> Excerpt | None:
    """Return what tells which class a call in place of a base class makes; None where nothing can."""
    return _OfClasses().excerpt(expr, source)


def _unknown() -> ast.expr:
    return ast.Call(ast.Constant(...), [], [])


def _is_unknown(expr: ast.expr) -> bool:
    return isinstance(expr, ast.Call) and isinstance(expr.func, ast.Constant)


def _load(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _let(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value, lineno=0)


class _Place(NamedTuple):
    """Where a copied expression stands: names that `root` or what is in it binds stay as they are."""

    source: SourceFile
    root: ast.AST
    depth: int = 0


class _Cutter:
    """Copies one expression and what it rests on, dependencies first."""

    def __init__(self) -> None:
        self._statements: list[ast.stmt] = []
        self._names: dict[ast.AST | str, str] = {}
        self._unknown: set[str] = set()
        self._nodes = 0
        self.classes: dict[str, Definition | str] = {}

    def excerpt(self, expr: ast.expr, source: SourceFile) -> Excerpt | None:
        """Return the program that gives `expr` the name `ANSWER`."""
        if source.parent(expr) is None:  # put together by us: it stands in no scope
            return None
        try:
            answer = self._copied(expr, _Place(source, expr))
        except _NotShown:
            return None
        if self._is_idle(answer):
            return None
        body = [*self._statements, _let(ANSWER, answer)]
        return Excerpt(ast.unparse(ast.fix_missing_locations(ast.Module(body, []))), self.classes)

    def _is_idle(self, answer: ast.expr) -> bool:
        """Tell whether there is nothing to ask about: what it starts with is unknown."""
        return any(isinstance(part, ast.Constant) for part in _chain(answer))

    def _copied(self, expr: ast.expr, place: _Place) -> ast.expr:
        self._nodes += 1
        if self._nodes > MAX_NODES or place.depth > MAX_DEPTH:
            raise _NotShown
        inner = place._replace(depth=place.depth + 1)
        match expr:
            case ast.Constant(value=str() | int() | None as value):
                return ast.Constant(value)
            case ast.Name():
                if _is_bound_inside(expr, place):
                    return _load(expr.id)
                return self._known(expr, place) or _unknown()
            case ast.Attribute():
                return self._known(expr, place) or self._attribute(expr, inner)
            case ast.Subscript():
                return ast.Subscript(self._copied(expr.value, inner), self._copied(expr.slice, inner), ast.Load())
            case ast.Slice():
                parts = (expr.lower, expr.upper, expr.step)
                return ast.Slice(*(part and self._copied(part, inner) for part in parts))
            case ast.Tuple():
                return ast.Tuple([self._copied(part, inner) for part in expr.elts], ast.Load())
            case ast.List():
                return ast.List([self._copied(part, inner) for part in expr.elts], ast.Load())
            case ast.Dict():
                keys = [key and self._copied(key, inner) for key in expr.keys]
                return ast.Dict(keys, [self._copied(value, inner) for value in expr.values])
            case ast.IfExp():
                return ast.IfExp(_unknown(), self._copied(expr.body, inner), self._copied(expr.orelse, inner))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
                return ast.Constant(-number)
            case ast.Call():
                return self._call(expr, inner)
        return _unknown()

    def _known(self, expr: ast.Name | ast.Attribute, place: _Place) -> ast.expr | None:
        """The name of what an expression stands for, where that is one thing."""
        head: ast.expr = expr
        while isinstance(head, ast.Attribute):
            head = head.value
        if not isinstance(head, ast.Name) or _is_bound_inside(head, place):
            return None
        target = resolve(expr, top(place.source))
        if len(target.definitions) == 1 and not target.outside:
            return self._piece(target.definitions[0])
        return self._outside(target.outside[0]) if len(target.outside) == 1 and not target.definitions else None

    def _piece(self, found: Definition) -> ast.expr:
        if found.node not in self._names:
            if len(self._names) >= MAX_PIECES:
                raise _NotShown
            self._names[found.node] = name = f"piece_{len(self._names)}"
            statement = self._definition(found, name)
            self._statements.append(statement)
            if _says_nothing(statement):
                self._unknown.add(name)
        name = self._names[found.node]
        return _unknown() if name in self._unknown else _load(name)

    def _definition(self, found: Definition, name: str) -> ast.stmt:
        match found.node:
            case ast.ClassDef():
                return self._class(found, found.node, name)
            case ast.FunctionDef():
                return self._function(found.source, found.node, name)
            case ast.expr() if isinstance(scope_of(found.source, found.node), ast.Module | ast.ClassDef):
                return _let(name, self._copied(found.node, _Place(found.source, found.node)))
        return _let(name, _unknown())

    def _arguments(self, node: FunctionNode, place: _Place) -> ast.arguments:
        given = node.args
        if given.vararg or given.kwarg:
            raise _NotShown
        return ast.arguments(
            [ast.arg(one.arg) for one in given.posonlyargs],
            [ast.arg(one.arg) for one in given.args],
            None,
            [ast.arg(one.arg) for one in given.kwonlyargs],
            [default and self._copied(default, place) for default in given.kw_defaults],
            None,
            [self._copied(default, place) for default in given.defaults],
        )

    def _passed(self, call: ast.Call, place: _Place) -> tuple[list[ast.expr], list[ast.keyword]]:
        if any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg is None for one in call.keywords):
            raise _NotShown
        keywords = [ast.keyword(one.arg, self._copied(one.value, place)) for one in call.keywords]
        return [self._copied(one, place) for one in call.args], keywords

    def _attribute(self, expr: ast.Attribute, place: _Place) -> ast.expr:
        raise NotImplementedError

    def _call(self, call: ast.Call, place: _Place) -> ast.expr:
        raise NotImplementedError

    def _outside(self, dotted: str) -> ast.expr | None:
        raise NotImplementedError

    def _class(self, found: Definition, node: ast.ClassDef, name: str) -> ast.stmt:
        raise NotImplementedError

    def _function(self, source: SourceFile, node: ast.FunctionDef, name: str) -> ast.stmt:
        raise NotImplementedError


class _OfValues(_Cutter):
    """Shows attributes, short functions and methods, and displays; of a class only what is plain."""

    def __init__(self) -> None:
        super().__init__()
        self._attributes: set[str] = set()
        """Those of which something is known, of any class."""

    def _is_idle(self, answer: ast.expr) -> bool:
        return super()._is_idle(answer) or any(
            isinstance(part, ast.Attribute) and part.attr not in self._attributes for part in _chain(answer)
        )

    def _let_attribute(self, name: str, statement: ast.stmt) -> ast.stmt:
        if not _says_nothing(statement):
            self._attributes.add(name)
        return statement

    def _attribute(self, expr: ast.Attribute, place: _Place) -> ast.expr:
        if expr.attr in _set_from_outside(place.source):
            return _unknown()
        value = self._copied(expr.value, place)
        return _unknown() if _is_unknown(value) else ast.Attribute(value, expr.attr, ast.Load())

    def _call(self, call: ast.Call, place: _Place) -> ast.expr:
        func = self._copied(call.func, place)
        made = self.classes.get(func.id) if isinstance(func, ast.Name) else None
        if _is_unknown(func) or (isinstance(made, Definition) and _takes_arguments(made, call)):
            return _unknown()
        return ast.Call(func, *self._passed(call, place))

    def _outside(self, dotted: str) -> ast.expr | None:
        return None

    def _class(self, found: Definition, node: ast.ClassDef, name: str) -> ast.stmt:
        if not _is_plain(found):
            return _let(name, _unknown())
        place = _Place(found.source, node)
        parents = [parent for base in node.bases for parent in resolve(base, top(found.source)).classes]
        try:
            body = [part for statement in node.body for part in self._member(statement, place)]
        except _NotShown:
            return _let(name, _unknown())
        self.classes[name] = found
        return _class_statement(name, [self._piece(parent) for parent in parents], body)

    def _member(self, statement: ast.stmt, place: _Place) -> list[ast.stmt]:
        """What is kept of a statement in a class body."""
        outside = _set_from_outside(place.source)
        match statement:
            case ast.Expr() | ast.Pass() | ast.AnnAssign(value=None):
                return []
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                kept = _unknown() if name in outside else self._copied(value, place)
                return [self._let_attribute(name, _let(name, kept))]
            case ast.FunctionDef():
                kept_method = self._function(place.source, statement, statement.name)
                return [self._let_attribute(statement.name, kept_method)]
            case ast.AsyncFunctionDef() | ast.ClassDef():
                return [_let(statement.name, _unknown())]
        raise _NotShown

    def _function(self, source: SourceFile, node: ast.FunctionDef, name: str) -> ast.stmt:
        place = _Place(source, node)
        try:
            decorators = [kept for one in node.decorator_list for kept in _decorator(one, source)]
            body = self._block(node.body, place) or [ast.Pass()]
            arguments = self._arguments(node, place)
        except _NotShown:
            return _let(name, _unknown())
        return _function_statement(name, arguments, body, decorators)

    def _block(self, statements: Sequence[ast.stmt], place: _Place) -> list[ast.stmt]:
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
                    body.append(ast.If(_unknown(), branch, self._block(statement.orelse, place)))
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
                    raise _NotShown
        return body


class _OfClasses(_Cutter):
    """Shows which classes a function makes and returns; of each class only that it is one."""

    def excerpt(self, expr: ast.expr, source: SourceFile) -> Excerpt | None:
        """Return the program, where what is called is project source or `type`."""
        if not isinstance(expr, ast.Call):
            return None
        target = resolve(expr.func, top(source))
        return super().excerpt(expr, source) if target.functions or target.outside == ("builtins.type",) else None

    def _attribute(self, expr: ast.Attribute, place: _Place) -> ast.expr:
        return _unknown()

    def _call(self, call: ast.Call, place: _Place) -> ast.expr:
        match call:
            case ast.Call(func=func, args=[_, ast.Tuple(elts=bases), ast.Dict(keys=keys)], keywords=[]) if resolve(
                func, top(place.source)
            ).outside == ("builtins.type",):
                if not all(_is_special(key) for key in keys):  # it has attributes, of which we would know nothing
                    return _unknown()
                above = ast.Tuple([self._copied(base, place) for base in bases], ast.Load())
                return ast.Call(_load("type"), [ast.Constant(f"{MADE}{len(bases)}"), above, ast.Dict([], [])], [])
        func = self._copied(call.func, place)
        return _unknown() if _is_unknown(func) else ast.Call(func, *self._passed(call, place))

    def _outside(self, dotted: str) -> ast.expr | None:
        if dotted not in self._names:
            if len(self._names) >= MAX_PIECES:
                raise _NotShown
            self._names[dotted] = name = f"piece_{len(self._names)}"
            self.classes[name] = dotted
            self._statements.append(_class_statement(name, [], []))
        return _load(self._names[dotted])

    def _class(self, found: Definition, node: ast.ClassDef, name: str) -> ast.stmt:
        self.classes[name] = found
        return _class_statement(name, [], [])

    def _function(self, source: SourceFile, node: ast.FunctionDef, name: str) -> ast.stmt:
        place = _Place(source, node)
        try:
            for one in node.decorator_list:
                _decorator(one, source)
            body = [part for statement in node.body for part in self._kept(statement, place)]
            return _function_statement(name, self._arguments(node, place), body or [ast.Pass()], [])
        except _NotShown:
            return _let(name, _unknown())

    def _kept(self, statement: ast.stmt, place: _Place) -> list[ast.stmt]:
        match statement:
            case ast.ClassDef():
                name = f"piece_{len(self._names)}"
                self._names[statement] = name
                self.classes[name] = Definition(place.source, statement)
                bases = [self._copied(base, place) for base in statement.bases]
                return [_class_statement(name, bases, []), _let(statement.name, _load(name))]
            case ast.Return(value=ast.expr() as value):
                return [ast.Return(self._copied(value, place))]
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                return [_let(name, self._copied(value, place))]
            case ast.If():
                body = [part for one in statement.body for part in self._kept(one, place)] or [ast.Pass()]
                return [ast.If(_unknown(), body, [part for one in statement.orelse for part in self._kept(one, place)])]
            case ast.Expr() | ast.Pass() | ast.Raise() | ast.Assert() | ast.Assign(targets=[ast.Attribute()]):
                return []
        raise _NotShown


def _says_nothing(statement: ast.stmt) -> bool:
    """Tell whether a name stands for something unknown, or for a function that returns nothing else."""
    match statement:
        case ast.Assign(value=value):
            return _is_unknown(value)
        case ast.FunctionDef():
            returned = [node.value for node in ast.walk(statement) if isinstance(node, ast.Return)]
            return all(value is None or _is_unknown(value) for value in returned)
    return False


def _chain(expr: ast.expr) -> Iterator[ast.expr]:
    """Yield a chain of attributes, subscripts and calls from its end to what it starts with."""
    yield expr
    while isinstance(expr, ast.Attribute | ast.Subscript | ast.Call):
        expr = expr.func if isinstance(expr, ast.Call) else expr.value
        yield expr


def _is_bound_inside(name: ast.Name, place: _Place) -> bool:
    _, scope = bindings_of(place.source, name, name.id)
    if scope is None or isinstance(scope, ast.Module):
        return False
    return scope is place.root or any(around is place.root for around in place.source.ancestors(scope))


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


def _decorator(decorator: ast.expr, source: SourceFile) -> list[ast.expr]:
    target = resolve(decorator.func if isinstance(decorator, ast.Call) else decorator, top(source))
    if len(target.outside) != 1 or target.definitions or target.outside[0] not in _KEPT_DECORATORS:
        raise _NotShown
    kept = _KEPT_DECORATORS[target.outside[0]]
    return [_load(kept)] if kept else []


def _is_special(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.startswith("__")


def _stored(target: ast.expr) -> ast.expr:
    if isinstance(target, ast.Attribute):
        return ast.Attribute(_load("self"), target.attr, ast.Store())
    assert isinstance(target, ast.Name)
    return ast.Name(target.id, ast.Store())


def _class_statement(name: str, bases: list[ast.expr], body: list[ast.stmt]) -> ast.ClassDef:
    made = ast.parse(f"class {name}: pass").body[0]
    assert isinstance(made, ast.ClassDef)
    made.bases, made.body = bases, body or made.body
    return made


def _function_statement(
    name: str, arguments: ast.arguments, body: list[ast.stmt], decorators: list[ast.expr]
) -> ast.FunctionDef:
    made = ast.parse(f"def {name}(): pass").body[0]
    assert isinstance(made, FUNCTIONS) and isinstance(made, ast.FunctionDef)
    made.args, made.body, made.decorator_list = arguments, body, decorators
    return made
