"""What a file's text says that it imports, without parsing it: more than a parser would find, and never less."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from flake8_bgtasks.source import Text

EVERY = "*"
"""Stands for every name of a module."""

_IMPORT = re.compile(rb"import(?=[ \t(*\\])[ \t]*(\([^)]*\)|(?:\\\r?\n|[^\n;#])*)")
_FROM = re.compile(rb"from\b[\s\\]*(\.*)[ \t]*([\w.\x80-\xff]*)[\s\\]*\Z")
_LINE = 400
"""How far back the start of an import statement is looked for."""
_BEFORE = frozenset((b"", b"\n", b" ", b"\t", b";", b":"))
_COMMENT = re.compile(r"#[^\n]*")
_NAME = re.compile(r"([\w.]+)(?:\s+as\s+(\w+))?")


class Import(NamedTuple):
    """One dotted name that is imported, a relative one with its dots."""

    dotted: str
    bound: str = ""
    """What it is called in the file, `EVERY` where all its names are taken; nothing where it has no name there."""
    members: tuple[tuple[str, str], ...] = ()
    """What is imported from it, and what each is called in the file, or nothing if that is the same."""


def imports_of(text: Text) -> tuple[Import, ...]:
    """Return what a file imports, as far as statements say.

    >>> for one in imports_of(Text(b"import a.b as c\\nfrom ..d import (e, f as g)")):
    ...     print(*one)
    a.b c ()
    a a ()
    ..d  (('e', ''), ('f', 'g'))
    """
    data = text.data
    found: dict[Import, None] = {}
    for statement in _IMPORT.finditer(data):
        place = statement.start()
        line = data.rfind(b"\n", max(place - _LINE, 0), place)
        starts_anew = line > 0 and data[line - 1] not in b"\\\r"
        before = data[line if starts_anew else max(place - _LINE, 0) : place]
        found.update(dict.fromkeys(_read(before, statement[1])))
    return tuple(found)


@lru_cache(maxsize=4096)
def _read(before: bytes, what: bytes) -> tuple[Import, ...]:
    """Return what a statement imports, by what stands before and behind its ``import``; files share many of them."""
    source = _FROM.search(before, max(before.rfind(b"from"), 0))
    start = (source[1] + source[2]).decode("utf-8", "replace") if source is not None else ""
    if not start and before[-1:] not in _BEFORE:
        return ()
    text = what.decode("utf-8", "replace")
    names = _NAME.findall(_COMMENT.sub("", text) if "#" in text else text)
    if start:
        return (Import(start, EVERY if "*" in text else "", tuple(names)),)
    return tuple(one for name, alias in names for one in (Import(name, alias or name), *_around(name)))


def _around(name: str) -> Iterator[Import]:
    """Yield the packages that a module is in, which an import of it imports too."""
    while "." in name:
        name = name.rpartition(".")[0]
        yield Import(name, name)


def longer_names(text: Text, bound: str) -> tuple[str, ...]:
    """Return the dotted names that follow a name in the text: ``models``, ``models.jobs`` for ``app.models.jobs.OLD``."""
    found = re.findall(re.escape(bound.encode()) + rb"\.([A-Za-z_][\w.]*)", text.data)
    longer = {name.decode("ascii", "replace").rstrip(".") for name in found}
    return tuple(sorted({".".join(name.split(".")[:end]) for name in longer for end in range(1, name.count(".") + 2)}))
