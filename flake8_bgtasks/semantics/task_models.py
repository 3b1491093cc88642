"""Which classes of a file are its task models (semantics, section 3)."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from flake8_bgtasks.semantics.calls import arguments
from flake8_bgtasks.semantics.classes import (
    class_node,
    classes,
    has_own_column,
    is_abstract,
    is_declarative_base,
    is_mapped,
    is_mixin_name,
    is_sqlmodel,
)
from flake8_bgtasks.semantics.columns import is_table
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.semantics.scopes import scope_of
from flake8_bgtasks.source import SourceFile


class Selection(NamedTuple):
    """The task models of a file: mapped classes and core tables, by node."""

    nodes: tuple[ast.AST, ...]
    as_whole: bool = False
    """Whether the file is judged as a whole, since nothing tells which of its classes is meant."""


def select(source: SourceFile, named: frozenset[str], wanted: tuple[str, ...] = ()) -> Selection:
    """Return the task models among the file's mapped classes; `named` are those that the rules name.

    Where a pattern itself says which classes it wants, by globs over their names, only these are.
    """
    mapped = tuple(sorted(mapped_nodes(source), key=lambda node: source.place(node)))
    if wanted:
        return Selection(tuple(node for node in mapped if _is_called(node, wanted)))
    known = tuple(node for node in mapped if isinstance(node, ast.ClassDef) and node.name in named)
    if known:
        return Selection(known)
    stem = _stem(source)
    like_file = tuple(node for node in mapped if isinstance(node, ast.ClassDef) and node.name.lower() == stem)
    if like_file:
        return Selection(like_file)
    return Selection(mapped, as_whole=len(mapped) > 1)


def _is_called(node: ast.AST, globs: tuple[str, ...]) -> bool:
    return isinstance(node, ast.ClassDef) and any(fnmatchcase(node.name, glob) for glob in globs)


def _stem(source: SourceFile) -> str:
    name = (source.path or "").rpartition("/")[2]
    return name.removesuffix(".py").replace("_", "").lower()


def mapped_nodes(source: SourceFile) -> Iterator[ast.AST]:
    """Yield the file's mapped classes, and the core tables at module level that no class is mapped to.

    A table that only joins two others, many to many, is no model of anything.
    """
    yield from (definition.node for definition in classes(source) if is_mapped(definition))
    taken = {*_mapped_tables(source), *_joining_tables(source)}
    frame = top(source)
    for statement in source.nodes(ast.Assign, ast.AnnAssign, ast.Expr):
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        if taken.isdisjoint(target.id for target in targets if isinstance(target, ast.Name)):
            if is_table(statement.value, frame) and isinstance(scope_of(source, statement), ast.Module):
                yield statement.value


def _mapped_tables(source: SourceFile) -> Iterator[str]:
    """Yield the names of the tables that a class is mapped to: ``__table__ = jobs``, ``map_imperatively(Job, jobs)``."""
    for definition in classes(source):
        for statement in class_node(definition).body:
            match statement:
                case ast.Assign(targets=[ast.Name(id="__table__")], value=ast.Name(id=name)):
                    yield name
    for call in _imperative_mappings(source):
        yield from (argument.id for argument in arguments(call) if isinstance(argument, ast.Name))


def _joining_tables(source: SourceFile) -> Iterator[str]:
    """Yield the names of the tables that a relationship goes through: ``relationship(secondary=assignees)``."""
    for call in source.nodes(ast.Call):
        for keyword in call.keywords:
            if keyword.arg == "secondary" and isinstance(keyword.value, ast.Name):
                yield keyword.value.id


def _imperative_mappings(source: SourceFile) -> Iterator[ast.Call]:
    return (call for call in source.nodes(ast.Call) if last_segment(call.func) == "map_imperatively")


def defines_bases(source: SourceFile) -> bool:
    """Tell whether the file is there for others to derive from: abstract classes, mixins, the declarative base."""
    return any(
        is_abstract(found)
        or is_declarative_base(found)
        or is_mixin_name(class_node(found).name)
        or (is_sqlmodel(found) and class_node(found).name.endswith("Base"))
        or (has_own_column(found) and not is_mapped(found))
        for found in classes(source)
    )


def maps_imperatively(source: SourceFile) -> bool:
    """Tell whether classes are mapped by calls, which are not followed."""
    return any(True for _ in _imperative_mappings(source))


def holds_nothing(source: SourceFile) -> bool:
    """Tell whether the file holds nothing but comments, a docstring, imports and ``__all__``."""
    return all(_is_nothing(statement) for statement in source.tree.body)


def _is_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Pass():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.AugAssign(target=ast.Name(id="__all__")):
            return True
        case ast.AnnAssign(target=ast.Name(id="__all__")):
            return True
        case ast.If(body=body, orelse=orelse):
            return all(_is_nothing(inner) for inner in (*body, *orelse))
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=finalbody):
            inside = [*body, *orelse, *finalbody, *(inner for handler in handlers for inner in handler.body)]
            return all(_is_nothing(inner) for inner in inside)
    return False
