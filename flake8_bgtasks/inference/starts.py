"""Where absolute imports start, by the file system alone."""

import os
from collections.abc import Callable
from typing import NamedTuple


class _Around(NamedTuple):
    """Where the imports of the modules in one folder start."""

    starts: tuple[str, ...]
    beside: dict[str, tuple[str, ...]]
    """The same for imports that are called like a folder around the module, by what that is called."""


class Starts:
    """The folders in which an absolute import is looked for, under one root; each answer is worked out once.

    At the root, at ``src`` in it, and at the parent of the topmost package that the module lies in, also where a folder in
    between is no package; for a module outside of the root, there alone. Where there are no packages but folders alone,
    also beside the topmost folder around the module that is called like the import: ``from app.db import engine`` in
    ``backend/app/tasks``.
    """

    def __init__(self, root: str, is_there: Callable[[str], bool]) -> None:
        self._root = root
        self._is_there = is_there
        self._known: dict[str | None, _Around] = {}

    def of(self, dotted: str, importing: str | None) -> tuple[str, ...]:
        """Return where an absolute import by a module in the folder `importing` starts."""
        known = self._known.get(importing)
        if known is None:
            known = self._known[importing] = self._look(importing)
        return known.beside.get(dotted.partition(".")[0], known.starts) if known.beside else known.starts

    def _look(self, importing: str | None) -> "_Around":
        inside = (self._root, os.path.join(self._root, "src"))
        if importing is None:
            return _Around(inside, {})
        around = self._around(importing)
        packages = [folder for folder in around if self._is_there(os.path.join(folder, "__init__.py"))]
        top = os.path.dirname(packages[-1]) if packages else importing
        starts = dict.fromkeys((*inside, top) if self._is_inside(importing) else (top,))
        beside = {} if packages else {os.path.basename(one): (*starts, os.path.dirname(one)) for one in around}
        return _Around(tuple(starts), {name: tuple(dict.fromkeys(found)) for name, found in beside.items()})

    def _is_inside(self, folder: str) -> bool:
        return os.path.join(folder, "").startswith(os.path.join(self._root, ""))

    def _around(self, folder: str) -> tuple[str, ...]:
        """Return the folder and those around it below the root, from the closest on; outside of the root, its packages."""
        found: list[str] = []
        is_inside = self._is_inside(folder)
        while folder not in (self._root, os.path.dirname(folder)):
            if not is_inside and not self._is_there(os.path.join(folder, "__init__.py")):
                break
            found.append(folder)
            folder = os.path.dirname(folder)
        return tuple(found)
