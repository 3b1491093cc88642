"""The values of a sound entry to the model that they stand for."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flake8_bgtasks.rules import schema
from flake8_bgtasks.rules.model import AntiPattern, Examples, Family, Mark, Requirement, Rule, Severity
from flake8_bgtasks.rules.schema import Section

FAMILIES_BY_ID = {
    "BG-00": Family.MODELS,
    "BG-01": Family.STATUS,
    "BG-02": Family.API,
    "BG-03": Family.TASKS,
    "BG-04": Family.FRONTEND,
}
"""By how an id starts; any other is generic."""


def build(section: Section, values: dict[str, Any], base: object, mark: Mark) -> Any:
    """Return what an entry of this kind stands for; the values of a rules file as a whole are returned as they are.

    A rule takes over from `base`, if that is a rule, what its values leave out.
    """
    match section.name:
        case schema.RULE.name:
            return _build_rule(values, base if isinstance(base, Rule) else None, mark)
        case schema.PATTERN.name:
            return Requirement(**values, mark=mark)
        case schema.ANTI_PATTERN.name:
            return AntiPattern(**values, mark=mark)
        case schema.TESTS.name:
            return Examples(**values)
    return values


def _build_rule(values: dict[str, Any], base: Rule | None, mark: Mark) -> Rule:
    family = values.pop("family", None)
    if "severity" in values:
        values["severity"] = Severity[values["severity"].upper()]
    if base is not None:
        return replace(base, **values, mark=mark)
    return Rule(**values, family=Family(family) if family else family_of(values["id"]), mark=mark)


def family_of(rule_id: str) -> Family:
    """Return the family that a rule's id stands for.

    >>> family_of("BG-031").value, family_of("BG-100").value
    ('tasks', 'generic')
    """
    return FAMILIES_BY_ID.get(rule_id[:5], Family.GENERIC)


def globs_of(rule: Rule) -> Iterator[str]:
    """Yield the globs that a rule says, as it says them."""
    yield from (requirement.file for requirement in rule.requirements if requirement.file is not None)
    yield from (anti_pattern.file for anti_pattern in rule.anti_patterns if anti_pattern.file is not None)
    yield from rule.exclude
