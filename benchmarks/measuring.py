"""How a command is measured: in pairs, one after the other, so that both see the same weather."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Command(NamedTuple):
    """A command to be measured; what it prints is thrown away, and its exit code says only that it ran."""

    arguments: tuple[str, ...]
    folder: Path
    stdin: str = ""


class Run(NamedTuple):
    """What one run took."""

    seconds: float
    processor_seconds: float
    """Of all its processes."""
    peak: int
    """Memory of its largest process, in bytes."""


def run(command: Command) -> Run:
    """Run a command once; raise RuntimeError where it fails rather than finds something."""
    nowhere = subprocess.DEVNULL
    with tempfile.TemporaryFile() as stdin:
        stdin.write(command.stdin.encode())
        stdin.seek(0)
        start = time.perf_counter()
        process = subprocess.Popen(command.arguments, cwd=command.folder, stdin=stdin, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command.arguments)} in {command.folder} ended with {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


class Pair(NamedTuple):
    """Two commands' runs, in turns."""

    first: tuple[Run, ...]
    second: tuple[Run, ...]

    def ratio(self, of: Callable[[Run], float] = lambda run: run.seconds) -> float:
        """Return how many times the second the first takes: the median over the turns."""
        return median(of(one) / of(other) for one, other in zip(self.first, self.second, strict=True))

    def difference(self) -> float:
        """Return how many seconds more than the second the first takes: the median over the turns."""
        return median(one.seconds - other.seconds for one, other in zip(self.first, self.second, strict=True))

    def seconds(self) -> tuple[float, float]:
        """Return the medians of both."""
        return median(run.seconds for run in self.first), median(run.seconds for run in self.second)


def in_turns(first: Command, second: Command, turns: int) -> Pair:
    """Run two commands in turns, after each has run once to fill the caches."""
    run(first), run(second)
    runs = tuple((run(first), run(second)) for _ in range(turns))
    return Pair(tuple(one for one, _ in runs), tuple(other for _, other in runs))


def best(command: Command, turns: int) -> float:
    """Return the least processor time of several runs, in seconds: what the work itself takes."""
    return min(_processor_times(command, turns))


def _processor_times(command: Command, turns: int) -> Iterator[float]:
    for _ in range(turns):
        yield run(command).processor_seconds
