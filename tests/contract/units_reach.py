"""Units, what a task function reaches: calls, decorators, context managers."""

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
            "C25: A method of an object that a parameter is annotated with, of another module": {
                "app/core/repo.py": """
                    class JobRepo:
                        def begin(self, job_id):
                            self.update(job_id, status="running", started_at=now())
                    """,
                TASK: """
                    from app.core.repo import JobRepo

                    def import_products(job_id, repo: JobRepo):
                        repo.begin(job_id)
                        load(job_id)
                    """,
            },
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
            "C31: A decorator that is a class": """
                class Tracked:
                    def __init__(self, function):
                        self.function = function

                    def __call__(self, job):
                        job.status = "running"
                        job.started_at = now()
                        return self.function(job)

                @Tracked
                def import_products(job):
                    load(job)
                """,
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
)
