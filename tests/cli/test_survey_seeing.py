"""What `bgtasks init` sees in one file: classes, vocabularies, sessions, starts, tasks, registries, endpoints."""

from textwrap import indent

import pytest

from flake8_bgtasks.cli.survey import endpoints, models, sessions, tasks
from flake8_bgtasks.cli.survey.following import Bounds, followed
from flake8_bgtasks.cli.survey.starts import starts
from flake8_bgtasks.source import SourceFile
from tests.linting import read

MAPPED = """
from enum import Enum
from typing import Literal
from pydantic import BaseModel
from sqlalchemy import Column, String, Enum as Choice
from sqlalchemy.orm import DeclarativeBase, relationship
from sqlmodel import SQLModel
class Base(DeclarativeBase): ...
"""


def code(text: str, head: str = "") -> SourceFile:
    return read(f"{head}\n{text}", "app/code.py")


class TestModels:
    def test_a_mapped_class_has_its_columns_and_those_of_its_bases(self) -> None:
        text = """
class Timed:
    started_at = Column(String)
class Plain: ...
class Job(Timed, Plain, Base):
    __tablename__ = "jobs"
    id = Column(String)
    owner = relationship("User")
    note = "text"
"""
        (job,) = [one for one in models.models(code(text, MAPPED)) if one.name == "Job"]
        assert job.columns == {"started_at", "id"}
        assert job.bases == {"Timed"}

    def test_a_base_of_sqlmodel_has_columns_without_saying_so(self) -> None:
        text = "class JobBase(SQLModel):\n    name: str\nclass Job(JobBase, table=True):\n    id: int\n"
        (job,) = models.models(code(text, MAPPED))
        assert (job.columns, job.bases) == ({"name", "id"}, {"JobBase"})

    @pytest.mark.parametrize(
        ("column", "values"),
        [
            ("status = Column(String('new', 'done'))", ()),
            ("status = Column(Enum('new', 'done'))", ("new", "done")),
            ("status: Literal['new', 'done'] = Column(String)", ("new", "done")),
            ("status = Column(String, default='new')", ()),
            ("status = Column(Choice(State))", ("new", "done")),
            ("status = Column(String, default=State.NEW.value)", ("new", "done")),
            ("kind = Column(Choice(State))", ()),
            ("import_status = Column(Choice(State))", ("new", "done")),
        ],
    )
    def test_its_status_has_the_values_that_the_column_names(self, column: str, values: tuple[str, ...]) -> None:
        text = f"class State(Enum):\n    NEW = 'new'\n    DONE = 'done'\nclass Job(Base):\n    __tablename__ = 'j'\n    {column}\n"
        (job,) = models.models(code(text, MAPPED))
        assert job.values == values


VOCABULARIES = {
    "an enum": ("class JobStatus(Enum):\n    A = 'a'\n    B = 'b'", ("a", "b")),
    "an enum of states": ("class JobState(Enum):\n    A = 'a'\n    B = 'b'", ("a", "b")),
    "constants": ("class JobStatus:\n    A = 'a'\n    B = 'b'\n    c = 'c'\n    _D = 'd'\n    N = 1", ("a", "b")),
    "one value": ("class JobStatus(Enum):\n    A = 'a'", None),
    "another name": ("class JobKind(Enum):\n    A = 'a'\n    B = 'b'", None),
    "a schema": ("class JobStatus(BaseModel):\n    A = 'a'\n    B = 'b'", None),
    "a mapped class": ("class JobStatus(Base):\n    __tablename__ = 's'\n    A = 'a'\n    B = 'b'", None),
}


@pytest.mark.parametrize(("text", "values"), VOCABULARIES.values(), ids=VOCABULARIES)
def test_a_vocabulary_is(text: str, values: tuple[str, ...] | None) -> None:
    assert [one.values for one in models.vocabularies(code(text, MAPPED))] == ([] if values is None else [values])


ORM = """
from contextlib import asynccontextmanager, contextmanager
from sqlalchemy.orm import sessionmaker
Maker = sessionmaker()
"""
FACTORIES = {
    "a factory": ("Other = sessionmaker(bind=engine)", ["Other"]),
    "a factory of a class": ("class Db:\n    Other = sessionmaker()", ["Other"]),
    "a factory in a function": ("def f():\n    Other = sessionmaker()", []),
    "something else that is called": ("Other = make_engine()", []),
    "a context manager": ("@contextmanager\ndef session_scope():\n    yield session", ["session_scope"]),
    "one that yields a new session": ("@asynccontextmanager\nasync def open_db():\n    yield Maker()", ["open_db"]),
    "one that yields something else": ("@contextmanager\ndef session_scope():\n    yield lock", []),
    "one that yields nothing": ("@contextmanager\ndef session_scope():\n    yield", []),
    "one that is about something else": ("@contextmanager\ndef locked():\n    yield session", []),
    "a dependency": ("def get_db():\n    yield db", ["get_db"]),
    "a method": ("class Db:\n    def get_db(self):\n        yield db", []),
    "one with another decorator": ("@fixture\ndef get_db():\n    yield db", []),
}


@pytest.mark.parametrize(("text", "names"), FACTORIES.values(), ids=FACTORIES)
def test_a_session_is_given_by(text: str, names: list[str]) -> None:
    found = sessions.factories(code(text, ORM))
    assert [one.name for one in found if one.name != "Maker"] == names


def test_what_gives_a_session_is_told_apart() -> None:
    text = "@contextmanager\ndef session_scope():\n    yield session\ndef get_db():\n    yield db\n"
    assert [one.kind for one in sessions.factories(code(text, ORM))] == [
        sessions.FACTORY,
        sessions.CONTEXT,
        sessions.DEPENDENCY,
    ]


WORKERS = """
from functools import partial
@app.task
def run(): ...
def plain(): ...
async def wait(): ...
class Work:
    @app.task
    def go(self): ...
    def start(self, queue):
        queue.add_task(self.go)
class MoreWork(Work):
    def start(self, queue):
        queue.add_task(super().go)
"""
STARTED = {
    "a task's own method": ("run.delay(1)", [("delay", "run", "app/code.py")]),
    "a name that is not known": ("unknown.delay(1)", [("delay", "unknown", None)]),
    "a function of that name": ("delay(1)", []),
    "send, on a task": ("run.send(1)", [("send", "run", "app/code.py")]),
    "send, on another function": ("plain.send(1)", []),
    "send, on what is not known": ("socket.send(1)", []),
    "add_task": ("tasks.add_task(plain, 1)", [("add_task", "plain", "app/code.py")]),
    "add_task of something partial": ("tasks.add_task(partial(plain, 1))", [("add_task", "plain", "app/code.py")]),
    "add_task of what is not known": ("tasks.add_task(unknown)", [("add_task", "unknown", None)]),
    "add_task of a text": ("progress.add_task('Loading')", []),
    "enqueue": ("queue.enqueue(plain)", [("enqueue", "plain", "app/code.py")]),
    "enqueue of what is not known": ("queue.enqueue(item)", []),
    "enqueue_job by name": ("queue.enqueue_job('run', 1)", [("enqueue_job", "run", None)]),
    "send_task by a dotted name": ("app.send_task('app.work.run')", [("send_task", "run", None)]),
    "add_job by a path": ("scheduler.add_job('app.work:run')", [("add_job", "run", None)]),
    "add_job by what is no name": ("scheduler.add_job('a job')", []),
    "add_job by a number": ("scheduler.add_job(1)", []),
    "add_task of a local name": ("work = plain; tasks.add_task(work)", [("add_task", "plain", "app/code.py")]),
    "create_task": ("create_task(wait())", [("create_task", "wait", "app/code.py")]),
    "create_task of what is not known": ("create_task(unknown())", []),
    "create_task of an object": ("create_task(coroutine)", []),
}


@pytest.mark.parametrize(("call", "found"), STARTED.values(), ids=STARTED)
def test_a_start_is(call: str, found: list[tuple[str, str, str | None]]) -> None:
    text = f"{WORKERS}def here():\n    {call}\n"
    seen = [one for one in starts(code(text)) if one.inside == "here"]
    assert [(one.how, one.target, one.home) for one in seen] == found


def test_one_line_may_start_what_is_known_and_what_is_not() -> None:
    text = f"{WORKERS}def here(work: Work, tasks):\n    tasks.add_task(work.go), tasks.add_task(unknown.go)\n"
    assert [one.home for one in starts(code(text)) if one.inside == "here"] == [None, "app/code.py"]


def test_a_method_is_started_by_its_object() -> None:
    assert [(one.target, one.home) for one in starts(code(WORKERS))] == [("go", "app/code.py")] * 2


WORK = """
from sqlalchemy import Column, String, insert, select, update
from sqlalchemy.orm import DeclarativeBase, sessionmaker
from app.tasks import shared_task
class Base(DeclarativeBase): ...
class Job(Base):
    __tablename__ = "jobs"
    status = Column(String)
    started_at = Column(String)
    name = Column(String)
make = sessionmaker()
def third(job: Job):
    job.completed_at = now()
def second(job: Job):
    job.status = "third"
    third(job)
def first(job: Job):
    job.status = "second"
    second(job)
"""
WRITES = {
    "a status": ("job.status = 'running'", [("status", "Job", 0, ("running",))]),
    "a time, whose value does not matter": ("job.started_at = 'x'", [("started_at", "Job", 0, ())]),
    "another column": ("job.name = 'x'", []),
    "a filter": ("select(Job).filter_by(status='running')", []),
    "a statement": ("update(Job).values(status='done')", [("status", "Job", 0, ("done",))]),
    "a new object": ("Job(status='new')", [("status", "Job", 0, ("new",))]),
    "what only reads like a write": ("repo.update_status(job.id, 'running')", []),
    "a default": ("def later(status='running'): ...", []),
    "something that is not known": ("other.status = 'running'", [("status", "", 0, ("running",))]),
    "what it calls": (
        "first(job)",
        [("completed_at", "Job", 3, ()), ("status", "Job", 1, ("second",)), ("status", "Job", 2, ("third",))],
    ),
}


def seen_task(body: str, names: frozenset[str] | None = None) -> tasks.Task:
    text = f"{WORK}@shared_task\ndef run(job: Job):\n{indent(body, '    ')}\n"
    return next(one for one in tasks.seen(code(text), frozenset({"get_db", "make"}), names) if one.name == "run")


@pytest.mark.parametrize(("body", "found"), WRITES.values(), ids=WRITES)
def test_a_task_writes(body: str, found: list[tuple[str, str, int, tuple[str, ...]]]) -> None:
    assert [tuple(one) for one in seen_task(body).writes] == found


def test_a_task_that_calls_much_is_followed_to_all_of_it() -> None:
    text = "".join(f"def step{number}(job: Job): ...\n" for number in range(20))
    calls = "".join(f"    step{number}(job)\n" for number in range(20))
    run = f"{WORK}{text}@shared_task\ndef run(job: Job):\n{calls}    third(job)\n"
    (one,) = [one for one in tasks.seen(code(run), frozenset()) if one.name == "run"]
    assert [write.column for write in one.writes] == ["completed_at"]


def test_a_task_is_not_followed_where_others_are_asked_for() -> None:
    body = "job.status = 'running'"
    assert seen_task(body, frozenset({"other"})).writes == ()
    assert seen_task(body, frozenset({"run"})).writes != ()


def test_a_task_speaks_of_what_it_and_what_it_calls_itself_say() -> None:
    words = seen_task("first(job)").words
    assert "second" in words
    assert "third" not in words


SESSIONS = {
    "a factory": ("with make() as session: ...", {"make", tasks.PROVABLY}),
    "something of that name": ("next(get_db())", {"get_db"}),
    "something else": ("open()", set()),
}


@pytest.mark.parametrize(("body", "found"), SESSIONS.values(), ids=SESSIONS)
def test_a_task_opens(body: str, found: set[str]) -> None:
    assert seen_task(body).sessions == found


class TestFollowing:
    TEXT = """
def a(): b(); c(); b()
def b(): d()
def c(): a()
def d(): e()
def e(): ...
"""

    @pytest.mark.parametrize(
        ("bounds", "names"),
        [(Bounds(9, 9), "abcde"), (Bounds(2, 9), "abcd"), (Bounds(0, 9), "a"), (Bounds(9, 3), "abc")],
    )
    def test_the_closest_come_first_and_once_each_within_bounds(self, bounds: Bounds, names: str) -> None:
        source = code(self.TEXT)
        (first, *_) = source.functions()
        found = followed(source, first, bounds)
        assert "".join(getattr(one.frame.node, "name", "") for one in found) == names


REGISTRIES = {
    "a dict": ("TASKS = {'a': run, 'b': stop}", ["run", "stop"]),
    "a list": ("TASK_MODELS: list[type] = [Job, models.Run]", ["Job", "Run"]),
    "displays in displays": ("REGISTRY = {'a': {'model': Job}, 'b': [Run]}", ["Job", "Run"]),
    "calls with a function": ("functions = [func(run, name='x'), cron(stop)]", ["run", "stop"]),
    "one function of a worker": ("class WorkerSettings:\n    functions = [run]", ["run"]),
    "one entry": ("TASKS = [run]", None),
    "one function of nothing": ("functions = []", None),
    "what is called otherwise": ("NAMES = [run, stop]", None),
    "texts": ("TASKS = ['run', 'stop']", None),
    "a local variable": ("def f():\n    tasks = [run, stop]", None),
    "two names": ("TASKS = JOBS = [run, stop]", None),
    "a pair": ("tasks, jobs = [run], [stop]", None),
    "a declaration": ("TASKS: list[Job]", None),
}


@pytest.mark.parametrize(("text", "entries"), REGISTRIES.values(), ids=REGISTRIES)
def test_a_registry_is(text: str, entries: list[str] | None) -> None:
    assert [list(one.entries) for one in tasks.registries(code(text))] == ([] if entries is None else [entries])


API = """
from fastapi import APIRouter, BackgroundTasks
router = APIRouter()
@app.task
def run(): ...
def enqueue(job):
    run.delay(job)
    return Report(job)
def look(job):
    run.delay(job)
@router.{method}("/jobs")
def start(tasks: BackgroundTasks):
    job = Job(make())
    {body}
    return {{"job_id": 1}}
def after(tasks: BackgroundTasks):
    tasks.add_task(look)
"""


class TestEndpoints:
    @pytest.mark.parametrize(
        ("method", "body", "targets", "makes"),
        [
            ("post", "tasks.add_task(run)", ["run"], {"Job"}),
            ("post", "enqueue(job)", ["run"], {"Job", "Report"}),
            ("get", "enqueue(job)", [], set()),
            ("post", "look(job)", [], set()),
            ("post", "pass", [], set()),
        ],
        ids=["itself", "through what it calls", "not if it changes nothing", "not through others", "nothing"],
    )
    def test_one_starts(self, method: str, body: str, targets: list[str], makes: set[str]) -> None:
        (found,) = endpoints.seen(code(API.format(method=method, body=body)), frozenset({"enqueue"}))
        assert [one.target for one in found.starts] == targets
        assert found.makes == makes

    def test_one_returns_the_keys_that_it_surely_does(self) -> None:
        source = code(API.format(method="post", body="tasks.add_task(run)"))
        seen = tuple(endpoints.seen(source, frozenset()))
        (found,) = endpoints.with_keys(source, seen, ("task_id", "job_id"))
        assert found.keys == ("job_id",)
