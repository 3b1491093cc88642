"""The command as its tests run it: in this process, in the directory of a throw-away project."""

import os
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from flake8_bgtasks.cli.main import bgtasks


@pytest.fixture
def run(project, monkeypatch) -> Callable[..., Result]:
    """Run ``bgtasks`` with the arguments in the project's directory; nothing is raised but what is the test's fault."""
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("COLUMNS", "100")

    def command(*arguments: str | os.PathLike[str], color: bool = False) -> Result:
        return CliRunner().invoke(bgtasks, [os.fspath(one) for one in arguments], color=color)

    return command


OWN = """\
extends: bundled
exclude: jobs/old/**
paths:
  "app/tasks/*.py": ["jobs/*.py", "workers/*.py"]
equivalents:
  started_at: begun_at
background_task_rules:
  - id: BG-030
    severity: warning
  - id: BG-033
    enabled: false
  - id: BG-101
    name: No print
    severity: info
    anti_patterns:
      - pattern: 'print\\('
        message: Log it
    tests:
      bad: print(1)
      good:
        app/log.py: log = print
        app/use.py: from app.log import log
"""
"""A rules file of a team's own, with something of everything."""
