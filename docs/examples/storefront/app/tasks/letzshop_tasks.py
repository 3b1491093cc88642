"""Imports of old Letzshop orders. Badly written: it says what it means to do in comments alone."""

import logging

from app.core.database import SessionLocal
from app.services.feeds import read_feed
from models.database.letzshop import LetzshopHistoricalImportJob, LetzshopOrder

logger = logging.getLogger(__name__)


def import_letzshop_history(job_id: int) -> None:  # expect: BG030 BG031 BG032
    """Import the orders of a vendor: set status = "running" and started_at, then do the work."""
    db = SessionLocal()
    job = db.get_one(LetzshopHistoricalImportJob, job_id)
    job.state = "importing"
    db.commit()
    for row in read_feed(f"demo://{job.vendor}"):
        try:
            db.merge(LetzshopOrder(number=row["number"], job_id=job.id))
        except KeyError:
            logger.warning("an order without a number in job %s", job_id)
    # TODO: status = "failed" with an error_message and completed_at when it goes wrong
    job.state = "done"
    db.commit()
    db.close()
