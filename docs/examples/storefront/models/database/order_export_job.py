"""Exports of orders for the book-keepers."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, declared_attr, deferred, mapped_column

from models.database.base import Base

StatusText = Annotated[str, mapped_column(String(30), default="pending", index=True)]


class LifecycleMixin:
    """Rows that begin and end."""

    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None] = mapped_column(default=None)


class AuditMixin(LifecycleMixin):
    """Rows that know who is to be asked about them."""

    @declared_attr
    def triggered_by(cls) -> Mapped[str]:
        """Return the column that every audited table has for itself."""
        return mapped_column(String(100))


class OrderExportJob(AuditMixin, Base):
    """One export of all orders."""

    __tablename__ = "order_export_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[StatusText]
    error_message: Mapped[str | None] = mapped_column(Text)
    content: Mapped[str | None] = deferred(mapped_column(Text))
