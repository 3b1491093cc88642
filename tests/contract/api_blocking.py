"""API: calls that make a request, or the event loop, wait."""

from tests.contract.rows import ENDPOINTS, Row

HEAD = """
import asyncio, subprocess, time
from fastapi import APIRouter, BackgroundTasks, Depends
from fastapi.concurrency import run_in_threadpool
router = APIRouter()
"""

ROWS = (
    Row(
        "Blocking calls: in endpoints, what they call, depend on or start in the module; not in what a thread runs",
        ENDPOINTS,
        "BG021",
        head=HEAD,
        silent={
            "H68: asyncio.sleep, and a method called sleep": """
                @router.get("/a")
                async def first(driver):
                    await asyncio.sleep(1)
                    driver.time.sleep(1)
                """,
            "H68: A sync task in a thread": """
                def work():
                    time.sleep(5)

                @router.get("/a")
                async def first(tasks: BackgroundTasks):
                    tasks.add_task(work)
                    await run_in_threadpool(work)
                    await asyncio.to_thread(work)
                """,
            "F56: A process that is only started, or waited for in a thread": """
                def work():
                    subprocess.run(["scan"])

                @router.get("/a")
                async def first(pool):
                    subprocess.Popen(["scan"])
                    pool.submit(work)
                """,
            "H68: What no endpoint reaches": "def nightly():\n    time.sleep(1)\n    subprocess.run(['scan'])\n",
        },
        speaking={
            "H68: Under any name, in a helper and in a dependency, once": """
                from time import sleep as nap

                def pause():
                    nap(1)  # expect: BG021

                def slow():
                    time.sleep(1)  # expect: BG021

                @router.get("/a")
                def first(x=Depends(slow)):
                    pause()

                @router.get("/b")
                def second():
                    pause()
                """,
            "H68: An async task runs on the event loop": """
                async def work():
                    time.sleep(5)  # expect: BG021

                @router.get("/a")
                async def first(tasks: BackgroundTasks):
                    tasks.add_task(work)
                """,
            "H68: What is started with create_task": """
                async def work():
                    time.sleep(5)  # expect: BG021

                @router.get("/a")
                async def first():
                    asyncio.create_task(work())
                """,
            "H68: A reference, once": """
                @router.get("/a")
                def first():
                    retry(load, sleep=time.sleep)  # expect: BG021
                    nap = time.sleep  # expect: BG021
                    nap(1)
                """,
            "F56: Waiting for a process": """
                @router.get("/a")
                def first():
                    subprocess.check_call(["scan"])  # expect: BG021
                    process = subprocess.Popen(["scan"])
                    process.communicate()  # expect: BG021
                """,
        },
    ),
)
