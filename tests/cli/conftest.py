"""The command as its tests run it: in this process, in the directory of a throw-away project."""

import os
from collections.abc import Callable
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from flake8_bgtasks.cli.main import bgtasks
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import RuleSet


@pytest.fixture
def run(project, monkeypatch) -> Callable[..., Result]:
    """Run ``bgtasks`` with the arguments in the project's directory; nothing is raised but what is the test's fault."""
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("COLUMNS", "100")

    def command(*arguments: str | os.PathLike[str], color: bool = False) -> Result:
        return CliRunner().invoke(bgtasks, [os.fspath(one) for one in arguments], color=color)

    return command


BASE = "from sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase): ...\n"


@pytest.fixture
def written(run, project):
    """Return what is written for a project of these files: its text, and the rules that it comes to."""

    def write(files: dict[str, str]) -> tuple[str, RuleSet]:
        for path, text in {"app/base.py": BASE, **files}.items():
            project.write(path, dedent(text))
        answer = run("init", "--stdout")
        assert answer.exit_code == 0, answer.output
        text = answer.stdout
        return text, loader.load(text or "extends: bundled\n", "bgtasks.yaml")

    return write


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
