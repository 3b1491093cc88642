"""BG-04x: what the pages' JavaScript does."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.checkers.base import FamilyChecker
from flake8_bgtasks.javascript.naming import SCRIPT_SUFFIXES
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation

if TYPE_CHECKING:
    from flake8_bgtasks.javascript.script import Script


class FrontendChecker(FamilyChecker):
    """Looks at JavaScript files, which the seam hands over with an empty Python tree."""

    family = Family.FRONTEND

    @staticmethod
    def check(rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield what one rule finds in a script; nothing in a Python file."""
        if source.path is None or not source.path.endswith(SCRIPT_SUFFIXES):
            return
        from flake8_bgtasks.javascript.rules import check_script  # a run without scripts does not load the readers

        requirements = (one.page for one in rule.requirements_for(source.path) if one.page is not None)
        anti_patterns = (one.page for one in rule.anti_patterns_for(source.path) if one.page is not None)
        yield from check_script(rule.rule, requirements, anti_patterns, script_of(source))


@memoized
def script_of(source: SourceFile) -> "Script":
    """The file as JavaScript, parsed once for all rules."""
    from flake8_bgtasks.javascript.script import Script

    return Script(source.path, source.text)
