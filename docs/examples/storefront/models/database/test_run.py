"""Runs of the shop's own test suites, started from the admin pages."""

import sqlalchemy as sa

from models.database.base import Base, utcnow
from models.database.job_status import JobStatus


class TestRun(Base):
    """One run of one suite."""

    __test__ = False  # not a test case, whatever pytest thinks of the name
    __tablename__ = "test_runs"

    id = sa.Column(sa.Integer, primary_key=True)
    suite = sa.Column(sa.String(50), nullable=False)
    status = sa.Column(sa.String(30), nullable=False, default=JobStatus.PENDING.value, index=True)
    created_at = sa.Column(sa.DateTime, default=utcnow)
    started_at = sa.Column(sa.DateTime)
    completed_at = sa.Column(sa.DateTime)
    error_message = sa.Column(sa.Text)
    triggered_by_id = sa.Column(sa.Integer, nullable=False)
    passed = sa.Column(sa.Integer, default=0)
    failed = sa.Column(sa.Integer, default=0)
