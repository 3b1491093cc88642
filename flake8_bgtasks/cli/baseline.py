"""`bgtasks baseline`: today's findings written down, so that flake8 reports only new ones."""

import os
import tempfile

import click

from flake8_bgtasks.cli.comparison import Comparison, Today, compare
from flake8_bgtasks.cli.ending import FINE, FOUND, WrongUse, end_with
from flake8_bgtasks.cli.output import echo_json, plural, working
from flake8_bgtasks.cli.project import with_arguments
from flake8_bgtasks.errors import BaselineError
from flake8_bgtasks.host import baseline as baseline_file
from flake8_bgtasks.host.baseline import Baseline, Known
from flake8_bgtasks.host.configuration import ExecutionError, configuration_file, configured, options_here
from flake8_bgtasks.host.running import findings
from flake8_bgtasks.host.session import open_session

NAME = "bgtasks-baseline.jsonl"


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path(exists=True))
@click.option("--bgtasks-baseline", "file", metavar="FILE", help="The baseline, whatever the configuration says.")
@click.option("--check", is_flag=True, help="Write nothing; end with 1 where the baseline is not up to date.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@with_arguments
def baseline(arguments: tuple[str, ...], paths: tuple[str, ...], file: str | None, check: bool, as_json: bool) -> None:
    """Record today's findings, so that flake8 reports only new ones.

    Runs flake8 --select BG on the paths (the working directory without any) and writes what it finds into the file
    that bgtasks-baseline names in flake8's configuration, bgtasks-baseline.jsonl beside the configuration where it
    names none. From then on flake8 leaves these findings out, also when they move within their file or when the file
    is renamed. Run it again after mending some: they leave the file. Commit it; it has a line per finding.

    \b
      bgtasks baseline
      bgtasks baseline --check     in CI: neither new findings nor mended ones

    Exit codes: 0 recorded, or up to date with --check; 1 new or mended findings with --check; 2 wrong use.
    """
    try:
        options, _ = options_here(arguments)
        target = os.path.abspath(file or options.bgtasks_baseline or _default(configuration_file(options)))
        before = _read(target, must_be_sound=check or bool(paths))
        without = (*arguments, "--bgtasks-baseline=")
        session = open_session(configured(without))
        with working("Running flake8 --select BG"):
            shown = findings((*without, "--", *paths))
    except ExecutionError as error:
        raise WrongUse(str(error)) from None
    today = [
        Today(before.path_of(one.filename), session.identify(one.message, one.physical_line), one)
        for one in shown
        if not one.message.startswith("BG000 ")
    ]
    comparison = compare(before, today, tuple(map(os.path.abspath, paths or (os.curdir,))))
    if not check:
        _write(target, baseline_file.text_of(comparison.after))
    name = os.path.relpath(target)
    if as_json:
        echo_json(_as_data(name, comparison))
    elif check:
        _show_check(name, comparison)
    else:
        _show_record(name, comparison, is_first=not before.by_path)
        if os.path.abspath(options.bgtasks_baseline or "") != target:
            _show_how(target, configuration_file(options))
    end_with(FOUND if check and not comparison.is_up_to_date else FINE)


def _default(configuration: str | None) -> str:
    return os.path.join(os.path.dirname(configuration) if configuration else os.curdir, NAME)


def _read(target: str, must_be_sound: bool) -> Baseline:
    """Return the baseline as it is; an empty one where there is none yet, or one that is written anew anyway."""
    if not must_be_sound and not os.path.exists(target):
        return Baseline(target)
    try:
        return baseline_file.read(target, os.path.relpath(target))
    except BaselineError as error:
        is_another_file = error.problems[0].line == 1
        if must_be_sound or is_another_file:
            raise WrongUse(f"the baseline cannot be used\n{error}") from None
        return Baseline(target)


def _write(target: str, text: str) -> None:
    """Put the text where it belongs, whole or not at all; leave a file alone that has it."""
    data = text.encode("utf-8", "surrogateescape")
    try:
        if os.path.exists(target):
            with open(target, "rb") as present:
                if present.read() == data:
                    return
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(target), delete=False) as file:
            file.write(data)
        os.chmod(file.name, 0o644)
        os.replace(file.name, target)
    except OSError as error:
        raise WrongUse(f"{os.path.relpath(target)} cannot be written ({error.strerror}): check the path") from None


def _show_record(name: str, comparison: Comparison, is_first: bool) -> None:
    if not is_first:
        _show_differences(comparison)
    said = [f"{plural(comparison.recorded, 'finding')} recorded"]
    if not is_first and comparison.new:
        said.append(f"{len(comparison.new)} of them new")
    for entries, what in (
        (comparison.mended, "mended and gone from the file"),
        (comparison.lessened, "mended in part"),
        (comparison.moved, "in a renamed file"),
    ):
        if entries:
            said.append(f"{len(entries)} {what}")
    click.echo(f"{name}: {', '.join(said)}")


def _show_check(name: str, comparison: Comparison) -> None:
    _show_differences(comparison)
    if comparison.is_up_to_date:
        click.echo(f"{name}: up to date, {plural(comparison.recorded, 'finding')}")
        return
    said = [f"{plural(len(comparison.new), 'finding')} new"] if comparison.new else []
    could_shrink = len(comparison.mended) + len(comparison.lessened)
    if could_shrink:
        said.append(f"{could_shrink} mended: run 'bgtasks baseline' and commit the file")
    click.echo(f"{name}: {', '.join(said)}")


def _show_differences(comparison: Comparison) -> None:
    for one in comparison.new:
        place = f"{os.path.normpath(one.shown.filename)}:{one.shown.line}:{one.shown.column}"
        click.echo(f"{click.style('new', fg='red')}       {place}: {one.shown.message}")
    for path, known in comparison.mended:
        click.echo(f"{click.style('mended', fg='green')}    {path}: {_say(known)}")
    for (path, known), one in comparison.lessened:
        click.echo(f"{click.style('in part', fg='green')}   {path}: {_say(known)}, now: {one.known.message}")
    for (path, known), one in comparison.moved:
        click.echo(f"renamed   {path}, now {one.path}: {_say(known)}")


def _say(known: Known) -> str:
    return f"{known.code} {known.message}" + (f": {known.line}" if known.line else "")


def _show_how(target: str, configuration: str | None) -> None:
    """Say what makes flake8 read the file."""
    where = os.path.relpath(configuration) if configuration else ".flake8"
    section = "tool.flake8" if where.endswith(".toml") else "flake8"
    path = os.path.relpath(target, os.path.dirname(configuration) if configuration else os.curdir)
    value = f'"{path}"' if where.endswith(".toml") else path
    click.echo(
        f"flake8 does not know of it yet. In {where}, under [{section}], write:\n\n  bgtasks-baseline = {value}\n"
    )


def _as_data(name: str, comparison: Comparison) -> dict[str, object]:
    return {
        "baseline": name,
        "recorded": comparison.recorded,
        "up_to_date": comparison.is_up_to_date,
        "new": [_finding(one) for one in comparison.new],
        "mended": [_entry(path, known) for path, known in comparison.mended],
        "lessened": [{"before": _entry(*before), "now": _finding(one)} for before, one in comparison.lessened],
        "renamed": [{"before": _entry(*before), "now": _finding(one)} for before, one in comparison.moved],
    }


def _finding(one: Today) -> dict[str, object]:
    shown = one.shown
    return {
        "path": one.path,
        "line": shown.line,
        "column": shown.column,
        "code": one.known.code,
        "message": shown.message,
    }


def _entry(path: str, known: Known) -> dict[str, object]:
    return {"path": path, "code": known.code, "message": known.message, **({"line": known.line} if known.line else {})}
