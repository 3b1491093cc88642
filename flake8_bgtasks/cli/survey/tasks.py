"""Seeing task functions, with what they write and open, and the registries that name them."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.cli.survey import words
from flake8_bgtasks.cli.survey.following import Bounds, Reached, followed
from flake8_bgtasks.cli.survey.models import place
from flake8_bgtasks.cli.survey.seen import Registry, Task, Write
from flake8_bgtasks.evidence import Answer
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.matching.sessions import OpensSession
from flake8_bgtasks.matching.stores import is_stored
from flake8_bgtasks.semantics.calls import nodes_of
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.flows import FlowKind, flows
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.objects import about, owner_of
from flake8_bgtasks.semantics.reach import names_in
from flake8_bgtasks.semantics.scopes import scope_of
from flake8_bgtasks.semantics.task_functions import is_decorated_task, task_functions
from flake8_bgtasks.semantics.values import values
from flake8_bgtasks.semantics.words import words as words_of
from flake8_bgtasks.source import FunctionNode, SourceFile

PROVABLY = "a session factory"
"""What stands for a session that is opened with something of any name that provably is a factory."""

_FAR = Bounds(depth=3, frames=60)
_CLOSE = 1
"""How many calls away from a task a class is still what the task is about."""
_WRITES = frozenset({FlowKind.STORE, FlowKind.KEYWORD, FlowKind.ENTRY, FlowKind.SQL})
_COLUMNS = frozenset({*words.STARTED, *words.COMPLETED, *words.ERRORS})
_LISTING = frozenset({"registry", "models", "tasks", "jobs", "functions", "handlers"})


def seen(source: SourceFile, factories: frozenset[str], followed_names: frozenset[str] | None = None) -> Iterator[Task]:
    """Yield the task functions of a file: the units of the rules on tasks, were the file covered by them.

    What they do is worked out for those of the given names, for all without names.
    """
    for function in task_functions(source):
        is_followed = followed_names is None or function.name in followed_names
        reached = followed(source, function, _FAR) if is_followed else ()
        frames = tuple(one.frame for one in reached)
        owner = owner_of(source, function)
        name = f"{getattr(owner.node, 'name', '')}.{function.name}" if owner is not None else function.name
        yield Task(
            place(source, function),
            name,
            is_decorated_task(function, source),
            frozenset(names_in(tuple(one.frame for one in reached if one.depth <= _CLOSE))),
            tuple(sorted({write for one in reached for write in _writes(one)})),
            frozenset(_sessions(source, function, frames, factories) if frames else ()),
        )


def _writes(reached: Reached) -> Iterator[Write]:
    """Yield the columns that a piece of code writes."""
    frame, depth = reached
    for flow in flows(frame.source, frame.node):
        if flow.kind not in _WRITES:
            continue
        is_status = bool(words.status_columns(frozenset({flow.name})))
        if (is_status or flow.name in _COLUMNS) and is_stored(flow, frame):
            known = values(flow.value, frame) if is_status and flow.value is not None else ()
            texts = tuple(value for value in known if isinstance(value, str))
            yield Write(flow.name, _owner(flow.holder, frame), depth, texts)


def _owner(holder: ast.expr | None, frame: Frame) -> str:
    """Return the name of the class that is written to: of an object, or of the query that a method is called on."""
    while holder is not None:
        known = about(holder, frame)
        if known.definition is not None:
            return getattr(known.definition.node, "name", "")
        holder = holder.value if isinstance(holder, ast.Attribute) else None
    return ""


def _sessions(
    source: SourceFile, function: FunctionNode, frames: tuple[Frame, ...], factories: frozenset[str]
) -> Iterator[str]:
    if OpensSession("sessionmaker").find(Unit(source, function, frames)).answer is Answer.PRESENT:
        yield PROVABLY
    for frame in frames:
        for node in nodes_of(frame.source, frame.node):
            if isinstance(node, ast.Call) and (name := last_segment(node.func)) in factories:
                yield name


def registries(source: SourceFile) -> Iterator[Registry]:
    """Yield the dicts and lists, at module level or of a class, that are called like a registry and name things."""
    for statement in source.nodes(ast.Assign, ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        if len(targets) != 1 or not isinstance(targets[0], ast.Name) or statement.value is None:
            continue
        if _LISTING.isdisjoint(words_of(targets[0].id)):
            continue
        if isinstance(scope_of(source, statement), ast.Module | ast.ClassDef):
            entries = tuple(dict.fromkeys(_entries(statement.value)))
            if len(entries) > 1 or (entries and targets[0].id == "functions"):
                yield Registry(place(source, statement), targets[0].id, entries)


def _entries(display: ast.expr) -> Iterator[str]:
    """Yield the names that a display holds, in displays inside it too."""
    todo = [display]
    while todo:
        match todo.pop(0):
            case ast.Dict(values=inner) | ast.List(elts=inner) | ast.Tuple(elts=inner) | ast.Set(elts=inner):
                todo = [*inner, *todo]
            case ast.Call(args=[ast.Name() | ast.Attribute() as first, *_]):  # func(import_products, name="...")
                todo = [first, *todo]
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
