"""Runs of the tests: the end is worked out and not stored, so no query can sort by it."""

from datetime import datetime, timedelta

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class TestRun(Base):  # expect: BG002
    __tablename__ = "test_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    error_message: Mapped[str | None]
    triggered_by: Mapped[str]
    started_at: Mapped[datetime | None]
    seconds: Mapped[int] = mapped_column(default=0)

    @property
    def completed_at(self) -> datetime | None:
        return self.started_at and self.started_at + timedelta(seconds=self.seconds)
