"""What endpoints and the registry have from other modules; silent cases first."""

import pytest

from tests.projects import assert_as_marked

SCHEMAS = """
    from typing import Annotated, Generic, TypeVar
    from pydantic import BaseModel, ConfigDict, Field

    T = TypeVar("T")

    class Queued(BaseModel):
        job_id: int

    class QueuedWithText(Queued):
        message: str = ""

    class Envelope(BaseModel):
        data: QueuedWithText

    class Aliased(BaseModel):
        number: Annotated[int, Field(serialization_alias="job_id")]

    class Renamed(BaseModel):
        job_id: int = Field(serialization_alias="id")

    class Ok(BaseModel):
        ok: bool = True

    class Loose(BaseModel):
        model_config = ConfigDict(extra="allow")

    QueuedAlias = Queued
    MaybeQueued = Queued | None
    """
SERVICE = """
    from dataclasses import dataclass
    from app.schemas import Ok, Queued

    @dataclass
    class Handle:
        job_id: int

    @dataclass
    class Blank:
        number: int

    def queue(shop):
        return Queued(job_id=shop)

    def as_dict(shop):
        data = {"shop": shop}
        data["job_id"] = 1
        return data

    def blank(shop):
        return {"shop": shop}

    async def handle(shop) -> Handle:
        return find(shop)

    class Imports:
        def __init__(self, db):
            self.db = db

        def start(self, shop):
            return self._started(shop)

        def _started(self, shop):
            return {"data": {"job_id": shop}}

        async def forget(self, shop) -> Ok:
            return self.db.get(shop)

    imports = Imports(None)

    def get_imports(db=None) -> Imports:
        return Imports(db)
    """
ROUTING = """
    from fastapi import APIRouter

    class ProjectRouter(APIRouter):
        pass

    PREFIX = "/import"
    feeds = APIRouter(prefix=PREFIX)
    shops = ProjectRouter()
    """

RETURNS = """
    from typing import Annotated
    from fastapi import APIRouter, Depends
    from app import schemas, services
    from app.schemas import {schemas}
    from app.services import Imports, as_dict, blank, get_imports, handle, imports, queue

    router = APIRouter()
    Service = Annotated[Imports, Depends(get_imports)]

    @router.post("/import"{model})
    {definition}
    """
RETURNED = {
    "a response model": (", response_model=Queued", "def import_shop(shop):\n    return find(shop)"),
    "a response model of a module": (
        ", response_model=schemas.Queued",
        "def import_shop(shop):\n    return find(shop)",
    ),
    "a response model that inherits the field": (
        ", response_model=QueuedWithText",
        "def import_shop(shop):\n    return find(shop)",
    ),
    "a response model under another name": (
        ", response_model=QueuedAlias",
        "def import_shop(shop):\n    return find(shop)",
    ),
    "an optional response model": (", response_model=MaybeQueued", "def import_shop(shop):\n    return find(shop)"),
    "an envelope": (", response_model=Envelope", "def import_shop(shop):\n    return find(shop)"),
    "an alias on the wire": ("", "def import_shop(shop) -> Aliased:\n    return find(shop)"),
    "a model made in place": ("", "def import_shop(shop):\n    return Queued(job_id=1)"),
    "a model that keeps all fields": (", response_model=Loose", "def import_shop(shop):\n    return {'job_id': 1}"),
    "what a function returns": ("", "def import_shop(shop):\n    return queue(shop)"),
    "what a function of a module returns": ("", "def import_shop(shop):\n    return services.queue(shop)"),
    "a dict that a function fills": ("", "def import_shop(shop):\n    return as_dict(shop)"),
    "the annotation of what is awaited": ("", "async def import_shop(shop):\n    return await handle(shop)"),
    "a method of an object": ("", "def import_shop(shop):\n    return imports.start(shop)"),
    "a method of a new object": ("", "def import_shop(shop, db):\n    return Imports(db).start(shop)"),
    "a method of a dependency": ("", "def import_shop(shop, service: Service):\n    return service.start(shop)"),
    "a method of a default dependency": (
        "",
        "def import_shop(shop, service=Depends(get_imports)):\n    return service.start(shop)",
    ),
    "a method of a parameter": (
        "",
        "def import_shop(shop, service: services.Imports):\n    return service.start(shop)",
    ),
}
NOT_RETURNED = {
    "a response model without the field": (
        ", response_model=Ok",
        "def import_shop(shop):\n    return {'job_id': 1}  # expect: BG020",
    ),
    "a response model that renames it": (
        ", response_model=Renamed",
        "def import_shop(shop):\n    return find(shop)  # expect: BG020",
    ),
    "an annotation without the field": ("", "def import_shop(shop) -> Ok:\n    return find(shop)  # expect: BG020"),
    "a model without the field": ("", "def import_shop(shop):\n    return schemas.Ok()  # expect: BG020"),
    "what a function returns": ("", "def import_shop(shop):\n    return blank(shop)  # expect: BG020"),
    "a dataclass without it": ("", "def import_shop(shop):\n    return services.Blank(1)  # expect: BG020"),
    "what a method is annotated with": (
        "",
        "async def import_shop(shop, service: Service):\n    return await service.forget(shop)  # expect: BG020",
    ),
}


@pytest.mark.parametrize(("model", "definition"), RETURNED.values(), ids=RETURNED)
def test_the_key_is_returned_by(tmp_path, model, definition):
    assert_as_marked(tmp_path, endpoint(model, definition), "BG020")


@pytest.mark.parametrize(("model", "definition"), NOT_RETURNED.values(), ids=NOT_RETURNED)
def test_the_key_is_not_returned_by(tmp_path, model, definition):
    assert_as_marked(tmp_path, endpoint(model, definition), "BG020")


def endpoint(model, definition):
    names = "Aliased, Envelope, Loose, MaybeQueued, Ok, Queued, QueuedAlias, QueuedWithText, Renamed"
    text = RETURNS.format(schemas=names, model=model, definition=definition.replace("\n", "\n    "))
    return {"app/schemas.py": SCHEMAS, "app/services.py": SERVICE, "app/api/v1/marketplace.py": text}


ROUTED = {
    "a router of another module": "from app.routing import feeds as x\n@x.post('/run')\n",
    "a router of another module, with its prefix": "from app import routing\n@routing.feeds.post('/run')\n",
    "a router of a project class": "from app.routing import shops\n@shops.post('/import')\n",
    "a router made of a project class": (
        "from app.routing import ProjectRouter\nanything = ProjectRouter(prefix='/import')\n@anything.post('/run')\n"
    ),
    "a path of another module": (
        "from fastapi import APIRouter\nfrom app.routing import PREFIX\nx = APIRouter()\n@x.post(f'{PREFIX}/run')\n"
    ),
    "a name that cannot be found in the project": "from app.missing import router\n@router.post('/import')\n",
}
NOT_ROUTED = {
    "a router of an installed package": "from company_bus import router\n@router.post('/import')\n",
    "a module's object that is no router": "from app.clients import router\n@router.post('/import')\n",
    "a router whose prefix does not say so": "from app.routing import shops\n@shops.post('/run')\n",
}


@pytest.mark.parametrize("head", NOT_ROUTED.values(), ids=NOT_ROUTED)
def test_no_endpoint_is_on(tmp_path, head):
    files = {
        "app/routing.py": ROUTING,
        "app/clients.py": "class Client:\n    def post(self, path): ...\nrouter = Client()\n",
        "app/api/v1/marketplace.py": f"{head}def start():\n    return 1\n",
    }
    assert_as_marked(tmp_path, files, "BG020")


@pytest.mark.parametrize("head", ROUTED.values(), ids=ROUTED)
def test_an_endpoint_is_on(tmp_path, head):
    files = {
        "app/routing.py": ROUTING,
        "app/api/v1/marketplace.py": f"{head}def start():\n    return 1  # expect: BG020\n",
    }
    assert_as_marked(tmp_path, files, "BG020")


DEPENDENCIES = """
    import starlette.background
    from typing import Annotated
    from fastapi import BackgroundTasks, Depends

    Tasks = BackgroundTasks
    TasksDep = Annotated[BackgroundTasks, Depends()]
    MaybeTasks = BackgroundTasks | None

    class Own(starlette.background.BackgroundTasks):
        pass

    def get_tasks(tasks: Tasks):
        return tasks

    def get_queue(tasks=Depends(get_tasks)):
        return tasks

    class Queue:
        def __init__(self, tasks: TasksDep):
            self.tasks = tasks

    class LateQueue:
        def __call__(self, queue: Queue = Depends()):
            return queue

    late_queue = LateQueue()
    QueueDep = Annotated[Queue, Depends()]
    ChainDep = Annotated[object, Depends(get_queue)]

    def get_shop(name: str):
        return name

    ShopDep = Annotated[str, Depends(get_shop)]
    """
GIVEN = [
    "tasks: Tasks",
    "tasks: TasksDep",
    "tasks: MaybeTasks = None",
    "tasks: dependencies.Tasks",
    "tasks: 'Tasks'",
    "tasks: Own",
    "tasks=Depends(get_tasks)",
    "queue=Depends(get_queue)",
    "queue=Depends(dependencies.get_queue)",
    "queue: Queue = Depends()",
    "queue: QueueDep",
    "queue: ChainDep",
    "queue=Depends(late_queue)",
    "queue: Annotated[Queue, Depends(Queue)]",
]
NOT_GIVEN = ["shop: ShopDep", "name=Depends(get_shop)", "tasks: Imitation", "tasks: str"]


def handler(parameter, mark=""):
    return {
        "app/dependencies.py": DEPENDENCIES,
        "app/imitation.py": "class BackgroundTasks:\n    def add_task(self, f): ...\n",
        "app/api/v1/imports.py": f"""
            from typing import Annotated
            from fastapi import APIRouter, Depends
            from app import dependencies
            from app.dependencies import *
            from app.imitation import BackgroundTasks as Imitation

            router = APIRouter()

            @router.post("/x")
            def import_shop({parameter}):{mark}
                return 1
            """,
    }


@pytest.mark.parametrize("parameter", GIVEN)
def test_background_tasks_are_given_by(tmp_path, parameter):
    assert_as_marked(tmp_path, handler(parameter), "BG021")


@pytest.mark.parametrize("parameter", NOT_GIVEN)
def test_background_tasks_are_not_given_by(tmp_path, parameter):
    assert_as_marked(tmp_path, handler(parameter, "  # expect: BG021"), "BG021")


def test_a_view_of_another_modules_base_is_given_them(tmp_path):
    files = {
        "app/views.py": """
            from fastapi import BackgroundTasks

            class View:
                def __init__(self, tasks: BackgroundTasks):
                    self.tasks = tasks
            """,
        "app/api/v1/imports.py": """
            from fastapi import APIRouter
            from fastapi_utils.cbv import cbv
            from app.views import View

            router = APIRouter()

            @cbv(router)
            class Imports(View):
                @router.post("/x")
                def import_shop(self):
                    return 1
            """,
    }
    assert_as_marked(tmp_path, files, "BG021")


ALL = "MarketplaceImportJob, LetzshopHistoricalImportJob, TestRun, ArchitectureScan"
MODELS = "".join(f"class {name}:\n    pass\n" for name in ALL.split(", "))
REGISTERED = {
    "a dict of another module": {
        "app/registry.py": f"from app.models import *\nMODELS = {{'all': [{ALL}]}}\n",
        "service": "from app.registry import MODELS\ndef all_of_them():\n    return MODELS\n",
    },
    "a dict of another module, by the module": {
        "app/registry.py": f"from app.models import *\nMODELS = ({ALL})\n",
        "service": "from app import registry\ndef all_of_them():\n    return registry.MODELS\n",
    },
    "a re-exported dict": {
        "app/registry.py": f"from app.models import *\nMODELS = [{ALL}]\n",
        "app/core/__init__.py": "from app.registry import MODELS as TASK_MODELS\n",
        "service": "from app.core import TASK_MODELS\n",
    },
    "a dict that takes in another one": {
        "app/base.py": "from app.models import *\nFIRST = {'a': MarketplaceImportJob, 'b': LetzshopHistoricalImportJob}\n",
        "app/registry.py": "from app.models import *\nfrom app.base import FIRST\n"
        "MODELS = {**FIRST, 'c': TestRun, 'd': ArchitectureScan}\n",
        "service": "from app.registry import MODELS\n",
    },
    "its own display that takes in one of another module": {
        "app/base.py": "from app.models import *\nFIRST = {'a': MarketplaceImportJob, 'b': LetzshopHistoricalImportJob}\n",
        "service": "from app.models import *\nfrom app.base import FIRST\n"
        "MODELS = {**FIRST, 'c': TestRun, 'd': ArchitectureScan}\n",
    },
    "an attribute of a base class": {
        "app/base.py": f"from app.models import *\nclass Service:\n    MODELS = [{ALL}]\n",
        "service": "from app.base import Service\nclass BackgroundTasksService(Service):\n    pass\n",
    },
    "an attribute of an imported class": {
        "app/base.py": f"from app.models import *\nclass Registry:\n    MODELS = [{ALL}]\n",
        "service": "from app.base import Registry\ndef models():\n    return Registry.MODELS\n",
    },
    "a dict that is filled in its own module": {
        "app/registry.py": "from app.models import *\nMODELS = {}\n"
        "MODELS['a'] = MarketplaceImportJob\nMODELS['b'] = LetzshopHistoricalImportJob\n"
        "MODELS.update(c=TestRun)\nMODELS.setdefault('d', ArchitectureScan)\n",
        "service": "from app.registry import MODELS\n",
    },
    "a registry object of another module": {
        "app/registry.py": "from app.models import *\nclass Registry:\n    def register(self, model): ...\n"
        "registry = Registry()\n" + "".join(f"registry.register({name})\n" for name in ALL.split(", ")),
        "service": "from app.registry import registry\ndef all_of_them():\n    return registry.models\n",
    },
    "attributes of a module, whatever it has them from": {
        "app/registry.py": "from app.models import MarketplaceImportJob, ArchitectureScan\n"
        "def TestRun(): ...\nLetzshopHistoricalImportJob = ArchitectureScan()\n",
        "service": "from app import models, registry as r\n"
        "plan(r.TestRun, r.LetzshopHistoricalImportJob, r.MarketplaceImportJob, models.ArchitectureScan)\n",
    },
    "what a function of another module returns": {
        "app/registry.py": f"def models():\n    from app.models import {ALL}\n    return [{ALL}]\n",
        "service": "from app.registry import models\nMODELS = models()\n",
    },
}
UNREGISTERED = {
    "a dict of another module without one of them": {
        "app/registry.py": "from app.models import *\n"
        "MODELS = [MarketplaceImportJob, LetzshopHistoricalImportJob, TestRun]\n",
        "service": "import os\nfrom app.registry import MODELS  # expect: BG022\nprint(MODELS)\n",
    },
    "a dict of another module, by the module": {
        "app/registry.py": "from app.models import *\n"
        "MODELS = [MarketplaceImportJob, LetzshopHistoricalImportJob, TestRun]\n",
        "service": "import os\nfrom app import registry  # expect: BG022\nprint(registry.MODELS)\n",
    },
    "imports alone": {"service": f"from app.models import {ALL}  # expect: BG022\n"},
    "annotations alone": {
        "service": "import app.models as m  # expect: BG022\n"
        + "".join(f"def f{n}(x: m.{name}): ...\n" for n, name in enumerate(ALL.split(", ")))
    },
    "methods that are called so": {
        "app/shop.py": "class Shop:\n" + "".join(f"    def {name}(self): ...\n" for name in ALL.split(", ")),
        "service": "from app.shop import Shop  # expect: BG022\n"
        + "".join(f"Shop.{name}()\n" for name in ALL.split(", ")),
    },
    "a module that uses them and is not asked": {
        "app/other.py": f"from app.models import *\nMODELS = [{ALL}]\nLIMIT = 5\n",
        "service": "from app.other import LIMIT  # expect: BG022\nprint(LIMIT)\n",
    },
}


@pytest.mark.parametrize("files", REGISTERED.values(), ids=REGISTERED)
def test_the_models_are_registered_by(tmp_path, files):
    assert_as_marked(tmp_path, registry(files), "BG022")


@pytest.mark.parametrize("files", UNREGISTERED.values(), ids=UNREGISTERED)
def test_the_models_are_not_registered_by(tmp_path, files):
    assert_as_marked(tmp_path, registry(files), "BG022")


def registry(files):
    others = {path: text for path, text in files.items() if path != "service"}
    return {"app/models.py": MODELS, **others, "app/services/background_tasks_service.py": files["service"]}
