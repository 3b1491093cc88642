"""Where `bgtasks init` lets the globs start, and which functions of a project it follows."""

import os
from collections.abc import Iterable, Iterator

import pytest

from flake8_bgtasks.cli.survey.files import Candidate, Files
from flake8_bgtasks.cli.survey.looking import Roots, choose_root, look
from flake8_bgtasks.cli.survey.seen import Survey

MODELS = """
from sqlalchemy import Column, String
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase): ...
class ImportJob(Base):
    __tablename__ = "jobs"
    status = Column(String)
"""
WORK = "from app.models import ImportJob\ndef run(job: ImportJob):\n    job.status = 'running'\n"
START = "from app.work import run\ndef begin(tasks):\n    {}\n"


def files(project, counts: dict[str, int], kind: str = "tasks") -> Files:
    """Return as many files of a kind in each folder, of which those called like a project are one."""
    candidates = []
    for folder, count in counts.items():
        (project.root / folder).mkdir(parents=True, exist_ok=True)
        if "project" in folder:
            project.write(f"{folder}/pyproject.toml")
        paths = (str(project.root / folder / "app" / f"{number}.py") for number in range(count))
        candidates += [Candidate(path, frozenset({kind})) for path in paths]
    return Files((), tuple(candidates), (), (), (), (), 0)


ROOTS = {
    "all in one project": ({"project": 2}, ("project", False, 0)),
    "four in five in one project": ({"project": 4, "other": 1}, ("project", False, 1)),
    "less of it in one project": ({"project": 3, "other": 1}, (".", True, 0)),
    "none in a project": ({"a": 2, "b": 2}, (".", False, 0)),
    "none at all": ({}, (".", False, 0)),
}


@pytest.mark.parametrize(("counts", "chosen"), ROOTS.values(), ids=ROOTS)
def test_the_root_is_where_the_work_is(counts: dict[str, int], chosen: tuple[str, bool, int], project) -> None:
    folder, must_be_said, left_out = chosen
    root = os.path.normpath(project.root / folder)
    assert choose_root(files(project, counts), str(project.root)) == Roots(root, must_be_said, left_out)


def test_where_there_is_no_work_no_project_is_looked_for(project) -> None:
    assert choose_root(files(project, {"project": 2}, "models"), str(project.root)) == Roots(str(project.root))


def one_by_one(items: Iterable[Candidate], label: str) -> Iterator[Candidate]:
    return iter(tuple(items))


def survey(project, texts: dict[str, str], is_told: bool = True) -> Survey:
    for path, text in texts.items():
        project.write(path, text)
    seen, _ = look(str(project.root), str(project.root), is_told, lambda path: False, one_by_one)
    return seen


def wrote(seen: Survey) -> list[str]:
    """Return the task functions that were followed: they write something."""
    return [task.name for task in seen.tasks if task.writes]


STARTS = {
    "handed over": ("tasks.add_task(run)", ["run"]),
    "handed over by name": ("tasks.enqueue_job('run')", ["run"]),
    "given to the event loop": ("create_task(run())", []),
    "not at all": ("run()", []),
}


@pytest.mark.parametrize(("start", "names"), STARTS.values(), ids=STARTS)
def test_a_function_is_followed_where_it_is(start: str, names: list[str], project) -> None:
    work = f"{WORK}def other(job: ImportJob):\n    job.status = 'done'\n"
    texts = {"app/models.py": MODELS, "app/work.py": work, "app/api.py": START.format(start)}
    assert wrote(survey(project, texts)) == names


def test_the_event_loop_makes_no_task_of_what_it_is_given(project) -> None:
    given = START.format("create_task(run())")
    texts = {"app/models.py": MODELS, "app/work.py": WORK.replace("def run", "async def run"), "app/api.py": given}
    assert survey(project, texts).tasks == ()
    queued = f"{given}    tasks.add_task(stop)\n".replace("import run", "import run, stop")
    stop = "def stop(job: ImportJob):\n    job.status = 'done'\n"
    assert wrote(survey(project, {"app/work.py": texts["app/work.py"] + stop, "app/api.py": queued})) == ["stop"]


def test_all_functions_among_tasks_are_followed(project) -> None:
    assert wrote(survey(project, {"app/models.py": MODELS, "app/jobs/work.py": WORK})) == ["run"]


def test_a_function_of_that_name_elsewhere_is_not_followed(project) -> None:
    texts = {
        "app/models.py": MODELS,
        "app/work.py": WORK,
        "app/other.py": f"{WORK}def stop(job: ImportJob):\n    job.status = 'done'\n",
        "app/api.py": START.format("tasks.add_task(run)"),
        "app/web.py": "from app.other import stop\ndef begin(tasks):\n    tasks.add_task(stop)\n",
    }
    seen = survey(project, texts)
    assert [(task.name, task.place.path) for task in seen.tasks if task.writes] == [
        ("stop", "app/other.py"),
        ("run", "app/work.py"),
    ]


def test_a_file_with_a_function_of_that_name_is_none_of_tasks(project) -> None:
    texts = {"app/models.py": MODELS, "app/work.py": WORK, "app/api.py": START.format("tasks.add_task(run)")}
    seen = survey(project, {**texts, "app/other.py": WORK})
    assert [task.place.path for task in seen.tasks] == ["app/work.py"]


def test_nothing_is_followed_where_no_task_model_is_seen(project) -> None:
    models = MODELS.replace("ImportJob", "Order")
    texts = {"app/models.py": models, "app/jobs/work.py": WORK.replace("ImportJob", "Order")}
    assert wrote(survey(project, texts)) == []


@pytest.mark.parametrize(("models", "targets"), [(MODELS, ["run"]), (MODELS.replace("ImportJob", "Order"), [])])
def test_endpoints_are_followed_to_what_they_start_where_there_are_jobs(
    models: str, targets: list[str], project
) -> None:
    api = "from fastapi import APIRouter\nfrom app.web import begin\nrouter = APIRouter()\n"
    texts = {
        "app/models.py": models,
        "app/work.py": WORK,
        "app/web.py": START.format("tasks.add_task(run)"),
        "app/api.py": f"{api}@router.post('/jobs')\ndef start(tasks):\n    begin(tasks)\n",
    }
    (endpoint,) = survey(project, texts).endpoints
    assert [start.target for start in endpoint.starts] == targets


def test_only_what_lies_under_the_root_is_seen(project) -> None:
    project.write("project/pyproject.toml")
    inside = {"project/app/models.py": MODELS, "project/app/jobs/work.py": WORK, "project/app/jobs/b.py": WORK}
    more = {f"project/app/jobs/c{number}.py": WORK for number in range(3)}
    outside = {"other/jobs/work.py": WORK, "other/models.py": MODELS}
    seen = survey(project, {**inside, **more, **outside}, is_told=False)
    assert {model.place.path for model in seen.models} == {"app/models.py"}
    assert {task.place.path.split("/")[0] for task in seen.tasks} == {"app"}
    assert "models.py" not in {path.split("/")[-1] for path in seen.files if not path.startswith("app")}


def test_a_root_that_is_told_is_kept(project) -> None:
    project.write("project/pyproject.toml")
    seen = survey(project, {"project/app/models.py": MODELS, "project/app/jobs/work.py": WORK})
    assert seen.root == str(project.root)


def test_a_file_may_begin_with_a_byte_order_mark(project) -> None:
    seen = survey(project, {"app/models.py": f"\ufeff{MODELS}"})
    assert [model.name for model in seen.models] == ["ImportJob"]
