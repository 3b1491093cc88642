"""`bgtasks check-rules`: what is wrong, and what is odd, in rules files."""

import os
from dataclasses import dataclass, field

import click

from flake8_bgtasks.cli.ending import FINE, FOUND, WrongUse, end_with
from flake8_bgtasks.cli.output import echo_json, plural
from flake8_bgtasks.cli.project import Project, open_project
from flake8_bgtasks.cli.review import review
from flake8_bgtasks.errors import Problem, RuleFileError
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import RuleSet


@dataclass(frozen=True)
class _Report:
    """What is to be said of one rules file."""

    path: str
    rules: RuleSet | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = field(default=())


@click.command("check-rules")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False))
@click.option("--strict", is_flag=True, help="End with 1 where there are warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def check_rules(files: tuple[str, ...], strict: bool, as_json: bool) -> None:
    """Check rules files without linting anything.

    A problem is what keeps flake8 from running: an unknown key, a bad regex, an id used twice. A warning is what
    makes a sound rule useless: a glob that matches no file here or that an exclusion empties, a rule that asks what
    another one asks already, a word in 'equivalents' or 'paths' that no rule uses.

    \b
      bgtasks check-rules conf/bgtasks.yaml

    Exit codes: 0 no problem, 1 problems (with --strict also warnings), 2 wrong use.
    """
    reports = [_check(file) for file in files]
    if as_json:
        echo_json([_as_data(report) for report in reports])
    else:
        for report in reports:
            _show(report)
    troubled = any(report.problems or (strict and report.warnings) for report in reports)
    end_with(FOUND if troubled else FINE)


def _check(file: str) -> _Report:
    try:
        rules = loader.read(file)
    except RuleFileError as error:
        return _Report(file, None, error.problems)
    project = _project_here(file)
    if project is None:
        return _Report(file, rules, warnings=review(rules, loader.read_places(file), None))
    paths = (project.session.path_of(found)[1] for found in project.files())
    files = frozenset(path for path in paths if path is not None)
    root, _ = project.session.path_of(os.path.abspath("x.py"))
    warnings = review(rules, loader.read_places(file), files, lambda path: os.path.exists(os.path.join(root, path)))
    return _Report(file, rules, warnings=warnings)


def _project_here(file: str) -> Project | None:
    """Return the project in the working directory, under the rules that are checked; None where flake8 cannot run."""
    try:
        return open_project(["--bgtasks-rules", file])
    except WrongUse as error:
        click.echo(f"The globs of {file} are not compared with files, since flake8 cannot be run here:", err=True)
        click.echo(error.message, err=True)
        return None


def _show(report: _Report) -> None:
    for kind, colour, found in (("problem", "red", report.problems), ("warning", "yellow", report.warnings)):
        for path, line, column, message in found:
            place = click.style(f"{path}:{line}:{column}:", bold=True)
            click.echo(f"{place} {click.style(kind, fg=colour)}: {message}")
    said = [plural(len(report.problems), "problem")] if report.problems else []
    said += [plural(len(report.warnings), "warning")] if report.warnings else []
    if report.rules is not None:
        said.insert(0, f"{plural(sum(rule.enabled for rule in report.rules.rules), 'rule')} switched on")
    click.echo(f"{report.path}: {', '.join(said if report.warnings or report.problems else [*said, 'all is well'])}")


def _as_data(report: _Report) -> dict[str, object]:
    rules = report.rules.rules if report.rules is not None else ()
    return {
        "path": report.path,
        "rules": [rule.id for rule in rules if rule.enabled],
        "problems": [_place(problem) for problem in report.problems],
        "warnings": [_place(warning) for warning in report.warnings],
    }


def _place(problem: Problem) -> dict[str, object]:
    return {"line": problem.line, "column": problem.column, "message": problem.message}
