"""Which words stand in the modules that a file leads to by its imports, without parsing any of them.

A value that a file does not contain can only come from a module that it imports, at some remove. So where none of those
contains it either, nothing has to be parsed to know that it is not there.
"""

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.inference.listings import Listings
from flake8_bgtasks.inference.modules import MISSING, Stamp, stamp_of
from flake8_bgtasks.inference.statements import EVERY, Import, imports_of, longer_names
from flake8_bgtasks.semantics.mentions import holds
from flake8_bgtasks.source import Text

MAX_MODULES = 5_000
"""How many modules are looked at for one question; where there are more, the answer is yes. A limit on steps."""
MAX_TEXTS = 32

_QUOTED = re.compile(rb"[\"']([A-Za-z_][A-Za-z0-9_]*)[\"']")


class _Module(NamedTuple):
    stamp: Stamp
    imports: tuple[Import, ...]


class Taken(NamedTuple):
    """A name that an import binds, `EVERY` for all names of a module; and what it stands for."""

    bound: str
    path: str
    member: str
    """The name in the module at `path`; nothing where that is imported whole."""


class ProjectTexts:
    """The texts of the modules under one root. Within a run of flake8 the disk is taken to stay as it is."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._is_run = False
        self._modules: dict[str, _Module | None] = {}
        self._texts: dict[str, Text] = {}
        self._holding: dict[str, dict[str, bool]] = {}
        self._forget_disk()

    def _forget_disk(self) -> None:
        self._listings = Listings(self._root)
        self._leads: dict[str, tuple[str, ...]] = {}
        self._current: set[str] = set()
        self._settled: dict[tuple[str, ...], dict[str, bool]] = {}

    def begin_run(self) -> None:
        """Look at the disk anew, and then no more until the next run begins."""
        self._is_run = True
        self._forget_disk()

    def begin_file(self) -> None:
        """Look at the disk anew, unless a run is under way."""
        if not self._is_run:
            self._forget_disk()

    def lead_to(self, values: tuple[str, ...], text: Text, file: str) -> bool:
        """Tell whether a module that the file leads to, with this text, holds one of the values."""
        settled = self._settled.setdefault(values, {})
        seen = {file}
        way: list[tuple[str, Iterator[str]]] = [(file, self._found(imports_of(text), text, os.path.dirname(file)))]
        while way:
            path = next(way[-1][1], None)
            if path is None:
                way.pop()
            elif path not in seen and settled.get(path, True):
                seen.add(path)
                if len(seen) > MAX_MODULES or path in settled or any(self._holds(path, value) for value in values):
                    settled.update((leading, True) for leading, _ in way[1:])
                    settled[path] = True
                    return True
                way.append((path, iter(self._leads_of(path))))
        settled.update(dict.fromkeys(seen - {file}, False))
        return False

    def _holds(self, path: str, value: str) -> bool:
        module = self._module(path)
        if module is None:
            return False
        known = self._holding.setdefault(path, {})
        if value not in known:
            known[value] = holds(self.text(path), value)
        return known[value]

    def _module(self, path: str) -> _Module | None:
        if path not in self._current:
            self._current.add(path)
            known, stamp = self._modules.get(path), stamp_of(path)
            if known is None or known.stamp != stamp:
                self._texts.pop(path, None)
                self._modules[path] = _Module(stamp, imports_of(self.text(path))) if stamp != MISSING else None
                self._holding.pop(path, None)
        return self._modules[path]

    def text(self, path: str) -> Text:
        """Return a module's text. Only the latest are kept: those of a project are as large as the project."""
        if path not in self._texts:
            try:
                with open(path, "rb") as file:
                    self._texts[path] = Text(file.read())
            except OSError:
                self._texts[path] = Text(b"")
            if len(self._texts) > MAX_TEXTS:
                del self._texts[next(iter(self._texts))]
        return self._texts[path]

    def _leads_of(self, path: str) -> tuple[str, ...]:
        if path not in self._leads:
            module = self._module(path)
            found = self._found(module.imports, self.text(path), os.path.dirname(path)) if module is not None else ()
            self._leads[path] = tuple(dict.fromkeys(found))
        return self._leads[path]

    def _found(self, imports: tuple[Import, ...], text: Text, folder: str) -> Iterator[str]:
        """Yield the files that imports lead to, those of packages' modules that are only named further down too."""
        listings = self._listings
        for dotted, bound, members in imports:
            path = listings.locate(dotted, folder)
            if path is not None:
                yield path
                yield from self._inside(path, dotted, bound, text, folder)
            folders = listings.folders(dotted, folder) if members else ()
            for name, alias in members if folders else ():
                path = listings.module_in(folders, name)
                if path is not None:
                    yield path
                    yield from self._inside(path, _joined(dotted, name), alias or name, text, folder)

    def taken_by(self, path: str) -> Iterator[Taken]:
        """Yield what a module's names stand for that its imports bind."""
        module = self._module(path)
        text, folder, listings = self.text(path), os.path.dirname(path), self._listings
        for dotted, bound, members in module.imports if module is not None else ():
            package = listings.locate(dotted, folder)
            if package is not None and bound:
                inside = self._inside(package, dotted, bound, text, folder)
                yield from (Taken(bound, whole, "") for whole in (package, *inside))
            folders = listings.folders(dotted, folder) if members else ()
            for name, alias in members:
                if package is not None:
                    yield Taken(alias or name, package, name)
                inner = listings.module_in(folders, name)
                if inner is not None:
                    inside = self._inside(inner, _joined(dotted, name), alias or name, text, folder)
                    yield from (Taken(alias or name, whole, "") for whole in (inner, *inside))

    def _inside(self, path: str, dotted: str, bound: str, text: Text, folder: str) -> Iterator[str]:
        """Yield the files of a package's modules that are named by the name that the package is bound to."""
        if path.endswith("__init__.py") and bound:
            for name in self._exported(path) if bound == EVERY else longer_names(text, bound):
                deeper = self._listings.locate(_joined(dotted, name), folder)
                if deeper is not None:
                    yield deeper

    def _exported(self, package: str) -> tuple[str, ...]:
        """Return what may be names of modules in a package's ``__all__``, which a star import takes."""
        module = self._module(package)
        if module is None or not self.text(package).mentions("__all__"):
            return ()
        return tuple(sorted({name.decode("ascii") for name in _QUOTED.findall(self.text(package).data)}))


def _joined(package: str, name: str) -> str:
    return package + name if package.endswith(".") else f"{package}.{name}"
