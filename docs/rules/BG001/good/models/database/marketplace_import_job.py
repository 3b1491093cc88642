"""Imports of a marketplace: the status comes from a mixin."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class HasStatus:
    status: Mapped[str] = mapped_column(String(30), default="pending", index=True)


class MarketplaceImportJob(HasStatus, Base):
    __tablename__ = "marketplace_import_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    error_message: Mapped[str | None]
    triggered_by: Mapped[str]
