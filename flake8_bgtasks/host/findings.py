"""A finding in the form that flake8 takes: a place that exists, and one line of text."""

from collections.abc import Sequence
from typing import NamedTuple

from flake8.violation import Violation

from flake8_bgtasks.javascript.naming import is_script
from flake8_bgtasks.javascript.suppression import is_suppressed as is_suppressed_in_script
from flake8_bgtasks.matching.own_words import without_notes

LIMIT = 199
"""The most characters that a message may have, its code and its severity included."""


class Finding(NamedTuple):
    """What flake8 is given. ``line`` counts from 1 and ``column`` from 0; flake8 adds 1 to the column."""

    line: int
    column: int
    message: str


def finding(lines: Sequence[str], line: int, column: int, code: str, text: str, ending: str = "") -> Finding:
    """Return the finding at the closest place that the file has, its text shortened to the limit.

    >>> finding(["x = 1\\n"], 7, 40, "BG030", "x() never\\nends", " [error]")
    Finding(line=1, column=4, message='BG030 x() never ends [error]')
    """
    return Finding(*_place(lines, line, column), _message(code, text, ending))


def is_suppressed(filename: str, found: Finding, line: str) -> bool:
    """Tell whether the physical line of a finding says that it is not to be reported."""
    code, _, text = found.message.partition(" ")
    if is_script(filename):
        return is_suppressed_in_script(line, code)
    return Violation(code, filename, found.line, found.column + 1, text, line).is_inline_ignored(False)


def _place(lines: Sequence[str], line: int, column: int) -> tuple[int, int]:
    if not lines:
        return 1, 0
    line = min(max(line, 1), len(lines))
    width = len(lines[line - 1].rstrip("\r\n"))
    return line, min(max(column, 0), max(width - 1, 0))


def _message(code: str, text: str, ending: str) -> str:
    room = LIMIT - len(code) - 1 - len(ending)
    words = "".join(character if character.isprintable() else "?" for character in " ".join(text.split()))
    if len(words) > room:
        words = without_notes(words)
    if len(words) > room:
        words = words[: room - 3].rstrip() + "..."
    return f"{code} {words}{ending}"
