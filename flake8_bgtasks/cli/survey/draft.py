"""A rules file before it is text: frozen data, with the comments that go with each part."""

from dataclasses import dataclass, field

Scalar = str | bool


@dataclass(frozen=True)
class Row:
    """A key of ``paths`` or ``equivalents`` with what stands beside it."""

    left: str
    rights: tuple[str, ...]
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One entry of ``patterns`` or ``anti_patterns``."""

    pairs: tuple[tuple[str, Scalar | tuple[str, ...]], ...]
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
