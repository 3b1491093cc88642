"""What all tables share."""

from datetime import datetime, timezone

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def utcnow() -> datetime:
    """Return the present time, aware of its zone."""
    return datetime.now(timezone.utc)


class Base(DeclarativeBase):
    """The declarative base of the shop."""


class CreatedAtMixin:
    """Rows that know when they were made."""

    created_at: Mapped[datetime] = mapped_column(default=utcnow)
