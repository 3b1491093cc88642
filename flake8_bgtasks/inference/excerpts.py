"""A small program of our own making that holds what one expression rests on, for astroid to read.

It is cut out of the project's source by following names as everywhere else. It has no import statement, so that reading
it can lead nowhere, and nothing in it makes a text longer, so that it stays as small as it is. Whatever we do not let
astroid see is a call of ``...``, of which it knows nothing.

Here is what all excerpts have in common; what is shown depends on the question: `of_values`, `of_classes`.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.semantics.dotted import first_name
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.semantics.names import resolve
from flake8_bgtasks.semantics.scopes import bindings_of, scope_of
from flake8_bgtasks.source import Definition, FunctionNode, SourceFile

MAX_PIECES = 40
"""How many definitions an excerpt may hold."""
MAX_NODES = 1_000
"""How many expressions an excerpt may hold."""
MAX_DEPTH = 20
"""How many expressions may stand in each other."""

ANSWER = "answer"
"""The name that the excerpt gives what was asked about."""
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


class NotShown(Exception):
    """Something that astroid is not to see: too large, or so made that it would be read wrongly."""


class Place(NamedTuple):
    """Where a copied expression stands: names that `root` or what is in it binds stay as they are."""

    source: SourceFile
    root: ast.AST
    depth: int = 0


class Cutter:
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
            answer = self._copied(expr, Place(source, expr))
        except NotShown:
            return None
        if self._is_idle(answer):
            return None
        body = [*self._statements, let(ANSWER, answer)]
        return Excerpt(ast.unparse(ast.fix_missing_locations(ast.Module(body, []))), self.classes)

    def _is_idle(self, answer: ast.expr) -> bool:
        """Tell whether there is nothing to ask about: what it starts with is unknown."""
        return any(isinstance(part, ast.Constant) for part in chain(answer))

    def _copied(self, expr: ast.expr, place: Place) -> ast.expr:
        self._nodes += 1
        if self._nodes > MAX_NODES or place.depth > MAX_DEPTH:
            raise NotShown
        inner = place._replace(depth=place.depth + 1)
        match expr:
            case ast.Constant(value=str() | int() | None as value):
                return ast.Constant(value)
            case ast.Name():
                if _is_bound_inside(expr, place):
                    return load(expr.id)
                return self._known(expr, place) or unknown()
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
                return ast.IfExp(unknown(), self._copied(expr.body, inner), self._copied(expr.orelse, inner))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
                return ast.Constant(-number)
            case ast.Call():
                return self._call(expr, inner)
        return unknown()

    def _known(self, expr: ast.Name | ast.Attribute, place: Place) -> ast.expr | None:
        """The name of what an expression stands for, where that is one thing."""
        head = first_name(expr)
        if head is None or _is_bound_inside(head, place):
            return None
        target = resolve(expr, top(place.source))
        if len(target.definitions) == 1 and not target.outside:
            return self._piece(target.definitions[0])
        return self._outside(target.outside[0]) if len(target.outside) == 1 and not target.definitions else None

    def _piece(self, found: Definition) -> ast.expr:
        if found.node not in self._names:
            if len(self._names) >= MAX_PIECES:
                raise NotShown
            self._names[found.node] = name = f"piece_{len(self._names)}"
            statement = self._definition(found, name)
            self._statements.append(statement)
            if says_nothing(statement):
                self._unknown.add(name)
        name = self._names[found.node]
        return unknown() if name in self._unknown else load(name)

    def _definition(self, found: Definition, name: str) -> ast.stmt:
        match found.node:
            case ast.ClassDef():
                return self._class(found, found.node, name)
            case ast.FunctionDef():
                return self._function(found.source, found.node, name)
            case ast.expr() if isinstance(scope_of(found.source, found.node), ast.Module | ast.ClassDef):
                return let(name, self._copied(found.node, Place(found.source, found.node)))
        return let(name, unknown())

    def _arguments(self, node: FunctionNode, place: Place) -> ast.arguments:
        given = node.args
        if given.vararg or given.kwarg:
            raise NotShown
        return ast.arguments(
            [ast.arg(one.arg) for one in given.posonlyargs],
            [ast.arg(one.arg) for one in given.args],
            None,
            [ast.arg(one.arg) for one in given.kwonlyargs],
            [default and self._copied(default, place) for default in given.kw_defaults],
            None,
            [self._copied(default, place) for default in given.defaults],
        )

    def _passed(self, call: ast.Call, place: Place) -> tuple[list[ast.expr], list[ast.keyword]]:
        if any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg is None for one in call.keywords):
            raise NotShown
        keywords = [ast.keyword(one.arg, self._copied(one.value, place)) for one in call.keywords]
        return [self._copied(one, place) for one in call.args], keywords

    def _attribute(self, expr: ast.Attribute, place: Place) -> ast.expr:
        raise NotImplementedError

    def _call(self, call: ast.Call, place: Place) -> ast.expr:
        raise NotImplementedError

    def _outside(self, dotted: str) -> ast.expr | None:
        raise NotImplementedError

    def _class(self, found: Definition, node: ast.ClassDef, name: str) -> ast.stmt:
        raise NotImplementedError

    def _function(self, source: SourceFile, node: ast.FunctionDef, name: str) -> ast.stmt:
        raise NotImplementedError


def unknown() -> ast.expr:
    """Return what astroid knows nothing of."""
    return ast.Call(ast.Constant(...), [], [])


def is_unknown(expr: ast.expr) -> bool:
    """Tell whether an expression of an excerpt is `unknown`."""
    return isinstance(expr, ast.Call) and isinstance(expr.func, ast.Constant)


def load(name: str) -> ast.Name:
    """Return a use of a name."""
    return ast.Name(name, ast.Load())


def let(name: str, value: ast.expr) -> ast.stmt:
    """Return an assignment to a name."""
    return ast.Assign([ast.Name(name, ast.Store())], value, lineno=0)


def says_nothing(statement: ast.stmt) -> bool:
    """Tell whether a name stands for something unknown, or for a function that returns nothing else."""
    match statement:
        case ast.Assign(value=value):
            return is_unknown(value)
        case ast.FunctionDef():
            returned = [node.value for node in ast.walk(statement) if isinstance(node, ast.Return)]
            return all(value is None or is_unknown(value) for value in returned)
    return False


def chain(expr: ast.expr) -> Iterator[ast.expr]:
    """Yield a chain of attributes, subscripts and calls from its end to what it starts with."""
    yield expr
    while isinstance(expr, ast.Attribute | ast.Subscript | ast.Call):
        expr = expr.func if isinstance(expr, ast.Call) else expr.value
        yield expr


def _is_bound_inside(name: ast.Name, place: Place) -> bool:
    _, scope = bindings_of(place.source, name, name.id)
    if scope is None or isinstance(scope, ast.Module):
        return False
    return scope is place.root or any(around is place.root for around in place.source.ancestors(scope))


def kept_decorator(decorator: ast.expr, source: SourceFile) -> list[ast.expr]:
    """Return what is kept of a decorator; raise `NotShown` for one that may make something else of what it decorates."""
    target = resolve(decorator.func if isinstance(decorator, ast.Call) else decorator, top(source))
    if len(target.outside) != 1 or target.definitions or target.outside[0] not in _KEPT_DECORATORS:
        raise NotShown
    kept = _KEPT_DECORATORS[target.outside[0]]
    return [load(kept)] if kept else []


def class_statement(name: str, bases: list[ast.expr], body: list[ast.stmt]) -> ast.ClassDef:
    """Return a class of an excerpt."""
    made = ast.parse(f"class {name}: pass").body[0]
    assert isinstance(made, ast.ClassDef)
    made.bases, made.body = bases, body or made.body
    return made


def function_statement(
    name: str, arguments: ast.arguments, body: list[ast.stmt], decorators: list[ast.expr]
) -> ast.FunctionDef:
    """Return a function of an excerpt."""
    made = ast.parse(f"def {name}(): pass").body[0]
    assert isinstance(made, ast.FunctionDef)
    made.args, made.body, made.decorator_list = arguments, body, decorators
    return made
