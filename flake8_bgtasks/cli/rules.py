"""`bgtasks rules`: the rules in force here, and how much of the project each of them covers."""

from collections.abc import Iterable
from typing import NamedTuple

import click

from flake8_bgtasks.cli.naming import origin
from flake8_bgtasks.cli.output import COLOURS, echo_json, echo_table, echo_text, plural
from flake8_bgtasks.cli.project import Project, with_project
from flake8_bgtasks.host.session import Session
from flake8_bgtasks.rules.model import Rule


class Coverage(NamedTuple):
    """One rule, and how many of the project's files it looks at; None where it is switched off."""

    rule: Rule
    files: int | None
    is_reported: bool
    """Whether the rule is grave enough for ``bgtasks-severity``."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
@with_project
def rules(project: Project, as_json: bool) -> None:
    """List the rules that are in force here.

    Shows for each rule how many of this project's files it covers. A rule that covers none can find nothing: either
    the project has no such code, or its files lie elsewhere, which `paths` in a rules file can say.

    \b
    Exit codes: 0 the rules are listed, whatever they cover; 2 the rules or options cannot be used.
    """
    files = project.files()
    found = tuple(coverage(project.session, files))
    if as_json:
        echo_json(_as_json(project, found, len(files)))
        return
    echo_table(("rule", "severity", "family", "files", "name"), map(_row, found), right=[3])
    click.echo()
    for paragraph in _summary(project, found, len(files)):
        echo_text(paragraph)


def coverage(session: Session, files: Iterable[str]) -> Iterable[Coverage]:
    """Yield all rules in the order of their file, each with how many of these files it covers."""
    paths = [session.path_of(file)[1] for file in files]
    compiled = {one.rule.id: one for one in session.catalogue.rules}
    for rule in session.catalogue.written.rules:
        ready = compiled.get(rule.id)
        covered = None if ready is None else sum(ready.reads(path) and ready.covers(path) for path in paths)
        yield Coverage(rule, covered, rule.severity >= session.settings.severity)


def _row(one: Coverage) -> tuple[str, ...]:
    severity = click.style(one.rule.severity.name.lower(), fg=COLOURS[one.rule.severity])
    texts = (one.rule.code, severity, one.rule.family.value, _files(one), one.rule.name)
    if one.files == 0:
        return (*texts[:3], click.style(texts[3], fg="yellow", bold=True), texts[4])
    return (
        texts if one.files and one.is_reported else tuple(click.style(click.unstyle(text), dim=True) for text in texts)
    )


def _files(one: Coverage) -> str:
    if one.files is None:
        return "off"
    return str(one.files) if one.files else "none"


def _summary(project: Project, found: tuple[Coverage, ...], files: int) -> Iterable[str]:
    """Yield where the rules come from, and what about them is worth a thought."""
    settings = project.session.settings
    yield f"{plural(len(found), 'rule')} from {origin(project.session)}; flake8 looks at {plural(files, 'file')} here."
    below = [one.rule.code for one in found if one.files is not None and not one.is_reported]
    if below:
        yield f"Not reported, below bgtasks-severity = {settings.severity.name.lower()}: {', '.join(below)}."
    unused = [one.rule.code for one in found if one.files == 0]
    if unused:
        yield (
            f"No file is covered by {', '.join(unused)}. If the files lie elsewhere, say so"
            f" under `paths` in a rules file: `bgtasks init` writes one, `bgtasks explain {unused[0]}` shows the globs."
        )


def _as_json(project: Project, found: tuple[Coverage, ...], files: int) -> dict[str, object]:
    written, settings = project.session.catalogue.written, project.session.settings
    return {
        "rules_file": written.path,
        "extends": written.extends,
        "severity": settings.severity.name.lower(),
        "files": files,
        "rules": [
            {
                "code": one.rule.code,
                "id": one.rule.id,
                "name": one.rule.name,
                "severity": one.rule.severity.name.lower(),
                "family": one.rule.family.value,
                "enabled": one.files is not None,
                "reported": one.files is not None and one.is_reported,
                "files": one.files or 0,
            }
            for one in found
        ],
    }
