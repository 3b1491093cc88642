"""The well-known names of the libraries that our users' code stands on. Only tables and questions to them.

Every name of a library was looked up in its source, in these versions; what several of them share stands in one table.

| library | version | what for |
| --- | --- | --- |
| SQLAlchemy | 2.1.9, 1.4.54 (which has no `DeclarativeBase` and `async_sessionmaker`) | columns, bases, sessions |
| SQLModel | 0.0.50 | the same |
| Pydantic, pydantic-settings | 2.14.4, 2.16.3 (`GenericModel`: 1.10) | schemas |
| FastAPI, Starlette | 0.165.0, 1.10.0 | dependencies, background tasks, thread pools |
| AnyIO, asyncio, threading, multiprocessing | 4.16.0, Python 3.10 to 3.14 | runners |
| Celery | 5.7.0 | `task`, `shared_task`; `delay`, `apply_async`, `send_task`, `signature`, `s`, `si` |
| Dramatiq | 2.2.1 | `actor`; `send`, `send_with_options`, `enqueue` |
| arq | 0.28.0 | `enqueue_job`; the hooks of a worker |
| RQ | 3.0.0 | `job`; `enqueue`, `enqueue_at`, `enqueue_in`, `enqueue_many`, `enqueue_call`, `enqueue_job` |
| Huey | 3.5.4 | `task`, `periodic_task`, `db_task`; `schedule`, `s`, `enqueue` |
| TaskIQ | 0.13.0 | `task`; `kiq`, `kicker`, `kick`, `register_task` |
| Procrastinate | 3.10.0 | `task`, `periodic`; `defer`, `defer_async` |
| SAQ | 0.26.4 | `enqueue`; the hooks of a worker |
| APScheduler | 3.11.3, 4.0.0a6 (`add_schedule`) | `scheduled_job`, `add_job`, `add_schedule` |
| requests, HTTPX, aiohttp | 2.34.2, 0.28.1, 3.14.5 | requests to others |
"""

import sys

from flake8_bgtasks.source import SourceFile

COLUMN_CALLS = frozenset({"Column", "mapped_column"})
COLUMN_WRAPPERS = frozenset({"deferred", "column_property", "synonym", "query_expression"})
NO_COLUMN_CALLS = frozenset(
    {"relationship", "Relationship", "composite", "association_proxy", "hybrid_property", "backref", "dynamic_loader"}
)
MAPPED = frozenset({"Mapped"})
DECLARATIVE_BASES = frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta", "DeclarativeMeta", "SQLModel"})
DECLARATIVE_FACTORIES = frozenset({"declarative_base()", "automap_base()", "generate_base()", "AutomapBase"})
NO_COLUMNS_FROM = frozenset({"sqlalchemy", "sqlmodel", "pydantic", "pydantic_settings", "typing_extensions"})
"""Packages whose classes, as bases, are known and bring no columns."""

SESSION_FACTORIES = frozenset({"sessionmaker", "async_sessionmaker", "scoped_session", "async_scoped_session"})
SESSIONS = frozenset({"Session", "AsyncSession", "scoped_session", "async_scoped_session"})
OTHER_SESSIONS = frozenset(
    {"requests", "httpx", "aiohttp", "boto3", "aioboto3", "botocore", "aiobotocore", "neo4j", "cassandra", "curl_cffi",
     "requests_html", "requests_oauthlib", "requests_futures", "snowflake", "onnxruntime", "tensorflow", "ibis", "nox"}
)  # fmt: skip
"""Packages whose ``Session`` has nothing to do with a database of ours."""
DATABASE_PACKAGES = frozenset({"sqlalchemy", "sqlmodel"})

ENUM_MODULES = frozenset({"enum", "aenum", "strenum", "backports"})
SCHEMA_BASES = frozenset({"BaseModel", "BaseSettings", "RootModel", "GenericModel"})

TASK_LIBRARIES = frozenset(
    {
        "celery", "dramatiq", "arq", "rq", "huey", "taskiq", "procrastinate", "apscheduler", "saq", "streaq", "faststream",
        "django_rq", "flask_rq2", "prefect", "repid", "aiojobs", "rocketry",
    }
)  # fmt: skip
TASK_DECORATORS = frozenset({"task", "shared_task", "actor", "job", "periodic_task", "db_task"})

WORKERS = frozenset(
    {
        "Worker",
        "SimpleWorker",
        "Celery",
        "AsyncIOScheduler",
        "BackgroundScheduler",
        "BlockingScheduler",
        "TaskiqScheduler",
    }
)
"""What task libraries call that which runs the tasks."""

HANDOVERS = frozenset(
    {
        "add_task", "delay", "apply_async", "send", "send_with_options", "send_task", "enqueue", "enqueue_job", "enqueue_in",
        "enqueue_at", "enqueue_many", "enqueue_call", "kiq", "kicker", "defer", "defer_async", "add_job", "schedule",
        "schedule_job", "scheduled_job", "add_schedule", "register", "register_task", "signature", "si", "s", "kick",
    }
)  # fmt: skip
"""Calls that hand a function, or its name, to something that will start it later: a queue, a scheduler, a registry."""

RUNNERS = frozenset(
    {
        "to_thread", "run_in_threadpool", "run_in_executor", "submit", "map", "starmap", "Thread", "Timer", "Process",
        "partial", "run_sync", "start_new_thread", "iterate_in_threadpool", "map_async", "starmap_async", "imap",
        "run_coroutine_threadsafe", "start_soon", "start_thread_soon", "from_thread",
    }
)  # fmt: skip
"""Calls that run a function they are passed, on behalf of the caller: threads, pools, `functools.partial`."""

CALLING_BACK = frozenset(
    {"sorted", "filter", "min", "max", "reduce", "sort", "agg", "aggregate", "applymap", "pipe", "transform", "apply",
     "add_done_callback", "call_soon", "call_later", "call_at", "call_soon_threadsafe", "add_signal_handler", "retry_call"}
)  # fmt: skip
"""Calls that call a function they are passed, there and then or when something has happened."""

HTTP_LIBRARIES = frozenset(
    {"requests", "httpx", "aiohttp", "urllib3", "urllib", "starlette.testclient", "fastapi.testclient"}
)
HTTP_METHODS = frozenset({"get", "post", "put", "patch", "delete", "request", "options", "head", "stream", "send"})
HTTP_PAYLOADS = frozenset({"json", "data", "params", "content", "headers", "cookies", "files"})

SERVICES = frozenset(
    {"stripe", "braintree", "adyen", "mollie", "paypalrestsdk", "plaid", "twilio", "openai", "anthropic", "docker",
     "kubernetes", "github", "gitlab"}
)  # fmt: skip
"""Client libraries of services outside of the project, whose objects have statuses in words of their own."""

WORKER_HOOKS = frozenset(
    {"on_startup", "on_shutdown", "on_job_start", "on_job_end", "after_job_end", "startup", "shutdown", "before_process",
     "after_process"}
)  # fmt: skip
"""What a worker of arq or saq calls its functions for beside its tasks."""

_KEEPING_NO_ROWS = TASK_LIBRARIES | SERVICES | DATABASE_PACKAGES | {
    "requests", "httpx", "aiohttp", "urllib3", "redis", "boto3", "botocore", "aioboto3", "kombu", "fastapi", "starlette",
    "pydantic", "pydantic_settings", "structlog", "loguru", "sentry_sdk", "opentelemetry", "prometheus_client", "tenacity",
    "backoff", "jinja2", "yaml", "numpy", "pandas",
}  # fmt: skip

NO_ROUTERS = TASK_LIBRARIES | {
    "flask", "aiogram", "typer", "click", "discord", "slack_bolt", "dash", "sanic", "bottle", "quart", "kivy", "textual",
    "django", "ninja", "rest_framework", "tornado", "falcon", "pyramid", "streamlit", "gradio", "chalice", "litestar",
    "requests", "httpx", "aiohttp",
}  # fmt: skip
"""Installed packages whose ``app`` or ``router`` is none of FastAPI's."""

DEPENDS = frozenset({"Depends", "Security"})
"""FastAPI's markers of a dependency."""

LOGGERS = frozenset(
    {"logger", "log", "logging", "_logger", "_log", "loguru", "structlog", "console", "capture_message"}
)
LOG_METHODS = frozenset(
    {"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "success", "trace"}
)
METRIC_METHODS = frozenset(
    {"labels", "incr", "increment", "gauge", "histogram", "timing", "observe", "set_tag", "set_tags", "set_attribute",
     "set_attributes", "add_event", "set_context", "bind", "bind_contextvars", "capture"}
)  # fmt: skip
FILTERS = frozenset({"where", "having", "exclude"})
"""Calls that select by what they are passed, beside those whose names say that they read."""

STARTED_BY_LOOP = frozenset({"create_task", "ensure_future", "gather", "run", "wait_for", "shield", "wait"})

EVENT_WORDS = frozenset({"event", "message", "notification", "metric", "alert", "signal"})
METRICS = frozenset({"metrics", "statsd", "prometheus", "counter", "histogram", "gauge", "tracer", "span", "meter"})
LOOKUPS = frozenset(
    {"update_one", "update_many", "find_one_and_update", "find_one_and_replace", "replace_one", "delete_one", "delete_many",
     "count_documents"}
)  # fmt: skip
"""Calls on stores of documents whose first argument selects."""
SQL_CALLS = frozenset(
    {"execute", "executemany", "exec_driver_sql", "exec", "text", "raw", "scalar", "scalars", "fetch", "fetchrow", "fetchval",
     "fetch_one", "fetch_all"}
)  # fmt: skip
"""Calls whose first argument is an SQL statement."""


def package(dotted: str) -> str:
    """Return the topmost package of a dotted name; nothing for a relative one."""
    return dotted.partition(".")[0]


def is_standard(dotted: str) -> bool:
    """Tell whether a dotted name lies in the standard library (of the Python that runs us) or is a builtin."""
    return package(dotted) in sys.stdlib_module_names or dotted.startswith("builtins.")


def brings_no_columns(dotted: str) -> bool:
    """Tell whether a base class of this name is known to have no columns of its own."""
    return is_standard(dotted) or package(dotted) in NO_COLUMNS_FROM


def keeps_no_rows(dotted: str) -> bool:
    """Tell whether what has this name, called by it, is known to put nothing into the project's own rows."""
    return is_standard(dotted) or package(dotted) in _KEEPING_NO_ROWS


def is_web_framework(dotted: str) -> bool:
    """Tell whether a dotted name belongs to FastAPI or Starlette, or to a package that says it builds on them."""
    name = package(dotted)
    return name in {"fastapi", "starlette"} or name.startswith(("fastapi_", "starlette_"))


def may_be_project(dotted: str, source: SourceFile) -> bool:
    """Tell whether a dotted name that could not be found may all the same be the project's own."""
    return "." not in dotted or source.facts.owns(dotted, source)
