"""Which root a linted file belongs to, and what it is called from there (semantics, section 2)."""

import os

MARKERS = (".flake8", "setup.cfg", "tox.ini", "pyproject.toml", ".git")
STDIN = frozenset({"stdin", "-"})


def closest_root(directory: str) -> str:
    """Return the closest directory at or above this one that holds a marker, or else the working directory.

    Nothing is remembered: an editor's process outlives the files that decide here.
    """
    above = directory
    while True:
        if any(os.path.exists(os.path.join(above, marker)) for marker in MARKERS):
            return above
        parent = os.path.dirname(above)
        if parent == above:
            return os.getcwd()
        above = parent


def path_under(root: str, file: str) -> str | None:
    """Return the POSIX path of a file from the root, or None if it lies outside.

    Symbolic links are followed only where the names alone say "outside": a root may have been named by another
    way (on macOS ``/var`` and ``/private/var``) than the working directory.

    >>> path_under("/project", "/project/app/tasks.py")
    'app/tasks.py'
    >>> path_under("/project", "/projects/app/tasks.py") is None
    True
    """
    directory, name = os.path.split(file)
    return _lexical(root, file) or _lexical(os.path.realpath(root), os.path.join(os.path.realpath(directory), name))


def _lexical(root: str, file: str) -> str | None:
    below = file.removeprefix(os.path.join(root, ""))
    if below != file and os.path.isabs(root) and os.pardir not in file:  # nearly always, and at no cost
        return below.replace(os.sep, "/")
    try:
        relative = os.path.relpath(file, root)
    except ValueError:  # pragma: no cover  # another drive, on Windows
        return None
    if relative in (os.curdir, os.pardir) or relative.startswith(os.pardir + os.sep):
        return None
    return relative.replace(os.sep, "/")
