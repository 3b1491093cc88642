"""Compares what the real flake8 prints with the marks beside the lines (``# expect: BG030 BG031``).

What belongs here works for every example in the documentation; nothing here knows a rule.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_MARK = re.compile(r"(?:#|//) expect:((?: BG\d{3})+)(?!\S)")
_FINDING = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<code>[A-Z]+\d*) (?P<text>.*)")


class Expectation(NamedTuple):
    """A code that is reported at a line; `path` is relative, and written with slashes on every platform."""

    path: str
    line: int
    code: str


class Finding(NamedTuple):
    """One line of flake8's output; line and column count from 1."""

    path: str
    line: int
    column: int
    code: str
    text: str

    @property
    def expectation(self) -> Expectation:
        """The mark that this finding would need."""
        return Expectation(self.path, self.line, self.code)


def expected(path: Path, suffixes: tuple[str, ...] = (".py",)) -> set[Expectation]:
    """Return the marks in a file, or in all files of these suffixes below a directory; paths are relative to it.

    Raises ValueError for a comment that looks like a mark and is none, so that no expectation is lost to a typo.
    """
    root = path if path.is_dir() else path.parent
    files = sorted(file for file in path.rglob("*") if file.suffix in suffixes) if path.is_dir() else [path]
    return {mark for file in files for mark in _marks(file, file.relative_to(root).as_posix())}


def reported(paths: Iterable[Path | str], cwd: Path, *options: str) -> list[Finding]:
    """Return what the real flake8, run in `cwd`, prints about these paths; the findings' paths are relative to `cwd`.

    Raises AssertionError if flake8 says anything that is no finding, or ends like a program that is broken.
    """
    command = [sys.executable, "-m", "flake8", "--format=default", "--color=never", *options, *map(str, paths)]
    process = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")
    said = f"{' '.join(command)}\n{process.stdout}{process.stderr}"
    assert process.returncode in (0, 1) and not process.stderr, said
    matches = [_FINDING.fullmatch(line) for line in process.stdout.splitlines()]
    assert all(matches), said
    return [_finding(match, cwd) for match in matches if match]


def _marks(file: Path, path: str) -> Iterator[Expectation]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        marks = _MARK.findall(line)
        if len(marks) != line.count(" expect:"):
            raise ValueError(f"{file}:{number}: not a mark like '# expect: BG030 BG031'")
        for codes in marks:
            yield from (Expectation(path, number, code) for code in codes.split())


def _finding(match: re.Match[str], cwd: Path) -> Finding:
    path = Path(os.path.relpath(cwd / match["path"], cwd)).as_posix()
    return Finding(path, int(match["line"]), int(match["column"]), match["code"], match["text"])
