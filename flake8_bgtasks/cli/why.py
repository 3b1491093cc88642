"""`bgtasks why`: what the rules say of a file or of a line, and what that rests on."""

import difflib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import NamedTuple

import click

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.cli.ending import FINE, FOUND, WrongUse, end_with
from flake8_bgtasks.cli.naming import rule_named
from flake8_bgtasks.cli.output import COLOURS, echo_json, echo_text, plural
from flake8_bgtasks.cli.project import Project, with_project
from flake8_bgtasks.evidence import Step
from flake8_bgtasks.host.discovery import excluded_by
from flake8_bgtasks.host.verdict import Reader
from flake8_bgtasks.rules.model import Rule, Severity
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.tracing.asking import ask
from flake8_bgtasks.tracing.coverage import why_uncovered
from flake8_bgtasks.tracing.trace import Answered, FileTrace, Place, RuleTrace, UnitTrace, Verdict

_TARGET = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?(?::\d+)?:?", re.DOTALL)


class Target(NamedTuple):
    """A file, and the line of it that is meant, if one is."""

    filename: str
    line: int | None


@click.command()
@click.argument("target", metavar="PATH[:LINE]")
@click.argument("codes", nargs=-1, metavar="[RULE]...")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@with_project
def why(project: Project, target: str, codes: tuple[str, ...], as_json: bool) -> None:
    """Tell why a rule says what it says of a file or of a line.

    Shows which rules cover the file and by which glob, which unit the line belongs to, what was looked for in it, and
    where that was found, call by call; for what was not found, what looks like it and why it does not count. Also where
    there is no finding, and where a finding is not shown: a noqa, an ignored code, an excluded file.

    \b
      bgtasks why app/tasks/imports.py:14           all rules that cover the file, at that line
      bgtasks why app/tasks/imports.py:14 BG030     one of them
      bgtasks why app/tasks/imports.py              the units of the file, and what each lacks

    Exit codes: 0 nothing is reported there, 1 a finding is, 2 wrong use.
    """
    filename, line = _read_target(target)
    rules = [rule_named(code, project.session) for code in codes]
    trace = trace_of(project, filename, line, tuple(dict.fromkeys(rules)))
    if as_json:
        echo_json(_as_json(trace))
    else:
        _Writer(trace, detailed=line is not None or bool(rules)).write()
    shown = any(found.silenced_by is None for rule in trace.rules for found in rule.findings)
    end_with(FOUND if shown else FINE)


def _read_target(text: str) -> Target:
    """Return what ``app/x.py:14`` means, also with a column as flake8 prints it."""
    found = _TARGET.fullmatch(text)
    if os.path.isfile(text) or found is None:
        return Target(text, None)
    filename, line = found["path"], found["line"]
    if os.path.isdir(filename):
        raise WrongUse(f"{filename} is a directory: ask about a file in it, or about a line: {filename}/...:14")
    if not os.path.isfile(filename):
        folder, name = os.path.split(filename)
        names = os.listdir(folder or os.curdir) if os.path.isdir(folder or os.curdir) else []
        close = difflib.get_close_matches(name, names, n=1)
        advice = f" (did you mean {os.path.join(folder, close[0])}?)" if close else ""
        raise WrongUse(f"there is no file {filename}{advice}")
    return Target(filename, int(line) if line is not None else None)


def trace_of(project: Project, filename: str, line: int | None, wanted: tuple[Rule, ...]) -> FileTrace:
    """Return what the rules, or those wanted, have to say of a file or of a line; wrong use ends the command."""
    try:
        reader = Reader(filename, project.options)
    except (OSError, UnicodeError) as error:
        raise WrongUse(f"{filename} cannot be read: {error}") from None
    lines = reader.lines
    if line is not None and not 1 <= line <= len(lines):
        raise WrongUse(f"{filename} has {len(lines)} lines: there is no line {line}")
    root, inside = project.session.path_of(filename)
    remarks = list(_remarks_on_file(project, filename, root, inside))
    source: SourceFile | None = None
    try:
        source = project.session.read(filename, "".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        what = (
            f"line {error.lineno}: {error.msg}" if isinstance(error, SyntaxError) else str(error) or "too deeply nested"
        )
        remarks.append(f"it cannot be parsed, so that no rule can look at it: {what}")
    compiled = {one.rule.id: one for one in project.session.catalogue.rules}
    rules = wanted or project.session.catalogue.written.rules
    traces = tuple(_trace_rule(rule, compiled.get(rule.id), source, inside, line, reader, project) for rule in rules)
    code = lines[line - 1].strip() if line is not None else ""
    return FileTrace(filename, inside, root, line, code, tuple(remarks), traces)


def _remarks_on_file(project: Project, filename: str, root: str, inside: str | None) -> Iterator[str]:
    pattern = excluded_by(filename, project.options)
    if pattern is not None:
        yield f"flake8 does not look at it: `exclude` has {pattern}"
    if inside is None:
        yield f"it is not under the root {root}, so that only rules that name no files look at it"


def _trace_rule(
    rule: Rule,
    compiled: CompiledRule | None,
    source: SourceFile | None,
    inside: str | None,
    line: int | None,
    reader: Reader,
    project: Project,
) -> RuleTrace:
    blank = RuleTrace(rule.code, rule.name, rule.severity.name.lower())
    if compiled is None:
        return replace(blank, uncovered="it is switched off: `enabled: false`")
    reason = why_uncovered(compiled, inside, project.session.settings.severity)
    if reason or source is None:
        return replace(blank, uncovered=reason or "the file cannot be parsed")
    return ask(compiled, source, line, reader, project.session)


class _Writer:
    """Writes a trace for a person."""

    def __init__(self, trace: FileTrace, detailed: bool) -> None:
        self._trace = trace
        self._detailed = detailed
        self._said: set[Place] = set()

    def write(self) -> None:
        """Write all of it: what holds for the file, the rules that cover it, and last those that do not."""
        trace = self._trace
        where = trace.path if trace.line is None else f"{trace.path}:{trace.line}"
        click.echo(f"{click.style(where, bold=True)}  {trace.code}".rstrip())
        for remark in trace.remarks:
            echo_text(remark, "  ", "    ")
        covering = [rule for rule in trace.rules if not rule.uncovered]
        silent = [rule for rule in trace.rules if rule.uncovered]
        for rule in covering:
            click.echo()
            self._write_rule(rule)
        if not covering:
            click.echo("\nNo rule covers this file." if len(silent) > 1 else "")
        elif silent:
            click.echo("\nNot covering this file:")
        for reason, codes in _by_reason(silent):
            echo_text(f"{', '.join(codes)}: {reason}", "  ", "    ")

    def _write_rule(self, rule: RuleTrace) -> None:
        severity = click.style(f"[{rule.severity}]", fg=COLOURS[Severity[rule.severity.upper()]])
        click.echo(f"{click.style(rule.code, bold=True)}  {rule.name} {severity}: {self._verdict(rule)}")
        for found in rule.findings:
            colour = "red" if found.silenced_by is None else None
            click.echo(click.style(f"  {found.line}:{found.column}: {found.message}", fg=colour))
            if found.silenced_by:
                echo_text(f"not shown, for {found.silenced_by}", "    ", "      ")
        echo_text(f"looks at {', '.join(rule.covers)}", "  ", "    ")
        for place in rule.remarks:
            if place not in self._said:
                self._said.add(place)
                self._write_place(place, "  ")
        for unit in rule.units:
            self._write_unit(unit)
        unasked = [unit for unit in rule.units if unit.unasked]
        if unasked and self._trace.line is None:
            click.echo(f"  {plural(len(unasked), unasked[0].kind)} of which nothing is asked")

    def _verdict(self, rule: RuleTrace) -> str:
        shown = [found for found in rule.findings if found.silenced_by is None]
        if shown:
            return click.style("1 finding" if len(shown) == 1 else f"{len(shown)} findings", fg="red")
        if rule.findings:
            return click.style("a finding that is not shown", fg="yellow")
        asked = [unit for unit in rule.units if unit.answers]
        if asked:
            return click.style("met", fg="green")
        return "nothing to say"

    def _write_unit(self, unit: UnitTrace) -> None:
        lines = f"line {unit.first}" if unit.first == unit.last else f"lines {unit.first} to {unit.last}"
        name = unit.name if unit.name == f"this {unit.kind}" else f"{unit.kind} {unit.name}, {lines}"
        if not unit.answers:
            if unit.unasked and self._trace.line is not None:
                echo_text(f"{name}: asked nothing, because {unit.unasked}", "  ", "    ")
            return
        lacking = [one.snippet for one in unit.answers if not one.verdict.is_met]
        if not self._detailed:
            echo_text(f"{name}: {'met' if unit.is_met else 'lacks ' + ', '.join(lacking)}", "  ", "    ")
            return
        echo_text(f"{name}{f': asked because {unit.asked_for}' if unit.asked_for else ''}", "  ", "    ")
        choices = [one for one in unit.answers if one.key == "must_contain_one_of"]
        told: set[Place] = set()
        for answered in unit.answers:
            if answered not in choices:
                self._write_answer(answered, "    ", told)
        if len(choices) == 1:
            self._write_answer(choices[0], "    ", told)
        elif choices:
            met = [one for one in choices if one.verdict.is_met]
            click.echo(f"    {_coloured('met' if met else 'missing', bool(met))}  at least one of")
            for answered in met or choices:
                self._write_answer(answered, "      ", told)

    def _write_answer(self, answered: Answered, indent: str, told: set[Place]) -> None:
        by = f": {answered.by}" if answered.by else ""
        verdict = _coloured("met" if answered.verdict.is_met else "missing", answered.verdict.is_met)
        click.echo(f"{indent}{verdict}  {answered.snippet}{by}")
        inner = f"{indent}  "
        if answered.verdict is Verdict.MET_BY_TEXT:
            echo_text("it cannot be told from the code; the word stands in it, and that decides", inner, f"{inner}  ")
        elif answered.verdict is Verdict.MISSING_BY_TEXT:
            echo_text(
                "it cannot be told from the code; the word stands nowhere in it, and that decides", inner, f"{inner}  "
            )
        if answered.place is not None:
            self._write_place(answered.place, inner)
        if answered.misses and answered.verdict is not Verdict.MET:
            fresh = [miss for miss in answered.misses if miss not in told]
            told.update(fresh)
            if answered.key != "must_return":
                above = (
                    ", as above"
                    if not fresh
                    else ", besides what is told above"
                    if len(fresh) < len(answered.misses)
                    else ""
                )
                click.echo(f"{inner}not counted{above}")
                inner = f"{inner}  "
            for miss in fresh:
                self._write_place(miss, inner)

    def _write_place(self, place: Place, indent: str) -> None:
        where = f"{place.path}:{place.line}" if place.path is not None else f"line {place.line}"
        code = f"  {place.code}" if place.code else ""
        click.echo(f"{indent}{click.style(where, fg='cyan')}{code}")
        if place.way:
            echo_text(f"through {way_text(place.way)}", f"{indent}  ", f"{indent}    ")
        if place.remark:
            echo_text(place.remark, f"{indent}  ", f"{indent}    ")


def _coloured(verdict: str, is_met: bool) -> str:
    return click.style(verdict, fg="green" if is_met else "red")


def way_text(way: Iterable[Step]) -> str:
    """Return a way on one line: ``mark_running() at app/tasks/x.py:31, then set_status() at app/jobs.py:12``."""
    return ", then ".join(f"{step.text} at {step.path or '(no path)'}:{step.line}" for step in way)


def _by_reason(rules: Iterable[RuleTrace]) -> Iterable[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for rule in rules:
        found.setdefault(rule.uncovered, []).append(rule.code)
    return found.items()


def _as_json(trace: FileTrace) -> dict[str, object]:
    return {
        "path": trace.path,
        "root": trace.root,
        "path_from_root": trace.inside,
        "line": trace.line,
        "remarks": list(trace.remarks),
        "rules": [_rule_as_json(rule) for rule in trace.rules],
    }


def _rule_as_json(rule: RuleTrace) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "covers": list(rule.covers),
        "uncovered": rule.uncovered or None,
        "units": [
            {
                "name": unit.name,
                "kind": unit.kind,
                "lines": [unit.first, unit.last],
                "met": unit.is_met if unit.answers else None,
                "asked_for": unit.asked_for or None,
                "unasked": unit.unasked or None,
                "answers": [
                    {
                        "key": one.key,
                        "snippet": one.snippet,
                        "verdict": one.verdict.name.lower(),
                        "met": one.verdict.is_met,
                        "by": one.by or None,
                        "place": None if one.place is None else _place_as_json(one.place),
                        "not_counted": [_place_as_json(miss) for miss in one.misses],
                    }
                    for one in unit.answers
                ],
            }
            for unit in rule.units
        ],
        "remarks": [_place_as_json(place) for place in rule.remarks],
        "findings": [asdict(found) for found in rule.findings],
    }


def _place_as_json(place: Place) -> dict[str, object]:
    return {
        "path": place.path,
        "line": place.line,
        "code": place.code,
        "way": [step._asdict() for step in place.way],
        "remark": place.remark or None,
    }
