"""What a file's text can be about, told from its bytes: the cheap questions that come before any file is parsed.

All of them are about ASCII letters, which every encoding of Python code has in common, so that the answer for a file's
bytes is the answer for its text. A yes says nothing; a no saves the look.
"""

import re
from functools import lru_cache

from flake8_bgtasks.semantics.vocabulary import TASK_WORDS, names_status
from flake8_bgtasks.semantics.words import words
from flake8_bgtasks.source import Text

_BEFORE_STATUS = TASK_WORDS | {
    "set", "update", "mark", "change", "write", "save", "put", "record", "report", "assign", "move", "transition", "push",
    "to", "with", "by", "for", "in", "has", "is", "get", "check", "wait", "filter", "find", "list", "count", "as", "where",
}  # fmt: skip

_REACH = 64
"""How many characters of an identifier are looked at on either side of the word: a limit on steps."""
_LINE = 160
"""How far back the start of a line is looked for."""
_QUOTES = frozenset((b'"', b"'"))
_LETTERS = frozenset(bytes((each,)) for each in b"abcdefghijklmnopqrstuvwxyz0123456789_")
_CLOSED = re.compile(rb"\\?[\"']")
_ENDED = re.compile(rb"(?![a-z0-9_])")
_ASSIGNED = re.compile(rb"[ \t]{0,64}(?::[^\n=]{0,256})?=")
_BEFORE = re.compile(rb"[A-Za-z0-9_]*\Z")
_AFTER = re.compile(rb"([A-Za-z0-9_]{0,64})(\s*\(|[A-Za-z0-9_]|[^\x00-\x7f])?")


def speaks_of(text: Text, status: str) -> bool:
    """Tell whether any identifier in the text may be what is called `status`, or a call that says so."""
    if not status.isascii():
        return True
    last = last_word(status)
    seen: set[tuple[bytes, bool]] = set()
    for found in _literal(last).finditer(text.lowered):
        before = _BEFORE.search(text.data, max(found.start() - _REACH, 0), found.start())
        after = _AFTER.match(text.data, found.end())
        assert before is not None and after is not None  # both match nothing, too
        name = text.data[before.start() : after.end(1)]
        identifier = (name, after[2] is not None)
        if identifier not in seen and _is_status(*identifier, status):
            return True
        seen.add(identifier)
    return False


@lru_cache(maxsize=4096)
def _is_status(name: bytes, may_be_called: bool, status: str) -> bool:
    text = name.decode("ascii")
    return names_status(text, status) or (may_be_called and contains_status(text, status))


def contains_status(called: str, status: str) -> bool:
    """Tell whether the name of a call contains a status: ``update_status``, not ``update_order_status``."""
    inside, wanted = words(called), words(status)
    for start in range(len(inside) - len(wanted) + 1):
        if inside[start : start + len(wanted)] == wanted and (start == 0 or inside[start - 1] in _BEFORE_STATUS):
            return True
    return False


def last_word(status: str) -> str:
    """Return the last word of a name in lower case."""
    return (words(status) or (status.lower(),))[-1]


def holds(text: Text, value: str) -> bool:
    """Tell whether a value stands in the text as a whole string or as a name, or is put together there.

    A name counts where it is defined or is an attribute: on its own it is imported, and stands there, too.

    >>> holds(Text(b"X.PROCESSING"), "processing"), holds(Text(b"'proc' + 'essing'"), "processing")
    (True, True)
    >>> holds(Text(b"the processing of 'image processing'"), "processing")
    False
    """
    if not value.isascii():
        return True
    lowered = value.lower()
    if any(_is_whole(text.lowered, found) for found in _literal(lowered).finditer(text.lowered)):
        return True
    parted = _parted(lowered).finditer(text.lowered)
    return any(text.lowered[found.start() - 1 : found.start()] in _QUOTES for found in parted)


def _is_whole(text: bytes, found: "re.Match[bytes]") -> bool:
    """Tell whether what was found is a string, an attribute or a name that is given a value."""
    before = text[max(found.start() - 1, 0) : found.start()]
    if before in _QUOTES:
        return _CLOSED.match(text, found.end()) is not None and not _is_in_comment(text, found.start())
    if before == b".":
        return _ENDED.match(text, found.end()) is not None
    return before[:1] not in _LETTERS and _ASSIGNED.match(text, found.end()) is not None


def _is_in_comment(text: bytes, place: int) -> bool:
    """Tell whether a place is in a comment that has a line of its own, not too far from where it starts."""
    _, line_end, before = text[max(place - _LINE, 0) : place].rpartition(b"\n")
    return line_end != b"" and before.lstrip().startswith(b"#")


@lru_cache(maxsize=64)
def _literal(word: str) -> "re.Pattern[bytes]":
    return re.compile(re.escape(word.encode()))


@lru_cache(maxsize=64)
def _parted(value: str) -> "re.Pattern[bytes]":
    """A pattern for a beginning of two letters or more that ends in a quote and is followed by another string."""
    pieces = [re.escape(character.encode()) for character in value]
    beginning = b""
    for piece in reversed(pieces[2:-1]):
        beginning = rb"(?:" + piece + beginning + rb")?"
    return re.compile(b"".join(pieces[:2]) + beginning + rb"[\"'][\s+\\()]*[rbuf]*[\"']")
