"""Imports of old orders: a long text, loaded when somebody asks for it."""

from sqlalchemy import Column, Integer, String, Text
from sqlalchemy.orm import declarative_base, deferred

Base = declarative_base()


class LetzshopHistoricalImportJob(Base):
    __tablename__ = "letzshop_historical_import_jobs"

    id = Column(Integer, primary_key=True)
    status = Column(String(30))
    error_message = deferred(Column(Text))
