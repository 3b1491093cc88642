"""Exports of orders: the job itself is passed, and with it the session that it hangs on."""

from app.files import write_csv
from models.database.order_export_job import OrderExportJob, utcnow


def export_orders(job: OrderExportJob) -> None:  # expect: BG033
    """Use db = SessionLocal() some day."""
    job.status, job.started_at = "running", utcnow()
    try:
        write_csv(job)
        job.status = "completed"
    except Exception as error:
        job.status, job.error_message = "failed", str(error)
    job.completed_at = utcnow()
