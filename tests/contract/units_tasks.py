"""Units, task functions: which functions of a task file are asked."""

from tests.contract.rows import TASK, Row

RUNNING = 'job.status = "running"; job.started_at = now()'

ROWS = (
    Row(
        "Task functions are the public functions of a task file, sync or async, that are nobody's helpers",
        TASK,
        "BG030",
        silent={
            "C25: A function that another of the module calls is its helper": f"""
                def import_products(job):
                    {RUNNING}
                    load(job)

                def load(job):
                    print(job)
                """,
            "F56: A function that is passed to a thread, a pool or a partial is a helper": f"""
                def import_products(job):
                    {RUNNING}
                    threading.Thread(target=load, args=(job,)).start()
                    pool.submit(partial(check, job))

                def load(job):
                    print(job)

                def check(job):
                    print(job)
                """,
            "C34: A function that a task of another module calls is a helper": {
                "app/tasks/import_steps.py": """
                    def load(job):
                        print(job)
                    """,
                TASK: f"""
                    from app.tasks.import_steps import load

                    def import_products(job):
                        {RUNNING}
                        load(job)
                    """,
            },
            "C25: A function with an underscore is nobody's task": "def _load(job):\n    print(job)\n",
            "C25: A test file has no tasks": {"app/tasks/test_imports.py": "def load(job):\n    print(job)\n"},
        },
        speaking={
            "F55: A function that is handed to a queue is a task all the same": """
                async def import_products(job_id):  # expect: BG030
                    await load(job_id)

                def import_stock(job_id):  # expect: BG030
                    load(job_id)

                def import_orders(job_id):  # expect: BG030
                    load(job_id)

                def start(background_tasks, job_id):
                    background_tasks.add_task(import_products, job_id)
                    import_stock.delay(job_id)
                    import_orders.send(job_id)
                """,
            "I69: A function in a registry is a task all the same": """
                def import_products(job_id):  # expect: BG030
                    load(job_id)

                TASK_REGISTRY = {"import_products": import_products}
                """,
            "I71: A function in a list of a worker's settings is a task all the same": """
                async def import_products(ctx, job_id):  # expect: BG030
                    await load(job_id)

                class WorkerSettings:
                    functions = [import_products]
                """,
        },
    ),
    Row(
        "Task functions are also the functions decorated as tasks, underscore or not",
        TASK,
        "BG030",
        silent={
            "I70: A decorator of another kind makes no task of a private function": """
                @cached
                def _load(job_id):
                    print(job_id)
                """,
            "I70: A decorated function that sets its status is silent": f"""
                @broker.task
                async def _import_products(job):
                    {RUNNING}
                    await load(job)
                """,
            "I70: A task of the project's own is no task library's": """
                from app.core.decorators import task

                @task
                def _import_products(job_id):
                    load(job_id)
                """,
        },
        speaking={
            "I70: A decorated function is a task, even one that another calls": """
                from celery import shared_task
                import dramatiq

                @dramatiq.actor
                def _import_products(job_id):  # expect: BG030
                    load(job_id)

                @app.task(name="import_stock")
                def _import_stock(job_id):  # expect: BG030
                    load(job_id)

                @shared_task
                def load(job_id):  # expect: BG030
                    print(job_id)
                """,
            "I70: task, actor and job of a task library": """
                from dramatiq import actor
                from rq.decorators import job as queued

                @actor(queue_name="imports")
                def _import_products(job_id):  # expect: BG030
                    load(job_id)

                @queued("imports")
                def _import_stock(job_id):  # expect: BG030
                    load(job_id)
                """,
        },
    ),
    Row(
        "Task functions are also the entry methods of classes: run, execute, perform, __call__",
        TASK,
        "BG030",
        silent={
            "D38: A template method that a base of the project calls is none": f"""
                class Work:
                    def execute(self, job):
                        {RUNNING}
                        self.run(job)

                class ProductImport(Work):
                    def run(self, job):
                        load(job)
                """,
            "F54: A method that another method calls is none": f"""
                class ProductImport:
                    def __call__(self, job):
                        {RUNNING}
                        self.run(job)

                    def run(self, job):
                        load(job)
                """,
            "F54: A method that the class inherits is none of its own": """
                from app.core.work import Work

                class ProductImport(Work):
                    name = "products"
                """,
            "F54: A method of another name is none": "class Import:\n    def load(self, job):\n        print(job)\n",
        },
        speaking={
            "F54: Each public entry method is a task": """
                class ProductImport:
                    def __init__(self, job):
                        self.job = job

                    def run(self):  # expect: BG030
                        load(self.job)

                class StockImport:
                    async def execute(self, job):  # expect: BG030
                        await load(job)

                class OrderImport:
                    def perform(self, job):  # expect: BG030
                        load(job)

                class ImageImport:
                    def __call__(self, job):  # expect: BG030
                        load(job)
                """,
        },
    ),
    Row(
        "Not units: context managers, decorators, fixtures, functions that only hand over, empty bodies",
        TASK,
        "BG030",
        silent={
            "C31: A context manager and a decorator are none": """
                @contextmanager
                def job_run(job_id):
                    yield open_job(job_id)

                def track_job(function):
                    @wraps(function)
                    def wrapper(*args):
                        return function(*args)
                    return wrapper
                """,
            "F57: A function that only hands others over, to one queue or the other, is none": """
                def start_import(background_tasks, job_id):
                    if settings.lite:
                        background_tasks.add_task(_import_products, job_id)
                    else:
                        celery.send_task("import_products", args=[job_id])
                """,
            "F55: A function that awaits the queue is none": """
                async def start_import(redis, job_id):
                    return await redis.enqueue_job("import_products", job_id)
                """,
            "A17: An empty body and a fixture are none": """
                def import_products(job_id):
                    '''To be written.'''
                    raise NotImplementedError

                @pytest.fixture
                def job():
                    return make_job()
                """,
        },
        speaking={
            "F57: A function that hands over and works besides is a task": """
                def import_products(background_tasks, job_id):  # expect: BG030
                    load(job_id)
                    background_tasks.add_task(notify, job_id)
                """,
        },
    ),
)
