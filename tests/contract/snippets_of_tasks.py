"""Snippets in the tasks family: what a task function does, itself or through what it reaches."""

from tests.contract.rows import Row, rule

_TASK = "app/tasks/export_tasks.py"
_TASK_RULE = "patterns: [{{file: 'app/tasks/*.py', {}}}]"

NAME = Row(
    "`error_message` (a name)",
    _TASK,
    "BG032",
    rules=rule("BG-032", _TASK_RULE.format("must_contain: error_message")),
    silent={
        "D35: written to the row": """
        def run_export(job):
            try:
                work(job)
            except Exception as error:
                job.error_message = str(error)[:1000]
        """,
        "C25 C26: written by an update, by a helper that gets it": """
        def run_export(session, job_id):
            fail(session, job_id, reason="timed out")
        def fail(session, job_id, reason):
            session.execute(update(Job).where(Job.id == job_id).values({Job.error_message: reason}))
        """,
    },
    speaking={
        "D36: only read and logged": """
        def run_export(job, log):  # expect: BG032
            if job.error_message:
                log.error("failed", extra={"error_message": job.error_message})
        """,
        "D35: only emptied": """
        def run_export(job):  # expect: BG032
            job.error_message = None
        """,
    },
)

VALUE = Row(
    'status = "running"'.join("``"),
    _TASK,
    "BG030",
    rules=rule("BG-030", _TASK_RULE.format("must_contain: 'status = \"running\"'")),
    silent={
        "C22 B18: the member of an enum": """
        from enum import StrEnum
        class JobStatus(StrEnum):
            RUNNING = "running"
        def run_export(job):
            job.status = JobStatus.RUNNING
        """,
        "C22: the member of an enum that cannot be found, by its name": """
        from jobs_client import JobStatus
        def run_export(job):
            job.status = JobStatus.RUNNING.value
        """,
        "C24: through a local variable": """
        def run_export(job, again):
            status = "running" if again else "pending"
            job.status = status
        """,
        "C27: an update, with the values as a dict": """
        def run_export(db, job_id):
            db.query(Job).filter_by(id=job_id).update({"status": "running"})
        """,
        "C25: a helper": """
        async def run_export(repo, job_id):
            await set_status(repo, job_id, "running")
        async def set_status(repo, job_id, status):
            await repo.save(job_id, status=status)
        """,
        "C25: a repository that cannot be found": """
        async def run_export(repo, job_id):
            await repo.update_status(job_id, "running")
        """,
        "C30: a dict in memory": """
        def run_export(jobs, job_id):
            jobs[job_id]["status"] = "running"
        """,
        "C26: SQL": """
        def run_export(db, job_id):
            db.execute("UPDATE jobs SET status = 'running', started_at = now() WHERE id = :id", {"id": job_id})
        """,
        "C28: an attribute by its name": """
        def run_export(job):
            setattr(job, "status", "running")
        """,
    },
    speaking={
        "C27: a query asks for it": """
        def run_export(db, select):  # expect: BG030
            db.query(Job).filter_by(status="running").all()
            db.scalars(select(Job).where(Job.status == "running"))
        """,
        "C30: it is logged, and sent away": """
        import httpx
        def run_export(job, log):  # expect: BG030
            log.info("status = running", extra={"status": "running"})
            httpx.post("https://hooks.example.org", json={"status": "running"})
        """,
        "C23: it is compared": """
        def run_export(job):  # expect: BG030
            if job.status == "running":
                return
        """,
        "B20: another value": """
        def run_export(job):  # expect: BG030
            job.status = "in_progress"
        """,
    },
)

OWN_SESSION = Row(
    "`SessionLocal()`",
    _TASK,
    "BG033",
    rules=rule("BG-033", _TASK_RULE.format("must_contain: 'SessionLocal()'")),
    silent={
        "E41: a call": """
        from app.db import SessionLocal
        def run_export(job_id):
            db = SessionLocal()
            try:
                work(db, job_id)
            finally:
                db.close()
        """,
        "E42: another name for it, as a context manager": """
        from app.db import SessionLocal as make
        def run_export(job_id):
            with make() as db:
                work(db, job_id)
        """,
        "E42: a factory by another name": """
        from sqlalchemy.ext.asyncio import async_sessionmaker
        sessions = async_sessionmaker(engine)
        async def run_export(job_id):
            async with sessions.begin() as db:
                await work(db, job_id)
        """,
        "E42: a session on an engine": """
        from sqlmodel import Session
        def run_export(job_id):
            with Session(engine) as session:
                work(session, job_id)
        """,
        "E43: a helper that is a context manager": """
        from contextlib import contextmanager
        from app.db import SessionLocal
        @contextmanager
        def session_scope():
            session = SessionLocal()
            yield session
            session.commit()
        def run_export(job_id):
            with session_scope() as db:
                work(db, job_id)
        """,
        "E44: the next of a generator that opens one": """
        from app.db import SessionLocal
        def get_db():
            with SessionLocal() as db:
                yield db
        def run_export(job_id):
            db = next(get_db())
            work(db, job_id)
        """,
        "E45: a factory that is injected": """
        from sqlalchemy.orm import Session, sessionmaker
        def run_export(job_id, factory: sessionmaker[Session]):
            with factory() as db:
                work(db, job_id)
        """,
    },
    speaking={
        "E47: the session of somebody else": """
        def run_export(job_id, db):  # expect: BG033
            work(db, job_id)
        """,
        "E41: only imported": """
        from app.db import SessionLocal
        def run_export(job_id, db):  # expect: BG033
            work(db, job_id)  # SessionLocal()
        """,
        "E42: a session of another library": """
        import requests
        def run_export(url):  # expect: BG033
            with requests.Session() as session:
                session.get(url)
        """,
    },
)

DOTTED_CALL = Row(
    "`db.commit()`",
    _TASK,
    "BG030",
    rules=rule("BG-030", _TASK_RULE.format("must_contain: 'db.commit()'")),
    silent={
        "D35: as it is written": """
        def run_export(db):
            db.commit()
        """,
        "C25: by a helper": """
        def run_export(db):
            _finish(db)
        def _finish(db):
            db.commit()
        """,
    },
    speaking={
        "it is not called": """
        def run_export(db, on_success):  # expect: BG030
            on_success(db.commit)
        """,
        "something else is committed": """
        def run_export(repository):  # expect: BG030
            repository.commit()
        """,
    },
)

CALL_WITH_ARGUMENTS = Row(
    '`logger.info("start", ...)` (arguments)',
    _TASK,
    "BG030",
    rules=rule("BG-030", _TASK_RULE.format("must_contain: 'logger.info(\"start\", ...)'")),
    silent={
        "with those arguments": """
        def run_export(job):
            logger.info("start", job.id, extra={"job": job.id})
        """,
        "and nothing more": """
        def run_export(job):
            logger.info("start")
        """,
    },
    speaking={
        "with others": """
        def run_export(job):  # expect: BG030
            logger.info("starting", job.id)
            logger.debug("start", job.id)
        """,
    },
)

_HANDLERS = "must_contain: ['try:', 'except']"

TRY = Row(
    "`try:`, `except`",
    _TASK,
    "BG032",
    rules=rule("BG-032", _TASK_RULE.format(_HANDLERS)),
    silent={
        "D35: around the work": """
        def run_export(job):
            try:
                work(job)
            except Exception as error:
                fail(job, error)
        """,
        "D37: several handlers, the broad one last": """
        from celery.exceptions import SoftTimeLimitExceeded
        def run_export(job):
            try:
                work(job)
            except SoftTimeLimitExceeded:
                stop(job)
            except (ValueError, BaseException):
                fail(job)
        """,
        "D38 D37: an outer function that runs the work": """
        def run_export(job_id):
            run_safely(work, job_id)
        def run_safely(function, *args):
            try:
                function(*args)
            except:
                fail(args)
                raise
        """,
        "D38: a decorator": """
        def tracked(function):
            def wrapper(job_id):
                try:
                    return function(job_id)
                except Exception:
                    fail(job_id)
                    raise
            return wrapper
        @tracked
        def run_export(job_id):
            work(job_id)
        """,
        "D38 C31: the end of a context manager": """
        class Run:
            def __enter__(self): ...
            def __exit__(self, kind, error, trace):
                if error is not None:
                    fail(error)
        def run_export(job_id):
            with Run():
                work(job_id)
        """,
    },
    speaking={
        "D37: no failure of the work is caught": """
        def run_export(job, rows):  # expect: BG032
            try:
                first = rows[0]
            except IndexError:
                return
            work(job, first)
        """,
        "D36: it is only raised again": """
        def run_export(job):  # expect: BG032
            try:
                work(job)
            except Exception:
                raise
        """,
        "D39: it is suppressed": """
        from contextlib import suppress
        def run_export(job):  # expect: BG032
            with suppress(Exception):
                work(job)
        """,
        "C33: only in the end": """
        def run_export(job):  # expect: BG032
            try:
                work(job)
            finally:
                job.close()
        """,
    },
)

OTHER_PYTHON = Row(
    "any other Python",
    _TASK,
    "BG030",
    rules=rule("BG-030", _TASK_RULE.format("must_contain: 'if not ...: return'")),
    silent={
        "C33: the same syntax": """
        def run_export(job_id):
            job = load(job_id)
            if not job:
                return
            work(job)
        """,
        "C33: in a helper": """
        def run_export(job_id):
            _work(load(job_id))
        def _work(job):
            if not job.is_due(now()): return
        """,
    },
    speaking={
        "C33: another syntax": """
        def run_export(job_id):  # expect: BG030
            job = load(job_id)
            if job is None:
                return
            if not job.is_due():
                raise TooEarly
        """,
    },
)
