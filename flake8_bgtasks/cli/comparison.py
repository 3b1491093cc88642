"""How the findings of today differ from those of a baseline. Decides only; `baseline` shows and writes it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flake8_bgtasks.host.baseline import Baseline, Known, match
from flake8_bgtasks.host.paths import path_under
from flake8_bgtasks.host.running import Shown


class Today(NamedTuple):
    """A finding of today: the path that a baseline has for its file, what it is known by, and how it is shown."""

    path: str
    known: Known
    shown: Shown


Before = tuple[str, Known]
"""A finding of the baseline: its path, and what it is known by."""


@dataclass(frozen=True)
class Comparison:
    """The differences, and the entries that the baseline has once it is written anew."""

    new: tuple[Today, ...]
    mended: tuple[Before, ...]
    lessened: tuple[tuple[Before, Today], ...]
    """Those of which a part was mended, with what is left."""
    moved: tuple[tuple[Before, Today], ...]
    """Those of files that are gone, with today's in a file that is new to the baseline."""
    after: dict[str, dict[Known, int]]

    @property
    def recorded(self) -> int:
        """How many findings the baseline has once it is written anew."""
        return sum(sum(entries.values()) for entries in self.after.values())

    @property
    def is_up_to_date(self) -> bool:
        """Tell whether nothing is new and nothing could leave the file; a renamed file may keep its old name there."""
        return not (self.new or self.mended or self.lessened)


def compare(before: Baseline, today: Sequence[Today], scope: tuple[str, ...]) -> Comparison:
    """Return how today's findings differ.

    `scope` are the absolute paths of the files and folders that were looked at; entries outside of it stay as they are.
    """
    left = {path: dict(entries) for path, entries in before.by_path.items()}
    lessened: list[tuple[Before, Today]] = []
    unmatched: list[Today] = []
    for path in dict.fromkeys(one.path for one in today):
        found = [one for one in today if one.path == path]
        for one, entry in zip(found, match([each.known for each in found], left.get(path, {})), strict=True):
            if entry is None:
                unmatched.append(one)
            elif not entry.stands_for(one.known):
                lessened.append(((path, entry), one))
    new: list[Today] = []
    moved: list[tuple[Before, Today]] = []
    gone = [path for path in left if before.is_gone(path)]
    for one in unmatched:
        homes = gone if one.path not in before.by_path else []
        origin = next(((path, entry) for path in homes for entry in match([one.known], left[path]) if entry), None)
        if origin is None:
            new.append(one)
        else:
            moved.append((origin, one))
    kept = {path: entries for path, entries in left.items() if not _is_in(before.file_of(path), scope)}
    mended = _entries((path, entries) for path, entries in left.items() if path not in kept)
    after = {path: dict(entries) for path, entries in kept.items()}
    for one in today:
        entries = after.setdefault(one.path, {})
        entries[one.known] = entries.get(one.known, 0) + 1
    return Comparison(tuple(new), tuple(sorted(mended)), tuple(lessened), tuple(moved), after)


def _is_in(file: str, scope: Iterable[str]) -> bool:
    return any(place == file or path_under(place, file) is not None for place in scope)


def _entries(left: Iterable[tuple[str, dict[Known, int]]]) -> Iterator[Before]:
    for path, entries in left:
        for known, times in entries.items():
            yield from [(path, known)] * times
