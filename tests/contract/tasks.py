"""Tasks: what the rules on start, end, exceptions and sessions ask of all that a task reaches."""

from tests.contract.rows import TASK, Row

ROWS = (
    Row(
        "BG-030 and BG-031: all snippets of a pattern are looked for in all that the task reaches",
        TASK,
        "BG03",
        rules="extends: bundled\nbackground_task_rules:\n  - {id: BG-032, enabled: false}\n  - {id: BG-033, enabled: false}\n",
        silent={
            "C22 C32: Members of an enum, and the ways to say now": """
                def import_products(db, job):
                    job.status = JobStatus.RUNNING
                    job.started_at = datetime.now(UTC)
                    load(job)
                    job.status = JobStatus.COMPLETED.value
                    job.completed_at = utcnow()
                """,
            "C24: An ending that is chosen": """
                def import_products(job):
                    job.status, job.started_at = "running", func.now()
                    errors = load(job)
                    status = JobStatus.FAILED if errors else JobStatus.COMPLETED
                    job.status = status
                    job.completed_at = datetime.utcnow()
                """,
            "C34 C25: A last state several calls deep": """
                async def import_products(session, job):
                    await mark_as_running(session, job)
                    await _finish(session, job)

                async def mark_as_running(session, job):
                    job.status = "running"
                    job.started_at = now()

                async def _finish(session, job):
                    await _finish_run(session, job, "failed")

                async def _finish_run(session, job, word):
                    await session.execute(update(Job).values(status=word, completed_at=now()))
                """,
            "C31 C33: A context manager that closes in a finally": """
                @contextmanager
                def job_run(job):
                    job.status, job.started_at = "running", now()
                    try:
                        yield job
                        job.status = "completed"
                    finally:
                        job.completed_at = now()

                def import_products(job):
                    with job_run(job):
                        load(job)
                """,
        },
        speaking={
            "C33: Only a start, and only an end": """
                def import_products(job):  # expect: BG031
                    job.status = "running"
                    job.started_at = now()

                def import_stock(job):  # expect: BG030
                    job.status = "completed"
                    job.completed_at = now()
                """,
            "B20: Other words": """
                def import_products(job):  # expect: BG030 BG031
                    job.status = "processing"
                    job.started_at = now()
                    job.status = "success"
                    job.completed_at = now()
                """,
        },
    ),
    Row(
        "BG-032: the handler can catch a failure of the work: Exception, BaseException, bare, the project's own",
        TASK,
        "BG032",
        silent={
            "D35: Exception, with rollback and message": """
                def import_products(db, job):
                    try:
                        load(job)
                    except Exception as e:
                        db.rollback()
                        job.status = "failed"
                        job.error_message = str(e)[:1000]
                        db.commit()
                """,
            "D36: A handler that marks and raises again": """
                def import_products(job):
                    try:
                        load(job)
                    except Exception as error:
                        logger.exception("failed")
                        _mark_failed(job, error)
                        raise

                def _mark_failed(job, error):
                    job.status = JobStatus.FAILED
                    job.error_message = repr(error)
                """,
            "D37: Several handlers, tuples, a bare except, an exception of the project": """
                class ImportFailed(Exception):
                    pass

                def import_products(job):
                    try:
                        load(job)
                    except SoftTimeLimitExceeded:
                        job.status = "success"
                    except (KeyError, Exception) as error:
                        job.status, job.error_message = "failed", str(error)

                def import_stock(job):
                    try:
                        load(job)
                    except:
                        job.status, job.error_message = "failed", "unknown"

                def import_orders(job):
                    try:
                        load(job)
                    except ImportFailed as error:
                        job.status, job.error_message = "failed", str(error)
                """,
            "D37: except BaseException": """
                def import_products(job):
                    try:
                        load(job)
                    except BaseException as error:
                        job.status, job.error_message = "failed", str(error)
                """,
            "D38 C31: A decorator, a wrapper and a context manager's __exit__": """
                def background_task(function):
                    def wrapper(job):
                        try:
                            function(job)
                        except Exception as error:
                            job.status, job.error_message = "failed", str(error)
                            raise
                    return wrapper

                @background_task
                def import_products(job):
                    load(job)

                class JobRun:
                    def __enter__(self):
                        return self.job

                    def __exit__(self, kind, error, trace):
                        if error is not None:
                            self.job.status, self.job.error_message = "failed", str(error)

                def import_stock(job):
                    with JobRun(job):
                        load(job)
                """,
            "D40: A try in the handler": """
                def import_products(job):
                    try:
                        load(job)
                    except Exception as error:
                        try:
                            with SessionLocal() as second:
                                second.merge(Job(status="failed", error_message=str(error)))
                        except OSError:
                            pass
                """,
        },
        speaking={
            "D37: A handler of something narrow": """
                def import_products(job):  # expect: BG032
                    try:
                        load(job)
                    except KeyError as error:
                        job.status, job.error_message = "failed", str(error)
                """,
            "D37: A handler of a library's error, and of ImportError around an import": """
                from httpx import HTTPError

                def import_products(job):  # expect: BG032
                    job.status, job.error_message = "failed", "not yet"
                    try:
                        import orjson
                    except ImportError:
                        orjson = None
                    try:
                        load(job, orjson)
                    except HTTPError as error:
                        logger.error(error)
                """,
            "C31: A context manager that does nothing when it is left": """
                class Held:
                    def __enter__(self):
                        return lock(self)

                    def __exit__(self, *error):
                        pass

                def import_products(job):  # expect: BG032
                    job.status, job.error_message = "failed", "not yet"
                    with Held():
                        load(job)
                """,
            "D36: A handler that only raises again": """
                def import_products(job):  # expect: BG032
                    job.status, job.error_message = "failed", "not yet"
                    try:
                        load(job)
                    except Exception:
                        raise
                """,
            "D39: suppress, and gather that returns the exceptions": """
                async def import_products(job):  # expect: BG032
                    job.status, job.error_message = "failed", "not yet"
                    with contextlib.suppress(Exception):
                        await asyncio.gather(load(job), return_exceptions=True)
                """,
        },
    ),
    Row(
        "BG-033: a parameter annotated with a session, or with a dependency that gives one, at the parameter",
        TASK,
        "BG033",
        head="from sqlalchemy.orm import Session, sessionmaker\nfrom app.core.database import SessionLocal\n",
        silent={
            "E45: A factory of sessions": """
                def import_products(job_id, factory: sessionmaker[Session], make: Callable[[], Session]):
                    with factory() as session:
                        load(session, job_id)
                """,
            "A17: A session of another library, and another dependency": """
                import requests

                def import_products(job_id, http: requests.Session, settings=Depends(get_settings)):
                    with SessionLocal() as session:
                        load(session, job_id)
                """,
            "D38: A parameter that a decorator of the project supplies": """
                def with_session(function):
                    def wrapper(job_id):
                        with SessionLocal() as session:
                            return function(job_id, session)
                    return wrapper

                @with_session
                def import_products(job_id, db: Session):
                    load(db, job_id)
                """,
            "E47: A helper takes the task's session": """
                def import_products(job_id):
                    with SessionLocal() as db:
                        _load(db, job_id)

                def _load(db: Session, job_id):
                    db.get(Job, job_id)
                """,
        },
        speaking={
            "E47: Annotated with it, in any nesting, whatever the function is called": """
                from sqlalchemy.ext.asyncio import AsyncSession

                def import_products(
                    job_id,
                    db: Session,  # expect: BG033
                ):
                    with SessionLocal() as own:
                        load(own, job_id)

                async def refresh(
                    job_id,
                    session: AsyncSession | None = None,  # expect: BG033
                ):
                    with SessionLocal() as own:
                        await load(own, job_id)
                """,
            "E47: A subclass and an alias of the project's, Optional, Annotated, a quoted annotation": """
                class TenantSession(Session):
                    pass

                Db = Annotated[Session, "the database"]

                def import_products(
                    job_id,
                    a: TenantSession,  # expect: BG033
                    b: Db,  # expect: BG033
                    c: Optional[Session],  # expect: BG033
                    d: "Session",  # expect: BG033
                ):
                    with SessionLocal() as own:
                        load(own, job_id)
                """,
            "E44 E47: A dependency that gives a session": """
                def get_db():
                    with SessionLocal() as db:
                        yield db

                def import_products(
                    job_id,
                    db=Depends(get_db),  # expect: BG033
                ):
                    with SessionLocal() as own:
                        load(own, job_id)
                """,
        },
    ),
)
