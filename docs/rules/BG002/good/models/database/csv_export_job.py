"""Exports to CSV, written out."""

from sqlalchemy import Column, DateTime, Integer, String, func
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class CSVExportJob(Base):
    __tablename__ = "csv_export_jobs"

    id = Column(Integer, primary_key=True)
    status = Column(String(30))
    triggered_by = Column(String(100))
    created_at = Column(DateTime, server_default=func.now())
    started_at = Column(DateTime)
    completed_at = Column(DateTime)
