"""A piece of code as it is read from one way of reaching it, with what is known there about its parameters."""

import ast
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from flake8_bgtasks.evidence import Step
from flake8_bgtasks.semantics.memo import Memory
from flake8_bgtasks.semantics.scopes import ScopeNode
from flake8_bgtasks.source import Definition, SourceFile


class Argument(NamedTuple):
    """An expression that a call passes, and the frame in which it is to be read."""

    value: ast.expr
    frame: "Frame"


_NO_ARGUMENTS: Mapping[str, tuple[Argument, ...]] = MappingProxyType({})


class Frame:
    """A piece of code with what is known about its parameters, as seen from one way of reaching it."""

    __slots__ = ("arguments", "enclosing", "entry", "memory", "node", "owner", "source", "view")

    def __init__(
        self,
        source: SourceFile,
        node: ast.AST,
        arguments: Mapping[str, tuple[Argument, ...]] = _NO_ARGUMENTS,
        enclosing: "Frame | None" = None,
        owner: Definition | None = None,
        entry: "Entry | None" = None,
    ) -> None:
        self.source = source
        self.node = node
        self.arguments = arguments
        self.enclosing = enclosing
        self.owner = owner
        """The class whose method this is, as far as it is known: that of the object that the method is called on."""
        self.entry = entry
        """How this code was entered, for the reader; None for where one starts."""
        is_informed = bool(arguments) or (enclosing is not None and enclosing.view is enclosing)
        self.view: object = self if is_informed else (node, owner)
        """What answers about this frame depend on: the frame itself where arguments are known, else what it is of."""
        self.memory: Memory = {} if is_informed else source.memo
        """Where answers about this frame are kept: with the file, unless they go with what this way of reaching it knows."""
        if is_informed:
            source.views.append(self)

    def forget(self) -> None:
        """Forget the answers about this frame, and that it is what they depend on: both lead back to it."""
        self.memory.clear()
        self.view = None

    @property
    def via(self) -> str:
        """What led here, as one would write it: ``mark_running()``; nothing for where one starts."""
        return "" if self.entry is None else self.entry.said or _name_of(self)

    def way(self) -> tuple[Step, ...]:
        """Return the steps from where one started to this frame, call by call."""
        steps: list[Step] = []
        frame = self
        while frame.entry is not None:
            caller, node, _ = frame.entry
            steps.append(Step(caller.source.path, caller.source.place(node)[0], frame.via))
            frame = caller
        return tuple(reversed(steps))

    def bound(self, scope: ScopeNode, name: str) -> tuple[Argument, ...]:
        """Return the arguments bound to the parameter `name` of the function `scope`, if it is this one or around."""
        frame: Frame | None = self
        while frame is not None:
            if frame.node is scope:
                return frame.arguments.get(name, ())
            frame = frame.enclosing
        return ()


class Entry(NamedTuple):
    """How a frame is entered: from which other frame, by which node of that one's file."""

    caller: Frame
    node: ast.AST
    said: str = ""
    """How to say it where it is no call of the function: ``with JobRun``."""


def _name_of(frame: Frame) -> str:
    """Return what a function is called as, with the class whose method it is: ``JobRun.start()``."""
    name = getattr(frame.node, "name", "lambda")
    if frame.owner is None or not isinstance(frame.source.parent(frame.node), ast.ClassDef):
        return f"{name}()"
    owner = getattr(frame.owner.node, "name", "")
    return f"{owner}()" if name == "__init__" else f"{owner}.{name}()"


def top(source: SourceFile) -> Frame:
    """Return the frame of module-level code, in which nothing is known about any parameter."""
    return Frame(source, source.tree)
