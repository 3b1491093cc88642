"""However large or hostile a task file is, judging it takes a bounded number of steps, and it is judged.

Steps are counted as Python calls, so that the tests do not depend on the machine.
"""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from flake8_bgtasks.semantics.reach import Budget
from tests.linting import lint

PATH = "app/tasks/import_tasks.py"
CODES = {"BG030", "BG031", "BG032", "BG033"}


def steps(text: str) -> int:
    """Return how many Python calls it takes to judge a file of this text, which must be found wanting."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    lint("x = 1", PATH)  # the rules are compiled once
    sys.setprofile(counted)
    try:
        found = {one.code for one in lint(text, PATH)}
    finally:
        sys.setprofile(None)
    assert found >= CODES - {"BG030"}
    return count


def statements(number: int) -> str:
    """One function of so many statements."""
    return "def run_import(job):\n" + "".join(f"    job.field_{n} = load(job, {n})\n" for n in range(number))


def reassigned(number: int) -> str:
    """One function that assigns the same variable so many times, each time from itself."""
    return "def run_import(job):\n    status = job.kind\n" + "    status = status or job.status\n" * number


def stored(number: int) -> str:
    """One function that fills the same local dict so many times."""
    lines = "".join(f"    payload['status'] = job.kind_{n}\n" for n in range(number))
    return f"def run_import(job):\n    payload = {{}}\n{lines}    client.post(URL, json=payload)\n"


def helpers(number: int) -> str:
    """So many helpers that call the next one, with an argument."""
    lines = "".join(f"def _step_{n}(job, value):\n    _step_{n + 1}(job, value)\n" for n in range(number))
    return f"def run_import(job):\n    _step_0(job, 'running')\n{lines}"


def branches(number: int) -> str:
    """So many levels of helpers, each of which calls the next one twice, with other arguments."""
    lines = "".join(
        f"def _step_{n}(job, value):\n    _step_{n + 1}(job, value)\n    _step_{n + 1}(job, other)\n"
        for n in range(number)
    )
    return f"def run_import(job):\n    _step_0(job, 'x')\n{lines}"


def tasks(number: int) -> str:
    """So many tasks that all use the same helper."""
    lines = "".join(f"def task_{n}(job):\n    _set(job, 'queued')\n" for n in range(number))
    return f"def _set(job, value):\n    job.state = value\n{lines}"


def nested(number: int) -> str:
    """So many blocks in each other, as deep as Python's parser goes."""
    lines = "".join(f"{'  ' * (n + 1)}if job:\n" for n in range(number))
    return f"def run_import(job):\n{lines}{'  ' * (number + 2)}load(job)\n"


def chained(number: int) -> str:
    """A chain of so many calls."""
    return "def run_import(job):\n    load(job" + ".where(a)" * number + ")\n"


def classes(number: int) -> str:
    """So many classes that derive from each other."""
    lines = "".join(f"class C{n + 1}(C{n}):\n    pass\n" for n in range(number))
    return f"class C0:\n    def work(self):\n        load(self)\n{lines}def run_import():\n    C{number}().work()\n"


LINEAR: dict[str, tuple[Callable[[int], str], int]] = {
    "statements": (statements, 300),
    "a variable assigned from itself": (reassigned, 200),
    "a dict that is filled": (stored, 300),
    "helpers in a row": (helpers, 200),
    "helpers that branch": (branches, 20),
    "tasks with a common helper": (tasks, 100),
    "blocks in each other": (nested, 40),
    "a chain of calls": (chained, 80),
}


@pytest.mark.parametrize(("write", "number"), LINEAR.values(), ids=LINEAR)
def test_steps_grow_with_the_file(write: Callable[[int], str], number: int) -> None:
    """Twice as much code costs about twice as many steps, not four times or a million times."""
    once, twice = steps(write(number)), steps(write(2 * number))
    assert twice < 3 * once, (once, twice)


def test_classes_in_a_row() -> None:
    """The method resolution orders of so many classes are themselves as long as the square of their number."""
    assert steps(classes(200)) < 5 * steps(classes(100))


def test_five_thousand_statements() -> None:
    """A function of 5,000 statements is judged, in steps that each statement has a fair share of."""
    assert steps(statements(5_000)) < 5_000 * 1_000


def mesh(number: int, reached: int) -> str:
    """So many functions, each of which calls so many of the others."""
    lines = "".join(
        f"def _step_{n}(job, value):\n"
        + "".join(f"    _step_{(n + offset) % number}(job, value)\n" for offset in range(reached))
        for n in range(number)
    )
    return f"def run_import(job):\n    _step_0(job, 'x')\n{lines}"


def test_functions_that_all_call_each_other() -> None:
    """Twice as many functions are four times as many calls, and cost no more than that."""
    assert steps(mesh(40, 40)) < 5 * steps(mesh(20, 20))


def test_two_hundred_functions_that_call_each_other() -> None:
    """Nor are two thousand calls among two hundred functions multiplied with each other."""
    assert steps(mesh(200, 10)) < 2_000 * 1_000


HOSTILE = {
    "a function that calls itself": """
        def run_import(job):
            run_import(run_import)
        """,
    "functions that call each other": """
        def run_import(job):
            _other(job)
        def _other(job):
            run_import(_other)
        """,
    "a function that is passed to itself": """
        def run_import(job):
            _twice(_twice)
        def _twice(work):
            work(work)
        """,
    "a decorator that decorates itself": """
        @tracked
        def tracked(function):
            return tracked(function)
        @tracked
        def run_import(job):
            load(job)
        """,
    "a context manager that enters itself": """
        class Run:
            def __enter__(self):
                with self:
                    with Run():
                        return self
            def __exit__(self, *details):
                pass
        def run_import(job):
            with Run():
                load(job)
        """,
    "a class that is its own base": """
        class Run(Run):
            def work(self):
                super().work()
        def run_import(job):
            Run().work()
        """,
    "classes that are each other's bases": """
        class A(B):
            def work(self):
                super().work()
        class B(A):
            def work(self):
                super().work()
        def run_import(job):
            A().work()
        """,
    "names that are each other": """
        a = b
        b = a
        def run_import(job):
            a(job).status = b
        """,
    "a variable that is its own attribute": """
        def run_import(job):
            job = job.next
            job = job.next.next
            job.status = job.status.status
            job.start()
        """,
    "a default that is the parameter": """
        def run_import(job, work=run_import):
            work(job)
        """,
    "a lambda that calls itself": """
        again = lambda work: again(again)
        def run_import(job):
            again(again)
        """,
    "a table of itself": """
        TABLE = {"a": TABLE, "b": lambda: TABLE["a"]()}
        def run_import(job):
            work = TABLE[job]
            work = work[work]
            work()(work)
        """,
    "a return of itself": """
        def run_import(job):
            job.status = _status()
        def _status():
            return _status() or _other()
        def _other():
            return _status()
        """,
    "a tuple of itself": """
        ERRORS = (*ERRORS, ERRORS)
        def run_import(job):
            try:
                load(job)
            except ERRORS:
                pass
        """,
    "a factory of itself": """
        def factory() -> "factory":
            return factory()
        make = make()
        def run_import(job):
            make()()
            factory()()
        """,
    "an annotation of itself": """
        from typing import Annotated
        Db = Annotated["Db", Depends(Db)]
        def run_import(db: Db):
            load(db)
        """,
}


@pytest.mark.parametrize("code", HOSTILE.values(), ids=HOSTILE)
def test_circles_end(code: str) -> None:
    """Code that leads back to itself is judged all the same."""
    assert "BG030" in {found.code for found in lint(code, PATH)}


def test_depth_of_parentheses() -> None:
    """As deep as Python's parser goes."""
    text = "def run_import(job):\n    load(" + "(" * 150 + "job" + ")" * 150 + ")\n"
    assert {found.code for found in lint(text, PATH)} == CODES


def test_long_sum() -> None:
    """A sum of a thousand strings, which Python's parser nests a thousand deep."""
    text = "def run_import(job):\n    job.status = " + " + ".join(["'run'"] * 1_000) + "\n"
    assert {found.code for found in lint(text, PATH)} == CODES


@pytest.mark.parametrize(("left", "codes"), [(1_000, CODES), (2, set())], ids=["enough", "too little"])
def test_a_task_that_leads_to_more_than_may_be_followed_lacks_nothing(left, codes, monkeypatch) -> None:
    """What was not looked at may do all that is asked."""
    monkeypatch.setattr("flake8_bgtasks.checkers.tasks.Budget", lambda: Budget(left))
    found = lint("def run_import(job):\n    a(job)\ndef a(job):\n    b(job)\ndef b(job):\n    work(job)\n", PATH)
    assert {one.code for one in found} == codes
