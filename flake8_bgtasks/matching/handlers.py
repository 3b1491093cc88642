"""Matchers for how a task meets its failures."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.evidence import ABSENT, UNKNOWN, Answer, Evidence
from flake8_bgtasks.matching.base import Unit, present
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import is_stub, nodes_of
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.names import resolve
from flake8_bgtasks.source import FUNCTIONS

TRIES = (ast.Try, getattr(ast, "TryStar", ast.Try))
"""`ast.TryStar` is there from Python 3.11 on."""
_EXITS = frozenset({"__exit__", "__aexit__"})
_BROAD = frozenset({"Exception", "BaseException", "BaseExceptionGroup", "ExceptionGroup"})


class Tries:
    """There is a ``try`` statement, or an ``__exit__``, which is one."""

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return "has no try statement"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        for frame in unit.frames:
            if _is_exit(frame):
                return present(frame, frame.node)
            for node in nodes_of(frame.source, frame.node):
                if isinstance(node, TRIES):
                    return present(frame, node)
        return ABSENT

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return False


class Handles:
    """There is a handler that can catch a failure of the work."""

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return "never catches Exception"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        best = ABSENT
        for frame in unit.frames:
            if _is_exit(frame):
                return present(frame, frame.node)
            for node in nodes_of(frame.source, frame.node):
                if not isinstance(node, ast.ExceptHandler) or only_raises(node):
                    continue
                answer = catches_failure(node, frame)
                if answer is Answer.PRESENT:
                    return present(frame, node)
                if answer is Answer.UNKNOWN:
                    best = UNKNOWN
        return best

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`: a handler of something unknown is an ``except`` all the same."""
        return True


def _is_exit(frame: Frame) -> bool:
    """Tell whether this is how a context manager is left, if it does anything there."""
    return isinstance(frame.node, FUNCTIONS) and frame.node.name in _EXITS and not is_stub(frame.node)


def only_raises(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler does nothing but raise what it caught again."""
    body = [statement for statement in handler.body if not _does_nothing(statement)]
    first = body[0] if body else None
    if not isinstance(first, ast.Raise):
        return False
    return first.exc is None or (isinstance(first.exc, ast.Name) and first.exc.id == handler.name)


def _does_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def catches_failure(handler: ast.ExceptHandler, frame: Frame) -> Answer:
    """Return whether a handler can catch a failure of the work."""
    if handler.type is None:
        return Answer.PRESENT
    answers = {_is_failure(expr, inner) for expr, inner in _caught(handler.type, frame)}
    if Answer.PRESENT in answers:
        return Answer.PRESENT
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.ABSENT


def _caught(types: ast.expr, frame: Frame) -> Iterator[tuple[ast.expr, Frame]]:
    """Yield the exception types of a handler: each of a tuple, also of a tuple with a name."""
    todo = [(types, frame)]
    seen = 0
    while todo and seen < 100:
        seen += 1
        expr, inner = todo.pop()
        match expr:
            case ast.Tuple() | ast.List():
                todo.extend((element, inner) for element in expr.elts)
            case ast.Starred():
                todo.append((expr.value, inner))
            case ast.Name():
                tuples = [
                    found for found in resolve(expr, inner).definitions if isinstance(found.node, ast.Tuple | ast.List)
                ]
                if tuples:
                    todo.extend((found.node, top(found.source)) for found in tuples)  # type: ignore[misc]  # displays
                else:
                    yield expr, inner
            case _:
                yield expr, inner


def _is_failure(expr: ast.expr, frame: Frame) -> Answer:
    """Tell whether catching this type can catch a failure of the work: everything, or an exception of the project."""
    target = resolve(expr, frame)
    if target.classes:
        return Answer.PRESENT
    for dotted in target.outside:
        if libraries.is_standard(dotted):
            if dotted.rpartition(".")[2] in _BROAD:
                return Answer.PRESENT
        elif libraries.may_be_project(dotted, frame.source):
            return Answer.UNKNOWN
    return Answer.ABSENT if target.outside else Answer.UNKNOWN
