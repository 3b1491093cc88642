"""Names that are made from themselves or from each other, wherever a rule may follow one: each answer ends."""

import pytest

from tests.linting import lint

PATHS = (
    "app/tasks/imports.py",
    "app/api/v1/marketplace.py",
    "models/database/marketplace_import_job.py",
    "app/services/background_tasks_service.py",
)
CIRCLES = (
    "a = a",
    "a = b\nb = a",
    "a = a.x",
    "a = a()",
    "a = a[0]",
    "a = [a]\nb = {'x': a}",
    "a = a or b\nb = b if a else a",
    "def a(): return a()",
    "def a(x=None): return b(a)\ndef b(x=None): return a(b)",
    "class a(a): pass",
    "class a(b): pass\nclass b(a): pass",
    "from typing import Annotated\na = Annotated[a, a]",
    "from typing import Annotated\na = Annotated['a', b]\nb = Annotated[a, 1]",
    "a: 'a' = a",
    "a = lambda: a()",
    "from functools import partial\na = partial(a, a)",
    "a = a | b\nb = a | None",
    "from typing import Optional\na = Optional['a']",
    "import a",
    "from . import a",
    "from .a import a",
    "a = (a, a)\nb = a",
    "for a in a: pass",
    "with a as a: pass",
    "a = dict(a=a, **a)",
    "class a:\n    a = a\n    def __init__(self): self.a = self.a\n    @property\n    def b(self): return self.b\n    def __call__(self): return self()\n    def run(self): return self.run()\n    def __enter__(self): return self.__enter__()",
    "a = a + 'processing'",
    "a = type(a)",
    "a = cast(a, a)",
    "def a():\n    yield from a()\n    yield a",
    "@a\ndef a(x: a = a) -> a: return a",
    "@b\ndef a(f):\n    return b(f)\n@a\ndef b(f):\n    return a(f)",
    "a = b.a\nb = a.b",
    "a = [x for x in a]",
    "a = sessionmaker(a)",
    "def a() -> 'a': ...",
)
USES = """
from fastapi import APIRouter, Depends, BackgroundTasks, FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import Column, Enum, Table
from sqlalchemy.orm import mapped_column, Mapped, DeclarativeBase
router = APIRouter(prefix=a)
router2 = APIRouter(prefix="/import" + a)
class Base(DeclarativeBase): pass
class MarketplaceImportJob(a, Base):
    __tablename__ = a
    status = a
    status2: Mapped[a] = mapped_column(a)
    error_message: a
    x = Column(a, default=a)
    triggered_by: Mapped[a]
    __table__ = a
class M(a): job_id: a = Field(alias=a)
@router.post("/import", response_model=a)
def one(x: a = Depends(a)) -> a:
    y = a
    import_x()
    a.sleep(1)
    return a
@router2.post("/import" + a)
def two(x: a):
    return a(1)
@a.post("/import")
def three(): return {**a}
@router.post(a)
def four(): return JSONResponse(a, status_code=a)
@router.post("/import")
def five(): return M(job_id=a) if a else a.b
router.add_api_route(a, a, methods=a)
@a
def task(job, db: a = Depends(a), *r: a, **k: a):
    with a as z, a() as w:
        z.status = a
        job.status = a.b
    try:
        a(job)
        job.status = a()
        a.run(a)
        a[0].run()
        for s in a: s(job)
        setattr(job, a, a)
        update(a).values(**a)
        b = a
        a.update(status=a)
    except a as e:
        job.error_message = a
        pool.submit(a, a)
        add_task(lambda: a(a))
        sorted(job, key=a)
@a.task(base=a)
def task2(job): return task(a)
class T(a):
    def run(self): super().run(); self.a(); self.x = a; self.status = a
    def __call__(self): return self.run()
class JobStatus(a):
    A = a
    B = "processing"
status = a
if status in a or a.status == a: pass
match a.status:
    case a.b: pass
TASK_MODELS = {"a": a, **a}
TASK_MODELS.update(a)
db.query(a).filter_by(status="processing")
a.status = "processing"
x = {"status": a, a: "processing"}
functions = a
on_startup = a
"""


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("circle", CIRCLES)
def test_is_followed_to_an_end(circle: str, path: str) -> None:
    everywhere, inside = f"{circle}\n{USES}", USES.replace("\n@a\ndef task(", f"\n{circle}\n@a\ndef task(")
    for code in (everywhere, inside):
        for found in lint(code, path):
            assert 1 <= found.line <= len(code.splitlines())
