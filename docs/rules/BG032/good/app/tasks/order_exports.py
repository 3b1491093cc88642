"""Exports of orders: a decorator catches what the task throws."""

from functools import wraps

from app.db import SessionLocal
from app.files import write_csv
from models.database.order_export_job import OrderExportJob, utcnow


def tracked(task):
    @wraps(task)
    def wrapper(job_id: int) -> None:
        with SessionLocal() as db:
            job = db.get(OrderExportJob, job_id)
            job.status, job.started_at = "running", utcnow()
            db.commit()
            try:
                task(job)
            except Exception as error:
                job.status, job.error_message = "failed", str(error)
            else:
                job.status = "completed"
            job.completed_at = utcnow()
            db.commit()

    return wrapper


@tracked
def export_orders(job) -> None:
    write_csv(job)
