"""Where the definition of a status names its values: a column's default, an enum's members, a ``Literal``."""

import ast
import re
from collections.abc import Iterator

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.classes import called_names, is_dataclass, is_enum, is_mapped, is_schema, is_string_enum
from flake8_bgtasks.semantics.columns import is_table
from flake8_bgtasks.semantics.comparisons import among
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.enums import made_members
from flake8_bgtasks.semantics.frames import Argument, Frame, top
from flake8_bgtasks.semantics.meeting import NOBODY, Meeting, Owner, at
from flake8_bgtasks.semantics.names import resolve
from flake8_bgtasks.semantics.scopes import scope_of
from flake8_bgtasks.semantics.values import member_value, values
from flake8_bgtasks.semantics.vocabulary import names_status
from flake8_bgtasks.source import Definition, SourceFile

_DEFAULTED = frozenset({"Query", "Field", "Form", "Body", "Param", "Path", "Header", "Cookie"})
_ENUMS = frozenset({"Enum", "ENUM", "ChoiceType"})
_DEFAULTS = frozenset({"default", "server_default", "insert_default"})
_SQL_TEXT = re.compile(r"\s*'((?:[^']|'')*)'(?:\s*::[\w\s()]+)?\s*")


def declarations(frame: Frame, status: str) -> Iterator[Meeting]:
    """Yield the values that the definitions of a file give to what is called `status`."""
    for node in frame.source.nodes(ast.ClassDef):
        if names_status(node.name, status):
            around = scope_of(frame.source, node)
            yield from _members(node, frame, Owner(body=around if isinstance(around, ast.ClassDef) else None))
    for call in frame.source.nodes(ast.Call):
        yield from _core_column(call, status, frame)
    yield from _literals(frame, status)


def is_declaration(func: ast.expr | None, frame: Frame) -> bool:
    """Tell whether what is called declares a parameter or a field: ``Query``, ``Field`` and the like."""
    return func is not None and bool(called_names(ast.Call(func, [], []), frame) & _DEFAULTED)


def data_class_around(source: SourceFile, default: ast.expr) -> ast.ClassDef | None:
    """The class whose method has this default, where the class is one of data: only there the default is its own."""
    scope = scope_of(source, default)
    if not isinstance(scope, ast.ClassDef):
        return None
    definition = Definition(source, scope)
    return scope if is_mapped(definition) or is_schema(definition) or is_dataclass(definition) else None


def declared(value: ast.expr, frame: Frame, owner: Owner) -> Iterator[Meeting]:
    """Yield the meetings of a value with a status, or of the defaults where a call declares a column or a parameter."""
    while isinstance(value, ast.Call) and called_names(value, frame) & _DEFAULTED:
        given = [keyword.value for keyword in value.keywords if keyword.arg in {"default", "sa_column"}]
        given = given or value.args[:1]
        if not given:
            return
        value = given[0]
    names = called_names(value, frame) if isinstance(value, ast.Call) else set()
    if isinstance(value, ast.Call) and names & (libraries.COLUMN_CALLS | libraries.COLUMN_WRAPPERS):
        yield from _column_defaults(value, frame, owner)
    elif (made := made_members(value, frame)) is not None:
        for one in made:
            named = frozenset({member_value(one.name, one.value, frame) if one.value else one.name.lower()})
            yield Meeting(one.written, named, owner.holders, body=owner.body)
    elif isinstance(value, ast.Call) and names & _ENUMS:
        yield from _enum_arguments(value, frame, owner)
    else:
        yield from at(value, frame, owner)


def _column_defaults(column: ast.Call, frame: Frame, owner: Owner) -> Iterator[Meeting]:
    for keyword in column.keywords:
        if keyword.arg not in _DEFAULTS:
            continue
        for meeting in at(keyword.value, frame, owner):
            is_sql = keyword.arg == "server_default"
            yield meeting._replace(values=frozenset(map(_unquoted, meeting.values))) if is_sql else meeting
    for part in (*column.args, *(keyword.value for keyword in column.keywords)):
        for inner in ast.walk(part):
            if isinstance(inner, ast.Call) and called_names(inner, frame) & _ENUMS:
                yield from _enum_arguments(inner, frame, owner)
        if isinstance(part, ast.Name | ast.Attribute) and not names_status(last_segment(part) or ""):
            yield from _named_type(part, frame, owner)


def _named_type(name: ast.expr, frame: Frame, owner: Owner) -> Iterator[Meeting]:
    """Yield the values of an ``Enum("pending", ...)`` that has a name, at the name: ``Column(status_type)``."""
    for found in resolve(name, frame).definitions:
        inner = top(found.source)
        if isinstance(found.node, ast.Call) and called_names(found.node, inner) & _ENUMS:
            met = [value for one in _enum_arguments(found.node, inner, owner) for value in one.values]
            yield Meeting(name, frozenset(met), owner.holders, body=owner.body)


def _unquoted(value: object) -> object:
    """A server default may be SQL: ``text("'processing'::varchar")``."""
    found = _SQL_TEXT.fullmatch(value) if isinstance(value, str) else None
    return found[1] if found else value


def _enum_arguments(call: ast.Call, frame: Frame, owner: Owner) -> Iterator[Meeting]:
    """Yield the values of ``Enum("pending", "processing")``, or of ``Enum("JobStatus", {"A": "processing"})``."""
    for argument in call.args:
        match argument:
            case ast.Constant():
                yield from at(argument, frame, owner)
            case ast.Starred(value=collection) | collection:
                yield from among(collection, frame, owner)


def _core_column(call: ast.Call, status: str, frame: Frame) -> Iterator[Meeting]:
    """``Column("status", String, default="processing")`` in a core table, whose name is its first argument."""
    match call.args:
        case [ast.Constant(value=str(name)), *_] if names_status(name, status):
            around = frame.source.parent(call)
            if isinstance(around, ast.Call) and called_names(call, frame) & libraries.COLUMN_CALLS:
                yield from _column_defaults(call, frame, Owner(body=around if is_table(around, frame) else None))


def _members(node: ast.ClassDef, frame: Frame, owner: Owner) -> Iterator[Meeting]:
    """Yield the values that a status enum, or a class of constants, defines; it may be a part of its owner."""
    definition = Definition(frame.source, node)
    enumerated = is_enum(definition)
    for statement in node.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                if name.startswith("_"):
                    continue
                if enumerated:
                    yield from (one._replace(body=owner.body) for one in _member(name, value, definition, frame))
                else:
                    yield from at(value, frame, owner)


def _member(name: str, value: ast.expr, definition: Definition, frame: Frame) -> Iterator[Meeting]:
    if isinstance(value, ast.Call) and last_segment(value.func) == "auto":
        if is_string_enum(definition):
            yield Meeting(value, frozenset({name.lower()}))
        return
    shown = value.elts[0] if isinstance(value, ast.Tuple) and value.elts else value
    if all(isinstance(one, str) for one in values(shown, frame)):
        yield Meeting(shown, frozenset({member_value(name, shown, frame)}))


def _literals(frame: Frame, status: str) -> Iterator[Meeting]:
    """Yield the values of ``Literal[...]`` where it annotates a status or is an alias called like one."""
    source = frame.source
    for annotated in source.nodes(ast.AnnAssign):
        name = last_segment(annotated.target)
        if name and names_status(name, status):
            scope = scope_of(source, annotated)
            owner = Owner(body=scope if isinstance(scope, ast.ClassDef) else None)
            if isinstance(annotated.target, ast.Attribute):
                owner = Owner((Argument(annotated.target.value, frame),))
            for expr in (annotated.annotation, annotated.value):
                yield from _in_literal(expr, frame, owner)
    for argument in source.nodes(ast.arg):
        if names_status(argument.arg, status):
            yield from _in_literal(argument.annotation, frame)
    for assigned in source.nodes(ast.Assign):
        if any(isinstance(target, ast.Name) and names_status(target.id, status) for target in assigned.targets):
            yield from _in_literal(assigned.value, frame)
    for alias in source.nodes(getattr(ast, "TypeAlias", ast.Interactive)):  # pragma: no cover  # from Python 3.12 on
        if names_status(alias.name.id, status):
            yield from _in_literal(alias.value, frame)


def _in_literal(expr: ast.expr | None, frame: Frame, owner: Owner = NOBODY) -> Iterator[Meeting]:
    if expr is None or isinstance(expr, ast.Call):
        return
    for node in ast.walk(expr):
        if isinstance(node, ast.Subscript) and last_segment(node.value) == "Literal":
            elements = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            for element in elements:
                yield from at(element, frame, owner)
