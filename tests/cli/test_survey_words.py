"""How `bgtasks init` understands names: of columns, of statuses, of classes."""

import pytest

from flake8_bgtasks.cli.survey.words import COMPLETED, ERRORS, STARTED, first_of, noun_of, status_columns

COLUMNS = {
    "in the order of preference": (STARTED, ("begun_at", "started_at"), ("started_at", "begun_at")),
    "whatever the case": (STARTED, ("startedAt", "id"), ("startedAt",)),
    "with a word before it": (COMPLETED, ("sync_end_time", "id"), ("sync_end_time",)),
    "with a word before it, only where none is called so": (COMPLETED, ("sync_end_time", "end_time"), ("end_time",)),
    "not with a word before a single one": (COMPLETED, ("is_finished",), ()),
    "a participle with its partner": (COMPLETED, ("started", "completed"), ("completed",)),
    "not a participle alone, which may be a number": (COMPLETED, ("started_at", "completed"), ()),
    "not with a word before it, if it is no time": (ERRORS, ("mail_error_message",), ()),
}


@pytest.mark.parametrize(("names", "columns", "found"), COLUMNS.values(), ids=COLUMNS)
def test_a_column_is_found(names: tuple[str, ...], columns: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert first_of(names, frozenset(columns)) == found


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (("status", "sync_status"), ("status",)),
        (("State",), ("State",)),
        (("sync_status", "mail_state", "id"), ("mail_state", "sync_status")),
        (("statuses", "estate"), ()),
    ],
)
def test_a_status_is_found(columns: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert status_columns(frozenset(columns)) == found


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("ProductImport", "import"),
        ("TaskRunModel", "run"),
        ("ImportJobRecord", "job"),
        ("ImportJobs", "job"),
        ("ImportJob_2", "job"),
        ("Analysis", "analysis"),
        ("Record", "record"),
        ("JobPosting", "posting"),
    ],
)
def test_the_noun_of_a_class(name: str, noun: str) -> None:
    assert noun_of(name) == noun
