"""What lies in another module is followed there; silent cases first, each in a small project of its own."""

import pytest

from tests.projects import assert_as_marked

STATUS = """
    import enum

    class JobStatus(str, enum.Enum):
        START = "running"
        DONE = "completed"
        BROKEN = "failed"
    """
DATABASE = """
    from contextlib import contextmanager
    from sqlalchemy import create_engine
    from sqlalchemy.orm import sessionmaker

    NewSession = sessionmaker(create_engine("sqlite://"))

    @contextmanager
    def session_scope():
        session = NewSession()
        try:
            yield session
            session.commit()
        finally:
            session.close()
    """
SERVICE = """
    from app.core.status import JobStatus
    from app.core.clock import now

    def mark_running(job):
        job.status = JobStatus.START
        job.started_at = now()

    class Jobs:
        def __init__(self, db):
            self.db = db

        def finish(self, job, status=JobStatus.DONE, error=None):
            job.status = status
            job.error_message = error
            job.completed_at = now()
    """
COMMON = {
    "app/core/status.py": STATUS,
    "app/core/database.py": DATABASE,
    "app/core/clock.py": "def now():\n    return 1\n",
    "app/services/jobs.py": SERVICE,
}
GOOD_TASKS = {
    "a service, by its functions and its class": """
        from app.core.database import session_scope
        from app.core.status import JobStatus
        from app.services.jobs import Jobs, mark_running

        def import_products(job_id):
            with session_scope() as db:
                job = db.get(job_id)
                mark_running(job)
                try:
                    Jobs(db).finish(job)
                except Exception as error:
                    Jobs(db).finish(job, JobStatus.BROKEN, str(error))
        """,
    "modules under other names": """
        import app.core.database as database
        from app.core import status as states
        from app.services import jobs as service

        def import_products(job_id):
            with database.NewSession() as db:
                job = db.get(job_id)
                service.mark_running(job)
                try:
                    service.Jobs(db).finish(job)
                except Exception as error:
                    service.Jobs(db).finish(job, states.JobStatus.BROKEN, str(error))
        """,
    "relative and lazy imports": """
        def import_products(job_id):
            from ..core.database import NewSession
            from ..core.status import JobStatus
            from ..services.jobs import Jobs, mark_running

            with NewSession.begin() as db:
                job = db.get(job_id)
                mark_running(job)
                try:
                    Jobs(db).finish(job)
                except Exception as error:
                    Jobs(db).finish(job, JobStatus.BROKEN, str(error))
        """,
}


@pytest.mark.parametrize("task", GOOD_TASKS.values(), ids=GOOD_TASKS)
def test_a_task_that_works_through_other_modules_is_silent(tmp_path, task):
    assert_as_marked(tmp_path, {**COMMON, "app/tasks/imports.py": task}, "BG03")


REEXPORTS = {
    "through the package": ("from app.core.status import JobStatus\n", "from app.core import JobStatus"),
    "by a star": ("from .status import *\n", "from app.core import JobStatus"),
    "by a star with __all__": ("from .status import *\n__all__ = ['JobStatus']\n", "from app.core import *"),
    "under another name": ("from .status import JobStatus as State\n", "from app.core import State as JobStatus"),
    "with a fallback": (
        "try:\n    from .missing import JobStatus\nexcept ImportError:\n    from .status import JobStatus\n",
        "from app.core import JobStatus",
    ),
    "for type checkers alone": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .status import JobStatus\n",
        "from app.core import JobStatus",
    ),
    "around a circle": ("from app.jobs import flag\nfrom .status import JobStatus\n", "from app.core import JobStatus"),
}


@pytest.mark.parametrize(("package", "statement"), REEXPORTS.values(), ids=REEXPORTS)
def test_a_value_is_found_through_a_reexport(tmp_path, package, statement):
    files = {
        "app/core/status.py": 'import enum\nclass JobStatus(str, enum.Enum):\n    OLD = "processing"  # expect: BG010\n',
        "app/core/__init__.py": package,
        "app/jobs.py": f"{statement}\nflag = 1\ndef start(job):\n    job.status = JobStatus.OLD  # expect: BG010\n",
    }
    assert_as_marked(tmp_path, files, "BG010")


def test_a_found_enum_is_read_by_its_values_and_not_by_its_names(tmp_path):
    files = {
        "app/core/status.py": 'import enum\nclass State(str, enum.Enum):\n    PROCESSING = "running"\n    X = "processing"\n',
        "app/jobs.py": """
            from app.core.status import State

            def start(job):
                job.status = State.PROCESSING
                job.status = State.X  # expect: BG010
                job.status = State.X.value  # expect: BG010
            """,
    }
    assert_as_marked(tmp_path, files, "BG010")


def test_constants_of_other_modules_are_values(tmp_path):
    files = {
        "app/constants.py": 'OLD = "processing"\nNEW = "running"\nclass States:\n    OLD = "fetching"\n',
        "app/jobs.py": """
            from app import constants
            from app.constants import NEW, OLD, States

            def start(job):
                job.status = NEW
                job.status = OLD  # expect: BG010
                job.status = constants.OLD  # expect: BG010
                job.status = States.OLD  # expect: BG010
            """,
    }
    assert_as_marked(tmp_path, files, "BG010")


def test_an_object_of_another_modules_class_is_known(tmp_path):
    files = {
        "models/order.py": """
            from models.base import Base
            from sqlalchemy import Column, String

            class Order(Base):
                __tablename__ = "orders"
                status = Column(String, default="processing")
            """,
        "models/base.py": "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase):\n    pass\n",
        "app/orders.py": """
            from models.order import Order

            def pay(db, order_id, job):
                order = db.get(Order, order_id)
                order.status = "processing"
                db.query(Order).filter_by(status="processing").update({"status": "fetching"})
                job.status = "processing"  # expect: BG010
            """,
    }
    assert_as_marked(tmp_path, files, "BG010")


def test_columns_come_from_mixins_and_bases_in_other_modules(tmp_path):
    files = {
        "models/database/mixins.py": """
            from sqlalchemy import Column, DateTime, String

            class StartedMixin:
                started_at = Column(DateTime)

            class TimesMixin(StartedMixin):
                completed_at = Column(DateTime)
            """,
        "models/database/base.py": """
            from sqlalchemy import Column, Integer
            from sqlalchemy.orm import DeclarativeBase

            class Base(DeclarativeBase):
                pass

            class Record(Base):
                __abstract__ = True
                triggered_by_id = Column(Integer)
            """,
        "models/database/import_job.py": """
            from models.database.base import Record
            from .mixins import TimesMixin

            class ImportJob(TimesMixin, Record):
                __tablename__ = "import_jobs"
            """,
        "models/database/scan_job.py": """
            from models.database.base import Base
            from .mixins import StartedMixin

            class ScanJob(StartedMixin, Base):  # expect: BG002 BG004
                __tablename__ = "scan_jobs"
            """,
    }
    assert_as_marked(tmp_path, files, "BG00")


def test_decorators_context_managers_and_base_tasks_of_other_modules_are_reached(tmp_path):
    files = {
        **COMMON,
        "app/core/tracking.py": """
            import functools
            from app.core.database import NewSession
            from app.services.jobs import Jobs, mark_running

            def tracked(name):
                def decorate(function):
                    @functools.wraps(function)
                    def run(job_id):
                        with NewSession() as db:
                            job = db.get(job_id)
                            mark_running(job)
                            try:
                                function(job)
                            except Exception as error:
                                Jobs(db).finish(job, "failed", str(error))
                    return run
                return decorate

            class Running:
                def __init__(self, job_id):
                    self.db = NewSession()
                    self.job = self.db.get(job_id)

                def __enter__(self):
                    mark_running(self.job)
                    return self.job

                def __exit__(self, kind, error, trace):
                    Jobs(self.db).finish(self.job, "failed" if error else "completed", str(error))
            """,
        "app/tasks/decorated.py": """
            from app.core.tracking import tracked

            @tracked("import")
            def import_products(job):
                load(job)
            """,
        "app/tasks/managed.py": """
            from app.core.tracking import Running

            def import_products(job_id):
                with Running(job_id) as job:
                    load(job)
            """,
        "app/tasks/plain.py": """
            def import_products(job_id):  # expect: BG030 BG031 BG032 BG033
                load(job_id)
            """,
    }
    assert_as_marked(tmp_path, files, "BG03")


def test_a_helper_of_a_task_in_another_module_is_no_task(tmp_path):
    files = {
        **COMMON,
        "app/tasks/common.py": """
            def load_rows(path):
                return open(path)

            def forgotten(path):  # expect: BG030 BG031 BG032 BG033
                return open(path)
            """,
        "app/tasks/imports.py": GOOD_TASKS["a service, by its functions and its class"]
        + """
        def import_rows(path):  # expect: BG030 BG031 BG032 BG033
            from app.tasks.common import load_rows
            load_rows(path)
        """,
    }
    assert_as_marked(tmp_path, files, "BG03")


def test_response_models_and_services_of_other_modules_are_read(tmp_path):
    files = {
        "app/schemas.py": """
            from pydantic import BaseModel

            class Accepted(BaseModel):
                job_id: int

            class Queued(Accepted):
                message: str

            class Ok(BaseModel):
                ok: bool
            """,
        "app/services/imports.py": """
            from app.schemas import Queued

            def start(shop):
                return Queued(job_id=1, message=shop)

            async def forget(shop):
                return {"shop": shop}
            """,
        "app/api/v1/marketplace.py": """
            from fastapi import APIRouter
            from app.schemas import Ok, Queued
            from app.services import imports

            router = APIRouter()

            @router.post("/import/a", response_model=Queued)
            def import_a(background_tasks):
                return find()

            @router.post("/import/b")
            def import_b(background_tasks):
                return imports.start("b")

            @router.post("/import/c", response_model=Ok)
            def import_c(background_tasks):
                return find()  # expect: BG020

            @router.post("/import/d")
            async def import_d(background_tasks):
                return await imports.forget("d")  # expect: BG020
            """,
    }
    assert_as_marked(tmp_path, files, "BG020")


def test_dependencies_of_other_modules_are_given_background_tasks(tmp_path):
    files = {
        "app/dependencies.py": """
            from typing import Annotated
            from fastapi import BackgroundTasks, Depends

            Tasks = Annotated[BackgroundTasks, Depends()]

            class Queue:
                def __init__(self, tasks: BackgroundTasks):
                    self.tasks = tasks

            def get_queue(queue: Queue = Depends(Queue)):
                return queue

            def get_shop(name: str):
                return name
            """,
        "app/routing.py": "from fastapi import APIRouter\nshop = APIRouter()\n",
        "app/api/v1/imports.py": """
            from fastapi import Depends
            from app.dependencies import Queue, Tasks, get_queue, get_shop
            from app.routing import shop

            @shop.post("/a")
            def import_a(tasks: Tasks): ...

            @shop.post("/b")
            def import_b(queue: Queue = Depends(get_queue)): ...

            @shop.post("/c")
            def import_c(name: str = Depends(get_shop)):  # expect: BG021
                ...
            """,
    }
    assert_as_marked(tmp_path, files, "BG021")


def test_the_projects_own_source_wins_over_an_installed_package(tmp_path):
    files = {
        "yaml/__init__.py": 'OLD = "processing"\n',
        "app/jobs.py": "from yaml import OLD\ndef start(job):\n    job.status = OLD  # expect: BG010\n",
    }
    assert_as_marked(tmp_path, files, "BG010")


def test_a_src_layout_and_namespace_packages_are_found(tmp_path):
    files = {
        "src/shop/core/states.py": 'OLD = "processing"\n',
        "src/shop/jobs.py": "from shop.core.states import OLD\ndef start(job):\n    job.status = OLD  # expect: BG010\n",
    }
    assert_as_marked(tmp_path, files, "BG010")
