"""What comes of texts that are put together, filled in or changed in case: pure, and never longer than a status gets."""

import string
from collections.abc import Callable, Sequence

MAX_LENGTH = 200
"""Longer texts (characters) are not worked out: a limit on steps."""

_METHODS: dict[str, tuple[int, Callable[..., str]]] = {
    "lower": (0, str.lower),
    "upper": (0, str.upper),
    "casefold": (0, str.casefold),
    "title": (0, str.title),
    "capitalize": (0, str.capitalize),
    "strip": (0, str.strip),
    "lstrip": (0, str.lstrip),
    "rstrip": (0, str.rstrip),
    "replace": (2, str.replace),
    "removeprefix": (1, str.removeprefix),
    "removesuffix": (1, str.removesuffix),
}


def is_method(name: str, arguments: int) -> bool:
    """Tell whether `called` knows a method of texts, with that many arguments."""
    return name == "format" or (name in _METHODS and _METHODS[name][0] == arguments)


def called(name: str, text: str, arguments: Sequence[str]) -> str | None:
    """Return what calling a method of a text gives, None where that is not known.

    >>> called("replace", "in_progress", ["_", " "]), called("format", "{}ing", ["process"])
    ('in progress', 'processing')
    """
    if _is_long([text, *arguments]):
        return None
    if name == "format":
        return _formatted(text, arguments)
    return _METHODS[name][1](text, *arguments)


def joined(separator: str, parts: Sequence[str]) -> str | None:
    """Return the parts with the separator between them, None where that is too long.

    >>> joined("_", ["in", "progress"])
    'in_progress'
    """
    return None if _is_long([separator * len(parts), *parts]) else separator.join(parts)


def filled(text: str, arguments: Sequence[str]) -> str | None:
    """Return a text with its ``%s`` filled in, None where it holds anything else that is filled in.

    >>> filled("%sing", ["process"]), filled("%5s", ["process"])
    ('processing', None)
    """
    parts = text.split("%s")
    if "%" in "".join(parts) or len(parts) != len(arguments) + 1 or _is_long([text, *arguments]):
        return None
    return "".join(part for pair in zip(parts, [*arguments, ""], strict=True) for part in pair)


def _formatted(text: str, arguments: Sequence[str]) -> str | None:
    """A text whose ``{}`` are filled in, in order and without any formatting."""
    try:
        fields = list(string.Formatter().parse(text))
    except ValueError:
        return None
    if any(name or spec or conversion for _, name, spec, conversion in fields):
        return None
    if sum(name is not None for _, name, _, _ in fields) != len(arguments):
        return None
    left = iter(arguments)
    return "".join(literal + (next(left) if name is not None else "") for literal, name, _, _ in fields)


def _is_long(parts: Sequence[str]) -> bool:
    return sum(map(len, parts)) > MAX_LENGTH
