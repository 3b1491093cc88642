"""Imports of products: a successful one is "running" for ever, and the end has no time."""

from datetime import datetime, timezone

from app.db import SessionLocal
from app.feeds import import_feed
from models.database.product_import_job import ProductImportJob


def import_products(job_id: int) -> None:  # expect: BG031
    with SessionLocal() as db:
        job = db.get(ProductImportJob, job_id)
        job.status = "running"
        job.started_at = datetime.now(timezone.utc)
        job.completed_at = None
        db.commit()
        try:
            import_feed(job.feed_url)
            job.status = "completed"  # and when?
        except Exception as error:
            job.status = "failed"
            job.error_message = str(error)
        db.commit()
