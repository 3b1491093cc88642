"""From files to globs: few and short ones that cover those files and none of their neighbours."""

import re
from collections.abc import Iterable, Iterator

from flake8_bgtasks.cli.survey.words import TASK_FOLDERS
from flake8_bgtasks.rules.globs import LONGEST, Glob

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
    every = tuple(left)
    avoided = [path for path in others if path not in left and not path.endswith("__init__.py")]
    fitting: dict[str, frozenset[str]] = {}
    for text in dict.fromkeys(text for path in every for text in _candidates(path)):
        glob = Glob(text)
        covered = frozenset(path for path in every if glob.matches(path))
        if _is_worth(text, covered) and sum(map(glob.matches, avoided)) <= tolerance * len(covered):
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
