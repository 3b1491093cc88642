"""Exports of orders: failures are swallowed, or thrown on; the job hears of neither."""

import contextlib
import logging

from app.db import SessionLocal
from app.files import write_csv
from models.database.order_export_job import OrderExportJob, utcnow

logger = logging.getLogger(__name__)


def export_orders(job_id: int) -> None:  # expect: BG032
    db = SessionLocal()
    job = db.get(OrderExportJob, job_id)
    job.status, job.started_at = "running", utcnow()
    db.commit()
    with contextlib.suppress(Exception):
        write_csv(job)
    job.status, job.completed_at = "completed", utcnow()
    db.commit()


async def export_archive(job_id: int) -> None:  # expect: BG032
    db = SessionLocal()
    job = db.get(OrderExportJob, job_id)
    job.status, job.started_at = "running", utcnow()
    try:
        write_csv(job)
    except Exception:
        # status = "failed", error_message = ...
        logger.exception("export %s failed", job_id)
        raise
    job.status, job.completed_at = "completed", utcnow()
    db.commit()
