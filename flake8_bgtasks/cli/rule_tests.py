"""`bgtasks test-rules`: whether rules find what their tests say that they find, and nothing else."""

from dataclasses import dataclass

import click

from flake8_bgtasks.catalogue import Catalogue
from flake8_bgtasks.cli.ending import FINE, FOUND, end_with
from flake8_bgtasks.cli.output import echo_json, plural
from flake8_bgtasks.cli.trial import Trial, try_rule
from flake8_bgtasks.errors import Problem, RuleFileError
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Rule, RuleSet

CONTEXT = 6
"""Lines of code shown on each side of a finding."""


@dataclass(frozen=True)
class _Report:
    """What came of the tests of one rules file."""

    path: str
    trials: tuple[Trial, ...] = ()
    untested: tuple[str, ...] = ()
    """The ids of rules of its own that have no tests, or are switched off."""
    problems: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.problems and all(trial.passed for trial in self.trials)


@click.command("test-rules")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def test_rules(files: tuple[str, ...], as_json: bool) -> None:
    """Run the tests in rules files.

    A rule's tests are code that it must report (bad) and code that it must leave alone (good): a text stands for a
    file that the rule covers, a mapping of paths to texts for several files.

    \b
      tests:
        bad: |
          def import_products(job_id):
              ...
        good:
          - app/models.py: |
              class Job(Base): ...
            app/tasks/imports.py: |
              from app.models import Job

    Exit codes: 0 all passed, 1 some failed or a file has problems, 2 wrong use.
    """
    reports = [_test(file) for file in files]
    if as_json:
        echo_json([_as_data(report) for report in reports])
    else:
        for report in reports:
            _show(report)
    end_with(FINE if all(report.passed for report in reports) else FOUND)


def _test(file: str) -> _Report:
    try:
        rules = loader.read(file)
    except RuleFileError as error:
        return _Report(file, problems=error.problems)
    catalogue = Catalogue(rules)
    tested = [rule for rule in rules.rules if rule.enabled and (rule.tests.bad or rule.tests.good)]
    untested = tuple(rule.id for rule in rules.rules if rule not in tested and _asks_of_its_own(rule, rules))
    return _Report(file, tuple(trial for rule in tested for trial in try_rule(rule, catalogue)), untested)


def _asks_of_its_own(rule: Rule, rules: RuleSet) -> bool:
    """Tell whether the file itself says what the rule asks; a bundled rule of another severity needs no test."""
    return any(entry.mark.path == rules.path for entry in rule.entries)


def _show(report: _Report) -> None:
    for problem in report.problems:
        click.echo(f"{click.style('problem', fg='red')} {problem}")
    failed = [trial for trial in report.trials if not trial.passed]
    for trial in failed:
        _show_failure(report.path, trial)
    if report.problems:
        click.echo(f"{report.path}: no tests were run, {plural(len(report.problems), 'problem')}")
        return
    ran = len({trial.rule.id for trial in report.trials})
    said = f"{plural(len(report.trials), 'test')} of {plural(ran, 'rule')}"
    if not report.trials:
        outcome = "no rule has tests"
    elif failed:
        outcome = f"{click.style(f'{len(failed)} failed', fg='red')} of {said}"
    else:
        outcome = f"{said} {click.style('passed', fg='green')}"
    without = f"; without tests: {', '.join(report.untested)}" if report.untested else ""
    click.echo(f"{report.path}: {outcome}{without}")


def _show_failure(path: str, trial: Trial) -> None:
    mark = trial.example.mark
    place = click.style(f"{path}:{mark.line}:{mark.column}:", bold=True)
    click.echo(f"{place} {trial.rule.id} {trial.kind} {trial.number}: {click.style(_say(trial), fg='red')}")
    for file, text in trial.files:
        found = [violation for where, violation in trial.found if where == file]
        if trial.found and not found:
            continue
        click.echo(f"  {file}")
        _show_code(text, {violation.line: violation.text for violation in reversed(found)}, trial.rule.code)
    click.echo("")


def _say(trial: Trial) -> str:
    if trial.obstacle is not None:
        return trial.obstacle
    if trial.kind == "bad":
        return "a finding was expected, and there is none"
    return f"no finding was expected, and there {'is' if len(trial.found) == 1 else 'are'} {len(trial.found)}"


def _show_code(text: str, marks: dict[int, str], code: str) -> None:
    """Write code with its line numbers; each marked line is followed by what was found there."""
    lines = text.splitlines() or [""]
    shown = {
        number for mark in marks or range(1, len(lines) + 1) for number in range(mark - CONTEXT, mark + CONTEXT + 1)
    }
    width = len(str(len(lines)))
    for number, line in enumerate(lines, 1):
        if number not in shown:
            continue
        sign = click.style(">", fg="red") if number in marks else " "
        click.echo(f"  {sign} {number:{width}}  {line}".rstrip())
        if number in marks:
            click.echo(click.style(f"    {'':{width}}  ^ {code} {marks[number]}", fg="red"))


def _as_data(report: _Report) -> dict[str, object]:
    return {
        "path": report.path,
        "passed": report.passed,
        "problems": [str(problem) for problem in report.problems],
        "without_tests": list(report.untested),
        "tests": [
            {
                "rule": trial.rule.id,
                "kind": trial.kind,
                "number": trial.number,
                "line": trial.example.mark.line,
                "column": trial.example.mark.column,
                "passed": trial.passed,
                "obstacle": trial.obstacle,
                "found": [
                    {"path": path, "line": found.line, "column": found.column + 1, "message": found.text}
                    for path, found in trial.found
                ],
            }
            for trial in report.trials
        ],
    }
