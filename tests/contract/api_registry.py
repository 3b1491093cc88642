"""API: which classes a registry uses."""

from tests.contract.rows import REGISTRY, Row, rule

TWO_MODELS = rule(
    "BG-022", "patterns: [{file: app/services/background_tasks_service.py, must_reference: [TestRun, SyncRun]}]"
)

ROWS = (
    Row(
        "BG-022: the class itself is used in code; auto-discovery is silent; a missing one at the fullest container",
        REGISTRY,
        "BG022",
        rules=TWO_MODELS,
        silent={
            "I69: A nested dict, and names in strings": """
                from models import TestRun
                TASKS = {"tests": {"model": TestRun}, "syncs": ("models.sync_run.SyncRun", "Syncs")}
                """,
            "I70: A call of a registry, and a query": """
                from models import SyncRun, TestRun
                registry.register("tests", TestRun)

                def running(db):
                    return db.query(SyncRun).all()
                """,
            "I71: Discovery": """
                import pkgutil, models

                def load():
                    return [module for module in pkgutil.iter_modules(models.__path__)]
                """,
            "I71: A registry of another module": {
                "app/core/registry.py": """
                    from models.test_run import TestRun
                    from models.sync_run import SyncRun
                    TASK_MODELS = {"tests": TestRun, "syncs": SyncRun}
                    """,
                "models/test_run.py": "class TestRun: ...\n",
                "models/sync_run.py": "class SyncRun: ...\n",
                REGISTRY: """
                    from app.core.registry import TASK_MODELS

                    def models():
                        return TASK_MODELS
                    """,
            },
        },
        speaking={
            "I71: An import, __all__ and an annotation use nothing": """
                from models import SyncRun, TestRun
                __all__ = ["SyncRun"]
                OTHERS = {"scans": 1}

                class BackgroundTasksService:
                    MODELS = {  # expect: BG022
                        "tests": TestRun,
                    }

                    def show(self, run: SyncRun) -> SyncRun:
                        return run
                """,
            "I71: Of a registry of another module, at the import": {
                "app/core/registry.py": """
                    from models.test_run import TestRun
                    TASK_MODELS = {"tests": TestRun}
                    """,
                "models/test_run.py": "class TestRun: ...\n",
                REGISTRY: """
                    from app.core.registry import TASK_MODELS  # expect: BG022

                    def models():
                        return TASK_MODELS
                    """,
            },
            "I70: Where there is no container, at line 1": """
                from models import SyncRun, TestRun  # expect: BG022

                registry.register("tests", TestRun)
                """,
            "I69: Another class that is called nearly so": """
                from models import SyncRun, TestRunResult
                MODELS = {"tests": TestRunResult, "syncs": SyncRun}  # expect: BG022
                """,
        },
    ),
)
