"""Lint JavaScript in this process, without flake8 and without globs: what the tests of this room are written with.

The expectations stand beside the lines, as ``// expect: BG041``.
"""

import re
from functools import lru_cache
from pathlib import Path
from textwrap import dedent

from flake8_bgtasks.javascript.rules import check_script, read_anti_pattern, read_requirement
from flake8_bgtasks.javascript.script import Script
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Family, Rule
from flake8_bgtasks.violation import Violation

BUNDLED = (Path(__file__).parents[2] / "flake8_bgtasks" / "rules.yaml").read_text(encoding="utf-8")
_MARK = re.compile(r"expect: (BG\d{3}(?:,? BG\d{3})*)")


@lru_cache(maxsize=16)
def frontend_rules(text: str = BUNDLED) -> tuple[Rule, ...]:
    """Return the frontend rules of a rules file's text."""
    return tuple(rule for rule in loader.load(text, "rules.yaml").rules if rule.family is Family.FRONTEND)


def check(script: Script, rules: str = BUNDLED) -> list[Violation]:
    """Return what the frontend rules find in a script, in the order of the file."""
    found: list[Violation] = []
    for rule in frontend_rules(rules):
        requirements = [read_requirement(one) for one in rule.requirements]
        anti_patterns = [read_anti_pattern(one) for one in rule.anti_patterns]
        found.extend(check_script(rule, requirements, anti_patterns, script))
    return sorted(found)


def lint(text: str, rules: str = BUNDLED) -> list[Violation]:
    """Return what the frontend rules find in a text."""
    return check(Script("static/admin/js/page.js", dedent(text)), rules)


def messages(text: str, rules: str = BUNDLED) -> list[str]:
    """Return the texts of the findings."""
    return [violation.text for violation in lint(text, rules)]


def assert_as_marked(text: str, rules: str = BUNDLED) -> None:
    """Assert that the findings are those marked in the text, and no others."""
    lines = dedent(text).splitlines()
    wanted = {
        (number, code)
        for number, line in enumerate(lines, 1)
        for mark in _MARK.finditer(line)
        for code in re.findall(r"BG\d{3}", mark[1])
    }
    found = {(violation.line, violation.code) for violation in lint(text, rules)}
    assert found == wanted, f"found but not expected: {found - wanted}; expected but not found: {wanted - found}"


def one_rule(anti_pattern: str = "", requirement: str = "") -> str:
    """Return a rules file with one frontend rule of a team's own, BG-049, about ``*.js``."""
    text = "background_task_rules:\n  - {id: BG-049, name: x, severity: info"
    if requirement:
        text += f", patterns: [{{file: '*.js', {requirement}}}]"
    if anti_pattern:
        text += f", anti_patterns: [{{file: '*.js', {anti_pattern}}}]"
    return text + "}\n"
