"""How a task meets its failures: the `try` and the handler that can catch them."""

import sys

import pytest

from tests.linting import assert_as_marked, messages

PATH = "app/tasks/import_tasks.py"
RULES = """
background_task_rules:
  - id: BG-032
    name: Tasks must handle exceptions
    severity: error
    patterns:
      - file: "app/tasks/*.py"
        must_contain: ["try:", "except"]
"""

HANDLED = {
    "Exception": """
        def run_import(job):
            try:
                load(job)
            except Exception as error:
                fail(job, error)
        """,
    "Exception, logged and raised again": """
        def run_import(job):
            try:
                load(job)
            except Exception:
                logger.exception("failed")
                raise
        """,
    "Exception, raised as another": """
        def run_import(job):
            try:
                load(job)
            except Exception as error:
                raise ImportFailed(mark_failed(job)) from error
        """,
    "BaseException": """
        async def run_import(job):
            try:
                await load(job)
            except BaseException:
                fail(job)
                raise
        """,
    "a bare except": """
        def run_import(job):
            try:
                load(job)
            except:
                fail(job)
        """,
    "by its module": """
        import builtins
        def run_import(job):
            try:
                load(job)
            except builtins.Exception:
                fail(job)
        """,
    "by another name": """
        Anything = Exception
        def run_import(job):
            try:
                load(job)
            except Anything:
                fail(job)
        """,
    "a tuple": """
        def run_import(job):
            try:
                load(job)
            except (KeyError, Exception):
                fail(job)
        """,
    "a tuple with a name": """
        ERRORS = (KeyError, Exception)
        def run_import(job):
            try:
                load(job)
            except ERRORS as error:
                fail(job, error)
        """,
    "a tuple in a class": """
        class Importer:
            errors = (KeyError, Exception)
            def run(self):
                try:
                    load(self)
                except self.errors:
                    fail(self)
        """,
    "a tuple made of tuples": """
        EXPECTED = (KeyError, ValueError)
        ERRORS = (*EXPECTED, Exception)
        def run_import(job):
            try:
                load(job)
            except ERRORS:
                fail(job)
        """,
    "the sum of two tuples": """
        EXPECTED = (KeyError, ValueError)
        ERRORS = EXPECTED + (Exception,)
        def run_import(job):
            try:
                load(job)
            except ERRORS:
                fail(job)
        """,
    "several handlers": """
        from celery.exceptions import SoftTimeLimitExceeded
        def run_import(job):
            try:
                load(job)
            except SoftTimeLimitExceeded:
                stop(job)
            except Exception:
                fail(job)
        """,
    "an exception of the project": """
        class ImportFailed(Exception):
            pass
        def run_import(job):
            try:
                load(job)
            except ImportFailed as error:
                fail(job, error)
        """,
    "an exception of the project's other modules": """
        from app.errors import ImportFailed
        def run_import(job):
            try:
                load(job)
            except ImportFailed as error:
                fail(job, error)
        """,
    "an exception of the package around": """
        from ..errors import ImportFailed
        def run_import(job):
            try:
                load(job)
            except ImportFailed as error:
                fail(job, error)
        """,
    "a handler in a helper": """
        def run_import(job):
            _work(job)
        def _work(job):
            try:
                load(job)
            except Exception:
                fail(job)
        """,
    "a handler in a nested function": """
        def run_import(job):
            def attempt():
                try:
                    load(job)
                except Exception:
                    fail(job)
            retry(attempt)
        """,
    "a handler in a helper that runs what it is given": """
        def _safely(work, *args):
            try:
                work(*args)
            except Exception:
                fail(args)
        def _work(job):
            load(job)
        def run_import(job):
            _safely(_work, job)
        """,
    "a decorator": """
        import functools
        def safely(function):
            @functools.wraps(function)
            def wrapper(job):
                try:
                    return function(job)
                except Exception:
                    fail(job)
            return wrapper
        @safely
        def run_import(job):
            load(job)
        """,
    "a context manager that is a function": """
        from contextlib import contextmanager
        @contextmanager
        def job_run(job):
            try:
                yield job
            except Exception:
                fail(job)
                raise
        def run_import(job):
            with job_run(job):
                load(job)
        """,
    "a context manager that is a class": """
        class JobRun:
            def __enter__(self):
                return self
            def __exit__(self, kind, error, traceback):
                if error:
                    fail(error)
                return True
        def run_import(job):
            with JobRun():
                load(job)
        """,
    "an asynchronous context manager that is a class": """
        class JobRun:
            async def __aenter__(self):
                return self
            async def __aexit__(self, kind, error, traceback):
                await fail(error)
        async def run_import(job):
            async with JobRun():
                await load(job)
        """,
    "a try inside a handler": """
        def run_import(job):
            try:
                load(job)
            except Exception:
                try:
                    fail(job)
                except Exception:
                    logger.exception("failed twice")
        """,
    "a handler that does something and then raises": """
        def run_import(job):
            try:
                load(job)
            except Exception as error:
                if not job.quiet:
                    fail(job)
                raise error
        """,
    "a hook of a task's base class is a handler of its own": """
        from celery import Task, shared_task
        class ProjectTask(Task):
            def on_failure(self, exc, task_id, args, kwargs, einfo):
                try:
                    fail(task_id)
                except Exception:
                    logger.exception("failed twice")
        @shared_task(base=ProjectTask)
        def run_import(job):
            load(job)
        """,
}

GROUPS = {
    "a group of failures": """
        async def run_import(job):
            try:
                await load(job)
            except* Exception as group:
                fail(job, group)
        """,
    "a group of the project's failures": """
        class ImportFailed(Exception):
            pass
        async def run_import(job):
            try:
                await load(job)
            except* (KeyError, ImportFailed):
                fail(job)
        """,
    "a group of something else": """
        async def run_import(job):  # expect: BG032
            try:
                await load(job)
            except* KeyError:
                fail(job)
        """,
}

NOT_HANDLED = {
    "a context manager that does nothing when it is left": """
        class Held:
            def __enter__(self):
                return lock(self)
            def __exit__(self, *error):
                pass
        def run_import(job):  # expect: BG032
            with Held():
                load(job)
        """,
    "no try": """
        def run_import(job):  # expect: BG032
            load(job)
        """,
    "only finally": """
        def run_import(job):  # expect: BG032
            try:
                load(job)
            finally:
                job.close()
        """,
    "an error of the standard library": """
        import json
        def run_import(job):  # expect: BG032
            try:
                load(job)
            except (KeyError, ValueError, json.JSONDecodeError):
                fail(job)
        """,
    "errors of libraries": """
        import httpx
        from sqlalchemy.exc import SQLAlchemyError
        def run_import(job):  # expect: BG032
            try:
                load(job)
            except httpx.HTTPError:
                fail(job)
            except SQLAlchemyError:
                fail(job)
        """,
    "a tuple of such errors with a name": """
        import requests
        ERRORS = (KeyError, requests.RequestException)
        def run_import(job):  # expect: BG032
            try:
                load(job)
            except ERRORS:
                fail(job)
        """,
    "ImportError around an import": """
        def run_import(job):  # expect: BG032
            try:
                import orjson as json
            except ImportError:
                import json
            load(json, job)
        """,
    "a handler that only raises again": """
        def run_import(job):  # expect: BG032
            try:
                load(job)
            except Exception:
                raise
        """,
    "a handler that only raises again, by name": """
        def run_import(job):  # expect: BG032
            try:
                load(job)
            except Exception as error:
                raise error
        """,
    "a handler that raises again with a cause": """
        def run_import(job):  # expect: BG032
            try:
                load(job)
            except Exception as error:
                '''Nothing to be done.'''
                raise error from None
        """,
    "suppress": """
        import contextlib
        def run_import(job):  # expect: BG032
            with contextlib.suppress(Exception):
                load(job)
        """,
    "gathered exceptions": """
        import asyncio
        async def run_import(job):  # expect: BG032
            results = await asyncio.gather(load(job), return_exceptions=True)
            for result in results:
                if isinstance(result, Exception):
                    fail(job)
        """,
    "a handler at module level": """
        try:
            prepare()
        except Exception:
            pass
        def run_import(job):  # expect: BG032
            load(job)
        """,
    "a handler in another function": """
        def _other(job):
            try:
                load(job)
            except Exception:
                fail(job)
        def run_import(job):  # expect: BG032
            load(job)
        """,
    "a context manager without anything around its yield": """
        from contextlib import contextmanager
        @contextmanager
        def job_run(job):
            yield job
            job.close()
        def run_import(job):  # expect: BG032
            with job_run(job):
                load(job)
        """,
    "a context manager that only cleans up": """
        from contextlib import contextmanager
        @contextmanager
        def job_run(job):
            try:
                yield job
            finally:
                job.close()
        def run_import(job):  # expect: BG032
            with job_run(job):
                load(job)
        """,
    "a context manager of a library": """
        import sentry_sdk
        def run_import(job):  # expect: BG032
            with sentry_sdk.start_transaction():
                load(job)
        """,
    "a try in a comment and in a string": """
        def run_import(job):  # expect: BG032
            # try: ... except Exception: ...
            load(job, "try:", "except Exception:")
        """,
    "the standard library's exception under a project's name": """
        ImportFailed = KeyError
        def run_import(job):  # expect: BG032
            try:
                load(job)
            except ImportFailed:
                fail(job)
        """,
    "the end of an iteration": """
        def run_import(job):  # expect: BG032
            try:
                row = next(job)
            except StopIteration:
                return
            load(row)
        """,
}


@pytest.mark.parametrize("code", HANDLED.values(), ids=HANDLED)
def test_handled(code: str) -> None:
    """A failure of the work can be caught."""
    assert_as_marked(code, PATH, rules=RULES)


@pytest.mark.parametrize("code", NOT_HANDLED.values(), ids=NOT_HANDLED)
def test_not_handled(code: str) -> None:
    """A failure of the work goes by."""
    assert_as_marked(code, PATH, rules=RULES)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="except* is syntax from Python 3.11 on")
@pytest.mark.parametrize("code", GROUPS.values(), ids=GROUPS)
def test_groups(code: str) -> None:
    """`except*` catches what `except` does."""
    assert_as_marked(code, PATH, rules=RULES)


def test_all_of_the_bundled_rule_is_asked() -> None:
    """A handler that stores nothing is not enough."""
    code = "def run_import(job):\n    try:\n        load(job)\n    except Exception:\n        pass\n"
    (said,) = messages(code, PATH, "BG032")
    assert said == 'run_import() never sets status = "failed" and never sets error_message'


def test_try_without_a_handler_is_a_try() -> None:
    """Only what is missing is said."""
    code = "def run_import(job):\n    try:\n        load(job)\n    finally:\n        job.close()\n"
    (said,) = messages(code, PATH, "BG032", rules=RULES)
    assert said == "run_import() never catches Exception"
