"""Which functions of a task file are task functions: those that the rules speak of."""

import pytest

from tests.linting import assert_as_marked, messages

PATH = "app/tasks/import_tasks.py"

NO_TASKS = {
    "a decorator that gives its wrapper another name": """
        from functools import wraps
        def tracked(function):
            def wrapper(job_id):
                return function(job_id)
            return wraps(function)(wrapper)
        """,
    "a task that is an endpoint too": """
        from fastapi import APIRouter
        from celery import shared_task
        router = APIRouter()
        @router.post("/imports")
        @shared_task
        def start_import(job_id: int):  # expect: BG030, BG031, BG032, BG033
            load(job_id)
        """,
    "an endpoint that stands beside the tasks": """
        from fastapi import APIRouter
        router = APIRouter()
        @router.post("/imports")
        async def start_import(job_id: int):
            return {"job_id": job_id}
        """,
    "an endpoint that is registered by a call": """
        from fastapi import FastAPI
        app = FastAPI()
        def start_import(job_id: int):
            return {"job_id": job_id}
        app.add_api_route("/imports", start_import, methods=["POST"])
        """,
    "a private function": """
        def _import_products(job_id):
            load(job_id)
        """,
    "a context manager": """
        from contextlib import contextmanager
        @contextmanager
        def job_run(job_id):
            job = load(job_id)
            yield job
            job.close()
        """,
    "an asynchronous context manager": """
        import contextlib
        @contextlib.asynccontextmanager
        async def job_run(job_id):
            yield await load(job_id)
        """,
    "a dependency that yields": """
        def get_db():
            db = open_database()
            try:
                yield db
            finally:
                db.close()
        """,
    "a decorator": """
        import functools
        def background_task(function):
            @functools.wraps(function)
            def wrapper(*args):
                return function(*args)
            return wrapper
        """,
    "a decorator with arguments": """
        def background_task(name):
            def decorate(function):
                def wrapper(*args):
                    return function(*args)
                return wrapper
            return decorate
        """,
    "a decorator that returns what wraps made of a nested function": """
        import functools
        def tracked(function):
            def wrapper(*args):
                return function(*args)
            return functools.update_wrapper(wrapper, function)
        """,
    "a decorator that may be used with and without arguments": """
        def tracked(function=None, *, name=""):
            def decorate(inner):
                def wrapper(*args):
                    return inner(*args)
                return wrapper
            return decorate(function) if function else decorate
        """,
    "an overload": """
        from typing import overload
        @overload
        def import_products(job_id: int) -> int: ...
        @overload
        def import_products(job_id: str) -> str:
            raise TypeError(job_id)
        """,
    "a fixture": """
        import pytest
        @pytest.fixture
        def job():
            return make_job()
        @pytest.fixture(scope="session")
        def run():
            return make_run()
        """,
    "a function that only hands another one to a queue": """
        def start_import(background_tasks, job_id):
            background_tasks.add_task(_import_products, job_id)
        """,
    "a function that logs and hands over": """
        import logging
        logger = logging.getLogger(__name__)
        def start_import(job_id):
            '''Start it.'''
            logger.info("starting %s", job_id)
            return celery_app.send_task("import_products", args=[job_id])
        """,
    "a function that hands over for each of several": """
        def start_all(job_ids):
            for job_id in job_ids:
                if job_id:
                    import_products.delay(job_id)
        """,
    "an asynchronous function that awaits the queue": """
        async def start_import(redis, job_id):
            job = await redis.enqueue_job("import_products", job_id)
            return job.job_id
        """,
    "a function that sends a task of another module its message": """
        from app import tasks
        def start_import(job_id):
            try:
                tasks.import_products.send(job_id)
            except ConnectionError:
                raise RuntimeError("no broker")
        """,
    "a decorator that returns a lambda": """
        def tracked(function):
            return lambda *args: function(*args)
        """,
    "a decorator whose wrapper is cast to the function's type": """
        from typing import cast
        def tracked(function: F) -> F:
            async def wrapper(*args):
                return await function(*args)
            return cast(F, wrapper)
        """,
    "a function that enqueues within a context": """
        async def start_import(job_id):
            async with create_pool() as redis:
                await redis.enqueue_job("import_products", job_id)
        """,
    "a body of pass": """
        def import_products(job_id):
            pass
        """,
    "a body of dots": """
        def import_products(job_id): ...
        """,
    "a body of a docstring": """
        def import_products(job_id):
            '''To be written.'''
        """,
    "a body of raise": """
        async def import_products(job_id):
            '''To be written.'''
            raise NotImplementedError("import_products")
        """,
    "a class without an entry method": """
        class Importer:
            def start(self):
                load(self)
            def _run(self):
                load(self)
        """,
    "a class whose entry method is abstract": """
        import abc
        class Task(abc.ABC):
            @abc.abstractmethod
            def run(self):
                load(self)
        """,
    "a protocol": """
        from typing import Protocol
        class Runner(Protocol):
            def run(self, job_id: int) -> None: ...
        """,
    "a class that inherits its entry method": """
        from app.base import Task
        class Importer(Task):
            name = "importer"
        """,
    "a property called run": """
        class Importer:
            @property
            def run(self):
                return load(self)
        """,
    "a function inside a function": """
        def _register(app):
            def import_products(job_id):
                load(job_id)
            app.add(import_products)
        """,
    "nothing but constants and models": """
        TIMEOUT = 3
        class Row:
            sku: str
        """,
    "a lambda at module level": """
        import_products = lambda job_id: load(job_id)
        """,
}

HELPERS = {
    "a function that another calls": """
        def import_products(job_id):  # expect: BG030
            fetch_rows(job_id)
        def fetch_rows(job_id):
            load(job_id)
        """,
    "a function that a private function calls": """
        def _nightly(job_id):
            fetch_rows(job_id)
        def fetch_rows(job_id):
            load(job_id)
        """,
    "a function that a method calls": """
        class Importer:
            def execute(self):  # expect: BG030
                fetch_rows(self)
        def fetch_rows(job_id):
            load(job_id)
        """,
    "a function that a nested function calls": """
        def import_products(job_id):  # expect: BG030
            def attempt():
                return fetch_rows(job_id)
            retry(attempt)
        def fetch_rows(job_id):
            load(job_id)
        """,
    "functions passed to threads, pools and partial": """
        import asyncio, functools, threading
        from concurrent.futures import ThreadPoolExecutor
        from fastapi.concurrency import run_in_threadpool
        async def import_products(job_id):  # expect: BG030
            threading.Thread(target=in_thread, args=(job_id,)).start()
            await asyncio.to_thread(to_thread, job_id)
            await run_in_threadpool(in_threadpool, job_id)
            with ThreadPoolExecutor() as pool:
                pool.submit(in_pool, job_id)
                list(pool.map(mapped, [job_id]))
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(None, in_executor, job_id)
            work = functools.partial(bound, job_id)
            work()
        def in_thread(job_id):
            load(job_id)
        def to_thread(job_id):
            load(job_id)
        def in_threadpool(job_id):
            load(job_id)
        def in_pool(job_id):
            load(job_id)
        def mapped(job_id):
            load(job_id)
        def in_executor(job_id):
            load(job_id)
        def bound(job_id):
            load(job_id)
        """,
    "a function that is awaited as a task of the event loop": """
        import asyncio
        async def import_products(job_id):  # expect: BG030
            await asyncio.gather(fetch_rows(job_id), fetch_images(job_id))
        async def fetch_rows(job_id):
            await load(job_id)
        async def fetch_images(job_id):
            await load(job_id)
        """,
    "a template method that a base of the project calls": """
        class Task:
            def start(self, job_id):
                self.run(job_id)
            def run(self, job_id):
                raise NotImplementedError
        class Importer(Task):
            def run(self, job_id):
                load(job_id)
        """,
    "an entry method that a function of the file calls": """
        def import_products(job_id):  # expect: BG030
            Importer(job_id).run()
        class Importer:
            def __init__(self, job_id):
                self.job_id = job_id
            def run(self):
                load(self.job_id)
        """,
    "an entry method that a derived class calls": """
        class Importer:
            def run(self, job_id):
                load(job_id)
        class CsvImporter(Importer):
            def run(self, job_id):  # expect: BG030
                super().run(job_id)
        """,
    "an entry method that another method of the class calls": """
        class Importer:
            def __call__(self, job_id):  # expect: BG030
                return self.run(job_id)
            def run(self, job_id):
                load(job_id)
        """,
    "an entry method that another method passes to a thread": """
        import asyncio
        class Importer:
            async def execute(self, job_id):  # expect: BG030
                await asyncio.to_thread(self.run, job_id)
            def run(self, job_id):
                load(job_id)
        """,
}

TASKS = {
    "a public function": """
        def import_products(job_id):  # expect: BG030
            load(job_id)
        """,
    "an asynchronous function": """
        async def import_products(job_id):  # expect: BG030
            await load(job_id)
        """,
    "a function that calls only itself": """
        def import_products(job_id, tries=3):  # expect: BG030
            if not load(job_id):
                import_products(job_id, tries - 1)
        """,
    "a function handed to a queue": """
        def import_products(job_id):  # expect: BG030
            load(job_id)
        def start_import(background_tasks, job_id):
            background_tasks.add_task(import_products, job_id)
        """,
    "functions handed over in every other way": """
        def delayed(job_id):  # expect: BG030
            load(job_id)
        def enqueued(job_id):  # expect: BG030
            load(job_id)
        def scheduled(job_id):  # expect: BG030
            load(job_id)
        def registered(job_id):  # expect: BG030
            load(job_id)
        TASKS = {"registered": registered}
        def start(job_id, queue, scheduler):
            delayed.delay(job_id)
            queue.enqueue(enqueued, job_id)
            scheduler.add_job(scheduled, "interval", minutes=5, args=[job_id])
        """,
    "a function that module-level code calls": """
        def import_products(job_id):  # expect: BG030
            load(job_id)
        if __name__ == "__main__":
            import_products(1)
        """,
    "functions defined under a condition": """
        try:
            import celery
        except ImportError:
            def import_products(job_id):  # expect: BG030
                load(job_id)
        else:
            def import_products(job_id):  # expect: BG030
                load(job_id)
        if DEBUG:
            async def export_products(job_id):  # expect: BG030
                await load(job_id)
        """,
    "functions defined in a match or a with statement": """
        match MODE:
            case "a":
                def import_products(job_id):  # expect: BG030
                    load(job_id)
        with lazy_imports():
            def export_products(job_id):  # expect: BG030
                load(job_id)
        """,
    "private functions decorated as tasks": """
        from celery import shared_task
        import dramatiq
        from dramatiq import actor
        from rq.decorators import job
        from app.worker import app, queue
        @shared_task
        def _one(job_id):  # expect: BG030
            load(job_id)
        @shared_task(bind=True, max_retries=3)
        def _two(self, job_id):  # expect: BG030
            load(job_id)
        @app.task(name="three")
        def _three(job_id):  # expect: BG030
            load(job_id)
        @dramatiq.actor
        def _four(job_id):  # expect: BG030
            load(job_id)
        @actor(queue_name="default")
        def _five(job_id):  # expect: BG030
            load(job_id)
        @job("default")
        def _six(job_id):  # expect: BG030
            load(job_id)
        @queue.job
        def _seven(job_id):  # expect: BG030
            load(job_id)
        """,
    "a decorated task that another calls": """
        from celery import shared_task
        @shared_task
        def import_all(job_ids):  # expect: BG030
            for job_id in job_ids:
                import_products(job_id)
        @shared_task
        def import_products(job_id):  # expect: BG030
            load(job_id)
        """,
    "a function with a decorator of another kind": """
        @timed
        def import_products(job_id):  # expect: BG030
            load(job_id)
        """,
    "classes with an entry method": """
        class One:
            def run(self):  # expect: BG030
                load(self)
        class Two:
            async def execute(self):  # expect: BG030
                await load(self)
        class Three:
            def perform(self):  # expect: BG030
                load(self)
        class Four:
            def __call__(self):  # expect: BG030
                load(self)
        class Five:
            @classmethod
            def run(cls):  # expect: BG030
                load(cls)
        class Six:
            @staticmethod
            def run(job_id):  # expect: BG030
                load(job_id)
        class _Seven:
            def run(self):  # expect: BG030
                load(self)
        """,
    "a class that a function makes and hands to a queue": """
        class Importer:
            def run(self):  # expect: BG030
                load(self)
        def start(queue):
            queue.enqueue(Importer().run)
        """,
    "a function that hands over and works": """
        def import_products(job_id):  # expect: BG030
            load(job_id)
            export_products.delay(job_id)
        """,
    "a generator called by nobody that is decorated as a task": """
        from celery import shared_task
        @shared_task
        def import_products(job_id):  # expect: BG030
            load(job_id)
        """,
    "a function that sends a mail": """
        def notify(user_id):  # expect: BG030
            message = make_message(user_id)
            message.send()
        class Notifier:
            def run(self):  # expect: BG030
                self.mailer.send(self.text)
        def remind(mailer):  # expect: BG030
            mailer.send("hello")
        """,
    "a function that calls a nested function": """
        def import_products(job_id):  # expect: BG030
            def work():
                return load(job_id)
            return work()
        """,
    "a function that returns a function it was given": """
        def import_products(job_id, done):  # expect: BG030
            load(job_id)
            return done
        """,
    "a function that works before it raises": """
        def import_products(job_id):  # expect: BG030
            load(job_id)
            raise NotImplementedError
        """,
    "a function that is only mentioned": """
        __all__ = ["import_products"]
        def import_products(job_id):  # expect: BG030
            load(job_id)
        def export_products(job_id):  # expect: BG030
            print(import_products.__name__, job_id)
        """,
    "a local name that hides a task": """
        def import_products(job_id):  # expect: BG030
            load(job_id)
        def export_products(job_id, import_products):  # expect: BG030
            import_products(job_id)
        """,
}


@pytest.mark.parametrize("code", NO_TASKS.values(), ids=NO_TASKS)
def test_no_task(code: str) -> None:
    """Nothing is said about what is no task function."""
    assert_as_marked(code, PATH)


@pytest.mark.parametrize("code", HELPERS.values(), ids=HELPERS)
def test_helper(code: str) -> None:
    """A helper is judged as part of the task that reaches it."""
    assert_as_marked(code, PATH, "BG030")


@pytest.mark.parametrize("code", TASKS.values(), ids=TASKS)
def test_task(code: str) -> None:
    """A task function is reported at its `def` line."""
    assert_as_marked(code, PATH, "BG030")


WORKS = """
    def import_products(job_id):
        load(job_id)
    """


@pytest.mark.parametrize("path", ["app/tasks/test_import.py", "app/tasks/conftest.py", "app/services/imports.py", None])
def test_file_without_tasks(path: str | None) -> None:
    """Files of tests, and those that no rule of the family names, have no task functions."""
    assert messages(WORKS, path, "BG030") == []  # type: ignore[arg-type]


def test_message_names_the_function_and_all_that_is_missing() -> None:
    """One finding per rule lists everything."""
    (said,) = messages(WORKS, PATH, "BG030")
    assert said == 'import_products() never sets status = "running" and never sets started_at'


def test_message_names_class_and_method() -> None:
    """A method is named with its class."""
    (said,) = messages("class Importer:\n    def run(self):\n        load(self)\n", PATH, "BG033")
    assert said == "Importer.run() never opens a session of its own with SessionLocal()"


def test_message_offers_both_values() -> None:
    """Where either of two would do, both are said."""
    (said,) = messages(WORKS, PATH, "BG031")
    assert said == 'import_products() never sets completed_at and never sets status = "completed" or status = "failed"'
