"""A JavaScript file, read as far as somebody asks."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from flake8_bgtasks.javascript.callbacks import Callbacks
from flake8_bgtasks.javascript.outline import Outline
from flake8_bgtasks.javascript.reading import read
from flake8_bgtasks.javascript.syntax import parse
from flake8_bgtasks.javascript.timers import Timer, timers
from flake8_bgtasks.javascript.values import Values

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NOT_LINE_END = re.compile(r"[^\r\n]+")


class Script:
    """The text of one file; its tree and what stands in it are there when they are first asked for."""

    def __init__(self, path: str | None, text: str) -> None:
        self.path = path
        self.text = text.removeprefix("\ufeff")

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, with their ends."""
        return tuple(_LINE.findall(self.text))

    @cached_property
    def outline(self) -> Outline:
        """What stands in the file."""
        return read(parse(self.text), self.text)

    @cached_property
    def values(self) -> Values:
        """What the expressions of the file are."""
        return Values(self.outline)

    @cached_property
    def callbacks(self) -> Callbacks:
        """What the callbacks of the file do."""
        return Callbacks(self.outline, self.values)

    @cached_property
    def timers(self) -> tuple[Timer, ...]:
        """The timers that the file sets."""
        return timers(self.outline, self.values, self.callbacks)

    @cached_property
    def code_lines(self) -> tuple[str, ...]:
        """The lines with comments blanked, at the same places."""
        return tuple(_LINE.findall(self._without_comments()))

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line, from 1, and the column, from 0, of a character."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1]

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate(map(len, self.lines[:-1]), initial=0))

    def _without_comments(self) -> str:
        pieces, end = [], 0
        for start, stop in self.outline.comments:
            pieces.append(self.text[end:start])
            pieces.append(_NOT_LINE_END.sub(lambda found: " " * len(found[0]), self.text[start:stop]))
            end = stop
        return "".join((*pieces, self.text[end:]))
