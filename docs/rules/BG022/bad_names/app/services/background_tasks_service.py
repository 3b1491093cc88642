"""A name that only starts like the model's is another model."""

from models.database import letzshop, marketplace_import_job
from models.database.architecture_scan import ArchitectureScanResult
from models.database.test_run import TestRun, TestRunResult

TASK_MODELS = [  # expect: BG022
    marketplace_import_job.MarketplaceImportJob,
    letzshop.LetzshopHistoricalImportJob,
    TestRun,
    ArchitectureScanResult,
]


def results(db):
    return db.query(TestRunResult).all()
