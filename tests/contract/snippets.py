"""How a snippet is read as code: the table of snippets in the documentation; here those of endpoints and modules."""

from tests.contract import snippets_of_models as of_models
from tests.contract import snippets_of_tasks as of_tasks
from tests.contract.rows import Row, rule

NAME = Row(
    "`error_message` (a name)",
    "app/core/failures.py",
    "BG101",
    rules=rule("BG-101", "patterns: [{file: 'app/core/*.py', must_contain: error_message}]"),
    silent={
        "read": "print(job.error_message)",
        "a parameter": "def fail(job, error_message): ...",
    },
    speaking={
        "a comment and a string": "print('error_message')  # error_message  # expect: BG101",
        "the middle of a word": "print(job.error_messenger, job.last_error_messages)  # expect: BG101",
    },
)

_ROUTER = """
        from typing import Annotated
        import fastapi
        from fastapi import APIRouter, BackgroundTasks, Depends
        from fastapi.responses import JSONResponse
        from starlette.background import BackgroundTask
        router = APIRouter()
"""
_API = "app/api/v1/admin/jobs.py"

BEGINNING = Row(
    "`import_` (ends in `_`)",
    _API,
    "BG021",
    head=_ROUTER,
    silent={
        "F53: names that are only read": """
        @router.get("/status")
        def status(import_id: int, payload):
            return {"import_status": payload.import_format}
        """,
        "F54: a word in the middle": """
        @router.get("/bulk")
        def bulk_import_products(): ...
        """,
    },
    speaking={
        "G59: the endpoint's own name": """
        @router.post("/products")
        def import_products(): ...  # expect: BG021
        """,
        "F56: what it calls, and what it passes on": """
        @router.post("/products")
        def products(service):  # expect: BG021
            service.import_products()
        @router.post("/orders")
        def orders(pool):  # expect: BG021
            pool.submit(_import_orders)
        def _import_orders(): ...
        """,
    },
)

BACKGROUND_TASKS = Row(
    "`BackgroundTasks` in the API family",
    _API,
    "BG021",
    silent={
        "F49 F51: a parameter, optional": _ROUTER
        + """
        @router.post("/products")
        def import_products(bg: fastapi.BackgroundTasks | None = None): ...
        """,
        "F50: an alias of the project's, and a dependency": _ROUTER
        + """
        Tasks = Annotated[BackgroundTasks, Depends()]
        def queue(tasks: Tasks):
            return tasks
        @router.post("/products")
        def import_products(queue=Depends(queue)): ...
        """,
        "F52: handed to the response": _ROUTER
        + """
        @router.post("/products")
        def import_products(job):
            return JSONResponse({"job_id": job.id}, background=BackgroundTask(run, job.id))
        """,
    },
    speaking={
        "F58: a bar of progress has tasks, too": _ROUTER
        + """
        @router.post("/products")
        def import_products(progress):  # expect: BG021
            progress.add_task("importing", total=3)
        """,
        "F50: a class of the project that is called so": """
        from fastapi import APIRouter
        router = APIRouter()
        class BackgroundTasks: ...
        @router.post("/products")
        def import_products(background_tasks: BackgroundTasks): ...  # expect: BG021
        """,
    },
)

TEXT = Row(
    "anything else",
    "app/core/queue.py",
    "BG101",
    rules=rule("BG-101", "patterns: [{file: 'app/core/*.py', must_contain: 'queue =>'}]"),
    silent={
        "in a string": "NAMES = 'queue => worker'",
        "in a string of several lines": "NAMES = '''\nqueue => worker\n'''",
    },
    speaking={
        "in a comment": "NAMES = {}  # queue => worker  # expect: BG101",
        "in a docstring": '"""queue => worker"""  # expect: BG101',
    },
)

ROWS = (
    of_models.NAME,
    of_tasks.NAME,
    NAME,
    BEGINNING,
    BACKGROUND_TASKS,
    of_models.COLUMN,
    of_tasks.VALUE,
    of_tasks.OWN_SESSION,
    of_tasks.DOTTED_CALL,
    of_tasks.CALL_WITH_ARGUMENTS,
    of_tasks.TRY,
    of_tasks.OTHER_PYTHON,
    TEXT,
)
"""In the order of the table; the first is read in one way in models, in another in tasks, in a third elsewhere."""
