from datetime import datetime, timezone

from sqlmodel import Field, SQLModel

from warehouse.states import JobState


class StockItem(SQLModel, table=True):
    sku: str = Field(primary_key=True)
    quantity: int = 0


class JobBase(SQLModel):
    id: int | None = Field(default=None, primary_key=True)
    state: str = Field(default=JobState.QUEUED, index=True)
    attempts: int = 0
    created_at: datetime = Field(default_factory=lambda: datetime.now(timezone.utc))
    started_at: datetime | None = None
    finished_at: datetime | None = None
    failure_reason: str | None = None
    requested_by: str | None = None


class StockSyncJob(JobBase, table=True):
    """The import of a supplier's stock list."""

    supplier: str


class StockCountJob(JobBase, table=True):
    """A count of what lies on the shelves."""

    counted: int = 0
