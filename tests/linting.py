"""Lint snippets in this process, without flake8: what the tests of the families are written with.

The expectations stand beside the lines, as ``# expect: BG030`` (several codes: ``# expect: BG030 BG031``).
"""

import ast
import re
from functools import lru_cache
from pathlib import Path
from textwrap import dedent

from flake8_bgtasks.catalogue import Catalogue
from flake8_bgtasks.checkers.running import find
from flake8_bgtasks.rules import loader
from flake8_bgtasks.source import NO_FACTS, Facts, SourceFile
from flake8_bgtasks.violation import Violation

BUNDLED = (Path(__file__).parents[1] / "flake8_bgtasks" / "rules.yaml").read_text(encoding="utf-8")
_MARK = re.compile(r"#\s*expect:\s*(BG\d{3}(?:[ ,]+BG\d{3})*)")


@lru_cache(maxsize=64)
def catalogue(rules: str = BUNDLED) -> Catalogue:
    """Return the compiled rules of a rules file's text."""
    return Catalogue(loader.load(rules, "rules.yaml"))


def read(text: str, path: str | None, facts: Facts = NO_FACTS) -> SourceFile:
    """Return a file of this text, which may be indented as a whole."""
    text = dedent(text)
    return SourceFile(path, text.splitlines(keepends=True), ast.parse(text), "/project", facts)


def lint(text: str, path: str | None, rules: str = BUNDLED, facts: Facts = NO_FACTS) -> list[Violation]:
    """Return what all families find in one file, in the order of the file."""
    return [found.violation for found in find(read(text, path, facts), catalogue(rules))]


def marks(text: str) -> set[tuple[int, str]]:
    """Return the line and code of every expectation in a text."""
    return {
        (number, code)
        for number, line in enumerate(dedent(text).splitlines(), 1)
        for mark in _MARK.finditer(line)
        for code in re.split(r"[ ,]+", mark[1])
    }


def assert_as_marked(text: str, path: str, codes: str = "BG", rules: str = BUNDLED, facts: Facts = NO_FACTS) -> None:
    """Assert that the findings whose codes start with `codes` are those marked in the text, and no others."""
    found = {(one.line, one.code) for one in lint(text, path, rules, facts) if one.code.startswith(codes)}
    wanted = {mark for mark in marks(text) if mark[1].startswith(codes)}
    assert found == wanted, f"found but not expected: {found - wanted}; expected but not found: {wanted - found}"


def messages(text: str, path: str, code: str, rules: str = BUNDLED) -> list[str]:
    """Return the texts of the findings with this code."""
    return [one.text for one in lint(text, path, rules) if one.code == code]
