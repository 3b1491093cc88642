"""Files that grow in one direction each, and what ten times as much of it costs."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import Command, best

FACTOR = 10
BOUND = 12.0
"""Ten times the input may cost at most so many times the time."""


class Shape(NamedTuple):
    """A file of a project, as long as one wants it."""

    what: str
    path: str
    text: Callable[[int], str]
    size: int
    """Of the smaller of two files."""


def _line(size: int) -> str:
    return "job.status = 'processing'; x = [" + ", ".join(f"job.status == 'a{n}'" for n in range(size)) + "]\n"


def _function(size: int) -> str:
    body = "".join(f"    job.count_{n} = read(job, {n})\n    job.status = 'a{n % 7}'\n" for n in range(size))
    return f"def import_products(job):\n{body}"


def _display(size: int) -> str:
    entries = "".join(f"    'a{n}': {{'status': 'processing', 'value': {n}}},\n" for n in range(size))
    return f"STATES = {{\n{entries}}}\n"


def _class(size: int) -> str:
    columns = "".join(f"    column_{n}: Mapped[int] = mapped_column(default={n})\n" for n in range(size))
    head = "from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\nclass Base(DeclarativeBase): pass\n"
    return f"{head}class WideJob(Base):\n    __tablename__ = 'wide'\n{columns}"


def _script(size: int) -> str:
    functions = "".join(
        f"function poll{n}() {{ fetch('/jobs/{n}'); setInterval(poll{n}, {n}); }}\n" for n in range(size)
    )
    return f"// starts BackgroundTasks\n{functions}"


SHAPES = (
    Shape("length of a line", "app/services/line.py", _line, 3_000),
    Shape("length of a function", "app/tasks/long_tasks.py", _function, 1_000),
    Shape("length of a dict display", "app/services/display.py", _display, 1_000),
    Shape("length of a class body", "models/database/wide_job.py", _class, 3_000),
    Shape("length of a JavaScript file", "static/admin/js/long.js", _script, 500),
)


def growth(shape: Shape, flake8: Path, scratch: Path, turns: int) -> float:
    """Return how many times the processor time ten times the input takes, start-up taken off."""
    nothing, small, large = (
        best(_command(shape, size, flake8, scratch), turns) for size in (0, shape.size, shape.size * FACTOR)
    )
    return (large - nothing) / max(small - nothing, 0.001)


def _command(shape: Shape, size: int, flake8: Path, scratch: Path) -> Command:
    folder = scratch / "growth" / f"{size}"
    file = folder / shape.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(shape.text(size) if size else "")
    (folder / ".flake8").write_text("[flake8]\n")
    return Command((str(flake8), "--select", "BG", "-j1", shape.path), folder)
