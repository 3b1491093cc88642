"""Rules in the form in which they are asked about files: globs and matchers in the place of texts."""

import ast
import re
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from flake8_bgtasks.javascript.naming import PAGE, SCRIPT_SUFFIXES
from flake8_bgtasks.matching.antipatterns import AntiMatcher
from flake8_bgtasks.matching.api import Starts
from flake8_bgtasks.matching.base import Matcher, Unit, is_met
from flake8_bgtasks.matching.references import References
from flake8_bgtasks.matching.returns import Returns
from flake8_bgtasks.rules.globs import Glob
from flake8_bgtasks.rules.model import Family, Rule
from flake8_bgtasks.semantics.task_models import select
from flake8_bgtasks.source import Definition

if TYPE_CHECKING:  # a run without scripts does not load their readers
    from flake8_bgtasks.javascript.rules import PageAntiPattern, PageRequirement

Globs = tuple[Glob, ...] | None
"""Which files are meant; None for every file."""


def any_matches(globs: Globs, path: str | None) -> bool:
    """Tell whether a file is meant; code that belongs to no file only where every file is."""
    if globs is None:
        return True
    if path is not None:
        for glob in globs:
            if glob.matches(path):
                return True
    return False


class CompiledRequirement(NamedTuple):
    """One entry of ``patterns``, with a matcher for each of its snippets."""

    globs: Globs
    classes: tuple[str, ...] = ()
    endpoint_pattern: re.Pattern[str] | None = None
    when: tuple[Starts | Matcher, ...] = ()
    all_of: tuple[Matcher, ...] = ()
    one_of: tuple[Matcher, ...] = ()
    references: tuple[References, ...] = ()
    returns: tuple[Returns, ...] = ()
    should_match: AntiMatcher | None = None
    read_page: "Callable[[], PageRequirement] | None" = None
    """Returns what a frontend rule asks of JavaScript; the other fields are about Python."""

    @property
    def page(self) -> "PageRequirement | None":
        """What a frontend rule asks of JavaScript, which is read when somebody asks: most runs have no script."""
        return self.read_page() if self.read_page is not None else None

    def covers(self, path: str | None) -> bool:
        """Tell whether the requirement is bound to this file, or to none."""
        return any_matches(self.globs, path)

    def is_asked(self, unit: Unit) -> bool:
        """Tell whether a unit has what the requirement depends on, if it depends on anything."""
        return not self.when or any(
            condition.find_name(unit) is not None if isinstance(condition, Starts) else is_met(condition, unit)
            for condition in self.when
        )


class CompiledAntiPattern(NamedTuple):
    """One entry of ``anti_patterns``."""

    matcher: AntiMatcher | None
    """What is forbidden in Python; None where it is JavaScript."""
    message: str
    globs: Globs = None
    read_page: "Callable[[], PageAntiPattern] | None" = None

    @property
    def page(self) -> "PageAntiPattern | None":
        """What a frontend rule forbids in JavaScript, which is read when somebody asks."""
        return self.read_page() if self.read_page is not None else None

    def covers(self, path: str | None) -> bool:
        """Tell whether the anti-pattern is bound to this file, or to none."""
        return any_matches(self.globs, path)


class CompiledRule:
    """One rule, ready to be asked about a file."""

    def __init__(
        self,
        rule: Rule,
        requirements: tuple[CompiledRequirement, ...],
        anti_patterns: tuple[CompiledAntiPattern, ...],
        exclude: tuple[Glob, ...],
        models: "TaskModelIndex",
    ) -> None:
        self.rule = rule
        self.requirements = requirements
        self.anti_patterns = anti_patterns
        self.exclude = exclude
        self.models = models

    def reads(self, path: str | None) -> bool:
        """Tell whether the rule is about files of this kind: JavaScript for the frontend, Python for all others."""
        return (path is not None and path.endswith(SCRIPT_SUFFIXES)) is (self.rule.family is Family.FRONTEND)

    def excludes(self, path: str | None) -> bool:
        """Tell whether the rule does not look at this file."""
        return any_matches(self.exclude, path)

    def requirements_for(self, path: str | None) -> tuple[CompiledRequirement, ...]:
        """Return the requirements that cover this file."""
        return tuple(requirement for requirement in self.requirements if requirement.covers(path))

    def anti_patterns_for(self, path: str | None) -> tuple[CompiledAntiPattern, ...]:
        """Return the anti-patterns that cover this file."""
        return tuple(anti_pattern for anti_pattern in self.anti_patterns if anti_pattern.covers(path))

    def entries_for(self, path: str | None) -> tuple[tuple[CompiledRequirement, ...], tuple[CompiledAntiPattern, ...]]:
        """Return the requirements and the anti-patterns that cover this file; nothing where the rule excludes it."""
        requirements, anti_patterns = self.requirements_for(path), self.anti_patterns_for(path)
        return ((), ()) if (requirements or anti_patterns) and self.excludes(path) else (requirements, anti_patterns)

    def covers(self, path: str | None) -> bool:
        """Tell whether the rule has anything to say of this file."""
        return any(self.entries_for(path))

    def speaks_of_a_place(self, text: str) -> bool:
        """Tell whether a finding that starts so is about a place in a file: an anti-pattern, or a call in a page."""
        if self.rule.family is Family.FRONTEND:
            return not text.startswith(PAGE)
        return any(" ".join(one.message.split()).startswith(text) for one in self.anti_patterns)

    def names(self, path: str) -> bool:
        """Tell whether a glob of the rule names this file."""
        return any(globs is not None and any_matches(globs, path) for globs in self._named) and not self.excludes(path)

    @property
    def globs(self) -> frozenset[Glob]:
        """All globs of the rule, of files that it looks at and of those that it does not."""
        return frozenset([*self.exclude, *(glob for globs in self._named for glob in globs or ())])

    @cached_property
    def _named(self) -> frozenset[Globs]:
        """The globs of all patterns, without those that several share."""
        return frozenset([*(one.globs for one in self.requirements), *(one.globs for one in self.anti_patterns)])


class ModelHome(NamedTuple):
    """Files with task models: those of these names, or else those that a file's classes and its name tell."""

    globs: Globs
    classes: tuple[str, ...] = ()


class TaskModelIndex(NamedTuple):
    """Which classes the loaded rules know as task models."""

    names: frozenset[str]
    homes: tuple[ModelHome, ...]

    def include(self, definition: Definition) -> bool:
        """Tell whether the class is a task model: named in the rules, or the one of a model rule's file.

        Where such a file is judged as a whole, since nothing tells which of its classes is meant, none of them is.
        """
        source, node = definition.source, definition.node
        if isinstance(node, ast.ClassDef) and node.name in self.names:
            return True
        selections = (
            select(source, self.names, home.classes) for home in self.homes if any_matches(home.globs, source.path)
        )
        return any(node in selection.nodes and not selection.as_whole for selection in selections)
