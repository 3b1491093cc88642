"""BG-02x: what endpoints return, take and wait for, and what the registry names."""

from collections.abc import Iterator

from flake8_bgtasks.catalogue import CompiledRequirement, CompiledRule
from flake8_bgtasks.checkers import anti
from flake8_bgtasks.checkers.base import FamilyChecker, Questioned
from flake8_bgtasks.checkers.modules import is_spoken_of, not_returned, unmatched, unregistered
from flake8_bgtasks.checkers.phrases import missing, sentence
from flake8_bgtasks.matching.antipatterns import Ground
from flake8_bgtasks.matching.api import Starts
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.semantics.blocking import waited_for
from flake8_bgtasks.semantics.endpoints import endpoints
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation


class ApiChecker(FamilyChecker):
    """Looks at each endpoint of a file; for registries at the file."""

    family = Family.API

    @staticmethod
    def units(rule: CompiledRule, source: SourceFile) -> Iterator[Questioned]:
        """Yield the endpoints."""
        requirements = rule.requirements_for(source.path)
        for endpoint in endpoints(source) if requirements else ():
            unit = Unit.single(source, endpoint.function)
            asked = tuple(one for one in requirements if is_spoken_of(one, endpoint) and one.is_asked(unit))
            yield Questioned(unit, f"{endpoint.function.name}()", asked)

    @staticmethod
    def check(rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield what the endpoints lack, what the registry lacks, and where requests are made to wait."""
        requirements = rule.requirements_for(source.path)
        code = rule.rule.code
        yield from unregistered(requirements, source, code)
        phrases = tuple(unmatched(requirements, rule, source))
        if phrases:
            yield Violation(1, 0, code, sentence("this file", phrases))
        for questioned in ApiChecker.units(rule, source):
            yield from _check_endpoint(questioned, source, code)
        if rule.anti_patterns_for(source.path):
            functions = anti.OnDemand(waited_for, source)
            yield from anti.report(rule, Ground(source, functions, functions, rule.models, blocking=True))


def _check_endpoint(questioned: Questioned, source: SourceFile, code: str) -> Iterator[Violation]:
    """Yield one violation for all that an endpoint lacks, at its first bad return where there is one."""
    unit, subject, asked = questioned
    endpoint = next(one for one in endpoints(source) if one.function is unit.node)
    offences = dict(not_returned(asked, endpoint, unit))
    lacks = missing(asked, unit)
    phrases = (*offences, *lacks)
    if not phrases:
        return
    place = min((source.place(node) for node in offences.values()), default=source.place(endpoint.function))
    started = next(filter(None, (_started(requirement, unit) for requirement in asked)), None) if lacks else None
    if started not in (None, endpoint.function.name):
        phrases = (f"starts {started}", *phrases)
    yield Violation(*place, code, sentence(subject, phrases))


def _started(requirement: CompiledRequirement, unit: Unit) -> str | None:
    names = (condition.find_name(unit) for condition in requirement.when if isinstance(condition, Starts))
    return next(filter(None, names), None)
