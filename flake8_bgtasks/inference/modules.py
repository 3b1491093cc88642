"""Where the project's modules are: from a dotted name to a file, by the file system alone.

Nothing is imported and no search path is touched. Installed packages are not looked for.
"""

import os
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.inference.starts import Starts

MAX_SIZE = 1_000_000
"""Larger files (bytes) are data, and not read."""
MAX_ENTRIES = 1_000
"""How many entries of a folder are looked at to tell whether it holds Python code."""


class Stamp(NamedTuple):
    """The state of a file on the disk; all zero for one that is not there."""

    modified: int = 0
    size: int = 0


MISSING = Stamp()


def stamp_of(path: str) -> Stamp:
    """Return the state of a regular file that is not too large, `MISSING` for anything else."""
    try:
        state = os.stat(path)
    except (OSError, ValueError):
        return MISSING
    if state.st_mode & 0o170000 != 0o100000 or state.st_size > MAX_SIZE:
        return MISSING
    return Stamp(state.st_mtime_ns, state.st_size)


def candidates(dotted: str, folders: tuple[str, ...], importing: str | None) -> Iterator[str]:
    """Yield the files that a module called `dotted` can be, best first; `importing` is the importer's own folder.

    >>> list(candidates("a.b", ("/p",), None))
    ['/p/a/b/__init__.py', '/p/a/b.py']
    >>> list(candidates("..models", ("/p",), "/p/app/tasks"))
    ['/p/app/models/__init__.py', '/p/app/models.py']
    """
    name = dotted.lstrip(".")
    level = len(dotted) - len(name)
    parts = name.split(".") if name else []
    if not all(part.isidentifier() for part in parts) or (level and importing is None):
        return
    if level and importing is not None:
        for _ in range(level - 1):
            importing = os.path.dirname(importing)
        folders = (importing,)
    for folder in folders:
        base = os.path.join(folder, *parts)
        yield os.path.join(base, "__init__.py")
        if parts:
            yield f"{base}.py"


class Disk:
    """The file system as it is while one file is linted: each thing is looked at once, so that all answers agree.

    `buffer` is the linted file, which is there whatever the disk says.
    """

    def __init__(self, root: str, buffer: str | None = None) -> None:
        self._root = root
        self._buffer = buffer
        self._stamps: dict[str, Stamp] = {}
        self._starts = Starts(root, self.is_there)
        self._located: dict[tuple[str | None, str], str | None] = {}
        self._names: dict[tuple[str, str], bool] = {}
        self._owned: dict[tuple[str | None, str], bool] = {}
        self._real: dict[str, str] = {}

    def around(self, buffer: str | None) -> "Disk":
        """Return the same disk for another linted file, one that is on it."""
        self._buffer = buffer
        return self

    def stamp(self, path: str) -> Stamp:
        """Return the state of a file on the disk."""
        if path not in self._stamps:
            self._stamps[path] = stamp_of(path)
        return self._stamps[path]

    def is_there(self, path: str) -> bool:
        """Tell whether there is such a file, on the disk or in the editor."""
        return path == self._buffer or self.stamp(path) != MISSING

    def locate(self, dotted: str, importing: str | None) -> str | None:
        """Return the file of the module called `dotted`, as it is imported in a folder; None if there is none."""
        key = (importing, dotted)
        if key not in self._located:
            self._located[key] = None if self.is_foreign(dotted, importing) else self._find(dotted, importing)
        return self._located[key]

    def _find(self, dotted: str, importing: str | None) -> str | None:
        folders = self._starts.of(dotted, importing)
        for path in candidates(dotted, folders, importing):
            if self.is_there(path) and self._is_within(path, folders):
                return path
        return None

    def is_foreign(self, dotted: str, importing: str | None) -> bool:
        """Tell whether nothing in the project is called like the first segment of an absolute dotted name."""
        first = dotted.partition(".")[0]
        return bool(first) and not any(self._has(folder, first) for folder in self._starts.of(first, importing))

    def owns(self, package: str, importing: str | None) -> bool:
        """Tell whether a top-level name is the project's: a module, a package, or a folder with Python code in it.

        A folder ``redis`` with a configuration file in it hides no installed package.
        """
        key = (importing, package)
        if key not in self._owned:
            bases = [os.path.join(folder, package) for folder in self._starts.of(package, importing)]
            self._owned[key] = any(self.is_there(f"{base}.py") or _holds_code(base) for base in bases)
        return self._owned[key]

    def _has(self, folder: str, name: str) -> bool:
        key = (folder, name)
        if key not in self._names:
            base = os.path.join(folder, name)
            self._names[key] = self.is_there(f"{base}.py") or os.path.isdir(base)
        return self._names[key]

    def _is_within(self, path: str, folders: tuple[str, ...]) -> bool:
        """Tell whether a file really lies under one of the folders, symbolic links followed."""
        real = os.path.realpath(path)
        return any(real.startswith(os.path.join(self._realpath(folder), "")) for folder in folders)

    def _realpath(self, folder: str) -> str:
        if folder not in self._real:
            self._real[folder] = os.path.realpath(folder)
        return self._real[folder]


def _holds_code(folder: str) -> bool:
    """Tell whether a folder or one directly in it has Python files."""
    inner = []
    for entry in entries(folder):
        if entry.name.endswith(".py"):
            return True
        if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            inner.append(entry.path)
    return any(entry.name.endswith(".py") for path in inner for entry in entries(path))


def entries(folder: str, limit: int = MAX_ENTRIES) -> list["os.DirEntry[str]"]:
    """Return the first entries of a folder by name, none for what is no folder or cannot be read."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)[:limit]
    except (OSError, ValueError):
        return []
