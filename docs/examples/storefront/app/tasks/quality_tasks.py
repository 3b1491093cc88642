"""Runs of the test suites: one decorator keeps the books of the run, another tries again when the database is busy."""

import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.core.jobs import tracked
from app.services.checks import run_checks
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
@tracked(TestRun)
def run_test_suite(db: Session, run: TestRun) -> bool:
    """Run the suite of a test run and count its outcomes."""
    outcomes = Counter(check.outcome for check in run_checks(run.suite))
    run.passed, run.failed = outcomes["passed"], outcomes["error"]
    return not run.failed
