"""Widgets, and the jobs that bring them."""

from collections.abc import Iterator
from typing import Any

from models.database.base import utcnow
from models.database.job_status import JobStatus
from models.database.widget_import_job import WidgetImportJob, WidgetVendor
from sqlalchemy import select
from sqlalchemy.orm import Session

ACTIVE = (JobStatus.PENDING, JobStatus.RUNNING)
PAYMENTS = {"processing": "Being checked", "paid": "Paid", "refunded": "Paid back"}


def mark_running(db: Session, job: WidgetImportJob) -> None:
    """Note that a job has begun."""
    job.status = JobStatus.RUNNING
    job.started_at = utcnow()
    db.commit()


class WidgetService:
    """Reads and writes widgets."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._prices: dict[str, float] = {}

    def active_jobs(self) -> list[WidgetImportJob]:
        """Return the jobs that are not over."""
        query = select(WidgetImportJob).where(WidgetImportJob.status.in_(ACTIVE))
        return list(self._db.execute(query).scalars())

    def overdue_jobs(self) -> list[WidgetImportJob]:
        """Return the jobs that began under an earlier version, which had another word for it."""
        return self._db.query(WidgetImportJob).filter_by(status="processing").all()

    def label(self, order: Any) -> str:
        """Return what a customer reads of an order's payment."""
        if order.payment_status == "processing":
            return PAYMENTS["processing"]
        return PAYMENTS.get(order.payment_status, "Unknown")

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield a row per vendor."""
        for vendor in self._db.execute(select(WidgetVendor)).scalars():
            yield {"sku": vendor.id, "title": vendor.name, "price": self.price_of(str(vendor.id))}

    def price_of(self, sku: str) -> float:
        """Return the price of a widget."""
        return self._prices.get(sku, 0.0)

    def store(self, sku: str, title: str, price: float) -> None:
        """Keep a widget."""
        self._prices[sku] = price
        self._db.merge(WidgetVendor(id=int(sku), name=title))
