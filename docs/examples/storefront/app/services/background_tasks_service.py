"""One view of all background tasks, whatever table they live in."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.database.letzshop import LetzshopHistoricalImportJob
from models.database.marketplace_import_job import MarketplaceImportJob
from models.database.order_export_job import OrderExportJob
from models.database.stock_sync_job import StockSyncJob
from models.database.test_run import TestRun

TASK_MODELS: dict[str, Any] = {  # expect: BG022
    "product_import": MarketplaceImportJob,
    "order_import": LetzshopHistoricalImportJob,
    "order_export": OrderExportJob,
    "stock_sync": StockSyncJob,
    "test_run": TestRun,
}


def recent_tasks(db: Session, limit: int = 10) -> list[dict[str, Any]]:
    """Return the last tasks of each kind, the newest first."""
    return [
        {"kind": kind, "id": task.id, "status": getattr(task, "status", None)}
        for kind, model in TASK_MODELS.items()
        for task in db.scalars(select(model).order_by(model.id.desc()).limit(limit))
    ]
