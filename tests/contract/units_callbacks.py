"""Units, what a task function reaches: hooks, callbacks, and where it ends."""

from tests.contract.rows import TASK, Row

ROWS = (
    Row(
        "A task reaches the hooks of the project's base class that its decorator names",
        TASK,
        "BG030",
        silent={
            "D38: before_start is reached": """
                class ProjectTask(Task):
                    def before_start(self, task_id, args, kwargs):
                        job = find(task_id)
                        job.status = "running"
                        job.started_at = now()

                @app.task(base=ProjectTask)
                def import_products(job):
                    load(job)
                """,
            "D38: on_success and on_failure are reached": """
                class ProjectTask(Task):
                    def on_success(self, retval, task_id, args, kwargs):
                        find(task_id).status = "running"

                    def on_failure(self, exc, task_id, args, kwargs, einfo):
                        find(task_id).started_at = now()

                @app.task(base=ProjectTask)
                def import_products(job):
                    load(job)
                """,
            "D38: before_start of a base in another module is reached": {
                "app/core/celery.py": """
                    class ProjectTask(Task):
                        def before_start(self, task_id, args, kwargs):
                            save(Job(id=task_id, status="running", started_at=now()))
                    """,
                TASK: """
                    from celery import shared_task
                    from app.core.celery import ProjectTask

                    @shared_task(bind=True, base=ProjectTask)
                    def import_products(self, job):
                        load(job)
                    """,
            },
        },
        speaking={
            "D38: A method of the base that is no hook is not reached": """
                class ProjectTask(Task):
                    def report(self, job):
                        job.status = "running"
                        job.started_at = now()

                @app.task(base=ProjectTask)
                def import_products(job):  # expect: BG030
                    load(job)
                """,
        },
    ),
    Row(
        "A task reaches what it passes on as a callback; an argument that is left out binds the default",
        TASK,
        "BG030",
        silent={
            "F56: What is passed to a thread pool or a thread is reached": """
                from fastapi.concurrency import run_in_threadpool

                async def import_products(job):
                    await run_in_threadpool(_begin, job)
                    await asyncio.to_thread(_stamp, job)

                def _begin(job):
                    job.status = "running"

                def _stamp(job):
                    job.started_at = now()
                """,
            "D38: What is passed to a wrapper of the project is reached": """
                def import_products(job):
                    _run_safely(_work, job)

                def _run_safely(function, job):
                    job.status = "running"
                    function(job)

                def _work(job):
                    job.started_at = now()
                """,
            "C25: An argument that is left out binds the default": """
                def import_products(job):
                    _begin(job)

                def _begin(job, word="running"):
                    job.status = word
                    job.started_at = now()
                """,
        },
        speaking={
            "F54: What is handed to a queue runs elsewhere": """
                def import_products(job, queue):  # expect: BG030
                    load(job)
                    queue.enqueue(_begin, job)

                def _begin(job):
                    job.status = "running"
                    job.started_at = now()
                """,
            "C25: An argument that is given replaces the default": """
                def import_products(job):  # expect: BG030
                    _begin(job, "queued")

                def _begin(job, status="running"):
                    job.status = status
                    job.started_at = now()

                def import_stock(job):  # expect: BG030
                    _start(job, word="queued")

                def _start(job, word="running"):
                    job.status = word
                    job.started_at = now()
                """,
        },
    ),
    Row(
        "Recursion is cut, the depth is bounded; module-level code is outside; one of several works is enough",
        TASK,
        "BG030",
        silent={
            "C34: What stands ten calls deep is seen": (
                "def import_products(job):\n    _step_1(job)\n"
                + "".join(f"def _step_{n}(job):\n    _step_{n + 1}(job)\n" for n in range(1, 10))
                + 'def _step_10(job):\n    job.status = "running"\n    job.started_at = now()\n'
            ),
            "C34: Functions that call each other end": """
                def import_products(job, tries=3):
                    job.status = "running"
                    job.started_at = now()
                    _again(job, tries)

                def _again(job, tries):
                    import_products(job, tries - 1)
                """,
            "F57: One of the works of a dispatcher is enough": """
                def run_job(job, kind):
                    if kind == "import":
                        _import(job)
                    else:
                        _export(job)

                def _import(job):
                    job.status = "running"
                    job.started_at = now()

                def _export(job):
                    load(job)
                """,
        },
        speaking={
            "C34: What stands eleven calls deep is not seen": (
                "def import_products(job):  # expect: BG030\n    _step_1(job)\n"
                + "".join(f"def _step_{n}(job):\n    _step_{n + 1}(job)\n" for n in range(1, 11))
                + 'def _step_11(job):\n    job.status = "running"\n    job.started_at = now()\n'
            ),
            "B19: What the module does when it is imported is outside": """
                job = find_job()
                job.status = "running"
                job.started_at = now()

                def import_products():  # expect: BG030
                    load(job)
                """,
        },
    ),
)
