"""What a file's text says that it imports, without parsing it: more than a parser would find, and never less."""

import re
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
    found: dict[Import, None] = {}
    for statement in _IMPORT.finditer(text.data):
        place = statement.start()
        before = text.data[max(place - _LINE, 0) : place]
        source = _FROM.search(before, max(before.rfind(b"from"), 0))
        start = (source[1] + source[2]).decode("utf-8", "replace") if source is not None else ""
        if not start and before[-1:] not in _BEFORE:
            continue
        what = statement[1].decode("utf-8", "replace")
        names = _NAME.findall(_COMMENT.sub("", what) if "#" in what else what)
        if start:
            found[Import(start, EVERY if "*" in what else "", tuple(names))] = None
            continue
        for name, alias in names:
            found[Import(name, alias or name)] = None
            while "." in name:
                name = name.rpartition(".")[0]
                found[Import(name, name)] = None
    return tuple(found)


def longer_names(text: Text, bound: str) -> tuple[str, ...]:
    """Return the dotted names that follow a name in the text: ``models``, ``models.jobs`` for ``app.models.jobs.OLD``."""
    found = re.findall(re.escape(bound.encode()) + rb"\.([A-Za-z_][\w.]*)", text.data)
    longer = {name.decode("ascii", "replace").rstrip(".") for name in found}
    return tuple(sorted({".".join(name.split(".")[:end]) for name in longer for end in range(1, name.count(".") + 2)}))
