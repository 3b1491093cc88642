"""BG-010: every way in which a value meets a status, and what only looks like one (semantics, section 5)."""

import pytest

from tests.linting import assert_as_marked, lint

PATH = "app/services/anything.py"

HEAD = """
import enum
from enum import Enum, IntEnum, StrEnum, auto
from typing import Annotated, Final, Literal
import sqlalchemy as sa
from fastapi import Body, FastAPI, Form, Query
from pydantic import BaseModel, Field
from sqlalchemy import Column, String, text, select, update
from sqlalchemy.orm import Mapped, mapped_column
"""

SILENT = {
    "a keyword of a declaration": "def f(state=Query(status='processing')): pass",
    "a call that says the status of something else": "orders.update_order_status(1, 'processing')",
    "an enum by call with a name that is put together": "JobStatus = Enum('JobStatus', {prefix + 'X': 'processing'})",
    "an enum by call with a list that is put together": "JobStatus = Enum('JobStatus', [*OTHERS, ('A', 'processing')])",
    "a declaration that declares nothing": "class Job(BaseModel):\n    status: str = Field()",
    "a default of what is read": "x = job.get('status', 'processing')\ny = job.pop('status', 'processing')",
    "a pattern of something else": "match job:\n    case Job(kind='processing') | {'kind': 'processing'}: status = 1",
    "a pattern with another value": "match job:\n    case Job(status='running') | {'status': 'running', **rest}: pass",
    "a type of something else": "kinds = sa.Enum('processing', name='kinds')\nclass Job:\n    kind = Column(kinds)",
    "a type without the value": "kinds = sa.Enum('running')\nclass Job:\n    status = Column(kinds)",
    "a condition about something else": "q = q.where(text(\"kind = 'processing'\"))",
    "a text that is no condition": "label = 'status = \\'processing\\''",
    "an enum by call, its names": "JobStatus = Enum('JobStatus', {'processing': 'running'})",
    "an enum by call whose member is only called so": "JobStatus = Enum('JobStatus', {'PROCESSING': 'running'})",
    "an enum by call of something else": "OrderStatus = Enum('OrderStatus', {'PROCESSING': 'processing'})",
    "a comment": "x = 1  # status = 'processing'",
    "a docstring": "def f():\n    '''status = 'processing' '''",
    "a string on its own": "'status = processing'",
    "a log message": "logger.info('status = processing', status)",
    "a log message with the value": "logger.info('status is %s', 'processing')",
    "a string that names both": "label = 'status: processing'",
    "an f-string": "job.status = f'processing {job.id}'",
    "a longer value": "job.status = 'processing_fee'",
    "a value in a sentence": "job.status = 'still processing'",
    "a value in another case": "job.status = 'Processing'",
    "another value": "job.status = 'running'",
    "another name": "job.state = 'processing'",
    "a status of something else": "job.payment_status = new_status = 'processing'",
    "a status of an order": "order_status = 'processing'",
    "a longer name": "status_text = 'processing'",
    "a plural": "statuses = ('processing', 'fetching')",
    "a status code": "r.status_code = 'processing'",
    "a variable that is called like the value": "job.status = processing",
    "a value from elsewhere": "job.status = settings.processing",
    "a value from a module elsewhere": "from a.b import PROCESSING\njob.status = PROCESSING",
    "a call that cannot be resolved": "job.status = compute('processing')",
    "a method of the value": "job.status = names.get('processing')",
    "a status that is read": "if job.status: processing = 'processing'",
    "a key that is the value": "{'processing': status}",
    "the other side of a call": "f('status', x, 'processing')",
    "an order comparison": "x = status < 'processing'",
    "a comparison of something else": "x = 'processing' == kind or status == 'done'",
    "a collection that has longer values": "x = status in ('processing_fee', 'prefetching')",
    "a string that holds it, searched": "x = status in 'processing'",
    "a method that is no column's": "q = Job.status.startswith('processing')",
    "a match of something else": "match kind:\n    case 'processing': status = 'done'",
    "a match on a capture": "match job.status:\n    case processing: pass",
    "an enum of something else": "class OrderStatus(Enum):\n    PROCESSING = 'processing'",
    "an enum that is called by a longer name": "class StatusReport(Enum):\n    PROCESSING = 'processing'",
    "an enum's numbers": "class JobStatus(Enum):\n    PROCESSING = 1\n    FETCHING = auto()",
    "a member with the right value": "class JobStatus(Enum):\n    PROCESSING = 'running'\njob.status = JobStatus.PROCESSING",
    "a method of an enum": "class JobStatus(Enum):\n    A = 'a'\n    def label(self): return 'processing'",
    "an enum's private names": "class JobStatus(Enum):\n    A = 'a'\n    _ignore_ = 'processing'",
    "a Literal of something else": "Kind = Literal['processing']\nkind: Literal['fetching'] = x",
    "a Query's description": "def f(status: str = Query('pending', description='processing', alias='fetching')): pass",
    "a Field's examples": "class JobIn(BaseModel):\n    status: str = Field('pending', examples=['processing'], description='processing')",
    "a Form and a Body": "def f(status=Form(None, title='processing'), job_status=Body(..., title='processing')): pass",
    "a Column's comment": "class Job:\n    status = Column(String, default='pending', comment='processing', info={'a': 'processing'})",
    "a Column's name": "class Job:\n    status = Column('processing', String)",
    "SQL about something else": "db.execute(\"UPDATE jobs SET kind = 'processing' WHERE status = 'done'\")",
    "SQL with another status": "db.execute(\"UPDATE jobs SET payment_status = 'processing'\")",
    "SQL with a longer value": "db.execute(\"SELECT 1 FROM jobs WHERE status = 'processing_fee'\")",
    "text that is no SQL": "x = \"the status = 'processing'\"",
    "a call about another status": "repo.update_order_status(1, 'processing')",
    "a call about a new status": "repo.log_new_status(1, 'processing')",
    "a call whose name only starts so": "repo.statuses_of('processing')",
    "a project function that does something else with it": "def update_status(job, label):\n    print(label)\nupdate_status(job, 'processing')",
    "a default that is bound to something else": "def f(job, kind='processing'):\n    job.status = 'done'\n    job.kind = kind",
    "a subscript of something else": "jobs['processing'] = status",
    "an annotation alone": "status: 'processing'",
    "a type's name": "status: processing",
    "a deletion": "del jobs['status'], jobs['processing']",
    "an addition": "job.status += 'processing'",
    "bytes": "job.status = b'processing'",
}


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT.keys())
def test_no_value_meets_a_status_in(code: str) -> None:
    assert_as_marked(HEAD + code, PATH, "BG01")


FLOWS = {
    "setdefault": "job.setdefault('status', 'processing')  # expect: BG010",
    "an attribute": "job.status = 'processing'  # expect: BG010",
    "an attribute of an attribute": "self.job.status = 'fetching'  # expect: BG010",
    "an attribute of a call's result": "get_job(1).status = 'processing'  # expect: BG010",
    "a private attribute": "self._status = 'processing'  # expect: BG010",
    "a variable": "status = 'processing'  # expect: BG010",
    "a constant": "STATUS = 'processing'  # expect: BG010",
    "a task's status by its name": "product_import_status = test_run_status = 'processing'  # expect: BG010",
    "a camel-case name": "jobStatus = 'processing'  # expect: BG010",
    "an annotated assignment": "status: str = 'processing'  # expect: BG010",
    "a Final": "STATUS: Final = 'processing'  # expect: BG010",
    "a walrus": "if (status := 'processing'): pass  # expect: BG010",
    "a tuple": "job.started_at, job.status = now(), 'processing'  # expect: BG010",
    "a nested tuple": "(a, [status, b]) = (1, ['processing', 2])  # expect: BG010",
    "a chain": "a = job.status = b = 'processing'  # expect: BG010",
    "a keyword": "Job(status='processing')  # expect: BG010",
    "a keyword of a function": "repo.update(job_id, status='processing')  # expect: BG010",
    "the values of an update": "update(Job).where(Job.id == 1).values(status='processing')  # expect: BG010",
    "a filter": "db.query(Job).filter_by(status='processing').all()  # expect: BG010",
    "a dict": "{'id': 1, 'status': 'processing'}  # expect: BG010",
    "a dict by a column": "db.query(Job).update({Job.status: 'processing'})  # expect: BG010",
    "a dict call": "dict(status='processing')  # expect: BG010",
    "a nested dict": "return_value = {'job': {'status': 'processing'}}  # expect: BG010",
    "setattr": "setattr(job, 'status', 'processing')  # expect: BG010",
    "a parameter's default": "def f(job, status='processing'): pass  # expect: BG010",
    "a keyword-only parameter's default": "def f(*, status: str = 'processing'): pass  # expect: BG010",
    "a lambda's default": "f = lambda status='processing': status  # expect: BG010",
    "a subscript": "jobs[job_id]['status'] = 'processing'  # expect: BG010",
    "a return": "def f():\n    return {'status': 'processing'}  # expect: BG010",
    "the value beside it": "job.status = (\n    'processing'  # expect: BG010\n)",
}
VALUES = {
    "an awaited walrus": "async def f():\n    job.status = (new := 'processing')  # expect: BG010",
    "a member's name": "job.status = JobStatus.PROCESSING.name  # expect: BG010",
    "a constant of the object's own class": (
        "class JobThing:\n    BUSY = 'processing'\n    def f(self): self.status = self.BUSY  # expect: BG010"
    ),
    "a constant of the module": "BUSY = 'processing'\njob.status = BUSY  # expect: BG010",
    "a constant of a class": "class Busy:\n    NOW = 'processing'\njob.status = Busy.NOW  # expect: BG010",
    "a constant by way of another": "A = 'processing'\nB = A\njob.status = B  # expect: BG010",
    "a constant from a dict": "NAMES = {'a': 'processing'}\njob.status = NAMES['a']  # expect: BG010",
    "a local variable": "def f(job):\n    new = 'processing'\n    job.status = new  # expect: BG010",
    "a local variable with several values": "def f(job):\n    new = 'done'\n    if job: new = 'processing'\n    job.status = new  # expect: BG010",
    "an arm": "job.status = 'done' if ok else 'processing'  # expect: BG010",
    "a nested arm": "job.status = 'a' if x else ('processing' if y else 'b')  # expect: BG010",
    "an or": "job.status = given or 'processing'  # expect: BG010",
    "an enum of this file": "class Kind(Enum):\n    BUSY = 'processing'\njob.status = Kind.BUSY  # expect: BG010",
    "an enum's value": "class Kind(str, Enum):\n    BUSY = 'processing'\njob.status = Kind.BUSY.value  # expect: BG010",
    "an enum's name": "class Kind(Enum):\n    PROCESSING = 'x'\njob.status = Kind.PROCESSING.name  # expect: BG010",
    "an enum with numbers": "class Kind(IntEnum):\n    PROCESSING = 3\njob.status = Kind.PROCESSING  # expect: BG010",
    "an enum with automatic numbers": "class Kind(Enum):\n    PROCESSING = auto()\njob.status = Kind.PROCESSING  # expect: BG010",
    "an enum whose values are its names": "class Kind(Enum):\n    PROCESSING = 'PROCESSING'\njob.status = Kind.PROCESSING  # expect: BG010",
    "a member of an enum by name": "class Kind(Enum):\n    BUSY = 'processing'\njob.status = Kind['BUSY']  # expect: BG010",
    "a call of an enum": "job.status = JobStatus('processing')  # expect: BG010",
    "an enum elsewhere": "from a import JobStatus\njob.status = JobStatus.PROCESSING  # expect: BG010",
    "an enum elsewhere, in lower case": "from a import TaskStatus\njob.status = TaskStatus.processing  # expect: BG010",
    "an enum elsewhere, qualified": "from a import models\njob.status = models.JobStatus.PROCESSING.value  # expect: BG010",
    "an enum of something else": "from a import Anything\njob.status = Anything.PROCESSING  # expect: BG010",
    "a constant on the model": "job.status = SyncRun.PROCESSING  # expect: BG010",
    "a string put together": "job.status = 'proc' + 'essing'  # expect: BG010",
    "a cast": "from typing import cast\njob.status = cast(JobStatus, 'processing')  # expect: BG010",
    "the result of a project function": "def busy(): return 'processing'\njob.status = busy()  # expect: BG010",
}
COMPARISONS = {
    "what a call makes of it": "x = str(job.status) == 'processing'  # expect: BG010",
    "what SQL makes of it": "q = q.where(func.lower(Job.status) == 'processing')  # expect: BG010",
    "an awaited one": "async def f():\n    return (await job.status) == 'processing'  # expect: BG010",
    "the keys of a dict": "x = job.status in {'processing': 1}  # expect: BG010",
    "a match of an object": "match job:\n    case Job(status='processing'): pass  # expect: BG010",
    "a match of a dict": "match job:\n    case {'id': 1, 'status': 'done' | 'processing'}: pass  # expect: BG010",
    "a match of an object in another": "match run:\n    case Run(job=Job(status='processing')): pass  # expect: BG010",
    "a match of a dict with other keys": "match job:\n    case {1: 'a', 'status': 'processing'}: pass  # expect: BG010",
    "an enum by call on an enum of the project": (
        "class Words(str, Enum): pass\nJobStatus = Words('JobStatus', {'BUSY': 'processing'})  # expect: BG010"
    ),
    "equality": "x = job.status == 'processing'  # expect: BG010",
    "inequality, turned round": "x = 'processing' != status  # expect: BG010",
    "a chain": "x = a == status == 'processing'  # expect: BG010",
    "equality with a member": "x = job.status == JobStatus.PROCESSING  # expect: BG010",
    "the value of an enum": "x = job.status.value == 'processing'  # expect: BG010",
    "a subscript": "x = job['status'] == 'processing'  # expect: BG010",
    "get": "x = job.get('status') == 'processing'  # expect: BG010",
    "get with a default": "x = job.get('status', None) == 'processing'  # expect: BG010",
    "getattr": "x = getattr(job, 'status', None) == 'processing'  # expect: BG010",
    "in a literal": "x = job.status in (\n    'pending',\n    'processing',  # expect: BG010\n)",
    "not in a literal": "x = status not in ['processing', 'done']  # expect: BG010",
    "in a set": "x = job['status'] in {'processing'}  # expect: BG010",
    "in a named collection": "BUSY = ('pending', 'processing')\nx = job.status in BUSY  # expect: BG010",
    "in a named collection of members": "BUSY = {JobStatus.PROCESSING}\nx = job.status not in BUSY  # expect: BG010",
    "in a frozen set": "BUSY = frozenset({'processing'})\nx = job.status in BUSY  # expect: BG010",
    "in_": "q = q.where(Job.status.in_(['pending', 'processing']))  # expect: BG010",
    "in_ with a named collection": "BUSY = ['processing']\nq = q.where(Job.status.in_(BUSY))  # expect: BG010",
    "not_in": "q = q.where(Job.status.not_in(('processing',)))  # expect: BG010",
    "notin_": "q = q.where(Job.status.notin_(['processing']))  # expect: BG010",
    "is_": "q = q.where(Job.status.is_('processing'))  # expect: BG010",
    "is_not": "q = q.where(Job.status.is_not('processing'))  # expect: BG010",
    "isnot": "q = q.where(Job.status.isnot('processing'))  # expect: BG010",
    "a column in a filter": "q = db.query(Job).filter(Job.status == 'processing')  # expect: BG010",
    "a match": "match job.status:\n    case 'processing': pass  # expect: BG010\n    case 'done': pass",
    "a match of several": "match job['status']:\n    case 'done' | 'processing': pass  # expect: BG010",
    "a match of a member": "match job.status:\n    case JobStatus.PROCESSING: pass  # expect: BG010",
}
DEFINITIONS = {
    "a Literal of an attribute": "class JobThing:\n    def f(self): self.status: Literal['processing'] = x  # expect: BG010",
    "a type with a name": "names = sa.Enum('pending', 'processing')\nclass Job:\n    status = Column(names)  # expect: BG010",
    "a type that is a status itself, there": (
        "job_status = sa.Enum('a', 'processing')  # expect: BG010\nclass Job:\n    status = Column(job_status)"
    ),
    "an enum by call, with values": "JobStatus = Enum('JobStatus', {'BUSY': 'processing'})  # expect: BG010",
    "a column's default": "class Job:\n    status = Column(String, default='processing')  # expect: BG010",
    "a column's server default": "class Job:\n    status = sa.Column(sa.String, server_default='processing')  # expect: BG010",
    "a column's server default as text": "class Job:\n    status = Column(String, server_default=text(\"'processing'\"))  # expect: BG010",
    "a qualified text": "class Job:\n    status = Column(String, server_default=sa.text(\"'processing'\"))  # expect: BG010",
    "a text with a cast": "class Job:\n    status = Column(String, server_default=text(\"'processing'::varchar\"))  # expect: BG010",
    "mapped_column": "class Job:\n    status: Mapped[str] = mapped_column(default='processing')  # expect: BG010",
    "a default member": "class Job:\n    status = Column(String, default=JobStatus.PROCESSING.value)  # expect: BG010",
    "an Enum of literals": "class Job:\n    status = Column(sa.Enum('pending', 'processing', name='s'))  # expect: BG010",
    "an Enum of a collection": "NAMES = ['processing']\nclass Job:\n    status = Column(sa.Enum(*NAMES))  # expect: BG010",
    "a column of a core table": "jobs = sa.Table('jobs', m, sa.Column('status', sa.String, default='processing'))  # expect: BG010",
    "a Literal": "class JobOut(BaseModel):\n    status: Literal['pending', 'processing']  # expect: BG010",
    "a Literal of a parameter": "def f(status: Literal['processing'] | None = None): pass  # expect: BG010",
    "a Literal in an Annotated": "def f(status: Annotated[Literal['processing'], Query()]): pass  # expect: BG010",
    "a Literal alias": "JobStatus = Literal['pending', 'processing']  # expect: BG010",
    "a Literal alias, annotated": "from typing import TypeAlias\nStatus: TypeAlias = Literal['processing']  # expect: BG010",
    "an enum": "class JobStatus(str, Enum):\n    PENDING = 'pending'\n    PROCESSING = 'processing'  # expect: BG010",
    "a bare Status": "class Status(StrEnum):\n    BUSY = 'processing'  # expect: BG010",
    "a qualified enum": "class ImportStatus(enum.Enum):\n    BUSY = 'processing'  # expect: BG010",
    "an enum on a base of the project": "from a import OurEnum\nclass RunStatus(OurEnum):\n    busy = 'processing'  # expect: BG010",
    "an enum whose values are its names": "class JobStatus(Enum):\n    PROCESSING = 'PROCESSING'  # expect: BG010",
    "an automatic value of a StrEnum": "class JobStatus(StrEnum):\n    PROCESSING = auto()  # expect: BG010",
    "an enum by call with values": "JobStatus = Enum('JobStatus', {'PROCESSING': 'running', 'B': 'processing'})  # expect: BG010",
    "an enum by call": "JobStatus = Enum('JobStatus', ['pending', 'processing'])  # expect: BG010",
    "a class of constants": "class JobStatus:\n    BUSY = 'processing'  # expect: BG010",
    "a class of annotated constants": "class JobStatus:\n    BUSY: str = 'processing'  # expect: BG010",
    "a Query's default": "def f(status: str = Query('processing')): pass  # expect: BG010",
    "a Query's default by keyword": "def f(status: str = Query(default='processing', max_length=9)): pass  # expect: BG010",
    "a Field's default": "class JobIn(BaseModel):\n    status: str = Field(default='processing')  # expect: BG010",
    "a Form's default": "def f(job_status: str = Form('processing')): pass  # expect: BG010",
    "a schema's default": "class JobIn(BaseModel):\n    status: str = 'processing'  # expect: BG010",
}
CALLS = {
    "a call that cannot be resolved": "repo.update_status(job_id, 'processing')  # expect: BG010",
    "a call with a task's status": "await_this = repo.set_job_status(1, 'processing')  # expect: BG010",
    "a call whose name goes on": "set_status_of(job, 'processing')  # expect: BG010",
    "a call with a member": "self.update_status(job, JobStatus.PROCESSING)  # expect: BG010",
    "a call with a keyword": "repo.update_status(job, value='processing')  # expect: BG010",
    "a helper of the file": "def _set(job, new):\n    job.status = new\n_set(job, 'processing')  # expect: BG010",
    "a helper by keyword": "def _set(job, new):\n    job.status = new\n_set(job, new='processing')  # expect: BG010",
    "a helper of a helper": (
        "def _set(job, new):\n    job.status = new\ndef _mark(job, what):\n    _set(job, what)\n_mark(job, 'processing')  # expect: BG010"
    ),
    "a method": "class Repo:\n    def mark(self, job, new):\n        job.status = new\n    def go(self, job):\n"
    "        self.mark(job, 'processing')  # expect: BG010",
    "a helper's parameter that is a status by its name": "def mark(job, status):\n    save(job, status)\nmark(1, 'processing')  # expect: BG010",
    "a default that a helper stores": "def mark(job, new='processing'):\n    job.status = new  # expect: BG010\nmark(job)",
}
SQL = {
    "a condition as text": "q = q.where(text(\"status = 'processing'\"))  # expect: BG010",
    "a constraint": "jobs = sa.CheckConstraint(\"status IN ('pending', 'processing')\")  # expect: BG010",
    "an UPDATE": "db.execute(\"UPDATE jobs SET status = 'processing' WHERE id = 1\")  # expect: BG010",
    "an UPDATE as text": "db.execute(text(\"update jobs set status='processing', started_at=now()\"))  # expect: BG010",
    "an UPDATE in a variable": "QUERY = \"UPDATE jobs SET status = 'processing'\"  # expect: BG010",
    "a statement after a comment": "db.execute(\n    '''\n  UPDATE jobs\n  SET status = 'processing'\n''')".replace(
        "    '''", "    '''  -- # expect: BG010"
    ),
    "a long string, at its first line": "x = f(  # a call\n    'UPDATE jobs '  # expect: BG010\n    \"SET status = 'processing'\"\n)",
    "an INSERT": "db.execute(\"INSERT INTO jobs (id, status) VALUES (1, 'processing')\")  # expect: BG010",
    "a WHERE": "db.execute(\"SELECT * FROM jobs WHERE status = 'processing'\")  # expect: BG010",
    "a WHERE IN": "db.execute(\"DELETE FROM jobs WHERE j.status IN ('pending', 'processing')\")  # expect: BG010",
    "a task's status": "db.execute(\"UPDATE t SET import_status = 'processing'\")  # expect: BG010",
}
SPEAKING = {
    f"{group}, {name}": code
    for group, table in {
        "a flow": FLOWS,
        "a value": VALUES,
        "a comparison": COMPARISONS,
        "a definition": DEFINITIONS,
        "a call": CALLS,
        "SQL": SQL,
    }.items()
    for name, code in table.items()
}


@pytest.mark.parametrize("code", SPEAKING.values(), ids=SPEAKING.keys())
def test_a_value_meets_a_status_in(code: str) -> None:
    assert_as_marked(HEAD + code, PATH, "BG01")


@pytest.mark.parametrize(
    ("code", "column"),
    [
        pytest.param("job.status = run.status = 'processing'", 26, id="the value of a chain, once"),
        pytest.param("job.status = a if b else 'processing'", 25, id="the arm"),
        pytest.param("x = job.status in ('a', 'processing')", 24, id="the element"),
        pytest.param("_é = 'é'; job.status = 'processing'", 23, id="in characters"),
        pytest.param("repo.update_status(7, 'processing')", 22, id="the argument"),
        pytest.param("repo.update(7, status='processing')", 22, id="the keyword's value"),
        pytest.param("x = {'status': 'processing'}", 15, id="the dict's value"),
        pytest.param("x = 'processing' == status", 4, id="the other side of a comparison"),
    ],
)
def test_the_place_is_the_expression_where_the_value_meets_the_status(code: str, column: int) -> None:
    assert [(one.line, one.column) for one in lint(code, PATH)] == [(1, column)]


ONCE = {
    "a variable that is stored": """
        status = "processing"  # expect: BG010
        job.status = status
        jobs.update({"status": status})
        found = select(Job).where(Job.status == status)
    """,
    "a default that is stored": """
        def mark(job, status="processing"):  # expect: BG010
            job.status = status
    """,
    "a variable that is given to another one": """
        status = "processing"  # expect: BG010
        job_status = status
        job.status = job_status
    """,
    "one arm of a variable": """
        status = "processing" if busy else "completed"  # expect: BG010
        job.status = status
    """,
    "where a variable of another name is stored": """
        word = "processing"
        job.status = word  # expect: BG010
    """,
    "where a variable is stored that gets it from a name, too": """
        WORD = "processing"
        status = WORD  # expect: BG010
        job.status = status
    """,
    "where a variable is stored that is a loop's": """
        for status in ("processing", "completed"):
            job.status = status  # expect: BG010
    """,
}


@pytest.mark.parametrize("code", ONCE.values(), ids=ONCE)
def test_a_value_that_meets_a_status_on_its_way_to_one_is_reported_once(code: str) -> None:
    assert_as_marked(code, PATH, "BG01")


def test_a_variable_of_two_scopes_is_told_apart() -> None:
    code = """
        def start(job):
            status = "processing"  # expect: BG010
            job.status = status

        def restart(job):
            for status in ("processing", "completed"):
                job.status = status  # expect: BG010
    """
    assert_as_marked(code, PATH, "BG01")


def test_every_place_counts() -> None:
    code = "job.status = 'processing' if x else 'fetching'\n"
    assert [one.text for one in lint(code, PATH)] == [
        "Use 'running' instead of 'processing'",
        "Use 'running' instead of 'fetching'",
    ]


def test_code_of_no_file_is_looked_at_too() -> None:
    assert [one.code for one in lint("status = 'processing'", None)] == ["BG010"]


STATE = """
background_task_rules:
  - {id: BG-011, name: n, severity: info, anti_patterns: [{pattern: "state.*=.*started", message: "m"}]}
"""


def test_another_name_in_a_pattern_is_treated_alike() -> None:
    code = """
        job.state = "started"  # expect: BG011
        job.status = country_state = "started"
        x = run_state in ("started", "done")  # expect: BG011
        class JobState:
            A = "started"  # expect: BG011
    """
    assert_as_marked(code, PATH, "BG01", STATE)
