"""How the anti-patterns of any family become violations: one per place."""

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.matching.antipatterns import Ground
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation

T = TypeVar("T")


def report(rule: CompiledRule, ground: Ground) -> Iterator[Violation]:
    """Yield one violation for each place where an anti-pattern of the rule is met."""
    seen: set[tuple[int, int]] = set()
    for anti_pattern in rule.anti_patterns_for(ground.source.path):
        for place in anti_pattern.matcher.places(ground) if anti_pattern.matcher is not None else ():
            if place not in seen:
                seen.add(place)
                yield Violation(*place, rule.rule.code, anti_pattern.message)


class OnDemand(Generic[T]):
    """Nodes of a file that are looked for when somebody asks for them: most files hold no word of an anti-pattern."""

    def __init__(self, found_in: Callable[[SourceFile], Iterable[T]], source: SourceFile) -> None:
        self._found_in = found_in
        self._source = source

    def __iter__(self) -> Iterator[T]:
        return iter(self._found_in(self._source))


def whole_file(rule: CompiledRule, source: SourceFile) -> Ground:
    """Return the ground for families that look everywhere in a file."""
    roots: tuple[ast.AST, ...] = (source.tree,)
    return Ground(source, roots, OnDemand(SourceFile.functions, source), rule.models)
