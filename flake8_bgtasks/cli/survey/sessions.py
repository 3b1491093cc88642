"""Seeing what gives database sessions."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.cli.survey.models import place
from flake8_bgtasks.cli.survey.seen import Factory
from flake8_bgtasks.matching.sessions import is_session_factory
from flake8_bgtasks.semantics.calls import nodes_of
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.scopes import scope_of
from flake8_bgtasks.semantics.words import words
from flake8_bgtasks.source import FunctionNode, SourceFile

FACTORY, CONTEXT, DEPENDENCY = "session factory", "context manager", "dependency"

_CONTEXTS = frozenset({"contextmanager", "asynccontextmanager"})
_ABOUT_SESSIONS = frozenset({"session", "sessions", "db", "database", "sessionmaker", "uow"})


def factories(source: SourceFile) -> Iterator[Factory]:
    """Yield the session factories of a file, its context managers that give a session, and its dependencies."""
    for statement in source.nodes(ast.Assign, ast.AnnAssign):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        name, value = last_segment(target), statement.value
        if name is None or not isinstance(scope_of(source, statement), ast.Module | ast.ClassDef):
            continue
        if isinstance(value, ast.Call) and is_session_factory(value, top(source)):
            yield Factory(place(source, statement), name, FACTORY)
    for function in source.functions():
        if _ABOUT_SESSIONS.isdisjoint(words(function.name)) or not _yields(function, source):
            continue
        decorators = {last_segment(one.func if isinstance(one, ast.Call) else one) for one in function.decorator_list}
        if decorators & _CONTEXTS:
            yield Factory(place(source, function), function.name, CONTEXT)
        elif not decorators and isinstance(scope_of(source, function), ast.Module):
            yield Factory(place(source, function), function.name, DEPENDENCY)


def _yields(function: FunctionNode, source: SourceFile) -> bool:
    """Tell whether a function is a generator that yields something called like a session."""
    for node in nodes_of(source, function):
        if isinstance(node, ast.Yield) and node.value is not None:
            name = last_segment(node.value)
            if name is not None and not _ABOUT_SESSIONS.isdisjoint(words(name)):
                return True
            if isinstance(node.value, ast.Call) and is_session_factory(node.value.func, Frame(source, function)):
                return True
    return False
