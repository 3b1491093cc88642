"""BG-01x: which values meet the status of a task."""

from collections.abc import Iterator

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.checkers import anti
from flake8_bgtasks.checkers.base import FamilyChecker
from flake8_bgtasks.checkers.modules import check_file
from flake8_bgtasks.checkers.phrases import missing, sentence
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation


class StatusChecker(FamilyChecker):
    """Looks at each place where a value meets a status."""

    family = Family.STATUS

    @staticmethod
    def check(rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield one violation per place where a value meets a status that it should not meet."""
        yield from anti.report(rule, anti.whole_file(rule, source))
        requirements = rule.requirements_for(source.path)
        if requirements:
            unit = Unit.module(source)
            phrases = missing((one for one in requirements if one.is_asked(unit)), unit)
            if phrases:
                yield Violation(1, 0, rule.rule.code, sentence("this file", phrases))
        yield from check_file(rule, source)
