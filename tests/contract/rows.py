"""The rows of what says how a rule is read, each with the code that shows what it means."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tests.linting import BUNDLED

TASK = "app/tasks/import_tasks.py"
SERVICE = "app/services/imports.py"
ENDPOINTS = "app/api/v1/admin/catalogue.py"
TRIGGERS = "app/api/v1/admin/marketplace.py"
REGISTRY = "app/services/background_tasks_service.py"
JOB_MODEL = "models/database/feed_sync_job.py"
RUN_MODEL = "models/database/test_run.py"

RUNNING = """
background_task_rules:
  - id: BG-030
    name: Tasks say that they run
    severity: error
    patterns: [{file: "app/tasks/*.py", must_contain: 'status = "running"'}]
"""
"""A rules file that asks tasks for one value only."""

Cases = Mapping[str, str | Mapping[str, str]]
"""The code by what it is, a sentence; "A8 C22: the times" says which variants of the catalogue it is drawn from.

The code is the text of the row's file, or the texts of several files by path.
"""


_DRAWN = re.compile(r"([A-Z]\d+(?: [A-Z]\d+)*): ")


class Case(NamedTuple):
    """Code that shows what a row says: the files of a small project, by path."""

    name: str
    variants: frozenset[str]
    files: Mapping[str, str]


class Row(NamedTuple):
    """One row of a table, or one paragraph, and how teams really write what it is about.

    In the cases that speak, each line where something is found says so: ``# expect: BG030``.
    """

    title: str
    """The row's first cell in the documentation, or what the paragraph says."""
    path: str
    """The file that the cases stand in."""
    codes: str
    """How the codes start that count."""
    silent: Cases
    speaking: Cases
    rules: str = BUNDLED
    head: str = ""
    """What stands before the code of every case."""

    def read(self, cases: Cases) -> Iterator[Case]:
        """Yield the cases that are written so."""
        for name, written in cases.items():
            drawn = _DRAWN.match(name)
            files = {self.path: written} if isinstance(written, str) else written
            yield Case(name, frozenset(drawn[1].split()) if drawn else frozenset(), files)


def rule(rule_id: str, body: str, *more: str) -> str:
    """Return a rules file with one rule, whose patterns or anti-patterns are these lines of YAML."""
    lines = (f"- id: {rule_id}", "  name: A name", "  severity: error", *(f"  {line}" for line in (body, *more)))
    return "\n".join(("background_task_rules:", *(f"  {line}" for line in lines))) + "\n"
