"""What a diagnosis is made from, and what it says."""

import argparse
import os
import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from flake8_bgtasks.cli.project import Project
from flake8_bgtasks.cli.rules import Coverage, coverage


class Diagnosis(NamedTuple):
    """Something that stands between a project and its findings."""

    what: str
    write: str
    """The line to write; several lines, or none, where that is the cure."""
    where: str
    """Where to write it: a file, with a line where there is one."""
    is_deliberate: bool = False
    """Whether somebody has decided so in as many words: it is mentioned, and is no fault."""


@dataclass(frozen=True)
class Patient:
    """A project as flake8 sees it in the working directory."""

    options: argparse.Namespace
    configuration: str | None
    """The absolute path of flake8's configuration file, if it has one."""
    project: Project

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files that flake8 looks at."""
        return self.project.files()

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """All rules, with how many of these files each covers."""
        return tuple(coverage(self.project.session, self.files))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the rules that are switched on."""
        return tuple(one.rule.code for one in self.coverage if one.files is not None)

    def place_of(self, option: str) -> str:
        """Return where an option is set, ``setup.cfg:7``, or where it would be: ``setup.cfg, under [flake8]``."""
        return place_of(self.configuration, option)


def place_of(configuration: str | None, option: str) -> str:
    """Return where an option is set in a configuration file of flake8's, or the section in which it would be."""
    if configuration is None:
        return ".flake8, under [flake8]"
    name = os.path.relpath(configuration)
    line = line_of_option(text_of(configuration), option)
    section = "tool.flake8" if name.endswith(".toml") else "flake8"
    return f"{name}, under [{section}]" if line is None else f"{name}:{line}"


def line_of_option(text: str, option: str) -> int | None:
    """Return the line where flake8's section sets an option, or None."""
    pattern = re.compile(rf"\s*{option.replace('-', '[-_]')}\s*[=:]")
    is_in_section = False
    for number, line in enumerate(text.splitlines(), 1):
        if section := re.match(r"\s*\[([^\]]*)\]", line):
            is_in_section = section[1].strip() in ("flake8", "tool.flake8")
        elif is_in_section and pattern.match(line):
            return number
    return None


def text_of(file: str) -> str:
    """Return the text of a file; nothing where it cannot be read."""
    try:
        with open(file, encoding="utf-8", errors="replace") as opened:
            return opened.read(1_000_000)
    except (OSError, ValueError):
        return ""
