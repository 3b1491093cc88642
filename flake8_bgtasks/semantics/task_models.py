"""Which classes of a file are its task models (semantics, section 3)."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.semantics.classes import (
    class_node,
    classes,
    has_own_column,
    is_abstract,
    is_declarative_base,
    is_mapped,
    is_mixin_name,
)
from flake8_bgtasks.semantics.columns import is_table
from flake8_bgtasks.semantics.names import last_segment, top
from flake8_bgtasks.source import SourceFile


class Selection(NamedTuple):
    """The task models of a file: mapped classes and core tables, by node."""

    nodes: tuple[ast.AST, ...]
    as_whole: bool = False
    """Whether the file is judged as a whole, since nothing tells which of its classes is meant."""


def select(source: SourceFile, named: frozenset[str]) -> Selection:
    """Return the task models among the file's mapped classes; `named` are those that the rules name."""
    mapped = tuple(sorted(mapped_nodes(source), key=lambda node: source.place(node)))
    known = tuple(node for node in mapped if isinstance(node, ast.ClassDef) and node.name in named)
    if known:
        return Selection(known)
    stem = _stem(source)
    like_file = tuple(node for node in mapped if isinstance(node, ast.ClassDef) and node.name.lower() == stem)
    if like_file:
        return Selection(like_file)
    return Selection(mapped, as_whole=len(mapped) > 1)


def _stem(source: SourceFile) -> str:
    name = (source.path or "").rpartition("/")[2]
    return name.removesuffix(".py").replace("_", "").lower()


def mapped_nodes(source: SourceFile) -> Iterator[ast.AST]:
    """Yield the file's mapped classes, and the core tables at module level that no class is mapped to."""
    taken: set[str] = set()
    for definition in classes(source):
        if is_mapped(definition):
            yield definition.node
        for statement in class_node(definition).body:
            match statement:
                case ast.Assign(targets=[ast.Name(id="__table__")], value=ast.Name(id=name)):
                    taken.add(name)
    frame = top(source)
    for statement in source.tree.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                if is_table(value, frame) and name not in taken:
                    yield value


def defines_bases(source: SourceFile) -> bool:
    """Tell whether the file is there for others to derive from: abstract classes, mixins, the declarative base."""
    return any(
        is_abstract(found)
        or is_declarative_base(found)
        or is_mixin_name(class_node(found).name)
        or (has_own_column(found) and not is_mapped(found))
        for found in classes(source)
    )


def maps_imperatively(source: SourceFile) -> bool:
    """Tell whether classes are mapped by calls, which are not followed."""
    return any(last_segment(call.func) == "map_imperatively" for call in source.nodes(ast.Call))


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
