"""A project with one rule and one file that breaks it, for tests that are about flake8 and not about rules."""

import pytest

RULES = """\
background_task_rules:
  - id: BG-030
    name: Tasks say that they run
    severity: {severity}
    patterns:
      - file: "app/tasks/*.py"
        must_contain:
          - 'status = "running"'
          - "started_at"
"""
BAD = "def import_products(job_id):\n    do(job_id)\n"
SAID = 'BG030 import_products() never sets status = "running" and never sets started_at [error]'


@pytest.fixture
def shop(project):
    """One task that breaks the one rule, and a setup.cfg that names the rules."""
    project.write("bgtasks.yaml", RULES.format(severity="error"))
    project.write(".flake8", "[flake8]\nbgtasks-rules = bgtasks.yaml\n")
    project.write("app/tasks/products.py", BAD)
    return project


@pytest.fixture
def said():
    return SAID


@pytest.fixture
def bad():
    return BAD


@pytest.fixture
def rules():
    """The rules file's text, for a severity."""
    return lambda severity: RULES.format(severity=severity)
