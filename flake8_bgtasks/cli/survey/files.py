"""Which files of a project may say something about background work, by their names and by the words in them.

Symbolic links are not followed, and the number of files is bounded: a project may hold anything.
"""

import itertools
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from flake8_bgtasks.cli.survey.words import TASK_FOLDERS
from flake8_bgtasks.inference.modules import MAX_SIZE
from flake8_bgtasks.javascript.naming import SCRIPT_SUFFIXES

MAX_FILES = 100_000
"""How many files are looked at: a limit on steps."""
MAX_DEPTH = 40
"""How many folders may lie in each other."""

_FEW = 50
"""How many folders are looked at to tell whether there is Python in them."""

FOREIGN_SUFFIXES = (".ts", ".tsx", ".jsx", ".vue")
_SKIPPED = frozenset(
    {"__pycache__", "node_modules", "site-packages", "venv", "env", "dist", "build", "htmlcov", "vendor", "third_party",
     "docs", "doc", "examples", "example", "benchmarks", "scripts", "bower_components", "wheels", "evaluation", "evals",
     "fixtures"}
)  # fmt: skip
_TESTS = frozenset({"tests", "test", "testing", "e2e", "integration_tests", "unit_tests"})
_MIGRATIONS = frozenset({"migrations", "alembic", "revisions"})
_MINIFIED = re.compile(r"[.-](min|bundle|chunk)\.|\.[0-9a-f]{8,}\.")

_WORDS = {
    "models": rb"__tablename__|mapped_column|\bMapped\[|\bColumn\(|\btable ?= ?True|__table__",
    "vocabularies": rb"(?i:status|state)\w*\((?:[\w. ,]*Enum|str\b)|class \w*(?:Status|State)\b",
    "starts": rb"\.(?:add_task|delay|apply_async|send_task|enqueue\w*|kiq|defer|defer_async|send_with_options|add_job|send)\b"
    rb"|\b(?:enqueue_job|create_task|ensure_future)\(",
    "endpoints": rb"APIRouter|FastAPI\(|\.(?:post|put|patch|api_route|add_api_route)\(",
    "tasks": rb"@[\w.]*(?:task|actor|job)\b|shared_task|WorkerSettings|TaskIQ|huey",
    "registries": rb"(?i:registry|_models|_tasks|_jobs|functions)\w*(?:: ?[^=\n]+)? ?= ?[\[{]",
    "factories": rb"sessionmaker|scoped_session|contextmanager|yield \w*(?:session|db)\b",
}
_TRIGGERS = {kind: re.compile(words) for kind, words in _WORDS.items()}
_HINTS = {
    "models": (b"__table", b"mapped[", b"column", b"table=t", b"table =t", b"table= t", b"table = t"),
    "vocabularies": (b"status", b"state"),
    "registries": (b"registry", b"_models", b"_tasks", b"_jobs", b"functions"),
}
"""In small letters what those words hold that take long to look for: without any of it there is none of them."""
_TESTING = re.compile(rb"^ *(?:async )?def test_|\bimport pytest|\bunittest\b", re.MULTILINE)
"""What a ``test_*.py`` says if it is a test; ``test_run.py`` may well hold a task model."""
_POLLS = re.compile(rb"\bsetInterval\(|refetchInterval|refreshInterval")


class Candidate(NamedTuple):
    """A Python file that may matter, with the kinds of things that may be in it."""

    path: str
    kinds: frozenset[str]


class Files(NamedTuple):
    """The files under a directory; all paths are absolute."""

    python: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    scripts: tuple[str, ...]
    foreign: tuple[str, ...]
    tests: tuple[str, ...]
    """Folders of tests."""
    skipped: tuple[tuple[str, str], ...]
    """What could not be read, with the reason."""
    lines: int


def find(directory: str, is_excluded: Callable[[str], bool]) -> Files:
    """Return the files under a directory that may matter, in the order of their paths; none of what is excluded."""
    python: list[str] = []
    scripts: list[str] = []
    foreign: list[str] = []
    tests: list[str] = []
    for path in _walk(directory, tests, is_excluded):
        if path.endswith(".py"):
            python.append(path)
        elif path.endswith(SCRIPT_SUFFIXES) and not _MINIFIED.search(os.path.basename(path)):
            scripts.append(path)
        elif path.endswith(FOREIGN_SUFFIXES):
            foreign.append(path)
    skipped: list[tuple[str, str]] = []
    candidates: list[Candidate] = []
    lines = 0
    for path in python:
        data = _read(path, skipped)
        if os.path.basename(path).startswith("test_") and _TESTING.search(data):
            continue
        lines += data.count(b"\n")
        kinds = frozenset(_kinds(data))
        if is_task_module(os.path.relpath(path, directory).replace(os.sep, "/")):
            kinds |= {"tasks"}
        if kinds:
            candidates.append(Candidate(path, kinds))
    return Files(
        tuple(python),
        tuple(candidates),
        tuple(path for path in scripts if _POLLS.search(_read(path, skipped))),
        tuple(path for path in foreign if _POLLS.search(_read(path, []))),
        tuple(tests),
        tuple(skipped),
        lines,
    )


def _kinds(data: bytes) -> Iterator[str]:
    """Yield what may be in a file."""
    lowered = data.lower()
    for kind, words in _TRIGGERS.items():
        if any(hint in lowered for hint in _HINTS.get(kind, (b"",))) and words.search(data):
            yield kind


def defining(names: Collection[str], paths: Iterable[str]) -> Iterator[str]:
    """Yield the files in which a function of one of the names may be defined: a queue may know it by name only."""
    if not names:
        return
    wanted = re.compile(
        rb"^ *(?:async )?def (?:" + b"|".join(name.encode() for name in sorted(names)) + rb")\(", re.MULTILINE
    )
    yield from (path for path in paths if wanted.search(_read(path, [])))


def is_task_module(path: str) -> bool:
    """Tell whether a module is called like one of tasks, or lies in a package that is.

    >>> is_task_module("app/jobs/mail.py"), is_task_module("app/mail/import_tasks.py"), is_task_module("app/mail/api.py")
    (True, True, False)
    >>> is_task_module("evaluations/tasks/find-the-bug/environment/data.py")  # a folder that nobody can import from
    False
    """
    *folders, name = path.removesuffix(".py").split("/")
    packages = itertools.takewhile(str.isidentifier, reversed(folders))
    return not TASK_FOLDERS.isdisjoint(packages) or name.rpartition("_")[2] in TASK_FOLDERS


def _walk(directory: str, tests: list[str], is_excluded: Callable[[str], bool]) -> Iterator[str]:
    """Yield the files, folder by folder in the order of their names; note the folders of tests, which are not entered."""
    todo = [(directory, 0)]
    left = MAX_FILES
    while todo:
        folder, depth = todo.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            continue
        inner = []
        for entry in entries:
            left -= 1
            if left < 0:
                return
            if entry.name.startswith(".") or not entry.name.isprintable():
                continue
            if is_excluded(entry.path):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name in _TESTS:
                    tests += [entry.path] if _holds_python(entry.path) else []
                elif depth < MAX_DEPTH and entry.name not in _SKIPPED | _MIGRATIONS and not _is_environment(entry.path):
                    inner.append((entry.path, depth + 1))
            elif entry.is_file(follow_symlinks=False) and not _is_test(entry.name):
                yield entry.path
        todo.extend(reversed(inner))


def _holds_python(folder: str) -> bool:
    """Tell whether a folder, or one in it, has Python files: tests in another language are nobody's business here."""
    for _, (_, _, names) in zip(range(_FEW), os.walk(folder), strict=False):
        if any(name.endswith(".py") for name in names):
            return True
    return False


def _is_environment(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, "pyvenv.cfg"))


def _is_test(name: str) -> bool:
    return name in {"conftest.py", "setup.py"} or name.endswith(("_test.py", ".test.js"))


def _read(path: str, skipped: list[tuple[str, str]]) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_SIZE + 1)
    except OSError as error:
        skipped.append((path, error.strerror or "cannot be read"))
        return b""
    if len(data) > MAX_SIZE:
        skipped.append((path, "larger than a megabyte"))
        return b""
    return data
