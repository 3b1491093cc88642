"""Every rule has a page with bad and good examples, and flake8 says of them what the marks beside their lines promise."""

import re
from functools import cache
from pathlib import Path

import pytest

from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Family, Rule
from tests.expectations import Expectation, expected, reported

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "rules"
RULES = {rule.code: rule for rule in loader.bundled().rules}
PYTHON_CODES = sorted(code for code, rule in RULES.items() if rule.family is not Family.FRONTEND)
EXAMPLES = sorted(path.relative_to(PAGES).as_posix() for path in PAGES.glob("BG*/*/**/*.py"))


@cache
def _reported() -> frozenset[Expectation]:
    """What flake8 says of all examples, as their own roots' markers and nobody's settings tell it; paths from PAGES."""
    folders = sorted(path.name for path in PAGES.glob("BG*/"))
    return frozenset(finding.expectation for finding in reported(folders, PAGES, "--isolated", "--select=BG"))


def _page(code: str) -> str:
    return (PAGES / code / "index.md").read_text(encoding="utf-8")


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert {path.parent.name for path in PAGES.glob("*/index.md")} == RULES.keys()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_page_says_what_the_rule_says(rule: Rule) -> None:
    page = _page(rule.code)
    assert page.startswith(f"# {rule.code}: {rule.name}\n")
    assert f"Severity: **{rule.severity.name.lower()}**" in page
    for requirement in rule.requirements:
        assert f"`{requirement.file}`" in page
    for line in rule.suggestion.strip().splitlines():
        assert line.strip() in page


@pytest.mark.parametrize("code", PYTHON_CODES)
def test_a_page_shows_all_of_its_examples_and_no_others(code: str) -> None:
    shown = re.findall(r"^```\{literalinclude\} (\S+)$", _page(code), re.MULTILINE)
    there = [example.removeprefix(f"{code}/") for example in EXAMPLES if example.startswith(f"{code}/")]
    assert sorted(shown) == there


@pytest.mark.parametrize("code", PYTHON_CODES)
def test_a_rule_has_two_spellings_of_bad_and_two_of_good(code: str) -> None:
    kinds = [example.split("/")[1].partition("_")[0] for example in EXAMPLES if example.startswith(f"{code}/")]
    assert set(kinds) == {"bad", "good"} and kinds.count("bad") >= 2 and kinds.count("good") >= 2


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.split("/")[1].startswith("good")])
def test_a_good_example_is_silent(example: str) -> None:
    assert not expected(PAGES / example)
    assert not {finding for finding in _reported() if finding.path == example}


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.split("/")[1].startswith("bad")])
def test_a_bad_example_says_what_its_marks_promise(example: str) -> None:
    marks = {mark._replace(path=example) for mark in expected(PAGES / example)}
    assert example.split("/")[0] in {mark.code for mark in marks}
    assert {finding for finding in _reported() if finding.path == example} == marks


def test_nothing_else_is_reported() -> None:
    assert {finding.path for finding in _reported()} <= set(EXAMPLES)
