"""BG-010 says nothing of a status that provably is no background task's, and nothing else is excused (section 5)."""

import pytest

from tests.linting import BUNDLED, assert_as_marked, lint, messages

PATH = "app/services/anything.py"

HEAD = """
import asyncio
import aiohttp, httpx, requests
from typing import Iterable, Optional
from dataclasses import dataclass
from fastapi import Depends
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlalchemy import Column, String, delete, insert, select, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, aliased, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "orders"
    total = Column(String)

class Invoice:
    pass

class SyncRun(Base):
    __tablename__ = "sync_runs"

class ImportProgress:
    pass

class ProductImport(Base):
    __tablename__ = "product_imports"
"""

PROVABLY_ELSE = {
    "a variable that holds its status": "def f(o: Order):\n    status = o.status\n    return status == 'processing'",
    "a variable that holds a response's status": (
        "def f():\n    status = requests.get(url).json()['status']\n    return status in ('done', 'processing')"
    ),
    "a variable that holds an awaited response's status": (
        "async def f(client: httpx.AsyncClient):\n    status = (await client.get(url)).json().get('status')\n"
        "    while status != 'processing':\n        await asyncio.sleep(1)"
    ),
    "a variable that holds its status, in a match": (
        "def f(o: Order):\n    status = o.status\n    match status:\n        case 'processing': pass"
    ),
    "an object under a condition": "o = ready and Order()\no.status = 'processing'",
    "the class of an object": "def f(o: Order): return o.__class__.status == 'processing'",
    "an attribute that a method annotates": "class Shop:\n    def __init__(self, x):\n        self.held: Order = x\n    def f(self): self.held.status = 'processing'",
    "a fixture and an address put together": "def test_f(ac):\n    assert ac.get('/jobs/' + '1').json()['status'] == 'processing'",
    "a fixture and an address of parts": "def test_f(ac):\n    assert ac.get(f'{base}/jobs').json()['status'] == 'processing'",
    "JSON as deep as anybody writes it": "requests.post(url, json="
    + "[" * 50
    + "{'status': 'processing'}"
    + "]" * 50
    + ")",
    "a call that cannot be resolved, of an annotated one": "def f(o: Order): repo.update_status(o, 'processing')",
    "the JSON of a request that is filled before": "data = {'status': 'processing'}\ndata.update(page=2)\nrequests.post(url, json=data)",
    "a quoted annotation of several": "def f(o: 'list[Order]', p: 'Order | None'): o[0].status = p.status = 'processing'",
    "a quoted annotation of a pair": "def f(o: 'tuple[Order, int]'): o[0].status = 'processing'",
    "a list that is made of the class's": "for o in [Order(x) for x in rows]:\n    o.status = 'processing'",
    "SQL about a table without a name of its own": (
        "class Parcel(Base):\n    id = 1\nx = \"UPDATE parcel SET status = 'processing'\""
    ),
    "an enum in the class": "class Thing:\n    class Status(enum.Enum):\n        BUSY = 'processing'",
    "constants in the class": "class Thing:\n    class Status:\n        BUSY = 'processing'",
    "a constraint of the class": "class Thing(Base):\n    __table_args__ = (CheckConstraint(\"status = 'processing'\"),)",
    "a pattern of the class": "match x:\n    case Order(status='processing'): pass",
    "one of several objects of the class": "for o in [Order(), Order()]:\n    o.status = 'processing'",
    "an annotated parameter": "def f(order: Order): order.status = 'processing'",
    "an annotated parameter of a plain class": "def f(i: Invoice): i.status = 'processing'",
    "a quoted annotation": "def f(o: 'Order'): o.status = 'processing'",
    "an optional annotation": "def f(o: Order | None, p: Optional[Order]): o.status = p.status = 'processing'",
    "an annotated variable": "o: Order = load()\no.status = 'processing'",
    "an annotated variable, compared": "o: Order = load()\nx = o.status == 'processing'",
    "a constructor": "o = Order()\no.status = 'processing'",
    "a constructor's keyword": "o = Order(status='processing')",
    "a constructor's keyword of a plain class": "o = Invoice(status='processing')",
    "a constructor's dict": "o = Order(**{'status': 'processing'})",
    "a dict that a constructor is given": "data = {'status': 'processing'}\no = Order(**data)",
    "a class attribute": "x = Order.status == 'processing'",
    "a class attribute in a collection": "x = Order.status.in_(['processing'])",
    "a filter of a query": "db.query(Order).filter(Order.total > 1).filter_by(status='processing').all()",
    "a query's condition": "db.query(Order).filter(Order.status == 'processing')",
    "an update of a query": "db.query(Order).filter(Order.id == 1).update({'status': 'processing'})",
    "an update of a query by column": "db.query(Order).update({Order.status: 'processing'})",
    "a select": "db.execute(select(Order).where(Order.status != 'processing'))",
    "a select, filtered by name": "db.scalars(select(Order).filter_by(status='processing'))",
    "an update": "db.execute(update(Order).where(Order.id == 1).values(status='processing'))",
    "an update with a dict": "db.execute(update(Order).values({'status': 'processing'}))",
    "an insert": "db.execute(insert(Order).values(status='processing'))",
    "a delete": "db.execute(delete(Order).where(Order.status == 'processing'))",
    "a row by its key": "db.get(Order, 1).status = 'processing'",
    "a row by its key in a variable": "async def f(session):\n    o = await session.get(Order, 1)\n    o.status = 'processing'",
    "the first of a query": "o = db.query(Order).first()\no.status = 'processing'",
    "a scalar of a select": "o = db.execute(select(Order)).scalar_one()\no.status = 'processing'",
    "a scalar by way of a variable": "q = select(Order)\no = db.scalars(q).first()\no.status = 'processing'",
    "an alias": "O = aliased(Order)\nx = O.status == 'processing'",
    "a loop over a query": "for o in db.query(Order).all():\n    o.status = 'processing'",
    "a loop over a list": "def f(orders: list[Order]):\n    for o in orders:\n        o.status = 'processing'",
    "a loop over an iterable": "def f(rows: Iterable[Order]):\n    for o in rows: o.status = 'processing'",
    "a comprehension": "def f(rows: list[Order]): return [r for r in rows if r.status == 'processing']",
    "an element": "def f(rows: list[Order]): rows[0].status = 'processing'",
    "a function's return annotation": "def load() -> Order: ...\nload().status = 'processing'",
    "a function's return annotation, awaited": "async def load() -> Order: ...\nasync def f():\n    o = await load()\n    o.status = 'processing'",
    "a function's return annotation, a list": "def load() -> list[Order]: ...\nfor o in load(): o.status = 'processing'",
    "what a function returns": "def load(): return Order()\nload().status = 'processing'",
    "self": "class Cart:\n    def go(self):\n        self.status = 'processing'",
    "self, compared": "class Cart:\n    def busy(self): return self.status == 'processing'",
    "cls": "class Cart:\n    @classmethod\n    def go(cls):\n        cls.status = 'processing'",
    "an attribute of self": "class Shop:\n    def __init__(self, order: Order):\n        self.order = order\n    def f(self): self.order.status = 'processing'",
    "an annotated attribute of self": "class Shop:\n    current: Order\n    def f(self): self.current.status = 'processing'",
    "the body of a class": "class Cart(Base):\n    __tablename__ = 'c'\n    status = Column(String, default='processing')",
    "the body of a class, annotated": "class Cart(Base):\n    __tablename__ = 'c'\n    status: Mapped[str] = mapped_column(default='processing')",
    "the body of a schema": "class OrderOut(BaseModel):\n    status: str = 'processing'",
    "the constructor of a data class": "class OrderOut(BaseModel):\n    def __init__(self, status='processing'): pass",
    "a comparison in the body of a class": "class Cart(Base):\n    __tablename__ = 'c'\n    status = Column(String)\n    busy = column_property(status == 'processing')",
    "a variable called like a mapped class": "order.status = 'processing'",
    "a private variable called like a mapped class": "_order.status = 'processing'",
    "a parameter called like a mapped class": "def f(order): return order.status in ('processing', 'done')",
    "an attribute called like a mapped class": "self.order.status = 'processing'",
    "an attribute of self called like a mapped class": "class Desk:\n    def f(self): self.order.status = 'processing'",
    "a core table": "carts = Table('carts', m, Column('status', String, default='processing'))",
    "a method of a project class, which is a post of its own": "class Api:\n    def post(self, url): ...\nx = Api().status == 'processing'",
    "a subscript of one": "order['status'] = 'processing'",
    "setattr": "setattr(order, 'status', 'processing')",
    "getattr": "x = getattr(order, 'status') == 'processing'",
    "a match": "match order.status:\n    case 'processing': pass",
    "a helper that stores it there": "def _set(o: Order, new): o.status = new\n_set(x, 'processing')",
    "a helper that is given it": "def _set(thing, new):\n    thing.status = new\n_set(Order(), 'processing')",
    "a call that cannot be resolved, of one": "repo.update_status(order, 'processing')",
    "SQL about its table": "db.execute(\"UPDATE orders SET status = 'processing'\")",
    "SQL about its table with a schema": "db.execute(text('SELECT * FROM \"shop\".\"orders\" WHERE status = \\'processing\\''))",
    "SQL about its table, inserting": "db.execute(\"INSERT INTO orders (status) VALUES ('processing')\")",
    "SQL about its table under another name": "db.execute(\"SELECT o.id FROM orders o WHERE o.status = 'processing'\")",
    "a response of requests": "x = requests.get(url).json()['status'] == 'processing'",
    "a response of requests in a variable": "r = requests.get(url)\nx = r.json()['status'] == 'processing'",
    "the body of a response in a variable": "r = requests.post(url)\nbody = r.json()\nx = body.get('status') in ('processing', 'fetching')",
    "a part of the body of a response": "x = requests.get(url).json()['job']['status'] == 'processing'",
    "a session of requests": "s = requests.Session()\nx = s.get(url).json()['status'] == 'processing'",
    "a client of httpx": "c = httpx.Client()\nx = c.get(url).json()['status'] == 'processing'",
    "an asynchronous client of httpx": (
        "async def f():\n    async with httpx.AsyncClient() as c:\n        r = await c.get(url)\n    return r.json()['status'] == 'processing'"
    ),
    "a session of aiohttp": (
        "async def f():\n    async with aiohttp.ClientSession() as s:\n        async with s.get(url) as r:\n"
        "            data = await r.json()\n            return data['status'] == 'processing'"
    ),
    "a parameter that is a client": "async def f(c: httpx.AsyncClient):\n    return (await c.get(u)).json()['status'] == 'processing'",
    "a test client": "client = TestClient(app)\nassert client.get('/jobs/1').json()['status'] == 'processing'",
    "a test client that is a fixture": "def test_f(client):\n    assert client.get('/jobs/1').json()['status'] == 'processing'",
    "a fixture under another name": "def test_f(ac):\n    assert ac.get(f'/jobs/{1}').json()['status'] == 'processing'",
    "a response of a fixture": "def test_f(client):\n    r = client.post('/jobs')\n    assert r.json()['status'] == 'processing'",
    "the parameters of a request": "requests.get(url, params={'status': 'processing'})",
    "the JSON of a request": "httpx.post(url, json={'a': {'status': 'processing'}})",
    "the data of a request": "async def f(s: aiohttp.ClientSession): await s.post(url, data={'status': 'processing'})",
    "the JSON of a test client": "def test_f(client): client.patch('/jobs/1', json={'status': 'processing'})",
    "the JSON of a request by way of a variable": "payload = {'status': 'processing'}\nrequests.post(url, json=payload)",
    "the parameters of a request by dict()": "requests.get(url, params=dict(status='processing'))",
}


@pytest.mark.parametrize("code", PROVABLY_ELSE.values(), ids=PROVABLY_ELSE.keys())
def test_the_status_is_provably_something_elses(code: str) -> None:
    assert_as_marked(HEAD + code, PATH, "BG01")


STILL_A_TASKS = {
    "a variable that holds one of two statuses": (
        "def f(o: Order, j):\n    status = o.status\n    if j: status = j.status\n"
        "    return status == 'processing'  # expect: BG010"
    ),
    "a variable that holds a task's status": (
        "def f(run: SyncRun):\n    status = run.status\n    return status == 'processing'  # expect: BG010"
    ),
    "a variable that holds something else of an order": (
        "def f(o: Order):\n    status = o.newest\n    return status == 'processing'  # expect: BG010"
    ),
    "a variable that holds itself": "status = status\nx = status == 'processing'  # expect: BG010",
    "an annotation that is no class": "def f(o: 3 + 4): o.status = 'processing'  # expect: BG010",
    "what a base of nothing gives": "def f(): super().load().status = 'processing'  # expect: BG010",
    "what a call of a call is given": "make()(json={'status': 'processing'})  # expect: BG010",
    "a core table whose name is not written": "x = Table(NAME, m, Column('status', String, default='processing'))  # expect: BG010",
    "a call that cannot be resolved, of a class with a task word": "def f(run: SyncRun): repo.update_status(run, 'processing')  # expect: BG010",
    "an annotation that is no code": "def f(o: 'an order'): o.status = 'processing'  # expect: BG010",
    "an enum in a class with a task word": "class SyncThing:\n    class Status(enum.Enum):\n        BUSY = 'processing'  # expect: BG010",
    "one of several objects of different classes": "for o in [Order(), SyncRun()]:\n    o.status = 'processing'  # expect: BG010",
    "what a function gives, of different classes": (
        "def pick(kind):\n    if kind:\n        return Order()\n    return SyncRun()\n"
        "pick(1).status = 'processing'  # expect: BG010"
    ),
    "an unknown object": "thing.status = 'processing'  # expect: BG010",
    "a class with a task word": "def f(run: SyncRun): run.status = 'processing'  # expect: BG010",
    "a plain class with a task word": "def f(p: ImportProgress): p.status = 'processing'  # expect: BG010",
    "a constructor of a class with a task word": "x = SyncRun(status='processing')  # expect: BG010",
    "a variable called like a class with a task word": "sync_run.status = 'processing'  # expect: BG010",
    "a query of a class with a task word": "db.query(ProductImport).filter_by(status='processing')  # expect: BG010",
    "a class attribute of a class with a task word": "x = SyncRun.status == 'processing'  # expect: BG010",
    "an update of a class with a task word": "update(SyncRun).values(status='processing')  # expect: BG010",
    "SQL about a table of a class with a task word": "x = \"UPDATE sync_runs SET status = 'processing'\"  # expect: BG010",
    "SQL about a table that nobody knows": "x = \"UPDATE things SET status = 'processing'\"  # expect: BG010",
    "self of a class with a task word": "class ScanThing:\n    def f(self): self.status = 'processing'  # expect: BG010",
    "the body of a class with a task word": "class JobOut(BaseModel):\n    status: str = 'processing'  # expect: BG010",
    "a class elsewhere": "from a import Thing\ndef f(t: Thing): t.status = 'processing'  # expect: BG010",
    "an annotation that says nothing": "def f(job: object, data: dict): job.status = data['status'] = 'processing'  # expect: BG010",
    "a variable called like a plain class": "invoice.status = 'processing'  # expect: BG010",
    "a variable of two kinds": (
        "def f(x):\n    o = Order() if x else SyncRun()\n    o.status = 'processing'  # expect: BG010"
    ),
    "a variable that a job has been given": "def f(order: SyncRun): order.status = 'processing'  # expect: BG010",
    "a dict that goes elsewhere too": "data = {'status': 'processing'}  # expect: BG010\nOrder(**data)\nsave(data)",
    "a status of its own": "def f(order: Order):\n    status = 'processing'  # expect: BG010",
    "a cache, which has a get like a client": "x = cache.get('job').get('status') == 'processing'  # expect: BG010",
    "a response that we give": "def f(): return JSONResponse({'status': 'processing'})  # expect: BG010",
    "a response model": "def f(): return JobOut(status='processing')  # expect: BG010",
    "a project function called post": "def post(url, json): ...\npost(1, json={'status': 'processing'})  # expect: BG010",
    "a local in a method of an order": "class Cart:\n    def f(self, job): job.status = 'processing'  # expect: BG010",
    "a nested class with a task word": "class Shop:\n    class Job:\n        status = Column(String, default='processing')  # expect: BG010",
    "a core table with a task word": "x = Table('jobs', m, Column('status', String, default='processing'))  # expect: BG010",
    "data that an unknown object puts": "cache.put('job', data={'status': 'processing'})  # expect: BG010",
    "JSON that is none of a request": "save(json={'status': 'processing'})  # expect: BG010",
    "a dict that is only filled": "d = {'status': 'processing'}  # expect: BG010\nd['a'] = 1",
    "a status enum": "class JobStatus:\n    status = 'processing'  # expect: BG010",
    "a helper that is given a job": "def _set(thing, new):\n    thing.status = new\n_set(SyncRun(), 'processing')  # expect: BG010",
    "a helper that is given an order and a job": (
        "def _set(thing, new):\n    thing.status = new\n_set(Order(), 'processing')\n_set(job, 'processing')  # expect: BG010"
    ),
}


@pytest.mark.parametrize("code", STILL_A_TASKS.values(), ids=STILL_A_TASKS.keys())
def test_the_status_may_be_a_tasks(code: str) -> None:
    assert_as_marked(HEAD + code, PATH, "BG01")


def test_a_task_model_stays_reported_whatever_it_is_called() -> None:
    code = "class {name}(Base):\n    __tablename__ = 'x'\n    status = Column(String, default='processing')\n"
    head = "from sqlalchemy import Column, String\nfrom sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass\n"

    def reported(name: str, path: str) -> bool:
        return any(found.code == "BG010" for found in lint(head + code.format(name=name), path))

    assert not reported("Walk", "models/database/walk.py"), "a model that no rule knows"
    assert not reported("Letzshop", "models/letzshop.py"), "a file that no rule names"
    assert reported("Letzshop", "models/database/letzshop.py"), "the task model of a file that a model rule names"
    assert reported("MarketplaceImportJob", "models/database/anything.py"), "named in a registry rule"


@pytest.mark.parametrize(
    "path", ["migrations/versions/1.py", "app/migrations/a.py", "alembic/versions/b.py", "db/alembic/env.py"]
)
def test_a_migration_away_from_an_old_value_has_to_name_it(path: str) -> None:
    assert not lint("op.execute(\"UPDATE jobs SET status = 'running' WHERE status = 'processing'\")", path)


@pytest.mark.parametrize("path", ["app/migrations.py", "app/alembic_tools/a.py", "app/my_migrations/b.py"])
def test_only_the_folders_of_migrations_are_excluded(path: str) -> None:
    assert messages("job.status = 'processing'", path, "BG010") == ["Use 'running' instead of 'processing'"]


TASK_FILES = [
    "models/database/marketplace_import_job.py",
    "models/database/letzshop.py",
    "models/database/test_run.py",
    "models/database/architecture_scan.py",
    "models/database/any_job.py",
    "app/tasks/anything.py",
    "app/services/background_tasks_service.py",
]


@pytest.mark.parametrize("path", TASK_FILES)
def test_all_four_legacy_values_are_reported_in_the_files_of_tasks(path: str) -> None:
    code = "for status in (): pass\nstatus = 'passed'\nx = job.status == 'error'\njob.status = 'processing'\nrun.status = 'fetching'\n"
    assert messages(code, path, "BG010") == [
        "Use 'completed' instead of 'passed'",
        "Use 'failed' instead of 'error'",
        "Use 'running' instead of 'processing'",
        "Use 'running' instead of 'fetching'",
    ]


@pytest.mark.parametrize(
    "path", ["app/api/v1/jobs.py", "app/services/tests.py", "models/database/order.py", "app/tasks/deep/a.py", None]
)
def test_two_legacy_values_are_ordinary_elsewhere(path: str | None) -> None:
    code = "def f():\n    return {'status': 'error', 'job_status': 'passed'}\n"
    assert not messages(code, path, "BG010")  # type: ignore[arg-type]  # lint takes None


def test_what_is_no_legacy_value_is_not_reported_in_the_files_of_tasks() -> None:
    code = "job.status = 'errors'\njob.state = 'error'\nlogger.error('error')\nstatus = level = 'pass'\nerror = passed = 'passed'\n"
    assert not messages(code, "app/tasks/a.py", "BG010")


LEGACY = """
background_task_rules:
  - id: BG-012
    name: n
    severity: info
    description: |
      Legacy: "begun" -> "running", 'ended' -> 'completed', old -> new
      - "stopped" -> "failed"
    anti_patterns: [{pattern: "state.*=.*begun", message: "m"}]
  - id: BG-035
    name: t
    severity: info
    patterns: [{file: "jobs/*.py", must_contain: "try:"}]
"""


def test_the_legacy_values_are_read_from_any_rules_description() -> None:
    code = "state = 'begun'\nstate = 'stopped'\nstatus = 'stopped'\nstate = 'old'\n"
    assert [(one.line, one.text) for one in lint(code, "jobs/a.py", LEGACY)] == [
        (1, "m"),
        (2, "Use 'failed' instead of 'stopped'"),
    ]
    assert [(one.line, one.text) for one in lint(code, "other/a.py", LEGACY)] == [(1, "m")]


SAMPLES = [
    "job.status = 'processing'\nstatus = 'fetching'\nx = job.status in ('passed', 'error')\n",
    "class JobStatus:\n    A = 'processing'\n    B = 'error'\n",
]


@pytest.mark.parametrize("path", [*TASK_FILES, "app/api/x.py", None])
@pytest.mark.parametrize("code", SAMPLES)
def test_the_bundled_rule_reports_what_the_seed_file_reports(code: str, path: str | None, seed: str) -> None:
    assert lint(code, path, BUNDLED) == lint(code, path, seed)


def test_the_seed_file_reports_migrations_too(seed: str) -> None:
    assert [one.code for one in lint("status = 'processing'", "migrations/a.py", seed)] == ["BG010"]


@pytest.fixture(scope="module")
def seed() -> str:
    from pathlib import Path

    return (Path(__file__).parents[1] / "data" / "seed-rules.yaml").read_text(encoding="utf-8")
