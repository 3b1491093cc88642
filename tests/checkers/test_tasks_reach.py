"""What counts as part of a task function: all the project source that it runs."""

import pytest

from flake8_bgtasks.evidence import Answer
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.matching.writes import Assigns
from flake8_bgtasks.semantics.reach import Reach
from flake8_bgtasks.semantics.task_functions import task_functions
from tests.linting import assert_as_marked, read

PATH = "app/tasks/import_tasks.py"
RULES = """
background_task_rules:
  - id: BG-030
    name: Tasks must update status on start
    severity: error
    patterns:
      - file: "app/tasks/*.py"
        must_contain: 'status = "running"'
"""

REACHED = {
    "a lambda that a helper calls": """
        def run_import(job):
            _safely(lambda: mark(job))
        def _safely(work):
            work()
        def mark(job):
            job.status = "running"
        """,
    "a helper above and one below": """
        def _first(job):
            _second(job)
        def run_import(job):
            _first(job)
        def _second(job):
            job.status = "running"
        """,
    "a helper by another name": """
        def _start(job):
            job.status = "running"
        begin = _start
        def run_import(job):
            begin(job)
        """,
    "a helper that is awaited": """
        async def run_import(job):
            await _start(job)
        async def _start(job):
            job.status = "running"
        """,
    "a nested function": """
        def run_import(job):
            def start():
                job.status = "running"
            retry(start)
        """,
    "a function nested in a nested function": """
        def run_import(job):
            def attempt():
                async def start():
                    job.status = "running"
                return start
            retry(attempt)
        """,
    "a nested function that gets the value": """
        def run_import(job):
            def put(value):
                job.status = value
            put("running")
        """,
    "a nested function of a helper that is called with several values": """
        def run_import(job):
            _put(job, "queued")
            _put(job, "running")
        def _put(job, value):
            def store():
                job.status = value
            retry(store)
        """,
    "a lambda": """
        def run_import(job):
            retry(lambda: setattr(job, "status", "running"))
        """,
    "a lambda in a variable": """
        start = lambda job: setattr(job, "status", "running")
        def run_import(job):
            start(job)
        """,
    "a method of the same object": """
        class Importer:
            def run(self):
                self._start()
            def _start(self):
                self.job.status = "running"
        """,
    "a method of a base": """
        class Base:
            def _start(self):
                self.job.status = "running"
        class Importer(Base):
            def run(self):
                self._start()
        """,
    "a method that a derived class overrides": """
        class Base:
            def execute(self):
                self.start()
            def start(self):
                raise NotImplementedError
        class Importer(Base):
            def start(self):
                self.job.status = "running"
            def perform(self):
                self.execute()
        """,
    "super()": """
        class Base:
            def run(self):
                self.job.status = "running"
        class Importer(Base):
            def run(self):
                super().run()
        """,
    "super() with arguments": """
        class Base:
            def run(self):
                self.job.status = "running"
        class Importer(Base):
            def run(self):
                super(Importer, self).run()
        """,
    "a base's method called by the base's name": """
        class Base:
            def start(self, job):
                job.status = "running"
        class Importer(Base):
            def run(self, job):
                Base.start(self, job)
        """,
    "class methods and static methods": """
        class Importer:
            def run(self, job):
                self._start(job)
            @classmethod
            def _start(cls, job):
                cls._set(job, "running")
            @staticmethod
            def _set(job, value):
                job.status = value
        """,
    "a static method by the class's name": """
        class Jobs:
            @staticmethod
            def put(job, value):
                job.status = value
        def run_import(job):
            Jobs.put(job, "running")
        """,
    "a class method by the class's name": """
        class Jobs:
            @classmethod
            def put(cls, job, value):
                job.status = value
        def run_import(job):
            Jobs.put(job, "running")
        """,
    "an object that is made": """
        class Jobs:
            def start(self, job):
                job.status = "running"
        def run_import(job):
            Jobs().start(job)
        """,
    "an object in a variable": """
        class Jobs:
            def put(self, job, value):
                job.status = value
        def run_import(job):
            jobs = Jobs()
            jobs.put(job, "running")
        """,
    "an object at module level": """
        class Jobs:
            def put(self, job, value):
                job.status = value
        jobs = Jobs()
        def run_import(job):
            jobs.put(job, value="running")
        """,
    "an object by annotation": """
        from __future__ import annotations
        class Jobs:
            def put(self, job, value):
                job.status = value
        def run_import(job, jobs: Jobs | None):
            jobs.put(job, "running")
        """,
    "an object that a project function returns": """
        class Jobs:
            def start(self, job):
                job.status = "running"
        def _jobs() -> Jobs:
            return registry["jobs"]
        def run_import(job):
            _jobs().start(job)
        """,
    "an object in an attribute": """
        class Jobs:
            def start(self, job):
                job.status = "running"
        class Importer:
            def __init__(self):
                self.jobs = Jobs()
            def run(self, job):
                self.jobs.start(job)
        """,
    "an object in an attribute, by the annotation of a parameter": """
        class Jobs:
            def start(self, job):
                job.status = "running"
        class Importer:
            def __init__(self, jobs: Jobs) -> None:
                self._jobs = jobs
            def run(self, job):
                self._jobs.start(job)
        """,
    "an object in a class attribute": """
        class Jobs:
            def start(self, job):
                job.status = "running"
        class Importer:
            jobs = Jobs()
            def run(self, job):
                self.jobs.start(job)
        """,
    "an object from a session": """
        class ImportJob:
            def start(self):
                self.status = "running"
        def run_import(session, job_id):
            job = session.get(ImportJob, job_id)
            job.start()
        """,
    "an object from a query": """
        class ImportJob:
            def start(self):
                self.status = "running"
        def run_import(session, job_id):
            job = session.query(ImportJob).filter(ImportJob.id == job_id).first()
            if job is None:
                return
            job.start()
        """,
    "an object from a loop": """
        class ImportJob:
            def start(self):
                self.status = "running"
        def run_import(session):
            for job in session.query(ImportJob).all():
                job.start()
        """,
    "an object that is called": """
        class Start:
            def __call__(self, job):
                job.status = "running"
        start = Start()
        def run_import(job):
            start(job)
        """,
    "what a constructor does": """
        class Start:
            def __init__(self, job):
                job.status = "running"
        def run_import(job):
            Start(job)
        """,
    "what a dataclass does after its constructor": """
        from dataclasses import dataclass
        @dataclass
        class Start:
            job: object
            def __post_init__(self):
                self.job.status = "running"
        def run_import(job):
            Start(job)
        """,
    "a property": """
        class Tracker:
            def __init__(self, job):
                self.job = job
            @property
            def started(self):
                self.job.status = "running"
                return self.job
        def run_import(job):
            tracker = Tracker(job)
            load(tracker.started)
        """,
    "a decorator": """
        import functools
        def tracked(function):
            @functools.wraps(function)
            def wrapper(job):
                job.status = "running"
                return function(job)
            return wrapper
        @tracked
        def run_import(job):
            load(job)
        """,
    "a decorator with arguments": """
        def tracked(value):
            def decorate(function):
                def wrapper(job):
                    job.status = value
                    return function(job)
                return wrapper
            return decorate
        @tracked("running")
        def run_import(job):
            load(job)
        """,
    "a decorator with a default argument": """
        def tracked(value="running"):
            def decorate(function):
                async def wrapper(job):
                    job.status = value
                    return await function(job)
                return wrapper
            return decorate
        @tracked()
        async def run_import(job):
            await load(job)
        """,
    "a decorator that is a class": """
        class tracked:
            def __init__(self, function):
                self.function = function
            def __call__(self, job):
                job.status = "running"
                return self.function(job)
        @tracked
        def run_import(job):
            load(job)
        """,
    "a decorator that is a class with arguments": """
        class tracked:
            def __init__(self, value):
                self.value = value
            def __call__(self, function):
                def wrapper(job):
                    self._start(job)
                    return function(job)
                return wrapper
            def _start(self, job):
                job.status = "running"
        @tracked("imports")
        def run_import(job):
            load(job)
        """,
    "a decorator that is an object": """
        class Tracker:
            def __call__(self, function):
                def wrapper(job):
                    job.status = "running"
                    return function(job)
                return wrapper
        tracked = Tracker()
        @tracked
        def run_import(job):
            load(job)
        """,
    "a decorator that is a method": """
        class Tracker:
            def task(self, name):
                def decorate(function):
                    def wrapper(job):
                        job.status = "running"
                        return function(job)
                    return wrapper
                return decorate
        tracker = Tracker()
        @tracker.task("imports")
        def run_import(job):
            load(job)
        """,
    "several decorators": """
        def tracked(function):
            def wrapper(job):
                job.status = "running"
                return function(job)
            return wrapper
        @app.task(name="imports")
        @tracked
        @timed
        def run_import(job):
            load(job)
        """,
    "a decorator on a helper": """
        def tracked(function):
            def wrapper(job):
                job.status = "running"
                return function(job)
            return wrapper
        @tracked
        def _work(job):
            load(job)
        def run_import(job):
            _work(job)
        """,
    "a decorator on a method": """
        def tracked(function):
            def wrapper(self, job):
                job.status = "running"
                return function(self, job)
            return wrapper
        class Importer:
            @tracked
            def run(self, job):
                load(job)
        """,
    "a decorator that uses a context manager": """
        from contextlib import contextmanager
        @contextmanager
        def job_run(job):
            job.status = "running"
            yield job
        def tracked(function):
            def wrapper(job):
                with job_run(job):
                    return function(job)
            return wrapper
        @tracked
        def run_import(job):
            load(job)
        """,
    "a context manager that is used as a decorator": """
        from contextlib import contextmanager
        @contextmanager
        def tracking(job):
            job.status = "running"
            yield
        @tracking(JOB)
        def run_import(job):
            load(job)
        """,
    "a context manager that is a function": """
        from contextlib import contextmanager
        @contextmanager
        def job_run(job):
            job.status = "running"
            try:
                yield job
            finally:
                job.close()
        def run_import(job):
            with job_run(job):
                load(job)
        """,
    "an asynchronous context manager that is a function": """
        from contextlib import asynccontextmanager
        @asynccontextmanager
        async def job_run(job, first="running"):
            job.status = first
            yield job
        async def run_import(job):
            async with lock(), job_run(job) as run:
                await load(run)
        """,
    "a context manager that is a class": """
        class JobRun:
            def __init__(self, job):
                self.job = job
            def __enter__(self):
                self.job.status = "running"
                return self.job
            def __exit__(self, *details):
                return False
        def run_import(job):
            with JobRun(job) as run:
                load(run)
        """,
    "an asynchronous context manager that is a class": """
        class JobRun:
            async def __aenter__(self):
                await self._start()
            async def __aexit__(self, *details):
                return False
            async def _start(self):
                self.job.status = "running"
        async def run_import(job):
            run = JobRun(job)
            async with run:
                await load(run)
        """,
    "a context manager that a project function makes": """
        class JobRun:
            def __enter__(self):
                self.job.status = "running"
            def __exit__(self, *details):
                return False
        def _run(job):
            return JobRun(job)
        def run_import(job):
            with _run(job):
                load(job)
        """,
    "a context manager on an exit stack": """
        from contextlib import ExitStack, contextmanager
        @contextmanager
        def job_run(job):
            job.status = "running"
            yield job
        def run_import(job):
            with ExitStack() as stack:
                stack.enter_context(job_run(job))
                load(job)
        """,
    "hooks of the class that a task decorator names": """
        from celery import Task
        from app.worker import app
        class ProjectTask(Task):
            def before_start(self, task_id, args, kwargs):
                self.job().status = "running"
        @app.task(base=ProjectTask, bind=True)
        def run_import(self, job_id):
            load(job_id)
        """,
    "hooks of a base of that class": """
        from celery import Task, shared_task
        class Tracked(Task):
            def on_success(self, retval, task_id, args, kwargs):
                _set(task_id, "running")
        class ProjectTask(Tracked):
            pass
        def _set(task_id, value):
            job = load(task_id)
            job.status = value
        @shared_task(base=ProjectTask)
        def run_import(job_id):
            load(job_id)
        """,
    "the task's own base class by self": """
        from celery import Task, shared_task
        class ProjectTask(Task):
            def start(self, job_id):
                load(job_id).status = "running"
        @shared_task(base=ProjectTask, bind=True)
        def run_import(self, job_id):
            self.start(job_id)
        """,
    "a function for a thread pool": """
        from fastapi.concurrency import run_in_threadpool
        def _work(job, value):
            job.status = value
        async def run_import(job):
            await run_in_threadpool(_work, job, "running")
        """,
    "a function for a thread": """
        import asyncio
        def _work(job, value="queued"):
            job.status = value
        async def run_import(job):
            await asyncio.to_thread(_work, job, value="running")
        """,
    "the target of a thread": """
        from threading import Thread
        def _work(job, value):
            job.status = value
        def run_import(job):
            Thread(target=_work, args=(job, "running"), daemon=True).start()
        """,
    "the target of a thread, with keywords": """
        from threading import Thread
        def _work(job, value):
            job.status = value
        def run_import(job):
            Thread(target=_work, kwargs={"job": job, "value": "running"}).start()
        """,
    "a function for an executor": """
        from concurrent.futures import ThreadPoolExecutor
        def _work(job, value):
            job.status = value
        def run_import(job):
            with ThreadPoolExecutor() as pool:
                pool.submit(_work, job, "running").result()
        """,
    "a function for the loop's executor": """
        def _work(job, value):
            job.status = value
        async def run_import(job, loop):
            await loop.run_in_executor(None, _work, job, "running")
        """,
    "a function for map": """
        def _work(job):
            job.status = "running"
        def run_import(jobs):
            list(map(_work, jobs))
        """,
    "a function for a pool of processes": """
        from multiprocessing import Pool
        def _work(job, value):
            job.status = value
        def run_import(job):
            with Pool() as pool:
                pool.apply_async(_work, (job, "running")).get()
        """,
    "a function for a pool of processes, with keywords": """
        def _work(job, value):
            job.status = value
        def run_import(job, pool):
            pool.apply(_work, args=(job,), kwds=dict(value="running"))
        """,
    "partial": """
        from functools import partial
        def _work(job, value):
            job.status = value
        def run_import(job):
            run_safely(partial(_work, job, value="running"))
        """,
    "partial in a variable": """
        from functools import partial
        def _work(job, value):
            job.status = value
        def run_import(job):
            work = partial(_work, job)
            work("running")
        """,
    "a bound method": """
        class Jobs:
            def start(self, job):
                job.status = "running"
        def run_import(job):
            jobs = Jobs()
            retry(jobs.start, job)
        """,
    "a callback of a project function": """
        def run_import(job):
            _retry(_work, job)
        def _retry(work, *args):
            for _ in range(3):
                work(*args)
        def _work(job):
            job.status = "running"
        """,
    "a callback by keyword": """
        def run_import(job):
            _retry(work=_work, job=job)
        def _retry(work, job):
            work(job, "running")
        def _work(job, value):
            job.status = value
        """,
    "a coroutine of a task group": """
        import asyncio
        async def _work(job):
            job.status = "running"
        async def run_import(job):
            async with asyncio.TaskGroup() as group:
                group.create_task(_work(job))
        """,
    "asyncio.run": """
        import asyncio
        async def _work(job):
            job.status = "running"
        def run_import(job):
            asyncio.run(_work(job))
        """,
    "recursion": """
        def run_import(job, depth=0):
            _step(job, depth)
        def _step(job, depth):
            if depth < 3:
                _step(job, depth + 1)
            _start(job)
        def _start(job):
            run_import(job)
            job.status = "running"
        """,
    "a function chosen from a table": """
        def _full(job):
            job.status = "running"
        def _delta(job):
            job.status = "running"
        WORKS = {"full": _full, "delta": _delta}
        def run_import(job):
            WORKS[job.kind](job)
        """,
    "a function chosen by a condition": """
        def _full(job):
            job.status = "running"
        def _delta(job):
            load(job)
        def run_import(job):
            work = _full if job.full else _delta
            work(job)
        """,
    "a comprehension": """
        def _work(job):
            job.status = "running"
        def run_import(jobs):
            return [_work(job) for job in jobs]
        """,
    "a class inside the function": """
        def run_import(job):
            class Start:
                def now(self):
                    job.status = "running"
            Start().now()
        """,
    "an argument that is bound two calls deep beside others": """
        def run_import(job):
            _begin(job)
            _end(job)
        def _begin(job):
            _put(job, "running")
        def _end(job):
            _put(job, "completed")
        def _put(job, value):
            _store(job, value)
        def _store(job, value):
            job.status = value
        """,
    "an enum bound to an argument": """
        from app.models import JobStatus
        def run_import(job):
            _put(job, JobStatus.RUNNING)
        def _put(job, status: JobStatus):
            job.status = status.value
        """,
    "an argument passed on with a star": """
        def run_import(job):
            _put(*("status", "running"), job=job)
        def _put(name, value, job):
            job.status = value
        """,
}

NOT_REACHED = {
    "a function that is only mentioned in a string": """
        def run_import(job):  # expect: BG030
            load("_start")
        def _start(job):
            job.status = "running"
        """,
    "a function handed to a queue": """
        def run_import(job, queue):  # expect: BG030
            load(job)
            queue.enqueue(_start, job)
            _start.delay(job)
        def _start(job):
            job.status = "running"
        """,
    "a nested class nobody uses": """
        def run_import(job):  # expect: BG030
            class Start:
                def now(self):
                    job.status = "running"
            load(job)
        """,
    "a function of the same name in another class": """
        class Other:
            def start(self, job):
                job.status = "running"
        class Importer:
            def run(self, job):  # expect: BG030
                self.start(job)
        """,
    "a method that a derived class overrides": """
        class Base:
            def start(self, job):
                job.status = "running"
        class Importer(Base):
            def run(self, job):  # expect: BG030
                self.start(job)
            def start(self, job):
                load(job)
        """,
    "a local name that hides a function": """
        def _start(job):
            job.status = "running"
        def run_import(job, _start):  # expect: BG030
            _start(job)
        """,
    "a decorator on another function": """
        def tracked(function):
            def wrapper(job):
                job.status = "running"
                return function(job)
            return wrapper
        @tracked
        def _other(job):
            load(job)
        def run_import(job):  # expect: BG030
            load(job)
        """,
    "a decorator of another module": """
        from app.tracking import tracked
        @tracked
        def run_import(job):  # expect: BG030
            load(job)
        """,
    "a context manager that is not entered": """
        from contextlib import contextmanager
        @contextmanager
        def job_run(job):
            job.status = "running"
            yield job
        def run_import(job):  # expect: BG030
            with lock(job):
                load(job)
        """,
    "a helper given another value": """
        def run_import(job):  # expect: BG030
            _begin(job)
        def _begin(job):
            _put(job, "queued")
        def _put(job, value):
            job.status = value
        def _other(job):
            _put(job, "running")
        """,
    "a default that is replaced": """
        def run_import(job):  # expect: BG030
            _put(job, "queued")
        def _put(job, value="running"):
            job.status = value
        """,
    "a default that is replaced, of a parameter that is called like the column": """
        def run_import(job):  # expect: BG030
            _put(job, "queued")
        def _put(job, status="running"):
            job.status = status
        """,
    "a helper given another value, the value being elsewhere": """
        def run_import(job):  # expect: BG030
            _put(job, "queued")
            load("running")
        def _put(job, value):
            job.status = value
        """,
    "a function for a thread given another value, the value being elsewhere": """
        from threading import Thread
        def run_import(job):  # expect: BG030
            Thread(target=_put, kwargs={"job": job, "value": "queued"}).start()
            load("running")
        def _put(job, value="running"):
            job.status = value
        """,
    "another task": """
        def run_import(job):  # expect: BG030
            load(job)
        def run_export(job):
            job.status = "running"
        """,
    "a task that starts another one": """
        def run_import(job):  # expect: BG030
            load(job)
            run_export.delay(job)
        def run_export(job):
            job.status = "running"
        """,
    "hooks of a class that no decorator names": """
        from celery import Task, shared_task
        class ProjectTask(Task):
            def before_start(self, *args):
                self.job.status = "running"
        @shared_task
        def run_import(job):  # expect: BG030
            load(job)
        """,
    "a callable object that is made and not called": """
        class Start:
            def __call__(self, job):
                job.status = "running"
        def run_import(job):  # expect: BG030
            load(Start())
        """,
    "module-level code": """
        STATUS = make_status(status="running")
        def run_import(job):  # expect: BG030
            load(job, STATUS)
        """,
}


GUESSED = {"an argument passed on with a star"}
"""Where the arguments cannot be told apart, and the text decides."""


def chain(calls: int, marked: bool) -> str:
    """Return a task whose status is set so many calls deep."""
    lines = [f"def run_import(job):{'  # expect: BG030' if marked else ''}", "    _step_1(job)"]
    for number in range(1, calls):
        lines += [f"def _step_{number}(job):", f"    _step_{number + 1}(job)"]
    lines += [f"def _step_{calls}(job):", "    job.status = 'running'"]
    return "\n".join(lines)


@pytest.mark.parametrize("code", REACHED.values(), ids=REACHED)
def test_reached(code: str) -> None:
    """The status is set by something that the task runs."""
    assert_as_marked(code, PATH, rules=RULES)


@pytest.mark.parametrize("code", [code for name, code in REACHED.items() if name not in GUESSED])
def test_evidence_is_found(code: str) -> None:
    """The arguments are bound at the calls, so that the text has no say in it."""
    source = read(code, PATH)
    for function in task_functions(source):
        unit = Unit(source, function, Reach(source, function))
        assert Assigns("status", "running").find(unit).answer is Answer.PRESENT


@pytest.mark.parametrize("code", NOT_REACHED.values(), ids=NOT_REACHED)
def test_not_reached(code: str) -> None:
    """The status is set by something that the task does not run."""
    assert_as_marked(code, PATH, rules=RULES)


@pytest.mark.parametrize(("calls", "marked"), [(9, False), (10, False), (11, True), (40, True)])
def test_depth(calls: int, marked: bool) -> None:
    """Ten calls are followed, and no more."""
    assert_as_marked(chain(calls, marked), PATH, rules=RULES)


def test_shortest_way_counts() -> None:
    """What can be reached by a long way and by a short one is reached by the short one."""
    code = chain(11, False).replace("    _step_1(job)", "    _step_1(job)\n    _step_5(job)", 1)
    assert_as_marked(code, PATH, rules=RULES)
