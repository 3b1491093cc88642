"""BG-01x: which values meet the status of a task."""

from collections.abc import Iterator

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.checkers import anti
from flake8_bgtasks.checkers.base import FamilyChecker, Questioned, file_as_unit
from flake8_bgtasks.checkers.modules import check_file
from flake8_bgtasks.checkers.phrases import missing, sentence
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation


class StatusChecker(FamilyChecker):
    """Looks at each place where a value meets a status."""

    family = Family.STATUS

    @staticmethod
    def units(rule: CompiledRule, source: SourceFile) -> Iterator[Questioned]:
        """Yield the file, where anything is asked of it."""
        return file_as_unit(rule, source)

    @staticmethod
    def check(rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield one violation per place where a value meets a status that it should not meet."""
        yield from anti.report(rule, anti.whole_file(rule, source))
        for unit, subject, asked in StatusChecker.units(rule, source):
            phrases = missing(asked, unit)
            if phrases:
                yield Violation(1, 0, rule.rule.code, sentence(subject, phrases))
        yield from check_file(rule, source)
