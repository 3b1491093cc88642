"""What must stand in a file's text for a matcher to find anything there: asked before a file is parsed, and again after.

Since the matchers ask the same, a file is judged alike however flake8 is called.
"""

from collections.abc import Callable
from typing import NamedTuple

from flake8_bgtasks.semantics.mentions import holds, speaks_of
from flake8_bgtasks.source import SourceFile, Text

LeadsTo = Callable[[tuple[str, ...]], bool]
"""Tells whether one of several values stands in a module that the file leads to."""


class Word(NamedTuple):
    """The word stands anywhere in the text, in lower case or not."""

    word: str

    def is_pulled(self, text: Text, leads_to: LeadsTo) -> bool:
        """Tell whether the matcher may find something in the text."""
        return text.mentions(self.word)


class StatusWord(NamedTuple):
    """A status is spoken of, and one of several values is there, or in a module from which it may come."""

    status: str
    values: tuple[str, ...]

    def is_pulled(self, text: Text, leads_to: LeadsTo) -> bool:
        """Tell whether the matcher may find something in the text."""
        if not speaks_of(text, self.status):
            return False
        return any(holds(text, value) for value in self.values) or leads_to(self.values)


Trigger = Word | StatusWord


def is_pulled_by(source: SourceFile, trigger: Trigger) -> bool:
    """Tell whether the matcher of a trigger may find something in a file that is parsed."""
    return trigger.is_pulled(source.encoded, lambda values: source.facts.lead_to(values, source))
