"""Runs of the tests: a mixin whose columns are made by methods."""

from sqlalchemy import Column, DateTime, Integer, String, Text
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()


class Timestamps:
    @declared_attr
    def started_at(cls):
        return Column(DateTime)

    @declared_attr
    def completed_at(cls):
        return Column(DateTime)


class TestRun(Timestamps, Base):
    __tablename__ = "test_runs"

    id = Column(Integer, primary_key=True)
    status = Column(String(30))
    error_message = Column(Text)
    triggered_by = Column(String(100))
