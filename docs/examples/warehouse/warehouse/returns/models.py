from datetime import datetime

from sqlmodel import Field, SQLModel

from warehouse.states import JobState


class RefundExport(SQLModel, table=True):
    """Older than the rules: what is wrong with it is in the baseline, so that only what is new is reported."""

    id: int | None = Field(default=None, primary_key=True)
    state: str = JobState.QUEUED
    finished_at: datetime | None = None
    failure_reason: str | None = None
