"""What vendors may start. Badly written: one request waits for its task, and no answer says which task to watch."""

import time

from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel
from sqlalchemy import select

from app.core.database import DbSession
from app.tasks.letzshop_tasks import import_letzshop_history
from app.tasks.stock_tasks import sync_stock_task
from models.database.letzshop import LetzshopHistoricalImportJob
from models.database.stock_sync_job import StockSyncJob

router = APIRouter(prefix="/vendor/marketplace", tags=["vendor"])


class Accepted(BaseModel):
    """An answer that says nothing."""

    ok: bool


@router.post("/import", response_model=Accepted)
def start_history(vendor: str, db: DbSession) -> Accepted:  # expect: BG021
    """Import all old orders while the vendor waits."""
    job = LetzshopHistoricalImportJob(vendor=vendor)
    db.add(job)
    db.commit()
    import_letzshop_history(job.id)
    return Accepted(ok=True)  # expect: BG020


@router.post("/stock")
def sync_stock(feed_url: str, background_tasks: BackgroundTasks, db: DbSession) -> Accepted:
    """Start a synchronisation in the session of this very request."""
    busy = select(StockSyncJob).where(StockSyncJob.status.in_(["running", "fetching"]))  # expect: BG010
    if db.scalars(busy).first():
        time.sleep(0.1)  # expect: BG021
    job = StockSyncJob(feed_url=feed_url, status="pending")
    db.add(job)
    db.commit()
    background_tasks.add_task(sync_stock_task, job.id, db)
    return Accepted(ok=True)
