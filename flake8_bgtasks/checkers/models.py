"""BG-00x: what the task models have."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.catalogue import CompiledRequirement, CompiledRule
from flake8_bgtasks.checkers import anti
from flake8_bgtasks.checkers.base import FamilyChecker, Questioned
from flake8_bgtasks.checkers.modules import check_file
from flake8_bgtasks.checkers.phrases import either, missing, sentence
from flake8_bgtasks.matching.base import Matcher, Unit
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.names import lineage
from flake8_bgtasks.semantics.task_models import Selection, defines_bases, holds_nothing, maps_imperatively, select
from flake8_bgtasks.source import Definition, SourceFile
from flake8_bgtasks.violation import Violation

MAX_NAMES = 4
"""How many classes a message names: what is missing must have room after them."""


class ModelsChecker(FamilyChecker):
    """Looks at each task model of a file, with its bases."""

    family = Family.MODELS

    @staticmethod
    def units(rule: CompiledRule, source: SourceFile) -> Iterator[Questioned]:
        """Yield the task models, once for each group of requirements that selects them."""
        for alike, selection in _selections(rule.requirements_for(source.path), rule, source):
            for node in selection.nodes:
                unit = _unit(source, node)
                yield Questioned(unit, _name(node, source), tuple(one for one in alike if one.is_asked(unit)))

    @staticmethod
    def check(rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield one violation per task model that lacks something, and one per anti-pattern."""
        requirements = rule.requirements_for(source.path)
        if requirements:
            for node, text in _offences(requirements, rule, source):
                line, column = source.place(node) if node is not None else (1, 0)
                yield Violation(line, column, rule.rule.code, text)
        yield from check_file(rule, source)
        yield from anti.report(rule, anti.whole_file(rule, source))


def _offences(
    requirements: tuple[CompiledRequirement, ...], rule: CompiledRule, source: SourceFile
) -> Iterator[tuple[ast.AST | None, str]]:
    lacks: dict[ast.AST, dict[str, None]] = {}
    for alike, selection in _selections(requirements, rule, source):
        found = {node: _lacks(alike, _unit(source, node)) for node in selection.nodes}
        if not found and not alike[0].classes:
            yield from _without_model(alike, source)
        elif selection.as_whole and all(found.values()):
            yield _none_meets(found, source)
        elif not selection.as_whole:
            for node, phrases in found.items():
                lacks.setdefault(node, {}).update(dict.fromkeys(phrases))
    yield from ((node, sentence(_name(node, source), tuple(phrases))) for node, phrases in lacks.items() if phrases)


def _selections(
    requirements: tuple[CompiledRequirement, ...], rule: CompiledRule, source: SourceFile
) -> Iterator[tuple[tuple[CompiledRequirement, ...], Selection]]:
    """Yield the requirements that want the same classes, with the task models that they are asked of."""
    for classes in dict.fromkeys(requirement.classes for requirement in requirements):
        alike = tuple(requirement for requirement in requirements if requirement.classes == classes)
        yield alike, select(source, rule.models.names, classes)


def _lacks(requirements: tuple[CompiledRequirement, ...], unit: Unit) -> tuple[str, ...]:
    return missing((requirement for requirement in requirements if requirement.is_asked(unit)), unit)


def _none_meets(lacks: dict[ast.AST, tuple[str, ...]], source: SourceFile) -> tuple[ast.AST, str]:
    """What to say of a file that is judged as a whole, and where: at the first of its classes."""
    names = [_name(node, source) for node in lacks]
    shown = ", ".join(names[:MAX_NAMES]) + (f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else "")
    closest, phrases = min(lacks.items(), key=lambda lacking: len(lacking[1]))
    what = f"the closest, {_name(closest, source)}, {' and '.join(phrases)}"
    return next(iter(lacks)), f"none of the mapped classes here ({shown}) meets the rule: {what}"


def _without_model(
    requirements: tuple[CompiledRequirement, ...], source: SourceFile
) -> Iterator[tuple[ast.AST | None, str]]:
    if (source.path or "").endswith("__init__.py") or holds_nothing(source) or defines_bases(source):
        return
    unit = Unit.module(source) if maps_imperatively(source) else None

    def lacks(matcher: Matcher) -> bool:
        return unit is None or not matcher.stands_in(unit)

    phrases: dict[str, None] = {}
    for requirement in (one for one in requirements if not one.when):
        phrases.update((matcher.missing, None) for matcher in requirement.all_of if lacks(matcher))
        if requirement.one_of and all(map(lacks, requirement.one_of)):
            phrases[either(requirement.one_of)] = None
    if phrases:
        yield None, sentence("no mapped class in this file, so it", tuple(phrases))


def _unit(source: SourceFile, node: ast.AST) -> Unit:
    """A task model as a unit: with its bases, as far as they are project source."""
    if not isinstance(node, ast.ClassDef):
        return Unit.single(source, node)
    frames = tuple(Frame(owner.source, owner.node) for owner in lineage(Definition(source, node)).classes)
    return Unit(source, node, frames)


def _name(node: ast.AST, source: SourceFile) -> str:
    """The class's name, or the name of the variable that holds a core table, or of the table itself."""
    if isinstance(node, ast.ClassDef):
        return node.name
    match source.parent(node):
        case ast.Assign(targets=[ast.Name(id=name), *_]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    match node:
        case ast.Call(args=[ast.Constant(value=str(name)), *_]):
            return f"the table {name}"
    return "the table"
