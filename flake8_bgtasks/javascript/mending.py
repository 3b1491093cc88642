"""Takes TypeScript's annotations out of a script, at the same length.

This is text work around the places where the parser stumbled; whether it helped, the parser says.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

_ATOM = (
    r"(?:number|string|boolean|bigint|symbol|any|void|unknown|never|null|undefined|object|this"
    r"|(?:typeof|keyof)\s[\w.]{1,80}|[A-Z][\w.]{0,80}|'[^'\n]{0,40}'|\"[^\"\n]{0,40}\")"
    r"(?:<[^<>\n]{0,80}(?:<[^<>\n]{0,80}>[^<>\n]{0,80})?>)?(?:\[\])*"
)
_TYPE = rf"{_ATOM}(?:\s?[|&]\s?{_ATOM}){{0,8}}"
_TYPESCRIPT = re.compile(
    rf"(?<=[\w)\]}}])[?!]?:\s{{0,4}}{_TYPE}(?=\s{{0,4}}(?:[=,){{;\n]|$))"
    rf"|\s(?:as|satisfies)\s(?:const\b|{_TYPE})"
    r"|\b(?:private|public|protected|readonly|declare|abstract|override)\s(?=[\w#])"
    rf"|(?<=\w)<{_TYPE}(?:,\s?{_TYPE}){{0,4}}>(?=\()"
    r"|(?<=[\w)\]])!(?=[.;,)\]])"
)


def mended(text: str, errors: Iterable[tuple[int, int]]) -> str:
    """Return the text without TypeScript on the lines where errors start or end.

    >>> mended("const DELAY: number = 5000 as const;", [(0, 1)])
    'const DELAY         = 5000         ;'
    """
    lines = text.splitlines(keepends=True)
    starts = list(accumulate(map(len, lines), initial=0))
    for number in _rows(errors, starts):
        if number < len(lines):
            lines[number] = _TYPESCRIPT.sub(_blank, lines[number])
    return "".join(lines)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _rows(errors: Iterable[tuple[int, int]], starts: list[int]) -> set[int]:
    """Return the numbers, from 0, of the lines on which an error starts or ends."""
    return {bisect_right(starts, offset) - 1 for error in errors for offset in error}
