"""What `bgtasks init` says of what it has seen, what it left out, and what it could not read."""

import os
from textwrap import dedent

import pytest

from tests.cli.conftest import BASE
from tests.cli.test_init import FILES
from tests.cli.test_init_files import ONE_JOB, WORK

DOUBTFUL = """
class Doubtful{number}Crawl(Base):
    __tablename__ = "doubtful{number}"
    id = Column(Integer, primary_key=True)
    status = Column(String)
"""


@pytest.fixture
def told(run, project):
    """Return what is said of a project of these files, on one line; the rules file is beside it."""

    def tell(files: dict[str, str], *arguments: str) -> str:
        for path, text in files.items():
            project.write(path, dedent(text))
        answer = run("init", "--force", *arguments)
        assert answer.exit_code == 0, answer.output
        return " ".join(answer.output.split())

    return tell


def doubtful(number: int) -> str:
    head = "from sqlalchemy import Column, Integer, String\nfrom app.base import Base\n"
    return head + "".join(DOUBTFUL.format(number=one) for one in range(number))


@pytest.mark.parametrize(("number", "more"), [(0, False), (2, False), (10, True)], ids=["none", "two", "ten"])
def test_what_is_left_out_is_told_and_listed_in_the_file(number, more, told, project) -> None:
    said = told({**FILES, "app/base.py": BASE, "app/doubts.py": doubtful(number)})
    assert ("Left out, for you to judge:" in said) is (number > 0)
    assert ("- and 2 more, which the rules file lists" in said) is more
    assert (project.root / "bgtasks.yaml").read_text().count("# - Doubtful") == number


@pytest.mark.parametrize(("number", "more"), [(2, False), (10, True)], ids=["two", "ten"])
def test_files_that_are_not_read_are_told(number, more, told) -> None:
    said = told({**FILES, **{f"app/broken{one}.py": "tasks.add_task(run_import\n" for one in range(number)}})
    assert "Not read: - app/broken0.py: line 1: '(' was never closed" in said
    assert ("and 2 more" in said) is more


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x.add_task('\0')\n", "cannot contain null bytes"),
        ("#" * 1_000_001, "larger than a megabyte"),
    ],
    ids=["a null byte", "a huge file"],
)
def test_why_a_file_is_not_read_is_told(text, why, told) -> None:
    said = told({**FILES, "app/odd.py": text})
    assert "- app/odd.py: " in said
    assert why in said


@pytest.mark.parametrize(("wanted", "is_told"), [(">=3.99", True), (">=3.8", False)])
def test_a_project_for_a_newer_python_is_told_where_something_is_not_read(wanted, is_told, told) -> None:
    project = {"pyproject.toml": f"[project]\nrequires-python = '{wanted}'\n"}
    said = told({**FILES, **project, "app/broken.py": "tasks.add_task(run_import\n"})
    assert ("the project is written for Python 3.99 and flake8 runs on" in said) is is_told
    assert "written for" not in told({**FILES, **project, "app/broken.py": "x = 1\n"})


def test_other_projects_in_the_directory_are_told_and_left_out(told) -> None:
    shop = {f"shop/{path}": text for path, text in FILES.items()}
    shop |= {f"shop/app/jobs/mail{number}.py": FILES["app/worker.py"] for number in range(4)}
    few = {
        "tool/pyproject.toml": "",
        "tool/jobs.py": "from celery import shared_task\n\n\n@shared_task\ndef f(): ...\n",
    }
    said = told({"shop/pyproject.toml": "", **shop, **few})
    assert "1 file with background work in other projects of this directory left out." in said
    assert ", under shop" in said


def test_a_configuration_that_cannot_be_used_keeps_nobody_from_looking(told) -> None:
    assert "task models: ImportJob" in told({**FILES, ".flake8": "[flake8]\nbgtasks-severity = grave\n"})


@pytest.mark.parametrize("text", ["[flake8\n", "max-line-length = 100\n"], ids=["cut off", "without a section"])
def test_a_file_that_is_no_configuration_is_passed_over(text, told) -> None:
    said = told({**FILES, ".flake8": "", "setup.cfg": text, "tox.ini": "[flake8]\nmax-line-length = 100\n"})
    assert "Add to tox.ini:" in said


def test_a_file_is_proposed_where_none_configures_flake8(told, project) -> None:
    for name in (".flake8", "setup.cfg", "tox.ini", "pyproject.toml"):
        (project.root / name).unlink(missing_ok=True)
    assert "Add to .flake8: [flake8] bgtasks-rules = bgtasks.yaml" in told(FILES)


def test_a_directory_elsewhere_is_its_own_root(run, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for path, text in FILES.items():
        (elsewhere / path).parent.mkdir(parents=True, exist_ok=True)
        (elsewhere / path).write_text(dedent(text))
    answer = run("init", str(elsewhere))
    assert "task models: ImportJob" in answer.output
    assert os.path.isfile(elsewhere / "bgtasks.yaml")


@pytest.mark.parametrize(
    ("path", "is_excluded"),
    [("app/tests/test_jobs.py", True), ("app/tests/data/one.py", True), ("app/tests/jobs.js", False)],
    ids=["tests", "their data", "tests in another language"],
)
def test_folders_of_tests_are_excluded(path, is_excluded, told, project) -> None:
    told({**FILES, path: "x = 1\n"})
    assert ("app/tests/**" in (project.root / "bgtasks.yaml").read_text()) is is_excluded


@pytest.mark.parametrize(
    ("name", "is_seen"), [("test_runs.py", False), ("test_run.py", True)], ids=["tests", "a task model of that name"]
)
def test_a_module_of_tests_beside_the_code_is_not_looked_at(name, is_seen, told) -> None:
    testing = "" if is_seen else "\n\ndef test_it():\n    assert ReportExport()\n"
    said = told({"app/base.py": BASE, "app/work.py": WORK, f"app/{name}": dedent(ONE_JOB) + testing})
    assert ("ReportExport" in said) is is_seen


def test_a_configuration_above_the_directory_is_the_one_to_change(run, project) -> None:
    project.write(".flake8", "[flake8]\nmax-line-length = 100\n")
    for path, text in FILES.items():
        project.write(f"backend/{path}", dedent(text))
    assert "1. Add to .flake8:\n" in run("init", "backend").output
