"""Where a task sets its status: every spelling in which a value flows into a name and is stored."""

import pytest

from tests.linting import assert_as_marked

PATH = "app/tasks/import_tasks.py"
RULES = """
background_task_rules:
  - id: BG-030
    name: Tasks must update status on start
    severity: error
    patterns:
      - file: "app/tasks/*.py"
        must_contain: 'status = "running"'
"""

SET = {
    "an attribute": """
        def run_import(job):
            job.status = "running"
        """,
    "an attribute of an attribute": """
        class Importer:
            def run(self):
                self.job.status = "running"
        """,
    "an annotated attribute": """
        def run_import(job):
            job.status: str = "running"
        """,
    "several targets at once": """
        def run_import(job, run):
            job.status = run.status = "running"
        """,
    "a tuple": """
        def run_import(job):
            job.status, job.started_at = "running", now()
        """,
    "a local variable": """
        def run_import(job):
            status = "running"
            save(job, status)
        """,
    "a local variable by another name": """
        def run_import(job):
            state = "running"
            job.status = state
        """,
    "a walrus": """
        def run_import(job):
            save(job, status := "running")
        """,
    "both arms of a conditional expression": """
        def run_import(job):
            job.status = "queued" if job.later else "running"
        """,
    "a variable with several values": """
        def run_import(job):
            state = "queued"
            if job.now:
                state = "running"
            job.status = state
        """,
    "a default with or": """
        def run_import(job):
            job.status = job.next_status or "running"
        """,
    "a constant of the module": """
        RUNNING = "running"
        def run_import(job):
            job.status = RUNNING
        """,
    "a constant in a class": """
        class Status:
            RUNNING = "running"
        def run_import(job):
            job.status = Status.RUNNING
        """,
    "a constant on the model": """
        class SyncRun:
            RUNNING = "running"
        def run_import(job: SyncRun):
            job.status = job.RUNNING
        """,
    "an enum's member": """
        from enum import Enum
        class JobStatus(str, Enum):
            RUNNING = "running"
        def run_import(job):
            job.status = JobStatus.RUNNING
        """,
    "an enum's value": """
        from enum import Enum
        class JobStatus(Enum):
            STARTED = "running"
        def run_import(job):
            job.status = JobStatus.STARTED.value
        """,
    "an enum's automatic value": """
        from enum import StrEnum, auto
        class JobStatus(StrEnum):
            RUNNING = auto()
        def run_import(job):
            job.status = JobStatus.RUNNING
        """,
    "an enum whose values are numbers": """
        from enum import IntEnum
        class JobStatus(IntEnum):
            RUNNING = 2
        def run_import(job):
            job.status = JobStatus.RUNNING
        """,
    "an enum whose values are its names": """
        from enum import Enum
        class JobStatus(Enum):
            RUNNING = "RUNNING"
        def run_import(job):
            job.status = JobStatus.RUNNING.name
        """,
    "an enum that cannot be found": """
        from app.models import TaskStatus
        def run_import(job):
            job.status = TaskStatus.RUNNING
        """,
    "the value of an enum that cannot be found": """
        from app import models
        def run_import(job):
            job.status = models.TaskStatus.running.value
        """,
    "an enum called with its value": """
        from app.models import TaskStatus
        def run_import(job):
            job.status = TaskStatus("running")
        """,
    "an enum's member by its key": """
        from enum import Enum
        class JobStatus(str, Enum):
            RUNNING = "running"
        def run_import(job):
            job.status = JobStatus["RUNNING"]
        """,
    "a value from a table": """
        STATES = {"start": "running", "end": "completed"}
        def run_import(job):
            job.status = STATES["start"]
        """,
    "a column whose name ends in status": """
        def run_import(product):
            product.import_status = "running"
        """,
    "a keyword of a call that cannot be found": """
        from app.repo import update_task
        async def run_import(job_id):
            await update_task(job_id, status="running")
        """,
    "a keyword of a method": """
        def run_import(repo, job_id):
            repo.update(job_id, status="running")
        """,
    "a constructor": """
        class ImportJob:
            def __init__(self, **values):
                self.__dict__.update(values)
        def run_import(session):
            session.add(ImportJob(status="running"))
        """,
    "values of an update": """
        from sqlalchemy import update
        async def run_import(session, job_id):
            await session.execute(update(Job).where(Job.id == job_id).values(status="running"))
        """,
    "a dict as values of an update": """
        from sqlalchemy import update
        def run_import(session, job_id):
            session.execute(update(Job).where(Job.id == job_id).values({"status": "running"}))
        """,
    "a dict of columns": """
        def run_import(session):
            session.query(Job).update({Job.status: "running"})
        """,
    "a core update": """
        def run_import(session):
            session.execute(Job.__table__.update().values(status="running"))
        """,
    "an update of a query that is filtered": """
        def run_import(db, job_id):
            db.query(Job).filter_by(id=job_id).update({"status": "running"})
        """,
    "an update of a query that is filtered, with values in a variable": """
        def run_import(db, job_id):
            values = {"status": "running"}
            db.query(Job).filter(Job.id == job_id).update(values)
        """,
    "a bulk update": """
        def run_import(session, ids):
            session.bulk_update_mappings(Job, [{"id": i, "status": "running"} for i in ids])
        """,
    "a merge": """
        def run_import(session, job_id):
            session.merge(Job(id=job_id, status="running"))
        """,
    "a SQLModel update": """
        def run_import(job):
            job.sqlmodel_update({"status": "running"})
        """,
    "a copy with another status": """
        def run_import(job, old):
            save(Job(**{**old, "status": "running"}))
        """,
    "a union of dicts": """
        def run_import(jobs, job_id):
            jobs[job_id] = jobs[job_id] | {"status": "running"}
        """,
    "setattr": """
        def run_import(job):
            setattr(job, "status", "running")
        """,
    "a loop over pairs": """
        def run_import(job):
            for key, value in {"status": "running"}.items():
                setattr(job, key, value)
        """,
    "a store into a subscript": """
        def run_import(jobs, job_id):
            jobs[job_id]["status"] = "running"
        """,
    "an update of a dict": """
        def run_import(jobs, job_id):
            jobs[job_id].update({"status": "running"})
        """,
    "an update of a dict with a keyword": """
        def run_import(jobs, job_id):
            jobs[job_id].update(status="running")
        """,
    "dict()": """
        def run_import(jobs, job_id):
            jobs[job_id] = dict(status="running")
        """,
    "a field of a hash": """
        def run_import(redis, job_id):
            redis.hset(job_id, "status", "running")
        """,
    "a mapping for a hash": """
        def run_import(redis, job_id):
            redis.hset(job_id, mapping={"status": "running"})
        """,
    "a store of documents": """
        def run_import(db, job_id):
            db.jobs.update_one({"_id": job_id}, {"$set": {"status": "running"}})
        """,
    "a table in a service": """
        def run_import(supabase, job_id):
            supabase.table("jobs").update({"status": "running"}).eq("id", job_id).execute()
        """,
    "SQL": """
        from sqlalchemy import text
        def run_import(session, job_id):
            session.execute(text("UPDATE jobs SET status = 'running', started_at = now() WHERE id = :id"), {"id": job_id})
        """,
    "SQL over several lines": '''
        def run_import(cursor):
            cursor.execute("""
                UPDATE jobs
                   SET started_at = now(),
                       status = 'running'
                 WHERE id = 1
            """)
        ''',
    "SQL in a constant": """
        START = "UPDATE jobs SET status = 'running'"
        def run_import(cursor):
            cursor.execute(START)
        """,
    "an INSERT": """
        def run_import(cursor):
            cursor.execute("INSERT INTO runs (id, status) VALUES (1, 'running')")
        """,
    "a parameter's default": """
        def run_import(job, status="running"):
            job.status = status
        """,
    "a helper's parameter": """
        def run_import(job):
            _set_status(job, "running")
        def _set_status(job, status):
            job.status = status
        """,
    "a helper's parameter by keyword": """
        def run_import(job):
            _set(job, state="running")
        def _set(job, *, state):
            job.status = state
        """,
    "a helper of a helper": """
        def run_import(job):
            _start(job, "running")
        def _start(job, state):
            _set(job, state)
        def _set(job, value):
            job.status = value
        """,
    "a helper that is called with several values": """
        def run_import(job):
            _set(job, "queued")
            _set(job, "running")
            _set(job, "completed")
        def _set(job, value):
            job.status = value
        """,
    "a helper's default": """
        def run_import(job):
            _set(job)
        def _set(job, value="running"):
            job.status = value
        """,
    "a helper's default that one of two calls leaves alone": """
        def run_import(job):
            _set(job)
            _set(job, "queued")
        def _set(job, status="running"):
            job.status = status
        """,
    "a helper's default that the same replaces": """
        def run_import(job, queue):
            _set(job, status=RUNNING)
        RUNNING = "running"
        def _set(job, status="running"):
            job.status = status
        """,
    "a helper's default that something unknown replaces": """
        def run_import(job, state):
            _set(job, state)
        def _set(job, status="running"):
            job.status = status
        """,
    "a helper's keywords passed on": """
        def run_import(job):
            _update(job, status="running")
        def _update(job, **values):
            for key, value in values.items():
                setattr(job, key, value)
        """,
    "a helper's dict passed on": """
        def run_import(job):
            _update(job, {"status": "running"})
        def _update(job, values):
            for key, value in values.items():
                setattr(job, key, value)
        """,
    "a helper that returns the status": """
        def run_import(job):
            job.status = _first()
        def _first():
            return "running"
        """,
    "a method of the same class": """
        class Importer:
            def run(self):
                self._set("running")
            def _set(self, value):
                self.job.status = value
        """,
    "a method of the model": """
        class ImportJob:
            def start(self):
                self.status = "running"
        def run_import(job: ImportJob):
            job.start()
        """,
    "a call named after the status": """
        def run_import(repo, job_id):
            repo.update_status(job_id, "running")
        """,
    "an imported function named after the status": """
        from app.repo import set_job_status
        def run_import(job_id):
            set_job_status(job_id, "running")
        """,
    "a call named after the status with an enum": """
        from app.repo import set_status
        from app.models import JobStatus
        def run_import(job_id):
            set_status(job_id, JobStatus.RUNNING)
        """,
    "a call whose keyword has a longer name": """
        def run_import(repo, job_id):
            repo.save(job_id, new_status="running")
        """,
    "a match": """
        def run_import(job):
            match job.kind:
                case "full":
                    job.status = "running"
        """,
    "the first thing in a try": """
        def run_import(job):
            try:
                job.status = "running"
            finally:
                job.close()
        """,
    "a for loop over jobs": """
        async def run_import(session):
            async for job in session.stream(jobs()):
                job.status = "running"
        """,
}

NOT_SET = {
    "nothing at all": """
        def run_import(job):  # expect: BG030
            load(job)
        """,
    "a comment": """
        def run_import(job):  # expect: BG030
            # job.status = "running"
            load(job)
        """,
    "a docstring": """
        def run_import(job):  # expect: BG030
            '''Sets status = "running".'''
            load(job)
        """,
    "a string by itself": """
        def run_import(job):  # expect: BG030
            load(job)
            'job.status = "running"'
        """,
    "a log message": """
        def run_import(job):  # expect: BG030
            logger.info("status = running")
        """,
    "a comparison": """
        def run_import(job):  # expect: BG030
            if job.status == "running":
                return
            load(job)
        """,
    "another value": """
        def run_import(job):  # expect: BG030
            job.status = "started"
        """,
    "a value that contains it": """
        def run_import(job):  # expect: BG030
            job.status = "running_late"
        """,
    "the value in another name": """
        def run_import(job):  # expect: BG030
            job.phase = "running"
        """,
    "a name that only starts with status": """
        def run_import(job):  # expect: BG030
            job.status_text = "running"
        """,
    "a name that continues the word": """
        def run_import(job):  # expect: BG030
            job.thermostatus = "running"
        """,
    "an enum whose member has another value": """
        from enum import Enum
        class JobStatus(str, Enum):
            RUNNING = "in_progress"
        def run_import(job):  # expect: BG030
            job.status = JobStatus.RUNNING
        """,
    "another member of the enum": """
        from app.models import TaskStatus
        def run_import(job):  # expect: BG030
            job.status = TaskStatus.FAILED
        """,
    "an f-string": """
        def run_import(job, kind):  # expect: BG030
            job.status = f"{kind}_running"
        """,
    "a filter": """
        def run_import(session):  # expect: BG030
            jobs = session.query(Job).filter_by(status="running").all()
            load(jobs)
        """,
    "a where": """
        from sqlalchemy import select
        def run_import(session):  # expect: BG030
            load(session.scalars(select(Job).where(Job.status == "running")))
        """,
    "a filter by keywords of where": """
        def run_import(jobs):  # expect: BG030
            load(jobs.where(status="running"))
        """,
    "a filter by keywords of having": """
        def run_import(jobs):  # expect: BG030
            load(jobs.annotate(n=1).having(status="running"))
        """,
    "what a filter leaves out": """
        def run_import(jobs):  # expect: BG030
            load(jobs.exclude(status="running"))
        """,
    "a filter of documents": """
        def run_import(db):  # expect: BG030
            load(db.jobs.find({"status": "running"}))
        """,
    "a filter with a dict in a variable": """
        def run_import(db):  # expect: BG030
            load(db.jobs.find_one(filter={"status": "running"}))
        """,
    "what a document is looked up by": """
        def run_import(db):  # expect: BG030
            db.jobs.update_one({"status": "running"}, {"$set": {"seen": True}})
        """,
    "a log's extra": """
        def run_import(job):  # expect: BG030
            logger.info("import", extra={"status": "running"})
        """,
    "a structured log": """
        def run_import(job):  # expect: BG030
            log.info("import", status="running")
            structlog.get_logger().bind(status="running").info("import")
        """,
    "logging by its module": """
        import logging
        def run_import(job):  # expect: BG030
            logging.getLogger(__name__).warning("import", extra=dict(status="running"))
        """,
    "a metric's label": """
        def run_import(job):  # expect: BG030
            JOBS.labels(status="running").inc()
            statsd.increment("jobs", tags={"status": "running"})
        """,
    "what is sent to an HTTP client": """
        import httpx
        def run_import(url):  # expect: BG030
            httpx.post(url, json={"status": "running"})
        """,
    "what is sent by a client of a session": """
        import requests
        def run_import(url):  # expect: BG030
            with requests.Session() as session:
                session.get(url, params={"status": "running"})
        """,
    "a payload in a variable": """
        import httpx
        async def run_import(url):  # expect: BG030
            payload = {"status": "running"}
            async with httpx.AsyncClient() as client:
                await client.post(url, json=payload)
        """,
    "an event": """
        from dataclasses import dataclass
        @dataclass
        class ImportEvent:
            status: str
        def run_import(bus):  # expect: BG030
            bus.send(ImportEvent(status="running"))
        """,
    "an event that cannot be found": """
        from app.events import JobStatusChangedEvent
        def run_import(bus):  # expect: BG030
            bus.put(JobStatusChangedEvent(status="running"))
        """,
    "a notification": """
        def run_import(bus):  # expect: BG030
            bus.publish("imports", {"status": "running"})
        """,
    "an f-string of SQL that is not run": """
        def run_import(job):  # expect: BG030
            print("UPDATE jobs SET status = 'running'")
        """,
    "SQL that compares": """
        def run_import(cursor):  # expect: BG030
            cursor.execute("SELECT id FROM jobs WHERE status = 'running'")
        """,
    "SQL that sets something else": """
        def run_import(cursor):  # expect: BG030
            cursor.execute("UPDATE jobs SET seen = 1 WHERE status = 'running'")
        """,
    "a helper that is called with another value": """
        def run_import(job):  # expect: BG030
            _set(job, "queued")
        def _set(job, value):
            job.status = value
        """,
    "a helper that does nothing with it": """
        def run_import(job):  # expect: BG030
            _set(job, status="running")
        def _set(job, status):
            print(status)
        """,
    "a helper that nobody calls": """
        def run_import(job):  # expect: BG030
            load(job)
        def _set(job):
            job.status = "running"
        """,
    "module-level code": """
        job = make_job()
        job.status = "running"
        def run_import(job):  # expect: BG030
            load(job)
        """,
    "a column's default": """
        from sqlalchemy import Column, String
        class ImportJob:
            __tablename__ = "jobs"
            status = Column(String, default="running")
        def run_import(session):  # expect: BG030
            session.add(ImportJob())
        """,
    "an unused import": """
        from app.states import running
        def run_import(job):  # expect: BG030
            load(job)
        """,
    "None": """
        def run_import(job):  # expect: BG030
            job.status = None
        """,
    "a status that is read with a default": """
        def run_import(job):  # expect: BG030
            load(job.get("status", "running"), getattr(job, "status", "running"))
        """,
    "an assertion": """
        def run_import(job):  # expect: BG030
            assert job.status == "running"
            load(job)
        """,
}

TEXT_DECIDES = {
    "setattr with a variable key, the value among the literals": """
        def run_import(job, data):
            for key, value in data.items():
                setattr(job, key, value)
            return "running"
        """,
    "setattr with a variable key, and no such literal": """
        def run_import(job, data):  # expect: BG030
            for key, value in data.items():
                setattr(job, key, value)
        """,
    "a value from outside, the value among the literals": """
        def run_import(job, settings):
            job.status = settings.first_status
            return "running"
        """,
    "a value from outside, the value among the defaults": """
        def run_import(job, settings, fallback="running"):
            job.status = settings.first_status or fallback
        """,
    "a value that a constructor keeps, by its default": """
        class JobRun:
            def __init__(self, job, word="running"):
                self.job = job
                self.word = word
            def __enter__(self):
                self.job.status = self.word
            def __exit__(self, *error): ...
        def run_import(job):
            with JobRun(job):
                load(job)
        """,
    "a value that a constructor keeps, by another default": """
        class JobRun:
            def __init__(self, job, word="queued"):
                self.job = job
                self.word = word
            def __enter__(self):
                self.job.status = self.word
            def __exit__(self, *error): ...
        def run_import(job):  # expect: BG030
            with JobRun(job):
                load(job)
        """,
    "a value from outside": """
        def run_import(job, settings):  # expect: BG030
            job.status = settings.first_status
        """,
    "keywords from outside": """
        def run_import(job, data):  # expect: BG030
            update_job(job, **data)
        """,
    "a call named after the status that gets another value": """
        def run_import(repo, job_id):  # expect: BG030
            repo.update_status(job_id, "queued")
        """,
    "a call named after something else": """
        def run_import(repo, job_id):  # expect: BG030
            repo.update(job_id, "running")
        """,
    "a helper of another module that says what it does": """
        from app.repo import mark_running
        def run_import(job_id):  # expect: BG030
            mark_running(job_id)
        """,
}


@pytest.mark.parametrize("code", SET.values(), ids=SET)
def test_status_is_set(code: str) -> None:
    """The value flows into the name, and is stored."""
    assert_as_marked(code, PATH, rules=RULES)


@pytest.mark.parametrize("code", NOT_SET.values(), ids=NOT_SET)
def test_status_is_not_set(code: str) -> None:
    """What only looks like it is no evidence."""
    assert_as_marked(code, PATH, rules=RULES)


@pytest.mark.parametrize("code", TEXT_DECIDES.values(), ids=TEXT_DECIDES)
def test_text_decides(code: str) -> None:
    """Where the answer is unknown, the literal in the unit's code decides."""
    assert_as_marked(code, PATH, rules=RULES)
