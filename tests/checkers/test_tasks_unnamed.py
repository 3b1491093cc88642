"""Writes whose names only the run time knows: which of them let the text of the unit decide; silent cases first."""

import pytest

from tests.linting import assert_as_marked

PATH = "app/tasks/catalogue_tasks.py"
TEXT_DECIDES = {
    "an item of two rows at once": """
        def refresh(job, copy):
            for name, value in zip(("status", "started_at"), ("running", now())):
                copy[name] = job[name] = value
        """,
    "a copy of a row": """
        def refresh(jobs, job_id):
            jobs[job_id] = {**dict(zip(("status", "started_at"), ("running", now())))}
        """,
    "keywords of an update": """
        from sqlalchemy import update

        def refresh(db, job_id):
            fields = dict(zip(("status", "started_at"), ("running", now())))
            db.execute(update(Job).where(Job.id == job_id).values(**fields))
        """,
    "keywords of a model": """
        def refresh(db, names):
            db.add(Job(**dict(zip(("status", "started_at"), ("running", now())))))
        """,
    "keywords handed to a thread": """
        import asyncio

        async def refresh(job_id):
            fields = dict(zip(("status", "started_at"), ("running", now())))
            await asyncio.to_thread(repository.update, job_id, **fields)
        """,
    "an item of a row": """
        def refresh(job):
            for name, value in zip(("status", "started_at"), ("running", now())):
                job[name] = value
        """,
    "an item of a state that the module keeps": """
        STATE = {}

        def refresh():
            for name, value in zip(("status", "started_at"), ("running", now())):
                STATE[name] = value
        """,
    "a callback that is given named values": """
        def refresh(job, save):
            fields = dict(zip(("status", "started_at"), ("running", now())))
            save(**fields)
        """,
}
STORES_NOTHING = {
    "an entry that all objects of a class share": """
        class Pool:
            clients = {}

        def refresh(job, names):  # expect: BG030
            for name in names:
                Pool.clients[name] = connect(name)
            print(job.started_at and "running")
        """,
    "an entry that is a dict": """
        def refresh(job, names):  # expect: BG030
            seen = []
            for name in names:
                seen[name] = {"name": name}
            print(job.started_at and "running")
        """,
    "a client that is made with options": """
        import redis

        def refresh(job, options):  # expect: BG030
            client = redis.Redis(**options)
            client.set("seen", job.started_at and "running")
        """,
    "a standard library's call": """
        import subprocess

        def refresh(job, options):  # expect: BG030
            subprocess.run(["load", "running"], **options)
            print(job.started_at)
        """,
    "a container that all objects of a class share": """
        class Pool:
            _clients = {}

            @classmethod
            def get(cls, name):
                cls._clients[name] = connect(name)
                return cls._clients[name]

        def refresh(job):  # expect: BG030
            Pool.get("running").load(job.started_at)
        """,
    "a cache of the module": """
        _url_cache = {}

        def refresh(job):  # expect: BG030
            for name in ("running", "idle"):
                _url_cache[name] = find_url(name)
            load(job.started_at)
        """,
    "a callable that is looked up and given all": """
        def refresh(job, options, *args, **kwargs):  # expect: BG030
            key_of = options.get("running")
            load(key_of(*args, **kwargs), job.started_at)
        """,
    "a map of objects": """
        class Spec:
            def __init__(self, name): ...

        def refresh(job):  # expect: BG030
            specs = {}
            for name in ("running", "idle"):
                specs[name] = Spec(name)
            load(specs, job.started_at)
        """,
    "a map of groups": """
        def refresh(job):  # expect: BG030
            groups = {}
            for name in ("running", "idle"):
                groups[name] = [name]
            load(groups, job.started_at)
        """,
    "a decorator that calls what it wraps": """
        from functools import wraps

        def timed(label):
            def decorator(func):
                @wraps(func)
                def wrapper(*args, **kwargs):
                    return func(*args, **kwargs)
                return wrapper
            return decorator

        @timed("refresh")
        def refresh(job):  # expect: BG030
            load(job.started_at, "running")
        """,
    "a logger of the project's own": """
        import logging

        class Log(logging.LoggerAdapter):
            def notice(self, text, **options):
                self.log(25, text, **options)

        def refresh(job):  # expect: BG030
            Log().notice("running")
            load(job.started_at)
        """,
}


@pytest.mark.parametrize("code", TEXT_DECIDES.values(), ids=TEXT_DECIDES)
def test_the_text_decides_beside(code: str) -> None:
    assert_as_marked(code, PATH, "BG030")


@pytest.mark.parametrize("code", STORES_NOTHING.values(), ids=STORES_NOTHING)
def test_nothing_is_stored_by(code: str) -> None:
    assert_as_marked(code, PATH, "BG030")
