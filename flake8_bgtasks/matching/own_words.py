"""The team's own word in a message, beside what the rule says, and the message without it.

A finding is known by what the rule says: a team that adds to its ``equivalents`` has the same findings as before.
"""

import re
from collections.abc import Iterable

_PIECE = r"(?:[^()]|\([^()]*\))"
_WORD = re.compile(rf"(?!.*\n){_PIECE}{{1,40}}")
_NOTE = re.compile(rf" \(here also: {_PIECE}*\)")


def noted(phrase: str, words: Iterable[str | None]) -> str:
    """Return what is missing with the team's own words for it, those that are short enough to be told.

    >>> noted("never sets completed_at", ["finished_at"]), noted("never sets started_at", [None])
    ('never sets completed_at (here also: finished_at)', 'never sets started_at')
    """
    told = ", ".join(dict.fromkeys(word for word in words if word is not None and _WORD.fullmatch(word)))
    return f"{phrase} (here also: {told})" if told else phrase


def without_notes(message: str) -> str:
    """Return a message as it is without ``equivalents``.

    >>> without_notes("f() never opens a session with SessionLocal() (here also: begin()) and never sets started_at")
    'f() never opens a session with SessionLocal() and never sets started_at'
    """
    return _NOTE.sub("", message)
