"""However large or hostile an API file is, judging it takes a bounded number of steps.

Steps are counted as Python calls, so that the tests do not depend on the machine.
"""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from tests.linting import lint

PATH = "app/api/v1/marketplace.py"
HEAD = "from fastapi import *\nfrom pydantic import BaseModel\nimport time\nrouter = APIRouter(prefix='/import')\n"


def steps(text: str) -> int:
    """Return how many Python calls it takes to judge a file of this text."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    lint("x = 1", PATH)  # the rules are compiled once
    sys.setprofile(counted)
    try:
        lint(HEAD + text, PATH)
    finally:
        sys.setprofile(None)
    return count


def many_endpoints(number: int) -> str:
    return "".join(f"@router.post('/{n}')\ndef e{n}(job: Job):\n    return start({n})\n" for n in range(number))


def many_statements(number: int) -> str:
    lines = "".join(f"    x{n} = start(job, {n}).status\n" for n in range(number))
    return f"@router.post('/x')\ndef e(job: Job):\n{lines}    return x1\n"


def many_returns(number: int) -> str:
    lines = "".join(f"    if job.a{n}:\n        return help_{n % 7}({n})\n" for n in range(number))
    helpers = "".join(f"def help_{n}(x):\n    return {{'job_id': x, 'a': help_{(n + 1) % 7}(x)}}\n" for n in range(7))
    return f"{helpers}@router.post('/x')\ndef e(job: Job):\n{lines}    raise E\n"


def one_variable(number: int) -> str:
    lines = "".join(f"    data['x{n}'] = data\n    data = data | {{'a{n}': job}}\n" for n in range(number))
    return f"@router.post('/x')\ndef e(job: Job):\n    data = {{}}\n{lines}    return data\n"


def dependencies(number: int) -> str:
    chain = "".join(f"def d{n}(a=Depends(d{n + 1}), b=Depends(d{n + 2})):\n    return a\n" for n in range(number))
    return f"{chain}@router.post('/x')\ndef import_x(job=Depends(d0)):\n    return d0(job)\n"


def aliases(number: int) -> str:
    lines = "".join(f"A{n} = Union[A{n + 1}, A{n + 2}, A{n + 1}]\n" for n in range(number))
    return f"{lines}@router.post('/x')\ndef import_x(tasks: A0) -> A0:\n    return 1\n"


def helpers_that_wait(number: int) -> str:
    chain = "".join(f"def h{n}():\n    h{n + 1}()\n    h{n + 2}()\n    time.sleep(1)\n" for n in range(number))
    return f"{chain}@router.post('/x')\ndef e():\n    h0()\n    raise E\n"


def models(number: int) -> str:
    classes = "".join(f"class M{n}(BaseModel):\n    a: 'M{n + 1}'\n    b: list[M{n + 2}]\n" for n in range(number))
    return f"{classes}@router.post('/x', response_model=M0)\ndef e():\n    return start()\n"


GROWING = [
    many_endpoints, many_statements, many_returns, one_variable, dependencies, aliases, helpers_that_wait, models,
]  # fmt: skip


@pytest.mark.parametrize("file", GROWING, ids=lambda file: file.__name__)
def test_steps_grow_with_the_file(file: Callable[[int], str]) -> None:
    small, large = steps(file(40)), steps(file(80))
    assert large < 2.5 * small + 2_000, f"{small} steps became {large} for a file twice as long"
