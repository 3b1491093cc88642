"""The fallback: a regex searched in logical lines, with comments and docstrings blanked."""

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from flake8_bgtasks.evidence import ABSENT, Answer, Evidence
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.source import SourceFile

MAX_LENGTH = 100_000
"""Longer logical lines are data; a regex is not let loose on them."""
_SKIPPED = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING})
_OPENING = ("(", "[", "{")


class LogicalLine(NamedTuple):
    """A statement on one line, and where each stretch of its text comes from."""

    text: str
    places: tuple[tuple[int, int, int], ...]
    """Offsets in the text with the line (from 1) and column (from 0) that they come from, in rising order."""

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of the character at `offset`."""
        start, line, column = max(place for place in self.places if place[0] <= offset)
        return line, column + offset - start


@memoized
def logical_lines(source: SourceFile) -> tuple[LogicalLine, ...]:
    """Return the file's logical lines: statements that span lines joined, nothing added after a bracket."""
    found: list[LogicalLine] = []
    tokens: list[tokenize.TokenInfo] = []
    readline = io.StringIO(source.text).readline
    try:
        for token in tokenize.generate_tokens(readline):
            if token.type in (tokenize.NEWLINE, tokenize.ENDMARKER):
                if tokens and not _is_docstring(tokens):
                    found.append(_joined(tokens))
                tokens = []
            elif token.type not in _SKIPPED:
                tokens.append(token)
    except (tokenize.TokenError, SyntaxError):  # the tree parsed, so this is the end of what can be read
        pass
    return tuple(found)


def _is_docstring(tokens: list[tokenize.TokenInfo]) -> bool:
    return all(token.type == tokenize.STRING for token in tokens)


def _joined(tokens: list[tokenize.TokenInfo]) -> LogicalLine:
    text, places = "", []
    previous: tokenize.TokenInfo | None = None
    for token in tokens:
        if previous is not None:
            if token.start[0] == previous.end[0]:
                text += " " * (token.start[1] - previous.end[1])
            elif not text.endswith(_OPENING) and token.string not in (")", "]", "}"):
                text += " "
        places.append((len(text), *token.start))
        text += token.string
        previous = token
    return LogicalLine(text, tuple(places))


@dataclass(frozen=True)
class Searches:
    """A regex that stands for no shape of code that we know: searched in each logical line."""

    pattern: str

    def find_places(self, source: SourceFile) -> Iterator[tuple[int, int]]:
        """Yield the line and column where the first match in each logical line starts."""
        regex = re.compile(self.pattern)
        for line in logical_lines(source):
            found = regex.search(line.text) if len(line.text) <= MAX_LENGTH else None
            if found:
                yield line.place(found.start())


@dataclass(frozen=True)
class Text:
    """Text that is not Python: it stands on a code line."""

    text: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"has no {self.text}"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        wanted = self.text.strip()
        for frame in unit.frames:
            first = getattr(frame.node, "lineno", 1)
            last = getattr(frame.node, "end_lineno", len(frame.source.lines))
            for line in logical_lines(frame.source):
                row = line.place(0)[0]
                if first <= row <= last and wanted in line.text:
                    return Evidence(Answer.PRESENT, frame.source.path, row, frame.via)
        return ABSENT

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return False
