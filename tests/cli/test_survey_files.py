"""Which files `bgtasks init` reads as code, by the words in them: a hint that is too narrow would hide some."""

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
