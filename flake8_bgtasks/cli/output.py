"""What commands write: tables, JSON, and the progress of long work. Colours are `click.style`'s.

Colours show on a terminal only and never under ``NO_COLOR``; `click.echo` and the group's context see to that.
"""

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

from flake8_bgtasks.rules.model import Severity

T = TypeVar("T")
WIDEST = 100
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def echo_table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> None:
    """Write a table: a line per row, the columns aligned under their heads, those numbered in `right` to the right.

    Cells may be styled; a cell that is to be wider than the terminal stays on its line, for others to cut or search.
    """
    lines = [[click.style(title, bold=True) for title in head], *rows]
    widths = [max(len(click.unstyle(line[column])) for line in lines) for column in range(len(head))]
    for line in lines:
        cells = (_padded(cell, width, column in set(right)) for column, (cell, width) in enumerate(zip(line, widths)))
        click.echo("  ".join(cells).rstrip())


def _padded(cell: str, width: int, to_the_right: bool) -> str:
    gap = " " * (width - len(click.unstyle(cell)))
    return gap + cell if to_the_right else cell + gap


def echo_text(text: str, indent: str = "", hanging: str | None = None) -> None:
    """Write a paragraph, wrapped to the terminal but to no more than 100 columns; words are never broken.

    `hanging` is the indent of all lines but the first.
    """
    following = indent if hanging is None else hanging
    for line in textwrap.wrap(
        text,
        _width(),
        initial_indent=indent,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    ):
        click.echo(line)


def echo_definitions(rows: Sequence[tuple[str, str]], indent: int = 2) -> None:
    """Write what stands on the left and, in a column of their own and wrapped, the words for it on the right."""
    formatter = click.HelpFormatter(width=_width())
    formatter.current_indent = indent
    formatter.write_dl(rows, col_max=32)
    click.echo(formatter.getvalue(), nl=False)


def echo_code(text: str, indent: str = "  ") -> None:
    """Write code or another text whose lines stay as they are, indented."""
    click.echo(textwrap.indent(text.rstrip("\n"), indent))


def echo_heading(text: str) -> None:
    """Write a heading after an empty line."""
    click.echo(f"\n{click.style(text, bold=True)}")


def _width() -> int:
    return min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)


def echo_json(value: object) -> None:
    """Write a value as indented JSON, names and texts in the order given."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def plural(number: int, word: str) -> str:
    """Return a number with its word.

    >>> plural(1, "file"), plural(2, "file")
    ('1 file', '2 files')
    """
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def with_progress(items: Sequence[T], label: str) -> Iterator[T]:
    """Yield the items, with a bar on standard error where that is a terminal, and nothing where it is not."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as shown:
        yield from shown


@contextmanager
def working(label: str) -> Iterator[None]:
    """Say on standard error what is being done for as long as it takes, where that is a terminal."""
    shown = sys.stderr.isatty()
    if shown:
        click.echo(f"{label}...", nl=False, err=True)
    try:
        yield
    finally:
        if shown:
            click.echo("\r\x1b[K", nl=False, err=True)
