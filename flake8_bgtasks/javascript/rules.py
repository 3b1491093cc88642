"""The rules of the frontend family, read and applied to one script."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from flake8_bgtasks.javascript.calls import CallsWithNumber
from flake8_bgtasks.javascript.naming import PAGE
from flake8_bgtasks.javascript.script import Script
from flake8_bgtasks.javascript.snippets import AnyOf, Matcher, read_snippet
from flake8_bgtasks.matching.numbers import read_call_with_number
from flake8_bgtasks.rules.model import AntiPattern, Requirement, Rule
from flake8_bgtasks.violation import Violation

MAX_LENGTH = 100_000
"""Longer lines are minified; a regex is not let loose on them."""
_STARTS = {"BackgroundTasks": "starts background tasks"}


class Searches(NamedTuple):
    """A regex that stands for no shape of code that we know: searched in each line, comments blanked."""

    pattern: str

    def offsets(self, script: Script) -> Iterator[int]:
        """Yield where the first match in each line starts."""
        regex, start = re.compile(self.pattern), 0
        for line in script.code_lines:
            found = regex.search(line.rstrip("\r\n")) if len(line) <= MAX_LENGTH else None
            if found:
                yield start + found.start()
            start += len(line)


class PageRequirement(NamedTuple):
    """One entry of ``patterns``, read as JavaScript."""

    when: tuple[str, ...] = ()
    all_of: tuple[Matcher, ...] = ()
    one_of: tuple[Matcher, ...] = ()
    should_match: CallsWithNumber | Searches | None = None

    def is_asked(self, script: Script) -> bool:
        """Tell whether the text, comments included, has a word that the requirement depends on, if it does."""
        return not self.when or any(word in script.text for word in self.when)

    def missing(self, script: Script) -> Iterator[str]:
        """Yield what the page lacks, a phrase each."""
        yield from (matcher.missing for matcher in self.all_of if not matcher.is_met(script))
        if self.one_of and not any(matcher.is_met(script) for matcher in self.one_of):
            yield " or ".join(matcher.missing for matcher in self.one_of)
        if isinstance(self.should_match, Searches) and next(self.should_match.offsets(script), None) is None:
            yield "has no match for the pattern that the rule asks for"

    def subject(self, script: Script) -> str:
        """Return who lacks it: ``this page starts background tasks but``."""
        found = next((word for word in self.when if word in script.text), None)
        return PAGE if found is None else f"{PAGE} {_STARTS.get(found, f'mentions {found}')} but"


class PageAntiPattern(NamedTuple):
    """One entry of ``anti_patterns``, read as JavaScript."""

    matcher: CallsWithNumber | Searches
    message: str


class OtherWords(Protocol):
    """What counts for a snippet beside itself."""

    def of(self, snippet: str) -> tuple[str, ...]:
        """Return the snippets that do."""
        ...

    def own_word(self, snippet: str) -> str | None:
        """Return the one that a message names."""
        ...


def read_requirement(requirement: Requirement, equivalents: OtherWords | None = None) -> PageRequirement:
    """Return what a requirement asks of a script; its glob is the caller's."""

    def read(snippet: str, *, exact: bool = False) -> Matcher:
        asked = read_snippet(snippet, exact=exact)
        if equivalents is None or not (counting := equivalents.of(snippet)):
            return asked
        others = tuple(read_snippet(other, exact=exact) for other in counting)
        return AnyOf(asked, others, equivalents.own_word(snippet))

    should_match = requirement.should_match
    return PageRequirement(
        when=requirement.when_contains,
        all_of=(
            *(read(snippet) for snippet in requirement.must_contain),
            *(read(snippet, exact=True) for snippet in requirement.must_reference),
        ),
        one_of=tuple(read(snippet) for snippet in requirement.must_contain_one_of),
        should_match=_read_regex(should_match) if should_match is not None else None,
    )


def read_anti_pattern(anti_pattern: AntiPattern) -> PageAntiPattern:
    """Return what an anti-pattern forbids in a script; its glob is the caller's."""
    message = anti_pattern.message or f"matches {anti_pattern.pattern}"
    return PageAntiPattern(_read_regex(anti_pattern.pattern), message)


def check_script(
    rule: Rule, requirements: Iterable[PageRequirement], anti_patterns: Iterable[PageAntiPattern], script: Script
) -> Iterator[Violation]:
    """Yield what a rule finds in a script that all these requirements and anti-patterns cover, in its order.

    All that the page lacks is one finding at line 1. A call gets one finding: the first anti-pattern's that it
    meets, else that of a pattern that it should match.
    """
    asked = [requirement for requirement in requirements if requirement.is_asked(script)]
    lacking = [(requirement, tuple(requirement.missing(script))) for requirement in asked]
    phrases = tuple(dict.fromkeys(phrase for _, missing in lacking for phrase in missing))
    if phrases:
        subject = next(requirement.subject(script) for requirement, missing in lacking if missing)
        yield Violation(1, 0, rule.code, f"{subject} {' and '.join(phrases)}")
    said: dict[int, str] = {}
    for anti_pattern in anti_patterns:
        for offset in anti_pattern.matcher.offsets(script):
            said.setdefault(offset, anti_pattern.message)
    for requirement in asked:
        if isinstance(requirement.should_match, CallsWithNumber):
            for offset, text in requirement.should_match.exceptions(script):
                said.setdefault(offset, text)
    for offset in sorted(said):
        yield Violation(*script.place(offset), rule.code, said[offset])


def _read_regex(pattern: str) -> CallsWithNumber | Searches:
    call = read_call_with_number(pattern)
    return CallsWithNumber(*call) if call is not None else Searches(pattern)
