"""How a snippet of a rules file is read, and what code meets it (semantics, section 4)."""

from textwrap import dedent

import pytest

from flake8_bgtasks.matching.snippets import read_snippet
from flake8_bgtasks.rules.model import Family
from tests.linting import lint

READINGS = {
    ("log = make().log", Family.GENERIC): "Pattern(snippet='log = make().log')",
    ("error_message", Family.MODELS): "HasColumn(name='error_message', exact=False)",
    ("error_message", Family.TASKS): "Writes(name='error_message')",
    ("error_message", Family.API): "Uses(name='error_message')",
    ("error_message", Family.STATUS): "Uses(name='error_message')",
    ("error_message", Family.GENERIC): "Uses(name='error_message')",
    ("import_", Family.GENERIC): "Uses(name='import_')",
    ("BackgroundTasks", Family.API): "Takes(name='BackgroundTasks')",
    ("BackgroundTasks", Family.GENERIC): "Uses(name='BackgroundTasks')",
    ("status = Column", Family.MODELS): "HasColumn(name='status', exact=True)",
    ("status = sa.Column", Family.MODELS): "HasColumn(name='status', exact=True)",
    ("status=mapped_column", Family.GENERIC): "HasColumn(name='status', exact=True)",
    ("router = APIRouter", Family.API): "Makes(name='router', maker='APIRouter')",
    ("log = structlog.get_logger", Family.GENERIC): "Makes(name='log', maker='structlog.get_logger')",
    ('status = "running"', Family.TASKS): "Assigns(name='status', value='running', stored=True)",
    ("status='running'", Family.TASKS): "Assigns(name='status', value='running', stored=True)",
    ("status = 'running'", Family.GENERIC): "Assigns(name='status', value='running', stored=False)",
    ("retries = 3", Family.TASKS): "Assigns(name='retries', value=3, stored=True)",
    ("SessionLocal()", Family.TASKS): "OpensSession(name='SessionLocal')",
    ("SessionLocal()", Family.GENERIC): "Calls(name='SessionLocal')",
    ("notify_admins()", Family.TASKS): "Calls(name='notify_admins')",
    ("db.commit()", Family.TASKS): "Calls(name='db.commit')",
    ("try:", Family.TASKS): "Tries()",
    ("try", Family.GENERIC): "Tries()",
    ("except", Family.TASKS): "Handles()",
    ("except :", Family.TASKS): "Handles()",
    ("f(x, y=1)", Family.TASKS): "Pattern(snippet='f(x, y=1)')",
    ("f().g()", Family.TASKS): "Pattern(snippet='f().g()')",
    ("job.status = ...", Family.TASKS): "Pattern(snippet='job.status = ...')",
    ("status = ...", Family.TASKS): "Pattern(snippet='status = ...')",
    ("with lock", Family.GENERIC): "Pattern(snippet='with lock')",
    ("with lock:", Family.GENERIC): "Pattern(snippet='with lock:')",
    ("async def run(...)", Family.GENERIC): "Pattern(snippet='async def run(...)')",
    ("pass", Family.GENERIC): "Pattern(snippet='pass')",
    ("None", Family.GENERIC): "Pattern(snippet='None')",
    ("except Exception", Family.TASKS): "Text(text='except Exception')",
    ("finally:", Family.TASKS): "Text(text='finally:')",
    ("job is done", Family.TASKS): "Pattern(snippet='job is done')",
    ("to be done", Family.TASKS): "Text(text='to be done')",
    ("-> None", Family.GENERIC): "Text(text='-> None')",
}


@pytest.mark.parametrize(
    ("snippet", "family", "reading"),
    [(*key, reading) for key, reading in READINGS.items()],
    ids=[f"{snippet} in {family.value}" for snippet, family in READINGS],
)
def test_reading(snippet: str, family: Family, reading: str) -> None:
    matcher = read_snippet(snippet, family)
    assert (repr(matcher) if hasattr(matcher, "_fields") else f"{type(matcher).__name__}()") == reading


MET = {
    "feature_flag": [
        "feature_flag = 1",
        "print(feature_flag)",
        "settings.feature_flag",
        "settings.feature_flag = 1",
        "f(feature_flag=1)",
        "def feature_flag(): pass",
        "def f(feature_flag): pass",
        "class A:\n    def feature_flag(self): pass",
        "lambda feature_flag: 1",
        "feature_flags = []",
        "feature_flag_on = 1",
        "_feature_flag = 1",
        "from settings import feature_flag as flag\nprint(flag)",
    ],
    "notify": ["notifyAdmins()", "NOTIFY = notify", "self.notify()"],
    "import_": ["import_orders()", "_import_orders()", "x.import_orders = 1"],
    "start()": [
        "start()",
        "start(1, key=2)",
        "x.start()",
        "x().start()",
        "await_me(start())",
        "with start() as x: pass",
        "from app import start as begin\nbegin()",
        "import app\napp.start()",
        "@start()\ndef f(): pass",
        "def f(x=start()): pass",
    ],
    "db.commit()": ["db.commit()", "self.db.commit()", "from app import db as database\ndatabase.commit()"],
    "router = APIRouter": [
        "router = APIRouter()",
        "router = fastapi.APIRouter(prefix='/x')",
        "router: APIRouter = APIRouter()",
        "from fastapi import APIRouter as R\nrouter = R()",
        "self.router = APIRouter()",
        "router = APIRouter",
    ],
    "status = Column": ["class Job(Base):\n    __tablename__ = 'j'\n    status = Column(String)"],
    'status = "running"': [
        'job.status = "running"',
        'status = "running"',
        'Job(status="running")',
        'jobs.filter_by(status="running")',
        'log.info("x", extra={"status": "running"})',
        'def f(status="running"): pass',
    ],
    "try:": ["try:\n    f()\nfinally:\n    g()", "def f():\n    try:\n        g()\n    except KeyError:\n        pass"],
    "Retry(attempts=3)": [
        "Retry(attempts=3)",
        "x.Retry(attempts=3, delay=1)".replace("x.", ""),
        "from app import Retry as R\nR(1, attempts=3)",
        "import app\napp.Retry(attempts=3)",
    ],
    "sleep(5)": ["sleep(5)", "sleep(5, loop)", "from time import sleep as nap\nnap(5)", "import time\ntime.sleep(5)"],
    "job.status = ...": ["job.status = 1", "job.status = compute(x)"],
    "retry(...)": ["retry()", "retry(1, 2, x=3)"],
    "retry(load, ...)": ["retry(load)", "retry(load, 1, x=2)"],
    "retry(..., times=3)": ["retry(times=3)", "retry(1, 2, delay=1, times=3)"],
    "limit[...] = 1": ["limit['x'] = 1", "limit[a, b] = 1"],
    "x: Mapped[...] = mapped_column(...)": ["x: Mapped[int] = mapped_column(primary_key=True)"],
    "return ...": ["def f():\n    return 1", "def f():\n    return"],
    "raise HTTPException(...)": ["raise HTTPException(404, 'x')", "import fastapi\nraise fastapi.HTTPException(404)"],
    "with lock:": ["with lock:\n    f()\n    g()"],
    "with lock": ["with lock: f()"],
    "if ready: ...": ["if ready:\n    f()\nelse:\n    g()"],
    "with lock:\n    ...\n    commit()": ["with lock:\n    a()\n    b()\n    commit(1)", "with lock:\n    commit()"],
    "with lock:\n    begin()\n    ...": ["with lock:\n    begin()\n    b()\n    c()"],
    "def run(...)": ["def run(): pass", "@task\ndef run(a, *b, c=1, **d) -> None:\n    f()"],
    "def run(job):": ["def run(job):\n    f()\n    g()"],
    "async def run(...)": ["async def run(a): await b"],
    "class Job(...)": ["class Job: pass", "class Job(A, B, table=True):\n    x = 1"],
    "[..., last]": ["[1, 2, last]", "[last]"],
    "[first, ..., last]": ["[first, last]", "[first, 1, 2, last]"],
    "assert ready": ["assert ready", "assert ready, 'not ready'"],
    "from app import db": ["from app import db"],
    "except Exception": ["try:\n    f()\nexcept Exception as error:\n    g()"],
    "finally:": ["try:\n    f()\nfinally:\n    g()"],
    "-> None": ["def f(\n    a,\n) -> None: pass"],
}
NOT_MET = {
    "feature_flag": [
        "# feature_flag",
        "'''feature_flag'''",
        "x = 'feature_flag'",
        "log.info('feature_flag is on')",
        "import feature_flag",
        "from settings import feature_flag",
        "my_feature_flag = 1",
        "feature_flagged = 1",
        "x.no_feature_flag()",
    ],
    "init": ["initial = 1", "initialize()", "reinit()"],
    "import_": ["import os", "important = 1", "reimport_orders()", "bulk_import_x()"],
    "start()": ["start", "restart()", "start_all()", "x.start", "from app import start", "'start()'", "# start()"],
    "db.commit()": ["commit()", "session.commit()", "mydb.commit()", "db.commit", "db.session.commit()"],
    "router = APIRouter": ["routers = APIRouter()", "router = Router()", "router == APIRouter", "APIRouter(router)"],
    "status = Column": [
        "status = Column(String)",
        "class Job(Base):\n    __tablename__ = 'j'\n    state = Column(String)\n    status = 1",
    ],
    'status = "running"': ['status == "running"', '"status = running"', 'status = "runnings"', 'x = "running"'],
    "try:": ["'try:'", "# try:", "tried = 1", "contextlib.suppress(KeyError)"],
    "Retry(attempts=3)": ["Retry(attempts=4)", "Retry()", "Retry(3)", "Other(attempts=3)", "Retry(attempts=x)"],
    "sleep(5)": ["sleep(50)", "sleep()", "sleep(seconds=5)", "sleep(True)", "sleep('5')", "x = 5"],
    "sleep(True)": ["sleep(1)"],
    "job.status = ...": ["job.state = 1", "print(job.status)", "job.status += 1"],
    "retry(...)": ["retry", "retried()"],
    "retry(load, ...)": ["retry()", "retry(1, load)", "retry(save, load)"],
    "retry(..., times=3)": ["retry(3)", "retry(times=4)", "retry(1)"],
    "with lock:": ["with other: pass", "lock.acquire()", "async def f():\n    async with lock: pass"],
    "with lock:\n    ...\n    commit()": ["with lock:\n    commit()\n    b()", "with lock:\n    b()"],
    "with lock:\n    begin()\n    ...": ["with lock:\n    a()\n    begin()"],
    "def run(...)": ["async def run(): pass", "def run_all(): pass", "run()"],
    "def run(job):": ["def run(): pass", "def run(job, again): pass", "def run(other): pass"],
    "class Job(...)": ["class JobOut: pass", "Job()"],
    "[..., last]": ["[last, 1]", "[]"],
    "[first, ..., last]": ["[first]", "[1, first, last]"],
    "from app import db": ["from app import database", "import app"],
    "except Exception": ["# except Exception", "'''\nexcept Exception\n'''"],
    "-> None": ["def f(): return None", "# -> None", "'''-> None'''"],
}


def rule(snippet: str) -> str:
    lines = "".join(f"            {line}\n" for line in snippet.splitlines())
    return f"""
background_task_rules:
  - id: BG-100
    name: own
    severity: info
    patterns:
      - file: "app.py"
        must_contain:
          - |-
{lines}
"""


@pytest.mark.parametrize(
    ("snippet", "code"), [(snippet, code) for snippet, codes in MET.items() for code in codes], ids=repr
)
def test_met(snippet: str, code: str) -> None:
    assert not lint(code, "app.py", rule(snippet))


@pytest.mark.parametrize(
    ("snippet", "code"), [(snippet, code) for snippet, codes in NOT_MET.items() for code in codes], ids=repr
)
def test_not_met(snippet: str, code: str) -> None:
    assert [one.line for one in lint(code, "app.py", rule(snippet))] == [1]


def test_a_snippet_in_an_endpoint_sees_its_signature_and_decorators() -> None:
    rules = """
background_task_rules:
  - id: BG-023
    name: own
    severity: info
    patterns:
      - file: "app.py"
        must_contain: ["Depends(get_user)", "current_user", "limit()"]
"""
    code = dedent("""
        @router.get("/a")
        @limit(5)
        def a(current_user=Depends(get_user)):
            return 1
        @router.get("/b")
        def b():
            def inner(current_user):
                limit(Depends(get_user))
            return inner
        @router.get("/c")
        def c():
            return "current_user"
        """)
    assert [(one.line, one.text) for one in lint(code, "app.py", rules)] == [
        (12, "c() has no Depends(get_user) and never uses current_user and never calls limit()")
    ]


@pytest.mark.parametrize(
    "code",
    [
        "x = " + "(" * 90 + "1" + ")" * 90,
        "x = " + " + ".join(["retry"] * 500),
        "retry" + "(1)" * 300,
        "x = [" + "[retry, 1], " * 3000 + "]",
    ],
    ids=["nested parentheses", "a long sum", "a chain of calls", "a long list"],
)
@pytest.mark.parametrize("snippet", ["[..., [..., retry(...)], ...]", "retry(..., 2)", "a + ... + b"])
def test_hostile_code_ends(snippet: str, code: str) -> None:
    assert [one.line for one in lint(code, "app.py", rule(snippet))] == [1]
