"""Files that are there when they are found, and gone when they are read: never a fault, and nothing else is lost."""

import builtins
import os
from textwrap import dedent

import pytest

from tests.cli.test_init import FILES

TASK = "def run_import(job):\n    job.started_at = now()\n"


@pytest.fixture
def vanish(monkeypatch):
    """Let files of this name be gone whenever somebody opens them."""

    def gone(name: str) -> None:
        opened = builtins.open

        def fail(path, *rest, **more):
            if isinstance(path, str | os.PathLike) and os.path.basename(os.fspath(path)) == name:
                raise FileNotFoundError(2, "No such file or directory", os.fspath(path))
            return opened(path, *rest, **more)

        monkeypatch.setattr(builtins, "open", fail)

    return gone


@pytest.fixture
def shop(project):
    for path, text in FILES.items():
        project.write(path, dedent(text))
    return project


def test_init_tells_of_a_module(run, shop, vanish) -> None:
    shop.write("app/gone.py", "x.add_task(y)\n")
    vanish("gone.py")
    answer = run("init")
    assert answer.exit_code == 0
    assert "task models: ImportJob" in answer.output
    assert "- app/gone.py: No such file or directory" in answer.output


def test_init_passes_over_a_script(run, shop, vanish) -> None:
    shop.write("web/gone.js", "setInterval(() => fetch('/jobs/1'), 1000);\n")
    vanish("gone.js")
    answer = run("init")
    assert answer.exit_code == 0
    assert "scripts that ask for tasks: none" in answer.output


def test_init_proposes_a_configuration_in_the_place_of_one(run, shop, vanish) -> None:
    shop.write("tox.ini", "[flake8]\n")
    vanish("tox.ini")
    assert run("init", "--stdout").exit_code == 0


def test_doctor_asks_nothing_of_a_module(run, project, vanish) -> None:
    project.write("app/tasks/gone.py", TASK)
    project.write("app/tasks/imports.py", TASK)
    vanish("gone.py")
    answer = run("doctor")
    assert answer.exit_code in (0, 1), answer.output
    assert "internal fault" not in answer.output


def test_why_passes_over_a_module_that_is_imported(run, project, vanish) -> None:
    project.write("app/__init__.py", "")
    project.write("app/tasks/gone.py", "def mark(job, status):\n    job.status = status\n")
    project.write(
        "app/tasks/imports.py", "from app.tasks.gone import mark\ndef run_import(job):\n    mark(job, 'running')\n"
    )
    vanish("gone.py")
    answer = run("why", "app/tasks/imports.py", "BG030")
    assert answer.exit_code in (0, 1), answer.output
    assert "run_import()" in answer.output
