from datetime import datetime

from sqlmodel import Field, SQLModel


class PickTask(SQLModel, table=True):
    """What a person is to fetch from the shelves: no program runs it, so no rule speaks of it."""

    id: int | None = Field(default=None, primary_key=True)
    status: str = "open"
    assignee: str
    due_at: datetime
    priority: int = 0
