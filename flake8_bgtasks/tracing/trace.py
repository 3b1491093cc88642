"""What there is to say of a file, or of a line of it: data for whoever writes it down."""

from dataclasses import dataclass
from enum import Enum

from flake8_bgtasks.evidence import Spot, Step


class Verdict(Enum):
    """What came of asking a unit for one thing."""

    MET = "met"
    MISSING = "missing"
    MET_BY_TEXT = "met by its text"
    """It cannot be told, and the word stands in the code."""
    MISSING_BY_TEXT = "missing by its text"
    """It cannot be told, and the word stands nowhere."""

    @property
    def is_met(self) -> bool:
        """Tell whether it counts as met."""
        return self in (Verdict.MET, Verdict.MET_BY_TEXT)


@dataclass(frozen=True)
class Place:
    """A place in the project's code, with the line that stands there and what is to be said of it."""

    path: str | None
    line: int
    code: str = ""
    way: tuple[Step, ...] = ()
    remark: str = ""

    @classmethod
    def of(cls, spot: Spot, remark: str = "") -> "Place":
        """Return the place of a spot, its way worked out."""
        path, line = spot.place()
        return cls(path, line, spot.code(), spot.way(), remark)


@dataclass(frozen=True)
class Answered:
    """One snippet asked of one unit, and the answer."""

    key: str
    """The key of the rules file under which it is asked."""
    snippet: str
    verdict: Verdict
    place: Place | None = None
    """Where it is met, or where the text says so."""
    by: str = ""
    """What it is met by, where that is not the snippet itself but something that counts for it."""
    misses: tuple[Place, ...] = ()
    """What looks like it and was not counted."""


@dataclass(frozen=True)
class UnitTrace:
    """One unit, and all that a rule asks of it."""

    name: str
    kind: str
    """What units of this family are called: ``task function``."""
    first: int
    last: int
    """The lines from which to which it goes."""
    answers: tuple[Answered, ...] = ()
    asked_for: str = ""
    """Why it is asked at all, where that depends on something."""
    unasked: str = ""
    """Why nothing is asked of it, if nothing is."""

    @property
    def is_met(self) -> bool:
        """Tell whether the unit has all that it is asked for."""
        choices = [one.verdict.is_met for one in self.answers if one.key == "must_contain_one_of"]
        others = (one.verdict.is_met for one in self.answers if one.key != "must_contain_one_of")
        return all(others) and (not choices or any(choices))


@dataclass(frozen=True)
class Reported:
    """A finding of a rule; line and column count from 1."""

    line: int
    column: int
    message: str
    silenced_by: str | None = None


@dataclass(frozen=True)
class RuleTrace:
    """What one rule has to say."""

    code: str
    name: str
    severity: str
    covers: tuple[str, ...] = ()
    """The globs by which it covers the file; ``every Python file`` where it names none."""
    uncovered: str = ""
    """Why it does not cover the file, if it does not."""
    units: tuple[UnitTrace, ...] = ()
    remarks: tuple[Place, ...] = ()
    """Places where what is forbidden is not met, and why, and why the line belongs to no unit."""
    findings: tuple[Reported, ...] = ()


@dataclass(frozen=True)
class FileTrace:
    """What there is to say of a file, or of one line of it."""

    path: str
    """As it was asked for."""
    inside: str | None
    """From the root; None where it lies outside of it."""
    root: str
    line: int | None
    code: str
    """The line that was asked about."""
    remarks: tuple[str, ...]
    """What is to be said of the whole file: that flake8 does not look at it, that it cannot be parsed."""
    rules: tuple[RuleTrace, ...]
