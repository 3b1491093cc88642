"""Synchronisations of stock with a vendor. Badly written: when did it run, and who wanted it?"""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.database.base import Base
from models.database.mixins import CreatedAtMixin


class StockSyncJob(CreatedAtMixin, Base):  # expect: BG002 BG004
    """One synchronisation."""

    __tablename__ = "stock_sync_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_url: Mapped[str] = mapped_column(String(500))
    status: Mapped[str] = mapped_column(String(20), default="fetching")  # expect: BG010
