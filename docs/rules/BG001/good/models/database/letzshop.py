"""Letzshop's orders, and the imports of them. Only the import is a task, so only it needs a status."""

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class LetzshopOrder(Base):
    __tablename__ = "letzshop_orders"

    number = sa.Column(sa.String(40), primary_key=True)


class LetzshopHistoricalImportJob(Base):
    __tablename__ = "letzshop_historical_import_jobs"

    id = sa.Column(sa.Integer, primary_key=True)
    status = sa.Column(sa.Enum("pending", "running", "completed", "failed", name="job_status"), index=True)
    error_message = sa.Column(sa.Text)
