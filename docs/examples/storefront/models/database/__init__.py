"""The tables of the shop, in one place so that `Base.metadata` knows them all."""

from models.database.architecture_scan import ArchitectureScan
from models.database.base import Base
from models.database.letzshop import LetzshopHistoricalImportJob, LetzshopOrder
from models.database.marketplace_import_job import MarketplaceImportJob
from models.database.order import Order
from models.database.order_export_job import OrderExportJob
from models.database.product import Product
from models.database.stock_sync_job import StockSyncJob
from models.database.test_run import TestRun

__all__ = [
    "ArchitectureScan",
    "Base",
    "LetzshopHistoricalImportJob",
    "LetzshopOrder",
    "MarketplaceImportJob",
    "Order",
    "OrderExportJob",
    "Product",
    "StockSyncJob",
    "TestRun",
]
