"""What a task does through other modules; silent cases first."""

from pathlib import Path

import pytest

from flake8_bgtasks.inference.project import Project
from tests.projects import assert_as_marked

STEPS = """
    from app.core.database import new_session

    def begin(job, moment=None):
        job.status = "running"
        job.started_at = moment or clock()

    def end(job, error=None):
        job.status = "failed" if error else "completed"
        job.error_message = error and str(error)
        job.completed_at = clock()

    def get(job_id):
        db = new_session()
        return db.get(job_id)

    def all_of_it(job_id, work):
        job = get(job_id)
        begin(job)
        try:
            work(job)
        except Exception as error:
            end(job, error)
        else:
            end(job)

    async def all_of_it_async(job_id, work):
        all_of_it(job_id, work)
    """
DATABASE = """
    from sqlalchemy import create_engine
    from sqlalchemy.orm import sessionmaker

    new_session = sessionmaker(create_engine("sqlite://"))

    def get_db():
        with new_session() as db:
            yield db
    """
WRAPPERS = """
    import functools
    from contextlib import asynccontextmanager, contextmanager
    from app.core import steps
    from app.core.steps import all_of_it

    def tracked(function):
        @functools.wraps(function)
        def run(job_id):
            return all_of_it(job_id, function)
        return run

    def tracked_as(name, *, retries=0):
        def decorate(function):
            async def run(job_id):
                await steps.all_of_it_async(job_id, function)
            return run
        return decorate

    class Tracked:
        def __init__(self, function):
            self.function = function

        def __call__(self, job_id):
            all_of_it(job_id, self.function)

    class TrackedAs:
        def __init__(self, name):
            self.name = name

        def __call__(self, function):
            def run(job_id):
                all_of_it(job_id, function)
            return run

    @contextmanager
    def running(job_id):
        job = steps.get(job_id)
        steps.begin(job)
        try:
            yield job
        except Exception as error:
            steps.end(job, error)
        steps.end(job)

    class Running:
        def __init__(self, job_id):
            self.job = steps.get(job_id)

        async def __aenter__(self):
            steps.begin(self.job)
            return self.job

        async def __aexit__(self, kind, error, trace):
            steps.end(self.job, error)

    class ProjectTask:
        def before_start(self, task_id, args, kwargs):
            steps.begin(steps.get(args[0]))

        def on_failure(self, error, task_id, args, kwargs, info):
            steps.end(steps.get(args[0]), error)

        def on_success(self, result, task_id, args, kwargs):
            steps.end(steps.get(args[0]))

    class Job:
        def run(self, job_id):
            all_of_it(job_id, self.work)

        def work(self, job):
            raise NotImplementedError
    """
COMMON = {
    "app/core/steps.py": STEPS,
    "app/core/database.py": DATABASE,
    "app/core/wrappers.py": WRAPPERS,
    "app/core/__init__.py": "from .wrappers import *\nfrom .wrappers import tracked as background_task\n",
}
GOOD = {
    "a function": "from app.core.steps import all_of_it\ndef import_products(job_id):\n    all_of_it(job_id, work)\n",
    "an asynchronous function": (
        "from app.core import steps\nasync def import_products(job_id):\n    await steps.all_of_it_async(job_id, work)\n"
    ),
    "steps of several modules": """
        from app.core import steps
        from app.core.database import new_session as fresh

        def import_products(job_id):
            with fresh() as db:
                job = db.get(job_id)
                steps.begin(job)
                try:
                    work(job)
                    steps.end(job)
                except ValueError:
                    raise
                except Exception as error:
                    steps.end(job, error)
        """,
    "a session of a generator": """
        from app.core import steps
        from app.core.database import get_db

        def import_products(job_id):
            db = next(get_db())
            job = db.get(job_id)
            steps.begin(job)
            try:
                work(job)
            except Exception as error:
                steps.end(job, error)
        """,
    "a decorator": "from app.core.wrappers import tracked\n@tracked\ndef import_products(job):\n    work(job)\n",
    "a re-exported decorator": "from app.core import background_task\n@background_task\ndef import_products(job):\n    work(job)\n",
    "a decorator by a star": "from app.core import *\n@tracked\ndef import_products(job):\n    work(job)\n",
    "a decorator with arguments": (
        "from app.core import wrappers\n@wrappers.tracked_as('import', retries=3)\nasync def import_products(job):\n    work(job)\n"
    ),
    "a decorator class": "from app.core.wrappers import Tracked\n@Tracked\ndef import_products(job):\n    work(job)\n",
    "a decorator class with arguments": (
        "from app.core.wrappers import TrackedAs\n@TrackedAs('import')\ndef import_products(job):\n    work(job)\n"
    ),
    "a context manager": (
        "from app.core.wrappers import running\ndef import_products(job_id):\n    with running(job_id) as job:\n        work(job)\n"
    ),
    "an asynchronous context manager": (
        "from app.core import Running\nasync def import_products(job_id):\n"
        "    async with Running(job_id) as job:\n        work(job)\n"
    ),
    "a base task": (
        "from celery import shared_task\nfrom app.core.wrappers import ProjectTask\n"
        "@shared_task(base=ProjectTask)\ndef import_products(job_id):\n"
        "    try:\n        work(job_id)\n    except Exception:\n        raise SystemExit\n"
    ),
    "a base class with a template method": (
        "from app.core.wrappers import Job\nclass ImportProducts(Job):\n    def work(self, job):\n        load(job)\n"
    ),
    "what a thread is given": (
        "import asyncio\nfrom app.core.steps import all_of_it\n"
        "async def import_products(job_id):\n    await asyncio.to_thread(all_of_it, job_id, work)\n"
    ),
    "what a partial is made of": (
        "from functools import partial\nfrom fastapi.concurrency import run_in_threadpool\nfrom app.core import steps\n"
        "async def import_products(job_id):\n    await run_in_threadpool(partial(steps.all_of_it, job_id, work))\n"
    ),
    "a method of an object": """
        from app.service import Service

        class Importer:
            def __init__(self, service: Service):
                self.service = service

        importer = Importer(Service())

        def import_products(job_id):
            importer.service.all_of_it(job_id)
        """,
    "a lazy import": (
        "def import_products(job_id):\n    from ..core.steps import all_of_it\n    all_of_it(job_id, work)\n"
    ),
    "a service that looks back": (
        "from app.looks_back import start\nVALUE = 'running'\ndef import_products(job_id):\n    start(job_id)\n"
    ),
    "names that cannot be found, and the text says so": """
        from company.tasks import track

        def import_products(job_id):
            db = SessionLocal()
            try:
                track.update_status(job_id, "running", started_at=1)
                track.update_status(job_id, "completed", completed_at=1)
            except Exception as error:
                track.update_status(job_id, "failed", error_message=error)
        """,
}
ALL = "BG030 BG031 BG032 BG033"
BAD = {
    "a function that is only imported": (
        f"from app.core.steps import all_of_it\ndef import_products(job_id):  # expect: {ALL}\n    work(job_id)\n"
    ),
    "a namesake of another module": (
        f"from app.namesakes import all_of_it\ndef import_products(job_id):  # expect: {ALL}\n    all_of_it(job_id)\n"
    ),
    "a function that is handed to a queue": (
        "from app.core.steps import all_of_it\ndef import_products(job_id, tasks):"
        f"  # expect: {ALL}\n    tasks.add_task(all_of_it, job_id)\n    work(job_id)\n"
    ),
    "a decorator that only logs": (
        f"from app.namesakes import tracked\n@tracked\ndef import_products(job_id):  # expect: {ALL}\n    work(job_id)\n"
    ),
    "a status of another value": """
        from app.core import steps
        from app.core.database import new_session

        def import_products(job_id):  # expect: BG030 BG032
            with new_session() as db:
                steps.end(db.get(job_id))
        """,
}


def project(task):
    return {
        **COMMON,
        "app/service.py": """
            from app.core import steps

            class Base:
                def all_of_it(self, job_id):
                    steps.all_of_it(job_id, self.work)

            class Service(Base):
                def work(self, job): ...
            """,
        "app/looks_back.py": """
            from app.tasks import product_tasks
            from app.core import steps
            from app.core.database import new_session

            def start(job_id):
                job = new_session().get(job_id)
                job.status = product_tasks.VALUE
                job.started_at = 1
                try:
                    work(job)
                except Exception as error:
                    steps.end(job, error)
            """,
        "app/namesakes.py": """
            import functools

            def all_of_it(job_id):
                print("running", job_id)

            def tracked(function):
                @functools.wraps(function)
                def run(job_id):
                    print("failed", "running", job_id)
                    return function(job_id)
                return run
            """,
        "app/tasks/product_tasks.py": task,
    }


@pytest.mark.parametrize("task", GOOD.values(), ids=GOOD)
def test_a_task_does_everything_through(tmp_path, task):
    assert_as_marked(tmp_path, project(task), "BG03")


@pytest.mark.parametrize("task", BAD.values(), ids=BAD)
def test_a_task_does_not_do_it_through(tmp_path, task):
    assert_as_marked(tmp_path, project(task), "BG03")


WORKS = """
    def load_rows(path):{mark}
        return open(path)
    """
USED_BY = {
    "a call": "from app.tasks.common import load_rows\ndef nightly(path):  # expect: {all}\n    load_rows(path)\n",
    "a call through the module": (
        "from app.tasks import common\ndef nightly(path):  # expect: {all}\n    common.load_rows(path)\n"
    ),
    "a call through the package": (
        "import app.tasks.common\ndef nightly(path):  # expect: {all}\n    app.tasks.common.load_rows(path)\n"
    ),
    "a call through the package under another name": (
        "from app import tasks\ndef nightly(path):  # expect: {all}\n    tasks.common.load_rows(path)\n"
    ),
    "a call under another name": (
        "from .common import load_rows as load\ndef nightly(path):  # expect: {all}\n    load(path)\n"
    ),
    "a call of what the package re-exports": (
        "from app.tasks import load_rows\ndef nightly(path):  # expect: {all}\n    load_rows(path)\n"
    ),
    "a call of what a star brings": "from .common import *\ndef nightly(path):  # expect: {all}\n    load_rows(path)\n",
    "a call inside a helper": (
        "from .common import load_rows\ndef nightly(path):  # expect: {all}\n    _go(path)\n"
        "def _go(path):\n    load_rows(path)\n"
    ),
    "a lazy import": (
        "def nightly(path):  # expect: {all}\n    from app.tasks.common import load_rows\n    load_rows(path)\n"
    ),
    "a thread": (
        "import asyncio\nfrom app.tasks.common import load_rows\n"
        "async def nightly(path):  # expect: {all}\n    await asyncio.to_thread(load_rows, path)\n"
    ),
    "an import of several lines": (
        "from app.tasks.common import (\n    load_rows,\n)\ndef nightly(path):  # expect: {all}\n    load_rows(path)\n"
    ),
}
NOT_USED_BY = {
    "an import alone": "from app.tasks.common import load_rows\ndef nightly(path):  # expect: {all}\n    work(path)\n",
    "a namesake": "def load_rows(path):  # expect: {all}\n    work(path)\n",
    "a call of a namesake": (
        "from app.other import load_rows\ndef nightly(path):  # expect: {all}\n    load_rows(path)\n"
    ),
    "a handing over": (
        "from app.tasks.common import load_rows\ndef nightly(tasks, path):  # expect: {all}\n"
        "    tasks.add_task(load_rows, path)\n    work(path)\n"
    ),
    "a message to a queue": (
        "from app.tasks.common import load_rows\ndef nightly(path):  # expect: {all}\n"
        "    load_rows.delay(path)\n    work(path)\n"
    ),
    "a registry": "from app.tasks.common import load_rows\nTASKS = {{'load': load_rows}}\n",
}


def common_and(text, path="app/tasks/nightly.py", mark=""):
    return {
        "app/other.py": "def load_rows(path): ...\n",
        "app/tasks/__init__.py": "from .common import load_rows\n",
        "app/tasks/common.py": WORKS.format(mark=mark),
        path: text.format(all=ALL),
    }


@pytest.mark.parametrize("text", USED_BY.values(), ids=USED_BY)
def test_a_helper_is_what_another_task_file_uses_by(tmp_path, text):
    assert_as_marked(tmp_path, common_and(text), "BG03")
    other = tmp_path / "other way round"
    assert_as_marked(other, dict(reversed(common_and(text).items())), "BG03")


@pytest.mark.parametrize("text", NOT_USED_BY.values(), ids=NOT_USED_BY)
def test_no_helper_is_what_another_task_file_has_in(tmp_path, text):
    assert_as_marked(tmp_path, common_and(text, mark=f"  # expect: {ALL}"), "BG03")


@pytest.mark.parametrize("path", ["app/service.py", "app/tasks/test_nightly.py", "app/tasks/deeper/nightly.py"])
def test_no_helper_is_what_another_file_calls(tmp_path, path):
    text = "from app.tasks.common import load_rows\ndef nightly(path):\n    load_rows(path)\n"
    assert_as_marked(tmp_path, common_and(text, path, mark=f"  # expect: {ALL}"), "BG03")


def test_a_decorated_task_stays_one_whoever_calls_it(tmp_path):
    files = {
        "app/tasks/common.py": f"""
            from celery import shared_task

            @shared_task
            def load_rows(path):  # expect: {ALL}
                return open(path)
            """,
        "app/tasks/nightly.py": USED_BY["a call"].format(all=ALL),
    }
    assert_as_marked(tmp_path, files, "BG03")


def test_task_files_that_use_another_function_of_that_name_are_not_parsed(tmp_path, monkeypatch):
    parsed = Project._parsed
    read = []
    monkeypatch.setattr(Project, "_parsed", lambda self, path: read.append(Path(path).name) or parsed(self, path))
    text = "from {} import run\ndef _start():\n    run()\n"
    files = {
        "app/other.py": "def run(): ...\n",
        **{f"app/tasks/other_{at}.py": text.format("app.other") for at in range(5)},
        "app/tasks/user.py": text.format("app.tasks.work"),
        "app/tasks/work.py": "def run():\n    return 1\n",
    }
    assert_as_marked(tmp_path, files, "BG03")
    assert [name for name in read if name.startswith("other_")] == []
    assert "user.py" in read
