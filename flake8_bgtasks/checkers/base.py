"""The shape of a flake8 checker; knows nothing about any rule."""

import argparse
import ast
import os
from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

import flake8_bgtasks
from flake8_bgtasks.catalogue import CompiledRequirement, CompiledRule
from flake8_bgtasks.host import options, seam
from flake8_bgtasks.host.findings import Finding, finding
from flake8_bgtasks.host.session import open_session
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.violation import Violation


class Questioned(NamedTuple):
    """A unit, what messages call it, and the requirements that it has to meet."""

    unit: Unit
    subject: str
    asked: tuple[CompiledRequirement, ...]


class FamilyChecker:
    """Reports what the rules of one family find in one file. A family says what it is and how one rule is checked."""

    name = "flake8-bgtasks"
    version = flake8_bgtasks.__version__
    family: ClassVar[Family]
    add_options = staticmethod(options.register)

    def __init__(self, tree: ast.Module, filename: str, lines: Sequence[str], options: argparse.Namespace) -> None:
        """Take what flake8 hands over; ``options`` are those of this very run, of which a process may hold several."""
        self._tree = tree
        self._filename = filename
        self._lines = lines
        self._options = options

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Stop flake8 with a clean message, before any file is read, if the options or the rules cannot be used."""
        open_session(options)
        seam.put_in_place(options)

    @staticmethod
    def units(rule: CompiledRule, source: SourceFile) -> Iterator[Questioned]:
        """Yield the pieces of a file that a rule's requirements are asked of; none where they are asked of no code."""
        return iter(())

    @staticmethod
    def check(rule: CompiledRule, source: SourceFile) -> Iterator[Violation]:
        """Yield what one rule finds in one file that it covers, in any order."""
        raise NotImplementedError

    def run(self) -> Iterator[tuple[int, int, str, type["FamilyChecker"]]]:
        """Yield the family's findings in the order of the file.

        A generator, since flake8 takes an AttributeError in a plain method for "there is no such method".
        """
        session = open_session(self._options)
        source = session.source(self._filename, self._tree, self._lines)
        rules = session.covering(self.family, source.path)
        found = sorted(one for rule in rules for one in self._fenced(rule, source))
        for line, column, message in session.unknown(self._filename, found, self._lines):
            yield line, column, message, type(self)

    def _fenced(self, compiled: CompiledRule, source: SourceFile) -> Iterator[Finding]:
        """Yield one rule's findings; a fault of ours becomes a finding too, and leaves the other rules alone."""
        rule = compiled.rule
        try:
            for line, column, code, text in self.check(compiled, source):
                yield finding(self._lines, line, column, code, text, f" [{rule.severity.name.lower()}]")
        except MemoryError:
            raise
        except Exception as fault:
            if os.environ.get("BGTASKS_DEBUG") == "1":
                raise
            hint = "please report it with the traceback that BGTASKS_DEBUG=1 shows"
            yield finding(self._lines, 1, 0, "BG000", f"{rule.id} cannot be checked: {type(fault).__name__}, {hint}")


def file_as_unit(rule: CompiledRule, source: SourceFile) -> Iterator[Questioned]:
    """Yield the file as the one unit, where a rule makes demands on it."""
    requirements = rule.requirements_for(source.path)
    if requirements:
        unit = Unit.module(source)
        yield Questioned(unit, "this file", tuple(one for one in requirements if one.is_asked(unit)))
