"""Findings that are known already: what a baseline file says, and which findings of a run it stands for.

A finding is known by its file, its code, its message and, where it is about a place and not about what a unit lacks,
by the text of its line: so it may move within its file, and a second one like it is new. What a unit lacks may become
less. An entry whose file is gone stands for the same finding in a file that has no entry: the file was renamed.

A baseline holds one JSON value per line: a head, then an entry per finding, sorted. It reads well in a diff, merges
line by line, and is read in a few milliseconds per thousand entries.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from flake8_bgtasks.errors import BaselineError, Problem
from flake8_bgtasks.host.paths import path_under
from flake8_bgtasks.matching.own_words import without_notes

HEAD = {"flake8-bgtasks-baseline": 1}
LARGEST = 20_000_000
"""Bytes that a baseline may have."""
_REQUIRED = ("path", "code", "message")
_KEYS = (*_REQUIRED, "line", "count")
_CODE = re.compile(r"BG\d{3}", re.ASCII)
_MEANINGFUL = 170
"""Characters of a message that count: what comes after them is cut in findings, by the length of the severity."""
_FINDING = re.compile(r"(?P<code>BG\d{3}) (?P<text>.*?)(?: \[(?:info|warning|error)\])?", re.DOTALL)
_COMMENT = re.compile(r"\s(?:#|//)\s.*|^\s*(?:#|//).*")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Known(NamedTuple):
    """What a finding is known by within its file; ``line`` is empty where its message says it all."""

    code: str
    message: str
    line: str = ""

    @property
    def subject(self) -> tuple[str, str]:
        """The code and the first word, which two findings share if one of them stands for the other."""
        return self.code, self.message.partition(" ")[0]

    def stands_for(self, other: "Known") -> bool:
        """Tell whether a finding is this one, whatever happened to spaces and quotes."""
        return (self.code, self.message) == (other.code, other.message) and _bare(self.line) == _bare(other.line)

    def is_more_than(self, other: "Known") -> bool:
        """Tell whether a finding says of the same unit a part of what this one said.

        >>> before = Known("BG030", 'f() never sets status = "running" and never sets started_at')
        >>> before.is_more_than(Known("BG030", "f() never sets started_at"))
        True
        """
        if self.code != other.code or self.line or other.line:
            return False
        ours, theirs = (said.message.split(" and ") for said in (self, other))
        first, now = ours[0].split(" "), theirs[0].split(" ")
        for length in range(1, min(len(first), len(now))):  # nobody says where the unit's name ends
            if first[:length] != now[:length]:
                return False
            before = {" ".join(first[length:]), *ours[1:]}
            if {" ".join(now[length:]), *theirs[1:]} <= before:
                return True
        return False


class Entry(NamedTuple):
    """One line of a baseline: a finding in a file, POSIX and relative to the baseline, and how often it is there."""

    path: str
    known: Known
    times: int = 1


def parse_message(message: str) -> tuple[str, str]:
    """Return the code of a finding, and its text without the severity and the team's own words, as far as it counts.

    >>> parse_message("BG030 f() never ends (here also: stops) [error]")
    ('BG030', 'f() never ends')
    """
    found = _FINDING.fullmatch(message)
    assert found is not None, message
    return found["code"], without_notes(found["text"])[:_MEANINGFUL]


def meaningful(line: str) -> str:
    """Return what counts of a line of code: no comment at its end, and one space for any.

    >>> meaningful("    time.sleep( 5 )  # wait\\n")
    'time.sleep( 5 )'
    """
    return " ".join(_COMMENT.sub("", line).split())[:_MEANINGFUL]


def _bare(line: str) -> str:
    return line.replace(" ", "").replace('"', "'")


def match(found: Sequence[Known], entries: dict[Known, int]) -> list[Known | None]:
    """Return for each finding the entry that stands for it, and take these from `entries`; the first come first."""
    matched: list[Known | None] = [None] * len(found)
    for stands_for in (Known.stands_for, Known.is_more_than):
        for at, known in enumerate(found):
            if matched[at] is None:
                entry = next((one for one, count in entries.items() if count and stands_for(one, known)), None)
                if entry is not None:
                    matched[at] = entry
                    entries[entry] -= 1
    return matched


class Baseline:
    """The entries of one baseline file."""

    def __init__(self, path: str, entries: Iterable[Entry] = ()) -> None:
        self.path = path
        self._directory = os.path.dirname(path)
        self.by_path: dict[str, dict[Known, int]] = {}
        for entry in entries:
            known = self.by_path.setdefault(entry.path, {})
            known[entry.known] = known.get(entry.known, 0) + entry.times

    def path_of(self, filename: str) -> str:
        """Return what the baseline calls a file: its path from the baseline's directory, with slashes."""
        file = os.path.abspath(filename)
        below = path_under(self._directory, file)
        if below is None:
            below = os.path.relpath(os.path.realpath(file), os.path.realpath(self._directory)).replace(os.sep, "/")
        return below

    def file_of(self, path: str) -> str:
        """Return the absolute path of a file that the baseline calls so."""
        return os.path.normpath(os.path.join(self._directory, path))

    def is_gone(self, path: str) -> bool:
        """Tell whether the file of an entry is not there any more."""
        return not os.path.exists(self.file_of(path))

    def is_known(self, filename: str, found: Sequence[Known]) -> list[bool]:
        """Tell of each finding in one file whether an entry stands for it.

        The answer rests on the baseline and on which files are there, so that it is the same for one file and for all.
        """
        own = self.by_path.get(self.path_of(filename))
        if own is not None:
            return [entry is not None for entry in match(found, dict(own))]
        subjects = {known.subject for known in found}
        orphans: dict[Known, int] = {}
        for path, entries in self.by_path.items():
            alike = {known: times for known, times in entries.items() if known.subject in subjects}
            if alike and self.is_gone(path):
                orphans.update({known: orphans.get(known, 0) + times for known, times in alike.items()})
        return [entry is not None for entry in match(found, orphans)]


def read(path: str, shown: str) -> Baseline:
    """Return the baseline in this file. Raises BaselineError with all problems, placed in `shown`."""
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        what = f"cannot be read ({reason}): write it with 'bgtasks baseline', or mend the path"
        raise BaselineError([Problem(shown, 1, 1, what)]) from None
    if len(data) > LARGEST:
        raise BaselineError([Problem(shown, 1, 1, f"larger than {LARGEST} bytes: is it the right file?")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = data.count(b"\n", 0, error.start) + 1, error.start - data.rfind(b"\n", 0, error.start)
        what = f"the byte 0x{data[error.start]:02x} is not UTF-8: save the file as UTF-8"
        raise BaselineError([Problem(shown, line, column, what)]) from None
    return Baseline(path, _parse(text, shown))


def _parse(text: str, path: str) -> list[Entry]:
    head, *lines = text.split("\n")
    try:
        is_head = json.loads(head) == HEAD
    except (ValueError, RecursionError):
        is_head = False
    if not is_head:
        what = f"no baseline: its first line must be {json.dumps(HEAD)}; write one with 'bgtasks baseline'"
        raise BaselineError([Problem(path, 1, 1, what)])
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        try:
            entries.append(_entry(json.loads(line)))
        except _EntryError as error:
            problems.append(Problem(path, number, 1, str(error)))
        except (ValueError, RecursionError) as error:
            column = getattr(error, "colno", 1)
            reason = getattr(error, "msg", "it is too large to be one")
            what = f"not valid JSON ({reason}): mend the line, or write the file anew with 'bgtasks baseline'"
            if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
                what = "a conflict of a merge: write the file anew with 'bgtasks baseline'"
            problems.append(Problem(path, number, column, what))
    if problems:
        raise BaselineError(problems)
    return entries


class _EntryError(Exception):
    """What is wrong with an entry."""


def _entry(value: Any) -> Entry:
    if not isinstance(value, dict):
        raise _EntryError('an entry must be a mapping: {"path": ..., "code": ..., "message": ...}')
    if unknown := value.keys() - _KEYS:
        raise _EntryError(f"unknown key {min(unknown)!r}: an entry has {', '.join(_KEYS)}")
    for key in _REQUIRED:
        if key not in value:
            raise _EntryError(f"an entry has no {key!r}: add it")
    path, code, message, line, times = map(value.get, _KEYS, (None, None, None, "", 1))
    for key, text in (("path", path), ("code", code), ("message", message), ("line", line)):
        if not isinstance(text, str) or not text.isascii() and _SURROGATE.search(text):
            raise _EntryError(f"{key!r} must be a string: put it in quotes")
    if type(times) is not int or times < 1:
        raise _EntryError("'count' must be a number from 1: write how often the finding is there")
    if not _CODE.fullmatch(code):
        raise _EntryError(f"bad code {code!r}: write BG and three digits, such as 'BG030'")
    return Entry(path, Known(code, message, line), times)


def text_of(by_path: Mapping[str, Mapping[Known, int]]) -> str:
    """Return the text of a baseline with these entries, sorted."""
    lines = [json.dumps(HEAD)]
    for path, entries in sorted(by_path.items()):
        for known, count in sorted(entries.items()):
            if count:
                entry: dict[str, object] = {"path": path, "code": known.code, "message": known.message}
                if known.line:
                    entry["line"] = known.line
                if count > 1:
                    entry["count"] = count
                lines.append(json.dumps(entry, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines)
