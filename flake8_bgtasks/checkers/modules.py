"""What a rule of any family can ask of a file as a whole, beside its units: registries, returns, a match somewhere."""

import ast
from collections.abc import Iterable, Iterator

from flake8_bgtasks.catalogue import CompiledRequirement, CompiledRule
from flake8_bgtasks.checkers.anti import whole_file
from flake8_bgtasks.checkers.phrases import sentence
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.matching.references import discovers, registry_place
from flake8_bgtasks.semantics.endpoints import Endpoint, endpoints
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation


def check_file(rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
    """Yield what the file lacks of that which is not asked of the family's units."""
    requirements = rule.requirements_for(source.path)
    yield from unregistered(requirements, source, rule.rule.code)
    yield from without_key(requirements, source, rule.rule.code)
    phrases = tuple(unmatched(requirements, rule, source))
    if phrases:
        yield Violation(1, 0, rule.rule.code, sentence("this file", phrases))


def unregistered(requirements: Iterable[CompiledRequirement], source: SourceFile, code: str) -> Iterator[Violation]:
    """Yield one violation for each class that the file should use and does not."""
    wanted = tuple(dict.fromkeys(reference for requirement in requirements for reference in requirement.references))
    if not wanted or discovers(source):
        return
    place = registry_place(source, wanted)
    for reference in wanted:
        if not reference.is_used(source):
            yield Violation(*place, code, reference.missing)


def unmatched(requirements: Iterable[CompiledRequirement], rule: CompiledRule, source: SourceFile) -> Iterator[str]:
    """Yield a phrase for each regex that nothing in the file matches."""
    wanted = [requirement.should_match for requirement in requirements if requirement.should_match is not None]
    for matcher in wanted:
        if not any(True for _ in matcher.places(whole_file(rule, source))):
            yield "has no match for the pattern that the rule asks for"


def without_key(requirements: Iterable[CompiledRequirement], source: SourceFile, code: str) -> Iterator[Violation]:
    """Yield one violation for each endpoint that does not return what it should."""
    asking = [requirement for requirement in requirements if requirement.returns]
    for endpoint in endpoints(source) if asking else ():
        unit = Unit.single(source, endpoint.function)
        speaking = [requirement for requirement in asking if is_spoken_of(requirement, endpoint)]
        lacking = dict(not_returned(speaking, endpoint, unit))
        if lacking:
            place = min(source.place(node) for node in lacking.values())
            yield Violation(*place, code, sentence(f"{endpoint.function.name}()", tuple(lacking)))


def is_spoken_of(requirement: CompiledRequirement, endpoint: Endpoint) -> bool:
    """Tell whether a requirement is about this endpoint, by its decorator."""
    pattern = requirement.endpoint_pattern
    return pattern is None or any(pattern.search(route.text) for route in endpoint.routes)


def not_returned(
    requirements: Iterable[CompiledRequirement], endpoint: Endpoint, unit: Unit
) -> Iterator[tuple[str, ast.AST]]:
    """Yield what the endpoint's returns lack, with the first return that lacks it."""
    for requirement in requirements:
        for returns in requirement.returns:
            offence = returns.offence(endpoint, unit)
            if offence is not None:
                yield returns.missing, offence
