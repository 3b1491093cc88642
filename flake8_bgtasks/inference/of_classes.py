"""Excerpts that tell which class a call in place of a base class makes."""

import ast

from flake8_bgtasks.inference.excerpts import (
    MAX_PIECES,
    Cutter,
    Excerpt,
    NotShown,
    Place,
    class_statement,
    function_statement,
    is_unknown,
    kept_decorator,
    let,
    load,
    unknown,
)
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.semantics.names import resolve
from flake8_bgtasks.source import Definition, SourceFile

MADE = "made"
"""The name of a class that `type` makes, followed by how many bases it has."""


def excerpt(expr: ast.expr, source: SourceFile) -> Excerpt | None:
    """Return what tells which class a call in place of a base class makes; None where nothing can."""
    return _OfClasses().excerpt(expr, source)


class _OfClasses(Cutter):
    """Shows which classes a function makes and returns; of each class only that it is one."""

    def excerpt(self, expr: ast.expr, source: SourceFile) -> Excerpt | None:
        """Return the program, where what is called is project source or `type`."""
        if not isinstance(expr, ast.Call):
            return None
        target = resolve(expr.func, top(source))
        return super().excerpt(expr, source) if target.functions or target.outside == ("builtins.type",) else None

    def _attribute(self, expr: ast.Attribute, place: Place) -> ast.expr:
        return unknown()

    def _call(self, call: ast.Call, place: Place) -> ast.expr:
        match call:
            case ast.Call(func=func, args=[_, ast.Tuple(elts=bases), ast.Dict(keys=keys)], keywords=[]) if resolve(
                func, top(place.source)
            ).outside == ("builtins.type",):
                if not all(_is_special(key) for key in keys):  # it has attributes, of which we would know nothing
                    return unknown()
                above = ast.Tuple([self._copied(base, place) for base in bases], ast.Load())
                return ast.Call(load("type"), [ast.Constant(f"{MADE}{len(bases)}"), above, ast.Dict([], [])], [])
        func = self._copied(call.func, place)
        return unknown() if is_unknown(func) else ast.Call(func, *self._passed(call, place))

    def _outside(self, dotted: str) -> ast.expr | None:
        if dotted not in self._names:
            if len(self._names) >= MAX_PIECES:
                raise NotShown
            self._names[dotted] = name = f"piece_{len(self._names)}"
            self.classes[name] = dotted
            self._statements.append(class_statement(name, [], []))
        return load(self._names[dotted])

    def _class(self, found: Definition, node: ast.ClassDef, name: str) -> ast.stmt:
        self.classes[name] = found
        return class_statement(name, [], [])

    def _function(self, source: SourceFile, node: ast.FunctionDef, name: str) -> ast.stmt:
        place = Place(source, node)
        try:
            for one in node.decorator_list:
                kept_decorator(one, source)
            body = [part for statement in node.body for part in self._kept(statement, place)]
            return function_statement(name, self._arguments(node, place), body or [ast.Pass()], [])
        except NotShown:
            return let(name, unknown())

    def _kept(self, statement: ast.stmt, place: Place) -> list[ast.stmt]:
        match statement:
            case ast.ClassDef():
                name = f"piece_{len(self._names)}"
                self._names[statement] = name
                self.classes[name] = Definition(place.source, statement)
                bases = [self._copied(base, place) for base in statement.bases]
                return [class_statement(name, bases, []), let(statement.name, load(name))]
            case ast.Return(value=ast.expr() as value):
                return [ast.Return(self._copied(value, place))]
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                return [let(name, self._copied(value, place))]
            case ast.If():
                body = [part for one in statement.body for part in self._kept(one, place)] or [ast.Pass()]
                return [ast.If(unknown(), body, [part for one in statement.orelse for part in self._kept(one, place)])]
            case ast.Expr() | ast.Pass() | ast.Raise() | ast.Assert() | ast.Assign(targets=[ast.Attribute()]):
                return []
        raise NotShown


def _is_special(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.startswith("__")
