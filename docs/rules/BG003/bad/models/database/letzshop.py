"""Imports of old orders. The message lives as long as the object, and is in no table."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class LetzshopHistoricalImportJob(Base):  # expect: BG003
    __tablename__ = "letzshop_historical_import_jobs"

    error_message = None

    id = Column(Integer, primary_key=True)
    status = Column(String(30))
