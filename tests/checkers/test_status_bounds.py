"""BG-010 looks at every linted file: it must cost next to nothing where there is no status, and end on any code."""

import ast
import time
from typing import NoReturn

import pytest

from flake8_bgtasks.checkers.status import StatusChecker
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile
from tests.linting import assert_as_marked, catalogue, lint


class NeverWalked(SourceFile):
    """A file whose tree nobody may look at."""

    @property
    def _walked(self) -> NoReturn:  # type: ignore[override]  # a fake that refuses what it overrides
        raise AssertionError("the tree was walked")


class Counted(SourceFile):
    """A file that counts how often its nodes are asked for."""

    asked = 0

    def nodes(self, *types: type[ast.AST]):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().nodes(*types)


def check(source: SourceFile) -> list[int]:
    checker = StatusChecker.__new__(StatusChecker)
    rules = catalogue().covering(Family.STATUS, source.path)
    assert rules
    return [found.line for rule in rules for found in checker.check(rule, source)]


def never_walked(text: str) -> NeverWalked:
    return NeverWalked("app/tasks/a.py", text.splitlines(keepends=True), ast.parse(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="an empty file"),
        pytest.param("def f(job):\n    job.state = 'processing'\n", id="a file without the word"),
        pytest.param(
            "if r.status_code == 200:\n    x = HTTP_STATUS_CODES['processing']\n", id="a file with status codes"
        ),
        pytest.param("order.payment_status = 'processing'\n", id="a file with another status"),
        pytest.param("x = statuses['processing']\n", id="a file with the plural"),
    ],
)
def test_a_file_without_a_status_is_not_walked(text: str) -> None:
    source = never_walked(text)
    assert check(source) == []
    assert not source.memo.keys() - {key for key in source.memo if "speaks_of" in repr(key)}, "nothing was worked out"


@pytest.mark.parametrize(
    "text", ["job.status = 'processing'\n", "JobStatus.X\n", "set_status(1, 'a')\n", "x['import_status']\n"]
)
def test_a_file_with_a_status_is_walked(text: str) -> None:
    with pytest.raises(AssertionError, match="the tree was walked"):
        check(never_walked(text))


def test_all_values_share_one_look_at_the_file() -> None:
    text = "job.status = 'processing'\nrun.status = 'error'\n"
    everywhere, in_tasks = (
        Counted(path, text.splitlines(keepends=True), ast.parse(text)) for path in ("app/a.py", "app/tasks/a.py")
    )
    assert (check(everywhere), check(in_tasks)) == ([1], [1, 2])
    assert everywhere.asked == in_tasks.asked, "four values are no more work than two"


DEEP = 700
HOSTILE = {
    "a long chain of conditionals": "job.status = " + "'a' if x else " * 90 + "'processing'  # expect: BG010",
    "a long sum of collections": f"x = status in {'A + ' * DEEP}A\nA = A + A",
    "a collection that holds itself": "A = [*A, *B]\nB = (*A, 'processing')\nx = status in A  # expect: BG010",
    "a long chain of methods": f"x = status{'.lower()' * DEEP} == 'processing'  # expect: BG010",
    "a long chain of values": f"x = job.status{'.value' * DEEP} == 'processing'  # expect: BG010",
    "a long chain of comparisons": f"x = {'status == ' * DEEP}'processing'  # expect: BG010",
    "a long chain of targets": "a = " * DEEP + "status = 'processing'  # expect: BG010",
    "a nested tuple": "(" * 90 + "status" + ",)" * 90 + " = x = 'processing'",
    "constants that are each other": "A = B\nB = A\njob.status = A",
    "functions that call each other": (
        "def f(job, a):\n    g(job, a)\ndef g(job, a):\n    f(job, a)\n    job.status = a\nf(1, 'processing')  # expect: BG010"
    ),
    "a function that calls itself often": (
        "def f(j, a, b):\n" + "    f(j, b, a)\n" * 60 + "    j.status = b\nf(1, 'processing', 'x')  # expect: BG010"
    ),
    "an enum that is its own base": "class JobStatus(JobStatus):\n    A = 'processing'  # expect: BG010",
    "an enum whose member is itself": "class JobStatus(str, Enum):\n    A = A\njob.status = JobStatus.A",
    "a payload that is itself": "payload = {'status': 'processing', 'p': payload}  # expect: BG010\npayload = payload",
    "a response that is itself": "r = r.json()\nx = r['status'] == 'processing'  # expect: BG010",
    "a name with a null byte in its text": "job.status = 'proc\\0essing'",
    "half a surrogate": "job.status = '\\ud800'",
}


@pytest.mark.parametrize("code", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_code_is_judged_all_the_same(code: str) -> None:
    assert_as_marked(code, "app/a.py", "BG01")


def test_five_thousand_statements_are_judged_in_seconds() -> None:
    lines = "".join(f"    job.status = 'processing' if x else names[{number}]\n" for number in range(5000))
    started = time.process_time()
    assert len(lint("def f(job, x):\n" + lines, "app/a.py")) == 5000
    assert time.process_time() - started < 30


def test_a_megabyte_of_sql_is_data() -> None:
    assert not lint(f"x = \"UPDATE jobs SET status = 'processing' {'x' * 1_000_000}\"", "app/a.py")
