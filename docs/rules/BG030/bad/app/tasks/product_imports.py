"""Imports of products: nobody can see that one is under way."""

from datetime import datetime, timezone

from app.db import SessionLocal
from app.feeds import import_feed
from models.database.product_import_job import ProductImportJob


def import_products(job_id: int) -> None:  # expect: BG030
    """Set status = "running" and started_at, and import."""
    with SessionLocal() as db:
        job = db.get(ProductImportJob, job_id)
        if job.started_at is not None:  # read, and never written
            return
        try:
            import_feed(job.feed_url)
            job.status = "completed"
        except Exception as error:
            db.rollback()
            job.status = "failed"
            job.error_message = str(error)
        job.completed_at = datetime.now(timezone.utc)
        db.commit()
