"""Columns that tables share: when a row was made, when its work began and ended, who is to be asked about it."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from models.database.base import utcnow


class CreatedAtMixin:
    """Rows that know when they were made."""

    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class LifecycleMixin(CreatedAtMixin):
    """Rows that begin and end."""

    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None] = mapped_column(default=None)


class AuditMixin(LifecycleMixin):
    """Rows that know who is to be asked about them."""

    @declared_attr
    def triggered_by(cls) -> Mapped[str]:
        """Return the column that every audited table has for itself."""
        return mapped_column(String(100))
