"""The page about the command shows what the command prints.

Every ``console`` block is run: its lines that start with ``$ `` are commands, and what follows each is their whole
output. ``$ cd ../other`` changes the directory for the rest of a block, which starts in the storefront example. A line
``...`` stands for any lines.
"""

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from flake8_bgtasks.cli.main import COMMANDS, bgtasks

DOCS = Path(__file__).parents[2] / "docs"
STOREFRONT = DOCS / "examples" / "storefront"
PAGE = (DOCS / "command.md").read_text(encoding="utf-8")


class Shown(NamedTuple):
    """A command that the page shows, the directory it runs in, and the output that stands below it."""

    directory: Path
    command: str
    output: str


def _shown() -> Iterator[Shown]:
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        directory = STOREFRONT
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            if command.startswith("cd "):
                directory = (directory / command.removeprefix("cd ")).resolve()
            else:
                yield Shown(directory, command, output)


SHOWN = tuple(_shown())


@pytest.mark.parametrize("shown", SHOWN, ids=[shown.command for shown in SHOWN])
def test_the_page_shows_what_the_command_prints(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shown.directory)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PATH", "")  # what else is installed on the machine is no part of the page
    program, *arguments = shlex.split(shown.command)
    assert program == "bgtasks"
    printed = CliRunner().invoke(bgtasks, arguments).output.replace(os.sep, "/")
    wanted = re.escape(shown.output).replace(re.escape("...\n"), "(?:.*\n)*")
    assert re.fullmatch(wanted, printed), printed


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_tells_of_every_command(name: str) -> None:
    assert f"\n## `bgtasks {name}`\n" in PAGE
    assert f"| [`bgtasks {name}`](#bgtasks-{name}) |" in PAGE
