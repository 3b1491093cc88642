"""What looks like an answer and was not counted, and the reason that is told."""

import pytest

from flake8_bgtasks.catalogue import asked_by
from flake8_bgtasks.checkers.models import ModelsChecker
from flake8_bgtasks.checkers.tasks import TasksChecker
from flake8_bgtasks.matching.misses import misses
from flake8_bgtasks.rules.model import Family
from tests.linting import catalogue, read

TASKS, MODELS = "app/tasks/work.py", "models/database/csv_export_job.py"


def _told(code: str, path: str, snippet: str) -> list[str]:
    """Return ``line reason`` for what was not counted for a snippet of the bundled rules, in the first unit."""
    source = read(code, path)
    family, checker = (Family.TASKS, TasksChecker) if path == TASKS else (Family.MODELS, ModelsChecker)
    for rule in catalogue().covering(family, path):
        for unit, _, asked in checker.units(rule, source):
            for requirement, compiled in zip(rule.rule.requirements, rule.requirements, strict=True):
                for question in asked_by(requirement, compiled) if compiled in asked else ():
                    if question.snippet == snippet:
                        return [f"{miss.spot.place()[1]} {miss.reason}" for miss in misses(question.matcher, unit)]
    raise AssertionError(f"nobody asks for {snippet}")


RUNNING = 'status = "running"'
IN_TASKS = {
    "a value that is added to": ("job.status += 'done'", RUNNING, ["2 status gets a value that cannot be told"]),
    "another value in SQL": ("db.execute(\"UPDATE jobs SET status = 'done'\")", RUNNING, ['2 status gets "done"']),
    "NULL in SQL": ('db.execute("UPDATE jobs SET status = NULL")', RUNNING, ["2 status gets NULL"]),
    "a handler that counts": ("try: f()\n    except Exception: g()", "except", []),
    "a method called like it": ("job.started_at()", "started_at", []),
    "another value": ("job.status = 'done'", RUNNING, ['2 status gets "done"']),
    "either of two others": ("job.status = 'a' if x else 'b'", RUNNING, ['2 status gets "a" or "b"']),
    "a filter": ("q.filter_by(status='running')", RUNNING, ["2 it goes to a filter"]),
    "a log": ("logger.info('x', extra={'status': 'running'})", RUNNING, ["2 it goes to a log, a metric or a trace"]),
    "a request": (
        "httpx.post(url, json={'status': 'running'})",
        RUNNING,
        ["2 it goes to a request to another service"],
    ),
    "a comment": ("pass  # status = 'running'\n    f()", RUNNING, ["2 it stands in a comment"]),
    "a docstring": ("'''Set status = \"running\".'''\n    f()", RUNNING, ["2 it stands in a string"]),
    "nothing": ("f()", RUNNING, []),
    "None": ("job.started_at = None", "started_at", ["2 started_at gets None"]),
    "a read": ("if job.started_at: f()", "started_at", ["2 started_at is read and not set"]),
    "names of the run time": (
        "job = db.get(Job)\n    for k, v in data.items(): setattr(job, k, v)",
        "started_at",
        ["3 which names it writes, only the run time knows"],
    ),
    "a narrow handler": (
        "try: f()\n    except KeyError: pass",
        "except",
        ["3 KeyError is no exception of the project, and not all of them"],
    ),
    "a handler that raises again": ("try: f()\n    except Exception: raise", "except", ["3 it only raises again"]),
    "a helper called like one for sessions": (
        "with tenant_session() as db: f(db)",
        "SessionLocal()",
        [
            "2 tenant_session() is not known to open a session; if it opens a session, say so:"
            ' equivalents: {"SessionLocal()": "tenant_session()"}'
        ],
    ),
}


@pytest.mark.parametrize(("body", "snippet", "told"), IN_TASKS.values(), ids=IN_TASKS)
def test_in_a_task(body: str, snippet: str, told: list[str]) -> None:
    assert _told(f"def work():\n    {body}\n", TASKS, snippet) == told


def test_a_session_that_is_handed_in() -> None:
    code = "from sqlalchemy.orm import Session\ndef work(db: Session):\n    f()\n"
    assert _told(code, TASKS, "SessionLocal()") == ["2 the session db is handed in"]


HEAD = "class CsvExportJob({}):\n    __tablename__ = 'x'\n    id = Column(Integer)\n"
IN_MODELS = {
    "a property": ("Base", "@property\n    def started_at(self): ...", "5 started_at is no column"),
    "a relationship": ("Base", "started_at = relationship('X')", "4 started_at is no column"),
    "what its columns are": ("Base", "state = Column(String)", "1 its columns are id, state"),
}


def test_a_core_table_has_no_attributes_to_tell_of() -> None:
    code = "from sqlalchemy import Column, Integer, Table\njobs = Table('jobs', m, Column('id', Integer))\n"
    assert _told(code, MODELS, "started_at") == []


def test_a_model_without_columns_tells_of_its_base_only() -> None:
    code = "class CsvExportJob(Record):\n    __tablename__ = 'x'\n"
    assert _told(code, MODELS, "started_at") == ["1 it may come from a base that is not followed: Record"]


@pytest.mark.parametrize(("base", "line", "told"), IN_MODELS.values(), ids=IN_MODELS)
def test_in_a_model(base: str, line: str, told: str) -> None:
    code = "from sqlalchemy import Column, Integer, String\nfrom sqlalchemy.orm import relationship\n"
    lines = [one.partition(" ") for one in _told(f"{code}{HEAD.format(base)}    {line}\n", MODELS, "started_at")]
    assert told in [f"{int(number) - 2} {reason}" for number, _, reason in lines]
