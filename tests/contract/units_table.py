"""Units, the table: where a requirement is looked for, and where what it lacks is reported."""

from tests.contract.table import JOB_MODEL, PAGE, REGISTRY, SERVICE, TASK, TRIGGERS, Row

OUTBOX = """
background_task_rules:
  - id: BG-900
    name: Modules that send mail use the outbox
    severity: warning
    patterns:
      - file: "app/**/*.py"
        when_contains: smtplib
        must_contain: Outbox
    anti_patterns:
      - pattern: 'asyncio\\.gather'
"""

COMPLETE = """
from datetime import datetime, UTC
from app.core.database import SessionLocal

def import_products(job_id: int):
    db = SessionLocal()
    try:
        job = db.get(ImportJob, job_id)
        job.status = "running"
        job.started_at = datetime.now(UTC)
        load(job)
        job.status = "completed"
    except Exception as error:
        db.rollback()
        job.status = "failed"
        job.error_message = str(error)[:1000]
    finally:
        job.completed_at = datetime.now(UTC)
        db.close()
"""

ROWS = (
    Row(
        "models: each task model class of the file, with its bases, at the class line",
        "BG002",
        JOB_MODEL,
        speaking={
            "A16: A model with other names for its times is reported at its class": """
                from models.base import Base

                class FeedSyncJob(Base):  # expect: BG002
                    __tablename__ = "feed_sync_jobs"
                    start_time = Column(DateTime)
                    end_time = Column(DateTime)
                """,
            "A6: A table of SQLModel with one of two times is reported at its class": """
                from sqlmodel import Field, SQLModel

                class FeedSyncJob(SQLModel, table=True):  # expect: BG002
                    id: int | None = Field(default=None, primary_key=True)
                    started_at: datetime | None = Field(default=None)
                """,
        },
        silent={
            "A8: The columns of a mixin of a mixin in another module count": {
                JOB_MODEL: """
                from models.base import Base
                from models.mixins import ResourceMixin

                class FeedSyncJob(ResourceMixin, Base):
                    __tablename__ = "feed_sync_jobs"
                """,
                "models/mixins.py": """
                    class TimeStampMixin:
                        started_at = Column(DateTime)
                        completed_at = Column(DateTime)

                    class ResourceMixin(TimeStampMixin):
                        pass
                    """,
            },
            "A9: The columns of an abstract base count": """
                class RecordModel(Base):
                    __abstract__ = True
                    started_at: Mapped[datetime | None]
                    completed_at: Mapped[datetime | None]

                class FeedSyncJob(RecordModel):
                    __tablename__ = "feed_sync_jobs"
                """,
            "A17: A Pydantic response beside the model is no unit": """
                from pydantic import BaseModel

                class JobResponse(BaseModel):
                    status: JobStatus = Field(...)

                class FeedSyncJob(Base):
                    __tablename__ = "feed_sync_jobs"
                    started_at: Mapped[datetime | None]
                    completed_at: Mapped[datetime | None]
                """,
        },
    ),
    Row(
        "status: each place where a value meets a status, at the value",
        "BG010",
        SERVICE,
        speaking={
            "C23: A value on a line of its own is reported there": """
                def start(job):
                    job.status = (
                        "processing"  # expect: BG010
                    )
                """,
            "B18: A member of a status enum is reported where it is defined": """
                class ImportStatus(StrEnum):
                    PENDING = "pending"
                    RUNNING = "processing"  # expect: BG010
                """,
        },
        silent={
            "B18: A status enum with the standard words is silent": """
                class ImportStatus(StrEnum):
                    PENDING = "pending"
                    RUNNING = "running"
                """,
            "D36: What a handler logs is no value": """
                def start(job):
                    try:
                        run(job)
                    except Exception:
                        logger.exception("status = 'processing' for too long")
                        raise
                """,
            "A17: The status of a job posting has its own words": """
                class PostingStatus(StrEnum):
                    ACTIVE = "active"
                    REVIEW = "processing"
                """,
        },
    ),
    Row(
        "api: each endpoint, at the return, the def line or the call; must_reference the module, at the registry",
        "BG02",
        TRIGGERS,
        head="from fastapi import APIRouter, BackgroundTasks\nrouter = APIRouter()\n",
        speaking={
            "G67: A trigger that returns nothing of use is reported at its return": """
                @router.post("/import")
                async def trigger(background_tasks: BackgroundTasks):
                    background_tasks.add_task(run, 1)
                    return {"status": "started"}  # expect: BG020
                """,
            "F56: An endpoint that works synchronously is reported at its def line": """
                @router.get("/products")
                async def refresh():  # expect: BG021
                    asyncio.create_task(import_products())
                    return {"ok": True}
                """,
            "H68: A blocking call is reported at the call": """
                import time

                @router.get("/products")
                async def products():
                    time.sleep(1)  # expect: BG021
                    return {"ok": True}
                """,
            "I69: A class that is not registered is reported at the registry": {
                REGISTRY: """
                from models import ArchitectureScan, LetzshopHistoricalImportJob, MarketplaceImportJob, TestRun

                class BackgroundTasksService:
                    TASK_MODELS = {  # expect: BG022
                        "product_import": MarketplaceImportJob,
                        "order_import": LetzshopHistoricalImportJob,
                        "test_run": TestRun,
                    }
                """
            },
        },
        silent={
            "F48 G65: A trigger that takes BackgroundTasks and returns the id is silent": """
                @router.post("/import")
                async def import_products(bg_tasks: BackgroundTasks):
                    job = create_job()
                    bg_tasks.add_task(run, job.id)
                    return {"job_id": job.id}
                """,
            "H68: A function that is no endpoint is no unit": """
                import time

                def import_products():
                    time.sleep(1)
                    return {"status": "started"}
                """,
            "I69: A registry of tuples that has all classes is silent": {
                REGISTRY: """
                from models import ArchitectureScan, LetzshopHistoricalImportJob, MarketplaceImportJob, TestRun

                TASK_MODELS = {
                    "products": (MarketplaceImportJob, "Products"),
                    "orders": (LetzshopHistoricalImportJob, "Orders"),
                    "tests": (TestRun, "Tests"),
                    "scans": (ArchitectureScan, "Scans"),
                }
                """
            },
        },
    ),
    Row(
        "tasks: each task function with what it reaches, at the def line; an anti-pattern at the parameter or the call",
        "BG03",
        TASK,
        speaking={
            "A17: A task that does nothing of it is reported once per rule at its def line": """
                @timed
                def import_products(job_id: int):  # expect: BG030 BG031 BG032 BG033
                    load(job_id)
                """,
            "E47: A request's session is reported at the parameter": COMPLETE.replace(
                "job_id: int", "job_id: int,\n    db: Session,  # expect: BG033\n"
            ),
        },
        silent={
            "C23 C33 D35 E41: A task that does all of it is silent": COMPLETE,
            "C31: A context manager of another module may do all of it": {
                TASK: """
                from app.core.runs import job_run

                def import_products(job_id: int):
                    with job_run(job_id) as job:
                        load(job)
                """,
                "app/core/runs.py": COMPLETE.replace("def import_products", "@contextmanager\ndef job_run").replace(
                    "load(job)", "yield job"
                ),
            },
        },
    ),
    Row(
        "frontend: the JavaScript file, at line 1; for should_match and anti-patterns each call, at the call",
        "BG04",
        PAGE,
        speaking={
            "J76: A page with tasks that does not look for them on load is reported at line 1": """
                // Starts BackgroundTasks.  expect: BG040
                async function start() { await fetch('/import', { method: 'POST' }); }
                """,
            "J72 J73: Each timer with another interval is reported at its call": """
                const EVERY = 10 * 1000;
                jobs = setInterval(pollJobs, 1000);  // expect: BG041
                runs = window.setInterval(pollRuns, EVERY);  // expect: BG041
                stop = () => clearInterval(jobs);
                """,
        },
        silent={
            "J72 J76: A page that looks for its active task and polls every three seconds is silent": """
                // Starts BackgroundTasks.
                async function init() { page.activeTask = await load(); poll(); timer = setInterval(poll, 3000); }
                document.addEventListener('visibilitychange', () => document.hidden && clearInterval(timer));
                """,
            "J77: A clock is no poll": "setInterval(() => { clock.textContent = new Date(); }, 1000);",
            "J74 J75: Other ways to poll are not looked at": """
                const again = () => { poll(); setTimeout(again, 1000); };
                const row = '<div hx-trigger="every 1s"></div>';
                useQuery({ queryKey: ['jobs'], queryFn: poll, refetchInterval: 60_000 });
                """,
            "J73: An interval that is a setting is not known": "setInterval(poll, this.delay);",
        },
    ),
    Row(
        "any other id: the module, at line 1 or at the match",
        "BG900",
        "app/mail/sending.py",
        rules=OUTBOX,
        speaking={
            "F56: A module that lacks a name is reported at line 1": """
                import smtplib  # expect: BG900

                def send(mail):
                    Thread(target=smtplib.SMTP("localhost").send_message, args=(mail,)).start()
                """,
            "D39: An anti-pattern is reported at each match": """
                import asyncio

                async def send(mails):
                    await asyncio.gather(*map(deliver, mails), return_exceptions=True)  # expect: BG900
                    await asyncio.gather(*map(archive, mails))  # expect: BG900
                """,
        },
        silent={
            "F53: The name counts wherever the module uses it": """
                import smtplib

                def send(mail, background_tasks):
                    Outbox(smtplib.SMTP).send(mail, background_tasks)
                """,
            "F56: A module that only imports it is not asked": "import smtplib\nThread(target=send).start()",
            "D39: Another file is not looked at": {"worker/x.py": "import smtplib, asyncio\nasyncio.gather()"},
        },
    ),
)
