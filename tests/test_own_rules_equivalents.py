"""``equivalents``: what a team's own words count for, in every rule; and what they do not."""

import ast
from textwrap import dedent

import pytest

from flake8_bgtasks.catalogue import Catalogue
from flake8_bgtasks.checkers.frontend import FrontendChecker
from flake8_bgtasks.matching.equivalents import Equivalents
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile
from tests.linting import assert_as_marked, lint, messages

OWN = """
extends: bundled
equivalents:
  "completed_at": ["finished_at", "ended_at"]
  "ended_at": "stopped_at"
  "SessionLocal()": ["get_session_with_tenant()", "engine.begin()", "open_store(...)"]
  '"completed"': ["success", '"done"']
  "error_message": "failure_reason"
  "status": "state"
  "started_at": "mark_started()"
  "job_id": ["task_id", "report_id"]
  "TestRun": "PytestRun"
  "BackgroundTasks": ["ArqRedis", "enqueue_job", "TaskQueue"]
  "import_": "load_"
  "processing": "busy"
  "except": "with failing_softly():"
"""
TASK = """
    def run(job_id):{mark}
        db = {session}
        try:
            job = db.get(Job, job_id)
            job.{status} = {running}
            job.started_at = now()
            job.{status} = {completed}
            job.{finished} = now()
        except Exception as error:
            job.{status} = "failed"
            job.{error} = str(error)
"""
SPELLED = {
    "session": "SessionLocal()",
    "status": "status",
    "running": '"running"',
    "completed": '"completed"',
    "finished": "completed_at",
    "error": "error_message",
}


def task(mark: str = "", **changes: str) -> str:
    return TASK.format(**{**SPELLED, **changes, "mark": f"  # expect: {mark}" if mark else ""})


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="what the rules say goes on to count"),
        pytest.param({"finished": "finished_at"}, id="an identifier"),
        pytest.param({"finished": "ended_at"}, id="the second of its equivalents"),
        pytest.param({"finished": "finished_at_utc"}, id="a longer name that continues it at a word boundary"),
        pytest.param({"completed": '"success"'}, id="a value without quotes in the rules file"),
        pytest.param({"completed": '"done"'}, id="a value in quotes in the rules file"),
        pytest.param({"completed": "JobStatus.SUCCESS"}, id="a value by its member's name"),
        pytest.param({"session": "get_session_with_tenant()"}, id="a session helper"),
        pytest.param({"session": "get_session_with_tenant(tenant=1)"}, id="a session helper with arguments"),
        pytest.param({"session": "self.engine.begin()"}, id="a dotted call"),
        pytest.param({"session": "open_store(3)"}, id="a snippet with a gap"),
        pytest.param({"error": "failure_reason"}, id="another name for the error"),
        pytest.param({"status": "state"}, id="another name in an assignment of a value"),
        pytest.param({"status": "state", "completed": '"success"'}, id="another name and another value at once"),
    ],
)
def test_a_task_is_silent(changes: dict[str, str]) -> None:
    assert_as_marked(task(**changes), "app/tasks/x.py", rules=OWN)


@pytest.mark.parametrize(
    ("mark", "changes"),
    [
        pytest.param("BG031", {"finished": "stopped_at"}, id="equivalents of equivalents do not count"),
        pytest.param("BG031", {"finished": "unfinished_at"}, id="the middle of a word does not count"),
        pytest.param("BG031", {"finished": "finished_attempt"}, id="the beginning of another word does not count"),
        pytest.param("BG031 BG032", {"completed": '"successful"', "status": "phase"}, id="a name that nobody named"),
        pytest.param("BG033", {"session": "get_session()"}, id="a helper that nobody named"),
        pytest.param("BG033", {"session": "Engine.start()"}, id="half of a dotted call"),
        pytest.param("BG032", {"error": "reason"}, id="half of a name"),
    ],
)
def test_a_task_speaks(mark: str, changes: dict[str, str]) -> None:
    found = lint(task(**changes), "app/tasks/x.py", OWN)
    assert {one.code for one in found if one.code != "BG030"} == set(mark.split())


def test_a_value_counts_only_beside_the_name() -> None:
    code = task(completed='"success"').replace('"failed"', '"broken"')
    assert_as_marked(code.replace("def run(job_id):", "def run(job_id):  # expect: BG032"), "app/tasks/x.py", rules=OWN)
    assert messages(code.replace('"success"', '"complete"'), "app/tasks/x.py", "BG031", OWN) == [
        'run() never sets status = "completed" or status = "failed" (here also: state = "success", state = "failed")'
    ]


def test_the_message_says_what_the_rule_says_and_the_first_that_the_team_does() -> None:
    code = task(finished="at", completed="None", session="x").replace('"failed"', "1")
    assert messages(code, "app/tasks/x.py", "BG031", OWN) == [
        'run() never sets completed_at (here also: finished_at) and never sets status = "completed" or status = "failed"'
        ' (here also: state = "success", state = "failed")'
    ]
    assert messages(code, "app/tasks/x.py", "BG033", OWN) == [
        "run() never opens a session of its own with SessionLocal() (here also: get_session_with_tenant())"
    ]


def test_a_model_and_a_registry_say_so_too() -> None:
    code = MODEL.format(**{**SPELLED, "finished": "stopped_at", "mark": ""})
    assert messages(code, "models/database/test_run.py", "BG002", OWN) == [
        "TestRun has no completed_at column (here also: finished_at)"
    ]
    registry = REGISTRY.format("Pytest", "")
    assert messages(registry, "app/services/background_tasks_service.py", "BG022", OWN) == [
        "TestRun is not registered (here also: PytestRun)"
    ]


def test_a_name_may_stand_for_a_call() -> None:
    code = task().replace("job.started_at = now()", "job.mark_started()")
    assert_as_marked(code, "app/tasks/x.py", rules=OWN)


def test_a_statement_may_stand_for_a_handler() -> None:
    code = """
        def run(job_id):
            db = SessionLocal()
            try:
                with failing_softly():
                    work(status="running", started_at=now())
                    store(status="completed", completed_at=now())
                    store(status="failed", error_message="x")
            finally:
                db.close()
    """
    assert_as_marked(code, "app/tasks/x.py", rules=OWN)
    assert_as_marked(code.replace("run(job_id):", "run(job_id):  # expect: BG032"), "app/tasks/x.py")


MODEL = """
    from sqlalchemy.orm import DeclarativeBase

    class Base(DeclarativeBase): ...

    class TestRun(Base):{mark}
        __tablename__ = "test_runs"
        {status} = Column(String)
        started_at = Column(DateTime)
        {finished} = Column(DateTime)
        {error} = Column(Text)
        triggered_by = Column(String)
"""


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="the bundled names"),
        pytest.param({"finished": "finished_at"}, id="another timestamp"),
        pytest.param({"error": "failure_reason"}, id="another error"),
        pytest.param({"status": "state"}, id="another name that is a column"),
    ],
)
def test_a_model_is_silent(changes: dict[str, str]) -> None:
    assert_as_marked(MODEL.format(**{**SPELLED, **changes, "mark": ""}), "models/database/test_run.py", rules=OWN)


@pytest.mark.parametrize(
    ("mark", "changes"),
    [
        pytest.param("BG002", {"finished": "stopped_at"}, id="equivalents of equivalents"),
        pytest.param("BG003", {"error": "reason"}, id="half of a name"),
        pytest.param("BG001", {"status": "state_of_it"}, id="a longer name where one is named exactly"),
    ],
)
def test_a_model_speaks(mark: str, changes: dict[str, str]) -> None:
    code = MODEL.format(**{**SPELLED, **changes, "mark": f"  # expect: {mark}"})
    assert_as_marked(code, "models/database/test_run.py", rules=OWN)


def test_a_class_that_counts_for_a_listed_one_is_a_task_model() -> None:
    code = """
        class PytestRun(Base):  # expect: BG002
            __tablename__ = "pytest_runs"
            status = Column(String)
            error_message = triggered_by = Column(String)
            triggered_by = Column(String)

        class Case(Base):
            __tablename__ = "cases"
    """
    assert_as_marked(code, "models/database/test_run.py", codes="BG002", rules=OWN)


REGISTRY = "TASK_MODELS = [MarketplaceImportJob, LetzshopHistoricalImportJob, {}, ArchitectureScan]{}\n"


@pytest.mark.parametrize("name", ["TestRun", "PytestRun", "'app.models.PytestRun'", "models.PytestRun"])
def test_a_registry_may_name_the_other_class(name: str) -> None:
    assert_as_marked(REGISTRY.format(name, ""), "app/services/background_tasks_service.py", rules=OWN)


@pytest.mark.parametrize("name", ["PytestRunResult", "Pytest"])
def test_a_registry_names_one_class_exactly(name: str) -> None:
    code = REGISTRY.format(name, "  # expect: BG022")
    assert_as_marked(code, "app/services/background_tasks_service.py", rules=OWN)


QUEUES = """
    from typing import Annotated
    class TaskQueue: ...
    class MailQueue(TaskQueue): ...
    Queue = Annotated[TaskQueue, Depends()]
    def queue_of(queue: TaskQueue): ...
"""
ENDPOINT = """
    from fastapi import APIRouter, BackgroundTasks, Depends
    router = APIRouter()

    @router.post("/import")
    def trigger({parameters}):
        {body}
"""


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('return {"task_id": 1}', id="the other key"),
        pytest.param('return {"data": {"report_id": 1}}', id="the other key in an envelope"),
        pytest.param(
            'if x:\n            return {"job_id": 1}\n        return {"task_id": 1}', id="a key for each return"
        ),
    ],
)
def test_an_endpoint_may_return_the_other_key(body: str) -> None:
    code = ENDPOINT.format(parameters="x", body=body)
    assert_as_marked(code, "app/api/v1/marketplace.py", codes="BG020", rules=OWN)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('return {"id": 1}  # expect: BG020', id="half of a key"),
        pytest.param('return {"task_ids": 1}  # expect: BG020', id="a longer key"),
        pytest.param(
            'if x:\n            return {"task_id": 1}\n        return {}  # expect: BG020', id="only one return"
        ),
    ],
)
def test_an_endpoint_must_return_one_of_the_keys(body: str) -> None:
    code = ENDPOINT.format(parameters="x", body=body)
    assert_as_marked(code, "app/api/v1/marketplace.py", codes="BG020", rules=OWN)
    assert messages(code, "app/api/v1/marketplace.py", "BG020", OWN) == [
        "trigger() does not return job_id (here also: task_id)"
    ]


@pytest.mark.parametrize(
    ("parameters", "body"),
    [
        pytest.param("tasks: BackgroundTasks", "import_feed()", id="FastAPI's own"),
        pytest.param("redis: ArqRedis", "import_feed()", id="a class by the annotation of a parameter"),
        pytest.param("queue: 'TaskQueue | None' = None", "import_feed()", id="a class in a quoted annotation"),
        pytest.param("queue=Depends(queue_of)", "import_feed()", id="a class that a dependency takes"),
        pytest.param("queue: Queue", "import_feed()", id="a class of one's own, by an alias"),
        pytest.param("queue: MailQueue", "import_feed()", id="a class that derives from it"),
        pytest.param("", "import_feed(enqueue_job('x'))", id="a function that is called"),
        pytest.param("", "load_feed()", id="conditions know no equivalents"),
    ],
)
def test_an_endpoint_may_be_given_something_else(parameters: str, body: str) -> None:
    code = ENDPOINT.format(parameters=parameters, body=body) + QUEUES
    assert_as_marked(code, "app/api/v1/imports.py", codes="BG021", rules=OWN)


@pytest.mark.parametrize(
    ("parameters", "body"),
    [
        pytest.param("redis: Redis", "import_feed()", id="half of a class's name"),
        pytest.param("", "import_feed('ArqRedis')", id="a string"),
    ],
)
def test_an_endpoint_must_be_given_one_of_them(parameters: str, body: str) -> None:
    code = ENDPOINT.format(parameters=parameters, body=body)
    assert messages(code, "app/api/v1/imports.py", "BG021", OWN) == [
        "trigger() starts import_feed and takes no BackgroundTasks (here also: ArqRedis)"
    ]


def test_anti_patterns_know_no_equivalents() -> None:
    code = """
        job.status = "processing"  # expect: BG010
        job.status = "busy"
        job.state = "processing"
    """
    assert_as_marked(code, "app/core.py", rules=OWN)


def test_the_pages_have_them_too() -> None:
    rules = """
        extends: bundled
        equivalents: {activeTask: [runningJob, "hx-get"], init: mounted, setInterval: every}
    """
    page = "// BackgroundTasks\nmounted() { this.runningJobs = 1; }\nevery(poll, 1000);\n"
    assert pages(page, rules) == []
    assert pages(page.replace("runningJobs", "runningJobless"), rules) == [
        "this page starts background tasks but never uses activeTask (here also: runningJob)"
    ]
    assert pages(page.replace("this.runningJobs = 1;", "load('<a hx-get>')"), rules) == []


def pages(text: str, rules: str) -> list[str]:
    """Return what the frontend rules say of a page."""
    path = "static/admin/js/page.js"
    source = SourceFile(path, text.splitlines(keepends=True), ast.Module([], []))
    checker = FrontendChecker.__new__(FrontendChecker)
    compiled = Catalogue(loader.load(dedent(rules), "own.yaml")).covering(Family.FRONTEND, path)
    return [found.text for rule in compiled for found in checker.check(rule, source)]


TABLE = Equivalents(
    (
        ("completed_at", ("finished_at",)),
        ("finished_at", ("ended_at",)),
        ('"completed"', ("success", '"done"')),
        ("3", ("4",)),
        ("SessionLocal()", ("open_session()", "open session")),
        ("status", ("state", "job.status")),
        ("save(x, y=1)", ("store(...)",)),
        ("try:", ("with guard():",)),
        ("<div>", ("<span>",)),
        ("limit", ("3",)),
    )
)


@pytest.mark.parametrize(
    ("snippet", "others"),
    [
        pytest.param("created_at", (), id="nothing for what no row names"),
        pytest.param("completed_at_utc", (), id="nothing for a longer name"),
        pytest.param("completed", (), id="nothing for a name that is like a value"),
        pytest.param("status()", ("state()", "job.status()"), id="a name in a call"),
        pytest.param("completed_at", ("finished_at",), id="one step, not two"),
        pytest.param("SessionLocal( )", ("open_session()", "open session"), id="spaces do not matter"),
        pytest.param("with SessionLocal() as db:", ("with open_session() as db:\n    ...",), id="a call in a statement"),
        pytest.param("kind = 'completed'", ("kind = 'success'", "kind = 'done'"), id="quotes do not matter"),
        pytest.param("kind = 3", ("kind = 4",), id="a number"),
        pytest.param("kind = '3'", (), id="a string is no number"),
        pytest.param("kind = True", (), id="a boolean is no number"),
        pytest.param("f(status=3)", ("f(state=3)", "f(status=4)", "f(state=4)"), id="a keyword, and a value"),
        pytest.param("job.status", ("job.state",), id="an attribute is exchanged for a name only"),
        pytest.param("save(x,y = 1)", ("store(...)",), id="a call with arguments"),
        pytest.param("save(x)", (), id="another call"),
        pytest.param("try:", ("with guard():",), id="a statement without its body"),
        pytest.param("<div>", ("<span>",), id="what is no Python"),
        pytest.param("-".join("x" * 5000), (), id="what is too deep for Python"),
        pytest.param("a" + ".a" * 900, (), id="what Python reads and cannot write again"),
        pytest.param("finished_at = 3", ("ended_at = 3", "finished_at = 4", "ended_at = 4"), id="a name and a value"),
        pytest.param("completed_at.x = 1", ("finished_at.x = 1",), id="the object of an attribute"),
        pytest.param("limit = retries", (), id="nothing that makes no Python: a number is assigned to"),
    ],
)  # fmt: skip
def test_what_counts_for_a_snippet(snippet: str, others: tuple[str, ...]) -> None:
    assert TABLE.of(snippet) == others


OWN_WORDS = {
    "created_at": None,
    "completed_at": "finished_at",
    "SessionLocal( )": "open_session()",
    "status = 'running'": 'state = "running"',
    "status = 'completed'": 'state = "success"',
    "kind = 'completed'": '"success"',
    "kind = 3": "4",
    "with SessionLocal() as db:": "with open_session() as db:\n    ...",
    "job.status": "job.state",
    "save(x, y=1)": "store(...)",
    "save(x)": None,
    "<div>": "<span>",
    "limit = retries": None,
    "a" + ".a" * 900: None,
    'say = "it\'s 3"': None,
    'f("it\'s", 3)': 'f("it\'s", 4)',
}


@pytest.mark.parametrize(("snippet", "word"), OWN_WORDS.items(), ids=[one[:40] for one in OWN_WORDS])
def test_what_the_team_writes_is_the_first_of_each_row(snippet: str, word: str | None) -> None:
    assert TABLE.own_word(snippet) == word


def test_what_counts_is_bounded() -> None:
    table = Equivalents(tuple((f"n{one}", tuple(f"m{one}_{other}" for other in range(9))) for one in range(9)))
    assert len(table.of(f"f({', '.join(f'n{one}' for one in range(9))})")) == 500
