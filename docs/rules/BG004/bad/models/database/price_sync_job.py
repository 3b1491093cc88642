"""Synchronisations of prices: who owns the shop is known, but not who started this."""

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class PriceSyncJob(Base):  # expect: BG004
    __tablename__ = "price_sync_jobs"

    id = Column(Integer, primary_key=True)
    status = Column(String(30))
    started_at = Column(DateTime)
    completed_at = Column(DateTime)
    owner_id = Column(ForeignKey("users.id"))
    triggered = Column(Integer)
