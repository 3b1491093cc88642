"""The matcher for values that must not meet a status, and for whose status it is."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.classes import class_node, classes, is_mapped
from flake8_bgtasks.semantics.flows import is_http_payload
from flake8_bgtasks.semantics.meeting import Meeting
from flake8_bgtasks.semantics.meetings import meetings
from flake8_bgtasks.semantics.names import Argument, Frame
from flake8_bgtasks.semantics.objects import about
from flake8_bgtasks.semantics.passed import passed_to_status
from flake8_bgtasks.semantics.scopes import Kind, bindings_of
from flake8_bgtasks.semantics.vocabulary import has_task_word, names_status
from flake8_bgtasks.semantics.words import words
from flake8_bgtasks.source import Definition, SourceFile

MAX_DEPTH = 6


class TaskModels(Protocol):
    """Which classes the loaded rules know as task models."""

    def include(self, definition: Definition) -> bool:
        """Tell whether the class is a task model."""
        ...


@dataclass(frozen=True)
class Meets:
    """The string `value` meets what is called `name`: the status of a task."""

    name: str
    value: str

    def find_all(self, source: SourceFile, models: TaskModels) -> Iterator[ast.AST]:
        """Yield each place where the value meets the status, except where it provably is something else's."""
        if not source.mentions(self.name):
            return
        for meeting in (*meetings(source, self.name), *passed_to_status(source, self.name, self.value)):
            if self.value in meeting.values and not _is_other(meeting, self.name, source, models):
                yield meeting.node


def _is_other(meeting: Meeting, status: str, source: SourceFile, models: TaskModels) -> bool:
    """Tell whether the status provably belongs to something that is no background task."""
    if is_http_payload(source, meeting.node):
        return True
    if meeting.body is not None and _is_other_body(meeting.body, status, source, models):
        return True
    if meeting.table is not None and _is_other_table(meeting.table, source, models):
        return True
    if any(_is_other_row(row, status, models) for row in meeting.rows):
        return True
    return any(_is_other_holder(holder, status, models) for holder in meeting.holders)


def _is_other_body(body: ast.AST, status: str, source: SourceFile, models: TaskModels) -> bool:
    """Tell whether a class, or a core table by its name, is none of a background task."""
    if isinstance(body, ast.ClassDef):
        return _is_other_class(Definition(source, body), status, models)
    match body:
        case ast.Call(args=[ast.Constant(value=str(name)), *_]):
            return not has_task_word(name)
    return False


def _is_other_row(row: Argument, status: str, models: TaskModels) -> bool:
    definition = about(row.value, row.frame).definition
    return definition is not None and is_mapped(definition) and _is_other_class(definition, status, models)


def _is_other_class(definition: Definition, status: str, models: TaskModels) -> bool:
    name = class_node(definition).name
    return not (has_task_word(name) or names_status(name, status) or models.include(definition))


def _is_other_table(table: str, source: SourceFile, models: TaskModels) -> bool:
    for definition in classes(source):
        if is_mapped(definition) and _table_name(definition) == table:
            return _is_other_class(definition, "status", models)
    return False


def _table_name(definition: Definition) -> str | None:
    for statement in class_node(definition).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="__tablename__")], value=ast.Constant(value=str(name))):
                return name
    return class_node(definition).name.lower()


def _is_other_holder(held: Argument, status: str, models: TaskModels) -> bool:
    holder, frame = held
    if is_http_response(holder, frame):
        return True
    known = about(_holder_object(holder, frame), frame)
    if known.definition is not None:
        return _is_other_class(known.definition, status, models)
    if known.outside:
        return libraries.package(known.outside) in libraries.HTTP_LIBRARIES
    return isinstance(holder, ast.Name) and _is_named_after_model(holder.id, frame.source, status, models)


def _holder_object(holder: ast.expr, frame: Frame) -> ast.expr:
    """For the function of a call, ``db.query(Order).filter_by``, the object it is a method of, unless it is a class."""
    if isinstance(holder, ast.Attribute) and about(holder, frame).definition is None:
        return holder.value
    return holder


def _is_named_after_model(name: str, source: SourceFile, status: str, models: TaskModels) -> bool:
    """Tell whether a variable is called like a mapped class that is no task model: ``order``."""
    for definition in classes(source):
        if words(class_node(definition).name) == words(name) and is_mapped(definition):
            return _is_other_class(definition, status, models)
    return False


def is_http_response(expr: ast.expr, frame: Frame, depth: int = 0) -> bool:
    """Tell whether an expression comes out of an HTTP client's response: ``client.get("/jobs").json()``."""
    if depth > MAX_DEPTH:
        return False
    match expr:
        case ast.Await(value=inner) | ast.Subscript(value=inner) | ast.NamedExpr(value=inner):
            return is_http_response(inner, frame, depth + 1)
        case ast.Call(func=ast.Attribute(attr=attribute, value=inner)):
            if attribute in libraries.HTTP_METHODS and expr.args and _is_address(expr.args[0]):
                return True
            return is_http_response(inner, frame, depth + 1)
        case ast.Name():
            bindings, _ = bindings_of(frame.source, expr, expr.id)
            kinds = {Kind.VALUE, Kind.CONTEXT, Kind.ELEMENT}
            valued = [binding.value for binding in bindings if binding.kind in kinds and binding.value is not None]
            return bool(valued) and all(is_http_response(value, frame, depth + 1) for value in valued)
    return False


def _is_address(expr: ast.expr) -> bool:
    """Tell whether an argument is a URL or a path: that is how an HTTP client's ``get`` differs from a dict's."""
    if isinstance(expr, ast.JoinedStr):
        return not expr.values or not isinstance(expr.values[0], ast.Constant) or _is_address(expr.values[0])
    if isinstance(expr, ast.BinOp):
        return _is_address(expr.left)
    return isinstance(expr, ast.Constant) and isinstance(expr.value, str) and expr.value.startswith(("/", "http"))


def legacy_values(description: str) -> dict[str, str]:
    """Return the values that a description says to replace, with what to write instead.

    >>> legacy_values('Legacy values:\\n- "passed" -> "completed"\\n')
    {'passed': 'completed'}
    """
    return dict(re.findall(r'"(\w+)"\s*->\s*"(\w+)"', description))
