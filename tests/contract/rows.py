"""The rows of the tables that say how a rule is read, each with the code that shows what it means."""

from collections.abc import Mapping
from typing import NamedTuple

from tests.linting import BUNDLED


class Row(NamedTuple):
    """One row of a table, and how teams really write what it is about.

    The cases are texts by what they are, a sentence; in those that speak, each line where something is found says so:
    ``# expect: BG030``.
    """

    title: str
    """The row's first cell in the documentation."""
    path: str
    """The file that the cases stand in."""
    codes: str
    """How the codes start that count."""
    silent: Mapping[str, str]
    speaking: Mapping[str, str]
    rules: str = BUNDLED


def rule(rule_id: str, body: str, *more: str) -> str:
    """Return a rules file with one rule, whose patterns or anti-patterns are these lines of YAML."""
    lines = (f"- id: {rule_id}", "  name: A name", "  severity: error", *(f"  {line}" for line in (body, *more)))
    return "\n".join(("background_task_rules:", *(f"  {line}" for line in lines))) + "\n"
