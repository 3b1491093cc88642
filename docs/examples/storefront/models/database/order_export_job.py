"""Exports of orders for the book-keepers."""

from typing import Annotated

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from models.database.base import Base
from models.database.job_status import JobStatus
from models.database.mixins import AuditMixin

StatusText = Annotated[str, mapped_column(String(30), default=JobStatus.PENDING.value, index=True)]


class OrderExportJob(AuditMixin, Base):
    """One export of all orders."""

    __tablename__ = "order_export_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[StatusText]
    error_message: Mapped[str | None] = mapped_column(Text)
    content: Mapped[str | None] = deferred(mapped_column(Text))
