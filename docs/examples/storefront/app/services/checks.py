"""The shop's own test suites."""

from collections.abc import Callable
from typing import NamedTuple

from app.services.feeds import DEMO_FEEDS


class Outcome(NamedTuple):
    """What became of one check."""

    name: str
    outcome: str


def _all_feeds_have_rows() -> bool:
    return all(DEMO_FEEDS.values())


def _all_rows_have_titles() -> bool:
    return all("title" in row for row in DEMO_FEEDS["demo://untidy"])


SUITES: dict[str, list[Callable[[], bool]]] = {"feeds": [_all_feeds_have_rows, _all_rows_have_titles]}


def run_checks(suite: str) -> list[Outcome]:
    """Return the outcome of each check of a suite, or raise `LookupError` if there is no such suite."""
    if suite not in SUITES:
        raise LookupError(f"no suite called {suite}")
    return [Outcome(check.__name__, "passed" if check() else "error") for check in SUITES[suite]]
