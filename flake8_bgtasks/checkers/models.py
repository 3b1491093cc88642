"""BG-00x: what the task models have."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.catalogue import CompiledRequirement, CompiledRule
from flake8_bgtasks.checkers import anti
from flake8_bgtasks.checkers.base import FamilyChecker
from flake8_bgtasks.checkers.phrases import missing, sentence
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.semantics.names import Frame, lineage
from flake8_bgtasks.semantics.reach import identifiers
from flake8_bgtasks.semantics.task_models import defines_bases, holds_nothing, maps_imperatively, select
from flake8_bgtasks.source import Definition, SourceFile
from flake8_bgtasks.violation import Violation


class ModelsChecker(FamilyChecker):
    """Looks at each task model of a file, with its bases."""

    family = Family.MODELS

    def check(self, rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield one violation per task model that lacks something, and one per anti-pattern."""
        requirements = rule.requirements_for(source.path)
        if requirements:
            for node, text in _offences(requirements, rule, source):
                line, column = source.place(node) if node is not None else (1, 0)
                yield Violation(line, column, rule.rule.code, text)
        yield from anti.report(rule, anti.whole_file(rule, source))


def _offences(
    requirements: tuple[CompiledRequirement, ...], rule: CompiledRule, source: SourceFile
) -> Iterator[tuple[ast.AST | None, str]]:
    selection = select(source, rule.models.names)
    if not selection.nodes:
        yield from _without_model(requirements, source)
        return
    lacks = {node: missing(requirements, _unit(source, node)) for node in selection.nodes}
    if not selection.as_whole:
        yield from ((node, sentence(_name(node, source), phrases)) for node, phrases in lacks.items() if phrases)
        return
    if all(lacks.values()):
        first = selection.nodes[0]
        names = ", ".join(_name(node, source) for node in selection.nodes)
        closest = min(lacks.values(), key=len)
        yield first, f"none of the mapped classes here ({names}) meets the rule: the closest {' and '.join(closest)}"


def _without_model(
    requirements: tuple[CompiledRequirement, ...], source: SourceFile
) -> Iterator[tuple[ast.AST | None, str]]:
    if (source.path or "").endswith("__init__.py") or holds_nothing(source) or defines_bases(source):
        return
    if maps_imperatively(source):
        found = frozenset(identifiers(source, source.tree))
        wanted = [matcher for requirement in requirements for matcher in requirement.all_of]
        if all(getattr(matcher, "name", "") in found for matcher in wanted):
            return
    phrases = [matcher.missing for requirement in requirements for matcher in requirement.all_of]
    yield None, sentence("no mapped class in this file, so it", tuple(dict.fromkeys(phrases)) or ("cannot be checked",))


def _unit(source: SourceFile, node: ast.AST) -> Unit:
    """A task model as a unit: with its bases, as far as they are project source."""
    if not isinstance(node, ast.ClassDef):
        return Unit.single(source, node)
    frames = tuple(Frame(owner.source, owner.node) for owner in lineage(Definition(source, node)).classes)
    return Unit(source, node, frames)


def _name(node: ast.AST, source: SourceFile) -> str:
    """The class's name, or the name of the variable that holds a core table."""
    if isinstance(node, ast.ClassDef):
        return node.name
    match source.parent(node):
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return "the table"
