"""`bgtasks doctor`: what stands between a project and its findings, and what to write against it."""

import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version

import click

from flake8_bgtasks.cli.diagnoses.configuration import (
    Configuration,
    diagnose_configuration,
    diagnose_program,
    diagnose_rules_file,
    says,
)
from flake8_bgtasks.cli.diagnoses.noqa import diagnose_noqa
from flake8_bgtasks.cli.diagnoses.patient import Diagnosis, Patient, place_of
from flake8_bgtasks.cli.diagnoses.reach import diagnose_reach, diagnose_seam
from flake8_bgtasks.cli.diagnoses.selection import diagnose_selection
from flake8_bgtasks.cli.diagnoses.tools import diagnose_pre_commit, diagnose_python, diagnose_ruff
from flake8_bgtasks.cli.ending import FINE, FOUND, WrongUse, end_with
from flake8_bgtasks.cli.naming import origin
from flake8_bgtasks.cli.output import echo_definitions, echo_json, echo_text, plural, working
from flake8_bgtasks.cli.project import Project, open_project, with_arguments
from flake8_bgtasks.host.configuration import ExecutionError, configuration_file, options_here
from flake8_bgtasks.host.paths import MARKERS
from flake8_bgtasks.host.selection import PREFIX

_PACKAGES = ("flake8-bgtasks", "flake8", "astroid", "PyYAML", "tree-sitter", "tree-sitter-javascript")

Facts = dict[str, str]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@with_arguments
def doctor(arguments: tuple[str, ...], as_json: bool) -> None:
    """Find what stands between this project and its findings.

    Shows which versions, configuration, root and rules file count here, and why. Then whatever keeps flake8 from
    showing our findings: options that hide them, a ruff that deletes our noqa, a pre-commit hook without our package,
    rules that cover no file, comments that hide nothing; each with the line to write.

    Exit codes: 0 all is well, 1 something stands between, 2 wrong use.
    """
    try:
        with working("Looking at the project"):
            facts, found = _examine(arguments)
    except ExecutionError as error:
        raise WrongUse(str(error)) from None
    obstacles = [one for one in found if not one.is_deliberate]
    if as_json:
        deliberate = [one for one in found if one.is_deliberate]
        echo_json(
            {"facts": facts, "obstacles": [*map(_as_data, obstacles)], "deliberate": [*map(_as_data, deliberate)]}
        )
    else:
        _show(facts, obstacles, [one for one in found if one.is_deliberate])
    end_with(FOUND if obstacles else FINE)


def _examine(arguments: Sequence[str]) -> tuple[Facts, list[Diagnosis]]:
    options, fault = options_here(arguments)
    file = configuration_file(options)
    facts = {"versions": _versions(), "configuration": _say_configuration(file, arguments)}
    directory = os.path.dirname(file) if file else os.getcwd()
    found = list(diagnose_configuration(Configuration(file, hasattr(options, "toml_config"))))
    found += diagnose_program()
    found += diagnose_python(directory)
    if fault is not None:
        option = fault.partition(": ")[0]
        where = place_of(file, option) if says(file, option) else "the command line"
        found += diagnose_ruff(directory, (PREFIX,))
        found.insert(0, Diagnosis(f"flake8 cannot run: {fault}", f"(mend this, or take {option} out)", where))
        return facts, found
    project = open_project(arguments)
    patient = Patient(options, file, project)
    facts |= _facts(patient)
    unnamed = list(diagnose_rules_file(patient))
    found += unnamed
    for diagnose in (diagnose_selection, diagnose_seam, diagnose_pre_commit):
        found += diagnose(patient)
    if not unnamed:  # otherwise it is not known yet which rules reach what
        found += diagnose_reach(patient)
    found += diagnose_ruff(directory, patient.codes)
    found += diagnose_noqa(patient, arguments)
    return facts, found


def _versions() -> str:
    found = (f"{name} {_version(name)}" for name in _PACKAGES)
    return f"{', '.join(found)}; Python {platform.python_version()}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def _say_configuration(file: str | None, arguments: Sequence[str]) -> str:
    if file is None:
        return "none: flake8 found no setup.cfg, tox.ini or .flake8 with a [flake8] section here or above"
    why = "the first with a section of flake8's, here or above"
    if any(argument.startswith("--config") for argument in arguments):
        why = "as asked"
    elif file.endswith(".toml"):
        why = "read by Flake8-pyproject, in the place of any other"
    return f"{os.path.relpath(file)} ({why})"


def _facts(patient: Patient) -> Facts:
    session = patient.project.session
    rules = session.catalogue.written.rules
    on = sum(rule.enabled for rule in rules)
    why = (
        f"bgtasks-rules in {patient.place_of('bgtasks-rules')}"
        if session.settings.rules
        else "bgtasks-rules is not set"
    )
    facts = {
        "root": " / ".join(_roots(patient.project, patient)) or "none: no file",
        "rules": f"{origin(session)} ({why}): {plural(len(rules), 'rule')}, {on} switched on",
        "files": f"{len(patient.files)} that flake8 looks at",
        "severity": f"{session.settings.severity.name.lower()} and above",
    }
    if session.settings.baseline:
        facts["baseline"] = f"{os.path.relpath(session.settings.baseline)}: what it has is not shown"
    return facts


def _roots(project: Project, patient: Patient) -> Iterator[str]:
    """Yield the roots of the project's files, each with the reason why it is one."""
    counts: dict[str, int] = {}
    for file in patient.files:
        root, _ = project.session.path_of(file)
        counts[root] = counts.get(root, 0) + 1
    for root, count in sorted(counts.items()):
        if project.session.settings.root is not None:
            why = f"bgtasks-root in {patient.place_of('bgtasks-root')}"
        else:
            marker = next((name for name in MARKERS if os.path.exists(os.path.join(root, name))), None)
            why = f"the closest directory above its files, for it holds {marker}" if marker else "the working directory"
        yield f"{os.path.relpath(root)} ({why})" + (f" for {plural(count, 'file')}" if len(counts) > 1 else "")


def _show(facts: Facts, obstacles: list[Diagnosis], deliberate: list[Diagnosis]) -> None:
    echo_definitions([*facts.items()], indent=0)
    for title, found, colour in (("In the way", obstacles, "red"), ("Deliberate", deliberate, "yellow")):
        if found:
            click.echo(f"\n{click.style(title, fg=colour, bold=True)}")
        for number, one in enumerate(found, 1):
            first, *others = one.what.splitlines()
            echo_text(first, indent=f"{number:2}  ", hanging="    ")
            for line in others:
                echo_text(line, indent="    ", hanging="      ")
            click.echo(f"      {click.style(one.where, bold=True)}")
            for line in one.write.splitlines():
                click.echo(f"        {click.style(line, fg='green')}")
    click.echo("")
    click.echo(
        f"{plural(len(obstacles), 'thing')} in the way."
        if obstacles
        else "Nothing stands between you and your findings."
    )


def _as_data(one: Diagnosis) -> dict[str, str]:
    return {"what": one.what, "write": one.write, "where": one.where}
