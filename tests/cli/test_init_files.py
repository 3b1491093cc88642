"""What `bgtasks init` writes for small projects in each style; what must not be taken for background work first."""

from textwrap import dedent

import pytest

from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Rule, RuleSet
from tests.cli.conftest import BASE

ONE_JOB = """
    from sqlalchemy import Column, DateTime, Integer, String, Text
    from app.base import Base

    class ReportExport(Base):
        __tablename__ = "report_exports"
        id = Column(Integer, primary_key=True)
        status = Column(String(20), default="queued")
        started_at = Column(DateTime)
        completed_at = Column(DateTime)
        error_message = Column(Text)
        triggered_by = Column(String)
"""
WORK = """
    def export_report(export_id):
        with Session() as session:
            export = session.get(ReportExport, export_id)
            export.status = "running"
            export.started_at = now()
            export.status = "completed"
            export.completed_at = now()
"""


def rule(rules: RuleSet, rule_id: str) -> Rule:
    """Return the rule of this id."""
    return next(one for one in rules.rules if one.id == rule_id)


def models(rules: RuleSet) -> set[str]:
    """Return the classes that BG-001 names."""
    found = rule(rules, "BG-001")
    return {name for one in found.requirements for name in one.classes} if found.enabled else set()


FALSE_FRIENDS = {
    "a person's to-do": """
        class Task(Base):
            __tablename__ = "tasks"
            id = Column(Integer, primary_key=True)
            status = Column(String)
            assignee_id = Column(Integer)
            due_date = Column(DateTime)
            resolved_at = Column(DateTime)
    """,
    "a job that people apply for": """
        class Job(Base):
            __tablename__ = "jobs"
            id = Column(Integer, primary_key=True)
            status = Column(String)
            salary = Column(Integer)
            started_at = Column(DateTime)
            finished_at = Column(DateTime)
    """,
    "a schema": """
        from pydantic import BaseModel
        class ImportJob(BaseModel):
            status: str
            started_at: str
            finished_at: str
            error: str
    """,
    "a SQLModel that is no table": """
        from sqlmodel import SQLModel
        class ImportJob(SQLModel):
            status: str
            started_at: str
            finished_at: str
            error: str
    """,
    "an order": """
        class Order(Base):
            __tablename__ = "orders"
            id = Column(Integer, primary_key=True)
            status = Column(String)
            completed_at = Column(DateTime)
    """,
    "an event in a calendar": """
        class Event(Base):
            __tablename__ = "events"
            id = Column(Integer, primary_key=True)
            status = Column(String)
            start_time = Column(DateTime)
            end_time = Column(DateTime)
    """,
    "a row for each document of a migration": """
        class DocumentMigrationRecord(Base):
            __tablename__ = "document_migrations"
            id = Column(Integer, primary_key=True)
            status = Column(String)
            error_message = Column(String)
    """,
    "a mixin": """
        class JobMixin:
            status = Column(String)
            started_at = Column(DateTime)
            finished_at = Column(DateTime)
            error = Column(String)
    """,
}


LEFT_OUT = {
    "most send mails": (
        dedent(WORK) + "".join(f"\n\ndef mail_{number}(to):\n    post(to)\n" for number in range(3)),
        "the rules would judge 4 functions, of which 1 carries a job out: export_report",
    ),
    "one cleans up": (
        "@shared_task"
        + dedent(WORK)
        + """
@shared_task
def fail_stuck_exports():
    for export in those_that_hang():
        export.status = "failed"
        export.error_message = "timed out"
""",
        "the rules would judge 2 functions, of which 1 carries a job out: export_report",
    ),
    "beside decorated tasks it is a helper": (
        dedent(WORK)
        + """
@shared_task
def send_mail(to):
    post(to)
""",
        "no task in it carries a job out, though there is what writes to a task model: export_report",
    ),
    "it only makes jobs that wait for somebody": (
        """
@shared_task
def select_reports(event):
    session.add(ReportExport(status="queued"))
    launch(event)
""",
        "no task in it carries a job out, though there is what writes to a task model: select_reports",
    ),
    "it only cleans up": (
        """
@shared_task
def fail_stuck_exports():
    for export in those_that_hang():
        mark_failed(export)

def mark_failed(export: ReportExport):
    export.status = "failed"
    export.error_message = "timed out"
""",
        "no task in it carries a job out, though there is what writes to a task model: fail_stuck_exports",
    ),
}


class TestFalseFriends:
    @pytest.mark.parametrize("text", FALSE_FRIENDS.values(), ids=FALSE_FRIENDS)
    def test_it_is_no_task_model(self, written, text: str) -> None:
        imports = "from sqlalchemy import Column, DateTime, Integer, String\nfrom app.base import Base\n"
        _, rules = written({"app/other.py": imports + dedent(text), "app/models.py": ONE_JOB})
        assert models(rules) == {"ReportExport"}

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("progress.add_task('Loading', total=3)\n", id="a bar of rich"),
            pytest.param(
                "import asyncio\nasyncio.create_task(forever())\nasync def forever(): ...\n", id="a coroutine"
            ),
            pytest.param("mail.send('x')\nsocket.send(b'x')\n", id="a mail"),
            pytest.param("deferred.defer(f)\n", id="something deferred"),
            pytest.param("# background_tasks.add_task(work)\ntext = 'work.delay(1)'\n", id="a comment"),
        ],
    )
    def test_it_starts_no_task(self, written, text: str) -> None:
        assert written({"app/main.py": text})[0] == ""

    def test_tests_and_vendored_code_are_not_looked_at(self, written) -> None:
        folders = ("tests", "app/tests", "node_modules/x", "venv/lib", ".hidden", "migrations")
        assert written({f"{folder}/models.py": ONE_JOB for folder in folders})[0] == ""

    @pytest.mark.parametrize(
        "option", ["exclude = legacy", "extend-exclude = ./legacy/*", "extend-exclude = models.py"]
    )
    def test_what_flake8_excludes_is_not_looked_at(self, option: str, written) -> None:
        assert written({".flake8": f"[flake8]\n{option}\n", "legacy/models.py": ONE_JOB})[0] == ""

    def test_what_flake8_excludes_in_one_folder_is_looked_at_in_another(self, written) -> None:
        files = {".flake8": "[flake8]\nextend-exclude = ./legacy\n", "app/models.py": ONE_JOB, "legacy/m.py": ONE_JOB}
        text, _ = written(files)
        assert "app/models.py" in text
        assert "legacy" not in text

    def test_a_configuration_that_cannot_be_used_yet_keeps_nobody_from_looking(self, written) -> None:
        configuration = "[flake8]\nextend-exclude = legacy\nbgtasks-rules = bgtasks.yaml\n"
        text, rules = written({".flake8": configuration, "app/models.py": ONE_JOB, "legacy/models.py": ONE_JOB})
        assert models(rules) == {"ReportExport"}
        assert "legacy" not in text

    def test_a_task_that_keeps_no_record_is_not_asked_for_one(self, written) -> None:
        mail = "from celery import shared_task\n\n\n@shared_task\ndef send_mail(to):\n    post(to)\n"
        text, rules = written({"app/models.py": ONE_JOB, "app/tasks.py": mail})
        assert not rule(rules, "BG-030").enabled
        assert "No file was seen whose task functions write to a task model" in text

    @pytest.mark.parametrize(("code", "said"), LEFT_OUT.values(), ids=LEFT_OUT)
    def test_a_file_of_tasks_and_others_is_left_out_and_told(self, code: str, said: str, written) -> None:
        tasks = "from app.models import ReportExport\nfrom celery import shared_task\n" + code
        text, rules = written({"app/models.py": ONE_JOB, "app/tasks.py": tasks})
        assert not rule(rules, "BG-030").enabled
        told = " ".join(line.removeprefix("#").strip() for line in text.splitlines())
        assert f"app/tasks.py is not taken for a file of tasks: {said}." in told

    def test_a_job_may_be_called_like_what_looks_after_others(self, written) -> None:
        model, work = ONE_JOB.replace("ReportExport", "CleanupJob"), dedent(WORK).replace("ReportExport", "CleanupJob")
        tasks = "from app.models import CleanupJob\n" + work.replace("export_report", "cleanup_files")
        _, rules = written({"app/models.py": model, "app/tasks.py": tasks})
        assert dict(rules.paths)["app/tasks/*.py"] == ("app/tasks.py",)

    def test_one_function_in_five_may_be_another(self, written) -> None:
        work = "".join(dedent(WORK).replace("export_report", f"export_{number}") for number in range(4))
        other = "\n\ndef send_mail(to):\n    post(to)\n"
        tasks = "from app.models import ReportExport\n" + work + other
        _, rules = written({"app/models.py": ONE_JOB, "app/tasks.py": tasks})
        assert dict(rules.paths)["app/tasks/*.py"] == ("app/tasks.py",)

    def test_a_file_of_endpoints_is_no_file_of_tasks(self, written) -> None:
        api = """
            from fastapi import APIRouter, BackgroundTasks
            from app.models import ReportExport

            router = APIRouter()

            @router.post("/exports")
            def start(tasks: BackgroundTasks):
                tasks.add_task(export_report, 1)
        """
        text = dedent(api) + dedent(WORK)
        _, rules = written({"app/models.py": ONE_JOB, "app/tasks.py": text})
        assert not rule(rules, "BG-030").enabled


STYLES = {
    "Column": ONE_JOB,
    "Mapped": """
        from sqlalchemy.orm import Mapped, mapped_column
        from app.base import Base

        class ReportExport(Base):
            __tablename__ = "report_exports"
            id: Mapped[int] = mapped_column(primary_key=True)
            status: Mapped[str]
            started_at: Mapped[str | None]
            error_message: Mapped[str | None]
    """,
    "SQLModel": """
        from sqlmodel import Field, SQLModel

        class ReportExport(SQLModel, table=True):
            id: int = Field(primary_key=True)
            status: str = "queued"
            started_at: str | None = None
            error_message: str | None = None
    """,
    "columns of a mixin": """
        from sqlalchemy import Column, DateTime, Integer, String
        from app.base import Base

        class Recorded:
            status = Column(String)
            started_at = Column(DateTime)
            error_message = Column(String)

        class ReportExport(Recorded, Base):
            __tablename__ = "report_exports"
            id = Column(Integer, primary_key=True)
    """,
}
STARTS = {
    "BackgroundTasks": ("", "background_tasks.add_task(export_report, 1)"),
    "Celery": ("from celery import shared_task\n@shared_task", "export_report.delay(1)"),
    "a Celery application": ("app = Celery()\n@app.task(bind=True)", "export_report.apply_async((1,))"),
    "arq": ("", "redis.enqueue_job('export_report', 1)"),
    "dramatiq": ("import dramatiq\n@dramatiq.actor", "export_report.send(1)"),
    "taskiq": ("@broker.task", "export_report.kiq(1)"),
    "rq": ("", "queue.enqueue(export_report, 1)"),
    "huey": ("@huey.task()", "export_report(1)"),
    "procrastinate": ("@app.task(queue='x')", "export_report.defer(export_id=1)"),
    "saq": ("", "queue.enqueue('export_report', export_id=1)"),
    "APScheduler": ("", "scheduler.add_job(export_report, 'interval')"),
}


class TestStyles:
    @pytest.mark.parametrize("model", STYLES.values(), ids=STYLES)
    def test_task_models_are_found(self, written, model: str) -> None:
        text, rules = written({"app/models.py": model})
        assert models(rules) == {"ReportExport"}
        assert "# ReportExport (app/models.py:" in text

    @pytest.mark.parametrize(("decorator", "start"), STARTS.values(), ids=STARTS)
    def test_tasks_are_found(self, written, decorator: str, start: str) -> None:
        task = f"from app.models import ReportExport\n{decorator}{dedent(WORK) if decorator else dedent(WORK)}"
        task = task.replace(f"{decorator}\ndef", f"{decorator}\ndef")
        starting = f"from app.exports.reports import export_report\n\n\ndef start():\n    {start}\n"
        _, rules = written({"app/models.py": ONE_JOB, "app/exports/reports.py": task, "app/start.py": starting})
        assert dict(rules.paths)["app/tasks/*.py"] == ("app/exports/reports.py",)
        assert rule(rules, "BG-030").enabled

    def test_globs_are_relative_to_the_root_that_flake8_is_told(self, written) -> None:
        task = "from app.models import ReportExport\n" + dedent(WORK)
        files = {".flake8": "[flake8]\nbgtasks-root = backend\n", "backend/app/models.py": ONE_JOB}
        text, rules = written({**files, "backend/app/exports/tasks.py": task})
        assert dict(rules.paths)["app/tasks/*.py"] == ("app/exports/tasks.py",)

    def test_a_folder_of_tasks_is_named_as_a_whole(self, written) -> None:
        files = {f"app/jobs/{name}.py": "from app.models import ReportExport\n" + dedent(WORK) for name in ("a", "b")}
        _, rules = written({"app/models.py": ONE_JOB, **files})
        assert dict(rules.paths)["app/tasks/*.py"] == ("app/jobs/*.py",)

    def test_what_is_written_through_a_helper_counts(self, written) -> None:
        helper = "def mark_running(export: ReportExport):\n    export.status = 'running'\n"
        work = "def export_report(export_id):\n    mark_running(load(export_id))\n"
        _, rules = written(
            {
                "app/models.py": ONE_JOB,
                "app/jobs/helper.py": f"from app.models import ReportExport\n{helper}",
                "app/jobs/report.py": f"from app.jobs.helper import mark_running\n{work}",
            }
        )
        assert "app/tasks/*.py" in dict(rules.paths)


class TestWords:
    def test_columns_of_other_names_count(self, written) -> None:
        model = ONE_JOB.replace("completed_at", "finished_at").replace("triggered_by", "created_by")
        _, rules = written({"app/models.py": model.replace("error_message", "failure_reason")})
        assert dict(rules.equivalents) == {
            "completed_at": ("finished_at",),
            "error_message": ("failure_reason",),
            "triggered_by": ("created_by",),
        }

    def test_a_column_that_nobody_has_is_not_asked_for_by_default(self, written) -> None:
        jobs = "".join(ONE_JOB.replace("ReportExport", f"Job{n}Export").replace("triggered_by", "note") for n in "ABC")
        text, rules = written({"app/models.py": jobs})
        assert not rule(rules, "BG-004").enabled
        assert "None of the 3 task models has such a column. Switch it on when you want it." in text

    def test_a_column_with_a_word_before_its_usual_name_counts(self, written) -> None:
        model = ONE_JOB.replace("started_at", "sync_start_time").replace("completed_at", "sync_end_time")
        _, rules = written({"app/models.py": model})
        found = dict(rules.equivalents)
        assert (found["started_at"], found["completed_at"]) == (("sync_start_time",), ("sync_end_time",))

    def test_values_of_an_enum_count(self, written) -> None:
        enum = """
            from enum import StrEnum

            class ExportStatus(StrEnum):
                PENDING = "pending"
                IN_PROGRESS = "in_progress"
                SUCCESS = "success"
                FAILURE = "failure"
        """
        _, rules = written({"app/models.py": ONE_JOB, "app/states.py": enum})
        found = dict(rules.equivalents)
        assert (found['"running"'], found['"completed"'], found['"failed"']) == (
            ("in_progress",),
            ("success",),
            ("failure",),
        )

    def test_a_legacy_word_beside_the_standard_one_stays_reported(self, written) -> None:
        enums = """
            from enum import StrEnum

            class ExportStatus(StrEnum):
                RUNNING = "running"
                COMPLETED = "completed"

            class ImportStatus(StrEnum):
                PROCESSING = "processing"
                DONE = "done"
        """
        _, rules = written({"app/models.py": ONE_JOB, "app/states.py": enums})
        assert rule(rules, "BG-010") == rule(loader.bundled(), "BG-010")
        assert '"running"' not in dict(rules.equivalents)

    def test_a_legacy_word_in_the_place_of_the_standard_one_is_the_teams_own(self, written) -> None:
        enum = """
            from enum import StrEnum

            class ExportStatus(StrEnum):
                PROCESSING = "processing"
                DONE = "done"
        """
        text, rules = written({"app/models.py": ONE_JOB, "app/states.py": enum})
        found = rule(rules, "BG-010")
        assert [one.pattern for one in found.anti_patterns] == ["status.*=.*fetching"]
        assert '"processing"' not in found.description and '"error" -> "failed"' in found.description
        assert dict(rules.equivalents)['"running"'] == ("processing",)
        assert "# The project's own words: processing (app/states.py:4)." in text


API = """
    from fastapi import APIRouter, BackgroundTasks
    from app.jobs.reports import export_report
    from app.mail import send_mail

    router = APIRouter(prefix="/reports")


    @router.post("/{report_id}/export")
    def start(report_id: int, tasks: BackgroundTasks):
        tasks.add_task(export_report, report_id)
        return {"export_id": 1}


    @router.post("/share")
    def share(tasks: BackgroundTasks):
        tasks.add_task(send_mail, 1)
"""


class TestEndpoints:
    @pytest.fixture
    def files(self) -> dict[str, str]:
        return {
            "app/models.py": ONE_JOB,
            "app/jobs/reports.py": "from app.models import ReportExport\n" + dedent(WORK),
            "app/mail.py": "def send_mail(to):\n    post(to)\n",
            "app/http/reports.py": API,
        }

    def test_those_that_start_a_recorded_task_must_say_which(self, written, files) -> None:
        _, rules = written(files)
        (asked,) = rule(rules, "BG-020").requirements
        assert (asked.file, asked.must_return) == ("app/http/reports.py", ("export_id",))
        assert asked.endpoint_pattern == r'@router.post\("(/reports/\{report_id\}/export)"'

    def test_a_task_must_not_be_waited_for(self, written, files) -> None:
        _, rules = written(files)
        assert rule(rules, "BG-021").requirements[0].when_contains == ("export_report",)
        assert dict(rules.paths)["app/api/**/*.py"] == ("app/http/reports.py",)

    def test_a_start_in_a_service_counts(self, written, files) -> None:
        service = (
            "from app.jobs.reports import export_report\n\n\ndef begin(tasks):\n    tasks.add_task(export_report, 1)\n"
        )
        api = API.replace("tasks.add_task(export_report, report_id)", "begin(tasks)").replace(
            "app.jobs.reports import export_report", "app.service import begin"
        )
        _, rules = written({**files, "app/service.py": service, "app/http/reports.py": api})
        assert rule(rules, "BG-020").enabled

    def test_a_registry_of_task_models_must_name_them_all(self, written, files) -> None:
        two = (
            dedent(ONE_JOB) + "\n" + dedent(ONE_JOB).partition("class ")[2].replace("ReportExport", "class StockImport")
        )
        three = f"{two}\n\nclass ShelfScan(StockImport):\n    shelf = Column(String)\n"
        registry = "from app.models import *\nTASK_MODELS = {'a': ReportExport, 'b': StockImport}\n"
        _, rules = written({**files, "app/models.py": three, "app/registry.py": registry})
        (asked,) = rule(rules, "BG-022").requirements
        assert (asked.file, asked.must_reference) == ("app/registry.py", ("ReportExport", "StockImport", "ShelfScan"))


class TestScripts:
    def test_a_page_that_asks_for_jobs_is_covered(self, written) -> None:
        page = "setInterval(() => fetch('/api/jobs/1'), 1000);\n"
        clock = "setInterval(() => fetch('/weather'), 60000);\n"
        _, rules = written({"app/models.py": ONE_JOB, "web/jobs.js": page, "web/weather.js": clock})
        assert dict(rules.paths)["static/admin/js/*.js"] == ("web/jobs.js",)
        assert (rule(rules, "BG-040").enabled, rule(rules, "BG-041").enabled) == (False, True)

    def test_typescript_is_told_to_be_unread(self, written) -> None:
        text, rules = written({"app/models.py": ONE_JOB, "web/jobs.ts": "setInterval(poll, 1000);\n"})
        assert not rule(rules, "BG-041").enabled
        assert "web/jobs.ts may, but is not read" in " ".join(text.split())


class TestRoots:
    def test_globs_start_at_the_one_project_inside(self, run, project) -> None:
        project.write("backend/pyproject.toml", "")
        project.write("backend/app/base.py", BASE)
        project.write("backend/app/models.py", dedent(ONE_JOB))
        project.write("backend/app/jobs/report.py", "from app.models import ReportExport\n" + dedent(WORK))
        answer = run("init")
        assert "under backend" in answer.output
        text = (project.root / "bgtasks.yaml").read_text()
        assert '"app/tasks/*.py": "app/jobs/*.py"' in text
        assert "bgtasks-root" not in answer.output
        assert any("BG032" in line for line in project.flake8("--select=BG", "--bgtasks-rules=bgtasks.yaml").lines)

    def test_a_root_that_flake8_would_not_find_is_said(self, run, project) -> None:
        for name in ("one", "two"):
            project.write(f"{name}/pyproject.toml", "")
            project.write(f"{name}/{name}_app/base.py", BASE)
            project.write(f"{name}/{name}_app/models.py", dedent(ONE_JOB).replace("app.base", f"{name}_app.base"))
            project.write(f"{name}/{name}_app/jobs/report.py", f"from {name}_app.models import *\n" + dedent(WORK))
        answer = run("init")
        assert "bgtasks-root = ." in answer.output
