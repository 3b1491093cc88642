"""Shapes of code met in public FastAPI projects, told again in a few lines each."""

import pytest

from tests.linting import assert_as_marked, messages

TASKS = "app/tasks/catalogue_tasks.py"

SESSIONS = {
    "a decorator that hands the task to a function of the project, which supplies the session": """
        from functools import wraps
        from sqlalchemy.orm import Session, sessionmaker
        from app.db import engine

        def _run_for_each_shop(func, *args, **kwargs):
            factory = sessionmaker(bind=engine)
            for shop in SHOPS:
                kwargs["db"] = factory()
                func(*args, **kwargs)

        def per_shop(func):
            @wraps(func)
            def wrapper(*args, **kwargs):
                _run_for_each_shop(func, *args, **kwargs)
            return wrapper

        @per_shop
        def refresh_catalogue(shop, db: Session):
            db.commit()
        """,
    "a decorator that hands the task to a function which supplies something else": """
        from functools import wraps
        from sqlalchemy.orm import Session, sessionmaker
        from app.db import engine

        def _timed(func, *args, **kwargs):
            factory = sessionmaker(bind=engine)
            kwargs["clock"] = factory()
            func(*args, **kwargs)

        def timed(func):
            @wraps(func)
            def wrapper(*args, **kwargs):
                _timed(func, *args, **kwargs)
            return wrapper

        @timed
        def refresh_catalogue(shop, db: Session):  # expect: BG033
            db.commit()
        """,
}


@pytest.mark.parametrize("code", SESSIONS.values(), ids=SESSIONS.keys())
def test_a_session_is_supplied_where_a_decorator_leads(code: str) -> None:
    assert_as_marked(code, TASKS, "BG033")


UNITS = {
    "what an arq worker calls around its tasks": """
        async def refresh_catalogue(ctx, shop_id):  # expect: BG033
            return shop_id

        async def open_connections(ctx):
            ctx["cache"] = connect()

        async def close_connections(ctx):
            await ctx["cache"].close()

        class WorkerSettings:
            functions = [refresh_catalogue]
            on_startup = open_connections
            on_shutdown = close_connections
        """,
    "what a saq worker is given to call around its tasks": """
        async def refresh_catalogue(ctx, shop_id):  # expect: BG033
            return shop_id

        async def open_connections(ctx):
            ctx["cache"] = connect()

        settings = make_worker(functions=[refresh_catalogue], startup=open_connections)
        """,
    "a listener to a signal of the worker": """
        from celery.signals import worker_process_init

        @worker_process_init.connect
        def forget_connections(**kwargs):
            engine.dispose(close=False)
        """,
    "a listener to an event of the database": """
        from sqlalchemy import event

        @event.listens_for(Engine, "connect")
        def set_timeout(connection, record):
            connection.cursor().execute("SET lock_timeout = 5")
        """,
    "what a worker calls whose settings stand elsewhere": """
        from arq.worker import Worker

        async def refresh_catalogue(ctx: Worker, shop_id):  # expect: BG033
            return shop_id

        async def startup(ctx: Worker) -> None:
            logging.info("started")

        async def shutdown(ctx: Worker) -> None:
            logging.info("stopped")
        """,
    "what makes and runs the worker": """
        from arq import Worker
        from arq.worker import create_worker

        async def refresh_catalogue(ctx: Worker, shop_id):  # expect: BG033
            return shop_id

        def make_worker(queue) -> Worker:
            return create_worker(WorkerSettings, queue_name=queue)

        async def run_worker(worker: Worker, retries: int = 0):
            while True:
                await worker.async_run()
        """,
    "a worker of the shop's own": """
        from app.staff import Worker

        def refresh_catalogue(worker: Worker):  # expect: BG033
            load(worker)
        """,
    "a task that takes no more than the context": """
        async def refresh_catalogue(ctx):  # expect: BG033
            load()
        """,
    "a function that happens to have the name of a hook": """
        def startup(shop_id):  # expect: BG033
            load(shop_id)
        """,
}


@pytest.mark.parametrize("code", UNITS.values(), ids=UNITS.keys())
def test_what_a_worker_calls_beside_its_tasks_is_no_task(code: str) -> None:
    assert_as_marked(code, TASKS, "BG033")


WRITES = {
    "a message that is only raised": """
        def refresh_catalogue(job):  # expect: BG032
            try:
                job.status = "running"
                if not job.shop:
                    error_message = "no shop"
                    raise LookupError(error_message)
            except Exception:
                job.status = "failed"
        """,
    "a message that is only logged": """
        def refresh_catalogue(job):  # expect: BG032
            try:
                load(job)
            except Exception as error:
                error_message = str(error)
                logger.error(error_message)
                job.status = "failed"
        """,
    "a message that is put together to be raised": """
        def refresh_catalogue(job):  # expect: BG032
            try:
                load(job)
            except Exception as error:
                job.status = "failed"
                error_message = "cannot load: "
                error_message += str(error)
                raise RuntimeError(error_message) from error
        """,
    "a message that is put together to be stored": """
        def refresh_catalogue(job):
            try:
                load(job)
            except Exception as error:
                job.status = "failed"
                error_message = "cannot load: "
                error_message += str(error)
                job.fail(error_message)
        """,
    "a message that is logged and stored": """
        def refresh_catalogue(job):
            try:
                load(job)
            except Exception as error:
                error_message = str(error)
                logger.error(error_message)
                job.status = "failed"
                job.fail(error_message)
        """,
    "a message that is stored and raised": """
        def refresh_catalogue(job):
            try:
                load(job)
            except Exception as error:
                job.status, job.error_message = "failed", str(error)
                raise RuntimeError(job.error_message) from error
        """,
}


@pytest.mark.parametrize("code", WRITES.values(), ids=WRITES.keys())
def test_a_message_that_is_told_is_not_stored(code: str) -> None:
    assert_as_marked(code, TASKS, "BG032")


TIMES = {
    "a time that is stored, and reckoned with": """
        def refresh_catalogue(job):
            started_at = now()
            job.started_at, job.status = started_at, "running"
            load(job)
            logger.info("took %s", now() - started_at)
        """,
    "a time that is handed on, and reckoned with": """
        def refresh_catalogue(job):
            started_at = now()
            job.begin(started_at, status="running")
            if now() - started_at > LIMIT:
                load(job)
        """,
    "a status that is compared before it is returned": """
        def refresh_catalogue(job):
            job.started_at = now()
            status = "running"
            if status != job.status:
                return status
        """,
    "a time that is only reckoned with": """
        def refresh_catalogue(job):  # expect: BG030
            job.status = "running"
            started_at = time.monotonic()
            load(job)
            logger.info("took %s", time.monotonic() - started_at)
            report_seconds(time.monotonic() - started_at)
        """,
    "a time that is only compared": """
        def refresh_catalogue(job):  # expect: BG030
            job.status = "running"
            started_at = None
            for page in load(job):
                if started_at and not started_at < page.changed_at:
                    break
                if not started_at:
                    started_at = page.changed_at
        """,
}


@pytest.mark.parametrize("code", TIMES.values(), ids=TIMES.keys())
def test_a_time_that_is_measured_is_not_stored(code: str) -> None:
    assert_as_marked(code, TASKS, "BG030")


STATUS = {
    "an object of a payment service": """
        import stripe as stripe_api

        def settle(intent: stripe_api.PaymentIntent | None):
            if intent is not None and intent.status == "processing":
                return
            match intent.status:
                case "processing":
                    return
        """,
    "what a payment service answers": """
        import stripe

        def settle(payment):
            intent = stripe.PaymentIntent.retrieve(payment.intent_id)
            return intent.status == "processing"
        """,
    "a label of a metric": """
        def settle(imports_total):
            imports_total.labels(shop="a", status="processing").inc()
        """,
    "a detail of a log entry": """
        def settle(logger, job):
            logger.info("settled", status="processing")
            logger.info("settled", extra={"status": "processing"})
        """,
    "a comparison inside a log entry": """
        def settle(logger, job):
            logger.info("settled %s", job.status == "processing")  # expect: BG010
        """,
    "an object of a class that nobody knows": """
        from catalogue_client import Refresh

        def settle(refresh: Refresh):
            refresh.status = "processing"  # expect: BG010
        """,
}


@pytest.mark.parametrize("code", STATUS.values(), ids=STATUS.keys())
def test_a_status_in_the_words_of_others_is_left_alone(code: str) -> None:
    assert_as_marked(code, "app/services/payments.py", "BG010")


ALL_MODELS = """
background_task_rules:
  - id: BG-001
    name: Background task models must have a status
    severity: error
    patterns:
      - file: "app/models.py"
        must_contain: "status = Column"
  - id: BG-010
    name: Use standard status values
    severity: warning
    anti_patterns:
      - pattern: "status.*=.*processing"
"""
MODELS = """
    from sqlalchemy import Column, ForeignKey, Integer, String, Table
    from sqlalchemy.orm import DeclarativeBase, relationship

    class Base(DeclarativeBase):
        pass
"""


def test_one_file_with_all_models_makes_none_of_them_the_task_model() -> None:
    code = f"""{MODELS}
    class Order(Base):
        __tablename__ = "orders"
        id = Column(Integer, primary_key=True)
        status = Column(String)

    class StockImport(Base):
        __tablename__ = "stock_imports"
        id = Column(Integer, primary_key=True)
        status = Column(String)

    def settle(order: Order, stock: StockImport):
        order.status = "processing"
        stock.status = "processing"  # expect: BG010
    """
    assert_as_marked(code, "app/models.py", rules=ALL_MODELS)


def test_a_table_that_joins_two_others_is_no_model() -> None:
    code = f"""{MODELS}
    helpers = Table(
        "helpers",
        Base.metadata,
        Column("stock_import_id", ForeignKey("stock_imports.id")),
        Column("user_id", ForeignKey("users.id")),
    )

    class StockImport(Base):  # expect: BG001
        __tablename__ = "stock_imports"
        id = Column(Integer, primary_key=True)
        helpers = relationship("User", secondary=helpers)
    """
    assert_as_marked(code, "app/models.py", rules=ALL_MODELS)


def test_a_file_with_many_models_names_some_of_them_and_the_closest() -> None:
    names = ["Order", "Shop", "User", "Label", "Basket", "StockImport"]
    code = MODELS + "".join(f"\n    class {name}(Base):\n        __tablename__ = '{name}'\n" for name in names)
    code += "        started_at = Column(String)\n"
    rules = ALL_MODELS.replace('"status = Column"', '["status = Column", "started_at"]')
    [message] = messages(code, "app/models.py", "BG001", rules)
    assert message == (
        "none of the mapped classes here (Order, Shop, User, Label and 2 more) meets the rule: "
        "the closest, StockImport, has no status column"
    )
