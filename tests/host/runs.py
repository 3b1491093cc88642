"""flake8 in this process, with the seam and without it: much faster than processes, so that many options can be tried."""

import io
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from flake8 import checker
from flake8.main.cli import main

from flake8_bgtasks.host.discovery import DiscoveringManager
from flake8_bgtasks.host.files import SeamFileChecker
from flake8_bgtasks.host.sifting import SiftingManager


class Said(NamedTuple):
    """How flake8 ended, and what it wrote to standard output."""

    code: int
    text: str


def with_seam(root: Path, *arguments: str) -> Said:
    """Run flake8 in a directory, with the seam in place from the start."""
    with _classes(root, SeamFileChecker, SiftingManager):
        return _run(arguments)


def without_seam(root: Path, *arguments: str) -> Said:
    """Run flake8 in a directory, with the classes that are its own."""
    with _classes(root, SeamFileChecker.__bases__[0], DiscoveringManager.__bases__[0]):
        return _run((*arguments, "--bgtasks-no-seam"))


@contextmanager
def _classes(root: Path, file_checker: type, manager: type) -> Iterator[None]:
    before, directory = dict(vars(checker)), os.getcwd()
    vars(checker).update(FileChecker=file_checker, Manager=manager)
    os.chdir(root)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        os.chdir(directory)
        vars(checker).update(FileChecker=before["FileChecker"], Manager=before["Manager"])


def _run(arguments: tuple[str, ...]) -> Said:
    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as out:
        code = main(arguments)
        out.flush()
        return Said(code, out.buffer.getvalue().decode())  # type: ignore[attr-defined]  # a BytesIO
