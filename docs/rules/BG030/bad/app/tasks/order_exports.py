"""Exports of orders: a filter and a log line speak of "running", and the job never does."""

import logging

from sqlalchemy import func, select, update

from app.db import SessionLocal
from app.files import write_csv
from models.database.order_export_job import OrderExportJob

logger = logging.getLogger(__name__)


async def export_orders(job_id: int) -> None:  # expect: BG030
    db = SessionLocal()
    if db.scalar(select(func.count()).where(OrderExportJob.status == "running")):
        return
    logger.info("export", extra={"status": "running", "job": job_id})
    ours = update(OrderExportJob).where(OrderExportJob.id == job_id)
    try:
        db.execute(ours.values(started_at=func.now()))
        await write_csv(job_id)
        db.execute(ours.values(status="completed", completed_at=func.now()))
    except Exception as error:
        db.execute(ours.values(status="failed", error_message=str(error), completed_at=func.now()))
    finally:
        db.commit()
        db.close()
