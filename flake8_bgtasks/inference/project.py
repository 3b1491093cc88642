"""The project's other modules, read when a question leads to them and kept for the life of the process.

What is kept is checked against the disk once for each linted file that reaches it, together with everything that its
answers depend on. So an editor's process that lives for days sees what is on the disk, and a linted file costs what it
reaches, however large the project is.
"""

import ast
import os
import tokenize
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.inference.modules import MISSING, Stamp, candidates, is_within, search_folders, stamp_of
from flake8_bgtasks.source import SourceFile

MAX_MODULES = 400
"""How many modules are kept between linted files."""
MAX_TEXT = 20_000_000
"""How many characters of source are kept between linted files."""
MAX_LOOKUPS = 20_000
"""How many modules one linted file may ask for: a limit on steps."""


class Module(NamedTuple):
    """A module that was read: None where the file is there and cannot be parsed."""

    source: SourceFile | None
    stamp: Stamp


class Project:
    """The modules under one set of folders, as the linted files of one process see them. Implements `Facts`."""

    def __init__(self, root: str, folders: tuple[str, ...]) -> None:
        self._root = root
        self._folders = folders
        self._modules: dict[str, Module] = {}
        self._files: dict[SourceFile, str] = {}
        self._depends: dict[str, dict[str, Stamp]] = {}
        """For each file, the files that its answers depend on, with the state they were seen in."""
        self._noted: dict[str, set[str]] = {}
        self._found: dict[tuple[str | None, str], SourceFile | None] = {}
        self._owned: dict[str, bool] = {}
        self._current: tuple[str, SourceFile] | None = None
        self._stamps: dict[str, Stamp] = {}
        self._checked: set[str] = set()
        self._lookups = 0

    def begin(self, file: str | None, source: SourceFile) -> None:
        """Start on another linted file (its absolute path, None for a nameless one): its text wins over the disk."""
        if self._current is not None:
            self._forget_buffer(*self._current)
        too_many = len(self._modules) > MAX_MODULES
        if too_many or sum(len(one.source.text) for one in self._modules.values() if one.source) > MAX_TEXT:
            self._forget_all()
        self._current = (file, source) if file is not None else None
        self._stamps.clear()
        self._checked.clear()
        self._found.clear()
        self._owned.clear()
        self._lookups = 0
        if file is not None:
            self._files[source] = file
            self._depends.pop(file, None)
            self._noted.pop(file, None)

    def module(self, dotted: str, source: SourceFile) -> SourceFile | None:
        """Return the project module called `dotted` as `source` imports it, or None; see `Facts`."""
        importer = self._files.get(source)
        key = (importer if dotted.startswith(".") else None, dotted)
        if key not in self._found:
            self._found[key] = self._find(dotted, importer)
        self._remember(dotted, importer)
        return self._found[key]

    def owns(self, dotted: str, source: SourceFile) -> bool:
        """Tell whether a dotted name starts at a folder or a module of the project; see `Facts`."""
        if dotted.startswith("."):
            return True
        package = dotted.partition(".")[0]
        if package not in self._owned:
            self._owned[package] = self._has_package(package)
        return self._owned[package]

    def _has_package(self, package: str) -> bool:
        return any(
            os.path.isdir(os.path.join(folder, package)) or os.path.isfile(os.path.join(folder, f"{package}.py"))
            for folder in self._folders
        )

    def _find(self, dotted: str, importer: str | None) -> SourceFile | None:
        self._lookups += 1
        if self._lookups > MAX_LOOKUPS:
            return None
        for path in candidates(dotted, self._folders, importer):
            if self._stamp(path) != MISSING and is_within(path, self._folders):
                return self._read(path)
        return None

    def _remember(self, dotted: str, importer: str | None) -> None:
        """Note that what is known about the importer depends on these files, there or not."""
        if importer is None or dotted in self._noted.setdefault(importer, set()):
            return
        self._noted[importer].add(dotted)
        depends = self._depends.setdefault(importer, {})
        for path in candidates(dotted, self._folders, importer):
            depends[path] = self._stamp(path)
            if depends[path] != MISSING:
                break

    def _stamp(self, path: str) -> Stamp:
        if path not in self._stamps:
            self._stamps[path] = stamp_of(path)
            if self._current is not None and path == self._current[0]:
                self._stamps[path] = self._buffer_stamp(path, self._stamps[path])
        return self._stamps[path]

    def _buffer_stamp(self, path: str, on_disk: Stamp) -> Stamp:
        """The state of the linted file: that of the disk if the text is the same, else one that no file will have."""
        assert self._current is not None
        return on_disk if _text_of(path) == self._current[1].text else Stamp(-1, len(self._current[1].text))

    def _read(self, path: str) -> SourceFile | None:
        if self._current is not None and path == self._current[0]:
            return self._current[1]
        if path not in self._checked and path in self._modules and not self._is_fresh(path):
            self._forget_all()
        if path not in self._modules:
            source = _parsed(path, self._root, self)
            self._modules[path] = Module(source, self._stamp(path))
            if source is not None:
                self._files[source] = path
        self._checked.add(path)
        return self._modules[path].source

    def _is_fresh(self, path: str) -> bool:
        """Tell whether a module, and all that its answers depend on, are still as they were read."""
        todo, seen = [path], {path}
        while todo:
            current = todo.pop()
            kept = self._modules.get(current)
            if kept is not None and kept.stamp != self._stamp(current):
                return False
            for dependency, stamp in self._depends.get(current, {}).items():
                if self._stamp(dependency) != stamp:
                    return False
                if dependency not in seen and dependency not in self._checked:
                    seen.add(dependency)
                    todo.append(dependency)
        self._checked |= seen
        return True

    def _forget_buffer(self, file: str, source: SourceFile) -> None:
        """Keep nothing that was worked out with a linted file's text unless it is the text on the disk."""
        looked_back = any(file in depends for depends in self._depends.values())
        self._files.pop(source, None)
        if looked_back:
            stamp = self._stamp(file)
            if stamp.modified == -1:
                self._forget_all()
            else:
                self._modules[file] = Module(source, stamp)
                self._files[source] = file

    def _forget_all(self) -> None:
        self._modules.clear()
        self._depends.clear()
        self._noted.clear()
        self._found.clear()
        current = self._current
        self._files = {current[1]: current[0]} if current is not None else {}


def _parsed(path: str, root: str, facts: Project) -> SourceFile | None:
    text = _text_of(path)
    if text is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    relative = os.path.relpath(path, root).replace(os.sep, "/")
    return SourceFile(relative, text.splitlines(keepends=True), tree, root, facts)


def _text_of(path: str) -> str | None:
    """The text of a file as flake8 would hand it over, without a byte order mark; None where it cannot be read."""
    try:
        try:
            with tokenize.open(path) as file:
                text = file.read()
        except (SyntaxError, UnicodeError):
            with open(path, encoding="latin-1") as file:
                text = file.read()
    except OSError:
        return None
    return text.removeprefix("\ufeff")


class Projects:
    """The projects that a process looks at, the most recent ones kept."""

    def __init__(self, limit: int = 4) -> None:
        self._limit = limit
        self._projects: dict[tuple[str, ...], Project] = {}

    def of(self, root: str, file: str | None) -> Project:
        """Return the project of a linted file, given by its absolute path."""
        folders = search_folders(root, file)
        project = self._projects.pop(folders, None) or Project(root, folders)
        self._projects[folders] = project
        while len(self._projects) > self._limit:
            del self._projects[next(iter(self._projects))]
        return project

    def __iter__(self) -> Iterator[Project]:
        return iter(self._projects.values())
