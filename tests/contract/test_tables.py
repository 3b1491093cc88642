"""Every row of the documentation's tables, shown by code that it is about: first what it must leave alone."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests import linting
from tests.contract import regexes, snippets, units
from tests.contract.rows import Row
from tests.javascript import pages

TABLES = {"family": units.ROWS, "snippet": snippets.ROWS, "regex": regexes.ROWS}
"""The rows by the heading of their table's first column."""

ROWS = [row for rows in TABLES.values() for row in rows]
_DOCS = Path(__file__).parents[2] / "docs"
_PAGES = ("architecture/background-tasks.md", "writing-rules.md")


def cases(kind: Callable[[Row], Mapping[str, str]]) -> list[object]:
    return [pytest.param(row, text, id=f"{row.title}: {name}") for row in ROWS for name, text in kind(row).items()]


def assert_as_marked(row: Row, text: str) -> None:
    if row.path.endswith(".js"):
        pages.assert_as_marked(text, row.rules)
    else:
        linting.assert_as_marked(text, row.path, row.codes, row.rules)


@pytest.mark.parametrize(("row", "text"), cases(lambda row: row.silent))
def test_is_silent_about(row: Row, text: str) -> None:
    assert "expect:" not in text
    assert_as_marked(row, text)


@pytest.mark.parametrize(("row", "text"), cases(lambda row: row.speaking))
def test_speaks_of(row: Row, text: str) -> None:
    assert "expect:" in text
    assert_as_marked(row, text)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_each_row_has_what_speaks_and_twice_what_is_silent(row: Row) -> None:
    assert len(row.speaking) >= 1
    assert len(row.silent) >= 2


@pytest.mark.parametrize(("heading", "rows"), TABLES.items(), ids=TABLES)
def test_the_rows_are_those_of_the_documentation(heading: str, rows: tuple[Row, ...]) -> None:
    text = "\n".join((_DOCS / page).read_text(encoding="utf-8") for page in _PAGES)
    table = re.search(rf"^\| {heading} \|.*\n\|[ |-]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert table is not None
    first_cells = re.findall(r"^\| ((?:\\\||[^|])+?) \|", table[1], re.MULTILINE)
    assert list(dict.fromkeys(row.title for row in rows)) == [cell.replace("\\|", "|") for cell in first_cells]
