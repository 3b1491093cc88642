"""Exports to CSV: when did it begin, and when did it end?"""

from sqlalchemy import Column, DateTime, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class CSVExportJob(Base):  # expect: BG002
    __tablename__ = "csv_export_jobs"

    id = Column(Integer, primary_key=True)
    status = Column(String(30))
    triggered_by = Column(String(100))
    created_at = Column(DateTime)
    # started_at = Column(DateTime)
