"""BG-021: which endpoints start long work, and how they can be given a BackgroundTasks."""

import sys

import pytest

from tests.linting import assert_as_marked, messages

PATH = "app/api/v1/admin/orders.py"
HEAD = """\
from typing import Annotated, Optional, Union
import asyncio
import functools
import importlib
import fastapi
import starlette.background
from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response
from fastapi import BackgroundTasks as Tasks
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask
from starlette.background import BackgroundTasks as StarletteTasks
from app.tasks import import_products, execute_query
from app.tasks import import_products as work
from app.tasks import prepare as export_prepared
from app.tasks import orders as export_orders_module
from app.services import service
router = APIRouter()
"""


def file_with(code: str) -> str:
    lines = [line[8:] for line in code.strip("\n").splitlines()]
    return HEAD + "\n".join(lines) + "\n"


DOES_NOT_START = {
    "nothing is started": """
        @router.post("/orders")
        def create_order(payload: dict):
            return service.create(payload)
        """,
    "the word in the middle of a name": """
        @router.post("/orders")
        def bulk_import_products():
            service.bulk_import_products()
            service.reimport_()
        """,
    "a name that is only read": """
        @router.get("/orders")
        def show(import_id: int, export_format: str = "csv"):
            filters = Filters()
            filters.import_id = import_id
            return {"import_id": import_id, "format": filters.export_format}
        """,
    "a name that is only stored": """
        @router.get("/orders")
        def show():
            import_id = 1
            export_path: str = "x"
            return [import_id, export_path]
        """,
    "a value that is passed on": """
        @router.get("/orders")
        def show(import_id: int, payload: dict):
            return service.find(import_id, payload.export_format)
        """,
    "a keyword's name": """
        @router.get("/orders")
        def show():
            return service.find(import_id=1, export_format="csv")
        """,
    "data that is called so": """
        @router.get("/orders")
        def show(payload: dict):
            import_ids = [import_id.strip() for import_id in payload["ids"]]
            import_ids.append("")
            export_names = {}
            for export_name in import_ids:
                export_names.setdefault(export_name.lower(), 1)
            return export_names.get("a")
        """,
    "a string": """
        @router.get("/orders")
        def show():
            '''Tell whether import_products() has run.'''
            return service.find("import_products()")
        """,
    "importing": """
        @router.get("/orders")
        def show():
            from app.tasks import import_orders
            from importlib import import_module
            return importlib.import_module("app.x") or import_module("app.y") or __import__("app.z")
        """,
    "the decorator, the signature and its annotations": """
        @router.get("/orders", name=import_products())
        @execute_query()
        def show(query: import_products() = Depends(execute_query)) -> import_products():
            return query
        """,
    "another function of the file": """
        def import_orders():
            execute_query()
        @router.get("/orders")
        def show():
            return []
        """,
    "a class that is named so": """
        @router.get("/orders")
        def show():
            return ImportProducts()
        """,
    "an alias hides nothing": """
        from app.tasks import load as read
        @router.get("/orders")
        def show():
            return read()
        """,
    "another word that begins the same": """
        @router.get("/orders")
        def show():
            return run_scanner() or importer() or executed()
        """,
}
STARTS = {
    "a service that is looked up": """
        @router.post("/orders")
        def sync_all():  # expect: BG021
            services["orders"].import_orders()
        """,
    "the endpoint's own name": """
        @router.post("/orders")
        def import_orders():  # expect: BG021
            return service.start()
        """,
    "the endpoint's own private name": """
        @router.post("/orders")
        def _import_orders():  # expect: BG021
            return service.start()
        """,
    "an object that it makes": """
        @router.post("/orders")
        async def start():  # expect: BG021
            import_job = Job()
            import_job.start()
        """,
    "an object of the project's own that has a method of texts": """
        class Export:
            def format(self): ...
        @router.post("/orders")
        async def start():  # expect: BG021
            export_orders = Export()
            export_orders.format()
        """,
    "an object that it is given": """
        @router.post("/orders")
        async def start(import_queue: Queue = Depends()):  # expect: BG021
            import_queue.append(1)
        """,
    "a name that it calls": """
        @router.post("/orders")
        async def start():  # expect: BG021
            await import_products(1)
        """,
    "a private name that it calls": """
        @router.post("/orders")
        def start():  # expect: BG021
            _export_orders()
        """,
    "a method that it calls": """
        @router.post("/orders")
        def start():  # expect: BG021
            service.export_orders()
        """,
    "an object whose method it calls": """
        @router.post("/orders")
        def start():  # expect: BG021
            service.import_service.start()
        """,
    "a method of what a call gives": """
        @router.post("/orders")
        def start():  # expect: BG021
            get_service().execute_query()
        """,
    "a name with a boundary": """
        @router.post("/orders")
        def start():  # expect: BG021
            run_scan()
        @router.post("/orders")
        def again():  # expect: BG021
            service.run_scan_now()
        """,
    "an import under another name": """
        @router.post("/orders")
        def start():  # expect: BG021
            work(1)
        """,
    "another import under such a name": """
        @router.post("/orders")
        def start():  # expect: BG021
            export_prepared(1)
        """,
    "a module that is imported under such a name": """
        @router.post("/orders")
        def start():  # expect: BG021
            export_orders_module.start(1)
        """,
    "an import inside the endpoint": """
        @router.post("/orders")
        def start():  # expect: BG021
            from app.tasks import import_orders as later
            later()
        """,
    "a callable that is passed on": """
        @router.post("/orders")
        async def start():  # expect: BG021
            await asyncio.to_thread(import_products, 1)
        """,
    "a callable that is passed on by keyword": """
        @router.post("/orders")
        def start():  # expect: BG021
            Thread(target=import_products).start()
        """,
    "a bound method that is passed on": """
        @router.post("/orders")
        async def start():  # expect: BG021
            await run_in_threadpool(service.import_all, 1)
        """,
    "a function of the file that is passed on": """
        def import_orders():
            pass
        @router.post("/orders")
        def start():  # expect: BG021
            service.start(import_orders)
        """,
    "a partial": """
        @router.post("/orders")
        def start():  # expect: BG021
            service.start(functools.partial(import_products, 1))
        """,
    "a lambda": """
        @router.post("/orders")
        def start():  # expect: BG021
            service.start(lambda: import_products(1))
        """,
    "an inner function": """
        @router.post("/orders")
        def start():  # expect: BG021
            def inner():
                import_products(1)
            service.start(inner)
        """,
    "a call in an f-string and in a comprehension": """
        @router.post("/orders")
        def start():  # expect: BG021
            return f"{import_products(1)}"
        @router.post("/orders")
        def again():  # expect: BG021
            return [execute_query(one) for one in ids]
        """,
    "work that is handed to a queue": """
        @router.post("/orders")
        def start():  # expect: BG021
            import_products.delay(1)
        """,
    "a task on the event loop": """
        @router.post("/orders")
        async def start():  # expect: BG021
            asyncio.create_task(import_products(1))
        """,
}

GIVEN = {
    "a parameter": "background_tasks: BackgroundTasks",
    "a parameter of another name": "bg: BackgroundTasks",
    "with None as default": "tasks: BackgroundTasks = None",
    "or None": "tasks: BackgroundTasks | None = None",
    "or None the other way round": "tasks: None | BackgroundTasks = None",
    "Optional": "tasks: Optional[BackgroundTasks] = None",
    "Union": "tasks: Union[None, BackgroundTasks] = None",
    "Annotated": 'tasks: Annotated[BackgroundTasks, "to run later"]',
    "Annotated with a dependency": "tasks: Annotated[BackgroundTasks, Depends()]",
    "Annotated in a union": "tasks: Annotated[BackgroundTasks | None, None] = None",
    "a dependency without a name": "tasks: BackgroundTasks = Depends()",
    "in quotes": 'tasks: "BackgroundTasks"',
    "in quotes, or None": 'tasks: "BackgroundTasks | None" = None',
    "an import alias": "tasks: Tasks",
    "Starlette's": "tasks: StarletteTasks",
    "Starlette's, qualified": "tasks: starlette.background.BackgroundTasks",
    "FastAPI's, qualified": "tasks: fastapi.BackgroundTasks",
    "FastAPI's, from its own module": "tasks: fastapi.background.BackgroundTasks",
    "a keyword-only parameter": "*, tasks: BackgroundTasks",
    "a project alias": "tasks: Given",
    "a project alias with Annotated": "tasks: AnnotatedGiven",
    "a project alias of an alias": "tasks: GivenAgain",
    "a project subclass": "tasks: Traced",
    "a project subclass of the same name": "tasks: own.BackgroundTasks",
    "a dependency function": "runner=Depends(get_runner)",
    "a dependency function by keyword": "runner=Depends(dependency=get_runner)",
    "a dependency in Annotated": "runner: Annotated[object, Depends(get_runner)]",
    "a dependency in an alias": "runner: RunnerDep",
    "a dependency of a dependency": "runner=Depends(get_deep_runner)",
    "a dependency class": "runner: Runner = Depends()",
    "a dependency class, named": "runner=Depends(Runner)",
    "a dependency class in Annotated": "runner: Annotated[Runner, Depends()]",
    "a callable object": "runner=Depends(CallableRunner())",
    "a callable object in a variable": "runner=Depends(callable_runner)",
    "a security dependency": "runner=Security(get_runner)",
    "a class method as dependency": "runner=Depends(Runner.create)",
}
NOT_GIVEN = {
    "a dependency that says nothing": "runner=Depends()",
    "nothing": "",
    "an unused import": "request: Request",
    "another class": "tasks: Response",
    "a project class of that name": "tasks: Impostor.BackgroundTasks",
    "an annotation that only mentions it": 'tasks: Annotated[str, "BackgroundTasks go elsewhere"]',
    "a parameter that is only called so": "background_tasks",
    "a dependency without it": "runner=Depends(get_nothing)",
    "a dependency class without it": "runner: Empty = Depends()",
    "dependencies that lead back to themselves": "runner=Depends(get_circular)",
}
PROJECT = """
        Given = BackgroundTasks
        AnnotatedGiven = Annotated[BackgroundTasks, None]
        GivenAgain = Optional[AnnotatedGiven]
        class Traced(BackgroundTasks):
            pass
        class own:
            class BackgroundTasks(StarletteTasks):
                pass
        class Impostor:
            class BackgroundTasks:
                pass
        def get_runner(tasks: BackgroundTasks):
            return tasks.add_task
        def get_deep_runner(runner=Depends(get_runner)):
            return runner
        def get_nothing():
            return service
        def get_circular(again=Depends(get_circular)):
            return again
        RunnerDep = Annotated[object, Depends(get_runner)]
        class Runner:
            def __init__(self, tasks: BackgroundTasks):
                self.tasks = tasks
            @classmethod
            def create(cls, tasks: BackgroundTasks):
                return cls(tasks)
        class CallableRunner:
            def __call__(self, tasks: BackgroundTasks):
                return tasks
        callable_runner = CallableRunner()
        class Empty:
            def __init__(self, request: Request):
                pass
        """

RESPONSES = {
    "a response with a background task": """
            return JSONResponse({}, background=BackgroundTask(import_products, 1))
        """,
    "a response with several": """
            tasks = Tasks()
            tasks.add_task(import_products, 1)
            return JSONResponse({}, background=tasks)
        """,
    "a response that is given one later": """
            response = JSONResponse({})
            response.background = StarletteTasks([BackgroundTask(import_products)])
            return response
        """,
    "a response with one of two": """
            return JSONResponse({}, background=BackgroundTask(import_products) if now else None)
        """,
}
NO_RESPONSES = {
    "one that is handed to nothing": """
            BackgroundTask(import_products, 1)
            return JSONResponse({})
        """,
    "something else in the background": """
            return JSONResponse({}, background=import_products(1))
        """,
    "a project class of that name": """
            class BackgroundTask:
                pass
            return JSONResponse({}, background=BackgroundTask(import_products))
        """,
}


@pytest.mark.parametrize("code", DOES_NOT_START.values(), ids=DOES_NOT_START)
def test_no_long_work(code: str) -> None:
    assert_as_marked(file_with(code), PATH, codes="BG021")


@pytest.mark.parametrize("code", STARTS.values(), ids=STARTS)
def test_long_work(code: str) -> None:
    assert_as_marked(file_with(code), PATH, codes="BG021")


@pytest.mark.parametrize("parameters", GIVEN.values(), ids=GIVEN)
def test_background_tasks_are_given(parameters: str) -> None:
    code = f"""{PROJECT}
        @router.post("/orders")
        async def import_orders(payload: dict, {parameters.replace("*, ", "*, other=1, ")}):
            return service.start()
        """
    assert_as_marked(file_with(code), PATH, codes="BG021")


@pytest.mark.parametrize("parameters", NOT_GIVEN.values(), ids=NOT_GIVEN)
def test_background_tasks_are_not_given(parameters: str) -> None:
    code = f"""{PROJECT}
        @router.post("/orders")
        async def import_orders({parameters}):  # expect: BG021
            return service.start()
        """
    assert_as_marked(file_with(code), PATH, codes="BG021")


@pytest.mark.parametrize("body", RESPONSES.values(), ids=RESPONSES)
def test_background_tasks_are_handed_to_the_response(body: str) -> None:
    code = f"""
        @router.post("/orders")
        def start():
{body}"""
    assert_as_marked(file_with(code), PATH, codes="BG021")


@pytest.mark.parametrize("body", NO_RESPONSES.values(), ids=NO_RESPONSES)
def test_background_tasks_are_not_handed_to_the_response(body: str) -> None:
    code = f"""
        @router.post("/orders")
        def start():  # expect: BG021
{body}"""
    assert_as_marked(file_with(code), PATH, codes="BG021")


VIEWS = {
    "an attribute of the class": """
            tasks: BackgroundTasks
        """,
    "an attribute of the class with a dependency": """
            runner: object = Depends(get_runner)
        """,
    "its initializer": """
            def __init__(self, tasks: BackgroundTasks):
                self.tasks = tasks
        """,
}


@pytest.mark.parametrize("body", VIEWS.values(), ids=VIEWS)
def test_a_class_based_view_is_given_them(body: str) -> None:
    code = f"""{PROJECT}
        @cbv(router)
        class Orders:
{body}
            @router.post("/orders")
            def import_orders(self):
                return service.start(self)
        """
    assert_as_marked(file_with(code), PATH, codes="BG021")


def test_a_class_based_view_without_them() -> None:
    code = """
        @cbv(router)
        class Orders:
            service: Request
            def __init__(self, request: Request):
                self.request = request
            def later(self, tasks: BackgroundTasks):
                pass
            @router.post("/orders")
            def import_orders(self):  # expect: BG021
                return service.start(self)
        """
    assert_as_marked(file_with(code), PATH, codes="BG021")


def test_dependencies_of_the_decorator_do_not_count() -> None:
    code = f"""{PROJECT}
        @router.post("/orders", dependencies=[Depends(get_runner)])
        def import_orders():  # expect: BG021
            return service.start()
        """
    assert_as_marked(file_with(code), PATH, codes="BG021")


def test_a_class_of_another_module_counts_by_its_name() -> None:
    code = """
        from app.background import BackgroundTasks, Runner
        from app.routing import router
        @router.post("/orders")
        def import_orders(tasks: BackgroundTasks):
            return service.start(tasks)
        @router.post("/products")
        def import_products(runner: Runner):  # expect: BG021
            return service.start(runner)
        """
    assert_as_marked(code, PATH, codes="BG021")


def test_a_subclass_of_an_unknown_class_counts_by_its_name() -> None:
    code = """
        from app.background import Traced
        from app.routing import router
        class BackgroundTasks(Traced):
            pass
        @router.post("/orders")
        def import_orders(tasks: BackgroundTasks):
            return service.start(tasks)
        """
    assert_as_marked(code, PATH, codes="BG021")


def test_one_endpoint_at_a_time() -> None:
    code = """
        @router.post("/orders")
        def import_orders(tasks: BackgroundTasks):
            tasks.add_task(import_products)
        @router.post("/products")
        def export_products():  # expect: BG021
            return service.start()
        def import_nothing():
            return service.start()
        """
    assert_as_marked(file_with(code), PATH, codes="BG021")


def test_the_message_names_what_is_started() -> None:
    code = """
        @router.post("/orders")
        def start():
            service.export_orders()
        @router.post("/orders")
        def import_orders():
            service.start()
        """
    assert messages(file_with(code), PATH, "BG021") == [
        "start() starts export_orders and takes no BackgroundTasks",
        "import_orders() takes no BackgroundTasks",
    ]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the statement is new in Python 3.12")
def test_a_type_statement_is_an_alias() -> None:
    code = """
        type Given = Annotated[BackgroundTasks | None, Depends()]
        type Other = Annotated[Request, Depends()]
        @router.post("/orders")
        def import_orders(tasks: Given):
            return service.start(tasks)
        @router.post("/others")
        def import_others(tasks: Other):  # expect: BG021
            return service.start(tasks)
        """
    assert_as_marked(file_with(code), PATH, codes="BG021")
