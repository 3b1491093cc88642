"""What a rules file says, as frozen data. Nothing here reads files or understands code."""

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import TypeAlias


class Family(Enum):
    """The unit in which a rule looks for its requirements (semantics, section 3)."""

    MODELS = "models"
    STATUS = "status"
    API = "api"
    TASKS = "tasks"
    FRONTEND = "frontend"
    GENERIC = "generic"


class Severity(IntEnum):
    """How grave a finding is; comparable, so that a threshold is ``rule.severity >= threshold``."""

    INFO = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True)
class Mark:
    """A place in a rules file; both numbers count from 1. ``path`` is empty where only one file is spoken of."""

    line: int
    column: int
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class Requirement:
    """One entry of ``patterns``: what the units of the files that match ``file`` must have."""

    file: str | None = None
    classes: tuple[str, ...] = ()
    endpoint_pattern: str | None = None
    when_contains: tuple[str, ...] = ()
    must_contain: tuple[str, ...] = ()
    must_contain_one_of: tuple[str, ...] = ()
    must_reference: tuple[str, ...] = ()
    must_return: tuple[str, ...] = ()
    should_match: str | None = None
    mark: Mark = field(default=Mark(1, 1), compare=False)


@dataclass(frozen=True)
class AntiPattern:
    """One entry of ``anti_patterns``: a regex that must not be met, and what to say where it is."""

    pattern: str
    message: str | None = None
    file: str | None = None
    mark: Mark = field(default=Mark(1, 1), compare=False)


@dataclass(frozen=True)
class Example:
    """Code that a rule must report or leave alone: texts by path; the path is None for a file that the rule covers."""

    files: tuple[tuple[str | None, str], ...]
    mark: Mark = field(default=Mark(1, 1), compare=False)


@dataclass(frozen=True)
class Examples:
    """The ``tests`` of a rule."""

    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule: ``id`` as the file writes it (``BG-030``), its texts, what it asks and what it forbids.

    A rule that changes a bundled one has its own mark; what it takes over keeps the marks of the bundled file.
    """

    id: str
    name: str
    severity: Severity
    family: Family
    description: str = ""
    suggestion: str = ""
    requirements: tuple[Requirement, ...] = ()
    anti_patterns: tuple[AntiPattern, ...] = ()
    exclude: tuple[str, ...] = ()
    enabled: bool = True
    tests: Examples = Examples()
    mark: Mark = field(default=Mark(1, 1), compare=False)

    @property
    def code(self) -> str:
        """The rule's code in flake8: ``BG-030`` is ``BG030``."""
        return self.id.replace("-", "")

    @property
    def entries(self) -> "tuple[Requirement | AntiPattern, ...]":
        """What the rule asks, then what it forbids."""
        return (*self.requirements, *self.anti_patterns)


Table: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""What stands on the left, each with what stands on the right."""


@dataclass(frozen=True)
class RuleSet:
    """All rules of one file: the bundled ones that it extends, if it does, then its own; switched-off ones too.

    Globs and snippets are as the rules write them: ``paths`` and ``equivalents`` say how to read them.
    """

    path: str
    rules: tuple[Rule, ...]
    paths: Table = ()
    exclude: tuple[str, ...] = ()
    equivalents: Table = ()
    extends: str | None = None
