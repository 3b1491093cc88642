"""Every rule has a page with bad and good examples, and flake8 says of them what the marks beside their lines promise."""

import re
from functools import cache
from pathlib import Path

import pytest

from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Rule
from tests.expectations import Finding, expected, reported

PAGES = Path(__file__).parents[2] / "docs" / "rules"
RULES = {rule.code: rule for rule in loader.bundled().rules}
EXAMPLES = sorted(
    path.relative_to(PAGES).as_posix() for path in PAGES.glob("BG*/*/**/*") if path.suffix in (".py", ".js")
)
GOOD = [example for example in EXAMPLES if re.match(r"BG\d{3}/good(_\w+)?/", example)]
BAD = [example for example in EXAMPLES if re.match(r"BG\d{3}/bad(_\w+)?/", example)]


@cache
def _reported() -> tuple[Finding, ...]:
    """What flake8 says of all examples, as the markers beside them and nobody's settings tell it; paths from PAGES."""
    folders = sorted(path.name for path in PAGES.glob("BG*/"))
    return tuple(reported(folders, PAGES, "--isolated", "--select=BG"))


def _page(code: str) -> str:
    return (PAGES / code / "index.md").read_text(encoding="utf-8")


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert {path.parent.name for path in PAGES.glob("*/index.md")} == RULES.keys()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_page_says_what_the_rule_says(rule: Rule) -> None:
    page = _page(rule.code)
    assert page.startswith(f"# {rule.code}: {rule.name}\n")
    assert f"Severity: **{rule.severity.name.lower()}**" in page
    files = {requirement.file for requirement in rule.requirements} | {one.file for one in rule.anti_patterns} - {None}
    assert not {file for file in files | set(rule.exclude) if f"`{file}`" not in page}
    assert not [line for line in rule.suggestion.splitlines() if line.strip() not in page]


@pytest.mark.parametrize("code", RULES)
def test_a_page_shows_all_of_its_examples(code: str) -> None:
    shown = re.findall(r"^```\{literalinclude\} (\S+)$", _page(code), re.MULTILINE)
    there = [example.removeprefix(f"{code}/") for example in EXAMPLES if example.startswith(f"{code}/")]
    assert sorted(shown) == there


@pytest.mark.parametrize("code", RULES)
def test_a_page_quotes_what_flake8_prints(code: str) -> None:
    quoted = re.findall(r"^    (\S+:\d+:\d+: BG.*)$", _page(code), re.MULTILINE)
    said = {
        f"{re.sub(r'^BG[0-9]+/bad[^/]*/', '', path)}:{line}:{column}: {found} {text}"
        for path, line, column, found, text in _reported()
        if path.startswith(f"{code}/")
    }
    assert quoted and set(quoted) <= said


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_two_bad_examples_and_two_good_ones(code: str) -> None:
    assert len([example for example in BAD if example.startswith(code)]) >= 2
    assert len([example for example in GOOD if example.startswith(code)]) >= 2


def test_every_example_is_good_or_bad() -> None:
    assert sorted(GOOD + BAD) == EXAMPLES


@pytest.mark.parametrize("example", GOOD)
def test_a_good_example_is_silent(example: str) -> None:
    assert not expected(PAGES / example)
    assert not [finding for finding in _reported() if finding.path == example]


@pytest.mark.parametrize("example", BAD)
def test_a_bad_example_says_what_its_marks_promise(example: str) -> None:
    marks = {mark._replace(path=example) for mark in expected(PAGES / example)}
    assert example.split("/")[0] in {mark.code for mark in marks}
    assert {finding.expectation for finding in _reported() if finding.path == example} == marks


def test_nothing_is_reported_but_the_examples() -> None:
    assert {finding.path for finding in _reported()} <= set(EXAMPLES)
