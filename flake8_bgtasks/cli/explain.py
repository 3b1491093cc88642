"""`bgtasks explain`: what a rule asks, why, and how to satisfy it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import NamedTuple

import click

from flake8_bgtasks.catalogue import CompiledAntiPattern, CompiledRequirement, CompiledRule, asked_by
from flake8_bgtasks.catalogue.compiling import Compiler
from flake8_bgtasks.cli.naming import rule_named
from flake8_bgtasks.cli.output import COLOURS, echo_code, echo_definitions, echo_heading, echo_text, plural
from flake8_bgtasks.cli.project import Project, with_project
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


@click.command()
@click.argument("codes", nargs=-1, required=True, metavar="RULE...")
@with_project
def explain(project: Project, codes: tuple[str, ...]) -> None:
    """Explain rules: what they ask, why, and what to write.

    Shows how each snippet and regex is read as code, what else counts for it here (`equivalents`), which files are
    meant (after `paths`), where the rule is configured, and a bad and a good example.

    \b
      bgtasks explain BG030
      bgtasks explain bg-030 bg-031

    Exit codes: 0 explained, 2 there is no such rule.
    """
    rules = [rule_named(code, project.session) for code in dict.fromkeys(codes)]
    files = [path for file in project.files() if (path := project.session.path_of(file)[1]) is not None]
    for number, rule in enumerate(dict.fromkeys(rules)):
        if number:
            click.echo(f"\n{'-' * 80}\n")
        _explain(rule, project.session, files)


def _explain(rule: Rule, session: Session, files: list[str]) -> None:
    severity = click.style(rule.severity.name.lower(), fg=COLOURS[rule.severity])
    click.echo(f"{click.style(rule.code, bold=True)}  {rule.name}")
    click.echo(f"{severity}, {rule.family.value} family; {configured_at(rule)}")
    for remark in _remarks(rule, session):
        echo_text(remark)
    if rule.description:
        click.echo()
        echo_code(rule.description, "")
    compiled = _compiled(rule, session)
    here = _Files(compiled, tuple(files), _renamed(session))
    _write_requirements(compiled, session, here)
    _write_anti_patterns(compiled, here)
    if compiled.exclude:
        echo_heading("It does not look at")
        echo_code("\n".join(glob.text for glob in compiled.exclude))
    if rule.suggestion:
        echo_heading("What to write")
        echo_code(rule.suggestion)
    for name, examples in _examples(rule):
        for example in examples:
            echo_heading(name)
            _write_example(example)


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


def _remarks(rule: Rule, session: Session) -> Iterator[str]:
    if not rule.enabled:
        yield "It is switched off: `enabled: false`."
    elif rule.severity < session.settings.severity:
        yield f"It is not reported: bgtasks-severity is {session.settings.severity.name.lower()}."


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

    def write(self, globs: tuple[Glob, ...] | None) -> None:
        """Write each glob with how many files it covers here; for None, every file."""
        looked_at = [path for path in self.paths if self.rule.reads(path) and not self.rule.excludes(path)]
        if globs is None:
            kind = "JavaScript" if self.rule.rule.family is Family.FRONTEND else "Python"
            click.echo(f"  every {kind} file  ({plural(len(looked_at), 'file')} here)")
        written = set(globs_of(self.rule.rule))
        for glob in globs or ():
            covered = sum(glob.matches(path) for path in looked_at)
            count = plural(covered, "file") if covered else click.style("no file", fg="yellow")
            left = self.renamed.get(glob.text)
            instead = f"; `paths` puts it in the place of {left}" if left in written else ""
            click.echo(f"  {glob.text}  ({count} here{instead})")


def _renamed(session: Session) -> Mapping[str, str]:
    return {right: left for left, rights in session.catalogue.written.paths for right in rights if right != left}


class _Question(NamedTuple):
    """What several entries of ``patterns`` ask alike, and the globs of all of them."""

    requirement: Requirement
    read: CompiledRequirement
    globs: tuple[Glob, ...] | None


def _questions(rule: CompiledRule) -> Iterable[_Question]:
    found: dict[Requirement, _Question] = {}
    for requirement, read in zip(rule.rule.requirements, rule.requirements, strict=True):
        alike = replace(requirement, file=None)
        known = found.setdefault(alike, _Question(alike, read, ()))
        globs = None if known.globs is None or read.globs is None else (*known.globs, *read.globs)
        found[alike] = known._replace(globs=globs)
    return found.values()


def _write_requirements(rule: CompiledRule, session: Session, files: _Files) -> None:
    others = Equivalents(session.catalogue.written.equivalents)
    for question in _questions(rule):
        of_file = bool(question.requirement.must_reference) or question.requirement.should_match is not None
        unit = "each file" if of_file and rule.rule.family is not Family.FRONTEND else UNITS[rule.rule.family]
        echo_heading(f"It asks of {unit}, in")
        files.write(question.globs)
        for lead, rows in _asked(question, others):
            click.echo(f"  {lead}")
            echo_definitions(rows, 4)


def _asked(question: _Question, others: Equivalents) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield what is asked, group by group: how the group is led in, and its snippets with what they are read as."""
    requirement = question.requirement
    if requirement.classes:
        yield "where the class is called", [(name, "") for name in requirement.classes]
    if requirement.endpoint_pattern is not None:
        what = (
            'the regex is found in the decorator, written `@router.post("/prefix/path")` whatever the router is called'
        )
        yield "only where", [(requirement.endpoint_pattern, what)]
    rows: dict[str, list[tuple[str, str]]] = {}
    for key, snippet, words in _readings(question):
        counting = others.of(snippet) if key != "when_contains" else ()
        also = f"; also {', '.join(map(_quoted, counting))} (equivalents)" if counting else ""
        rows.setdefault(key, []).append((snippet, words + also))
    for key, lead in _LEADS.items():
        if key in rows:
            yield lead, rows[key]


_LEADS = {
    "when_contains": "only where any of these holds",
    "must_contain": "that all of these hold",
    "must_contain_one_of": "that at least one of these holds",
    "must_reference": "that all of these hold",
    "must_return": "that all of these hold",
    "should_match": "that this holds",
}


def _quoted(snippet: str) -> str:
    """Return a snippet with double quotes, as rules files write them."""
    return snippet if '"' in snippet else snippet.replace("'", '"')


def _readings(question: _Question) -> Iterator[tuple[str, str, str]]:
    requirement, read = question.requirement, question.read
    if read.page is None:
        yield from ((key, snippet, in_words(matcher)) for key, snippet, matcher in asked_by(requirement, read))
        if requirement.should_match is not None and read.should_match is not None:
            yield (
                "should_match",
                requirement.should_match,
                f"somewhere in the file: {forbidden_in_words(read.should_match)}",
            )
        return
    for word in requirement.when_contains:
        yield "when_contains", word, "the text stands in the file, comments included"
    written = (*requirement.must_contain, *requirement.must_reference)
    for snippet, matcher in zip(written, read.page.all_of, strict=True):
        yield "must_contain", snippet, page_in_words(matcher)
    for snippet, matcher in zip(requirement.must_contain_one_of, read.page.one_of, strict=True):
        yield "must_contain_one_of", snippet, page_in_words(matcher)
    if requirement.should_match is not None and read.page.should_match is not None:
        yield (
            "should_match",
            requirement.should_match,
            f"{page_in_words(read.page.should_match)}, as far as it can be told",
        )


def _write_anti_patterns(rule: CompiledRule, files: _Files) -> None:
    written = [one.pattern for one in rule.rule.anti_patterns]
    groups: dict[tuple[tuple[Glob, ...] | None, bool], list[tuple[str, str]]] = {}
    for number, read in enumerate(rule.anti_patterns):
        implied = number >= len(written)
        snippet = "(its description)" if implied else written[number]
        groups.setdefault((read.globs, implied), []).append((snippet, f'{_forbidden(read)}; says "{read.message}"'))
    for (globs, implied), rows in groups.items():
        echo_heading("It forbids, in")
        if implied:
            click.echo("  the files of task models, tasks and registries")
        else:
            files.write(globs)
        click.echo("  any of these")
        echo_definitions(rows, 4)


def _forbidden(read: CompiledAntiPattern) -> str:
    if read.page is not None:
        return page_in_words(read.page.matcher)
    assert read.matcher is not None
    return forbidden_in_words(read.matcher)


def _examples(rule: Rule) -> Iterator[tuple[str, tuple[Example, ...]]]:
    """Yield the rule's own examples, or the bundled ones where it is a bundled rule without."""
    bundled = next((one.tests for one in loader.examples().rules if one.id == rule.id), rule.tests)
    yield "Bad", rule.tests.bad or bundled.bad
    yield "Good", rule.tests.good or bundled.good


def _write_example(example: Example) -> None:
    for path, text in example.files:
        if path is not None:
            click.echo(f"  {path}")
        echo_code(text, "  " if path is None else "    ")
