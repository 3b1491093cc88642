"""The files of a project by words: its task files by what they import, all of its files by the classes they define.

Knows words, not code: a task file that imports something called like the module, or like one of its functions, is a
candidate, and whether it calls anything is for others to find out. The words of each file are kept as long as the file
is as it was, so that a run over a thousand task files reads each of them once.
"""

import os
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from flake8_bgtasks.inference.modules import MAX_SIZE, Stamp, entries
from flake8_bgtasks.rules.globs import Glob
from flake8_bgtasks.semantics.words import words

MAX_FILES = 20_000
"""How many files and folders are looked at: a limit on steps."""

_WORD = re.compile(r"[A-Za-z_]\w*")
_THROUGH_PACKAGE = re.compile(r"\w\.([A-Za-z_]\w*)\.[A-Za-z_]\w*\(")
"""``tasks.common.mark_running(``: the module is named where it is used."""
_CLASS = re.compile(rb"^[ \t]*class[ \t]+([A-Za-z_]\w*)", re.MULTILINE)
_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "venv"})


class Wanted(NamedTuple):
    """Which files are meant."""

    globs: tuple[Glob, ...]
    includes: Callable[[str], bool]
    """Tells it of a path relative to the root that one of the globs matches."""


EVERY_FILE = Wanted((Glob("**/*.py"),), lambda path: True)


class FileIndex:
    """Files under one root by their words, but for tests."""

    def __init__(self, root: str, wanted: Wanted, words_of: Callable[[str], frozenset[str]]) -> None:
        self._root = root
        self._wanted = wanted
        self._words_of = words_of
        self._stamps: dict[str, Stamp] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._files: dict[str, set[str]] = {}
        """By word."""
        self._is_run = False
        self._has_looked = False

    def begin_run(self) -> None:
        """Take note that a run of flake8 starts, within which the disk stays as it is."""
        self._is_run, self._has_looked = True, False

    def that_have(self, words: frozenset[str]) -> Iterator[str]:
        """Yield the absolute paths of the files that have one of the words, in a fixed order."""
        self._look()
        found = set().union(*(self._files.get(word, ()) for word in words))
        yield from sorted(found)

    def _look(self) -> None:
        """Bring the words up to what is on the disk, once in a run."""
        if self._is_run and self._has_looked:
            return
        self._has_looked = True
        seen = dict(self._walk())
        for path in [path for path in self._stamps if path not in seen]:
            self._drop(path)
        for path, stamp in seen.items():
            if self._stamps.get(path) != stamp:
                self._drop(path)
                self._add(path, stamp)

    def _drop(self, path: str) -> None:
        self._stamps.pop(path, None)
        for word in self._words.pop(path, ()):
            self._files[word].discard(path)

    def _add(self, path: str, stamp: Stamp) -> None:
        self._stamps[path] = stamp
        self._words[path] = found = self._words_of(path)
        for word in found:
            self._files.setdefault(word, set()).add(path)

    def _walk(self) -> Iterator[tuple[str, Stamp]]:
        """Yield the task files with their states, in a fixed order."""
        todo = [(os.path.join(self._root, base), depth) for base, depth in reversed(_starts(self._wanted.globs))]
        left = MAX_FILES
        seen: set[str] = set()
        while todo and left > 0:
            folder, depth = todo.pop()
            if folder in seen:
                continue
            seen.add(folder)
            for entry in reversed(entries(folder, MAX_FILES)):
                left -= 1
                if entry.name.startswith(".") or entry.name in _SKIPPED:
                    continue
                if entry.name.endswith(".py"):
                    stamp = self._stamp(entry)
                    if stamp is not None:
                        yield entry.path, stamp
                elif depth > 1 and entry.is_dir(follow_symlinks=False):
                    todo.append((entry.path, depth - 1))

    def _stamp(self, entry: "os.DirEntry[str]") -> Stamp | None:
        path = os.path.relpath(entry.path, self._root).replace(os.sep, "/")
        if not self._wanted.includes(path) or _is_test(entry.name):
            return None
        try:
            state = entry.stat(follow_symlinks=False)
        except OSError:
            return None
        is_file = state.st_mode & 0o170000 == 0o100000
        return Stamp(state.st_mtime_ns, state.st_size) if is_file and state.st_size <= MAX_SIZE else None


def _is_test(name: str) -> bool:
    return name.startswith("test_") or name == "conftest.py"


def _starts(globs: tuple[Glob, ...]) -> list[tuple[str, int]]:
    """Return the folders in which files that match a glob can lie, each with how many levels to look at.

    >>> _starts((Glob("app/tasks/*.py"), Glob("src/*/jobs.py"), Glob("**/jobs/*.py")))
    [('app/tasks', 1), ('src', 2), ('', 50)]
    """
    found: dict[str, int] = {}
    for glob in globs:
        segments = glob.text.split("/")
        literal = 0
        while literal < len(segments) - 1 and not any(character in segments[literal] for character in "*?["):
            literal += 1
        base = "/".join(segments[:literal])
        depth = 50 if "**" in segments else len(segments) - literal
        found[base] = max(depth, found.get(base, 0))
    return list(found.items())


def class_words(path: str) -> frozenset[str]:
    """Return the names of a file's classes in snake_case, nothing if it is unreadable."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return frozenset()
    return frozenset("_".join(words(name.decode("ascii"))) for name in _CLASS.findall(data))


def imported_words(path: str) -> frozenset[str]:
    """Return the words of a file's import statements, and of dotted names that it calls; nothing if it is unreadable."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.readlines()
    except OSError:
        return frozenset()
    found: set[str] = set()
    is_open = False
    for line in lines:
        text = line.strip()
        if is_open or text.startswith(("from ", "import ", "from\t", "import\t")) or "; " in text and "import " in text:
            found.update(_WORD.findall(text))
            if text.endswith("*"):
                found.add("*")
            is_open = text.endswith("\\") or (("(" in text or is_open) and ")" not in text)
        found.update(_THROUGH_PACKAGE.findall(text))
    return frozenset(found)
