"""Imports of products: only one kind of failure is foreseen, and any other leaves the job "running"."""

from datetime import datetime, timezone

from app.db import SessionLocal
from app.feeds import import_feed
from models.database.product_import_job import ProductImportJob


def import_products(job_id: int) -> None:  # expect: BG032
    with SessionLocal() as db:
        job = db.get(ProductImportJob, job_id)
        job.status = "running"
        job.started_at = datetime.now(timezone.utc)
        db.commit()
        try:
            import_feed(job.feed_url)
            job.status = "completed"
        except KeyError as error:
            job.status = "failed"
            job.error_message = str(error)
        job.completed_at = datetime.now(timezone.utc)
        db.commit()
