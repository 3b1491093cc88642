"""The same findings whichever way the files are handed over: one by one, in batches, in any order, by any process."""

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.projects import lint, session, write

ENTANGLED = {
    "app/states.py": """
        from enum import Enum
        from app.models import Job as _Job

        class TextEnum(str, Enum):
            @property
            def job(self):
                return _Job

        class JobStatus(TextEnum):
            OLD = "processing"
            NEW = "running"
        """,
    "app/base.py": "from sqlalchemy.orm import DeclarativeBase\nfrom app.mixins import *\nclass Base(DeclarativeBase):\n    pass\n",
    "app/mixins.py": """
        from app.base import Base
        from sqlalchemy import Column

        class Started:
            started_at = Column()

        class Ended(Started):
            completed_at = Column()
        """,
    "app/models.py": """
        from app.base import *
        from app.states import JobStatus

        class Job(Ended, Base):
            __tablename__ = "jobs"
            status = Column(default=JobStatus.OLD)

        class Order(Base):
            __tablename__ = "orders"
            status = Column(default="processing")
        """,
    "app/first.py": "from app.second import *\nfrom app.states import JobStatus\nA = B\nC = JobStatus.OLD\n",
    "app/second.py": "from app.third import *\nB = A if C else D\n",
    "app/third.py": "from app.first import *\nD = C\nclass X(Y): a = 'processing'\nclass Y(X): b = a\n",
    "app/service.py": """
        from app import first, models, tasks
        from app.models import Order

        def set_status(job, value=first.B):
            job.status = value
            tasks.common.touch(job)

        def pay(order, db):
            order.status = "processing"
            db.get(models.Order, 1).status = first.D
            db.get(models.Job, 1).status = first.D
        """,
    "app/tasks/__init__.py": "from . import common\nfrom .common import touch, start as begin\n",
    "app/tasks/common.py": """
        from app.service import set_status
        from app.core import new_session

        def touch(job):
            job.started_at = 1

        def start(job):
            set_status(job, "running")
            touch(job)

        def unused(job):
            set_status(job)
        """,
    "app/core.py": "from sqlalchemy.orm import sessionmaker\nfrom app import *\nnew_session = sessionmaker()\n",
    "app/tasks/imports.py": """
        from app import tasks
        from app.core import new_session
        from app.states import JobStatus

        def import_products(job_id):
            with new_session() as db:
                job = db.get(job_id)
                tasks.begin(job)
                job.status = JobStatus.OLD
                try:
                    nightly(job)
                except Exception as error:
                    job.status, job.error_message = "failed", error

        def nightly(job):
            import_products(job.id)
        """,
    "app/tasks/exports.py": "from app.tasks.imports import *\ndef export(job):\n    nightly(job)\n",
    "models/database/import_job.py": "from app.models import Job\nclass ImportJob(Job):\n    pass\n",
    "models/database/export_job.py": "from app.mixins import Started\nclass ExportJob(Started):\n    __tablename__ = 'x'\n",
    "app/api/v1/marketplace.py": """
        from fastapi import APIRouter
        from app.service import set_status
        from app.schemas import Queued

        router = APIRouter()

        @router.post("/import", response_model=Queued)
        def import_shop(job):
            set_status(job, "processing")
            return job
        """,
    "app/schemas.py": "from pydantic import BaseModel\nfrom app.models import *\nclass Queued(BaseModel):\n    job: int\n",
}


def found_alone(root, paths):
    return {path: lint(session(root), root, path) for path in paths}


@pytest.fixture(scope="module")
def entangled(tmp_path_factory):
    root = tmp_path_factory.mktemp("entangled")
    write(root, ENTANGLED)
    return root, found_alone(root, ENTANGLED)


def test_the_project_has_something_to_find(entangled):
    codes = {found.code for all_of_it in entangled[1].values() for found in all_of_it}
    assert {"BG004", "BG010", "BG020", "BG021", "BG031"} <= codes


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(sorted(ENTANGLED)), max_size=25))
def test_the_order_of_the_files_makes_no_difference(entangled, order):
    root, alone = entangled
    running = session(root)
    for path in order:
        assert lint(running, root, path) == alone[path]


NAMES = ["A", "B", "C"]
STATEMENTS = [
    "from app.m{m} import *",
    "from app.m{m} import {a}",
    "from app.m{m} import {a} as {b}",
    "from . import m{m} as {a}",
    "import app.m{m}",
    "{a} = {b}",
    "{a} = app.m{m}.{b}",
    "{a} = {b}.{c}",
    "{a} = 'processing'",
    "{a} = 'running' if {b} else {c}",
    "__all__ = ['{a}', '{b}']",
    "class {a}({b}):\n    {c} = 'processing'",
    "class {a}({b}, {c}):\n    status = {b}",
    "def {a}(job, {b}={c}):\n    job.status = {b}\n    return {c}",
    "def {a}(job):\n    {b}(job, 'processing')\n    return {c}(job)",
    "{a}(None, {b}).status = {c}",
    "{a}: {b} = {c}()",
    "{a} = lambda {b}: {c}({b})",
    "{a} = {b}()",
    "class {a}:\n    def {b}(self): return self.{c}\n    def {c}(self): return 'processing'",
    "{a}.status = {b}().{c}",
    "{a} = {{'x': {{'y': {b}}}, 'y': {c}}}",
    "{a} = {b}['x']['y']",
    "class {a}({b}({c})):\n    status = 'processing'",
    "def {a}({b}):\n    class {c}({b}):\n        status = 'processing'\n    return {c}",
    "{a} = {b} + {c}",
]
A_STATEMENT = st.tuples(
    st.sampled_from(STATEMENTS),
    st.integers(0, 3),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
)
A_MODULE = st.lists(A_STATEMENT, min_size=1, max_size=6)


def text_of(module):
    lines = [template.format(m=m, a=a, b=b, c=c) for template, m, a, b, c in module]
    uses = [f"{name}.status = {name}\ndef use_{name}(job):\n    job.status = {name}" for name in NAMES]
    return "\n".join([*lines, *uses, ""])


@settings(deadline=None, max_examples=60)
@given(st.lists(A_MODULE, min_size=4, max_size=4), st.randoms(use_true_random=False))
@example(
    [
        [("from app.m{m} import *", 1, "A", "A", "A")],
        [("from app.m{m} import *", 2, "A", "A", "A"), ("{a} = 'running' if {b} else {c}", 0, "A", "B", "C")],
        [("from app.m{m} import *", 0, "A", "A", "A"), ("{a} = 'processing'", 0, "B", "A", "A")],
        [("from app.m{m} import {a}", 1, "A", "A", "A"), ("class {a}({b}):\n    {c} = 'processing'", 0, "A", "A", "B")],
    ],
    random.Random(0),
)
def test_nor_does_it_in_any_tangle(modules, chance):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = {f"app/m{number}.py": text_of(module) for number, module in enumerate(modules)}
        write(root, files)
        alone = found_alone(root, files)
        running = session(root)
        order = [path for _ in range(3) for path in files]
        chance.shuffle(order)
        for path in order:
            assert lint(running, root, path) == alone[path]


def test_flake8_says_the_same_in_every_way_it_is_called(project):
    write(project.root, ENTANGLED)
    whole = project.flake8("--select", "BG", ".").lines
    assert len(whole) > 10
    everything = [line.removeprefix("./") for line in whole]
    assert list(project.flake8("--select", "BG", *sorted(ENTANGLED)).lines) == everything
    assert sorted(project.flake8("--select", "BG", "-j2", *reversed(sorted(ENTANGLED))).lines) == sorted(everything)
    assert list(project.flake8("--select", "BG", "app", "models").lines) == everything
    deep = project.flake8("--select", "BG", "../../app", "../../models", cwd="app/tasks").lines
    assert [line.removeprefix("../../") for line in deep] == everything
    absolute = project.flake8("--select", "BG", str(project.root), cwd="..").lines
    assert [line.removeprefix(f"{project.root}/") for line in absolute] == everything


@pytest.mark.parametrize("path", ["app/service.py", "app/tasks/common.py", "app/models.py"])
def test_flake8_says_the_same_of_one_file_and_of_its_text(project, path):
    write(project.root, ENTANGLED)
    one = project.flake8("--select", "BG", path).lines
    assert one
    text = (project.root / path).read_text()
    assert project.flake8("--select", "BG", "--stdin-display-name", path, "-", stdin=text).lines == one
    (project.root / path).write_text("")  # the text that flake8 is given wins
    assert project.flake8("--select", "BG", "--stdin-display-name", path, "-", stdin=text).lines == one
