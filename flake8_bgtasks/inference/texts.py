"""Which words stand in the modules that a file leads to by its imports, without parsing any of them.

A value that a file does not contain can only come from a module that it imports, at some remove. So where none of those
contains it either, nothing has to be parsed to know that it is not there.
"""

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.inference.modules import MISSING, Stamp, candidates, stamp_of
from flake8_bgtasks.inference.starts import Starts
from flake8_bgtasks.semantics.mentions import holds
from flake8_bgtasks.source import Text

MAX_MODULES = 5_000
"""How many modules are looked at for one question; where there are more, the answer is yes. A limit on steps."""
MAX_TEXTS = 32

_IMPORT = re.compile(rb"import(?=[ \t(*\\])[ \t]*(\([^)]*\)|(?:\\\r?\n|[^\n;#])*)")
_FROM = re.compile(rb"from\b[\s\\]*(\.*)[ \t]*([\w.\x80-\xff]*)[\s\\]*\Z")
_QUOTED = re.compile(rb"[\"']([A-Za-z_][A-Za-z0-9_]*)[\"']")
_LINE = 400
"""How far back the start of an import statement is looked for."""
_BEFORE = frozenset((b"", b"\n", b" ", b"\t", b";", b":"))
_COMMENT = re.compile(rb"#[^\n]*")
_NAME = re.compile(rb"([\w.\x80-\xff]+)(?:\s+as\s+([\w\x80-\xff]+))?")


class _Import(NamedTuple):
    """One dotted name that is imported, relative ones with their dots, and what it is called in the file."""

    dotted: str
    bound: str


class _Module(NamedTuple):
    stamp: Stamp
    imports: tuple[_Import, ...]


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
        self._listings: dict[str, frozenset[str]] = {}
        self._starts = Starts(self._root, self._is_there)
        self._located: dict[tuple[tuple[str, ...], str], str | None] = {}
        self._leads: dict[str, tuple[str, ...]] = {}
        self._current: set[str] = set()
        self._settled: dict[str, dict[str, bool]] = {}

    def begin_run(self) -> None:
        """Look at the disk anew, and then no more until the next run begins."""
        self._is_run = True
        self._forget_disk()

    def begin_file(self) -> None:
        """Look at the disk anew, unless a run is under way."""
        if not self._is_run:
            self._forget_disk()

    def lead_to(self, value: str, text: Text, file: str) -> bool:
        """Tell whether a module that the file leads to, with this text, holds the value."""
        settled = self._settled.setdefault(value, {})
        seen = {file}
        way: list[tuple[str, Iterator[str]]] = [(file, self._found(_imports(text), text, os.path.dirname(file)))]
        while way:
            path = next(way[-1][1], None)
            if path is None:
                way.pop()
            elif path not in seen and settled.get(path, True):
                seen.add(path)
                if len(seen) > MAX_MODULES or path in settled or self._holds(path, value):
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
            known[value] = holds(self._text(path), value)
        return known[value]

    def _module(self, path: str) -> _Module | None:
        if path not in self._current:
            self._current.add(path)
            known, stamp = self._modules.get(path), stamp_of(path)
            if known is None or known.stamp != stamp:
                self._texts.pop(path, None)
                self._modules[path] = _Module(stamp, _imports(self._text(path))) if stamp != MISSING else None
                self._holding.pop(path, None)
        return self._modules[path]

    def _text(self, path: str) -> Text:
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
            found = self._found(module.imports, self._text(path), os.path.dirname(path)) if module is not None else ()
            self._leads[path] = tuple(dict.fromkeys(found))
        return self._leads[path]

    def _found(self, imports: tuple[_Import, ...], text: Text, folder: str) -> Iterator[str]:
        """Yield the files that imports lead to, those of packages' modules that are only named further down too."""
        for dotted, bound in imports:
            path = self._locate(dotted, folder)
            if path is None:
                continue
            yield path
            if path.endswith("__init__.py") and bound:
                longer = self._exported(path) if bound == "*" else _attributes(text, bound)
                deeper = (self._locate(f"{dotted}.{name}", folder) for name in longer)
                yield from (found for found in deeper if found is not None)

    def _exported(self, package: str) -> tuple[str, ...]:
        """Return what may be names of modules in a package's ``__all__``, which a star import takes."""
        module = self._module(package)
        if module is None or not self._text(package).mentions("__all__"):
            return ()
        return tuple(sorted({name.decode("ascii") for name in _QUOTED.findall(self._text(package).data)}))

    def _locate(self, dotted: str, folder: str) -> str | None:
        starts = (folder,) if dotted.startswith(".") else self._starts.of(dotted, folder)
        key = (starts, dotted)
        if key not in self._located:
            self._located[key] = self._find(dotted, starts, folder)
        return self._located[key]

    def _find(self, dotted: str, starts: tuple[str, ...], folder: str) -> str | None:
        if not dotted.startswith("."):
            first = dotted.partition(".")[0]
            starts = tuple(start for start in starts if self._has(start, first))
        return next((path for path in candidates(dotted, starts, folder) if self._is_there(path)), None)

    def _has(self, folder: str, name: str) -> bool:
        names = self._names(folder)
        return name in names or f"{name}.py" in names

    def _is_there(self, path: str) -> bool:
        folder, name = os.path.split(path)
        return name in self._names(folder)

    def _names(self, folder: str) -> frozenset[str]:
        if folder not in self._listings:
            try:
                self._listings[folder] = frozenset(os.listdir(folder))
            except (OSError, ValueError):
                self._listings[folder] = frozenset()
        return self._listings[folder]


def _imports(text: Text) -> tuple[_Import, ...]:
    """Return what a file imports, as far as statements say.

    >>> [one.dotted for one in _imports(Text(b"import a.b as c\\nfrom ..d import (e, f as g)"))]
    ['a.b', 'a', '..d', '..d.e', '..d.f']
    """
    found: dict[_Import, None] = {}
    for statement in _IMPORT.finditer(text.data):
        place = statement.start()
        before = text.data[max(place - _LINE, 0) : place]
        source = _FROM.search(before, max(before.rfind(b"from"), 0))
        start = (source[1] + source[2]).decode("utf-8", "replace") if source is not None else ""
        if start:
            found[_Import(start, "")] = None
        elif before[-1:] not in _BEFORE:
            continue
        if start and b"*" in statement[1]:
            found[_Import(start, "*")] = None
        for name, alias in _NAME.findall(_COMMENT.sub(b"", statement[1])):
            dotted, bound = name.decode("utf-8", "replace"), (alias or name).decode("utf-8", "replace")
            if start:
                found[_Import(start + dotted if start.endswith(".") else f"{start}.{dotted}", bound)] = None
                continue
            parts = dotted.split(".")
            found[_Import(dotted, bound)] = None
            for end in range(1, len(parts)):
                found[_Import(".".join(parts[:end]), ".".join(parts[:end]))] = None
    return tuple(found)


def _attributes(text: Text, bound: str) -> tuple[str, ...]:
    """Return the dotted names that follow a name in the text: ``models.jobs`` for ``app.models.jobs.OLD``, too."""
    found = re.findall(re.escape(bound.encode()) + rb"\.([A-Za-z_][\w.]*)", text.data)
    longer = {name.decode("ascii", "replace").rstrip(".") for name in found}
    return tuple(sorted({".".join(name.split(".")[:end]) for name in longer for end in range(1, name.count(".") + 2)}))
