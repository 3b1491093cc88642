"""BG-021: calls that make a request, or the event loop, wait."""

import pytest

from tests.linting import assert_as_marked, messages

PATH = "app/api/v1/admin/orders.py"
HEAD = """\
import asyncio
import functools
import subprocess
import subprocess as sp
import threading
import time
import time as t
from concurrent.futures import ThreadPoolExecutor
from subprocess import Popen, check_output
from time import sleep
from time import sleep as nap
from fastapi import APIRouter, BackgroundTasks, Depends
from fastapi.concurrency import run_in_threadpool
router = APIRouter()
pool = ThreadPoolExecutor()
"""


def file_with(code: str) -> str:
    lines = [line[8:] for line in code.strip("\n").splitlines()]
    return HEAD + "\n".join(lines) + "\n"


def endpoint(body: str) -> str:
    return f"""
        @router.post("/orders")
        async def start(tasks: BackgroundTasks):
            {body}
        """


SILENT_BODIES = {
    "asyncio's": "await asyncio.sleep(1)",
    "a method of something else": "tasks.time.sleep(1)",
    "a method called sleep": "service.sleep(1)",
    "another name of the module": "time.monotonic()",
    "the words": 'logger.info("time.sleep(1)")',
    "a thread": "await asyncio.to_thread(time.sleep, 1)",
    "a thread pool": "await run_in_threadpool(sleep, 1)",
    "an executor": "await loop.run_in_executor(None, time.sleep, 1)",
    "an executor with a lambda": "await loop.run_in_executor(None, lambda: time.sleep(1))",
    "an executor with a partial": "await loop.run_in_executor(None, functools.partial(time.sleep, 1))",
    "a pool": "pool.submit(time.sleep, 1)",
    "a pool's map": "pool.map(time.sleep, [1, 2])",
    "a thread object": "threading.Thread(target=time.sleep, args=(1,)).start()",
    "a background task": "tasks.add_task(time.sleep, 1)",
    "a store": "self.sleep = sleep_time",
    "a process that is only started": 'subprocess.Popen(["ls"])',
    "a process that is waited for in a thread": "await asyncio.to_thread(process.communicate)",
    "waiting for something else": "event.wait()",
    "an asynchronous process": "process = await asyncio.create_subprocess_exec('ls'); await process.wait()",
    "subprocess run in a thread": 'await asyncio.to_thread(subprocess.run, ["ls"])',
}
SPEAKING_BODIES = {
    "qualified": "time.sleep(1)",
    "an alias of the module": "t.sleep(1)",
    "an import from": "sleep(1)",
    "an alias of the function": "nap(1)",
    "an import inside": "from time import sleep as rest; rest(1)",
    "a reference": "retry(work, sleep=time.sleep)",
    "a reference that gets a name": "rest = time.sleep; rest(1); rest(2)",
    "a lambda": "retry(lambda: time.sleep(1))",
    "the builtin map": "list(map(time.sleep, [1, 2]))",
    "subprocess run": 'subprocess.run(["ls"], check=True)',
    "subprocess call": 'sp.call(["ls"])',
    "subprocess check_call": 'sp.check_call(["ls"])',
    "subprocess check_output": 'check_output(["ls"])',
    "waiting for a process": 'Popen(["ls"]).wait()',
    "communicating with a process": 'process = Popen(["ls"]); process.communicate()',
    "a process as a context": 'with Popen(["ls"]) as process: process.wait()',
}


@pytest.mark.parametrize("body", SILENT_BODIES.values(), ids=SILENT_BODIES)
def test_does_not_wait(body: str) -> None:
    assert_as_marked(file_with(endpoint(body)), PATH, codes="BG021")


@pytest.mark.parametrize("body", SPEAKING_BODIES.values(), ids=SPEAKING_BODIES)
def test_waits(body: str) -> None:
    assert_as_marked(file_with(endpoint(f"{body}  # expect: BG021")), PATH, codes="BG021")


SILENT = {
    "a helper that a lambda calls in an executor": """
        @router.post("/orders")
        async def start(loop):
            await loop.run_in_executor(None, lambda: _work(1))
        def _work(number):
            time.sleep(number)
        """,
    "a helper with its arguments in an executor": """
        @router.post("/orders")
        async def start(loop):
            await loop.run_in_executor(None, functools.partial(_work, 1))
            await loop.run_in_executor(None, functools.partial(time.sleep, 1))
        def _work(number):
            time.sleep(number)
        """,
    "code outside of requests": """
        def migrate():
            time.sleep(1)
        class Clock:
            def wait(self):
                time.sleep(1)
        time.sleep(1)
        """,
    "a function that is handed to a thread": """
        def work():
            time.sleep(1)
        @router.post("/orders")
        async def start(tasks: BackgroundTasks):
            await asyncio.to_thread(work)
            await run_in_threadpool(work)
            await asyncio.get_running_loop().run_in_executor(None, work)
            pool.submit(work)
            threading.Thread(target=work).start()
        """,
    "a function that is handed to the background": """
        def work():
            helper()
        def helper():
            time.sleep(1)
        @router.post("/orders")
        async def start(tasks: BackgroundTasks):
            tasks.add_task(work)
        """,
    "a nested function that is handed to the background": """
        @router.post("/orders")
        async def start(tasks: BackgroundTasks):
            def work():
                time.sleep(1)
            tasks.add_task(work)
        """,
    "a function that a queue runs": """
        async def work():
            time.sleep(1)
        @router.post("/orders")
        async def start(redis):
            await redis.enqueue_job(work)
        """,
    "a method of the same name": """
        class Clock:
            def sleep(self, seconds):
                return seconds
        clock = Clock()
        @router.post("/orders")
        async def start():
            clock.sleep(1)
        """,
    "a name of one's own": """
        @router.post("/orders")
        async def start():
            def sleep(seconds):
                return seconds
            sleep(1)
        """,
    "a method that nobody calls": """
        class Service:
            def slow(self):
                time.sleep(1)
            def fast(self):
                return 1
        @router.post("/orders")
        async def start():
            return Service().fast()
        """,
}
SPEAKING = {
    "a helper that a lambda calls here": """
        @router.post("/orders")
        async def start(orders):
            return sorted(orders, key=lambda order: _work(order))
        def _work(number):
            time.sleep(number)  # expect: BG021
        """,
    "what is worked out for an executor": """
        @router.post("/orders")
        async def start(loop):
            await loop.run_in_executor(None, functools.partial(work, _load()))
        def _load():
            time.sleep(1)  # expect: BG021
        """,
    "a helper": """
        def wait():
            time.sleep(1)  # expect: BG021
        @router.post("/orders")
        async def start():
            wait()
        """,
    "a helper of a helper": """
        def wait():
            rest()
        def rest():
            time.sleep(1)  # expect: BG021
        @router.post("/orders")
        def start():
            wait()
        """,
    "helpers that call each other": """
        def wait():
            rest()
        def rest():
            wait()
            time.sleep(1)  # expect: BG021
        @router.post("/orders")
        def start():
            wait()
        """,
    "a helper that several endpoints reach": """
        def wait():
            time.sleep(1)  # expect: BG021
        @router.post("/orders")
        def start():
            wait()
        @router.post("/products")
        def again():
            wait()
        """,
    "a method of a known object": """
        class Service:
            def __init__(self):
                time.sleep(1)  # expect: BG021
            def start(self):
                time.sleep(2)  # expect: BG021
        @router.post("/orders")
        def start():
            Service().start()
        """,
    "a method of the view": """
        @cbv(router)
        class Orders:
            @router.post("/orders")
            def start(self):
                self.wait()
            def wait(self):
                time.sleep(1)  # expect: BG021
        """,
    "a dependency": """
        def get_service():
            time.sleep(1)  # expect: BG021
        @router.post("/orders")
        def start(service=Depends(get_service)):
            return service
        """,
    "a dependency of a dependency": """
        def get_clock():
            time.sleep(1)  # expect: BG021
        def get_service(clock=Depends(get_clock)):
            return clock
        @router.post("/orders")
        def start(service=Depends(get_service)):
            return service
        """,
    "a dependency class": """
        class Service:
            def __init__(self):
                time.sleep(1)  # expect: BG021
        @router.post("/orders")
        def start(service: Service = Depends()):
            return service
        """,
    "a dependency of the decorator": """
        def check():
            time.sleep(1)  # expect: BG021
        @router.post("/orders", dependencies=[Depends(check)])
        def start():
            return 1
        """,
    "a dependency of the router": """
        def check():
            time.sleep(1)  # expect: BG021
        admin = APIRouter(dependencies=[Depends(check)])
        @admin.post("/orders")
        def start():
            return 1
        """,
    "a task on the event loop": """
        async def work():
            time.sleep(1)  # expect: BG021
        @router.post("/orders")
        async def start():
            asyncio.create_task(work())
        """,
    "an asynchronous function in the background": """
        async def work():
            time.sleep(1)  # expect: BG021
        @router.post("/orders")
        async def start(tasks: BackgroundTasks):
            tasks.add_task(work)
        """,
    "a callback": """
        def work():
            time.sleep(1)  # expect: BG021
        @router.post("/orders")
        async def start():
            retry(work)
        """,
    "a nested function that is called": """
        @router.post("/orders")
        async def start():
            def wait():
                time.sleep(1)  # expect: BG021
            wait()
        """,
    "a name of the module": """
        pause = time.sleep
        @router.post("/orders")
        async def start():
            pause(1)  # expect: BG021
        """,
    "a reference that gets a name, once": """
        @router.post("/orders")
        async def start():
            rest = time.sleep  # expect: BG021
            rest(1)
            rest(2)
        """,
    "several places": """
        @router.post("/orders")
        async def start():
            time.sleep(1)  # expect: BG021
            for _ in range(3):
                time.sleep(2)  # expect: BG021
        """,
}


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT)
def test_no_request_waits(code: str) -> None:
    assert_as_marked(file_with(code), PATH, codes="BG021")


@pytest.mark.parametrize("code", SPEAKING.values(), ids=SPEAKING)
def test_a_request_waits(code: str) -> None:
    assert_as_marked(file_with(code), PATH, codes="BG021")


def test_once_per_place_with_the_rules_own_message() -> None:
    code = file_with(endpoint("time.sleep(1)"))
    assert messages(code, PATH, "BG021") == ["Don't use time.sleep in API handlers"]
    code = file_with(endpoint('subprocess.run(["ls"])'))
    assert messages(code, PATH, "BG021") == ["Don't wait synchronously for subprocesses in API handlers"]


def test_the_files_are_those_that_the_anti_pattern_names_or_else_the_rule() -> None:
    sleeps, runs = file_with(endpoint("time.sleep(1)")), file_with(endpoint('subprocess.run(["ls"])'))
    for path, count in {
        "app/api/orders.py": (1, 0),
        "app/api/v1/orders.py": (1, 1),
        "app/web/orders.py": (0, 0),
    }.items():
        assert (len(messages(sleeps, path, "BG021")), len(messages(runs, path, "BG021"))) == count
