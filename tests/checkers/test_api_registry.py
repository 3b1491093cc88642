"""BG-022: which classes a registry uses, and where a missing one is reported."""

import ast
from collections.abc import Mapping

import pytest

from flake8_bgtasks.source import SourceFile
from tests.linting import assert_as_marked, lint, messages

PATH = "app/services/background_tasks_service.py"
RULES = """
background_task_rules:
  - id: BG-022
    name: registered
    severity: warning
    patterns:
      - file: "app/services/background_tasks_service.py"
        must_reference: [TestRun]
"""

USED = {
    "a dict": """
        from models import TestRun
        TASK_MODELS = {"test_run": TestRun}
        """,
    "a list": """
        from models import TestRun
        TASK_MODELS = [TestRun]
        """,
    "a nested dict": """
        from models import TestRun
        TASK_MODELS = {"test_run": {"model": TestRun, "label": "Tests"}}
        """,
    "a dict of tuples": """
        from models import TestRun
        TASK_MODELS = {"test_run": (TestRun, "Tests")}
        """,
    "dict()": """
        from models import TestRun
        TASK_MODELS = dict(test_run=TestRun)
        """,
    "a module's attribute": """
        import models
        from app import db as database
        TASK_MODELS = {"test_run": models.test_run.TestRun, "again": database.TestRun}
        """,
    "an import alias": """
        from models import TestRun as Run
        TASK_MODELS = {"test_run": Run}
        """,
    "a class attribute": """
        from models import TestRun
        class BackgroundTasksService:
            TASK_MODELS = {"test_run": TestRun}
        """,
    "a query": """
        from models import TestRun
        class BackgroundTasksService:
            def running(self, db):
                return db.query(TestRun).filter(TestRun.status == "running").all()
        """,
    "a call's argument": """
        from models import TestRun
        registry.register("test_run", TestRun)
        """,
    "a later entry": """
        from models import TestRun
        TASK_MODELS = {}
        TASK_MODELS["test_run"] = TestRun
        """,
    "a base": """
        from models import TestRun
        class Monitored(TestRun):
            pass
        """,
    "a decorator's argument": """
        from models import TestRun
        @monitors(TestRun)
        def test_runs(db):
            return []
        """,
    "an import inside": """
        def models():
            from models import TestRun
            return [TestRun]
        """,
    "a string": """
        TASK_MODELS = {"test_run": "TestRun"}
        """,
    "a dotted string": """
        TASK_MODELS = {"test_run": ("models.database.test_run.TestRun", "Tests")}
        """,
    "discovery with pkgutil": """
        import pkgutil
        import models
        for module in pkgutil.iter_modules(models.__path__):
            load(module)
        """,
    "discovery with importlib": """
        from importlib import import_module
        def load(names):
            return [import_module(f"models.{name}") for name in names]
        """,
}
NOT_USED = {
    "nothing": """
        TASK_MODELS = {}  # expect: BG022
        """,
    "another class that begins the same": """
        from models import TestRunResult
        TASK_MODELS = {"test_run": TestRunResult, "other": "TestRunResult"}
        """,
    "an import alone": """
        from models import TestRun
        TASK_MODELS = []
        """,
    "__all__": """
        from models import TestRun
        __all__ = ["TestRun"]
        __all__ += ["TestRun"]
        __all__: list[str] = ["TestRun"]
        """,
    "annotations": """
        from models import TestRun
        TASK_MODELS: dict[str, type[TestRun]] = {}
        def find(run: TestRun, *runs: "TestRun") -> TestRun | None:
            found: TestRun = load()
            return found
        """,
    "an import for annotations": """
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from models import TestRun
        """,
    "a comment and a docstring": """
        '''Registers TestRun.'''
        TASK_MODELS = {}  # TestRun
        """,
    "a longer text": """
        TASK_MODELS = {"test_run": "a TestRun", "other": "MyTestRun"}
        """,
    "another class under that name": """
        from models import Other as TestRun
        TASK_MODELS = {"test_run": TestRun}
        """,
    "an attribute that is stored": """
        class Service:
            def __init__(self):
                self.TestRun = None
        """,
    "a member of an enum of the project": """
        from enum import Enum
        class Kind(Enum):
            TestRun = 1
        TASK_KINDS = {"test_run": Kind.TestRun}
        """,
    "a name that is only bound": """
        TestRun = None
        """,
    "a class that is only defined": """
        class TestRun(Base):
            pass
        """,
}


@pytest.mark.parametrize("code", USED.values(), ids=USED)
def test_the_class_is_used(code: str) -> None:
    assert not lint(code, PATH, RULES)


@pytest.mark.parametrize("code", NOT_USED.values(), ids=NOT_USED)
def test_the_class_is_not_used(code: str) -> None:
    assert messages(code, PATH, "BG022", RULES) == ["TestRun is not registered"]


PLACES = {
    "the display that holds most": """
        from models import LetzshopHistoricalImportJob, MarketplaceImportJob, TestRun
        DEFAULTS = {"test_run": TestRun}
        TASK_MODELS = {  # expect: BG022
            "product_import": MarketplaceImportJob,
            "order_import": LetzshopHistoricalImportJob,
            "test_run": TestRun,
        }
        """,
    "the first on a tie": """
        from models import MarketplaceImportJob, TestRun
        FIRST = [TestRun]  # expect: BG022
        SECOND = [MarketplaceImportJob]
        """,
    "line 1 where there is none": """
        '''The service.'''  # expect: BG022
        def running(db):
            return db.query(TestRun).all()
        """,
    "a display in a class": """
        from models import MarketplaceImportJob, TestRun
        class BackgroundTasksService:
            TASK_MODELS = (  # expect: BG022
                MarketplaceImportJob,
                TestRun,
            )
        """,
    "dict()": """
        from models import TestRun
        TASK_MODELS = dict(  # expect: BG022
            test_run=TestRun,
        )
        """,
    "all are there": """
        from models import ArchitectureScan, LetzshopHistoricalImportJob, MarketplaceImportJob, TestRun
        TASK_MODELS = [ArchitectureScan, LetzshopHistoricalImportJob, MarketplaceImportJob, TestRun]
        """,
}


@pytest.mark.parametrize("code", PLACES.values(), ids=PLACES)
def test_where_a_missing_class_is_reported(code: str) -> None:
    text = code.lstrip("\n")
    assert_as_marked(text, PATH, codes="BG022")


def test_one_finding_per_missing_class() -> None:
    code = "from models import TestRun\nTASK_MODELS = [TestRun]\n"
    assert messages(code, PATH, "BG022") == [
        "ArchitectureScan is not registered",
        "LetzshopHistoricalImportJob is not registered",
        "MarketplaceImportJob is not registered",
    ]


def test_the_column_is_that_of_the_display() -> None:
    code = "from models import TestRun\nclass Service:\n    TASK_MODELS = [TestRun]\n"
    assert {(one.line, one.column) for one in lint(code, PATH) if one.code == "BG022"} == {(3, 18)}


def test_an_empty_file_lacks_all() -> None:
    assert [(one.line, one.column) for one in lint("", PATH)] == [(1, 0)] * 4


class Modules:
    """A project of a few modules, given by their texts; an implementation of `Facts`."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._modules = {
            name: SourceFile(name.replace(".", "/") + ".py", text.splitlines(True), ast.parse(text), facts=self)
            for name, text in texts.items()
        }

    def module(self, dotted: str, source: SourceFile) -> SourceFile | None:
        return self._modules.get(dotted)

    def owns(self, dotted: str, source: SourceFile) -> bool:
        return dotted.startswith("app")


REGISTRY = """
from models import LetzshopHistoricalImportJob, MarketplaceImportJob, TestRun as Run
TASK_MODELS = {"run": Run, "jobs": [LetzshopHistoricalImportJob, "models.MarketplaceImportJob"]}
OTHER = [ArchitectureScan]
EMPTY = []
ELSEWHERE = []
ELSEWHERE.append(ArchitectureScan)
class Registry:
    MODELS = dict(run=Run, letzshop=LetzshopHistoricalImportJob, marketplace=MarketplaceImportJob)
"""
FOLLOWED = {
    "a name that may have to stand in": """
        try:
            from app.registry import TASK_MODELS  # expect: BG022
        except ImportError:
            TASK_MODELS = {}
        print(TASK_MODELS)
        """,
    "a name that is imported": """
        import os
        from app.registry import TASK_MODELS  # expect: BG022
        def running():
            return list(TASK_MODELS)
        """,
    "a name that is only passed on": """
        # The service.
        from app.registry import TASK_MODELS  # expect: BG022
        """,
    "a name that is imported under another": """
        # The service.
        from app.registry import (  # expect: BG022
            TASK_MODELS as models,
        )
        """,
    "a module's attribute": """
        # The service.
        from app import registry  # expect: BG022
        def running():
            return list(registry.TASK_MODELS)
        """,
    "a class's attribute": """
        # The service.
        from app.registry import Registry  # expect: BG022
        def running():
            return list(Registry.MODELS)
        """,
    "a registry of its own that holds less": """
        from app.registry import TASK_MODELS  # expect: BG022
        MINE = [TestRun]
        """,
    "two registries that hold all": """
        from app.registry import OTHER, TASK_MODELS
        ALL = [*OTHER, *TASK_MODELS.values()]
        """,
    "another registry": """
        from app.registry import EMPTY
        MINE = [  # expect: BG022
            TestRun, LetzshopHistoricalImportJob, MarketplaceImportJob
        ]
        """,
}


@pytest.mark.parametrize("code", FOLLOWED.values(), ids=FOLLOWED)
def test_a_registry_of_another_module_is_followed(code: str) -> None:
    facts = Modules({"app.registry": REGISTRY, "app": ""})
    assert_as_marked(code.lstrip("\n"), PATH, codes="BG022", facts=facts)
