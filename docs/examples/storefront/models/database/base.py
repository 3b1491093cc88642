"""What all tables share."""

from datetime import datetime, timezone

from sqlalchemy.orm import DeclarativeBase


def utcnow() -> datetime:
    """Return the present time, aware of its zone."""
    return datetime.now(timezone.utc)


class Base(DeclarativeBase):
    """The declarative base of the shop."""
