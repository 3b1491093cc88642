"""Matchers for what a task model has."""

import ast
from typing import NamedTuple

from flake8_bgtasks.evidence import ABSENT, UNKNOWN, Answer, Evidence
from flake8_bgtasks.matching.base import Unit, present
from flake8_bgtasks.semantics.columns import Column, ColumnAt, columns, has_unknown_base, table_columns
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.semantics.words import continues
from flake8_bgtasks.source import Definition


class HasColumn(NamedTuple):
    """The class has a column of this name; unless `exact`, a name that continues it serves too."""

    name: str
    exact: bool = False

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"has no {self.name} column"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        if isinstance(unit.node, ast.Module):
            return self._find_in_classes(unit)
        if not isinstance(unit.node, ast.ClassDef):
            return self._find_in_table(unit)
        definition = Definition(unit.source, unit.node)
        answers = {answer: name for name, answer in columns(definition).items() if self.names(name)}
        if Column.YES in answers:
            return Evidence(Answer.PRESENT, ColumnAt(definition, answers[Column.YES]))
        if Column.UNKNOWN in answers or (not answers and has_unknown_base(definition)):
            return UNKNOWN
        return ABSENT

    def _find_in_classes(self, unit: Unit) -> Evidence:
        """A whole file has it where one of its classes has."""
        found = [self.find(Unit.single(unit.source, node)) for node in unit.source.nodes(ast.ClassDef)]
        return next((evidence for evidence in found if evidence.answer is Answer.PRESENT), ABSENT)

    def _find_in_table(self, unit: Unit) -> Evidence:
        assert isinstance(unit.node, ast.expr)
        if any(self.names(name) for name in table_columns(unit.node, top(unit.source))):
            return present(unit.frames[0], unit.node)
        return ABSENT

    def names(self, name: str) -> bool:
        """Tell whether a column of this name is meant."""
        return name == self.name if self.exact else continues(name, self.name)

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return unit.has_identifier(self.name)
