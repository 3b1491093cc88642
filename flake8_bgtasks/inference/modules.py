"""Where the project's modules are: from a dotted name to a file, by the file system alone.

Nothing is imported and no search path is touched. Installed packages are not looked for.
"""

import os
from collections.abc import Iterator
from typing import NamedTuple


class Stamp(NamedTuple):
    """The state of a file on the disk; all zero for one that is not there."""

    modified: int = 0
    size: int = 0


MISSING = Stamp()
MAX_SIZE = 5_000_000
"""Larger files (bytes) are data, and not read."""


def stamp_of(path: str) -> Stamp:
    """Return the state of a regular file, `MISSING` for anything else."""
    try:
        state = os.stat(path)
    except (OSError, ValueError):
        return MISSING
    if state.st_mode & 0o170000 != 0o100000 or state.st_size > MAX_SIZE:
        return MISSING
    return Stamp(state.st_mtime_ns, state.st_size)


def search_folders(root: str, file: str | None) -> tuple[str, ...]:
    """Return the folders in which absolute imports start: the root, ``src`` in it, the parent of the topmost package.

    The topmost package is that of the linted `file` (an absolute path).
    """
    folders = [root, os.path.join(root, "src")]
    if file is not None:
        folder = os.path.dirname(file)
        while os.path.isfile(os.path.join(folder, "__init__.py")) and os.path.dirname(folder) != folder:
            folder = os.path.dirname(folder)
        folders.append(folder)
    return tuple(dict.fromkeys(folders))


def candidates(dotted: str, folders: tuple[str, ...], importer: str | None) -> Iterator[str]:
    """Yield the files that a module called `dotted` can be, best first; `importer` is the file that imports it.

    >>> list(candidates("a.b", ("/p",), None))
    ['/p/a/b/__init__.py', '/p/a/b.py']
    >>> list(candidates(".models", ("/p",), "/p/app/tasks.py"))
    ['/p/app/models/__init__.py', '/p/app/models.py']
    """
    name = dotted.lstrip(".")
    level = len(dotted) - len(name)
    parts = name.split(".") if name else []
    if not all(part.isidentifier() for part in parts):
        return
    if level:
        if importer is None:
            return
        folder = importer
        for _ in range(level):
            folder = os.path.dirname(folder)
        folders = (folder,)
    for folder in folders:
        base = os.path.join(folder, *parts)
        yield os.path.join(base, "__init__.py")
        if parts:
            yield f"{base}.py"


def is_within(path: str, folders: tuple[str, ...]) -> bool:
    """Tell whether a file really lies under one of the folders, symbolic links resolved."""
    real = os.path.realpath(path)
    return any(real.startswith(os.path.join(os.path.realpath(folder), "")) for folder in folders)
