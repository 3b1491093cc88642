"""Imports of products: the handler is broad, and the one before it may be narrow."""

from datetime import datetime, timezone

from app.db import SessionLocal
from app.feeds import import_feed
from models.database.product_import_job import ProductImportJob


class FeedError(Exception):
    pass


def import_products(job_id: int) -> None:
    with SessionLocal() as db:
        job = db.get(ProductImportJob, job_id)
        job.status = "running"
        job.started_at = datetime.now(timezone.utc)
        db.commit()
        try:
            import_feed(job.feed_url)
            job.status = "completed"
        except (FeedError, OSError) as error:
            fail(job, f"the feed cannot be read: {error}")
        except BaseException as error:
            fail(job, str(error))
            raise
        finally:
            job.completed_at = datetime.now(timezone.utc)
            db.commit()


def fail(job, message: str) -> None:
    job.status = "failed"
    job.error_message = message[:1000]
