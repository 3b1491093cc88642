"""From dotted names to files by the listings of folders, each read once: for questions about thousands of imports."""

import os

from flake8_bgtasks.inference.starts import Starts


class Listings:
    """The modules under one root, as they are on the disk for as long as this object is in use."""

    def __init__(self, root: str) -> None:
        self._starts = Starts(root, self._is_there)
        self._names: dict[str, frozenset[str]] = {}
        self._located: dict[tuple[str, str], str | None] = {}
        self._folders: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}

    def locate(self, dotted: str, importing: str) -> str | None:
        """Return the file of a module as it is imported in the folder `importing`; relative names have their dots."""
        key = (dotted, importing)
        if key not in self._located:
            name = dotted.lstrip(".")
            package, _, last = name.rpartition(".")
            package = dotted[: len(dotted) - len(name)] + package
            folders = self._folders_of(package, self._starts_of(package or last, importing))
            self._located[key] = self.module_in(folders, last)
        return self._located[key]

    def folders(self, package: str, importing: str) -> tuple[str, ...]:
        """Return the folders with something in them that a package can be, as it is imported in a folder."""
        return self._folders_of(package, self._starts_of(package, importing))

    def module_in(self, folders: tuple[str, ...], name: str) -> str | None:
        """Return the file of a module in the first of the folders that has it; without a name, the package's own."""
        for folder in folders:
            names = self._listing(folder)
            if not name and "__init__.py" in names:
                return os.path.join(folder, "__init__.py")
            if name in names and "__init__.py" in self._listing(os.path.join(folder, name)):
                return os.path.join(folder, name, "__init__.py")
            if name and f"{name}.py" in names:
                return os.path.join(folder, f"{name}.py")
        return None

    def _starts_of(self, dotted: str, importing: str) -> tuple[str, ...]:
        """Return the folders in which a dotted name is looked for; for a relative one, that which its dots lead to."""
        if not dotted.startswith("."):
            return self._starts.of(dotted, importing)
        for _ in range(len(dotted) - len(dotted.lstrip(".")) - 1):
            importing = os.path.dirname(importing)
        return (importing,)

    def _folders_of(self, package: str, starts: tuple[str, ...]) -> tuple[str, ...]:
        key = (starts, package)
        if key not in self._folders:
            name = package.lstrip(".")
            parts = name.split(".") if name else []
            folders = (os.path.join(start, *parts) for start in starts if not parts or parts[0] in self._listing(start))
            is_name = all(part.isidentifier() for part in parts)
            self._folders[key] = tuple(folder for folder in folders if is_name and self._listing(folder))
        return self._folders[key]

    def _is_there(self, path: str) -> bool:
        folder, name = os.path.split(path)
        return name in self._listing(folder)

    def _listing(self, folder: str) -> frozenset[str]:
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(os.listdir(folder))
            except (OSError, ValueError):
                self._names[folder] = frozenset()
        return self._names[folder]
