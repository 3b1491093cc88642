"""Which files `bgtasks init` looks at, and which it reads as code, by the words in them."""

import os

import pytest

from flake8_bgtasks.cli.survey import files

HELD = {
    "models": (
        "__tablename__ = 'jobs'",
        "id = mapped_column(Integer)",
        "id: Mapped[int]",
        "id = Column(Integer)",
        "class Job(SQLModel, table=True): ...",
        "class Job(SQLModel, table = True): ...",
        "class Job(SQLModel, table =True): ...",
        "class Job(SQLModel, table= True): ...",
        "__table__ = jobs",
    ),
    "vocabularies": (
        "class JobStatus(Enum): ...",
        "class JOBSTATUS(str, Enum): ...",
        "class ImportState(StrEnum): ...",
        "class JobStatus: ...",
        "class ImportState: ...",
    ),
    "registries": (
        "REGISTRY = {'import': run}",
        "task_registry: dict[str, Job] = {}",
        "TASK_MODELS = [Job]",
        "all_tasks = [run]",
        "CRON_JOBS=[run]",
        "functions = [run]",
    ),
    "starts": ("tasks.add_task(run)", "run.delay()", "await enqueue_job(run)", "asyncio.create_task(run())"),
    "endpoints": ("router = APIRouter()", "app = FastAPI()", "@api.post('/')", "api.add_api_route('/', run)"),
    "tasks": ("@app.task\ndef run(): ...", "@shared_task\ndef run(): ...", "class WorkerSettings: ..."),
    "factories": ("Session = sessionmaker()", "@contextmanager\ndef open(): ...", "yield session", "yield db"),
}
SILENT = {
    "models": ("DBColumn(1)", "a table", "tables = True", "Unmapped[int]"),
    "vocabularies": ("status = 1", "class Statuses: ...", "class Estate(Base): ..."),
    "registries": ("functions = 1", "models = [Job]", "jobs = [run]"),
}


def kinds(project, code: str) -> frozenset[str]:
    project.write("app/code.py", code)
    found = files.find(str(project.root), lambda path: False)
    return found.candidates[0].kinds if found.candidates else frozenset()


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in HELD.items() for code in codes])
def test_a_file_is_read_that_may_hold(kind: str, code: str, project) -> None:
    assert kind in kinds(project, code)


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in SILENT.items() for code in codes])
def test_a_file_is_not_read_for_what_is_only_called_alike(kind: str, code: str, project) -> None:
    assert kind not in kinds(project, code)


def paths(project) -> set[str]:
    """Return the Python files that are looked at."""
    found = files.find(str(project.root), lambda path: False)
    return {os.path.relpath(path, project.root).replace(os.sep, "/") for path in found.python}


NOT_ENTERED = ("node_modules", "docs", "migrations", "alembic", "tests", ".hidden", "__pycache__")


@pytest.mark.parametrize("folder", NOT_ENTERED)
def test_a_folder_is_not_entered(folder: str, project) -> None:
    project.write("app/a.py")
    project.write(f"app/{folder}/b.py")
    assert paths(project) == {"app/a.py"}


def test_an_environment_is_not_entered(project) -> None:
    project.write("python/pyvenv.cfg")
    project.write("python/lib/a.py")
    assert paths(project) == set()


@pytest.mark.parametrize("name", ["conftest.py", "setup.py", "jobs_test.py", ".hidden.py"])
def test_a_file_is_passed_over(name: str, project) -> None:
    project.write(f"app/{name}")
    assert paths(project) == set()


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_what_cannot_be_named_in_a_rules_file_is_passed_over(project) -> None:
    project.write("app/two\nlines/a.py")
    project.write("app/two\nlines.py")
    assert paths(project) == set()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_not_followed(project) -> None:
    project.write("app/a.py")
    (project.root / "app/b.py").symlink_to("a.py")
    (project.root / "again").symlink_to("app")
    assert paths(project) == {"app/a.py"}


def test_the_number_of_files_is_bounded(project, monkeypatch) -> None:
    monkeypatch.setattr(files, "MAX_FILES", 3)
    for number in range(5):
        project.write(f"a{number}.py")
    assert len(paths(project)) == 2  # the configuration file counts too


def test_the_depth_of_folders_is_bounded(project, monkeypatch) -> None:
    monkeypatch.setattr(files, "MAX_DEPTH", 2)
    project.write("a/b/c.py")
    project.write("a/b/c/d.py")
    assert paths(project) == {"a/b/c.py"}


def test_files_come_in_the_order_of_their_folders(project) -> None:
    for name in ("b/b.py", "a/c.py", "b.py", "a/b/a.py"):
        project.write(name)
    found = files.find(str(project.root), lambda path: False)
    shown = [os.path.relpath(path, project.root).replace(os.sep, "/") for path in found.python]
    assert shown == ["b.py", "a/c.py", "a/b/a.py", "b/b.py"]


POLLS = "setInterval(poll, 1000)"


def test_scripts_that_poll_are_told_apart_by_their_language(project) -> None:
    for path in ("a.js", "b.mjs", "c.ts", "d.vue", "lib.min.js", "main.0a1b2c3d.js"):
        project.write(path, POLLS)
    project.write("once.js", "poll()")
    project.write("once.ts", "poll()")
    found = files.find(str(project.root), lambda path: False)
    assert [os.path.basename(path) for path in found.scripts] == ["a.js", "b.mjs"]
    assert [os.path.basename(path) for path in found.foreign] == ["c.ts", "d.vue"]


def test_lines_are_counted_but_not_those_of_tests(project) -> None:
    project.write("a.py", "x = 1\ny = 2\n")
    project.write("test_a.py", "def test_it(): ...\n")
    project.write("test_run.py", "x = 1\n")
    assert files.find(str(project.root), lambda path: False).lines == 3


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("app/jobs/a.py", True),
        ("app/tasks.py", True),
        ("app/mail_tasks.py", True),
        ("app/background_tasks.py", True),
        ("app/mail.py", False),
        ("my-app/jobs/a.py", True),
        ("app/jobs/nightly/a.py", True),
        ("trials/tasks/find-the-bug/data.py", False),
    ],
)
def test_a_module_is_one_of_tasks(path: str, is_one: bool) -> None:
    assert files.is_task_module(path) is is_one
