"""The pages in the documentation say what the marks beside their lines promise."""

from pathlib import Path

import pytest

from flake8_bgtasks.javascript.decoding import decode
from flake8_bgtasks.javascript.script import Script
from tests.expectations import expected
from tests.javascript.pages import check

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(
    path.relative_to(DOCS).as_posix()
    for folder in ("rules", "examples/storefront")
    for path in (DOCS / folder).rglob("*.js")
)


def test_each_rule_has_two_bad_and_two_good_pages() -> None:
    for code in ("BG040", "BG041"):
        for kind in ("bad", "good"):
            assert sum(page.startswith(f"rules/{code}/{kind}/") for page in PAGES) >= 2


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_found_as_marked(page: str) -> None:
    found = {(one.line, one.code) for one in check(Script(page, decode((DOCS / page).read_bytes())))}
    assert found == {(mark.line, mark.code) for mark in expected(DOCS / page, (".js",))}
    assert bool(found) == ("/bad/" in page or page.endswith("storefront/static/admin/js/imports.js"))
