"""Rules of a team's own, with any other id: the unit is the module."""

from collections.abc import Iterator

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.checkers import anti
from flake8_bgtasks.checkers.base import FamilyChecker, Questioned, file_as_unit
from flake8_bgtasks.checkers.modules import unmatched, without_key
from flake8_bgtasks.checkers.phrases import missing, sentence
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation


class GenericChecker(FamilyChecker):
    """Looks at whole files."""

    family = Family.GENERIC

    @staticmethod
    def units(rule: CompiledRule, source: SourceFile) -> Iterator[Questioned]:
        """Yield the file, unless it is an empty ``__init__.py``."""
        return iter(()) if _is_empty(source) else file_as_unit(rule, source)

    @staticmethod
    def check(rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield one violation at line 1 for all that a file lacks, and one per anti-pattern."""
        if _is_empty(source):
            return
        for unit, subject, asked in GenericChecker.units(rule, source):
            unused = (f"never uses {each.name}" for one in asked for each in one.references if not each.is_used(source))
            phrases = (*missing(asked, unit), *unused, *unmatched(asked, rule, source))
            if phrases:
                yield Violation(1, 0, rule.rule.code, sentence(subject, phrases))
            yield from without_key(asked, source, rule.rule.code)
        yield from anti.report(rule, anti.whole_file(rule, source))


def _is_empty(source: SourceFile) -> bool:
    return (source.path or "").endswith("__init__.py") and not source.tree.body
