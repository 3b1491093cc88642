"""Which modules are read, which are kept between files, and that the others go: counted, never timed."""

import ast
import gc
import weakref

import pytest

from flake8_bgtasks.checkers.running import find
from flake8_bgtasks.inference.project import MAX_TEXT
from tests.projects import lint, session, write

LONG = "#" * (MAX_TEXT // 3) + "\n"
CENTRAL = "OLD = 'processing'\n"
FILES = {
    "app/central.py": CENTRAL,
    **{f"app/own{number}.py": f"NEW = 'running'\n{LONG}" for number in range(6)},
    **{
        f"app/jobs{number}.py": f"from app.central import OLD\nfrom app.own{number} import NEW\n"
        "def start(job):\n    job.status = NEW\n    job.status = OLD\n"
        for number in range(6)
    },
}


@pytest.fixture
def parsed(monkeypatch):
    """The texts that are parsed, in order."""
    texts = []
    parse = ast.parse
    monkeypatch.setattr(ast, "parse", lambda text, *rest, **more: texts.append(text) or parse(text, *rest, **more))
    return texts


@pytest.fixture
def running(tmp_path):
    write(tmp_path, FILES)
    return session(tmp_path)


def test_what_all_files_reach_is_read_once_however_much_else_they_read(running, tmp_path, parsed):
    for number in range(6):
        assert [found.line for found in lint(running, tmp_path, f"app/jobs{number}.py")] == [5]
    assert sum(text.startswith(CENTRAL) for text in parsed) == 1


def test_what_was_not_reached_for_long_is_read_again(running, tmp_path, parsed):
    for number in (*range(6), 0):
        lint(running, tmp_path, f"app/jobs{number}.py")
    own = [text for text in parsed if text.startswith("NEW")]
    assert len(own) == 7


def test_what_was_reached_lately_is_not_read_again(running, tmp_path, parsed):
    for number in (0, 1, 0, 1):
        lint(running, tmp_path, f"app/jobs{number}.py")
    assert sum(text.startswith("NEW") for text in parsed) == 2


def test_what_is_not_kept_goes_at_once_and_does_not_wait_for_the_garbage_collector(tmp_path):
    write(
        tmp_path,
        {
            "app/jobs.py": "def start(job):\n    mark(job, 'processing')\n"
            "def mark(job, state):\n    job.status = state\n",
            "app/other.py": "def start(job):\n    job.status = 'running'\n",
        },
    )
    running = session(tmp_path)
    gc.collect()
    gc.disable()
    try:
        source = running.read(str(tmp_path / "app/jobs.py"), (tmp_path / "app/jobs.py").read_text())
        assert [found.violation.line for found in find(source, running)] == [2]
        gone = weakref.ref(source)
        del source
        lint(running, tmp_path, "app/other.py")
        assert gone() is None
    finally:
        gc.enable()


ENDPOINT = (
    "from fastapi import APIRouter\nfrom app.helper import work\nrouter = APIRouter()\n"
    "@router.get('/jobs')\ndef jobs():\n    work()\n"
)


@pytest.mark.parametrize(("more", "read"), {"": 0, "    nap = time.sleep\n": 1}.items(), ids=["nothing", "a sleep"])
def test_what_an_endpoint_calls_is_looked_for_where_there_is_something_that_waits(more, read, tmp_path, parsed):
    write(tmp_path, {"app/helper.py": "def work(): ...\n", "app/api/jobs.py": ENDPOINT + more})
    lint(session(tmp_path), tmp_path, "app/api/jobs.py")
    assert sum(text.startswith("def work") for text in parsed) == read


PASSING = (
    "from app.states import OLD\ndef mark(job, state):\n    job.state = state\njob.status = 'running'\nmark(job, OLD)\n"
)


@pytest.mark.parametrize(("column", "read"), [("state", 0), ("status", 1)])
def test_an_argument_of_another_module_is_looked_for_where_it_may_be_stored(column, read, tmp_path, parsed):
    code = PASSING.replace("job.state", f"job.{column}")
    write(tmp_path, {"app/states.py": "OLD = 'processing'\n", "app/jobs.py": code})
    assert len(lint(session(tmp_path), tmp_path, "app/jobs.py")) == read
    assert sum(text.startswith("OLD") for text in parsed) == read
