"""What all matchers share: the unit they look at and the protocol they follow."""

import ast
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from flake8_bgtasks.evidence import Answer, Evidence, Step
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.reach import Reach, names_in
from flake8_bgtasks.semantics.words import continues
from flake8_bgtasks.source import FUNCTIONS, SourceFile


class Unit:
    """The piece of code in which a requirement is looked for: a class, an endpoint, a task with its reach, a module."""

    def __init__(self, source: SourceFile, node: ast.AST, frames: Sequence[Frame]) -> None:
        self.source = source
        self.node = node
        self.frames = frames

    @classmethod
    def module(cls, source: SourceFile) -> "Unit":
        """Return the whole file as one unit, with the functions in it."""
        return cls(source, source.tree, (top(source), *(Frame(source, function) for function in source.functions())))

    @classmethod
    def single(cls, source: SourceFile, node: ast.AST) -> "Unit":
        """Return a class or a function, with the functions in it, as a unit; with nothing that it reaches."""
        inner = ast.walk(node) if isinstance(node, FUNCTIONS) else ()
        functions = (Frame(source, one) for one in inner if isinstance(one, FUNCTIONS) and one is not node)
        return cls(source, node, (Frame(source, node), *functions))

    @property
    def is_cut(self) -> bool:
        """Whether there is more than `frames`, so that nothing can be said to be missing."""
        return isinstance(self.frames, Reach) and self.frames.is_cut

    @cached_property
    def identifiers(self) -> frozenset[str]:
        """Every identifier and every string literal in the unit's code."""
        return frozenset(names_in(self.frames))

    def has_identifier(self, name: str) -> bool:
        """Tell whether an identifier that is `name` or continues it stands anywhere in the unit's code."""
        return any(continues(identifier, name) for identifier in self.identifiers if identifier.isidentifier())


class Matcher(Protocol):
    """Something that a snippet of a rules file asks the code for."""

    @property
    def missing(self) -> str:
        """What to say of a unit that lacks it, after the unit's name: ``never sets started_at``."""
        ...

    def find(self, unit: Unit) -> Evidence:
        """Return whether the unit does what the snippet asks for."""
        ...

    def stands_in(self, unit: Unit) -> bool:
        """Tell whether the identifier or literal that the snippet names stands in the unit's code: the text's say."""
        ...


def is_met(matcher: Matcher, unit: Unit) -> bool:
    """Tell whether a requirement counts as met: it is present, or it is unknown and the text has it."""
    answer = matcher.find(unit).answer
    return answer is Answer.PRESENT or (answer is Answer.UNKNOWN and matcher.stands_in(unit))


class At(NamedTuple):
    """A node in a frame, and how the frame was entered."""

    frame: Frame
    node: ast.AST

    def place(self) -> tuple[str | None, int]:
        """See `Spot`."""
        return self.frame.source.path, self.frame.source.place(self.node)[0]

    def way(self) -> tuple[Step, ...]:
        """See `Spot`."""
        return self.frame.way()

    def code(self) -> str:
        """See `Spot`."""
        return self.frame.source.line_of(self.node)


def present(frame: Frame, node: ast.AST) -> Evidence:
    """Return the evidence that `node` of `frame` is."""
    return Evidence(Answer.PRESENT, At(frame, node))
