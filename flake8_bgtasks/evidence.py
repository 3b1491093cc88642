"""The three answers that looking for something in code can give, with the place where they were found."""

from enum import Enum, auto
from typing import NamedTuple


class Answer(Enum):
    """Whether the code does what was asked."""

    PRESENT = auto()
    ABSENT = auto()
    UNKNOWN = auto()
    """It depends on something that is not in reach; the text decides."""


class Evidence(NamedTuple):
    """An answer, where it stands (path and line, from 1) and the call that led there, as far as that is known."""

    answer: Answer
    path: str | None = None
    line: int = 0
    via: str = ""


ABSENT = Evidence(Answer.ABSENT)
UNKNOWN = Evidence(Answer.UNKNOWN)
