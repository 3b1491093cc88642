"""Which rules ask the same of the same files, so that one mistake is reported twice."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from flake8_bgtasks.rules.globs import Glob, includes
from flake8_bgtasks.rules.model import AntiPattern, Requirement, Rule

Entry = Requirement | AntiPattern


class _Demand(NamedTuple):
    """One thing that a rule asks, taken by itself: two rules with equal ones report the same."""

    of: tuple[object, ...]
    """The family, and what narrows the demand."""
    key: str
    asked: frozenset[str]
    files: tuple[Glob, ...] | None
    rule: Rule
    entry: Entry

    def repeats(self, other: "_Demand") -> bool:
        """Tell whether all that this demand reports is reported for the other one too."""
        if (self.of, self.key, self.asked) != (other.of, other.key, other.asked):
            return False
        if not set(other.rule.exclude) <= set(self.rule.exclude):
            return False
        if other.files is None:
            return True
        return self.files is not None and all(any(includes(wide, one) for wide in other.files) for one in self.files)


def repetitions(
    rules: tuple[Rule, ...], meant: Callable[[str], tuple[str, ...]], is_own: Callable[[Rule], bool]
) -> Iterator[tuple[Rule, Entry, str]]:
    """Yield the rules of one's own that repeat another, with the entry that does and what to say.

    `meant` gives the globs to read for one that a rule has. Where both are one's own, the later repeats the earlier.
    """
    demands = {rule.id: tuple(_demands(rule, meant)) for rule in rules}
    seen: set[frozenset[str]] = set()
    for rule in rules:
        for other in rules:
            pair = frozenset({rule.id, other.id})
            if other is rule or not is_own(rule) or pair in seen or (is_own(other) and _is_later(other, rule)):
                continue
            repeated = [one for one in demands[rule.id] if any(one.repeats(another) for another in demands[other.id])]
            if not repeated:
                continue
            seen.add(pair)
            if len(repeated) == len(demands[rule.id]):
                yield rule, repeated[0].entry, f"{rule.id} asks nothing that {other.id} does not ask: leave it out"
            else:
                what = " and ".join(dict.fromkeys(_say(one) for one in repeated))
                yield rule, repeated[0].entry, f"{rule.id} asks for {what} as {other.id} does: ask for it once"


def _is_later(rule: Rule, other: Rule) -> bool:
    return (rule.mark.line, rule.mark.column) > (other.mark.line, other.mark.column)


def _say(demand: _Demand) -> str:
    asked = " or ".join(repr(each) for each in sorted(demand.asked))
    files = "" if demand.entry.file is None else f" in '{demand.entry.file}'"
    return f"{asked}{files}"


def _demands(rule: Rule, meant: Callable[[str], tuple[str, ...]]) -> Iterator[_Demand]:
    def files(entry: Entry) -> tuple[Glob, ...] | None:
        return tuple(Glob(each) for each in meant(entry.file)) if entry.file else None

    for entry in rule.requirements:
        of = (rule.family, frozenset(entry.when_contains), frozenset(entry.classes), entry.endpoint_pattern)
        for key in ("must_contain", "must_reference", "must_return"):
            for snippet in getattr(entry, key):
                yield _Demand(of, key, frozenset({snippet}), files(entry), rule, entry)
        if entry.must_contain_one_of:
            yield _Demand(of, "must_contain_one_of", frozenset(entry.must_contain_one_of), files(entry), rule, entry)
        if entry.should_match:
            yield _Demand(of, "should_match", frozenset({entry.should_match}), files(entry), rule, entry)
    for forbidden in rule.anti_patterns:
        bound = files(forbidden)
        if bound is None and rule.requirements and all(entry.file for entry in rule.requirements):
            bound = tuple(glob for entry in rule.requirements for glob in files(entry) or ())
        yield _Demand((rule.family,), "pattern", frozenset({forbidden.pattern}), bound, rule, forbidden)
