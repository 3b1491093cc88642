"""BG-03x: what task functions do, with all that they reach."""

import ast
from collections.abc import Iterable, Iterator

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.checkers import anti
from flake8_bgtasks.checkers.base import FamilyChecker, Questioned
from flake8_bgtasks.checkers.modules import check_file
from flake8_bgtasks.checkers.phrases import missing, sentence
from flake8_bgtasks.matching.antipatterns import Ground
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.objects import owner_of
from flake8_bgtasks.semantics.reach import Budget, Reach
from flake8_bgtasks.semantics.task_functions import task_functions
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation


class TasksChecker(FamilyChecker):
    """Looks at each task function of a file."""

    family = Family.TASKS

    @staticmethod
    def units(rule: CompiledRule, source: SourceFile) -> Iterator[Questioned]:
        """Yield the task functions."""
        requirements = rule.requirements_for(source.path)
        for unit in _units(source) if requirements else ():
            asked = tuple(requirement for requirement in requirements if requirement.is_asked(unit))
            yield Questioned(unit, _subject(unit), asked)

    @staticmethod
    def check(rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield one violation per task function that lacks something, and one per anti-pattern."""
        for unit, subject, asked in TasksChecker.units(rule, source):
            phrases = missing(asked, unit)
            if phrases and not unit.is_cut:
                yield Violation(*source.place(unit.node), rule.rule.code, sentence(subject, phrases))
        yield from check_file(rule, source)
        if rule.anti_patterns_for(source.path):
            roots = anti.OnDemand(_reached, source)
            yield from anti.report(rule, Ground(source, roots, task_functions(source), rule.models))


@memoized
def _units(source: SourceFile) -> tuple[Unit, ...]:
    """The task functions, each with its reach, the same for all rules of the family."""
    budget = Budget()
    return tuple(Unit(source, function, Reach(source, function, budget)) for function in task_functions(source))


def _reached(source: SourceFile) -> Iterable[ast.AST]:
    """The functions of the file that its task functions reach."""
    return dict.fromkeys(frame.node for unit in _units(source) for frame in unit.frames if frame.source is source)


def _subject(unit: Unit) -> str:
    owner = owner_of(unit.source, unit.node)
    name = getattr(unit.node, "name", "")
    return f"{getattr(owner.node, 'name', '')}.{name}()" if owner is not None else f"{name}()"
