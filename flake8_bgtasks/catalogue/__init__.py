"""The rules, compiled once: what each snippet and regex stands for, and which rules cover which file."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from flake8_bgtasks.catalogue.compiled import CompiledAntiPattern, CompiledRequirement, CompiledRule, TaskModelIndex
from flake8_bgtasks.catalogue.compiling import Compiler
from flake8_bgtasks.javascript.naming import is_script
from flake8_bgtasks.matching.antipatterns import AntiMatcher, MeetsStatus, RefersTo, WaitsForSubprocess
from flake8_bgtasks.matching.api import Starts
from flake8_bgtasks.matching.base import Matcher
from flake8_bgtasks.matching.readings import reading
from flake8_bgtasks.matching.references import References
from flake8_bgtasks.matching.returns import Returns
from flake8_bgtasks.matching.triggers import StatusWord, Trigger, Word
from flake8_bgtasks.rules.globs import Glob
from flake8_bgtasks.rules.model import Family, Requirement, RuleSet

__all__ = [
    "Asked",
    "Catalogue",
    "CompiledAntiPattern",
    "CompiledRequirement",
    "CompiledRule",
    "TaskModelIndex",
    "asked_by",
    "triggers_of",
]


class Catalogue:
    """All rules of a rules file, compiled; `written` are the rules as the file says them, switched-off ones too."""

    def __init__(self, rules: RuleSet) -> None:
        self.written = rules
        self._rules = Compiler(rules).compile()
        self._page_rules = tuple(compiled for compiled in self._rules if compiled.rule.family is Family.FRONTEND)
        self._python_rules = tuple(compiled for compiled in self._rules if compiled.rule.family is not Family.FRONTEND)
        self._globs = frozenset(glob for compiled in self._python_rules for glob in compiled.globs)
        self._covering = lru_cache(maxsize=4096)(self._find_covering)
        self._triggers = lru_cache(maxsize=4096)(self._find_triggers)

    @property
    def rules(self) -> tuple[CompiledRule, ...]:
        """The rules that are switched on, in the order of the file."""
        return self._rules

    def covering(self, family: Family, path: str | None) -> tuple[CompiledRule, ...]:
        """Return the rules of a family that have something to say of the file at `path`, None for no file's code."""
        return self._covering(family, path)

    def _find_covering(self, family: Family, path: str | None) -> tuple[CompiledRule, ...]:
        return tuple(compiled for compiled in self._rules if compiled.rule.family is family and compiled.covers(path))

    def triggers(self, path: str | None) -> frozenset[Trigger] | None:
        """Return triggers, one of which is pulled by any Python file at `path` that a rule speaks of.

        Nothing where no rule has anything to say of the file; None where any file may be spoken of.
        """
        return self._triggers(path)

    def _find_triggers(self, path: str | None) -> frozenset[Trigger] | None:
        if path is not None and not any(glob.matches(path) for glob in self._globs):
            return self.triggers(None)
        found: set[Trigger] = set()
        for compiled in self._python_rules:
            requirements, anti_patterns = compiled.entries_for(path)
            if requirements:
                return None
            for anti_pattern in anti_patterns:
                words = triggers_of(anti_pattern.matcher)
                if words is None:
                    return None
                found |= words
        return frozenset(_joined(found))

    def speaks_of_a_place(self, code: str, text: str) -> bool:
        """Tell whether a finding of a rule is about a place in a file, and not about what a unit or the file lacks.

        `text` is that of the finding, or how it starts.
        """
        return any(compiled.speaks_of_a_place(text) for compiled in self._rules if compiled.rule.code == code)

    def globs(self, family: Family) -> tuple[Glob, ...]:
        """Return the globs of the files that the rules of a family make demands on; ``**/*.py`` for every file."""
        rules = (compiled for compiled in self._rules if compiled.rule.family is family)
        everything = (Glob("**/*.py"),)
        found = (glob for compiled in rules for one in compiled.requirements for glob in one.globs or everything)
        return tuple(dict.fromkeys(found))

    @property
    def names_scripts(self) -> bool:
        """Tell whether any rule is about JavaScript."""
        return bool(self._page_rules)

    def names(self, path: str) -> bool:
        """Tell whether a rule that can read this file names it by a glob, and does not exclude it."""
        rules = self._page_rules if is_script(path) else self._python_rules
        return any(compiled.names(path) for compiled in rules)

    def readings(self) -> Iterator[str]:
        """Yield in plain words how each snippet and regex was read, in the order of the rules."""
        for compiled in self._rules:
            rule = compiled.rule
            if rule.family is Family.FRONTEND:
                continue
            for requirement, read in zip(rule.requirements, compiled.requirements, strict=True):
                for asked in asked_by(requirement, read):
                    yield f"{rule.id} {asked.snippet!r} -> {reading(asked.matcher)}"
            for anti_pattern, forbidden in zip(rule.anti_patterns, compiled.anti_patterns, strict=False):
                yield f"{rule.id} /{anti_pattern.pattern}/ -> {reading(forbidden.matcher)}"
            for implied in compiled.anti_patterns[len(rule.anti_patterns) :]:
                yield f"{rule.id} (description) -> {reading(implied.matcher)}"


class Asked(NamedTuple):
    """One thing that a requirement asks: under which key, in which words, and what they are read as."""

    key: str
    snippet: str
    matcher: Matcher | Starts | References | Returns


def asked_by(requirement: Requirement, read: CompiledRequirement) -> Iterator[Asked]:
    """Yield what a requirement on Python asks, in the order of its keys; ``should_match`` is no snippet."""
    for key, matchers in (
        ("when_contains", read.when),
        ("must_contain", read.all_of),
        ("must_contain_one_of", read.one_of),
        ("must_reference", read.references),
        ("must_return", read.returns),
    ):
        for snippet, matcher in zip(getattr(requirement, key), matchers, strict=True):
            yield Asked(key, snippet, matcher)


def triggers_of(matcher: AntiMatcher | None) -> frozenset[Trigger] | None:
    """Return triggers, one of which is pulled wherever the matcher finds anything; None for "any file"."""
    match matcher:
        case MeetsStatus(name=name, value=value):
            return frozenset({StatusWord(name, (value,))})
        case RefersTo(names=names):
            return frozenset(Word(name.rpartition(".")[2].lower()) for name in names)
        case WaitsForSubprocess():
            return frozenset({Word("subprocess")})
    return None


def _joined(triggers: Iterable[Trigger]) -> Iterator[Trigger]:
    """Yield the triggers, those about one status as one, so that its values are looked for in one go."""
    values: dict[str, set[str]] = {}
    for trigger in triggers:
        if isinstance(trigger, StatusWord):
            values.setdefault(trigger.status, set()).update(trigger.values)
        else:
            yield trigger
    yield from (StatusWord(status, tuple(sorted(found))) for status, found in values.items())
