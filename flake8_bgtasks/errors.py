"""Problems of the user's making, with the place where they can be mended."""

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """Something wrong in a file of the user's. ``line`` and ``column`` count from 1."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class UnusableFile(Exception):
    """A file that cannot be used; carries every problem found in it, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RuleFileError(UnusableFile):
    """A rules file that cannot be used."""


class BaselineError(UnusableFile):
    """A baseline that cannot be used."""
