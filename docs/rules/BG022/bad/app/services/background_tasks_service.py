"""A registry that one model is missing from. It is imported, and that is all."""

from models.database.architecture_scan import ArchitectureScan
from models.database.letzshop import LetzshopHistoricalImportJob
from models.database.marketplace_import_job import MarketplaceImportJob
from models.database.test_run import TestRun

__all__ = ["ArchitectureScan", "BackgroundTasksService"]


class BackgroundTasksService:
    TASK_MODELS = {  # expect: BG022
        "product_import": MarketplaceImportJob,
        "order_import": LetzshopHistoricalImportJob,
        "test_run": TestRun,
        # "code_quality_scan": ArchitectureScan,
    }

    def latest_scan(self, db) -> "ArchitectureScan | None":
        """Return the last ArchitectureScan."""
        return self.latest(db, "code_quality_scan")

    def latest(self, db, kind: str):
        return db.query(self.TASK_MODELS[kind]).first()
