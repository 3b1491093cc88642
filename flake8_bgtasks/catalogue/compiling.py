"""From what a rules file says to what is looked for: its paths, exclusions and equivalents are worked in here."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from flake8_bgtasks.catalogue.compiled import (
    CompiledAntiPattern,
    CompiledRequirement,
    CompiledRule,
    Globs,
    ModelHome,
    TaskModelIndex,
)
from flake8_bgtasks.matching.antipatterns import MeetsStatus
from flake8_bgtasks.matching.api import Starts, Takes
from flake8_bgtasks.matching.base import Matcher
from flake8_bgtasks.matching.equivalents import AnyOf, Equivalents
from flake8_bgtasks.matching.references import References
from flake8_bgtasks.matching.regexes import read_regex
from flake8_bgtasks.matching.returns import Returns
from flake8_bgtasks.matching.snippets import read_snippet
from flake8_bgtasks.matching.status import legacy_values
from flake8_bgtasks.rules.globs import Glob
from flake8_bgtasks.rules.model import AntiPattern, Family, Requirement, Rule, RuleSet

if TYPE_CHECKING:  # a run without scripts does not load their readers
    from flake8_bgtasks.javascript.rules import PageAntiPattern, PageRequirement


class Compiler:
    """Compiles the rules of one file; rules that are switched off are not there at all."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = tuple(rule for rule in rules.rules if rule.enabled)
        self._paths = dict(rules.paths)
        self._exclude = tuple(Glob(text) for text in rules.exclude)
        self._equivalents = Equivalents(rules.equivalents)
        self._models = self._find_models()
        self._legacy_files = self._find_legacy_files()

    def compile(self) -> tuple[CompiledRule, ...]:
        """Return the rules, in their order."""
        return tuple(self._compile(rule) for rule in self._rules)

    def _find_models(self) -> TaskModelIndex:
        names = (name for rule in self._rules for one in rule.requirements for name in one.must_reference)
        homes = (
            ModelHome(self._files(one), one.classes)
            for rule in self._rules
            if rule.family is Family.MODELS
            for one in rule.requirements
            if one.file or one.classes
        )
        return TaskModelIndex(
            names=frozenset(each for name in names for each in (name, *self._equivalents.of(name))),
            homes=tuple(dict.fromkeys(homes)),
        )

    def _find_legacy_files(self) -> tuple[Glob, ...]:
        """The files of task models, tasks and registries."""
        entries = (
            one
            for rule in self._rules
            for one in rule.requirements
            if rule.family in (Family.MODELS, Family.TASKS) or one.must_reference
        )
        return tuple(dict.fromkeys(glob for one in entries for glob in self._files(one) or ()))

    def _globs(self, texts: Iterable[str]) -> tuple[Glob, ...]:
        """Return the globs that are meant where a rule says these."""
        return tuple(dict.fromkeys(Glob(meant) for text in texts for meant in self._paths.get(text, (text,))))

    def _files(self, entry: Requirement | AntiPattern) -> Globs:
        return self._globs((entry.file,)) if entry.file else None

    def _bound_to(self, anti_pattern: AntiPattern, rule: Rule) -> Globs:
        """The files of an anti-pattern: its own, else those of its rule's patterns, else None for every file."""
        if anti_pattern.file:
            return self._files(anti_pattern)
        files = [requirement.file for requirement in rule.requirements]
        named = [file for file in files if file]
        return self._globs(named) if files and len(named) == len(files) else None

    def _compile(self, rule: Rule) -> CompiledRule:
        if rule.family is Family.FRONTEND:
            requirements = tuple(self._compile_page_requirement(one) for one in rule.requirements)
            anti_patterns = tuple(
                CompiledAntiPattern(
                    None, one.message or "", self._bound_to(one, rule), cache(partial(_read_page_anti_pattern, one))
                )
                for one in rule.anti_patterns
            )
        else:
            requirements = tuple(self._compile_requirement(one, rule.family) for one in rule.requirements)
            anti_patterns = tuple(self._compile_anti_pattern(one, rule) for one in rule.anti_patterns)
        if rule.family is Family.STATUS:
            anti_patterns = (*anti_patterns, *self._legacy(rule, anti_patterns))
        exclude = (*self._exclude, *self._globs(rule.exclude))
        return CompiledRule(rule, requirements, anti_patterns, exclude, self._models)

    def _compile_page_requirement(self, requirement: Requirement) -> CompiledRequirement:
        """A requirement about JavaScript, whose snippets and regexes are read by another reader."""
        read_page = cache(partial(_read_page_requirement, requirement, self._equivalents))
        return CompiledRequirement(self._files(requirement), read_page=read_page)

    def _compile_requirement(self, requirement: Requirement, family: Family) -> CompiledRequirement:
        conditions: tuple[Starts | Matcher, ...]
        if family is Family.API:
            conditions = tuple(Starts(snippet) for snippet in requirement.when_contains)
        else:
            conditions = tuple(read_snippet(snippet, family) for snippet in requirement.when_contains)
        return CompiledRequirement(
            globs=self._files(requirement),
            classes=requirement.classes,
            endpoint_pattern=re.compile(requirement.endpoint_pattern) if requirement.endpoint_pattern else None,
            when=conditions,
            all_of=tuple(self._read(snippet, family) for snippet in requirement.must_contain),
            one_of=tuple(self._read(snippet, family) for snippet in requirement.must_contain_one_of),
            references=tuple(self._read_reference(name) for name in requirement.must_reference),
            returns=tuple(self._read_return(key) for key in requirement.must_return),
            should_match=read_regex(requirement.should_match, family) if requirement.should_match else None,
        )

    def _read(self, snippet: str, family: Family) -> Matcher:
        asked = read_snippet(snippet, family)
        texts = self._equivalents.of(snippet)
        others = [read_snippet(other, family) for other in texts]
        if isinstance(asked, Takes):
            others.extend(Takes(other) for other in texts if other.isidentifier())
        return AnyOf(asked, tuple(others), self._equivalents.own_word(snippet)) if others else asked

    def _read_reference(self, name: str) -> References:
        others = tuple(References(other) for other in self._equivalents.of(name))
        return References(name, others, self._equivalents.own_word(name))

    def _read_return(self, key: str) -> Returns:
        others = tuple(Returns(other) for other in self._equivalents.of(key))
        return Returns(key, others, self._equivalents.own_word(key))

    def _compile_anti_pattern(self, anti_pattern: AntiPattern, rule: Rule) -> CompiledAntiPattern:
        message = anti_pattern.message or f"matches {anti_pattern.pattern}"
        files = self._bound_to(anti_pattern, rule)
        return CompiledAntiPattern(read_regex(anti_pattern.pattern, rule.family), message, files)

    def _legacy(self, rule: Rule, written: tuple[CompiledAntiPattern, ...]) -> Iterator[CompiledAntiPattern]:
        """Yield anti-patterns for the values that the description says to replace and that no regex covers.

        They hold in the files of tasks only, since ``{"status": "error"}`` is ordinary elsewhere.
        """
        read = [one.matcher for one in written if isinstance(one.matcher, MeetsStatus)]
        name = read[0].name if read else "status"
        covered = {matcher.value for matcher in read}
        for old, new in legacy_values(rule.description).items():
            if old not in covered:
                yield CompiledAntiPattern(MeetsStatus(name, old), f"Use '{new}' instead of '{old}'", self._legacy_files)


def _read_page_requirement(requirement: Requirement, equivalents: Equivalents) -> "PageRequirement":
    from flake8_bgtasks.javascript.rules import read_requirement

    return read_requirement(requirement, equivalents)


def _read_page_anti_pattern(anti_pattern: AntiPattern) -> "PageAntiPattern":
    from flake8_bgtasks.javascript.rules import read_anti_pattern

    return read_anti_pattern(anti_pattern)
