"""Exports of orders: a context manager around the work keeps the books of the job."""

import asyncio
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select, update

from app.core.database import session_scope
from models.database.base import utcnow
from models.database.job_status import JobStatus
from models.database.order import Order
from models.database.order_export_job import OrderExportJob


@contextmanager
def job_run(job_id: int) -> Iterator[OrderExportJob]:
    """Lend the job, and write down how it begins and ends. Failures end here."""
    with session_scope() as db:
        job = db.get_one(OrderExportJob, job_id)
        job.status, job.started_at = JobStatus.RUNNING.value, utcnow()
        db.commit()
        try:
            yield job
            job.status = JobStatus.COMPLETED.value
            db.flush()
            ending = update(OrderExportJob).values(completed_at=utcnow())
        except Exception as error:
            db.rollback()
            ending = update(OrderExportJob).values(
                status=JobStatus.FAILED.value, error_message=str(error), completed_at=utcnow()
            )
        db.execute(ending.where(OrderExportJob.id == job_id))


async def export_orders(job_id: int) -> None:
    """Write all orders into the job's file."""
    with job_run(job_id) as job:
        job.content = await asyncio.to_thread(_as_csv)


def _as_csv() -> str:
    with session_scope() as db:
        orders = db.scalars(select(Order).order_by(Order.id)).all()
    if not orders:
        raise ValueError("there is nothing to export")
    file = io.StringIO()
    csv.writer(file).writerows((order.id, order.customer, order.total) for order in orders)
    return file.getvalue()
