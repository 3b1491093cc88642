"""Measure everything, or some of it, and print the table; ``--write`` puts it into docs/benchmarks.md."""

import argparse
import os
import platform
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.parts import PARTS, Bench, Row
from benchmarks.tools import FLAKE8, install

_PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
_BETWEEN = re.compile(r"(<!-- measured -->\n).*?(<!-- end -->)", re.DOTALL)
_SIZES = {"70k": 70_000, "300k": 300_000, "1M": 1_000_000}


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--parts", default="".join(PARTS), help="letters of the parts (default: %(default)s)")
    parser.add_argument("--sizes", default=",".join(_SIZES), help="sizes of the corpus (default: %(default)s)")
    parser.add_argument("--turns", type=int, default=5, help="turns of each pair of commands (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="the smallest corpus, three turns, no other linters")
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir(), "flake8-bgtasks-benchmarks"))
    parser.add_argument("--write", action="store_true", help=f"put the table into {_PAGE.name}")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.parts, arguments.sizes, arguments.turns = arguments.parts.replace("d", ""), "70k", 3
    arguments.scratch.mkdir(parents=True, exist_ok=True)
    sizes = tuple(_SIZES[name] for name in arguments.sizes.split(","))
    tools = install(arguments.scratch, rivals="d" in arguments.parts)
    bench = Bench(tools, arguments.scratch, sizes, arguments.turns)
    rows: list[Row] = []
    for letter in arguments.parts:
        for row in PARTS[letter](bench):
            print(_line(row), flush=True)
            rows.append(row)
    if arguments.write:
        text = f"{_machine()}\n\n{_table(rows)}\n\n"
        _PAGE.write_text(_BETWEEN.sub(lambda found: found[1] + text + found[2], _PAGE.read_text()))


def _table(rows: Iterable[Row]) -> str:
    return "\n".join(("| | what | measured | bound | met |", "| --- | --- | --- | --- | --- |", *map(_line, rows)))


def _line(row: Row) -> str:
    met = "" if row.is_met is None else "yes" if row.is_met else "**no**"
    return f"| ({row.part}) | {row.what} | {row.measured} | {row.bound} | {met} |"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = f"{os.cpu_count()} cores of an {_processor()}, {memory:.0f} GiB"
    return f"Measured on {cores}, with Python {platform.python_version()} and {FLAKE8.replace('==', ' ')}."


def _processor() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
