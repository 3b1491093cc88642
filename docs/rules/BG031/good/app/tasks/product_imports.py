"""Imports of products: which status it is stands in a variable, and `finally` writes down when."""

from datetime import datetime, timezone

from app.db import SessionLocal
from app.feeds import import_feed
from models.database.product_import_job import ProductImportJob


def import_products(job_id: int) -> None:
    db = SessionLocal()
    job = db.get(ProductImportJob, job_id)
    setattr(job, "status", "running")
    job.started_at = datetime.now(timezone.utc)
    db.commit()
    outcome, message = "completed", None
    try:
        skipped = import_feed(job.feed_url)
        outcome = "completed_with_warnings" if skipped else "completed"
    except Exception as error:
        outcome, message = "failed", str(error)
    finally:
        job.status = outcome
        job.error_message = message
        job.completed_at = datetime.now(timezone.utc)
        db.commit()
        db.close()
