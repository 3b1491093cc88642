"""What `bgtasks why` tells of a file or a line: the whole text for a small shop, and how it ends."""

import json

import pytest

FILES = {
    "app/tasks/imports.py": '''\
"""Imports."""

from app.services.jobs import track
from app.db import SessionLocal, get_tenant_session


@track
def import_products(job_id: int) -> None:
    with SessionLocal() as db:
        job = db.get(Job, job_id)
        _begin(job)
        work(job)


def _begin(job) -> None:
    job.begun_at = now()
    mark(job, "running")


def mark(job, status) -> None:
    # status = "completed"
    job.status = status


def import_orders(job_id: int, data: dict) -> None:
    with get_tenant_session() as db:
        job = db.query(Job).filter_by(status="running").first()
        logger.info("begin", extra={"status": "running"})
        try:
            if job.started_at:
                job.update(**data)
        except KeyError:
            pass
''',
    "app/services/jobs.py": '''\
"""Jobs."""


def track(function):
    def run(job_id):
        job = load(job_id)
        try:
            function(job_id)
            job.status = "completed"
        except Exception as error:
            fail(job, error)
        job.completed_at = now()

    return run


def fail(job, error):
    job.status = "failed"
    job.error_message = str(error)
''',
    "app/db.py": "from sqlalchemy.orm import sessionmaker\nSessionLocal = sessionmaker()\n",
    "models/database/csv_export_job.py": """\
from models.database.mixins import Timestamps


class Base(DeclarativeBase):
    pass


class CsvExportOut(BaseModel):
    started_at: datetime


class CsvExportJob(Timestamps, Base):
    __tablename__ = "csv_export_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(default="processing")

    @property
    def completed_at(self) -> datetime:
        return self.started_at
""",
    "models/database/mixins.py": """\
class Started:
    started_at: Mapped[datetime]


class Timestamps(Started):
    created_at: Mapped[datetime]
""",
    "app/api/v1/marketplace.py": """\
from fastapi import APIRouter, BackgroundTasks

router = APIRouter()


@router.post("/import")
def start(tasks: BackgroundTasks):
    tasks.add_task(import_products, 1)
    return {"ok": True}


@router.post("/import/all")
def start_all():
    import_products(1)
    return {"job_id": 1}


@router.get("/imports")
def read():
    time.sleep(1)  # noqa: BG021
    return []
""",
    "static/admin/js/jobs.js": """\
// BackgroundTasks are started here; see activeTask
export function init() {
  setInterval(() => fetch("/jobs"), 1000)
  setInterval(() => fetch("/jobs"), options.delay)
}
""",
}

ANSWERS = {
    "a line in a task whose work is done elsewhere": (
        "app/tasks/imports.py:9 BG030 BG032",
        1,
        """\
app/tasks/imports.py:9  with SessionLocal() as db:

BG030  Tasks must update status on start [error]: 1 finding
  8:1: BG030 import_products() never sets started_at [error]
  looks at app/tasks/*.py
  task function import_products(), lines 7 to 12
    met  status = "running"
      app/tasks/imports.py:22  job.status = status
        through _begin() at app/tasks/imports.py:11, then mark() at app/tasks/imports.py:17
    missing  started_at

BG032  Tasks must handle exceptions [error]: met
  looks at app/tasks/*.py
  task function import_products(), lines 7 to 12
    met  try:
      app/services/jobs.py:7  try:
        through @track at app/tasks/imports.py:7, then run() at app/services/jobs.py:5
    met  except
      app/services/jobs.py:10  except Exception as error:
        through @track at app/tasks/imports.py:7, then run() at app/services/jobs.py:5
    met  status = "failed"
      app/services/jobs.py:18  job.status = "failed"
        through @track at app/tasks/imports.py:7, then run() at app/services/jobs.py:5, then fail()
          at app/services/jobs.py:11
    met  error_message
      app/services/jobs.py:19  job.error_message = str(error)
        through @track at app/tasks/imports.py:7, then run() at app/services/jobs.py:5, then fail()
          at app/services/jobs.py:11
""",
    ),
    "a line in a helper": (
        "app/tasks/imports.py:22 BG031",
        0,
        """\
app/tasks/imports.py:22  job.status = status

BG031  Tasks must update status on completion [error]: met
  looks at app/tasks/*.py
  app/tasks/imports.py:20
    mark() is no task function: it is a helper, judged as a part of what calls it
  app/tasks/imports.py:17  mark(job, "running")
    _begin() calls mark()
  task function import_products(), lines 7 to 12
    met  completed_at
      app/services/jobs.py:12  job.completed_at = now()
        through @track at app/tasks/imports.py:7, then run() at app/services/jobs.py:5
    met  at least one of
      met  status = "completed"
        app/services/jobs.py:9  job.status = "completed"
          through @track at app/tasks/imports.py:7, then run() at app/services/jobs.py:5
      met  status = "failed"
        app/services/jobs.py:18  job.status = "failed"
          through @track at app/tasks/imports.py:7, then run() at app/services/jobs.py:5, then
            fail() at app/services/jobs.py:11
""",
    ),
    "what is not counted and what cannot be told": (
        "app/tasks/imports.py:26 BG030 BG032 BG033",
        1,
        """\
app/tasks/imports.py:26  with get_tenant_session() as db:

BG030  Tasks must update status on start [error]: met
  looks at app/tasks/*.py
  task function import_orders(), lines 25 to 33
    met  status = "running"
      it cannot be told from the code; the word stands in it, and that decides
      app/tasks/imports.py:27  job = db.query(Job).filter_by(status="running").first()
      not counted
        app/tasks/imports.py:31  job.update(**data)
          which names it writes, only the run time knows
        app/tasks/imports.py:27  job = db.query(Job).filter_by(status="running").first()
          it goes to a filter
        app/tasks/imports.py:28  logger.info("begin", extra={"status": "running"})
          it goes to a log, a metric or a trace
    met  started_at
      it cannot be told from the code; the word stands in it, and that decides
      app/tasks/imports.py:30  if job.started_at:
      not counted, besides what is told above
        app/tasks/imports.py:30  if job.started_at:
          started_at is read and not set

BG032  Tasks must handle exceptions [error]: 1 finding
  25:1: BG032 import_orders() never catches Exception and never sets status = "failed" and never sets error_message [error]
  looks at app/tasks/*.py
  task function import_orders(), lines 25 to 33
    met  try:
      app/tasks/imports.py:29  try:
    missing  except
      not counted
        app/tasks/imports.py:32  except KeyError:
          KeyError is no exception of the project, and not all of them
    missing  status = "failed"
      it cannot be told from the code; the word stands nowhere in it, and that decides
      not counted
        app/tasks/imports.py:31  job.update(**data)
          which names it writes, only the run time knows
        app/tasks/imports.py:27  job = db.query(Job).filter_by(status="running").first()
          it goes to a filter
        app/tasks/imports.py:28  logger.info("begin", extra={"status": "running"})
          it goes to a log, a metric or a trace
    missing  error_message
      it cannot be told from the code; the word stands nowhere in it, and that decides
      not counted, as above

BG033  Tasks must use separate database sessions [error]: 1 finding
  25:1: BG033 import_orders() never opens a session of its own with SessionLocal() [error]
  looks at app/tasks/*.py
  task function import_orders(), lines 25 to 33
    missing  SessionLocal()
      not counted
        app/tasks/imports.py:26  with get_tenant_session() as db:
          get_tenant_session() is not known to open a session; if it opens a session, say so:
            equivalents: {"SessionLocal()": "get_tenant_session()"}
""",
    ),
    "a model with bases": (
        "models/database/csv_export_job.py:12 BG002",
        1,
        """\
models/database/csv_export_job.py:12  class CsvExportJob(Timestamps, Base):

BG002  Background task models must have timestamp fields [error]: 1 finding
  12:1: BG002 CsvExportJob has no completed_at column [error]
  looks at models/database/*_job.py
  task model CsvExportJob, lines 12 to 20
    met  started_at
      models/database/mixins.py:2  started_at: Mapped[datetime]
        through base Timestamps at models/database/csv_export_job.py:12, then base Started at
          models/database/mixins.py:5
    missing  completed_at
      not counted
        models/database/csv_export_job.py:19  def completed_at(self) -> datetime:
          completed_at is no column
        models/database/csv_export_job.py:12  class CsvExportJob(Timestamps, Base):
          its columns are id, status, created_at, started_at
""",
    ),
    "a class that is no task model": (
        "models/database/csv_export_job.py:9 BG002",
        0,
        """\
models/database/csv_export_job.py:9  started_at: datetime

BG002  Background task models must have timestamp fields [error]: nothing to say
  looks at models/database/*_job.py
  models/database/csv_export_job.py:8
    CsvExportOut is no task model: it is a Pydantic schema, and no table
""",
    ),
    "a line of no unit": (
        "app/tasks/imports.py:1 BG030",
        0,
        """\
app/tasks/imports.py:1  \"\"\"Imports.\"\"\"

BG030  Tasks must update status on start [error]: nothing to say
  looks at app/tasks/*.py
  app/tasks/imports.py:1
    module-level code is no part of a task function
""",
    ),
    "a file of endpoints, with a noqa": (
        "app/api/v1/marketplace.py BG020 BG021",
        1,
        """\
app/api/v1/marketplace.py

BG020  Task trigger endpoints must return job_id [error]: 1 finding
  9:5: BG020 start() does not return job_id [error]
  looks at app/api/v1/**/marketplace.py
  endpoint start(), lines 6 to 9
    missing  job_id
      app/api/v1/marketplace.py:9  return {"ok": True}
        this return lacks it
  endpoint start_all(), lines 12 to 15
    met  job_id: each return has it, or cannot be told and the name stands in the endpoint
  1 endpoint of which nothing is asked

BG021  Use FastAPI BackgroundTasks for async execution [error]: 1 finding
  13:1: BG021 start_all() starts import_products and takes no BackgroundTasks [error]
  20:5: BG021 Don't use time.sleep in API handlers [error]
    not shown, for the `noqa` on line 20
  looks at app/api/v1/**/*.py, app/api/**/*.py
  endpoint start_all(), lines 12 to 15: asked because it starts import_products
    missing  BackgroundTasks
  2 endpoints of which nothing is asked
""",
    ),
    "an endpoint of which something else is asked": (
        "app/api/v1/marketplace.py:21 BG020",
        0,
        """\
app/api/v1/marketplace.py:21  return []

BG020  Task trigger endpoints must return job_id [error]: nothing to say
  looks at app/api/v1/**/marketplace.py
  endpoint read(), lines 18 to 21: asked nothing, because its decorator @router.get("/imports") does
    not match @router.post.*import
""",
    ),
    "a script": (
        "static/admin/js/jobs.js BG040 BG041",
        1,
        """\
static/admin/js/jobs.js

BG040  Pages with tasks must show status on return [info]: 1 finding
  1:1: BG040 this page starts background tasks but never uses activeTask [info]
  looks at static/admin/js/*.js
  this page
    met  init
      static/admin/js/jobs.js:2  export function init() {
    missing  activeTask
      not counted
        static/admin/js/jobs.js:1  // BackgroundTasks are started here; see activeTask
          it is not in code

BG041  Use consistent polling interval [info]: 1 finding
  3:3: BG041 1 second polling is too frequent [info]
  looks at static/admin/js/*.js
  static/admin/js/jobs.js:3  setInterval(() => fetch("/jobs"), 1000)
    it waits 1000 ms
  static/admin/js/jobs.js:4  setInterval(() => fetch("/jobs"), options.delay)
    its delay cannot be told, or what it calls does no polling
""",
    ),
    "a status that a value meets": (
        "models/database/csv_export_job.py:16 BG010",
        1,
        """\
models/database/csv_export_job.py:16  status: Mapped[str] = mapped_column(default="processing")

BG010  Use standard status values [warning]: 1 finding
  16:49: BG010 Use 'running' instead of 'processing' [warning]
  looks at every Python file, models/database/*_job.py
  models/database/csv_export_job.py:16  status: Mapped[str] = mapped_column(default="processing")
    the status meets "processing"
""",
    ),
    "a whole file": (
        "app/tasks/imports.py",
        1,
        """\
app/tasks/imports.py

BG010  Use standard status values [warning]: nothing to say
  looks at every Python file, app/tasks/*.py

BG030  Tasks must update status on start [error]: 1 finding
  8:1: BG030 import_products() never sets started_at [error]
  looks at app/tasks/*.py
  app/tasks/imports.py:15
    _begin() is no task function: it is private: its name starts with an underscore
  app/tasks/imports.py:20
    mark() is no task function: it is a helper, judged as a part of what calls it
  task function import_products(), lines 7 to 12: lacks started_at
  task function import_orders(), lines 25 to 33: met

BG031  Tasks must update status on completion [error]: 1 finding
  25:1: BG031 import_orders() never sets completed_at and never sets status = "completed" or status = "failed" [error]
  looks at app/tasks/*.py
  task function import_products(), lines 7 to 12: met
  task function import_orders(), lines 25 to 33: lacks completed_at, status = "completed", status =
    "failed"

BG032  Tasks must handle exceptions [error]: 1 finding
  25:1: BG032 import_orders() never catches Exception and never sets status = "failed" and never sets error_message [error]
  looks at app/tasks/*.py
  task function import_products(), lines 7 to 12: met
  task function import_orders(), lines 25 to 33: lacks except, status = "failed", error_message

BG033  Tasks must use separate database sessions [error]: 1 finding
  25:1: BG033 import_orders() never opens a session of its own with SessionLocal() [error]
  looks at app/tasks/*.py
  task function import_products(), lines 7 to 12: met
  task function import_orders(), lines 25 to 33: lacks SessionLocal()

Not covering this file:
  BG001: it looks at models/database/marketplace_import_job.py, models/database/letzshop.py,
    models/database/test_run.py and 1 more
  BG002, BG004: it looks at models/database/*_job.py, models/database/test_run.py
  BG003: it looks at models/database/marketplace_import_job.py, models/database/letzshop.py,
    models/database/test_run.py
  BG020: it looks at app/api/v1/**/marketplace.py, app/api/v1/**/tests.py
  BG021: it looks at app/api/v1/**/*.py, app/api/**/*.py
  BG022: it looks at app/services/background_tasks_service.py
  BG040, BG041: it reads JavaScript files
""",
    ),
    "a file that no rule names": (
        "app/services/jobs.py:17",
        0,
        """\
app/services/jobs.py:17  def fail(job, error):

BG010  Use standard status values [warning]: nothing to say
  looks at every Python file

Not covering this file:
  BG001: it looks at models/database/marketplace_import_job.py, models/database/letzshop.py,
    models/database/test_run.py and 1 more
  BG002, BG004: it looks at models/database/*_job.py, models/database/test_run.py
  BG003: it looks at models/database/marketplace_import_job.py, models/database/letzshop.py,
    models/database/test_run.py
  BG020: it looks at app/api/v1/**/marketplace.py, app/api/v1/**/tests.py
  BG021: it looks at app/api/v1/**/*.py, app/api/**/*.py
  BG022: it looks at app/services/background_tasks_service.py
  BG030, BG031, BG032, BG033: it looks at app/tasks/*.py
  BG040, BG041: it reads JavaScript files
""",
    ),
}


@pytest.fixture
def shop(project):
    """The small shop, on the disk."""
    for path, text in FILES.items():
        project.write(path, text)
    return project


@pytest.mark.parametrize(("asked", "code", "text"), ANSWERS.values(), ids=ANSWERS)
def test_why(run, shop, asked: str, code: int, text: str) -> None:
    answer = run("why", *asked.split())
    assert answer.output == text
    assert answer.exit_code == code


def test_a_line_as_flake8_prints_it_can_be_asked_about(run, shop) -> None:
    shown = run("why", "app/tasks/imports.py:8:1:", "BG030").output
    assert shown == run("why", "app/tasks/imports.py:8", "bg-030").output
    assert shown.startswith("app/tasks/imports.py:8  def import_products")


SILENCED = {
    "a file-level noqa": ("[flake8]\n", "# flake8: noqa\n", "not shown, for the line `flake8: noqa` in the file"),
    "an ignored code": ("[flake8]\nextend-ignore = BG03\n", "", "not shown, for `extend-ignore = BG03`"),
    "a select without it": (
        "[flake8]\nselect = E,W\n",
        "",
        "not shown, for flake8's `select`, which has no prefix of BG030: E,W",
    ),
    "per-file-ignores": (
        "[flake8]\nper-file-ignores = app/tasks/*:BG030\n",
        "",
        "not shown, for `per-file-ignores` with BG030 for this file",
    ),
}


@pytest.mark.parametrize(("settings", "head", "said"), SILENCED.values(), ids=SILENCED)
def test_what_keeps_a_finding_from_being_shown(run, project, settings: str, head: str, said: str) -> None:
    project.write(".flake8", settings)
    project.write("app/tasks/x.py", f"{head}def work():\n    job.status = 'running'\n")
    answer = run("why", "app/tasks/x.py", "BG030")
    assert said in answer.output
    assert "BG030 work() never sets started_at" in answer.output
    assert answer.exit_code == 0


def test_a_finding_that_the_baseline_has_is_said_to_be_there(run, project) -> None:
    project.write("app/tasks/x.py", "def work():\n    job.status = 'running'\n")
    assert run("baseline", "--bgtasks-baseline", "baseline.jsonl").exit_code == 0
    project.write(".flake8", "[flake8]\nbgtasks-baseline = baseline.jsonl\n")
    answer = run("why", "app/tasks/x.py", "BG030")
    assert "not shown, for the baseline, which has it" in answer.output
    assert answer.exit_code == 0


UNCOVERED = {
    "the threshold": (
        "[flake8]\nbgtasks-severity = error\n",
        "BG003, BG004, BG010, BG022, BG040, BG041: its severity is below bgtasks-severity = error",
    ),
    "another glob": ("[flake8]\n", "BG020: it looks at app/api/v1/**/marketplace.py, app/api/v1/**/tests.py"),
    "another language": ("[flake8]\n", "BG040, BG041: it reads JavaScript files"),
}


@pytest.mark.parametrize(("settings", "said"), UNCOVERED.values(), ids=UNCOVERED)
def test_why_a_rule_does_not_cover_a_file(run, shop, settings: str, said: str) -> None:
    shop.write(".flake8", settings)
    assert f"\n  {said}\n" in run("why", "app/tasks/imports.py").output


def test_a_file_that_flake8_excludes_says_so(run, shop) -> None:
    shop.write(".flake8", "[flake8]\nexclude = tasks\n")
    assert "\n  flake8 does not look at it: `exclude` has tasks\n" in run("why", "app/tasks/imports.py", "BG030").output


def test_a_rule_that_excludes_a_file_or_is_switched_off_says_so(run, shop) -> None:
    shop.write(
        "mine.yaml", "extends: bundled\nexclude: app/tasks/*\nbackground_task_rules:\n- {id: BG-031, enabled: false}\n"
    )
    answer = run("why", "--bgtasks-rules", "mine.yaml", "app/tasks/imports.py").output
    assert "No rule covers this file.\n" in answer
    assert "\n  BG031: it is switched off: `enabled: false`\n" in answer
    assert (
        "BG030, BG032, BG033: it excludes app/tasks/*\n"
        in run("why", "--bgtasks-rules", "mine.yaml", "app/tasks/imports.py", "BG030", "BG032", "BG033").output
    )


def test_a_file_outside_of_the_root_says_so(run, shop) -> None:
    answer = run("why", "--bgtasks-root", "models", "app/tasks/imports.py", "BG030")
    assert "  it is not under the root" in answer.output
    assert "BG030: the file is not under the root, and the rule names its files" in answer.output


def test_a_file_that_cannot_be_parsed_says_so(run, project) -> None:
    project.write("app/tasks/x.py", "def work(:\n")
    answer = run("why", "app/tasks/x.py", "BG030")
    assert "  it cannot be parsed, so that no rule can look at it: line 1: " in answer.output
    assert "BG030: the file cannot be parsed" in answer.output


def test_what_an_equivalent_meets_is_told(run, shop) -> None:
    shop.write("mine.yaml", "extends: bundled\nequivalents: {started_at: begun_at}\n")
    answer = run("why", "--bgtasks-rules", "mine.yaml", "app/tasks/imports.py:8", "BG030")
    assert (
        "    met  started_at: something other than None is stored in `begun_at`, or in a longer name that starts so\n"
        "      app/tasks/imports.py:16  job.begun_at = now()\n"
        "        through _begin() at app/tasks/imports.py:11\n"
    ) in answer.output
    assert answer.exit_code == 0


STATUS = {
    'order.status = "processing"': 'the status meets "processing", but the status is that of Order, which is no task model',
    'order.status = "running"': 'the status meets "running", which the rule does not mind',
    "order.status = text": "the status meets a value that cannot be told, so that nothing is said",
    'requests.post(url, json={"status": "processing"})': (
        'the status meets "processing", but the status is that of another service'
    ),
    'logger.info("status = processing")': "no value meets a status on this line, in code",
}


@pytest.mark.parametrize(("line", "said"), STATUS.items(), ids=STATUS)
def test_why_a_status_is_left_alone(run, project, line: str, said: str) -> None:
    project.write(
        "app/orders.py",
        f"import requests\nclass Order(Base):\n    __tablename__ = 'x'\ndef f(order: Order, text):\n    {line}\n",
    )
    answer = run("why", "app/orders.py:5", "BG010")
    assert f"\n  app/orders.py:5  {line}\n    {said}\n" in answer.output
    assert answer.exit_code == 0


def test_json_has_the_same_in_a_shape_that_stays(run, shop) -> None:
    answer = run("why", "--json", "app/tasks/imports.py:9", "BG030")
    assert answer.exit_code == 1
    assert json.loads(answer.output) == {
        "path": "app/tasks/imports.py",
        "root": str(shop.root),
        "path_from_root": "app/tasks/imports.py",
        "line": 9,
        "remarks": [],
        "rules": [
            {
                "code": "BG030",
                "name": "Tasks must update status on start",
                "severity": "error",
                "covers": ["app/tasks/*.py"],
                "uncovered": None,
                "units": [
                    {
                        "name": "import_products()",
                        "kind": "task function",
                        "lines": [7, 12],
                        "met": False,
                        "asked_for": None,
                        "unasked": None,
                        "answers": [
                            {
                                "key": "must_contain",
                                "snippet": 'status = "running"',
                                "verdict": "met",
                                "met": True,
                                "by": None,
                                "place": {
                                    "path": "app/tasks/imports.py",
                                    "line": 22,
                                    "code": "job.status = status",
                                    "way": [
                                        {"path": "app/tasks/imports.py", "line": 11, "text": "_begin()"},
                                        {"path": "app/tasks/imports.py", "line": 17, "text": "mark()"},
                                    ],
                                    "remark": None,
                                },
                                "not_counted": [],
                            },
                            {
                                "key": "must_contain",
                                "snippet": "started_at",
                                "verdict": "missing",
                                "met": False,
                                "by": None,
                                "place": None,
                                "not_counted": [],
                            },
                        ],
                    }
                ],
                "remarks": [],
                "findings": [
                    {
                        "line": 8,
                        "column": 1,
                        "message": "BG030 import_products() never sets started_at [error]",
                        "silenced_by": None,
                    }
                ],
            }
        ],
    }


WRONG = {
    "a file that is not there": (
        ["app/tasks/import.py:3"],
        "there is no file app/tasks/import.py (did you mean app/tasks/imports.py?)",
    ),
    "a folder that is not there": (["nowhere/x.py"], "there is no file nowhere/x.py"),
    "a directory": (
        ["app/tasks"],
        "app/tasks is a directory: ask about a file in it, or about a line: app/tasks/...:14",
    ),
    "a line that the file has not": (["app/db.py:9"], "app/db.py has 2 lines: there is no line 9"),
    "line 0": (["app/db.py:0"], "app/db.py has 2 lines: there is no line 0"),
    "an unknown rule": (
        ["app/db.py", "BG013"],
        "there is no rule 'BG013' in the bundled rules (did you mean BG010?)",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG)
def test_wrong_use(run, shop, arguments: list[str], said: str) -> None:
    answer = run("why", *arguments)
    assert (answer.exit_code, answer.stdout, answer.stderr) == (2, "", f"Error: {said}\n")


def test_colours_are_for_terminals(run, shop, monkeypatch) -> None:
    assert "\x1b[" not in run("why", "app/tasks/imports.py").output
    assert "\x1b[31mmissing\x1b[0m  started_at" in run("why", "app/tasks/imports.py:9", color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("why", "app/tasks/imports.py:9", color=True).output


def test_why_a_method_is_no_task(run, project) -> None:
    project.write("app/tasks/imports.py", "class Import:\n    def begin(self):\n        work()\n")
    told = " ".join(run("why", "app/tasks/imports.py:2", "BG030").output.split())
    assert "is a method: a class runs as a task by" in told


def test_why_nothing_in_a_file_of_tests_is_a_task(run, project) -> None:
    project.write("app/tasks/test_imports.py", "def run_import(job):\n    work(job)\n")
    told = " ".join(run("why", "app/tasks/test_imports.py:1", "BG030").output.split())
    assert "run_import() is no task function: it is in a file of tests" in told
