"""Each model has a function of its own."""

from models.database.architecture_scan import ArchitectureScan
from models.database.letzshop import LetzshopHistoricalImportJob
from models.database.marketplace_import_job import MarketplaceImportJob
from models.database.test_run import TestRun

QUERIES = {}


def shows(model):
    def register(query):
        QUERIES[model.__name__] = query
        return query

    return register


@shows(MarketplaceImportJob)
@shows(LetzshopHistoricalImportJob)
def imports(db, model):
    return db.query(model).order_by(model.created_at)


@shows(TestRun)
@shows(ArchitectureScan)
def checks(db, model):
    return db.query(model).order_by(model.started_at)
