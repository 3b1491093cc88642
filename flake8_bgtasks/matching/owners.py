"""Whose status it is: whether a meeting provably is with the status of something that is no background task."""

import ast
from collections.abc import Iterator
from typing import Protocol

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.classes import class_node, classes, is_mapped
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.flows import enclosing_calls, is_log
from flake8_bgtasks.semantics.frames import Argument, Frame, top
from flake8_bgtasks.semantics.meeting import Meeting
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import resolve, resolve_text
from flake8_bgtasks.semantics.objects import about
from flake8_bgtasks.semantics.requests import is_client_name, is_payload, is_response
from flake8_bgtasks.semantics.scopes import Kind, bindings_of, scopes
from flake8_bgtasks.semantics.vocabulary import has_task_word, names_status
from flake8_bgtasks.semantics.words import words
from flake8_bgtasks.source import Definition, SourceFile

_SERVICE = "another service"
_FILLED = frozenset({"update", "setdefault", "pop", "copy"})


class TaskModels(Protocol):
    """Which classes the loaded rules know as task models."""

    def include(self, definition: Definition) -> bool:
        """Tell whether the class is a task model."""
        ...


def is_other(meeting: Meeting, status: str, source: SourceFile, models: TaskModels) -> bool:
    """Tell whether the status provably belongs to something that is no background task."""
    return why_other(meeting, status, source, models) is not None


def why_other(meeting: Meeting, status: str, source: SourceFile, models: TaskModels) -> str | None:
    """Return what the status belongs to if that is provably no background task: ``Order, which is no task model``."""
    frame = top(source)
    if is_payload(meeting.node, frame):
        return _SERVICE
    if _is_told(meeting.node, source):
        return "a log, a metric or a trace"
    reason = None
    if meeting.body is not None:
        reason = _other_body(meeting.body, status, source, models)
    if reason is None and meeting.table is not None:
        reason = _other_table(meeting.table, status, source, models)
    for row in meeting.rows:
        reason = reason or _other_row(row, status, models)
    for holder in meeting.holders:
        reason = reason or _other_holder(holder, status, models)
    return reason or _goes_elsewhere(meeting.node, frame, status, models)


def _is_told(node: ast.AST, source: SourceFile) -> bool:
    """Tell whether the value is what a log, a metric or a trace is told: ``finished.labels(status=V)``."""
    around = source.parent(node)
    if not isinstance(around, ast.keyword | ast.Dict):
        return False
    return isinstance(node, ast.expr) and any(is_log(call) for call in enclosing_calls(source, node))


def _other_class(definition: Definition, status: str, models: TaskModels) -> str | None:
    name = class_node(definition).name
    if has_task_word(name) or names_status(name, status) or models.include(definition):
        return None
    return f"{name}, which is no task model"


def _other_body(body: ast.AST, status: str, source: SourceFile, models: TaskModels) -> str | None:
    """Return the class, or the core table, of which the status is a part, if it is none of a background task."""
    definition = Definition(source, body)
    if isinstance(body, ast.ClassDef):
        return _other_class(definition, status, models)
    match body:
        case ast.Call(args=[ast.Constant(value=str(name)), *_]):
            is_of_task = has_task_word(name) or models.include(definition)
            return None if is_of_task else f"the table {name}, which is no task model"
    return None


def _other_table(table: str, status: str, source: SourceFile, models: TaskModels) -> str | None:
    for definition in _mapped_classes(source):
        if _table_name(definition) == table:
            return _other_class(definition, status, models)
    return None


def _table_name(definition: Definition) -> str | None:
    for statement in class_node(definition).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="__tablename__")], value=ast.Constant(value=str(name))):
                return name
    return class_node(definition).name.lower()


@memoized
def _mapped_classes(source: SourceFile) -> tuple[Definition, ...]:
    """The mapped classes that the file defines, imports, or names in another way: ``models.Order``."""
    bound = [names for names in scopes(source).bindings.values()]
    imported = {name for names in bound for name, ways in names.items() if any(way.kind is Kind.IMPORT for way in ways)}
    found = [found for name in imported for found in resolve_text(name, top(source)).classes]
    for node in source.nodes(ast.Name, ast.Attribute):
        if (last_segment(node) or "")[:1].isupper():
            found.extend(resolve(node, Frame(source, node)).classes)
    return tuple(definition for definition in dict.fromkeys((*classes(source), *found)) if is_mapped(definition))


def _other_row(row: Argument, status: str, models: TaskModels) -> str | None:
    definition = about(row.value, row.frame).definition
    if definition is not None:
        return _other_class(definition, status, models) if is_mapped(definition) else None
    return _named_after_model(row.value, row.frame.source, status, models)


def _other_holder(held: Argument, status: str, models: TaskModels) -> str | None:
    holder, frame = held
    if is_response(holder, frame):
        return _SERVICE
    holder = _holder_object(holder, frame)
    known = about(holder, frame)
    if known.definition is not None:
        return _other_class(known.definition, status, models)
    if is_client_name(known.outside) or libraries.package(known.outside) in libraries.SERVICES:
        return _SERVICE
    return _named_after_model(holder, frame.source, status, models)


def _holder_object(holder: ast.expr, frame: Frame) -> ast.expr:
    """For the function of a call, ``db.query(Order).filter_by``, the object it is a method of, unless it is a class."""
    if isinstance(holder, ast.Attribute) and isinstance(frame.source.parent(holder), ast.Call):
        if about(holder, frame).definition is None:
            return holder.value
    return holder


def _named_after_model(holder: ast.expr, source: SourceFile, status: str, models: TaskModels) -> str | None:
    """Return the mapped class that a variable or an attribute is called like, if it is no task model: ``order``."""
    called = last_segment(holder) or ""
    name = words(called)
    if not name or has_task_word(called):
        return None
    for definition in _mapped_classes(source):
        if words(class_node(definition).name) == name:
            return _other_class(definition, status, models)
    elsewhere = [definition for definition in _called_so(name, source) if is_mapped(definition)]
    reasons = [_other_class(definition, status, models) for definition in elsewhere]
    return reasons[0] if reasons and all(reasons) else None


def _called_so(name: tuple[str, ...], source: SourceFile) -> Iterator[Definition]:
    """Yield the classes of the project that are called so, in words, wherever they are."""
    for module in source.facts.modules_with_class(name, source):
        yield from (definition for definition in classes(module) if words(class_node(definition).name) == name)


def _goes_elsewhere(node: ast.AST, frame: Frame, status: str, models: TaskModels) -> str | None:
    """Return where the value goes to if it stands in a dict that only goes to requests and to other classes."""
    variable = _dict_variable(node, frame.source)
    if variable is None:
        return None
    first = None
    for use in (use for use in _uses(variable, frame.source) if not _is_filled(use, frame.source)):
        reason = _other_use(use, frame, status, models)
        if reason is None:
            return None
        first = first or reason
    return first


def _dict_variable(node: ast.AST, source: SourceFile) -> ast.Name | None:
    """Return the variable that a dict with this value is assigned to, as ``{"status": V}`` or ``dict(status=V)``."""
    match next((around for around in source.ancestors(node) if not _is_part_of_dict(around)), None):
        case ast.Assign(targets=[ast.Name() as variable]) | ast.AnnAssign(target=ast.Name() as variable):
            return variable
    return None


def _is_part_of_dict(node: ast.AST) -> bool:
    match node:
        case ast.Dict() | ast.keyword() | ast.Call(func=ast.Name(id="dict")):
            return True
    return False


def _uses(variable: ast.Name, source: SourceFile) -> tuple[ast.Name, ...]:
    _, scope = bindings_of(source, variable, variable.id)
    return _reads(source).get((scope, variable.id), ())


@memoized
def _reads(source: SourceFile) -> dict[tuple[ast.AST | None, str], tuple[ast.Name, ...]]:
    """Return the places where each variable is read, by the scope that binds it."""
    found: dict[tuple[ast.AST | None, str], list[ast.Name]] = {}
    for name in source.nodes(ast.Name):
        if isinstance(name.ctx, ast.Load):
            found.setdefault((bindings_of(source, name, name.id)[1], name.id), []).append(name)
    return {variable: tuple(names) for variable, names in found.items()}


def _is_filled(use: ast.Name, source: SourceFile) -> bool:
    """Tell whether something is put into the dict there: ``payload["x"] = 1``, ``payload.update(x=1)``."""
    around = source.parent(use)
    match around:
        case ast.Subscript(ctx=ast.Store()):
            return around.value is use
        case ast.Attribute(attr=method):
            return method in _FILLED
    return False


def _other_use(use: ast.Name, frame: Frame, status: str, models: TaskModels) -> str | None:
    if is_payload(use, frame):
        return _SERVICE
    call = frame.source.parent(use)
    if isinstance(call, ast.keyword):
        call = frame.source.parent(call)
    return _other_holder(Argument(call.func, frame), status, models) if isinstance(call, ast.Call) else None
