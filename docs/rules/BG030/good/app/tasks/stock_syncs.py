"""Synchronisations of stock: a context manager keeps the books for every task that enters it."""

from contextlib import contextmanager

from app.db import SessionLocal
from app.feeds import read_stock
from models.database.stock_sync_job import StockSyncJob, utcnow


@contextmanager
def job_run(job_id: int):
    with SessionLocal() as db:
        job = db.get(StockSyncJob, job_id)
        _set(job, "running", started_at=utcnow())
        db.commit()
        try:
            yield job
            _set(job, "completed", completed_at=utcnow())
        except Exception as error:
            _set(job, "failed", completed_at=utcnow(), error_message=str(error))
        db.commit()


def _set(job, status, **fields):
    job.status = status
    for name, value in fields.items():
        setattr(job, name, value)


def sync_stock(job_id: int) -> None:
    with job_run(job_id) as job:
        job.rows = read_stock(job.feed_url)


def sync_all_stock(job_ids: list[int]) -> None:
    for job_id in job_ids:
        sync_stock(job_id)
