"""The rows that say how imports of widgets are doing."""

from datetime import datetime

from models.database.base import Base, TimestampMixin
from models.database.job_status import JobStatus
from sqlalchemy import Enum, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship


class WidgetVendor(Base):
    """Where widgets come from."""

    __tablename__ = "widget_vendors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    jobs: Mapped[list["WidgetImportJob"]] = relationship(back_populates="vendor")


class WidgetImportJob(TimestampMixin, Base):
    """One import."""

    __tablename__ = "widget_import_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    vendor_id: Mapped[int] = mapped_column(ForeignKey("widget_vendors.id"))
    vendor: Mapped[WidgetVendor] = relationship(back_populates="jobs")
    status: Mapped[JobStatus] = mapped_column(Enum(JobStatus), default=JobStatus.PENDING, index=True)
    completed_at: Mapped[datetime | None]
    error_message: Mapped[str | None] = mapped_column(Text)
    row_count: Mapped[int] = mapped_column(default=0)

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.status in (JobStatus.COMPLETED, JobStatus.FAILED)
