"""The matcher for values that must not meet a status."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.matching.owners import TaskModels, is_other
from flake8_bgtasks.matching.triggers import StatusWord, is_pulled_by
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.semantics.meetings import meetings
from flake8_bgtasks.semantics.passed import passed_to_status
from flake8_bgtasks.semantics.scopes import Binding, bindings_of
from flake8_bgtasks.semantics.values import arms, values
from flake8_bgtasks.source import SourceFile


class Meets(NamedTuple):
    """The string `value` meets what is called `name`: the status of a task."""

    name: str
    value: str

    def find_all(self, source: SourceFile, models: TaskModels) -> Iterator[ast.AST]:
        """Yield each place where the value meets the status, except where it provably is something else's.

        A value that meets it as a variable, and once more where that variable is stored, is yielded where it is written.
        """
        if not is_pulled_by(source, StatusWord(self.name, (self.value,))):
            return
        met = [
            meeting.node
            for meeting in (*meetings(source, self.name), *passed_to_status(source, self.name, self.value))
            if self.value in meeting.values and not is_other(meeting, self.name, source, models)
        ]
        yield from _where_written(met, self.value, source)


def _where_written(met: list[ast.AST], value: str, source: SourceFile) -> Iterator[ast.AST]:
    """Yield the places, but no variable that only brings the value from others of them: ``status = "processing"``."""
    places = frozenset(met)
    brings_from_places: dict[tuple[ast.AST | None, str], bool] = {}
    for node in met:
        if isinstance(node, ast.Name):
            bindings, scope = bindings_of(source, node, node.id)
            variable = (scope, node.id)
            if variable not in brings_from_places:
                bringing = _bringing(bindings, value, source)
                brings_from_places[variable] = bool(bringing) and places.issuperset(bringing)
            if brings_from_places[variable]:
                continue
        yield node


def _bringing(bindings: tuple[Binding, ...], value: str, source: SourceFile) -> list[ast.expr]:
    """Return the expressions by which a variable comes to the value."""
    frame = top(source)
    given = (arm for binding in bindings if binding.value is not None for arm in arms(binding.value))
    return [arm for arm in given if value in values(arm, frame)]


def legacy_values(description: str) -> dict[str, str]:
    """Return the values that a description says to replace, with what to write instead.

    >>> legacy_values('Legacy values:\\n- "passed" -> "completed"\\n')
    {'passed': 'completed'}
    """
    return dict(re.findall(r'"(\w+)"\s*->\s*"(\w+)"', description))
