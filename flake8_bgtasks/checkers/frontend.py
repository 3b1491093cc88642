"""BG-04x: what the pages' JavaScript does. flake8 hands over Python files only, of which these rules say nothing."""

from collections.abc import Iterator

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.checkers.base import FamilyChecker
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation


class FrontendChecker(FamilyChecker):
    """Looks at JavaScript files."""

    family = Family.FRONTEND

    def check(self, rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield nothing for a Python file."""
        yield from ()
