"""Snippets, writes: what in a task is a write, and what is no store."""

from tests.contract.rows import RUNNING, TASK, Row


ENDED = RUNNING.replace("'status = \"running\"'", '["completed_at", "error_message"]')

ROWS = (
    Row(
        "A name is written where a value flows into it; reading it, and writing a bare None, is no evidence",
        TASK,
        "BG030",
        rules=ENDED,
        silent={
            "C32: The ways to say now": """
                def import_products(job):
                    job.completed_at = datetime.now(timezone.utc)
                    job.error_message = traceback.format_exc()

                def import_stock(db):
                    job = update(Job).values(completed_at=func.now(), error_message="")
                    db.execute(job)

                def import_orders(db, job):
                    job.error_message = reason()
                    job.completed_at = get_db_current_time(db)
                """,
            "C26: SQL, for names as for values": """
                def import_products(db):
                    db.execute("UPDATE jobs SET status = 'x', completed_at = now(), error_message = :why")
                """,
            "C33: In a finally, after an early return": """
                def import_products(db, job_id):
                    job = db.get(Job, job_id)
                    if job is None:
                        return
                    try:
                        load(job)
                    except Exception as error:
                        job.error_message = str(error)
                    finally:
                        job.completed_at = utcnow()
                """,
        },
        speaking={
            "C33: Reading": """
                def import_products(job):  # expect: BG030
                    if job.completed_at or job.error_message:
                        return
                """,
            "C26: SQL that empties it": """
                def import_products(db):  # expect: BG030
                    db.execute("UPDATE jobs SET completed_at = NULL, error_message = NULL")
                """,
            "D35: A bare None": """
                def import_products(job):  # expect: BG030
                    job.completed_at = None
                    job.error_message = "none yet"
                """,
        },
    ),
    Row(
        "In the tasks family a flow must be a store, not a filter, a log, a metric, a request or an event",
        TASK,
        "BG030",
        rules=RUNNING,
        silent={
            "C27: A filter with another value, and a store": """
                def import_products(db):
                    db.query(Job).filter_by(status="queued").update({"status": "running"})
                """,
            "C30: An entry that is logged and stored": """
                def import_products(redis, job_id):
                    state = {"status": "running"}
                    logger.info("job", extra=state)
                    redis.hset(job_id, mapping=state)
                """,
        },
        speaking={
            "C27: Query filters": """
                def import_products(db):  # expect: BG030
                    db.query(Job).filter_by(status="running").first()
                    db.execute(select(Job).where(Job.status == "running"))
                """,
            "D36: What is logged, counted, sent and told": """
                import httpx

                def import_products(job):  # expect: BG030
                    logger.info("job", extra={"status": "running"})
                    RUNS.labels(status="running").inc()
                    httpx.post(HOOK, {"status": "running"})
                    hook.post(HOOK, json={"status": "running"})
                    publish(JobEvent(status="running"))
                """,
        },
    ),
    Row(
        "A column's default is no status that a task sets",
        TASK,
        "BG030",
        head="from sqlalchemy import Column, Enum, String\nfrom models.base import Base\n",
        rules=RUNNING,
        silent={
            "A2: A default besides what is set": """
                class Job(Base):
                    status = Column(String, default="queued")

                def import_products(db):
                    db.add(Job(status="running"))
                """,
            "A3: A default is no harm": """
                class Job(Base):
                    status = Column(Enum(JobStatus), default=JobStatus.RUNNING)

                def import_products(job: Job):
                    job.status = JobStatus.RUNNING
                """,
        },
        speaking={
            "A2 A3: A new object of a class with that default": """
                class Job(Base):
                    status = Column(String, default="running", server_default="running")

                def import_products(db):  # expect: BG030
                    db.add(Job())
                """,
        },
    ),
)
