"""Rules of a team's own, with any other id: the unit is the module."""

from collections.abc import Iterator

from flake8_bgtasks.catalogue import CompiledRequirement, CompiledRule
from flake8_bgtasks.checkers import anti
from flake8_bgtasks.checkers.base import FamilyChecker
from flake8_bgtasks.checkers.phrases import missing, sentence
from flake8_bgtasks.matching.antipatterns import Ground
from flake8_bgtasks.matching.api import Starts
from flake8_bgtasks.matching.base import Unit, is_met
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation


class GenericChecker(FamilyChecker):
    """Looks at whole files."""

    family = Family.GENERIC

    def check(self, rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield one violation at line 1 for all that a file lacks, and one per anti-pattern."""
        if (source.path or "").endswith("__init__.py") and not source.tree.body:
            return
        unit, ground = Unit.module(source), anti.whole_file(rule, source)
        asked = [requirement for requirement in rule.requirements_for(source.path) if _is_asked(requirement, unit)]
        phrases = [*missing(asked, unit), *_unmatched(asked, ground)]
        if phrases:
            yield Violation(1, 0, rule.rule.code, sentence("this file", phrases))
        yield from anti.report(rule, ground)


def _is_asked(requirement: CompiledRequirement, unit: Unit) -> bool:
    conditions = [matcher for matcher in requirement.when if not isinstance(matcher, Starts)]
    return not conditions or any(is_met(matcher, unit) for matcher in conditions)


def _unmatched(requirements: list[CompiledRequirement], ground: Ground) -> Iterator[str]:
    for requirement in requirements:
        for reference in requirement.references:
            if not reference.is_used(ground.source):
                yield f"never uses {reference.name}"
        if requirement.should_match is not None and not any(True for _ in requirement.should_match.places(ground)):
            yield "has no match for the pattern that the rule asks for"
