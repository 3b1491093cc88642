"""`bgtasks init`: looks at a project and writes the rules file that suits it."""

import os
from collections.abc import Callable, Iterable, Iterator

import click

from flake8_bgtasks.cli.diagnoses.tools import diagnose_python
from flake8_bgtasks.cli.ending import WrongUse
from flake8_bgtasks.cli.output import echo_text, plural, with_progress
from flake8_bgtasks.cli.survey import configuration
from flake8_bgtasks.cli.survey.deciding import draft
from flake8_bgtasks.cli.survey.files import Candidate
from flake8_bgtasks.cli.survey.judging import Judged
from flake8_bgtasks.cli.survey.looking import Roots, look
from flake8_bgtasks.cli.survey.starts import OF_THE_LOOP
from flake8_bgtasks.cli.survey.writing import SCHEMA, text_of
from flake8_bgtasks.host.configuration import ExecutionError, options_here
from flake8_bgtasks.host.discovery import is_excluded
from flake8_bgtasks.host.paths import closest_root, path_under

NAME = "bgtasks.yaml"
MOST = 8
"""How many doubts, and how many unreadable files, are told of one by one."""

_NO_WORK = (
    "No work in the background was seen: no task model, and nothing that is handed to BackgroundTasks or a queue.\n"
    "There is nothing to configure, and nothing was written; the bundled rules hold until there is."
)


@click.command()
@click.argument("directory", default=".", type=click.Path(exists=True, file_okay=False))
@click.option("--output", metavar="FILE", help=f"Where to write the rules file. (Default: {NAME} in the directory)")
@click.option("--force", is_flag=True, help="Overwrite the rules file if it is there already.")
@click.option("--stdout", "--dry-run", "to_stdout", is_flag=True, help="Write the rules file to standard output only.")
def init(directory: str, output: str | None, force: bool, to_stdout: bool) -> None:
    """Look at the project in DIRECTORY and write a rules file that suits it.

    Finds the task models, the functions that work for them, the endpoints that start them and the scripts that ask for
    them, and in which words the project speaks of all that. The file extends the bundled rules; its comments say what was
    seen, and where. The project's code is read and never run.

    \b
    Exit codes: 0 the file is written, or there is nothing to write; 2 it could not be.
    """
    base = os.path.abspath(directory)
    path = os.path.abspath(output) if output is not None else os.path.join(base, NAME)
    if os.path.lexists(path) and not force and not to_stdout:
        raise WrongUse(f"{_shown(path)} is there already: --force overwrites it, --stdout shows what would be written")
    root, is_told, is_excluded = _configured(base)
    survey, roots = look(base, root, is_told, is_excluded, _with_progress)
    judged = Judged(survey)
    if not _is_there_work(judged):
        click.echo(_NO_WORK, err=to_stdout)
        return
    text = text_of(draft(judged))
    if to_stdout:
        click.echo(text, nl=False)
        return
    for line in _summary(judged, roots):
        echo_text(line, hanging="  ")
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise WrongUse(f"{_shown(path)} cannot be written: {error.strerror}") from None
    click.echo(f"\nWrote {_shown(path)}")
    _echo_next(base, path, roots)


def _configured(base: str) -> tuple[str, bool, Callable[[str], bool]]:
    """Return the root for a directory, whether flake8 is told it, and what tells which paths flake8 leaves out."""
    root = closest_root(base)
    if root != base and path_under(root, base) is None:
        root = base
    try:
        options, _ = options_here()
    except ExecutionError:  # `bgtasks doctor` says what; this command is there to mend it
        return root, False, lambda path: False
    is_told = bool(options.bgtasks_root) and os.path.isdir(options.bgtasks_root)
    told = os.path.abspath(options.bgtasks_root) if is_told else root
    return told, is_told, lambda path: is_excluded(path, options)


def _with_progress(items: Iterable[Candidate], label: str) -> Iterator[Candidate]:
    return with_progress(tuple(items), label)


def _is_there_work(judged: Judged) -> bool:
    survey = judged.survey
    queued = [start for start in survey.starts if start.how not in OF_THE_LOOP]
    return bool(judged.models or queued or any(task.is_decorated for task in survey.tasks))


def _summary(judged: Judged, roots: Roots) -> Iterator[str]:
    survey = judged.survey
    yield f"Looked at {plural(len(survey.files), 'Python file')}, {survey.lines} lines{_under(survey.root)}."
    yield f"- task models: {_listed(model.name for model in judged.models)}"
    yield f"- task functions: {_listed(task.name for task in judged.workers)}"
    yield f"- endpoints that start them: {_listed(endpoint.name for endpoint in judged.triggers)}"
    yield f"- started with: {_listed(sorted({start.how for start in survey.starts}))}"
    yield f"- sessions: {_listed(factory.name for factory in survey.factories)}"
    yield f"- scripts that ask for tasks: {_listed(one.place.path for one in survey.scripts if one.is_about_tasks)}"
    if survey.foreign_scripts:
        yield f"- scripts that poll, and are no .js or .mjs files, which alone are read: {_listed(survey.foreign_scripts)}"
    if judged.doubts:
        yield "Left out, for you to judge:"
        yield from (f"- {doubt.what}: {doubt.why}" for doubt in judged.doubts[:MOST])
        if len(judged.doubts) > MOST:
            yield f"- and {len(judged.doubts) - MOST} more, which the rules file lists"
    if roots.left_out:
        yield f"{plural(roots.left_out, 'file')} with background work in other projects of this directory left out."
    if survey.skipped:
        yield "Not read:"
        yield from (f"- {path}: {why}" for path, why in survey.skipped[:MOST])
        if len(survey.skipped) > MOST:
            yield f"- and {len(survey.skipped) - MOST} more"
        yield from (f"- {diagnosis.what}" for diagnosis in diagnose_python(survey.root))


def _under(root: str) -> str:
    shown = _shown(root)
    return "" if shown == os.curdir else f", under {shown}"


def _listed(names: Iterable[str]) -> str:
    found = list(dict.fromkeys(names))
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    return (", ".join(found[:MOST]) + more) or "none"


def _echo_next(base: str, path: str, roots: Roots) -> None:
    file, is_named = configuration.closest(base)
    rules = os.path.relpath(path, os.path.dirname(file)).replace(os.sep, "/")
    click.echo("\nNext")
    if is_named:
        click.echo(f"  1. {_shown(file)} has a bgtasks-rules already: see that it names this file")
    else:
        click.echo(f"  1. Add to {_shown(file)}:")
        for line in configuration.lines(file, rules, _root_option(file, roots)):
            click.echo(f"         {line}")
    click.echo("  2. flake8 --select BG")
    click.echo(f"  3. For an editor that completes and checks rules files: bgtasks schema > {SCHEMA}")


def _root_option(file: str, roots: Roots) -> str | None:
    if not roots.must_be_said:
        return None
    return os.path.relpath(roots.root, os.path.dirname(file)).replace(os.sep, "/")


def _shown(path: str) -> str:
    """Return a path as one would write it in the working directory."""
    below = os.path.relpath(path)
    return path if below.startswith(os.pardir) else below
