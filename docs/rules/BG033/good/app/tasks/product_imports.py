"""Imports of products: the task opens a session, and lends it to its helpers."""

from datetime import datetime, timezone

from sqlalchemy.orm import Session

from app.db import SessionLocal
from app.feeds import import_feed
from models.database.product_import_job import ProductImportJob


def import_products(job_id: int) -> None:
    db = SessionLocal()
    try:
        _import(job_id, db)
    finally:
        db.close()


def _import(job_id: int, db: Session) -> None:
    job = db.get(ProductImportJob, job_id)
    job.status = "running"
    job.started_at = datetime.now(timezone.utc)
    db.commit()
    try:
        import_feed(job.feed_url)
        job.status = "completed"
    except Exception as error:
        db.rollback()
        job.status = "failed"
        job.error_message = str(error)
    job.completed_at = datetime.now(timezone.utc)
    db.commit()
