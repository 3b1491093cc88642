"""The table of the contract: every row speaks and is silent where it should, and every variant has its place in it."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from tests import projects
from tests.contract import units_endpoints, units_models, units_reach, units_table, units_tasks
from tests.contract.table import Case, Row
from tests.contract.variants import VARIANTS
from tests.javascript import pages

ROWS: tuple[Row, ...] = (
    *units_table.ROWS,
    *units_models.ROWS,
    *units_endpoints.ROWS,
    *units_tasks.ROWS,
    *units_reach.ROWS,
)
SPEAKING = [(row, case) for row in ROWS for case in row.cases(row.speaking)]
SILENT = [(row, case) for row in ROWS for case in row.cases(row.silent)]

_MARK = re.compile(r"expect: (.*)")


def code_at(path: str, row: Row, case: Case) -> str:
    """Return the text of a file, with the row's head where it belongs."""
    return "".join(dedent(text).lstrip("\n") for text in (row.head if path == row.path else "", case.files[path]))


def check(root: Path, row: Row, case: Case) -> None:
    """Assert that the case gives the findings that are marked in it, and no others of the row's codes."""
    files = {path: code_at(path, row, case) for path in case.files}
    if row.path.endswith(".js"):
        pages.assert_as_marked(files[row.path], row.rules)
    else:
        projects.assert_as_marked(root, files, row.codes, row.rules)


def expects(row: Row, case: Case) -> bool:
    """Tell whether a finding of the row's codes is marked in the case."""
    marks = [mark for path in case.files for mark in _MARK.findall(code_at(path, row, case))]
    return any(code.startswith(row.codes) for mark in marks for code in re.findall(r"BG\d{3}", mark))


def names(cases: list[tuple[Row, Case]]) -> list[str]:
    return [f"{row.says}: {case.sentence}" for row, case in cases]


@pytest.mark.parametrize(("row", "case"), SILENT, ids=names(SILENT))
def test_silent(tmp_path: Path, row: Row, case: Case) -> None:
    assert not expects(row, case)
    check(tmp_path, row, case)


@pytest.mark.parametrize(("row", "case"), SPEAKING, ids=names(SPEAKING))
def test_speaking(tmp_path: Path, row: Row, case: Case) -> None:
    assert expects(row, case)
    check(tmp_path, row, case)


@pytest.mark.parametrize("row", ROWS, ids=[row.says for row in ROWS])
def test_every_row_speaks_at_least_once_and_is_silent_twice(row: Row) -> None:
    assert len(row.speaking) >= 1
    assert len(row.silent) >= 2


def test_no_sentence_is_written_twice() -> None:
    ids = names(SPEAKING + SILENT)
    assert len(set(ids)) == len(ids)


def test_every_case_is_drawn_from_the_catalogue() -> None:
    assert all(case.drawn and set(case.drawn) <= VARIANTS.keys() for _, case in SPEAKING + SILENT)
