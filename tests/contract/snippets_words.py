"""Snippets, words: names that go on, and what else counts by the rules file's own word."""

from tests.contract.rows import JOB_MODEL, TASK, Row

EQUIVALENTS = """
extends: bundled
equivalents:
  "started_at": ["time_started", "start_time"]
  "completed_at": ["finished_at", "ended_at"]
  "error_message": ["error", "failure_reason"]
  "SessionLocal()": ["get_session_with_tenant()"]
  '"running"': ["in_progress", "started"]
  '"completed"': ["success", "concluido"]
  '"failed"': ["erro"]
"""

ROWS = (
    Row(
        "An identifier is also met by a longer one that continues it at a word boundary, not in the middle of a word",
        JOB_MODEL,
        "BG004",
        head="from sqlalchemy import Column, ForeignKey, Integer, String\nfrom models.base import Base\n",
        silent={
            "A16: The name with more words after it": """
                class FeedSyncJob(Base):
                    triggered_by_id = Column(ForeignKey("users.id"))
                """,
            "A16: The name with more words after it, in a mixin": """
                class Triggered:
                    triggered_by_user_id = Column(Integer)

                class FeedSyncJob(Triggered, Base):
                    __tablename__ = "feed_sync_jobs"
                """,
        },
        speaking={
            "A16: A name that begins the same and is another word": """
                class FeedSyncJob(Base):  # expect: BG004
                    triggered_bytes = Column(Integer)
                """,
            "A16: A name that ends the same": """
                class FeedSyncJob(Base):  # expect: BG004
                    was_triggered_by = Column(Integer)
                """,
            "A16: Names for the same that are none": """
                class FeedSyncJob(Base):  # expect: BG004
                    created_by = Column(Integer)
                    requested_by_user_id = Column(Integer)
                    trigger_source = Column(String)
                """,
        },
    ),
    Row(
        "Equivalents: a snippet, an identifier or a value is met by any that stands for it, in every rule",
        TASK,
        "BG0",
        rules=EQUIVALENTS,
        silent={
            "B20 B21: Other words for the values, another session, other names for the times": """
                from company_db import get_session_with_tenant

                def import_products(job_id):
                    with get_session_with_tenant() as db:
                        job = db.get(Job, job_id)
                        job.status = "in_progress"
                        job.time_started = now()
                        try:
                            load(job)
                            job.status = "concluido"
                        except Exception as error:
                            job.status = "erro"
                            job.failure_reason = str(error)
                        job.finished_at = now()
                """,
            "A16: Other names for the columns": {
                JOB_MODEL: """
                    class FeedSyncJob(Base):
                        start_time = Column(DateTime)
                        ended_at = Column(DateTime)
                        triggered_by_id = Column(ForeignKey("users.id"))
                    """
            },
            "B20: The names that are asked for count as well": """
                def import_products(job_id):
                    with SessionLocal() as db:
                        job = db.get(Job, job_id)
                        job.status = "running"
                        job.started_at = now()
                        try:
                            load(job)
                            job.status = "completed"
                        except Exception as error:
                            job.status = "failed"
                            job.error_message = str(error)
                        job.completed_at = now()
                """,
        },
        speaking={
            "B20 B21: Words that stand for nothing": """
                def import_products(job_id):  # expect: BG030 BG031 BG032 BG033
                    with tenant_session() as db:
                        job = db.get(Job, job_id)
                        job.status = "leased"
                        job.time_started = now()
                        try:
                            load(job)
                            job.status = "feito"
                        except Exception as error:
                            job.status = "falhou"
                            job.error = str(error)
                        job.finished_at = now()
                """,
        },
    ),
)
