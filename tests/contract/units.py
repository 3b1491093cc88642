"""Where a requirement is looked for, and where it is reported: the table of units in the documentation."""

from tests.contract.rows import Row, rule

_BASE = """
        from datetime import datetime
        import sqlalchemy as sa
        from pydantic import BaseModel
        from sqlalchemy import Column, DateTime, Enum, ForeignKey, String, Text
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
        class Base(DeclarativeBase): ...
"""

MODELS = Row(
    "models, BG00x",
    "models/database/test_run.py",
    "BG00",
    silent={
        "A8 A9: the columns come from a mixin of a mixin and from an abstract base": _BASE
        + """
        class CreatedMixin:
            created_at = Column(DateTime)
        class LifecycleMixin(CreatedMixin):
            started_at = Column(DateTime)
            completed_at = Column(DateTime)
        class Record(Base):
            __abstract__ = True
            error_message: Mapped[str | None] = mapped_column(Text)
            triggered_by: Mapped[str]
        class TestRun(LifecycleMixin, Record):
            __tablename__ = "test_runs"
            id = Column(sa.Integer, primary_key=True)
            status = sa.Column(sa.String(20), default="pending")
        """,
        "A17: to-dos, and rows of single targets, stand beside the task model": _BASE
        + """
        class Task(Base):
            __tablename__ = "tasks"
            id: Mapped[int] = mapped_column(primary_key=True)
            assignee_id = Column(ForeignKey("users.id"))
            resolved_at = Column(DateTime)
        class TestRunTarget(Base):
            __tablename__ = "test_run_targets"
            test_run_id = Column(ForeignKey("test_runs.id"), primary_key=True)
        class TestRun(Base):
            __tablename__ = "test_runs"
            id: Mapped[int] = mapped_column(primary_key=True)
            status: Mapped[str] = mapped_column(String(20), index=True)
            started_at: Mapped[datetime | None]
            completed_at: Mapped[datetime | None]
            error_message: Mapped[str | None]
            triggered_by_id = Column(ForeignKey("users.id"))
        """,
        "I71: a file that only re-exports": """
        from models.database.runs import TestRun
        __all__ = ["TestRun"]
        """,
    },
    speaking={
        "A17: the columns stand in the schema of the response": _BASE
        + """
        class TestRunResponse(BaseModel):
            status: str
            started_at: datetime
            completed_at: datetime
            error_message: str
            triggered_by: str
        class TestRun(Base):  # expect: BG001 BG002 BG003 BG004
            __tablename__ = "test_runs"
            id: Mapped[int] = mapped_column(primary_key=True)
        """,
        "A3 A16: the times have other names": _BASE
        + """
        class TestRun(Base):  # expect: BG002
            __tablename__ = "test_runs"
            id = Column(sa.Integer, primary_key=True)
            status = Column(Enum("pending", "running", "completed", "failed"), default="pending")
            time_started = Column(DateTime)
            time_completed = Column(DateTime)
            error_message = Column(Text)
            triggered_by = Column(String(100))
        """,
    },
)

STATUS = Row(
    "status, BG01x",
    "app/services/imports.py",
    "BG010",
    silent={
        "A17: the status of an order": """
        class Order: ...
        def ship(order: Order):
            order.status = "processing"
            payment_status = "processing"
        """,
        "D36: the word is said, and not a status": '''
        """Sets status = "processing"."""
        def run(job, log):
            log.info("status = processing")  # status = "processing"
            status_message = "processing"
            job.message = f"status: processing {job.id}"
        ''',
    },
    speaking={
        "C26: each place has a finding of its own": """
        def run(job, session, update, Job):
            job.status = "processing"  # expect: BG010
            session.execute(
                update(Job)
                .where(Job.id == job.id)
                .values(
                    status="fetching",  # expect: BG010
                )
            )
        """,
        "B18: the member of an enum is reported where it gets its value": """
        from enum import StrEnum
        class ImportStatus(StrEnum):
            PENDING = "pending"
            PROCESSING = "processing"  # expect: BG010
        def run(job):
            job.status = ImportStatus.PENDING
        """,
    },
)

_ROUTER = """
        import time
        from fastapi import APIRouter, BackgroundTasks
        from fastapi.responses import JSONResponse
        router = APIRouter()
"""

API = Row(
    "API, BG02x",
    "app/api/v1/admin/marketplace.py",
    "BG02",
    head=_ROUTER,
    silent={
        "F48 G65: an endpoint that says which job it starts": """
        @router.post("/import", status_code=202)
        def start(background_tasks: BackgroundTasks, service):
            job = service.create()
            background_tasks.add_task(run, job.id)
            return JSONResponse({"job_id": job.id}, status_code=202)
        """,
        "H68: functions that are no endpoints": """
        def import_products():
            time.sleep(1)
        @cache.post("/import")
        def warm():
            return {"ok": True}
        """,
    },
    speaking={
        "H68: the offending return, the header and the call": """
        @router.post("/import")
        def start(service):  # expect: BG021
            if service.is_busy():
                return {"status": "busy"}  # expect: BG020
            job = service.import_products()
            time.sleep(1)  # expect: BG021
            return {"job_id": job.id}
        """,
        "G67: each endpoint for itself": """
        @router.post("/products/import")
        def products(background_tasks: BackgroundTasks):
            return {"job_id": 1}
        @router.post("/orders/import")
        def orders(background_tasks: BackgroundTasks):
            return {"ok": True}  # expect: BG020
        """,
    },
)

TASKS = Row(
    "tasks, BG03x",
    "app/tasks/import_tasks.py",
    "BG030",
    silent={
        "C34: a helper of the task does it, several calls deep": """
        def run_import(job_id):
            execute(job_id)
        def execute(job_id):
            mark_as_running(load(job_id))
        def mark_as_running(job):
            set_status(job, "running")
            job.started_at = now()
        def set_status(job, value):
            job.status = value
        """,
        "C31: a decorator, and the context manager that it enters": """
        from contextlib import contextmanager
        @contextmanager
        def job_run(job_id):
            job = load(job_id)
            job.status, job.started_at = "running", now()
            yield job
        def tracked(function):
            def wrapper(job_id):
                with job_run(job_id) as job:
                    return function(job)
            return wrapper
        @tracked
        def run_import(job):
            work(job)
        """,
        "F55: private helpers, and functions that only hand others to a queue": """
        def start_import(job_id):
            run_import.delay(job_id)
        def _unused(job):
            work(job)
        """,
    },
    speaking={
        "C23: a task that does not, beside one that does": """
        def run_export(job):  # expect: BG030
            work(job)
        def run_import(job):
            job.status = "running"
            job.started_at = now()
            work(job)
        """,
        "I70 F54: a private function that is decorated as a task, and a method": """
        from celery import shared_task
        @shared_task
        def _run_import(job):  # expect: BG030
            work(job)
        class Exporter:
            def run(self, job):  # expect: BG030
                self._work(job)
            def _work(self, job): ...
        """,
        "C23: module-level code is outside": """
        job.status = "running"
        job.started_at = now()
        def run_import(job):  # expect: BG030
            work(job)
        """,
    },
)

FRONTEND = Row(
    "frontend, BG04x",
    "static/admin/js/jobs.js",
    "BG04",
    silent={
        "J72: a page that shows what runs": """
        // starts BackgroundTasks
        function page() {
            return {
                activeTask: null,
                init() { this.timer = setInterval(() => this.poll(), 3000); },
            };
        }
        """,
        "J77: a clock": """
        setInterval(() => { document.getElementById("clock").textContent = new Date().toLocaleTimeString(); }, 1000);
        """,
    },
    speaking={
        "J73: the file, and each call": """\
        // starts BackgroundTasks  expect: BG040
        const EVERY = 10_000;
        setInterval(poll, 1000);  // expect: BG041
        window.setInterval(  // expect: BG041
            poll,
            EVERY,
        );
        """,
        "J76: a page that shows nothing when one comes back": """\
        /* BackgroundTasks  expect: BG040 */
        function initial() { return { activeTasksOf: null }; }
        """,
    },
)

GENERIC = Row(
    "any other id",
    "app/core/jobs.py",
    "BG101",
    silent={
        "something in the module does it": """
        def enqueue(): ...
        def first(): ...
        def second(): get_settings()
        """,
        "the module asks for nothing": '''
        """Calls get_settings(), says its docstring, and enqueues."""
        import os
        ''',
    },
    speaking={
        "nothing does": """\
        import os  # expect: BG101
        def enqueue(): ...
        """,
        "a comment is no code": """\
        # get_settings()  # expect: BG101
        def enqueue(): "get_settings()"
        """,
        "the match, where a pattern is forbidden": """
        def enqueue(settings=get_settings()):
            return os.environ["QUEUE"]  # expect: BG101
        import os
        """,
    },
    rules=rule(
        "BG-101",
        "patterns: [{file: 'app/**/*.py', when_contains: enqueue, must_contain: 'get_settings()'}]",
        "anti_patterns: [{pattern: 'os\\.environ', message: Ask the settings}]",
    ),
)

ROWS = (MODELS, STATUS, API, TASKS, FRONTEND, GENERIC)
