"""Rules asked about a file, or about one line of it."""

import ast
from collections.abc import Iterator, Sequence

from flake8_bgtasks.catalogue import Asked, CompiledRequirement, CompiledRule, asked_by
from flake8_bgtasks.checkers.base import FamilyChecker, Questioned
from flake8_bgtasks.checkers.modules import is_spoken_of
from flake8_bgtasks.checkers.running import CHECKERS
from flake8_bgtasks.evidence import Answer
from flake8_bgtasks.host.findings import finding
from flake8_bgtasks.host.session import Session
from flake8_bgtasks.host.verdict import Reader
from flake8_bgtasks.matching.api import Starts
from flake8_bgtasks.matching.base import At, Matcher, Unit
from flake8_bgtasks.matching.equivalents import AnyOf
from flake8_bgtasks.matching.misses import misses, text_says
from flake8_bgtasks.matching.references import References
from flake8_bgtasks.matching.returns import Returns
from flake8_bgtasks.matching.words import in_words
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.semantics.endpoints import endpoints
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.source import FUNCTIONS, SourceFile
from flake8_bgtasks.tracing.coverage import covering_globs
from flake8_bgtasks.tracing.pages import page_unit, timer_remarks
from flake8_bgtasks.tracing.statuses import status_remarks
from flake8_bgtasks.tracing.trace import Answered, Place, Reported, RuleTrace, UnitTrace, Verdict
from flake8_bgtasks.tracing.units import KINDS, holds, span, why_no_unit
from flake8_bgtasks.violation import Violation

MOST_UNITS = 3
"""How many units are told that only reach the line."""


def ask(rule: CompiledRule, source: SourceFile, line: int | None, reader: Reader, session: Session) -> RuleTrace:
    """Return what a rule that covers a file has to say of it, or of one of its lines."""
    family = rule.rule.family
    checker = next(checker for checker in CHECKERS if checker.family is family)
    nodes: tuple[ast.AST, ...] = ()
    units: tuple[UnitTrace, ...]
    if family is Family.FRONTEND:
        units, remarks = (page_unit(rule, source),), tuple(timer_remarks(rule, source, line))
    else:
        chosen = tuple(_chosen(tuple(checker.units(rule, source)), source, line))
        nodes = tuple(one.unit.node for one in chosen)
        units = tuple(_unit(one, rule, source) for one in chosen)
        is_inside = any(line is not None and _is_around(one, line, source) for one in chosen)
        remarks = tuple(_remarks(rule, source, line, is_inside))
    return RuleTrace(
        rule.rule.code,
        rule.rule.name,
        rule.rule.severity.name.lower(),
        covering_globs(rule, source.path),
        units=units,
        remarks=remarks,
        findings=tuple(_findings(rule, checker, source, line, nodes, reader, session)),
    )


def _chosen(units: Sequence[Questioned], source: SourceFile, line: int | None) -> Iterator[Questioned]:
    """Yield the units that a line belongs to, or else those that reach it; without a line, all."""
    if line is None:
        yield from units
        return
    around = [one for one in units if _is_around(one, line, source)]
    if around:
        yield from around
        return
    reaching = (
        one for one in units if any(_is_reached(frame.node, frame.source, line, source) for frame in one.unit.frames)
    )
    yield from list(reaching)[:MOST_UNITS]


def _is_around(questioned: Questioned, line: int, source: SourceFile) -> bool:
    node = questioned.unit.node
    return isinstance(node, ast.Module) or holds(node, line, source)


def _is_reached(node: ast.AST, inside: SourceFile, line: int, source: SourceFile) -> bool:
    return inside is source and isinstance(node, FUNCTIONS) and holds(node, line, source)


def _unit(questioned: Questioned, rule: CompiledRule, source: SourceFile) -> UnitTrace:
    unit, name, asked = questioned
    first, last = span(unit.node, source)
    answers = [
        answered
        for requirement, read in zip(rule.rule.requirements, rule.requirements, strict=True)
        if any(read is one for one in asked)
        for question in asked_by(requirement, read)
        if (answered := _answer(question, unit)) is not None
    ]
    distinct = {(one.key, one.snippet): one for one in answers}
    unasked = "" if asked else "; ".join(_why_unasked(rule, source, unit))
    asked_for = ", ".join(dict.fromkeys(_why_asked(asked, unit)))
    return UnitTrace(name, KINDS[rule.rule.family], first, last, tuple(distinct.values()), asked_for, unasked)


def _why_asked(asked: Sequence[CompiledRequirement], unit: Unit) -> Iterator[str]:
    """Yield the names that start something, for which an endpoint is asked."""
    for condition in (one for read in asked for one in read.when):
        name = condition.find_name(unit) if isinstance(condition, Starts) else None
        if name is not None:
            yield "it is called so" if name == getattr(unit.node, "name", None) else f"it starts {name}"


def _why_unasked(rule: CompiledRule, source: SourceFile, unit: Unit) -> Iterator[str]:
    """Yield why a unit need meet none of the requirements that cover its file."""
    for requirement, read in zip(rule.rule.requirements, rule.requirements, strict=True):
        if not read.covers(source.path):
            continue
        endpoint = next((one for one in endpoints(source) if one.function is unit.node), None)
        if endpoint is not None and not is_spoken_of(read, endpoint):
            texts = ", ".join(route.text for route in endpoint.routes)
            yield f"its decorator {texts} does not match {requirement.endpoint_pattern}"
        elif read.when and not read.is_asked(unit):
            yield f"it has none of {', '.join(requirement.when_contains)}"


def _answer(question: Asked, unit: Unit) -> Answered | None:
    key, snippet, matcher = question
    match matcher:
        case References():
            return _reference(key, snippet, matcher, unit)
        case Returns():
            return _returned(key, snippet, matcher, unit)
        case Starts():
            return None
    return None if key == "when_contains" else _found(key, snippet, matcher, unit)


def _met(key: str, snippet: str, place: Place | None, by: str = "") -> Answered:
    return Answered(key, snippet, Verdict.MET, place, by)


def _found(key: str, snippet: str, matcher: Matcher, unit: Unit) -> Answered:
    for one in (matcher.asked, *matcher.others) if isinstance(matcher, AnyOf) else (matcher,):
        evidence = one.find(unit)
        if evidence.answer is Answer.PRESENT and evidence.spot is not None:
            is_other = isinstance(matcher, AnyOf) and one is not matcher.asked
            return _met(key, snippet, Place.of(evidence.spot), in_words(one) if is_other else "")
    told = tuple(Place.of(miss.spot, miss.reason) for miss in misses(matcher, unit))
    if matcher.find(unit).answer is Answer.UNKNOWN:
        spot = text_says(matcher, unit)
        if spot is None and not matcher.stands_in(unit):
            return Answered(key, snippet, Verdict.MISSING_BY_TEXT, misses=told)
        return Answered(key, snippet, Verdict.MET_BY_TEXT, None if spot is None else Place.of(spot), misses=told)
    return Answered(key, snippet, Verdict.MISSING, misses=told)


def _reference(key: str, snippet: str, matcher: References, unit: Unit) -> Answered:
    frame = top(unit.source)
    use = next(matcher.uses(unit.source), None)
    if use is not None:
        return _met(key, snippet, Place.of(At(frame, use)))
    if matcher.is_used(unit.source):
        return _met(key, snippet, None, "a registry of another module, which is imported")
    return Answered(key, snippet, Verdict.MISSING)


def _returned(key: str, snippet: str, matcher: Returns, unit: Unit) -> Answered | None:
    endpoint = next((one for one in endpoints(unit.source) if one.function is unit.node), None)
    if endpoint is None:
        return None
    offence = matcher.offence(endpoint, unit)
    if offence is None:
        return _met(key, snippet, None, "each return has it, or cannot be told and the name stands in the endpoint")
    remark = "this return lacks it" if isinstance(offence, ast.Return) else "nothing is returned"
    return Answered(key, snippet, Verdict.MISSING, misses=(Place.of(At(unit.frames[0], offence), remark),))


def _remarks(rule: CompiledRule, source: SourceFile, line: int | None, is_inside: bool) -> Iterator[Place]:
    if rule.rule.family is Family.STATUS:
        yield from status_remarks(rule, source, line)
    elif rule.requirements_for(source.path) and not is_inside:
        yield from why_no_unit(rule, source, line)
    if any(one.references for one in rule.requirements_for(source.path)):
        yield from _registry(rule.requirements_for(source.path), source)


def _registry(requirements: Sequence[CompiledRequirement], source: SourceFile) -> Iterator[Place]:
    """Yield for each class that must be registered where the file uses it."""
    for reference in dict.fromkeys(one for requirement in requirements for one in requirement.references):
        use = next(reference.uses(source), None)
        if use is not None:
            yield Place.of(At(top(source), use), f"{reference.name} is registered")
        elif reference.is_used(source):
            yield Place(source.path, 1, remark=f"{reference.name} is registered in a module that is imported")
        else:
            yield Place(source.path, 1, remark=f"{reference.name} is used nowhere in the file, in code")


def _findings(
    rule: CompiledRule,
    checker: type[FamilyChecker],
    source: SourceFile,
    line: int | None,
    nodes: Sequence[ast.AST],
    reader: Reader,
    session: Session,
) -> Iterator[Reported]:
    for violation in sorted(checker.check(rule, source)):
        if line is not None and violation.line != line and not _is_of(violation, nodes, source):
            continue
        ending = f" [{rule.rule.severity.name.lower()}]"
        shown = finding(reader.lines, *violation, ending)
        yield Reported(shown.line, shown.column + 1, shown.message, reader.silenced_by(shown, session))


def _is_of(violation: Violation, nodes: Sequence[ast.AST], source: SourceFile) -> bool:
    """Tell whether a finding is about one of these units: it stands where a unit's shortcomings are reported."""
    return any(source.place(node)[0] == violation.line or isinstance(node, ast.Module) for node in nodes)
