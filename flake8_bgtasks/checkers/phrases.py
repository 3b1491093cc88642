"""How what is missing is put into one line."""

from collections.abc import Iterable, Sequence

from flake8_bgtasks.catalogue import CompiledRequirement
from flake8_bgtasks.matching.base import Matcher, Unit, is_met


def missing(requirements: Iterable[CompiledRequirement], unit: Unit) -> tuple[str, ...]:
    """Return what a unit lacks of the requirements, a phrase each, without repetition."""
    phrases: dict[str, None] = {}
    for requirement in requirements:
        phrases.update((matcher.missing, None) for matcher in requirement.all_of if not is_met(matcher, unit))
        if requirement.one_of and not any(is_met(matcher, unit) for matcher in requirement.one_of):
            phrases[either(requirement.one_of)] = None
    return tuple(phrases)


def either(matchers: Sequence[Matcher]) -> str:
    """Return what is missing where any of several would do: ``never sets a or b``."""
    first, *others = (matcher.missing for matcher in matchers)
    return " or ".join((first, *(_without_common_start(first, other) for other in others)))


def _without_common_start(first: str, other: str) -> str:
    """Leave out the words that both phrases start with, up to the second: ``never sets``.

    >>> _without_common_start("never sets a", "never sets b"), _without_common_start("never sets a", "has no b")
    ('b', 'has no b')
    """
    verb = first.split()[:2]
    words = other.split(" ")
    return " ".join(words[2:]) if words[:2] == verb and len(words) > 2 else other


def sentence(subject: str, phrases: Sequence[str]) -> str:
    """Return one sentence that says all that is missing of a subject."""
    return f"{subject} {' and '.join(phrases)}"
