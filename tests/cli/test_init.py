"""What `bgtasks init` says and does; what it writes for which project is in `test_init_files.py`."""

import os
from pathlib import Path
from textwrap import dedent

import pytest

from flake8_bgtasks.rules import loader

JOB = """
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


    class Base(DeclarativeBase): ...


    class ImportJob(Base):
        __tablename__ = "import_jobs"
        id: Mapped[int] = mapped_column(primary_key=True)
        status: Mapped[str]
        started_at: Mapped[str | None]
        finished_at: Mapped[str | None]
        error: Mapped[str | None]
"""
TASK = """
    from app.database import Session
    from app.models import ImportJob


    def run_import(job_id):
        with Session() as session:
            job = session.get(ImportJob, job_id)
            job.status = "running"
            job.started_at = "now"
            job.status = "done"
            job.finished_at = "now"
"""
DATABASE = "from sqlalchemy.orm import sessionmaker\n\nSession = sessionmaker()\n"
API = """
    from fastapi import APIRouter, BackgroundTasks

    from app.worker import run_import

    router = APIRouter()


    @router.post("/imports")
    def start(tasks: BackgroundTasks):
        tasks.add_task(run_import, 1)
        return {"job_id": 1}
"""
FILES = {"app/models.py": JOB, "app/worker.py": TASK, "app/database.py": DATABASE, "app/api.py": API}


@pytest.fixture
def shop(project):
    """A project with one of each: a task model, a task, an endpoint, a session factory."""
    for path, text in FILES.items():
        project.write(path, dedent(text))
    return project


class TestNothingIsDone:
    def test_a_project_without_background_work_gets_a_friendly_word_and_no_file(self, run, project) -> None:
        project.write("app/main.py", "from fastapi import FastAPI\n\napp = FastAPI()\n")
        answer = run("init")
        assert answer.exit_code == 0
        assert "No work in the background was seen" in answer.output
        assert not (project.root / "bgtasks.yaml").exists()

    def test_an_empty_directory_is_no_fault(self, run, project) -> None:
        (project.root / "empty").mkdir()
        assert run("init", "empty").exit_code == 0

    def test_a_file_that_is_there_is_never_overwritten(self, run, shop) -> None:
        shop.write("bgtasks.yaml", "mine: 1\n")
        answer = run("init")
        assert (answer.exit_code, answer.stdout) == (2, "")
        assert "bgtasks.yaml is there already: --force overwrites it" in answer.stderr
        assert (shop.root / "bgtasks.yaml").read_text() == "mine: 1\n"

    def test_a_link_that_leads_nowhere_is_a_file_that_is_there(self, run, shop) -> None:
        (shop.root / "bgtasks.yaml").symlink_to(shop.root / "nowhere")
        assert run("init").exit_code == 2
        assert not (shop.root / "nowhere").exists()

    def test_a_directory_that_is_not_there_is_wrong_use(self, run, project) -> None:
        answer = run("init", "nowhere")
        assert answer.exit_code == 2
        assert "'nowhere' does not exist" in answer.stderr

    def test_a_place_that_cannot_be_written_is_wrong_use(self, run, shop) -> None:
        answer = run("init", "--output", "nowhere/rules.yaml")
        assert answer.exit_code == 2
        assert "nowhere" in answer.stderr
        assert "cannot be written: No such file or directory" in answer.stderr

    def test_nothing_but_the_rules_file_is_written(self, run, shop) -> None:
        before = sorted(shop.root.rglob("*"))
        run("init")
        assert sorted(shop.root.rglob("*")) == sorted([*before, shop.root / "bgtasks.yaml"])


class TestFileIsWritten:
    def test_it_loads_and_finds_what_is_wrong_and_no_more(self, run, shop) -> None:
        answer = run("init")
        assert answer.exit_code == 0
        loader.read(shop.root / "bgtasks.yaml")
        findings = shop.flake8("--select=BG", "--bgtasks-rules=bgtasks.yaml")
        assert [line.partition(" ")[2] for line in findings.lines] == [
            "BG004 ImportJob has no triggered_by column [warning]",
            'BG032 run_import() has no try statement and never catches Exception and never sets status = "failed" and never'
            " sets error_message (here also: error) [error]",
        ]

    def test_it_is_the_same_every_time(self, run, shop) -> None:
        first, second = run("init", "--stdout").stdout, run("init", "--stdout").stdout
        assert first == second

    def test_it_can_be_overwritten_on_demand(self, run, shop) -> None:
        shop.write("bgtasks.yaml", "mine: 1\n")
        assert run("init", "--force").exit_code == 0
        assert "extends: bundled" in (shop.root / "bgtasks.yaml").read_text()

    def test_another_place_can_be_said(self, run, shop) -> None:
        (shop.root / "conf").mkdir()
        answer = run("init", "--output", "conf/tasks.yaml")
        assert "bgtasks-rules = conf/tasks.yaml" in answer.output
        assert (shop.root / "conf/tasks.yaml").exists()

    def test_it_can_be_shown_only(self, run, shop) -> None:
        answer = run("init", "--dry-run")
        assert "extends: bundled" in answer.output
        assert not (shop.root / "bgtasks.yaml").exists()

    def test_its_first_line_names_the_schema(self, run, shop) -> None:
        run("init")
        first = (shop.root / "bgtasks.yaml").read_text().partition("\n")[0]
        assert first == "# yaml-language-server: $schema=bgtasks.schema.json"


class TestNextSteps:
    @pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".flake8"])
    def test_they_name_the_file_that_configures_flake8(self, run, shop, name: str) -> None:
        for marker in shop.root.glob(".flake8"):
            marker.unlink()
        shop.write(name, "[flake8]\nmax-line-length = 100\n")
        answer = run("init")
        assert f"Add to {name}:\n         [flake8]\n         bgtasks-rules = bgtasks.yaml" in answer.output

    def test_they_speak_toml_where_the_project_has_flake8_there(self, run, shop) -> None:
        for marker in shop.root.glob(".flake8"):
            marker.unlink()
        shop.write("pyproject.toml", "[tool.flake8]\nmax-line-length = 100\n")
        assert '[tool.flake8]\n         bgtasks-rules = "bgtasks.yaml"' in run("init").output

    def test_a_rules_file_that_is_named_already_is_told(self, run, shop) -> None:
        shop.write(".flake8", "[flake8]\nbgtasks-rules = bgtasks.yaml\n")
        assert ".flake8 has a bgtasks-rules already" in run("init").output


class TestHostileProject:
    def test_files_that_cannot_be_read_as_code_are_told_and_left_out(self, run, shop) -> None:
        shop.write("app/broken.py", "tasks.add_task(run_import\n")
        answer = run("init")
        assert answer.exit_code == 0
        assert "Not read:" in answer.output
        assert "- app/broken.py: line 1:" in answer.output

    def test_what_is_nested_too_deeply_is_left_out(self, run, shop) -> None:
        shop.write("app/deep.py", "x.add_task(" + "(" * 3000 + ")" * 3000 + ")\n")
        assert run("init").exit_code == 0

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_pipe_is_no_file_to_wait_for(self, run, shop) -> None:
        os.mkfifo(shop.root / "app" / "pipe.py")
        assert run("init").exit_code == 0

    def test_links_are_not_followed(self, run, shop, tmp_path_factory) -> None:
        elsewhere: Path = tmp_path_factory.mktemp("elsewhere")
        (elsewhere / "job.py").write_text("class LinkedJob(Base):\n    __tablename__ = 'x'\n    status = Column()\n")
        (shop.root / "app" / "linked").symlink_to(elsewhere)
        (shop.root / "app" / "circle").symlink_to(shop.root)
        assert "LinkedJob" not in run("init", "--stdout").output

    def test_code_that_leads_in_circles_ends(self, run, shop) -> None:
        shop.write(
            "app/tasks.py",
            "from app.tasks import a\nb = a\na = b\n\n\n@a.task\ndef work(x=a):\n    b(a(b))\n    work.delay()\n",
        )
        assert run("init").exit_code == 0

    def test_names_of_files_are_quoted(self, run, shop) -> None:
        shop.write("app/[odd]: {name} 'x'/jobs/run.py", dedent(TASK))
        shop.write("app/[odd]: {name} 'x'/__init__.py", "")
        rules = loader.load(run("init", "--stdout").stdout, "bgtasks.yaml")
        assert rules.extends == "bundled"


def test_the_summary_tells_of_scripts_that_are_not_read(run, shop) -> None:
    assert "no .js or .mjs files" not in run("init", "--force").stdout
    shop.write("web/jobs.tsx", "setInterval(poll, 1000);\n")
    told = " ".join(run("init", "--force").stdout.split())
    assert "- scripts that poll, and are no .js or .mjs files, which alone are read: web/jobs.tsx" in told
