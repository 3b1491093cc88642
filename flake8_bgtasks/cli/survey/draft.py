"""A rules file before it is text: frozen data, with the comments that go with each part."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flake8_bgtasks.cli.survey.seen import Place

MOST_PLACES = 3
"""How many places a comment tells of."""
TASKS, ENDPOINTS, SCRIPTS = (
    "app/tasks/*.py",
    "app/api/**/*.py",
    "static/admin/js/*.js",
)
"""The globs of the bundled rules that ``paths`` is about."""


@dataclass(frozen=True)
class Row:
    """A key of ``paths`` or ``equivalents`` with what stands beside it."""

    left: str
    rights: tuple[str, ...]
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One entry of ``patterns`` or ``anti_patterns``."""

    pairs: tuple[tuple[str, str | tuple[str, ...]], ...]
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleDraft:
    """What is changed in one bundled rule."""

    id: str
    comments: tuple[str, ...] = ()
    enabled: bool = True
    description: str = ""
    patterns: tuple[Entry, ...] = ()
    anti_patterns: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A whole rules file."""

    head: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    paths: tuple[Row, ...] = ()
    equivalents: tuple[Row, ...] = ()
    rules: tuple[RuleDraft, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What was left out, and why."""


def places(found: Iterable[tuple[str, Place]]) -> str:
    """Return names with their places, the first few of them.

    >>> places([("Job", Place("a.py", 3)), ("Run", Place("b.py", 1))])
    'Job (a.py:3), Run (b.py:1)'
    """
    listed = [f"{name} ({place})" for name, place in found]
    more = len(listed) - MOST_PLACES
    return ", ".join(listed[:MOST_PLACES]) + (f" and {more} more" if more > 0 else "")
