"""Imports of a marketplace. The status has another name, and a docstring is no column: status = Column(String)."""

from sqlalchemy import Column, DateTime, Integer, String, Text
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class MarketplaceImportJob(Base):  # expect: BG001
    __tablename__ = "marketplace_import_jobs"

    id = Column(Integer, primary_key=True)
    # status = Column(String(30), default="pending")
    state = Column(String(30), default="pending")
    started_at = Column(DateTime)
    completed_at = Column(DateTime)
    error_message = Column(Text)
    triggered_by = Column(String(100))
