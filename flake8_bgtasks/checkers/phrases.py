"""How what is missing is put into one line."""

from collections.abc import Iterable, Sequence

from flake8_bgtasks.catalogue import CompiledRequirement
from flake8_bgtasks.matching.base import Matcher, Unit, is_met
from flake8_bgtasks.matching.equivalents import AnyOf
from flake8_bgtasks.matching.own_words import noted


def missing(requirements: Iterable[CompiledRequirement], unit: Unit) -> tuple[str, ...]:
    """Return what a unit lacks of the requirements, a phrase each, without repetition."""
    phrases: dict[str, None] = {}
    for requirement in requirements:
        phrases.update((matcher.missing, None) for matcher in requirement.all_of if not is_met(matcher, unit))
        if requirement.one_of and not any(is_met(matcher, unit) for matcher in requirement.one_of):
            phrases[either(requirement.one_of)] = None
    return tuple(phrases)


def either(matchers: Sequence[Matcher]) -> str:
    """Return what is missing where any of several would do: ``never sets a, b or c``."""
    plain = [matcher.asked if isinstance(matcher, AnyOf) else matcher for matcher in matchers]
    own_words = [matcher.own_word for matcher in matchers if isinstance(matcher, AnyOf)]
    return noted(_either([matcher.missing for matcher in plain]), own_words)


def _either(phrases: Sequence[str]) -> str:
    """Say once what all phrases have at the start, ``never sets``, and at the end, ``column``.

    >>> _either(["never sets a", "never sets b"]), _either(["never sets a", "has no b column"])
    ('never sets a or b', 'never sets a or has no b column')
    >>> _either(["has no a column", "has no b column", "has no c column"])
    'has no a, b or c column'
    """
    split = [phrase.split(" ") for phrase in phrases]
    first, starts = split[0], {tuple(words[:2]) for words in split}
    start = 2 if len(starts) == 1 and min(map(len, split)) > 2 else 0
    end = 1 if start and len({words[-1] for words in split}) == 1 and min(map(len, split)) > 3 else 0
    *others, last = (" ".join(words[start : len(words) - end]) for words in split)
    alternatives = f"{', '.join(others)} or {last}" if others else last
    return " ".join((*first[:start], alternatives, *first[len(first) - end :]))


def sentence(subject: str, phrases: Sequence[str]) -> str:
    """Return one sentence that says all that is missing of a subject."""
    return f"{subject} {' and '.join(phrases)}"
