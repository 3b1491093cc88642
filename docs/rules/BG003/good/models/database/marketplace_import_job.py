"""Imports of a marketplace, with SQLModel."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class MarketplaceImportJob(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    status: str = "pending"
    error_message: str | None = Field(default=None, sa_column=Column(Text))
    started_at: datetime | None = None
    completed_at: datetime | None = None
    triggered_by: str
