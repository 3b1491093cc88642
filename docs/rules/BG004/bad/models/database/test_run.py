"""Runs of the tests: the answer is the same for all of them, and is stored for none."""

from datetime import datetime

from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class TestRun(Base):  # expect: BG004
    __tablename__ = "test_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    started_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    error_message: Mapped[str | None]

    @hybrid_property
    def triggered_by(self) -> str:
        return "scheduled"
