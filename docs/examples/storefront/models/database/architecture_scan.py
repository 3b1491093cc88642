"""Scans of the themes that vendors upload. Badly written: it speaks a vocabulary of its own."""

from enum import Enum

from sqlalchemy import Column, DateTime, Integer, String

from models.database.base import Base


class ScanStatus(str, Enum):
    """How a scan is doing."""

    PENDING = "pending"
    PROCESSING = "processing"  # expect: BG010
    PASSED = "passed"  # expect: BG010
    FAILED = "failed"


class ArchitectureScan(Base):
    """One scan of one theme."""

    __tablename__ = "architecture_scans"

    id = Column(Integer, primary_key=True)
    theme = Column(String(100), nullable=False)
    status = Column(String(20), default=ScanStatus.PENDING.value, index=True)
    started_at = Column(DateTime)
    completed_at = Column(DateTime)
    violations = Column(Integer)
