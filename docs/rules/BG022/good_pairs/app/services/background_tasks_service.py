"""Pairs, aliases, and a string with the path of a model that is loaded later."""

from models.database import letzshop
from models.database.architecture_scan import ArchitectureScan as Scan
from models.database.test_run import TestRun

TASK_MODELS = (
    ("product_import", "models.database.marketplace_import_job.MarketplaceImportJob"),
    ("order_import", letzshop.LetzshopHistoricalImportJob),
    ("test_run", TestRun),
    ("code_quality_scan", Scan),
)
