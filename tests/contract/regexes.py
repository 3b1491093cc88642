"""How a regex of an anti-pattern is read as code: the table of regexes in the documentation."""

from tests.contract.rows import Row, rule

_API = "app/api/v1/jobs.py"
_ROUTER = """
        import time
        from fastapi import APIRouter, BackgroundTasks
        router = APIRouter()
"""

DOTTED = Row(
    "`time\\.sleep` (a dotted name)",
    _API,
    "BG021",
    head=_ROUTER,
    silent={
        "H68: sleep of something else": """
        import asyncio
        @router.get("/wait")
        async def wait(driver):
            await asyncio.sleep(1)
            driver.time.sleep(1)
        """,
        "H68: in what a thread does": """
        @router.post("/start")
        def start(background_tasks: BackgroundTasks):
            background_tasks.add_task(work)
        def work():
            time.sleep(1)
        """,
    },
    speaking={
        "H68: by its module's other name": """
        import time as t
        @router.get("/wait")
        def wait():
            t.sleep(1)  # expect: BG021
        """,
        "H68: by another name, in a helper": """
        from time import sleep as nap
        @router.get("/wait")
        def wait():
            pause()
        def pause():
            nap(1)  # expect: BG021
        """,
        "H68: handed on": """
        @router.get("/wait")
        def wait():
            retry(sleep=time.sleep)  # expect: BG021
        """,
    },
)

ALTERNATIVES = Row(
    "`requests\\.(get|post)`",
    "app/services/partners.py",
    "BG101",
    rules=rule("BG-101", "anti_patterns: [{pattern: 'requests\\.(get|post)', message: Use the gateway}]"),
    silent={
        "other calls": "import requests\nrequests.put('x')\nrequests.get_adapter",
        "requests of another kind": "requests = []\nrequests.get(1)",
    },
    speaking={
        "each of them": """
        import requests
        from requests import post
        requests.get("x")  # expect: BG101
        post("x")  # expect: BG101
        """,
    },
)

MEETS = Row(
    "`status.*=.*processing` (`NAME.*=.*VALUE`)",
    "app/services/imports.py",
    "BG010",
    silent={
        "B20: a part of a word, and another status": """
        job.status = "processing_fee"
        payment_status = "processing"
        """,
        "C28: a value that arrives at run time": """
        def run(job, status, data):
            job.status = status
            for key, value in data.items():
                setattr(job, key, value)
        """,
        "A17: a vocabulary of other things": """
        from enum import StrEnum
        class OrderStatus(StrEnum):
            PROCESSING = "processing"
        """,
        "C30: what an HTTP client gets and gives": """
        import httpx
        response = httpx.get("https://api.example.org", params={"status": "processing"})
        done = response.json()["status"] != "processing"
        """,
    },
    speaking={
        "C23 C27: it is set, asked for and compared": """
        job.status = "processing"  # expect: BG010
        jobs.filter_by(status="processing")  # expect: BG010
        busy = job["status"] in ("pending", "processing")  # expect: BG010
        """,
        "B19 A2: a literal type, and a default": """
        from typing import Literal
        from sqlalchemy import Column, Enum, String
        JobStatus = Literal["pending", "processing"]  # expect: BG010
        class Job(Base):
            __tablename__ = "jobs"
            status = Column(String, default="processing")  # expect: BG010
        """,
        "B19: a constant of the model itself": """
        class SyncRun(Base):
            PROCESSING = "processing"
        def start(run):
            run.status = SyncRun.PROCESSING  # expect: BG010
        """,
    },
)

WAITS = Row(
    "`subprocess\\.run.*wait.*True`",
    _API,
    "BG021",
    head=_ROUTER,
    silent={
        "a process that nobody waits for": """
        import subprocess
        @router.post("/start")
        def start():
            subprocess.Popen(["work"])
        """,
        "F56: waiting in a thread": """
        import subprocess
        from fastapi.concurrency import run_in_threadpool
        @router.post("/start")
        async def start():
            await run_in_threadpool(work)
        def work():
            subprocess.run(["work"])
        """,
    },
    speaking={
        "a run, and the end of another": """
        from subprocess import Popen, run
        @router.post("/start")
        def start():
            run(["work"], check=True)  # expect: BG021
            process = Popen(["work"])
            process.wait()  # expect: BG021
        """,
    },
)

GIVEN_SESSION = Row(
    "`def.*task.*db.*Session` in the tasks family",
    "app/tasks/import_tasks.py",
    "BG033",
    rules=rule(
        "BG-033",
        "patterns: [{file: 'app/tasks/*.py', must_contain_one_of: [run, work]}]",
        "anti_patterns: [{pattern: 'def.*task.*db.*Session', message: 'Open a session'}]",
    ),
    silent={
        "E45: a factory of sessions": """
        from collections.abc import Callable
        from sqlalchemy.orm import Session, sessionmaker
        def run_import(work, make: sessionmaker[Session], other: Callable[[], Session]):
            run = make(), other()
        """,
        "E42: a session of HTTP": """
        from requests import Session
        def run_import(work, session: Session):
            run = session.get("x")
        """,
        "E47: a helper's": """
        from sqlalchemy.orm import Session
        def run_import(work):
            run = _load(make())
        def _load(db: Session): ...
        """,
    },
    speaking={
        "E47: whatever the function is called": """
        from typing import Annotated
        from sqlalchemy.ext.asyncio import AsyncSession
        async def run_import(
            work,
            db: AsyncSession | None = None,  # expect: BG033
        ):
            run = work
        """,
        "E44 E47: a dependency that gives one": """
        from fastapi import Depends
        from app.db import SessionLocal
        def get_db():
            with SessionLocal() as db:
                yield db
        def run_import(work, db=Depends(get_db)):  # expect: BG033
            run = work
        """,
    },
)

HEADER = Row(
    "`def.*a.*b` elsewhere",
    "app/services/jobs.py",
    "BG101",
    rules=rule("BG-101", "anti_patterns: [{pattern: 'def .*job.*: Request', message: Pass the id}]"),
    silent={
        "the words stand in the body": "def start(job):\n    request: Request = job",
        "they are said": "# def start(job, request: Request)\nx = 'def job: Request'",
    },
    speaking={
        "a header of several lines": """
        async def start(  # expect: BG101
            job_id: int,
            request: Request,
        ): ...
        """,
    },
)

NUMBER = Row(
    "`setInterval.*[3-5]000` (`CALL.*NUMBER`)",
    "static/admin/js/jobs.js",
    "BG041",
    silent={
        "J73: a constant, and an arithmetic": """
        const EVERY = 3e3;
        setInterval(poll, EVERY);
        setInterval(async () => { await poll(); }, 5 * 1000);
        """,
        "J73: a value that arrives at run time": """
        setInterval(poll, this.delay);
        setInterval(poll, config.every || 1000);
        """,
        "J77: animations and clocks": """
        setInterval(() => { box.style.left = Math.round(performance.now() / 10) + "px"; }, 16);
        """,
        "J74 J75: other ways to poll": """
        const again = () => { poll(); setTimeout(again, 1000); };
        const row = '<div hx-trigger="every 1s"></div>';
        useQuery({ queryKey: ["jobs"], queryFn: poll, refetchInterval: 60_000 });
        """,
        "a method of another object": "player.setInterval(poll, 1000);",
    },
    speaking={
        "J73: each arm of a conditional": """
        setInterval(poll, busy ? 1000 : 5000);  // expect: BG041
        """,
        "J73: ten thousand is not one thousand": """
        window.setInterval(poll, 10_000);  // expect: BG041
        """,
        "J72: neither forbidden nor within": """
        setInterval(async () => { await poll(); }, 1500);  // expect: BG041
        """,
    },
)

LINES = Row(
    "anything else",
    "app/services/jobs.py",
    "BG101",
    rules=rule("BG-101", "anti_patterns: [{pattern: 'eval\\(|\\bprint\\(.*job', message: Mend it}]"),
    silent={
        "comments and docstrings": "# eval(x)\n'''eval(x)'''",
        "two lines that belong to two statements": "print(1)\njob = 2",
    },
    speaking={
        "a statement of several lines": """
        print(  # expect: BG101
            "done",
            job,
        )
        """,
        "a line once": "eval(eval('x'))  # expect: BG101",
    },
)

ROWS = (DOTTED, ALTERNATIVES, MEETS, WAITS, GIVEN_SESSION, HEADER, NUMBER, LINES)
