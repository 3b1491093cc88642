"""The suggestion, as it stands."""

from models.database.architecture_scan import ArchitectureScan
from models.database.letzshop import LetzshopHistoricalImportJob
from models.database.marketplace_import_job import MarketplaceImportJob
from models.database.test_run import TestRun

TASK_MODELS = {
    "product_import": MarketplaceImportJob,
    "order_import": LetzshopHistoricalImportJob,
    "test_run": TestRun,
    "code_quality_scan": ArchitectureScan,
}


def active(db):
    return [task for model in TASK_MODELS.values() for task in db.query(model).filter_by(status="running")]
