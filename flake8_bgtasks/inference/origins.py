"""Where the names come from that a module takes by its imports, told from texts: through how many modules ever.

A file that mentions a function's name need not mean that function: every service has a ``get``. To parse a file only to
learn that takes long where there are hundreds.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.inference.statements import EVERY, longer_names
from flake8_bgtasks.inference.texts import ProjectTexts

MAX_STEPS = 10_000
"""How many names are followed for one module; where there are more, they may come from anywhere. A limit on steps."""

_MADE = re.compile(
    rb"^[ \t]*(?:class[ \t]+([\w\x80-\xff]+)[ \t]*\(([^)]*)\)|([\w\x80-\xff]+)[ \t]*(?::[^=\n]*)?=(?!=)([^\n]*))",
    re.MULTILINE,
)
_WORD = re.compile(rb"[\w\x80-\xff]+")


class Name(NamedTuple):
    """A name in a module; `EVERY` for any of its names, nothing for the module itself."""

    path: str
    name: str


class _Taken(NamedTuple):
    """What a module takes from others."""

    bound: dict[str, list[Name]]
    """What its own names stand for that are bound by imports."""
    used: list[Name]
    """What it uses of modules that it imports whole."""
    stars: list[str]
    made_of: dict[str, list[Name]]
    """What its other names may stand for: the names in a class's bases, and in what a name is given."""


class Origins:
    """Which modules each module's imported names may come from, for as long as the texts stay as they are."""

    def __init__(self, texts: ProjectTexts) -> None:
        self._texts = texts
        self._taken: dict[str, _Taken] = {}
        self._known: dict[str, frozenset[str] | None] = {}

    def may_take(self, path: str, wanted: str) -> bool:
        """Tell whether the module at `path` may import the one at `wanted`, or a name that comes from there."""
        if path not in self._known:
            self._known[path] = self._follow(path)
        origins = self._known[path]
        return origins is None or wanted in origins

    def _follow(self, path: str) -> frozenset[str] | None:
        """Return the modules that names come from, None where they are too many."""
        todo = [Name(path, EVERY)]
        seen = set(todo)
        while todo:
            for found in self._next(*todo.pop()):
                if found not in seen:
                    seen.add(found)
                    todo.append(found)
            if len(seen) > MAX_STEPS:
                return None
        return frozenset(one.path for one in seen)

    def _next(self, path: str, name: str) -> Iterator[Name]:
        """Yield what a name in a module stands for, if an import binds it."""
        taken = self._taken_by(path)
        if name == EVERY:
            for names in taken.bound.values():
                yield from names
            yield from taken.used
        yield from taken.bound.get(name, ())
        yield from taken.made_of.get(name, ())
        if name:
            yield from (Name(star, name) for star in taken.stars)

    def _taken_by(self, path: str) -> _Taken:
        if path not in self._taken:
            self._taken[path] = self._read(path)
        return self._taken[path]

    def _read(self, path: str) -> _Taken:
        taken = _Taken({}, [], [], {})
        text = self._texts.text(path)
        for bound, module, member in self._texts.taken_by(path):
            if bound == EVERY:
                taken.stars.append(module)
                continue
            taken.bound.setdefault(bound, []).append(Name(module, member))
            if not member:
                words = {word for longer in longer_names(text, bound) for word in longer.split(".")}
                taken.used.extend(Name(module, word) for word in sorted(words))
        for made in _MADE.finditer(text.data):
            name, parts = made[1] or made[3], made[2] or made[4] or b""
            given = dict.fromkeys(word.decode("utf-8", "replace") for word in _WORD.findall(parts))
            taken.made_of.setdefault(name.decode("utf-8", "replace"), []).extend(Name(path, word) for word in given)
        return taken
