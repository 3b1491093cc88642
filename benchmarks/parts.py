"""What is measured, by letters: each yields the rows of the table that it is answerable for."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus
from benchmarks.growth import BOUND, SHAPES, growth
from benchmarks.measuring import Command, Pair, in_turns
from benchmarks.tools import Tools

_HERE = Path(__file__).parent
_ONLY_OURS = ("--select", "BG", "-j2")
_AT_MOST = {70_000: 11, 300_000: 15, 1_000_000: 20}


class Row(NamedTuple):
    """One row of the table."""

    part: str
    what: str
    measured: str
    bound: str
    is_met: bool | None = None
    """None where there is no bound."""


class Bench:
    """One run of the benchmarks: tools, sizes in lines, and how many turns each pair of commands takes."""

    def __init__(self, tools: Tools, scratch: Path, sizes: tuple[int, ...], turns: int) -> None:
        self.tools = tools
        self.scratch = scratch
        self.sizes = sizes
        self.turns = turns

    def corpus(self, lines: int, share: float = corpus.SHARE) -> Path:
        """Return the folder of a corpus."""
        return corpus.assemble(self.scratch, lines, share)

    @cached_property
    def only_ours(self) -> dict[int, Pair]:
        """``flake8 --select BG -j2``, with us and without, by size."""
        return {size: self.against_bare(self.corpus(size), *_ONLY_OURS) for size in self.sizes}

    @cached_property
    def all_checks(self) -> dict[str, Pair]:
        """Plain ``flake8 -j2``, with us and without."""
        return {
            "few files are covered": self.against_bare(self.corpus(self.sizes[0]), "-j2"),
            "most files are covered": self.against_bare(self.corpus(20_000, 1.0), "-j2"),
        }

    def against_bare(self, folder: Path, *arguments: str, stdin: str = "") -> Pair:
        """Measure flake8 with us and without, under the same arguments."""
        with_us = Command((str(self.tools.ours), *arguments), folder, stdin)
        return in_turns(with_us, Command((str(self.tools.bare), *arguments), folder, stdin), self.turns)

    def against(self, size: int, *other: str) -> Pair:
        """Measure us against another command on the same corpus."""
        folder = self.corpus(size)
        ours = Command((str(self.tools.ours), *_ONLY_OURS), folder)
        return in_turns(ours, Command(other, folder), self.turns)


def part_a(bench: Bench) -> Iterator[Row]:
    """Plain flake8, with us over without us."""
    for (what, pair), bound in zip(bench.all_checks.items(), (1.03, 1.25), strict=True):
        ratio = pair.ratio()
        yield Row("a", f"plain `flake8`, {what}", f"{ratio:.2f}", f"<= {bound}", ratio <= bound)


def part_b(bench: Bench) -> Iterator[Row]:
    """``flake8 --select BG``, with us over without us."""
    for size, pair in bench.only_ours.items():
        times, bound = 1 / pair.ratio(), _AT_MOST[size]
        ours, bare = pair.seconds()
        what = f"`flake8 --select BG -j2`, {size:,} lines ({ours:.1f} s over {bare:.1f} s)"
        yield Row("b", what, f"1/{times:.0f}", f"<= 1/{bound}", times >= bound)


def part_c(bench: Bench) -> Iterator[Row]:
    """Us over a script that only reads and searches."""
    for size in bench.sizes:
        pair = bench.against(size, str(bench.tools.python), str(_HERE / "naive.py"), ".")
        yield Row("c", f"over a script that only reads and searches, {size:,} lines", f"{pair.ratio():.1f}", "shown")


def part_d(bench: Bench) -> Iterator[Row]:
    """Us over two tools that match patterns in syntax trees."""
    semgrep = ("scan", "--config", str(_HERE / "semgrep.yaml"), "--metrics=off", "--disable-version-check", "-j2", ".")
    ast_grep = ("scan", "--config", str(_HERE / "ast_grep" / "sgconfig.yml"), "--json=compact", ".")
    for size in bench.sizes:
        ratio = bench.against(size, str(bench.tools.semgrep), *semgrep).ratio()
        yield Row("d", f"over semgrep, {size:,} lines", f"{ratio:.2f}", "< 1", ratio < 1)
        ratio = bench.against(size, str(bench.tools.ast_grep), *ast_grep).ratio()
        is_bound = size >= 1_000_000
        yield Row(
            "d",
            f"over ast-grep, {size:,} lines",
            f"{ratio:.2f}",
            "< 1" if is_bound else "shown",
            ratio < 1 if is_bound else None,
        )


def part_e(bench: Bench) -> Iterator[Row]:
    """One file from stdin."""
    folder = bench.corpus(bench.sizes[0])
    for path in ("libraries/celery/app/base.py", "libraries/fastapi/routing.py"):
        text = (folder / path).read_text()
        pair = bench.against_bare(folder, "--select", "BG", "--stdin-display-name", path, "-", stdin=text)
        milliseconds = pair.difference() * 1000
        what = f"one file from stdin, {text.count(chr(10)):,} lines, over bare flake8"
        yield Row("e", what, f"{milliseconds:+.0f} ms", "<= +60 ms", milliseconds <= 60)


def part_f(bench: Bench) -> Iterator[Row]:
    """Memory of the largest process."""
    pairs = {f"`--select BG`, {size:,} lines": pair for size, pair in bench.only_ours.items()}
    pairs |= {f"plain `flake8`, {what}": pair for what, pair in bench.all_checks.items()}
    for what, pair in pairs.items():
        ratio = pair.ratio(lambda run: float(run.peak))
        peak = max(run.peak for run in pair.first) / 2**20
        yield Row("f", f"peak memory, {what} ({peak:.0f} MiB)", f"{ratio:.2f}", "<= 1.5", ratio <= 1.5)


def part_g(bench: Bench) -> Iterator[Row]:
    """Ten times the input."""
    for shape in SHAPES:
        times = growth(shape, bench.tools.ours, bench.scratch, bench.turns)
        yield Row("g", f"ten times the {shape.what}", f"{times:.1f}", f"<= {BOUND:.0f}", times <= BOUND)
    small, large = bench.sizes[0], bench.sizes[-1]
    if large > small:
        first, last = (min(run.processor_seconds for run in bench.only_ours[size].first) for size in (small, large))
        times, bound = last / first, large / small * BOUND / 10
        yield Row("g", f"from {small:,} to {large:,} lines", f"{times:.1f}", f"<= {bound:.1f}", times <= bound)


PARTS = {"a": part_a, "b": part_b, "c": part_c, "d": part_d, "e": part_e, "f": part_f, "g": part_g}
