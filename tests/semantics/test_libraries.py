"""The tables of well-known names say what the installed libraries know."""

import asyncio
import importlib
import multiprocessing.pool
import threading
from concurrent.futures import Executor
from types import ModuleType

import pytest

from flake8_bgtasks.semantics import libraries

SQLALCHEMY = (
    "sqlalchemy", "sqlalchemy.orm", "sqlalchemy.ext.associationproxy", "sqlalchemy.ext.automap",
    "sqlalchemy.ext.hybrid",
)  # fmt: skip
KNOWN = {
    "columns": (libraries.COLUMN_CALLS | libraries.COLUMN_WRAPPERS | libraries.MAPPED, SQLALCHEMY),
    "what is no column": (libraries.NO_COLUMN_CALLS, SQLALCHEMY),
    "declarative bases": (libraries.DECLARATIVE_BASES - {"SQLModel"}, SQLALCHEMY),
    "sessions and what makes them": (
        {name for name in libraries.SESSIONS | libraries.SESSION_FACTORIES if not name.lower().startswith("async")},
        SQLALCHEMY,
    ),
    "schemas": (libraries.SCHEMA_BASES - {"BaseSettings", "GenericModel"}, ("pydantic",)),
    "dependencies": (libraries.DEPENDS, ("fastapi",)),
    "what starts a coroutine": (libraries.STARTED_BY_LOOP, ("asyncio",)),
}


@pytest.mark.parametrize(("names", "modules"), KNOWN.values(), ids=KNOWN)
def test_the_installed_libraries_have(names: set[str], modules: tuple[str, ...]) -> None:
    found: list[ModuleType] = [importlib.import_module(module) for module in modules]
    assert [name for name in sorted(names) if not any(hasattr(module, name) for module in found)] == []


def test_runners_of_the_standard_library_are_known() -> None:
    pool = {
        name
        for name in ("map", "starmap", "map_async", "starmap_async", "imap")
        if hasattr(multiprocessing.pool.Pool, name)
    }
    threads = {"Thread", "Timer"} & set(dir(threading))
    loop = {"run_in_executor"} & set(dir(asyncio.AbstractEventLoop)) | {"to_thread", "run_coroutine_threadsafe"} & set(
        dir(asyncio)
    )
    assert len(pool | threads | loop | ({"submit"} & set(dir(Executor)))) == 11
    assert pool | threads | loop | {"submit"} <= libraries.RUNNERS
