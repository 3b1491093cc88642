"""What it costs to follow names into other modules: ``python -m benchmarks.inference``.

All numbers are processor time in one process, taken in turns, and what counts are the ratios: the same file is checked in
projects of different size, cold (nothing is known of the project) and warm (its modules were read for an earlier file).
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from textwrap import dedent

from flake8_bgtasks.catalogue import Catalogue
from flake8_bgtasks.checkers.running import find
from flake8_bgtasks.host.options import Settings
from flake8_bgtasks.host.session import Session
from flake8_bgtasks.rules import loader

SIZES = (10, 100, 1_000)
TURNS = 25

REACHED = {
    "app/__init__.py": "",
    "app/tasks/__init__.py": "",
    "app/core/__init__.py": "",
    "app/models/__init__.py": "from app.models.job import ImportJob\n",
    "app/core/database.py": """
        from contextlib import contextmanager
        from sqlalchemy import create_engine
        from sqlalchemy.orm import sessionmaker

        SessionLocal = sessionmaker(bind=create_engine("sqlite://"))

        @contextmanager
        def session_scope():
            with SessionLocal() as session:
                yield session
        """,
    "app/core/states.py": """
        from enum import Enum

        class JobStatus(str, Enum):
            RUNNING = "running"
            COMPLETED = "completed"
            FAILED = "failed"
        """,
    "app/core/jobs.py": """
        from functools import wraps
        from app.core.database import session_scope
        from app.core.states import JobStatus
        from app.models import ImportJob

        def tracked(function):
            @wraps(function)
            def task(job_id):
                with session_scope() as db:
                    job = db.get(ImportJob, job_id)
                    job.status, job.started_at = JobStatus.RUNNING, now()
                    try:
                        function(job)
                        job.status = JobStatus.COMPLETED
                    except Exception as error:
                        job.status, job.error_message = JobStatus.FAILED, str(error)
                    job.completed_at = now()
            return task
        """,
    "app/models/mixins.py": """
        from sqlalchemy.orm import Mapped

        class Stamped:
            started_at: Mapped[str]
            completed_at: Mapped[str]
        """,
    "app/models/base.py": "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase):\n    pass\n",
    "app/models/job.py": """
        from sqlalchemy.orm import Mapped
        from app.core.states import JobStatus
        from app.models.base import Base
        from app.models.mixins import Stamped

        class ImportJob(Stamped, Base):
            __tablename__ = "jobs"
            status: Mapped[JobStatus]
            error_message: Mapped[str]
        """,
}
FOLLOWING = """
from app.core.jobs import tracked
from app.core.states import JobStatus


@tracked
def import_products(job):
    for row in job.rows:
        if job.status == JobStatus.FAILED:
            return
        store(row)
"""
ALONE = """
from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker()


def import_products(job_id):
    with SessionLocal() as db:
        job = db.get(ImportJob, job_id)
        job.status, job.started_at = "running", now()
        try:
            for row in job.rows:
                store(row)
            job.status = "completed"
        except Exception as error:
            job.status, job.error_message = "failed", str(error)
        job.completed_at = now()
"""
ASKING = FOLLOWING + "        job.status = STATES.later\n"
OBJECT = "class States:\n    later = 'running'\nSTATES = States()\n"
OTHER = """
from app.core.states import JobStatus
from app.models import ImportJob


def count_{number}(db):
    return db.query(ImportJob).filter(ImportJob.status == JobStatus.RUNNING).count()
"""
TASK = "app/tasks/imports.py"


def write(root: Path, size: int, others: str) -> None:
    """Write a project of that many modules; those that the task does not reach lie in the folder `others`."""
    files = {path: dedent(text) for path, text in REACHED.items()}
    files |= {f"{others}/other_{number}.py": OTHER.format(number=number) for number in range(size - len(files))}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def session(root: Path) -> Session:
    """Return a session as a process of flake8 has it at its start."""
    return Session(Settings(root=str(root)), Catalogue(loader.bundled()))


def check(running: Session, root: Path, text: str) -> None:
    """Check the task file with this text; it is well written."""
    found = find(running.read(str(root / TASK), text), running)
    if found:
        raise RuntimeError(f"the benchmark's task file has findings: {found}")


class Case:
    """A project and a task file in it, to be checked again and again."""

    def __init__(self, name: str, root: Path, text: str) -> None:
        self.name = name
        self.cold: list[float] = []
        self.warm: list[float] = []
        self._root = root
        self._text = text
        self._running = session(root)
        check(self._running, root, text)

    def turn(self, number: int) -> None:
        """Check the file in a process that knows nothing, and one more version of it in one that has seen it."""
        new = session(self._root)
        self.cold.append(milliseconds(lambda: check(new, self._root, self._text)))
        edited = f"{self._text}# version {number}\n"
        self.warm.append(milliseconds(lambda: check(self._running, self._root, edited)))

    def line(self, first: "Case") -> str:
        """Return the medians, and by how much they differ from the first case's in the same turns."""
        ratios = (
            median(mine / other for mine, other in zip(*pair, strict=True))
            for pair in ((self.cold, first.cold), (self.warm, first.warm))
        )
        numbers = f"{median(self.cold):>10.1f}{median(self.warm):>10.1f}"
        return f"{self.name:<40}{numbers}{''.join(f'{ratio:>8.2f}' for ratio in ratios)}"


def milliseconds(measured: Callable[[], object]) -> float:
    """Return what a call takes of the processor, which other processes do not change."""
    start = time.process_time()
    measured()
    return (time.process_time() - start) * 1_000


def cases(folder: Path) -> Iterator[Case]:
    """Yield what is compared, the smallest project first."""
    for others in ("app/reports", "app/tasks"):
        for size in SIZES:
            root = folder / f"{others.replace('/', '_')}_{size}"
            write(root, size, others)
            yield Case(f"{size} modules, most in {others}", root, FOLLOWING)
    root = folder / "asking"
    write(root, SIZES[0], "app/reports")
    yield Case("the same work, written out in one file", root, ALONE)
    (root / "app/core/states.py").write_text(dedent(REACHED["app/core/states.py"]) + OBJECT, encoding="utf-8")
    asking = ASKING.replace("import JobStatus\n", "import STATES, JobStatus\n")
    new = session(root)
    print(f"first question to astroid, its import included: {milliseconds(lambda: check(new, root, asking)):.0f} ms")
    yield Case("with a question to astroid", root, asking)


def measure(folder: Path) -> None:
    """Print the table."""
    compared = list(cases(folder))
    for number in range(TURNS):
        for case in compared:
            case.turn(number)
    print(f"{'':<40}{'cold, ms':>10}{'warm, ms':>10}{'cold':>8}{'warm':>8}")
    for case in compared:
        print(case.line(compared[0]))


def main() -> int:
    """Measure in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder).resolve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
