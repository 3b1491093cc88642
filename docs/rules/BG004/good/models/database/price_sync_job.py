"""Synchronisations of prices: the user by a foreign key. `triggered_by_id` goes on after `triggered_by`."""

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class PriceSyncJob(Base):
    __tablename__ = "price_sync_jobs"

    id = Column(Integer, primary_key=True)
    status = Column(String(30))
    started_at = Column(DateTime)
    completed_at = Column(DateTime)
    triggered_by_id = Column(ForeignKey("users.id"), nullable=False)
    triggered_by = relationship("User")
