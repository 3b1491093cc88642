"""Where absolute imports start, by the file system alone."""

import os
from collections.abc import Callable


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
        self._known: dict[tuple[str, str | None], tuple[str, ...]] = {}

    def of(self, dotted: str, importing: str | None) -> tuple[str, ...]:
        """Return where an absolute import by a module in the folder `importing` starts."""
        key = (dotted.partition(".")[0], importing)
        if key not in self._known:
            self._known[key] = self._look(*key)
        return self._known[key]

    def _look(self, first: str, importing: str | None) -> tuple[str, ...]:
        inside = (self._root, os.path.join(self._root, "src"))
        if importing is None:
            return inside
        around = self._around(importing)
        packages = [folder for folder in around if self._is_there(os.path.join(folder, "__init__.py"))]
        named = [folder for folder in around if os.path.basename(folder) == first and not packages]
        top = os.path.dirname(packages[-1]) if packages else importing
        beside = (top, *map(os.path.dirname, named[-1:]))
        return tuple(dict.fromkeys((*inside, *beside) if self._is_inside(importing) else beside))

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
