from datetime import datetime

from sqlmodel import Field, SQLModel

from warehouse.states import JobState


class LabelPrintJob(SQLModel, table=True):  # expect: BG002 BG003 BG004 BG101
    id: int | None = Field(default=None, primary_key=True)
    state: str = JobState.QUEUED
    shelf: str
    started_at: datetime | None = None


class LabelCleanupJob(SQLModel, table=True):  # expect: BG004 BG101
    id: int | None = Field(default=None, primary_key=True)
    state: str = JobState.QUEUED
    started_at: datetime | None = None
    finished_at: datetime | None = None
    failure_reason: str | None = None
