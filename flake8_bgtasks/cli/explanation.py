"""What there is to tell of a rule, as data: what it asks and forbids, in which files of this project, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import NamedTuple

from flake8_bgtasks.catalogue import CompiledAntiPattern, CompiledRequirement, CompiledRule, asked_by
from flake8_bgtasks.catalogue.compiling import Compiler
from flake8_bgtasks.host.session import Session
from flake8_bgtasks.javascript.words import in_words as page_in_words
from flake8_bgtasks.matching.equivalents import Equivalents
from flake8_bgtasks.matching.words import forbidden_in_words, in_words
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.building import globs_of
from flake8_bgtasks.rules.globs import Glob
from flake8_bgtasks.rules.model import Example, Family, Mark, Requirement, Rule

UNITS = {
    Family.MODELS: "each task model",
    Family.STATUS: "each file",
    Family.API: "each endpoint",
    Family.TASKS: "each task function, with all that it reaches",
    Family.FRONTEND: "each page",
    Family.GENERIC: "each file",
}


class Covered(NamedTuple):
    """A glob, None for every file of the rule's kind, and how many of the project's files it covers."""

    glob: str | None
    files: int
    in_place_of: str | None
    """The rule's own glob, where ``paths`` puts this one in its place."""


class Asked(NamedTuple):
    """A snippet, under which key it stands, what it is read as, and what else counts for it here."""

    key: str
    snippet: str
    read_as: str
    equivalents: tuple[str, ...]


class Question(NamedTuple):
    """What is asked of each unit in some files."""

    unit: str
    files: tuple[Covered, ...]
    classes: tuple[str, ...]
    endpoint_pattern: str | None
    asked: tuple[Asked, ...]


class Forbidden(NamedTuple):
    """An anti-pattern, what it is read as, and what is said where it is met; no pattern where the description implies it."""

    pattern: str | None
    read_as: str
    message: str


class Ban(NamedTuple):
    """What is forbidden in some files; None for those of the loaded rules on models, tasks and registries."""

    files: tuple[Covered, ...] | None
    forbidden: tuple[Forbidden, ...]


class Explanation(NamedTuple):
    """All that there is to tell of a rule."""

    rule: Rule
    configured_at: str
    """Where it stands, and which bundled rule it changes if it does."""
    is_reported: bool
    """Whether it is switched on, and grave enough for ``bgtasks-severity``."""
    questions: tuple[Question, ...]
    bans: tuple[Ban, ...]
    excluded: tuple[str, ...]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]


def explanation_of(rule: Rule, session: Session, files: Iterable[str]) -> Explanation:
    """Return what there is to tell of a rule in a project of these files, relative to their roots."""
    compiled = _compiled(rule, session)
    here = _Files(compiled, tuple(files), _renamed(session))
    bundled = next((one.tests for one in loader.examples().rules if one.id == rule.id), rule.tests)
    return Explanation(
        rule,
        configured_at(rule),
        rule.enabled and rule.severity >= session.settings.severity,
        tuple(_questions(compiled, session, here)),
        tuple(_bans(compiled, here)),
        tuple(glob.text for glob in compiled.exclude),
        rule.tests.bad or bundled.bad,
        rule.tests.good or bundled.good,
    )


def configured_at(rule: Rule) -> str:
    """Return where a rule stands, and which bundled rule it is merged over if it is."""
    base = next((one for one in loader.bundled().rules if one.id == rule.id), None)
    here = _place(rule.mark)
    if base is None or base.mark.path == rule.mark.path:
        return here
    skipped = {"id", "family", "mark"}
    changed = [
        "patterns" if field.name == "requirements" else field.name
        for field in fields(Rule)
        if field.name not in skipped and getattr(rule, field.name) != getattr(base, field.name)
    ]
    return f"{here}, which changes {', '.join(changed) or 'nothing'} of {_place(base.mark)}"


def _place(mark: Mark) -> str:
    return f"{mark.path}:{mark.line}:{mark.column}"


def _compiled(rule: Rule, session: Session) -> CompiledRule:
    """Return the rule as it is asked, also where it is switched off."""
    written = session.catalogue.written
    on = replace(written, rules=tuple(replace(one, enabled=one.enabled or one == rule) for one in written.rules))
    return next(compiled for compiled in Compiler(on).compile() if compiled.rule.id == rule.id)


class _Files(NamedTuple):
    """The project's files as one rule sees them."""

    rule: CompiledRule
    paths: tuple[str, ...]
    renamed: Mapping[str, str]
    """What the rules write for the globs that ``paths`` puts in their place."""

    def covered(self, globs: tuple[Glob, ...] | None) -> Iterator[Covered]:
        """Yield each glob with how many files it covers here; for None, every file."""
        looked_at = [path for path in self.paths if self.rule.reads(path) and not self.rule.excludes(path)]
        if globs is None:
            yield Covered(None, len(looked_at), None)
        written = set(globs_of(self.rule.rule))
        for glob in globs or ():
            left = self.renamed.get(glob.text)
            yield Covered(glob.text, sum(map(glob.matches, looked_at)), left if left in written else None)


def _renamed(session: Session) -> Mapping[str, str]:
    return {right: left for left, rights in session.catalogue.written.paths for right in rights if right != left}


class _Alike(NamedTuple):
    """What several entries of ``patterns`` ask alike, and the globs of all of them."""

    requirement: Requirement
    read: CompiledRequirement
    globs: tuple[Glob, ...] | None


def _alike(rule: CompiledRule) -> Iterable[_Alike]:
    found: dict[Requirement, _Alike] = {}
    for requirement, read in zip(rule.rule.requirements, rule.requirements, strict=True):
        alike = replace(requirement, file=None)
        known = found.setdefault(alike, _Alike(alike, read, ()))
        globs = None if known.globs is None or read.globs is None else (*known.globs, *read.globs)
        found[alike] = known._replace(globs=globs)
    return found.values()


def _questions(rule: CompiledRule, session: Session, files: _Files) -> Iterator[Question]:
    others = Equivalents(session.catalogue.written.equivalents)
    for alike in _alike(rule):
        requirement = alike.requirement
        of_file = bool(requirement.must_reference) or requirement.should_match is not None
        yield Question(
            "each file" if of_file and rule.rule.family is not Family.FRONTEND else UNITS[rule.rule.family],
            tuple(files.covered(alike.globs)),
            requirement.classes,
            requirement.endpoint_pattern,
            tuple(
                Asked(key, snippet, read_as, others.of(snippet) if key != "when_contains" else ())
                for key, snippet, read_as in _readings(alike)
            ),
        )


def _readings(alike: _Alike) -> Iterator[tuple[str, str, str]]:
    requirement, read = alike.requirement, alike.read
    if read.page is None:
        yield from ((key, snippet, in_words(matcher)) for key, snippet, matcher in asked_by(requirement, read))
        if requirement.should_match is not None and read.should_match is not None:
            somewhere = f"somewhere in the file: {forbidden_in_words(read.should_match)}"
            yield "should_match", requirement.should_match, somewhere
        return
    for word in requirement.when_contains:
        yield "when_contains", word, "the text stands in the file, comments included"
    written = (*requirement.must_contain, *requirement.must_reference)
    for snippet, matcher in zip(written, read.page.all_of, strict=True):
        yield "must_contain", snippet, page_in_words(matcher)
    for snippet, matcher in zip(requirement.must_contain_one_of, read.page.one_of, strict=True):
        yield "must_contain_one_of", snippet, page_in_words(matcher)
    if requirement.should_match is not None and read.page.should_match is not None:
        told = f"{page_in_words(read.page.should_match)}, as far as it can be told"
        yield "should_match", requirement.should_match, told


def _bans(rule: CompiledRule, files: _Files) -> Iterator[Ban]:
    written = [one.pattern for one in rule.rule.anti_patterns]
    groups: dict[tuple[tuple[Glob, ...] | None, bool], list[Forbidden]] = {}
    for number, read in enumerate(rule.anti_patterns):
        implied = number >= len(written)
        one = Forbidden(None if implied else written[number], _forbidden(read), read.message)
        groups.setdefault((read.globs, implied), []).append(one)
    for (globs, implied), found in groups.items():
        yield Ban(None if implied else tuple(files.covered(globs)), tuple(found))


def _forbidden(read: CompiledAntiPattern) -> str:
    if read.page is not None:
        return page_in_words(read.page.matcher)
    assert read.matcher is not None
    return forbidden_in_words(read.matcher)
