"""Exports of orders: enum members, a constant and an update statement."""

from enum import Enum

from sqlalchemy import func, update

from app.db import SessionLocal
from app.files import write_csv
from models.database.order_export_job import OrderExportJob


class JobStatus(str, Enum):
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


FAILED = JobStatus.FAILED


async def export_orders(job_id: int) -> None:
    async with SessionLocal.begin() as db:
        ours = update(OrderExportJob).where(OrderExportJob.id == job_id)
        await db.execute(ours.values(status=JobStatus.RUNNING, started_at=func.now()))
        ending = {"status": JobStatus.COMPLETED.value}
        try:
            await write_csv(job_id)
        except Exception as error:
            ending = {"status": FAILED, "error_message": str(error)}
        await db.execute(ours.values(**ending, completed_at=func.now()))
