"""BG-02x: what endpoints return, take and wait for, and what the registry names."""

from collections.abc import Iterator

from flake8_bgtasks.catalogue import CompiledRequirement, CompiledRule
from flake8_bgtasks.checkers import anti
from flake8_bgtasks.checkers.base import FamilyChecker
from flake8_bgtasks.checkers.phrases import missing, sentence
from flake8_bgtasks.matching.antipatterns import Ground
from flake8_bgtasks.matching.api import Starts
from flake8_bgtasks.matching.base import Unit, is_met
from flake8_bgtasks.matching.references import discovers, registry_line
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.semantics.blocking import waited_for
from flake8_bgtasks.semantics.endpoints import Endpoint, endpoints
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation


class ApiChecker(FamilyChecker):
    """Looks at each endpoint of a file; for registries at the file."""

    family = Family.API

    def check(self, rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield what the endpoints lack, what the registry lacks, and where requests are made to wait."""
        requirements = rule.requirements_for(source.path)
        code = rule.rule.code
        if any(requirement.references for requirement in requirements):
            yield from _unregistered(requirements, source, code)
        for endpoint in endpoints(source) if requirements else ():
            yield from _check_endpoint(endpoint, requirements, source, code)
        if rule.anti_patterns_for(source.path):
            functions = waited_for(source)
            yield from anti.report(rule, Ground(source, functions, functions, rule.models, blocking=True))


def _unregistered(requirements: tuple[CompiledRequirement, ...], source: SourceFile, code: str) -> Iterator[Violation]:
    """Yield one violation for each class that the file should use and does not."""
    if discovers(source):
        return
    wanted = tuple(reference for requirement in requirements for reference in requirement.references)
    line = registry_line(source, wanted)
    for reference in wanted:
        if not reference.is_used(source):
            yield Violation(line, 0 if line == 1 else _indent(source, line), code, reference.missing)


def _indent(source: SourceFile, line: int) -> int:
    text = source.lines[line - 1]
    return len(text) - len(text.lstrip())


def _check_endpoint(
    endpoint: Endpoint, requirements: tuple[CompiledRequirement, ...], source: SourceFile, code: str
) -> Iterator[Violation]:
    unit = Unit.single(source, endpoint.function)
    asked = [requirement for requirement in requirements if _is_asked(requirement, endpoint, unit)]
    subject = f"{endpoint.function.name}()"
    for returns in (returns for requirement in asked for returns in requirement.returns):
        offence = returns.offence(endpoint, unit)
        if offence is not None:
            yield Violation(*source.place(offence), code, sentence(subject, (returns.missing,)))
            return
    phrases = missing(asked, unit)
    if phrases:
        started = next(filter(None, (_started(requirement, unit) for requirement in asked)), None)
        because = f"{subject} starts {started} and" if started not in (None, endpoint.function.name) else subject
        yield Violation(*source.place(endpoint.function), code, sentence(because, phrases))


def _is_asked(requirement: CompiledRequirement, endpoint: Endpoint, unit: Unit) -> bool:
    """Tell whether a requirement speaks of this endpoint: by its decorator, and by what it starts."""
    pattern = requirement.endpoint_pattern
    if pattern is not None and not any(pattern.search(route.text) for route in endpoint.routes):
        return False
    return not requirement.when or any(
        condition.find_name(unit) is not None if isinstance(condition, Starts) else is_met(condition, unit)
        for condition in requirement.when
    )


def _started(requirement: CompiledRequirement, unit: Unit) -> str | None:
    names = (condition.find_name(unit) for condition in requirement.when if isinstance(condition, Starts))
    return next(filter(None, names), None)
