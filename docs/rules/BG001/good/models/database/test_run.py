"""Runs of the tests, with SQLModel: every annotated name of a table class is a column."""

from datetime import datetime
from enum import Enum

from sqlmodel import Field, SQLModel


class RunStatus(str, Enum):
    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"


class TestRunBase(SQLModel):
    status: RunStatus = Field(default=RunStatus.PENDING, index=True)


class TestRun(TestRunBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    started_at: datetime | None = None
    completed_at: datetime | None = None
    error_message: str | None = None
    triggered_by: str
