"""Globs over paths relative to the root (semantics, section 2). Knows text only: no file is looked at.

The translation is our own and not pathspec's: a gitignore pattern also matches what lies in a directory of that
name, lets ``[!a]`` match a slash, and takes exponential time on ``a*a*a*a*b``.
"""

import fnmatch
import re
from dataclasses import dataclass, field
from itertools import accumulate, groupby, takewhile
from operator import or_

LONGEST = 1000
"""Characters that a glob may have."""

_CLASS = re.compile(r"\[(?P<negation>[!^]|(?![!^]))(?P<members>\][^\]]*|[^\]]+)\]", re.DOTALL)
_RANGE = re.compile("(.)-(.)", re.DOTALL)

_Segment = str | re.Pattern[str] | None
"""One segment of a glob: itself where it has no wildcard, a regex where it has, None for ``**``."""


class GlobError(ValueError):
    """A glob that cannot be read; its text says what is wrong and what to write."""


@dataclass(frozen=True)
class Glob:
    """Match whole files by their path relative to the root, segment by segment, case-sensitively.

    Raises GlobError when made of a text that is no glob. Matching takes time in proportion to the number of the
    glob's segments times the path's, whatever the glob.

    >>> Glob("app/api/v1/**/marketplace.py").matches("app/api/v1/marketplace.py")
    True
    >>> Glob("app/*.py").matches("app/tasks/imports.py")
    False
    """

    text: str
    _segments: tuple[_Segment, ...] = field(init=False, repr=False, compare=False)
    _start: str = field(init=False, repr=False, compare=False)
    """What all paths start with that match: most do not, and are done with at once."""

    def __post_init__(self) -> None:
        segments = _compile(self.text)
        literal = takewhile(lambda segment: isinstance(segment, str), segments[:-1])
        object.__setattr__(self, "_segments", segments)
        object.__setattr__(self, "_start", "/".join(str(segment) for segment in literal))

    def matches(self, path: str) -> bool:
        """Tell whether this path, relative to the root and with ``/`` on every platform, is one of the files meant."""
        if not path.startswith(self._start):
            return False
        globbed, parts = self._segments, path.split("/")
        at = part = 0
        resume_at, resume_part = -1, 0
        while part < len(parts):
            if at < len(globbed) and globbed[at] is None:
                at += 1
                resume_at, resume_part = at, part
            elif at < len(globbed) and _fits(globbed[at], parts[part]):
                at += 1
                part += 1
            elif resume_at >= 0:
                resume_part += 1
                at, part = resume_at, resume_part
            else:
                return False
        return at == len(globbed) or globbed[at:] == (None,)


def includes(wide: Glob, narrow: Glob) -> bool:
    """Tell whether every file that `narrow` means is surely one that `wide` means; False where that cannot be told.

    >>> includes(Glob("app/**"), Glob("app/tasks/*.py")), includes(Glob("app/*.py"), Glob("app/**/*.py"))
    (True, False)
    """
    parts = _parts(narrow.text)
    reached = [True, *(False for _ in parts)]  # at n: the segments of `wide` so far include the first n of `narrow`
    for segment in _parts(wide.text):
        if segment == "**":
            reached = list(accumulate(reached, or_))
        else:
            pairs = zip(reached, parts, strict=False)
            reached = [False, *(before and _is_within(part, segment) for before, part in pairs)]
    return reached[-1]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for key, run in groupby(text.split("/")) for part in ([key] if key == "**" else run))


def _is_within(narrow: str, wide: str) -> bool:
    """Tell whether each name that one segment matches is surely matched by another."""
    if narrow == "**":
        return False
    if not any(character in narrow for character in "*?["):
        return _fits(_compile_segment(wide), narrow)
    ending = wide.removeprefix("*")
    has_ending = wide.startswith("*") and not any(character in ending for character in "*?[]")
    return narrow == wide or (has_ending and narrow.endswith(ending))


def _fits(segment: _Segment, part: str) -> bool:
    if isinstance(segment, re.Pattern):
        return segment.fullmatch(part) is not None
    return segment == part


def _compile(text: str) -> tuple[_Segment, ...]:
    if not text:
        raise GlobError("it is empty: write '**/*.py' for every Python file")
    if len(text) > LONGEST:
        raise GlobError(f"it is longer than {LONGEST} characters: write several shorter ones")
    if "\\" in text:
        raise GlobError(r"'\' has no meaning in it: write '/' between segments, and '[[]' for a bracket")
    if text.startswith("/"):
        raise GlobError("it is relative to the root: leave out the leading '/'")
    segments = [_compile_segment(segment) for segment in text.split("/")]
    return tuple(segment for key, run in groupby(segments) for segment in ([None] if key is None else run))


def _compile_segment(segment: str) -> _Segment:
    if segment == "**":
        return None
    if segment in ("", ".", ".."):
        raise GlobError(f"it has the segment '{segment}': write a plain path such as 'app/tasks/*.py'")
    if "**" in _CLASS.sub("", segment):
        raise GlobError("'**' must stand alone between slashes: write '**/*.py' and not '**.py'")
    if "[" in _CLASS.sub("", segment):
        raise GlobError("a '[' in it is never closed: add ']', or write '[[]' for the bracket itself")
    for low, high in (found for each in _CLASS.finditer(segment) for found in _RANGE.findall(each["members"])):
        if low > high:
            raise GlobError(f"the range '{low}-{high}' in it runs backwards: write '{high}-{low}'")
    if not any(character in segment for character in "*?["):
        return segment
    return re.compile(fnmatch.translate(_CLASS.sub(_with_exclamation_mark, segment)))


def _with_exclamation_mark(found: re.Match[str]) -> str:
    """Return a character class as fnmatch writes it, to which ``^`` is a character like any other."""
    return f"[{'!' if found['negation'] else ''}{found['members']}]"
