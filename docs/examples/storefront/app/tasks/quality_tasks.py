"""Runs of the test suites: small helpers, and a decorator that tries again when the database is busy."""

import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.core.database import SessionLocal
from app.services.checks import run_checks
from models.database.base import utcnow
from models.database.test_run import TestRun

P = ParamSpec("P")
R = TypeVar("R")


def retry(times: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Call the function again, a few times, while the database is locked."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            for attempt in range(1, times):
                try:
                    return function(*args, **kwargs)
                except OperationalError:
                    time.sleep(0.1 * attempt)
            return function(*args, **kwargs)

        return wrapper

    return decorate


@retry(times=3)
def run_test_suite(run_id: int) -> None:
    """Run the suite of a test run and count its outcomes."""
    db = SessionLocal()
    try:
        run = db.get_one(TestRun, run_id)
        _start(db, run)
        try:
            outcomes = Counter(check.outcome for check in run_checks(run.suite))
        except Exception as error:
            _finish(db, run, "failed", error_message=str(error))
            return
        run.passed, run.failed = outcomes["passed"], outcomes["error"]
        _finish(db, run, "completed_with_warnings" if run.failed else "completed")
    finally:
        db.close()


def _start(db: Session, run: TestRun) -> None:
    run.status = "running"
    run.started_at = utcnow()
    db.commit()


def _finish(db: Session, run: TestRun, status: str, error_message: str | None = None) -> None:
    run.status = status
    run.error_message = error_message
    run.completed_at = utcnow()
    db.commit()
