"""The rules, compiled once: what each snippet and regex stands for, and which rules cover which file."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from flake8_bgtasks.matching.antipatterns import AntiMatcher, MeetsStatus
from flake8_bgtasks.matching.api import Starts
from flake8_bgtasks.matching.base import Matcher
from flake8_bgtasks.matching.references import References
from flake8_bgtasks.matching.regexes import read_regex
from flake8_bgtasks.matching.returns import Returns
from flake8_bgtasks.matching.snippets import read_snippet
from flake8_bgtasks.matching.status import legacy_values
from flake8_bgtasks.rules.globs import Glob
from flake8_bgtasks.rules.model import AntiPattern, Family, Requirement, Rule, RuleSet
from flake8_bgtasks.semantics.task_models import select
from flake8_bgtasks.source import Definition


@dataclass(frozen=True)
class CompiledRequirement:
    """One entry of ``patterns``, with a matcher for each of its snippets."""

    glob: Glob | None
    endpoint_pattern: re.Pattern[str] | None = None
    when: tuple[Starts | Matcher, ...] = ()
    all_of: tuple[Matcher, ...] = ()
    one_of: tuple[Matcher, ...] = ()
    references: tuple[References, ...] = ()
    returns: tuple[Returns, ...] = ()
    should_match: AntiMatcher | None = None

    def covers(self, path: str | None) -> bool:
        """Tell whether the requirement is bound to this file, or to none."""
        return self.glob is None or (path is not None and self.glob.matches(path))


@dataclass(frozen=True)
class CompiledAntiPattern:
    """One entry of ``anti_patterns``; `globs` is None for every file."""

    matcher: AntiMatcher
    message: str
    globs: tuple[Glob, ...] | None = None

    def covers(self, path: str | None) -> bool:
        """Tell whether the anti-pattern is bound to this file, or to none."""
        return self.globs is None or (path is not None and any(glob.matches(path) for glob in self.globs))


@dataclass(frozen=True)
class CompiledRule:
    """One rule, ready to be asked about a file."""

    rule: Rule
    requirements: tuple[CompiledRequirement, ...]
    anti_patterns: tuple[CompiledAntiPattern, ...]
    exclude: tuple[Glob, ...]
    models: "TaskModelIndex"

    def excludes(self, path: str | None) -> bool:
        """Tell whether the rule does not look at this file."""
        return path is not None and any(glob.matches(path) for glob in self.exclude)

    def requirements_for(self, path: str | None) -> tuple[CompiledRequirement, ...]:
        """Return the requirements that cover this file."""
        return tuple(requirement for requirement in self.requirements if requirement.covers(path))

    def anti_patterns_for(self, path: str | None) -> tuple[CompiledAntiPattern, ...]:
        """Return the anti-patterns that cover this file."""
        return tuple(anti_pattern for anti_pattern in self.anti_patterns if anti_pattern.covers(path))

    def covers(self, path: str | None) -> bool:
        """Tell whether the rule has anything to say of this file."""
        return not self.excludes(path) and bool(self.requirements_for(path) or self.anti_patterns_for(path))

    def names(self, path: str) -> bool:
        """Tell whether a glob of the rule names this file."""
        globs = [requirement.glob for requirement in self.requirements]
        globs.extend(glob for anti_pattern in self.anti_patterns for glob in anti_pattern.globs or ())
        return not self.excludes(path) and any(glob is not None and glob.matches(path) for glob in globs)


@dataclass(frozen=True)
class TaskModelIndex:
    """Which classes the loaded rules know as task models."""

    names: frozenset[str]
    globs: tuple[Glob, ...]

    def include(self, definition: Definition) -> bool:
        """Tell whether the class is a task model: named in the rules, or one of a model rule's file."""
        if isinstance(definition.node, ast.ClassDef) and definition.node.name in self.names:
            return True
        path = definition.source.path
        if path is None or not any(glob.matches(path) for glob in self.globs):
            return False
        return definition.node in select(definition.source, self.names).nodes


class Catalogue:
    """All rules of a rules file, compiled."""

    def __init__(self, rules: RuleSet) -> None:
        models = TaskModelIndex(
            names=frozenset(name for rule in rules.rules for one in rule.requirements for name in one.must_reference),
            globs=tuple(dict.fromkeys(_globs(rule for rule in rules.rules if rule.family is Family.MODELS))),
        )
        legacy_files = tuple(
            dict.fromkeys(
                (
                    *_globs(rule for rule in rules.rules if rule.family in (Family.MODELS, Family.TASKS)),
                    *(
                        Glob(one.file)
                        for rule in rules.rules
                        for one in rule.requirements
                        if one.must_reference and one.file
                    ),
                )
            )
        )
        self._rules = tuple(_compile(rule, models, legacy_files) for rule in rules.rules)
        self._covering = lru_cache(maxsize=4096)(self._find_covering)

    def covering(self, family: Family, path: str | None) -> tuple[CompiledRule, ...]:
        """Return the rules of a family that have something to say of the file at `path`, None for no file's code."""
        return self._covering(family, path)

    def _find_covering(self, family: Family, path: str | None) -> tuple[CompiledRule, ...]:
        return tuple(compiled for compiled in self._rules if compiled.rule.family is family and compiled.covers(path))

    def names(self, path: str) -> bool:
        """Tell whether a rule names this file by a glob, and does not exclude it."""
        return any(compiled.names(path) for compiled in self._rules)

    def readings(self) -> Iterator[str]:
        """Yield in plain words how each snippet and regex was read, in the order of the rules."""
        for compiled in self._rules:
            rule = compiled.rule
            if rule.family is Family.FRONTEND:
                continue
            for requirement, read in zip(rule.requirements, compiled.requirements, strict=True):
                for snippets, matchers in (
                    (requirement.when_contains, read.when),
                    (requirement.must_contain, read.all_of),
                    (requirement.must_contain_one_of, read.one_of),
                    (requirement.must_reference, read.references),
                    (requirement.must_return, read.returns),
                ):
                    for snippet, matcher in zip(snippets, matchers, strict=True):
                        yield f"{rule.id} {snippet!r} -> {matcher}"
            for anti_pattern, forbidden in zip(rule.anti_patterns, compiled.anti_patterns, strict=False):
                yield f"{rule.id} /{anti_pattern.pattern}/ -> {forbidden.matcher}"
            for implied in compiled.anti_patterns[len(rule.anti_patterns) :]:
                yield f"{rule.id} (description) -> {implied.matcher}"


def _globs(rules: Iterator[Rule]) -> Iterator[Glob]:
    for rule in rules:
        yield from (Glob(requirement.file) for requirement in rule.requirements if requirement.file)


def _compile(rule: Rule, models: TaskModelIndex, legacy_files: tuple[Glob, ...]) -> CompiledRule:
    if rule.family is Family.FRONTEND:  # JavaScript, which no reader of Python can read
        return CompiledRule(rule, (), (), (), models)
    anti_patterns = tuple(_compile_anti_pattern(anti_pattern, rule) for anti_pattern in rule.anti_patterns)
    if rule.family is Family.STATUS:
        anti_patterns = (*anti_patterns, *_legacy(rule, anti_patterns, legacy_files))
    return CompiledRule(
        rule,
        tuple(_compile_requirement(requirement, rule.family) for requirement in rule.requirements),
        anti_patterns,
        tuple(Glob(text) for text in rule.exclude),
        models,
    )


def _compile_requirement(requirement: Requirement, family: Family) -> CompiledRequirement:
    def read(snippets: tuple[str, ...]) -> tuple[Matcher, ...]:
        return tuple(read_snippet(snippet, family) for snippet in snippets)

    conditions: tuple[Starts | Matcher, ...] = read(requirement.when_contains)
    if family is Family.API:
        conditions = tuple(Starts(snippet) for snippet in requirement.when_contains)
    return CompiledRequirement(
        glob=Glob(requirement.file) if requirement.file else None,
        endpoint_pattern=re.compile(requirement.endpoint_pattern) if requirement.endpoint_pattern else None,
        when=conditions,
        all_of=read(requirement.must_contain),
        one_of=read(requirement.must_contain_one_of),
        references=tuple(References(name) for name in requirement.must_reference),
        returns=tuple(Returns(key) for key in requirement.must_return),
        should_match=read_regex(requirement.should_match, family) if requirement.should_match else None,
    )


def _compile_anti_pattern(anti_pattern: AntiPattern, rule: Rule) -> CompiledAntiPattern:
    globs: tuple[Glob, ...] | None = None
    if anti_pattern.file:
        globs = (Glob(anti_pattern.file),)
    elif rule.requirements and all(requirement.file for requirement in rule.requirements):
        globs = tuple(_globs(iter((rule,))))
    message = anti_pattern.message or f"matches {anti_pattern.pattern}"
    return CompiledAntiPattern(read_regex(anti_pattern.pattern, rule.family), message, globs)


def _legacy(
    rule: Rule, written: tuple[CompiledAntiPattern, ...], files: tuple[Glob, ...]
) -> Iterator[CompiledAntiPattern]:
    """Yield anti-patterns for the values that the description says to replace and that no regex covers.

    They hold in the files of tasks only, since ``{"status": "error"}`` is ordinary elsewhere.
    """
    read = [one.matcher for one in written if isinstance(one.matcher, MeetsStatus)]
    name = read[0].name if read else "status"
    covered = {matcher.value for matcher in read}
    for old, new in legacy_values(rule.description).items():
        if old not in covered:
            yield CompiledAntiPattern(MeetsStatus(name, old), f"Use '{new}' instead of '{old}'", files)
