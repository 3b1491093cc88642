"""From files to globs: few and short ones that cover those files and none of their neighbours."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from flake8_bgtasks.cli.survey.words import TASK_FOLDERS
from flake8_bgtasks.rules.globs import LONGEST, Glob

_WILDCARD = re.compile(r"[\[*?]")
_LAST = chr(0x10FFFF)
"""No name starts with it, so that it comes after all that do start as asked."""
MAX_SEGMENTS = 12
"""Deeper folders are named in full: a limit on steps."""


def escaped(path: str) -> str:
    """Return the glob that only this path matches.

    >>> escaped("app/[id]/tasks.py")
    'app/[[]id]/tasks.py'
    """
    return re.sub(r"[\[*?]", lambda found: f"[{found[0]}]", path)


def globs_for(wanted: Iterable[str], others: Iterable[str], tolerance: float = 0) -> tuple[str, ...]:
    """Return globs that match every path of `wanted` and none of `others`, sorted.

    With a `tolerance` a glob may match that many others for each that is wanted: where a rule has nothing to say of
    them, few and short globs are worth more. An ``__init__.py`` is nobody's neighbour.

    >>> globs_for(["app/jobs/a.py", "app/jobs/b.py"], ["app/api.py"])
    ('app/jobs/*.py',)
    >>> globs_for(["app/orders/tasks.py", "app/stock/tasks.py"], ["app/orders/api.py"])
    ('app/*/tasks.py',)
    >>> globs_for(["app/a.py"], ["app/b.py"])
    ('app/a.py',)
    """
    left = dict.fromkeys(sorted(path for path in wanted if len(escaped(path)) <= LONGEST))
    every = _Paths(left)
    avoided = _Paths(path for path in others if path not in left and not path.endswith("__init__.py"))
    fitting: dict[str, frozenset[str]] = {}
    for text in dict.fromkeys(text for path in left for text in _candidates(path)):
        covered = frozenset(every.matching(text))
        if not _is_worth(text, covered):
            continue
        most = int(tolerance * len(covered))
        if len(tuple(islice(avoided.matching(text), most + 1))) <= most:
            fitting[text] = covered
    chosen: list[str] = []
    while left:
        best = max(fitting, key=lambda text: (len(fitting[text] & left.keys()), _plainness(text), text), default=None)
        covered = fitting[best] & left.keys() if best is not None else frozenset()
        if best is None or not covered:
            chosen.extend(map(escaped, left))
            break
        chosen.append(best)
        for path in covered:
            del left[path]
    return tuple(sorted(chosen))


class _Paths:
    """Paths, found by the glob that matches them without a look at most of the others."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._all = sorted(paths)
        self._named: dict[str, list[str]] = {}
        for path in self._all:
            self._named.setdefault(path.rpartition("/")[2], []).append(path)

    def matching(self, text: str) -> Iterator[str]:
        """Yield the paths that a glob matches."""
        glob = Glob(text)
        name = text.rpartition("/")[2]
        start = _WILDCARD.split(text, maxsplit=1)[0]
        if _WILDCARD.search(name) is None:
            some = self._named.get(name, [])
        else:
            some = self._all[bisect_left(self._all, start) : bisect_left(self._all, start + _LAST)]
        yield from (path for path in some if path.startswith(start) and glob.matches(path))


def _candidates(path: str) -> Iterator[str]:
    """Yield the globs that may stand for a file and others like it, besides itself."""
    *folders, name = (escaped(segment) for segment in path.split("/"))
    stem, _, suffix = name.rpartition(".")
    names = [name, f"*.{suffix}"]
    if "_" in stem:
        names.append(f"*_{stem.rpartition('_')[2]}.{suffix}")
    for end in names:
        yield "/".join([*folders, end])
        if folders:
            yield "/".join([*folders, "**", end])
            yield "/".join([*folders[:-1], "**", end])
        if end != name and folders[-1:] and folders[-1] not in TASK_FOLDERS:
            continue  # app/*/tasks.py says something, app/*/api/*.py little
        for position in range(1, min(len(folders), MAX_SEGMENTS)):
            before, after = folders[:position], folders[position + 1 :]
            yield "/".join([*before, "*", *after, end])
            yield "/".join([*before, "**", *after, end])


def _is_worth(text: str, covered: frozenset[str]) -> bool:
    """Tell whether a glob stands for more than one file today, or for a folder that holds nothing but tasks."""
    return "*" not in text or len(covered) > 1 or _stands_for_tasks(text)


def _stands_for_tasks(text: str) -> bool:
    """Tell whether a glob means all of a folder that is called like one of tasks."""
    folder, _, name = text.rpartition("/")
    return name == "*.py" and "*" not in folder and folder.rpartition("/")[2] in TASK_FOLDERS


def _plainness(text: str) -> tuple[bool, int, int, int]:
    """Prefer what says more: few wildcards, and those at the end."""
    return _stands_for_tasks(text), -text.count("**"), -text.count("*"), len(text)
