"""Seeing mapped classes and the vocabularies of statuses."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.cli.survey.seen import Model, Place, Vocabulary
from flake8_bgtasks.cli.survey.words import status_columns
from flake8_bgtasks.semantics.classes import (
    class_node,
    classes,
    fields,
    has_own_column,
    is_enum,
    is_mapped,
    is_schema,
    is_sqlmodel,
)
from flake8_bgtasks.semantics.columns import Column, columns
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.semantics.names import class_bindings, lineage, resolve
from flake8_bgtasks.semantics.scopes import Kind
from flake8_bgtasks.semantics.task_models import mapped_nodes
from flake8_bgtasks.semantics.values import enum_value, values
from flake8_bgtasks.semantics.vocabulary import names_status
from flake8_bgtasks.source import Definition, SourceFile


def models(source: SourceFile) -> Iterator[Model]:
    """Yield the mapped classes of a file."""
    for node in mapped_nodes(source):
        if isinstance(node, ast.ClassDef):
            found = Definition(source, node)
            own = frozenset(name for name, answer in columns(found).items() if answer is Column.YES)
            bases = frozenset(class_node(base).name for base in lineage(found).classes[1:] if _has_columns(base))
            statuses = tuple(_status_values(found, status_columns(own)))
            yield Model(place(source, node), node.name, own, statuses, bases)


def _has_columns(base: Definition) -> bool:
    return has_own_column(base) or (is_sqlmodel(base) and bool(fields(base)))


def vocabularies(source: SourceFile) -> Iterator[Vocabulary]:
    """Yield the enums and classes of constants that stand for the status of a task, by their names."""
    for found in classes(source):
        name = class_node(found).name
        if names_status(name) or names_status(name, "state"):
            known = members(found)
            if len(known) > 1:
                yield Vocabulary(place(source, found.node), name, known)


def members(found: Definition) -> tuple[str, ...]:
    """Return the values of an enum or of a class of constants; nothing for any other class."""
    enumerated = is_enum(found)
    if not enumerated and (is_mapped(found) or is_schema(found)):
        return ()
    known: dict[str, None] = {}
    for owner, name, binding in class_bindings(found):
        if binding.kind is not Kind.VALUE or binding.value is None or name.startswith("_"):
            continue
        if enumerated:
            options: tuple[object, ...] = (enum_value(found, name),)
        elif name.isupper():
            options = values(binding.value, top(owner.source))
        else:
            continue
        known.update((value, None) for value in options if isinstance(value, str))
    return tuple(known)


def _status_values(found: Definition, names: tuple[str, ...]) -> Iterator[str]:
    """Yield what the status of a mapped class can be: the members of the enums that its column names."""
    seen: set[str] = set()
    for owner, name, binding in class_bindings(found):
        if name not in names:
            continue
        for node in ast.walk(binding.node):
            options: tuple[str, ...] = ()
            if isinstance(node, ast.Name | ast.Attribute):
                options = tuple(value for one in resolve(node, top(owner.source)).classes for value in members(one))
            elif isinstance(node, ast.Subscript | ast.Call) and _is_choice(node):
                options = tuple(_strings(node))
            for value in options:
                if value not in seen:
                    seen.add(value)
                    yield value


def _is_choice(node: ast.Subscript | ast.Call) -> bool:
    head = node.value if isinstance(node, ast.Subscript) else node.func
    return getattr(head, "id", getattr(head, "attr", "")) in {"Literal", "Enum", "ENUM"}


def _strings(node: ast.Subscript | ast.Call) -> Iterator[str]:
    inside = node.args if isinstance(node, ast.Call) else [node.slice]
    for part in inside:
        for one in ast.walk(part):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield one.value


def place(source: SourceFile, node: ast.AST) -> Place:
    """Return where a node stands."""
    return Place(source.path or "", source.place(node)[0])
