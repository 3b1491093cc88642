"""What all rows have in common."""

from datetime import datetime, timezone

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def utcnow() -> datetime:
    """Return the time."""
    return datetime.now(timezone.utc)


class Base(DeclarativeBase):
    """The base of all rows."""


class TimestampMixin:
    """When a row was made, and when its work began."""

    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    started_at: Mapped[datetime | None]
