"""`bgtasks why`: what the rules say of a file or of a line, and what that rests on."""

import difflib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import click

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.cli.ending import FINE, FOUND, WrongUse, end_with
from flake8_bgtasks.cli.naming import rule_named
from flake8_bgtasks.cli.output import echo_json
from flake8_bgtasks.cli.project import Project, with_project
from flake8_bgtasks.cli.traces import TraceWriter, as_json
from flake8_bgtasks.host.discovery import excluded_by
from flake8_bgtasks.host.verdict import Reader
from flake8_bgtasks.rules.model import Rule
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.tracing.asking import ask
from flake8_bgtasks.tracing.coverage import why_uncovered
from flake8_bgtasks.tracing.trace import FileTrace, RuleTrace

_TARGET = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?(?::\d+)?:?", re.DOTALL)


class Target(NamedTuple):
    """A file, and the line of it that is meant, if one is."""

    filename: str
    line: int | None


@click.command()
@click.argument("target", metavar="PATH[:LINE]")
@click.argument("codes", nargs=-1, metavar="[RULE]...")
@click.option("--json", "in_json", is_flag=True, help="Write JSON.")
@with_project
def why(project: Project, target: str, codes: tuple[str, ...], in_json: bool) -> None:
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
    if in_json:
        echo_json(as_json(trace))
    else:
        TraceWriter(trace, detailed=line is not None or bool(rules)).write()
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
