"""The three answers that looking for something in code can give, with the place where they were found.

An answer is given for every snippet of every unit, and hardly anybody asks where it was found. So what is kept is where
to look that up, and the path, the line and the way are worked out when they are asked for.
"""

from enum import Enum, auto
from typing import NamedTuple, Protocol


class Answer(Enum):
    """Whether the code does what was asked."""

    PRESENT = auto()
    ABSENT = auto()
    UNKNOWN = auto()
    """It depends on something that is not in reach; the text decides."""


class Step(NamedTuple):
    """One step of the way to a place: a call, a base class or an import, and where it is written (line from 1)."""

    path: str | None
    line: int
    text: str


class Spot(Protocol):
    """A place in the project's code that was reached in some way."""

    def place(self) -> tuple[str | None, int]:
        """Return the path, as in `SourceFile`, and the line, from 1."""
        ...

    def way(self) -> tuple[Step, ...]:
        """Return the steps that lead there from the unit that was looked at; none where it is in the unit itself."""
        ...

    def code(self) -> str:
        """Return the line that stands there, without its indent."""
        ...


class Evidence(NamedTuple):
    """An answer and, where something was found, the spot."""

    answer: Answer
    spot: Spot | None = None

    @property
    def path(self) -> str | None:
        """The path of the file where it was found; None where nothing was found, or in a file without a path."""
        return self.spot.place()[0] if self.spot is not None else None

    @property
    def line(self) -> int:
        """The line where it was found, from 1; 0 where nothing was found."""
        return self.spot.place()[1] if self.spot is not None else 0

    @property
    def way(self) -> tuple[Step, ...]:
        """How one comes there from the unit that was looked at."""
        return self.spot.way() if self.spot is not None else ()


ABSENT = Evidence(Answer.ABSENT)
UNKNOWN = Evidence(Answer.UNKNOWN)
