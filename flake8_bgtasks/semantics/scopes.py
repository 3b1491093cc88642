"""Python's scoping rules for one file: which bindings a name in it can mean.

Only names; what a binding is worth is for `names` and `values`. All bindings of a name in its scope count, whatever
the order in which they run.
"""

import ast
import sys
from collections.abc import Iterator
from enum import Enum, auto
from typing import Any, NamedTuple

from flake8_bgtasks.semantics.dotted import first_name
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.source import ScopeNode as ScopeNode
from flake8_bgtasks.source import SourceFile

_TYPE_ALIASES: tuple[type[Any], ...] = ()
if sys.version_info >= (3, 12):  # pragma: no cover  # ``type Job = ...``, which older Python does not read
    _TYPE_ALIASES = (ast.TypeAlias,)


class Kind(Enum):
    """How a name comes by its value."""

    IMPORT = auto()
    FUNCTION = auto()
    CLASS = auto()
    VALUE = auto()
    """`value` itself is assigned."""
    ELEMENT = auto()
    """An element of `value`: a loop variable."""
    PART = auto()
    """A part of `value`, at that position: tuple unpacking."""
    CONTEXT = auto()
    """What entering `value` gives: ``with value as name``."""
    CAUGHT = auto()
    """An exception; `value` is the handler's type."""
    PARAMETER = auto()
    """A parameter; `value` is its default."""
    OTHER = auto()
    """Something that says nothing about the value: ``x += 1``, a match capture."""


class Binding(NamedTuple):
    """One place where a name gets a value."""

    kind: Kind
    node: ast.AST
    value: ast.expr | None = None
    annotation: ast.expr | None = None
    dotted: str = ""
    position: int = 0


class Scopes(NamedTuple):
    """What a file's scopes bind."""

    bindings: dict[ast.AST, dict[str, tuple[Binding, ...]]]
    """By the scope's node and the name."""
    stars: tuple[str, ...]
    """The modules that star imports take all names from."""


def scope_of(source: SourceFile, node: ast.AST) -> ScopeNode:
    """Return the scope in whose names `node` is evaluated; see `SourceFile.scope`."""
    return source.scope(node)


@memoized
def scopes(source: SourceFile) -> Scopes:
    """Return the bindings of every scope of the file."""
    found: dict[ast.AST, dict[str, list[Binding]]] = {}
    shared: dict[ast.AST, set[str]] = {}
    for statement in source.nodes(ast.Global):
        shared.setdefault(source.scope(statement), set()).update(statement.names)
    for scope, name, binding in _bindings(source):
        owner = source.tree if name in shared.get(scope, ()) else scope
        found.setdefault(owner, {}).setdefault(name, []).append(binding)
    stars = (star for star in source.nodes(ast.ImportFrom) if star.names[0].name == "*")
    return Scopes(
        {scope: {name: tuple(all_of_it) for name, all_of_it in names.items()} for scope, names in found.items()},
        tuple("." * star.level + (star.module or "") for star in stars),
    )


def bindings_of(source: SourceFile, node: ast.AST, name: str) -> tuple[tuple[Binding, ...], ScopeNode | None]:
    """Return what `name`, used at `node`, can be bound to, and the scope that binds it.

    Nothing and None where no scope of the file binds it: a builtin, or a star import.
    """
    bindings = scopes(source).bindings
    innermost = scope = source.scope(node)
    while True:
        names = bindings.get(scope)
        if names and name in names and (scope is innermost or not isinstance(scope, ast.ClassDef)):
            return names[name], scope
        if isinstance(scope, ast.Module):
            return (), None
        scope = source.scope(scope)


def imports_behind(dotted: ast.expr, source: SourceFile) -> list[Binding]:
    """Return the imports that may bind the first name of a dotted one; nothing for any other expression."""
    name = first_name(dotted)
    bindings = bindings_of(source, name, name.id)[0] if name is not None else ()
    return [binding for binding in bindings if binding.kind is Kind.IMPORT]


@memoized
def exports(source: SourceFile) -> frozenset[str] | None:
    """Return the names that ``from module import *`` takes, as ``__all__`` lists them; None where it lists none.

    None too where it is put together in a way that is not followed.
    """
    found: set[str] = set()
    statements = [one for one in source.tree.body if _names_exports(one)]
    for statement in statements:
        match statement:
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value) | ast.AugAssign(value=value):
                added = value
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="extend"), args=[value])):
                added = value
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="append"), args=[value])):
                added = ast.List([value], ast.Load())
            case _:
                return None
        if not isinstance(added, ast.List | ast.Tuple | ast.Set):
            return None
        for element in added.elts:
            if not (isinstance(element, ast.Constant) and isinstance(element.value, str)):
                return None
            found.add(element.value)
    return frozenset(found) if statements else None


def _names_exports(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(targets=[target]) | ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            return isinstance(target, ast.Name) and target.id == "__all__"
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="__all__")))):
            return True
    return False


def _bindings(source: SourceFile) -> Iterator[tuple[ScopeNode, str, Binding]]:
    yield from _definitions(source)
    yield from _imports(source)
    for node in source.nodes(ast.Assign):
        for target in node.targets:
            yield from _targets(source, target, Binding(Kind.VALUE, node, node.value))
    for annotated in source.nodes(ast.AnnAssign):
        if isinstance(annotated.target, ast.Name):
            binding = Binding(Kind.VALUE, annotated, annotated.value, annotated.annotation)
            yield scope_of(source, annotated), annotated.target.id, binding
    for walrus in source.nodes(ast.NamedExpr):
        yield scope_of(source, walrus), walrus.target.id, Binding(Kind.VALUE, walrus, walrus.value)
    for augmented in source.nodes(ast.AugAssign):
        yield from _targets(source, augmented.target, Binding(Kind.OTHER, augmented))
    for loop in source.nodes(ast.For, ast.AsyncFor, ast.comprehension):
        yield from _targets(source, loop.target, Binding(Kind.ELEMENT, loop, loop.iter))
    for item in source.nodes(ast.withitem):
        if item.optional_vars is not None:
            yield from _targets(source, item.optional_vars, Binding(Kind.CONTEXT, item, item.context_expr))
    for handler in source.nodes(ast.ExceptHandler):
        if handler.name:
            yield scope_of(source, handler), handler.name, Binding(Kind.CAUGHT, handler, handler.type)
    for alias in source.nodes(*_TYPE_ALIASES):  # pragma: no cover  # from Python 3.12 on
        yield scope_of(source, alias), alias.name.id, Binding(Kind.VALUE, alias, alias.value)
    for capture in source.nodes(ast.MatchAs, ast.MatchStar):
        if capture.name:
            yield scope_of(source, capture), capture.name, Binding(Kind.OTHER, capture)


def _definitions(source: SourceFile) -> Iterator[tuple[ScopeNode, str, Binding]]:
    for node in source.nodes(ast.ClassDef):
        yield scope_of(source, node), node.name, Binding(Kind.CLASS, node)
    for function in source.functions():
        yield scope_of(source, function), function.name, Binding(Kind.FUNCTION, function)
        yield from _parameters(function)
    for function_expression in source.nodes(ast.Lambda):
        yield from _parameters(function_expression)


def _parameters(
    function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
) -> Iterator[tuple[ScopeNode, str, Binding]]:
    for argument, default in parameters(function):
        yield function, argument.arg, Binding(Kind.PARAMETER, argument, default, argument.annotation)
    for rest in (function.args.vararg, function.args.kwarg):
        if rest is not None:
            yield function, rest.arg, Binding(Kind.OTHER, rest)


def parameters(
    function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
) -> Iterator[tuple[ast.arg, ast.expr | None]]:
    """Yield the named parameters with their defaults: positional ones first, then keyword-only ones."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    missing = len(positional) - len(arguments.defaults)
    for position, argument in enumerate(positional):
        yield argument, arguments.defaults[position - missing] if position >= missing else None
    yield from zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)


def _imports(source: SourceFile) -> Iterator[tuple[ScopeNode, str, Binding]]:
    for plain in source.nodes(ast.Import):
        for alias in plain.names:
            bound = alias.asname or alias.name.partition(".")[0]
            dotted = alias.name if alias.asname else bound
            yield scope_of(source, plain), bound, Binding(Kind.IMPORT, alias, dotted=dotted)
    for node in source.nodes(ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name != "*":
                dotted = f"{module}{'' if module.endswith('.') else '.'}{alias.name}"
                yield scope_of(source, node), alias.asname or alias.name, Binding(Kind.IMPORT, alias, dotted=dotted)


def _targets(source: SourceFile, target: ast.expr, binding: Binding) -> Iterator[tuple[ScopeNode, str, Binding]]:
    """Yield what assigning to `target` binds; tuples are taken apart, attributes and subscripts bind no name."""
    scope = scope_of(source, target)
    todo = [(target, binding)]
    while todo:
        part, bound = todo.pop(0)
        match part:
            case ast.Name():
                yield scope, part.id, bound
            case ast.Starred():
                todo.append((part.value, Binding(Kind.OTHER, bound.node)))
            case ast.Tuple() | ast.List():
                todo.extend((element, _part(bound, index)) for index, element in enumerate(part.elts))


def _part(binding: Binding, index: int) -> Binding:
    if binding.kind is Kind.VALUE and isinstance(binding.value, ast.Tuple | ast.List):
        elements = binding.value.elts
        if index < len(elements) and not any(isinstance(element, ast.Starred) for element in elements):
            return binding._replace(value=elements[index])
    if binding.kind is Kind.VALUE:
        return binding._replace(kind=Kind.PART, position=index)
    return Binding(Kind.OTHER, binding.node)
