"""Runs of the tests. A property can be read, but nobody can search the database for it."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class TestRun(SQLModel, table=True):  # expect: BG001
    id: int | None = Field(default=None, primary_key=True)
    started_at: datetime | None = None
    completed_at: datetime | None = None
    error_message: str | None = None
    triggered_by: str

    @property
    def status(self) -> str:
        return "running" if self.completed_at is None else "completed"
