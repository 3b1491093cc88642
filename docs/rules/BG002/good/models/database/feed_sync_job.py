"""Synchronisations of a feed: the timestamps come from an abstract base and a mixin of it."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import DateTime
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

timestamp = Annotated[datetime, mapped_column(DateTime(timezone=True))]


class Base(DeclarativeBase):
    pass


class Timestamps:
    started_at: Mapped[timestamp | None]
    completed_at: Mapped[timestamp | None]


class TaskRecord(Timestamps, Base):
    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)


class FeedSyncJob(TaskRecord):
    __tablename__ = "feed_sync_jobs"

    status: Mapped[str]
    triggered_by: Mapped[str]
