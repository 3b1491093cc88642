"""Imports of product feeds."""

from datetime import datetime

from sqlalchemy import Enum, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.database.base import Base
from models.database.job_status import JobStatus
from models.database.mixins import CreatedAtMixin


class MarketplaceImportJob(CreatedAtMixin, Base):
    """One import of one feed."""

    __tablename__ = "marketplace_import_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_url: Mapped[str] = mapped_column(String(500))
    status: Mapped[JobStatus] = mapped_column(
        Enum(JobStatus, native_enum=False, length=30), default=JobStatus.PENDING, index=True
    )
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    error_message: Mapped[str | None] = mapped_column(Text)
    triggered_by: Mapped[str] = mapped_column(String(100))
    imported_count: Mapped[int] = mapped_column(default=0)
    skipped_count: Mapped[int] = mapped_column(default=0)
