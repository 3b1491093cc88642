"""Imports of products: the session is the request's. It is closed, or somebody else's, when the task needs it."""

from datetime import datetime, timezone

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.feeds import import_feed
from models.database.product_import_job import ProductImportJob


def import_products(job_id: int, db: Session) -> None:  # expect: BG033
    job = db.get(ProductImportJob, job_id)
    begin(job)
    try:
        import_feed(job.feed_url)
        end(job, "completed")
    except Exception as error:
        job.error_message = str(error)
        end(job, "failed")
    db.commit()


async def import_archive(  # expect: BG033
    job_id: int,
    database: AsyncSession | None = None,  # expect: BG033
) -> None:
    job = await database.get(ProductImportJob, job_id)
    begin(job)
    try:
        import_feed(job.archive_url)
        end(job, "completed")
    except Exception as error:
        job.error_message = str(error)
        end(job, "failed")
    await database.commit()


def begin(job) -> None:
    job.status = "running"
    job.started_at = datetime.now(timezone.utc)


def end(job, status: str) -> None:
    job.status = status
    job.completed_at = datetime.now(timezone.utc)
