"""API: work that an endpoint should hand over."""

from tests.contract.rows import ENDPOINTS, Row

HEAD = """
import asyncio, threading
from typing import Annotated, Optional
import fastapi
from fastapi import APIRouter, BackgroundTasks, Depends
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask, BackgroundTasks as Starlette
from app.tasks.imports import export_orders, import_products
router = APIRouter()
"""

ROWS = (
    Row(
        "BG-021 asks endpoints that are called so, or call or pass on what is called so",
        ENDPOINTS,
        "BG021",
        head=HEAD,
        silent={
            "F53: Names that are only read or stored": """
                @router.post("/x")
                def start(import_id: int, payload):
                    export_format = payload.export_format
                    return {"import_id": import_id, "format": export_format}
                """,
            "F54: A word in the middle, and importlib": """
                import importlib

                @router.post("/x")
                def start(service):
                    service.bulk_import_products()
                    return importlib.import_module("x")
                """,
            "I71: Strings and keyword names": """
                @router.post("/x")
                def start(service):
                    return service.load("import_products", import_all=True)
                """,
            "F53: Annotations, defaults of the signature and decorators": """
                from app.tasks.imports import export_all, import_kind, import_once

                @router.post("/x")
                @import_once
                def start(service, kind: import_kind, export=Depends(export_all)):
                    return service.load(kind, export)
                """,
        },
        speaking={
            "F56: A call, awaited, in a task of the event loop, and in a thread": """
                @router.post("/a")
                async def first():  # expect: BG021
                    await import_products()

                @router.post("/b")
                async def second():  # expect: BG021
                    asyncio.create_task(export_orders())

                @router.post("/c")
                async def third():  # expect: BG021
                    threading.Thread(target=import_products, daemon=True).start()
                """,
            "F54 F55: A method, an underscore, a nested function, another queue": """
                @router.post("/a")
                def first(svc):  # expect: BG021
                    svc.import_products.delay(1)

                @router.post("/b")
                def second():  # expect: BG021
                    def work():
                        return _import_stock()
                    work()

                def _import_stock():
                    return 1
                """,
            "F54: A name that is imported under another counts under both": """
                from app.tasks.imports import run_scan as scan, load as import_stock

                @router.post("/a")
                def first():  # expect: BG021
                    scan()

                @router.post("/b")
                def second():  # expect: BG021
                    import_stock()
                """,
            "G60: The endpoint's own name": """
                @router.post("/x")
                def execute_scan(svc):  # expect: BG021
                    return svc.scan()
                """,
        },
    ),
    Row(
        "BG-021 is met by a parameter annotated with BackgroundTasks in any nesting, also in a class-based view",
        ENDPOINTS,
        "BG021",
        head=HEAD,
        silent={
            "F48 F49: Under any name, and where it may be None": """
                @router.post("/a")
                def first(tasks: BackgroundTasks):
                    tasks.add_task(import_products)

                @router.post("/b")
                def second(bg: BackgroundTasks = None):
                    bg.add_task(import_products)

                @router.post("/c")
                def third(bg: Optional[BackgroundTasks] = None):
                    bg.add_task(import_products)
                """,
            "F50 F51: Annotated, an alias, another module's name": """
                Tasks = Annotated[BackgroundTasks, Depends()]

                @router.post("/a")
                def first(tasks: Tasks):
                    tasks.add_task(import_products)

                @router.post("/b")
                def second(tasks: fastapi.BackgroundTasks):
                    tasks.add_task(import_products)

                @router.post("/c")
                def third(tasks: Starlette):
                    tasks.add_task(import_products)
                """,
            "F53 F57: What becomes of it is not asked": """
                @router.post("/a")
                def first(service, background_tasks: BackgroundTasks):
                    service.execute_task(background_tasks=background_tasks)

                @router.post("/b")
                def second(bg: BackgroundTasks):
                    if settings.lite:
                        bg.add_task(import_products)
                    else:
                        celery.send_task("import_products")
                        import_products.apply_async(args=[1])
                """,
            "G62: In the class of a class-based view": """
                @cbv(router)
                class Imports:
                    tasks: BackgroundTasks

                    @router.post("/a")
                    def import_products(self):
                        self.tasks.add_task(import_products)

                @cbv(router)
                class Exports:
                    def __init__(self, tasks: BackgroundTasks):
                        self.tasks = tasks

                    @router.post("/b")
                    def export_products(self):
                        self.tasks.add_task(export_orders)
                """,
        },
        speaking={
            "F58: A bar of progress, and a nursery": """
                from rich.progress import Progress

                @router.post("/a")
                def first(progress: Progress):  # expect: BG021
                    progress.add_task("import", total=3)
                    import_products()

                @router.post("/b")
                async def second():  # expect: BG021
                    async with asyncio.TaskGroup() as group:
                        group.create_task(import_products())
                """,
            "F50: A class of the project that is called so": {
                "app/core/queue.py": "class BackgroundTasks:\n    pass\n",
                ENDPOINTS: """
                    from app.core import queue

                    @router.post("/a")
                    def import_stock(tasks: queue.BackgroundTasks):  # expect: BG021
                        return tasks
                    """,
            },
        },
    ),
    Row(
        "BG-021 is also met by a dependency that takes one, at any depth, and by a response's background",
        ENDPOINTS,
        "BG021",
        head=HEAD,
        silent={
            "F50: A dependency of a dependency": """
                def get_tasks(tasks: BackgroundTasks):
                    return tasks

                class Queue:
                    def __init__(self, tasks=Depends(get_tasks)):
                        self.tasks = tasks

                @router.post("/a")
                def first(queue: Annotated[Queue, Depends()]):
                    queue.add(import_products)
                """,
            "F52: A response with it": """
                @router.post("/a")
                def first(job):
                    return JSONResponse({"job_id": 1}, background=BackgroundTask(import_products, job))

                @router.post("/b")
                def second(response, job):
                    response.background = BackgroundTask(import_products, job)
                    return response
                """,
            "F50: A class of the project that derives from FastAPI's": """
                class Tasks(BackgroundTasks):
                    pass

                @router.post("/a")
                def first(tasks: Tasks):
                    tasks.add_task(import_products)
                """,
        },
        speaking={
            "F50: A dependency that takes none": """
                def get_queue(request):
                    return request.app.queue

                @router.post("/a")
                def first(queue=Depends(get_queue)):  # expect: BG021
                    queue.put(import_products())
                """,
            "F50: The decorator's dependencies are not the endpoint's": """
                def get_tasks(tasks: BackgroundTasks):
                    return tasks

                @router.post("/a", dependencies=[Depends(get_tasks)])
                def first():  # expect: BG021
                    import_products()
                """,
            "F52: A task that is made and not handed to the response": """
                @router.post("/a")
                def first(job):  # expect: BG021
                    task = BackgroundTask(import_products, job)
                    return {"job_id": job.id}
                """,
        },
    ),
)
