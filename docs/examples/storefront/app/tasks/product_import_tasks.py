"""Imports of product feeds: everything written out in one function."""

import logging
from decimal import Decimal

from sqlalchemy.orm import Session

from app.core.database import SessionLocal
from app.services.feeds import read_feed
from models.database.base import utcnow
from models.database.job_status import JobStatus
from models.database.marketplace_import_job import MarketplaceImportJob
from models.database.product import Product

logger = logging.getLogger(__name__)


def import_products(job_id: int) -> None:
    """Import the job's feed; the job says how it went."""
    with SessionLocal() as db:
        job = db.get(MarketplaceImportJob, job_id)
        if job is None:
            logger.warning("import job %s is gone", job_id)
            return
        job.status = JobStatus.RUNNING
        job.started_at = utcnow()
        db.commit()
        try:
            logger.info("processing %s", job.feed_url)
            job.imported_count, job.skipped_count = _import_rows(db, job.feed_url)
        except Exception as error:
            logger.exception("import job %s failed", job_id)
            db.rollback()
            job.status = JobStatus.FAILED
            job.error_message = str(error)[:1000]
        else:
            job.status = JobStatus.COMPLETED_WITH_WARNINGS if job.skipped_count else JobStatus.COMPLETED
        finally:
            job.completed_at = utcnow()
            db.commit()


def _import_rows(db: Session, feed_url: str) -> tuple[int, int]:
    """Return how many rows were imported, and how many had to be skipped."""
    imported = skipped = 0
    for row in read_feed(feed_url):
        try:
            db.merge(Product(sku=row["sku"], title=row["title"], price=Decimal(row["price"])))
        except KeyError:
            skipped += 1
        else:
            imported += 1
    return imported, skipped
