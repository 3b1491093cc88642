"""All families on one file at once: what flake8 runs one by one, for whoever asks about a file without flake8."""

from typing import NamedTuple, Protocol

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.checkers.api import ApiChecker
from flake8_bgtasks.checkers.base import FamilyChecker
from flake8_bgtasks.checkers.frontend import FrontendChecker
from flake8_bgtasks.checkers.generic import GenericChecker
from flake8_bgtasks.checkers.models import ModelsChecker
from flake8_bgtasks.checkers.status import StatusChecker
from flake8_bgtasks.checkers.tasks import TasksChecker
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation

CHECKERS: tuple[type[FamilyChecker], ...] = (
    ModelsChecker,
    StatusChecker,
    ApiChecker,
    TasksChecker,
    FrontendChecker,
    GenericChecker,
)


class Rules(Protocol):
    """Where the rules for a file come from: a `Catalogue`, or a `Session` with its threshold."""

    def covering(self, family: Family, path: str | None) -> tuple[CompiledRule, ...]:
        """Return the rules of a family that cover this path."""
        ...


class Found(NamedTuple):
    """A violation, and the rule that found it."""

    violation: Violation
    rule: CompiledRule


def find(source: SourceFile, rules: Rules) -> list[Found]:
    """Return what all families find in one file, in the order of the file; a fault of ours is raised."""
    found = [
        Found(violation, rule)
        for checker in CHECKERS
        for rule in rules.covering(checker.family, source.path)
        for violation in checker.check(rule, source)
    ]
    return sorted(found, key=lambda one: one.violation)
