"""The fallback: a regex searched in logical lines, with comments and docstrings blanked."""

import ast
import io
import re
import sys
import tokenize
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.evidence import ABSENT, Evidence
from flake8_bgtasks.matching.base import Unit, present
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.source import SourceFile

MAX_LENGTH = 10_000
"""How much of a logical line a regex is let loose on: what is longer is data, and the regex is the team's own."""
_SKIPPED = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING})
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")


class LogicalLine(NamedTuple):
    """A statement on one line, and where each stretch of its text comes from."""

    text: str
    places: tuple[tuple[int, int, int], ...]
    """Offsets in the text with the line (from 1) and column (from 0) that they come from, in rising order."""

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of the character at `offset`; of what follows, for a space that joins lines."""
        index = bisect_right(self.places, (offset, sys.maxsize, sys.maxsize)) - 1
        start, line, column = self.places[index]
        before, newline, last = self.text[start:offset].rpartition("\n")
        if newline:
            return line + before.count("\n") + 1, len(last)
        return line, column + len(last)


@memoized
def logical_lines(source: SourceFile) -> tuple[LogicalLine, ...]:
    """Return the file's logical lines: statements that span lines joined, nothing added after a bracket."""
    found: list[LogicalLine] = []
    tokens: list[tokenize.TokenInfo] = []
    docstrings = _docstrings(source)
    end = (0, 0)
    readline = io.StringIO(source.text).readline
    try:
        for token in tokenize.generate_tokens(readline):
            end = docstrings.get(token.start, end)
            if token.type in (tokenize.NEWLINE, tokenize.ENDMARKER):
                if tokens:
                    found.append(_joined(tokens))
                tokens = []
            elif token.type not in _SKIPPED and token.start >= end:
                tokens.append(token)
    except (tokenize.TokenError, SyntaxError):  # pragma: no cover  # the tree parsed; a Python may split it otherwise
        pass
    return tuple(found)


def _docstrings(source: SourceFile) -> dict[tuple[int, int], tuple[int, int]]:
    """Return where strings that are statements start and end, wherever on a line they stand."""
    found = {}
    for statement in source.nodes(ast.Expr):
        match statement.value:
            case ast.Constant(value=str()) as text:
                last = ast.Name("", lineno=text.end_lineno or 1, col_offset=text.end_col_offset or 0)
                found[source.place(text)] = source.place(last)
    return found


def _joined(tokens: list[tokenize.TokenInfo]) -> LogicalLine:
    parts: list[str] = []
    places: list[tuple[int, int, int]] = []
    length = 0
    previous: tokenize.TokenInfo | None = None
    for token in tokens:
        row, column = token.start
        if previous is not None and row == previous.end[0]:
            gap = " " * (column - previous.end[1])
        elif previous is not None and previous.string not in _OPENING and token.string not in _CLOSING:
            gap, column = " ", max(column - 1, 0)
        else:
            gap = ""
        if gap and row != (previous or token).end[0]:
            places.append((length, row, column))
        parts.extend((gap, token.string))
        length += len(gap)
        places.append((length, *token.start))
        length += len(token.string)
        previous = token
    return LogicalLine("".join(parts), tuple(places))


class Searches(NamedTuple):
    """A regex that stands for no shape of code that we know: searched in each logical line."""

    pattern: str

    def find_places(self, source: SourceFile) -> Iterator[tuple[int, int]]:
        """Yield the line and column where the first match in each logical line starts."""
        regex = re.compile(self.pattern)
        for line in logical_lines(source):
            if found := regex.search(line.text[:MAX_LENGTH]):
                yield line.place(found.start())


class Text(NamedTuple):
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
                    return present(frame, ast.Pass(lineno=row, col_offset=0))
        return ABSENT

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return False
