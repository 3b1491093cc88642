"""How the regex of an anti-pattern is read, and what code meets it (semantics, section 5)."""

import pytest

from flake8_bgtasks.matching.regexes import read_regex
from flake8_bgtasks.rules.model import Family
from tests.linting import lint

READINGS = {
    (r"time\.sleep", Family.API): "RefersTo(names=('time.sleep',))",
    (r"\btime\.sleep\b", Family.GENERIC): "RefersTo(names=('time.sleep',))",
    (r"time\.sleep\(", Family.GENERIC): "RefersTo(names=('time.sleep',))",
    (r"time\.sleep\s*\(", Family.GENERIC): "RefersTo(names=('time.sleep',))",
    (r"requests\.(get|post)", Family.API): "RefersTo(names=('requests.get', 'requests.post'))",
    (r"requests\.(?:get|post)\(", Family.API): "RefersTo(names=('requests.get', 'requests.post'))",
    (r"(requests|httpx)\.get", Family.API): "RefersTo(names=('requests.get', 'httpx.get'))",
    (r"os\.path\.(join|split)", Family.API): "RefersTo(names=('os.path.join', 'os.path.split'))",
    ("status.*=.*processing", Family.STATUS): "MeetsStatus(name='status', value='processing')",
    ("status.*=.*'processing'", Family.STATUS): "MeetsStatus(name='status', value='processing')",
    ("state.*=.*in-progress", Family.GENERIC): "MeetsStatus(name='state', value='in-progress')",
    ("state.*=.*in progress", Family.GENERIC): "MeetsStatus(name='state', value='in progress')",
    ("def.*task.*db.*Session", Family.TASKS): "TakesSession()",
    ("def.*task.*db.*Session", Family.GENERIC): "HasHeader(pattern='def.*task.*db.*Session')",
    (r"async\s+def.*sync", Family.GENERIC): r"HasHeader(pattern='async\\s+def.*sync')",
    (r"subprocess\.run.*wait.*True", Family.API): "WaitsForSubprocess()",
    ("setInterval.*[3-5]000", Family.GENERIC): "CallsWithNumber(name='setInterval', digits='[3-5]000')",
    (r"asyncio\.sleep\(.*10", Family.GENERIC): "CallsWithNumber(name='asyncio.sleep', digits='10')",
    ("time.sleep", Family.API): "LineMatches(pattern='time.sleep')",
    ("TODO", Family.GENERIC): "LineMatches(pattern='TODO')",
    (r"requests\.\w+", Family.GENERIC): r"LineMatches(pattern='requests\\.\\w+')",
    (r"print\(", Family.GENERIC): r"LineMatches(pattern='print\\(')",
    ("status.*=.*(a|b)", Family.GENERIC): "LineMatches(pattern='status.*=.*(a|b)')",
}


@pytest.mark.parametrize(
    ("pattern", "family", "reading"),
    [(*key, reading) for key, reading in READINGS.items()],
    ids=[f"{pattern} in {family.value}" for pattern, family in READINGS],
)
def test_reading(pattern: str, family: Family, reading: str) -> None:
    matcher = read_regex(pattern, family)
    assert (repr(matcher) if hasattr(matcher, "_fields") else f"{type(matcher).__name__}()") == reading


MET = {
    r"time\.sleep": {
        "import time\ntime.sleep(1)": (2, 0),
        "import time as t\nx = [t.sleep(1)]": (2, 5),
        "from time import sleep as nap\nnap(1)": (2, 0),
        "def f():\n    import time\n    time.sleep(1)": (3, 4),
        "from time import sleep\nretry(sleep)": (2, 6),
        "time.sleep(1)": (1, 0),
    },
    r"datetime\.utcnow": {
        "import datetime\ndatetime.datetime.utcnow()": (2, 0),
        "from datetime import datetime\ndatetime.utcnow()": (2, 0),
        "from datetime import datetime as dt\nColumn(default=dt.utcnow)": (2, 15),
        "import datetime as d\nd.datetime.utcnow()": (2, 0),
    },
    r"requests\.(get|post)": {
        "import requests\nrequests.post(1)": (2, 0),
        "from requests import get\nget(1)": (2, 0),
        "from requests import api, post as send\nsend(1)": (2, 0),
    },
    "def.*task.*db.*Session": {
        "def run_task(\n    db: Session,\n): pass": (1, 0),
        "@x\nasync def my_task(a, *, db: Session = None) -> None: pass": (2, 0),
        "class A:\n    def task(self, db:Session): pass": (2, 4),
    },
    r"async\s+def \w+\(self": {"class A:\n    async def run(self): pass": (2, 4)},
    r"def .*\) -> None": {"def f(\n) -> None: pass": (1, 0)},
    "sleep.*[3-5]0": {
        "sleep(30)": (1, 0),
        "x = sleep(seconds=42)": (1, 4),
        "asyncio.sleep(50)": (1, 0),
        "WAIT = 40\nsleep(WAIT)": (2, 0),
        "from time import sleep as nap\nnap(35)": (2, 0),
    },
    "sleep.*1000": {"sleep(1000)": (1, 0), "sleep(1_000)": (1, 0), "sleep(1000.0)": (1, 0)},
    r"asyncio\.sleep.*10": {"import asyncio as a\na.sleep(10)": (2, 0)},
    r"print\(": {"x = 1; print(x)": (1, 7), "if x:\n    print(\n        x)": (2, 4)},
    r"f\(a, b\)": {"f(\n    a,\n    b\n)": (1, 0), "x = f(a,\n      b)": (1, 4)},
    "a = 1": {"a = \\\n  1": (1, 0)},
    "state.*=.*queued": {'job.state = "queued"': (1, 12), 'Job(state="queued")': (1, 10)},
}
NOT_MET = {
    r"time\.sleep": [
        "import asyncio\nasyncio.sleep(1)",
        "class A:\n    time = None\n    def f(self):\n        self.time.sleep(1)",
        "def f(clock):\n    clock.time.sleep(1)",
        "from app.clock import sleep\nsleep(1)",
        "import time\n# time.sleep(1)\n'time.sleep(1)'",
        "import time\ntime.sleepy(1)",
        "time = Clock()\ntime.sleep(1)",
        "from time import sleep",
        "import time\ntime.sleep = fake",
    ],
    r"datetime\.utcnow": ["import datetime\ndatetime.datetime.now()", "utcnow()", "from app import utcnow\nutcnow()"],
    r"requests\.(get|post)": ["import requests\nrequests.put(1)", "session.get(1)", "requests = {}\nrequests.get(1)"],
    "def.*task.*db.*Session": ["def run(db: Session): pass", "# def task(db: Session)", "task(db, Session)"],
    r"def .*\) -> None": ["def f() -> int: pass", "x = lambda: None"],
    "sleep.*[3-5]0": ["sleep(29)", "sleep(51)", "sleep(300)", "sleep('30')", "sleep(x)", "sleep(f(30))", "x = 30"],
    "sleep.*1000": ["sleep(10000)", "sleep(100)", "sleep(True)", "sleeper(1000)"],
    r"asyncio\.sleep.*10": ["import time\ntime.sleep(10)", "sleep(10)"],
    r"print\(": ["# print(x)", "'''\nprint(x)\n'''", "def f():\n    'print(x)'\n    return 1", "printer = 1"],
    r"f\(a, b\)": ["f(a, c)", "f(a); b"],
    "state.*=.*queued": [
        "state = 1  # queued",
        'job.state = "queued_up"',
        'log.info("state = queued")',
        "state(queued)",
    ],
}


def rule(pattern: str) -> str:
    return f"""
background_task_rules:
  - id: BG-100
    name: own
    severity: info
    anti_patterns:
      - pattern: '{pattern.replace("'", "''")}'
        message: 'no'
"""


@pytest.mark.parametrize(
    ("pattern", "code", "place"),
    [(pattern, code, place) for pattern, codes in MET.items() for code, place in codes.items()],
    ids=repr,
)
def test_met(pattern: str, code: str, place: tuple[int, int]) -> None:
    assert [(one.line, one.column) for one in lint(code, "app.py", rule(pattern))] == [place]


@pytest.mark.parametrize(
    ("pattern", "code"), [(pattern, code) for pattern, codes in NOT_MET.items() for code in codes], ids=repr
)
def test_not_met(pattern: str, code: str) -> None:
    assert not lint(code, "app.py", rule(pattern))


def test_a_header_that_cannot_be_written_out_is_cut() -> None:
    code = "def task(db=" + "-" * 2000 + "1): pass"
    assert not lint(code, "app.py", rule("def.*task.*Session"))
