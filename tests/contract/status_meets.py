"""Status: where a value meets a status, and where that is reported."""

from tests.contract.rows import SERVICE, Row

HEAD = """
import sqlalchemy as sa
from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import Column, Enum, String, select, text, update
from sqlalchemy.orm import Mapped
from typing import Literal
from models.base import Base
"""

ROWS = (
    Row(
        "A value meets a status where it flows into it, a subscript included",
        SERVICE,
        "BG010",
        head=HEAD,
        silent={
            "C28: A name or a value that arrives at run time": """
                def patch(job, data):
                    job.status = data.status
                    for key, value in data.items():
                        setattr(job, key, value)
                """,
            "C30: The value is a key, or goes elsewhere": """
                def start(jobs, job):
                    jobs["processing"] = job.status
                    job.kind = "processing"
                """,
            "B20: Standard words": 'def start(job):\n    job.status = "running" if job.ready else "pending"\n',
        },
        speaking={
            "C22 B19: A member, a constant of a class and of the model itself, of another module": {
                "models/sync_run.py": """
                    class SyncRun(Base):
                        __tablename__ = "sync_runs"
                        BUSY = "processing"

                    class State(StrEnum):
                        BUSY = "fetching"
                    """,
                SERVICE: """
                    from models.sync_run import State, SyncRun

                    def start(job, run):
                        run.status = SyncRun.BUSY  # expect: BG010
                        job.status = State.BUSY.value  # expect: BG010
                    """,
            },
            "C24: An arm of a conditional": """
                def start(job):
                    job.status = "processing" if job.ready else "pending"  # expect: BG010
                """,
            "C26 C27 C28: Updates and setattr": """
                def start(db, job):
                    db.execute(update(Job).values(status="processing"))  # expect: BG010
                    db.query(Job).filter_by(id=1).update({"status": "processing"})  # expect: BG010
                    setattr(job, "status", "fetching")  # expect: BG010
                """,
            "C30: A store into a subscript": """
                def start(jobs, job_id):
                    jobs[job_id]["status"] = "processing"  # expect: BG010
                """,
        },
    ),
    Row(
        "A value meets a status in comparisons, in collections, in queries and in match",
        SERVICE,
        "BG010",
        head=HEAD,
        silent={
            "B20: Standard words, and a name that is compared": """
                def show(job, select, wanted):
                    if job.status in ("pending", "running") or job.status == wanted:
                        return select(Job).where(Job.status.in_(["failed"]))
                """,
            "A17: The status of an order is compared": """
                def show(order: "Order"):
                    return order.shipping_status == "processing"
                """,
        },
        speaking={
            "C33: Comparisons, also with a collection that has a name": """
                BUSY = {"running", "processing"}

                def show(job, row):
                    if job.status == "processing":  # expect: BG010
                        return row["status"] != "fetching"  # expect: BG010
                    if row.get("status") in ("pending", "processing"):  # expect: BG010
                        return getattr(job, "status") == "processing"  # expect: BG010
                    return job.status in BUSY  # expect: BG010
                """,
            "C27: Filters": """
                def show(db):
                    db.query(Job).filter_by(status="processing")  # expect: BG010
                    db.execute(select(Job).where(Job.status.in_(["processing"])))  # expect: BG010
                    db.execute(select(Job).where(Job.status.is_not("fetching")))  # expect: BG010
                    db.execute(select(Job).where(Job.status.notin_(("fetching", "failed"))))  # expect: BG010
                """,
            "B19: match": """
                def show(job):
                    match job.status:
                        case "pending" | "processing":  # expect: BG010
                            return 1
                """,
        },
    ),
    Row(
        "A value meets a status in a column's defaults and Enum, in SQL, and in an unknown call that is called so",
        SERVICE,
        "BG010",
        head=HEAD,
        silent={
            "A2: Only the defaults of a Column, a Query or a Field are looked at": """
                class Job(Base):
                    status = Column(String, default="pending", comment="processing, or done")

                def jobs(status: str = Query("pending", description="processing")):
                    return status

                class JobIn(BaseModel):
                    status: str = Field("pending", examples=["processing"])
                """,
            "C26: SQL about other columns": """
                def start(db):
                    db.execute(text("UPDATE jobs SET kind = 'processing' WHERE status = 'pending'"))
                """,
            "C25: A call that is called otherwise": 'def start(repo):\n    repo.set_kind(1, "processing")\n',
        },
        speaking={
            "A2 A3: Defaults and the values of an Enum": """
                class Job(Base):
                    status = Column(String, default="processing")  # expect: BG010

                class Run(Base):
                    status = Column(String, server_default=text("'processing'"))  # expect: BG010

                class ImportJob(Base):
                    status = Column(Enum("pending", "processing"))  # expect: BG010

                JOB_STATUS = sa.Enum("pending", "processing", name="job_status")  # expect: BG010
                """,
            "A1: Annotations": """
                class Job(Base):
                    status: Mapped[Literal["pending", "processing"]]  # expect: BG010

                def jobs(status: str = Query("processing", description="x")):  # expect: BG010
                    return status
                """,
            "C26: SQL in a plain string, at its first line": """
                def start(db):
                    db.execute(
                        "UPDATE jobs "  # expect: BG010
                        "SET status = 'processing'"
                    )
                """,
            "C25: A repository's update_status": """
                async def start(repo, job_id):
                    await repo.update_status(job_id, "processing")  # expect: BG010
                """,
        },
    ),
    Row(
        "Reported at the expression where the value meets the status; a helper's parameter at the call, a chain once",
        SERVICE,
        "BG010",
        head=HEAD,
        silent={
            "C25: A helper of the project that puts its argument elsewhere": """
                def update_status(job, label):
                    log(job, label)

                def start(job):
                    update_status(job, "processing")
                """,
            "C24: A variable that is not stored is called otherwise": 'def start():\n    word = "processing"\n    log(word)\n',
        },
        speaking={
            "C25: The argument, not the helper's body": """
                def _set(job, word):
                    job.status = word

                def start(job):
                    _set(
                        job,
                        "processing",  # expect: BG010
                    )
                """,
            "C23: The value on its own line, and a chain of targets once": """
                def start(job, run):
                    job.status = (
                        "processing"  # expect: BG010
                    )
                    job.status = run.status = "fetching"  # expect: BG010
                """,
        },
    ),
    Row(
        "The value is compared whole; f-strings, messages and docstrings are no values; an unfound member is its name",
        SERVICE,
        "BG010",
        head=HEAD,
        silent={
            "B20: A longer value, and another case": """
                def start(job):
                    job.status = "processing_fee"
                    job.status = "post-processing"
                """,
            "D36: An f-string, a message and a docstring": """
                def start(job, prefix):
                    '''Sets status = "processing".'''
                    job.status = f"{prefix}processing"
                    logger.info("status = processing")
                    raise ValueError("job.status == 'processing'")
                """,
            "C22: A value that cannot be resolved, whatever the text says": """
                def start(job, processing):
                    job.status = processing
                    job.status = load("processing")
                """,
        },
        speaking={
            "C22: A member of an enum that is not found is read by its name": """
                from company_jobs import JobStatus

                def start(job):
                    job.status = JobStatus.PROCESSING  # expect: BG010
                    job.status = JobStatus.fetching.value  # expect: BG010
                """,
        },
    ),
)
