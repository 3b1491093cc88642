"""Units: what a task function reaches, and what it does not."""

from tests.contract.rows import TASK, Row

ROWS = (
    Row(
        "A task reaches its own body, nested functions, and the functions and methods it calls",
        TASK,
        "BG030",
        silent={
            "C25: A helper of the module and a nested function are reached": """
                def import_products(job):
                    def stamp():
                        job.started_at = now()
                    stamp()
                    _mark_running(job)

                def _mark_running(job):
                    job.status = "running"
                """,
            "C25: A method of self, and a method of an object of a known class": """
                class Repo:
                    def begin(self, job):
                        job.started_at = now()

                class ProductImport:
                    def run(self, job):
                        self._mark(job)
                        repo = Repo()
                        repo.begin(job)

                    def _mark(self, job):
                        job.status = "running"
                """,
            "C34: A helper several calls deep, in another module, under another name": {
                "app/core/runs.py": """
                    def begin(job):
                        _set(job, "running")

                    def _set(job, status):
                        job.status = status
                        _stamp(job)

                    def _stamp(job):
                        job.started_at = now()
                    """,
                "app/core/__init__.py": "from .runs import begin as start_run\n",
                TASK: """
                    from app import core

                    def import_products(job):
                        core.start_run(job)
                    """,
            },
        },
        speaking={
            "C25: A helper that is not called is not reached": """
                def import_products(job):  # expect: BG030
                    load(job)

                def _mark_running(job):
                    job.status = "running"
                    job.started_at = now()
                """,
            "C25: A helper that writes only half of it leaves the other half": """
                def import_products(job):  # expect: BG030
                    _mark(job)

                def _mark(job):
                    job.status = "running"
                """,
            "C34: A function of an installed package is not followed": """
                from company_jobs import start

                def import_products(job):  # expect: BG030
                    start(job)
                """,
        },
    ),
    Row(
        "A task reaches the project's decorators on it, and the context managers that it enters",
        TASK,
        "BG030",
        silent={
            "C31: A decorator of another module": {
                "app/core/jobs.py": """
                    def track_job(name):
                        def decorate(function):
                            @functools.wraps(function)
                            def wrapper(job):
                                job.status = "running"
                                job.started_at = now()
                                return function(job)
                            return wrapper
                        return decorate
                    """,
                TASK: """
                    from app.core.jobs import track_job

                    @track_job("products")
                    def import_products(job):
                        load(job)
                    """,
            },
            "C31: A context manager that is a generator": """
                @contextmanager
                def job_run(job):
                    job.status = "running"
                    job.started_at = now()
                    yield job

                def import_products(job):
                    with job_run(job):
                        load(job)
                """,
            "C31: A context manager that is a class": """
                class JobRun:
                    def __init__(self, job):
                        self.job = job

                    async def __aenter__(self):
                        self.job.status = "running"
                        self.job.started_at = now()

                    async def __aexit__(self, *error):
                        pass

                async def import_products(job):
                    async with JobRun(job):
                        await load(job)
                """,
        },
        speaking={
            "D38: A decorator of an installed package is not followed": """
                from company_jobs import track_job

                @track_job
                def import_products(job):  # expect: BG030
                    load(job)
                """,
            "C31: A context manager that is made and not entered does nothing": """
                def import_products(job):  # expect: BG030
                    load(job, _Run)

                class _Run:
                    def __enter__(self):
                        self.job.status = "running"
                        self.job.started_at = now()
                """,
        },
    ),
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

                def _begin(job, status="running"):
                    job.status = status
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
