"""Synchronisation of stock. Badly written: works in the request's session, and tells nobody when it dies."""

from sqlalchemy.orm import Session

from app.services.feeds import read_feed
from models.database.product import Product
from models.database.stock_sync_job import StockSyncJob


def sync_stock_task(  # expect: BG030 BG031 BG032 BG033
    job_id: int,
    db: Session,  # expect: BG033
) -> None:
    """Take over the numbers of a vendor's feed."""
    job = db.get_one(StockSyncJob, job_id)
    job.status = "running"
    db.commit()
    for row in read_feed(job.feed_url):
        product = db.get(Product, row["sku"])
        if product is not None:
            product.stock = row["stock"]
    job.status = "completed"
    db.commit()
