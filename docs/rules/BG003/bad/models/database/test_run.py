"""Runs of the tests: that something failed is known, but not what."""

from datetime import datetime

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class TestRun(Base):  # expect: BG003
    """A run; see error_message for what went wrong."""

    __tablename__ = "test_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    has_error: Mapped[bool]
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    triggered_by: Mapped[str]
