"""Every row of the documentation's tables, and every paragraph, shown by code: first what it must leave alone."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from flake8_bgtasks.rules.model import Family
from tests import projects
from tests.contract import (
    api_blocking,
    api_registry,
    api_returns,
    api_routes,
    api_work,
    regexes,
    snippets,
    snippets_columns,
    snippets_flows,
    snippets_sessions,
    snippets_words,
    snippets_writes,
    status_elsewhere,
    status_meets,
    status_names,
    tasks,
    units,
    units_callbacks,
    units_endpoints,
    units_models,
    units_reach,
    units_tasks,
)
from tests.contract.rows import Case, Row
from tests.contract.variants import VARIANTS
from tests.javascript import pages
from tests.linting import catalogue

TABLES = {"family": units.ROWS, "snippet": snippets.ROWS, "regex": regexes.ROWS}
"""The rows by the heading of their table's first column."""
PARAGRAPHS = (
    units_models.ROWS,
    units_endpoints.ROWS,
    units_tasks.ROWS,
    units_reach.ROWS,
    units_callbacks.ROWS,
    snippets_words.ROWS,
    snippets_columns.ROWS,
    snippets_flows.ROWS,
    snippets_writes.ROWS,
    snippets_sessions.ROWS,
    status_names.ROWS,
    status_meets.ROWS,
    status_elsewhere.ROWS,
    api_routes.ROWS,
    api_returns.ROWS,
    api_work.ROWS,
    api_blocking.ROWS,
    api_registry.ROWS,
    tasks.ROWS,
)

ROWS = [row for rows in (*TABLES.values(), *PARAGRAPHS) for row in rows]
SILENT = [(row, case) for row in ROWS for case in row.read(row.silent)]
SPEAKING = [(row, case) for row in ROWS for case in row.read(row.speaking)]
_DOCS = Path(__file__).parents[2] / "docs"
_PAGES = ("architecture/background-tasks.md", "writing-rules.md")


def names(cases: list[tuple[Row, Case]]) -> list[str]:
    return [f"{row.title}: {case.name}" for row, case in cases]


def assert_as_marked(root: Path, row: Row, case: Case) -> None:
    files = {path: _text(row.head if path == row.path else "", text) for path, text in case.files.items()}
    if row.path.endswith(".js"):
        pages.assert_as_marked(files[row.path], row.rules)
    else:
        projects.assert_as_marked(root, files, row.codes, row.rules)


def _text(*parts: str) -> str:
    return "".join(dedent(part).lstrip("\n") for part in parts)


@pytest.mark.parametrize(("row", "case"), SILENT, ids=names(SILENT))
def test_is_silent_about(tmp_path: Path, row: Row, case: Case) -> None:
    assert not any("expect:" in text for text in case.files.values())
    assert_as_marked(tmp_path, row, case)


@pytest.mark.parametrize(("row", "case"), SPEAKING, ids=names(SPEAKING))
def test_speaks_of(tmp_path: Path, row: Row, case: Case) -> None:
    assert any(f"expect: {row.codes}" in text for text in case.files.values())
    assert_as_marked(tmp_path, row, case)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_each_row_has_what_speaks_and_twice_what_is_silent(row: Row) -> None:
    assert len(row.speaking) >= 1
    assert len(row.silent) >= 2


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_each_case_stands_in_a_file_that_the_rules_are_about(row: Row) -> None:
    for case in (*row.read(row.silent), *row.read(row.speaking)):
        codes = {
            rule.rule.code
            for path in case.files
            for family in Family
            for rule in catalogue(row.rules).covering(family, path)
        }
        assert any(code.startswith(row.codes) for code in codes), case.name


@pytest.mark.parametrize(("heading", "rows"), TABLES.items(), ids=TABLES)
def test_the_rows_are_those_of_the_documentation(heading: str, rows: tuple[Row, ...]) -> None:
    text = "\n".join((_DOCS / page).read_text(encoding="utf-8") for page in _PAGES)
    table = re.search(rf"^\| {heading} \|.*\n\|[ |-]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert table is not None
    first_cells = re.findall(r"^\| ((?:\\\||[^|])+?) \|", table[1], re.MULTILINE)
    assert list(dict.fromkeys(row.title for row in rows)) == [cell.replace("\\|", "|") for cell in first_cells]


def test_the_cases_are_drawn_from_all_variants_of_the_catalogue() -> None:
    assert {name for _, case in SILENT + SPEAKING for name in case.variants} == VARIANTS.keys()
