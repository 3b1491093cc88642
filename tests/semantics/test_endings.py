"""Which returns control can reach, and which functions can fall off their end."""

import ast
import sys
from textwrap import dedent, indent

import pytest

from flake8_bgtasks.semantics.endings import falls_off, reachable_returns
from flake8_bgtasks.source import FUNCTIONS, FunctionNode


def function(body: str) -> FunctionNode:
    node = ast.parse("async def f():\n" + indent(dedent(body).strip("\n"), "    ") + "\n").body[0]
    assert isinstance(node, FUNCTIONS)
    return node


FALLS = {
    "nothing": "pass",
    "one branch": "if a:\n    return 1",
    "a loop that may not run": "for a in b:\n    return 1",
    "a loop's else that is skipped": "for a in b:\n    break\nelse:\n    return 1",
    "a condition": "while a:\n    return 1",
    "an endless loop that is left": "while True:\n    if a:\n        break",
    "an endless loop that is left from an inner else": "while True:\n    for a in b:\n        pass\n    else:\n        break",
    "a handler that goes on": "try:\n    return 1\nexcept KeyError:\n    pass",
    "a suppressed error": "with suppress(KeyError):\n    return 1",
    "a qualified suppressed error": "with contextlib.suppress(KeyError):\n    return 1",
    "a match that may not match": "match a:\n    case 1:\n        return 1\n    case b if c:\n        return 2",
    "a match with one arm that goes on": "match a:\n    case 1:\n        pass\n    case _:\n        return 2",
    "an impossible branch": "if False:\n    return 1",
    "an impossible loop": "while False:\n    return 1",
    "a nested function's return": "def g():\n    return 1",
    "an elif chain without else": "if a:\n    return 1\nelif b:\n    return 2",
}
ENDS = {
    "return": "return",
    "raise": "raise E",
    "both branches": "if a:\n    return 1\nelse:\n    raise E",
    "an elif chain": "if a:\n    return 1\nelif b:\n    return 2\nelse:\n    return 3",
    "code after the end": "if a:\n    return 1\n    a = 2\nelse:\n    raise E\nb = 1",
    "with": "with a:\n    return 1",
    "async with": "async with a:\n    return 1",
    "an endless loop": "while True:\n    a()",
    "an endless loop with an inner one that is left": "while 1:\n    for a in b:\n        break\n    while a:\n        break",
    "an endless loop with a function that is no part of it": "while True:\n    def g():\n        for a in b:\n            break",
    "try and all handlers": "try:\n    return 1\nexcept KeyError:\n    return 2\nexcept E:\n    raise",
    "try and else": "try:\n    a()\nexcept E:\n    raise\nelse:\n    return 1",
    "finally": "try:\n    a()\nfinally:\n    return 1",
    "a full match": "match a:\n    case 1:\n        return 1\n    case _:\n        return 2",
    "a match with a capture": "match a:\n    case 1:\n        return 1\n    case other:\n        raise E",
    "a certain branch": "if True:\n    return 1",
    "a certain else": "if 0:\n    pass\nelse:\n    return 1",
}
if sys.version_info >= (3, 11):
    ENDS["a group of handlers"] = "try:\n    raise E\nexcept* KeyError:\n    raise"
    FALLS["a group of handlers that goes on"] = "try:\n    raise E\nexcept* KeyError:\n    pass"


@pytest.mark.parametrize("body", FALLS.values(), ids=FALLS)
def test_falls_off(body: str) -> None:
    assert falls_off(function(body))


@pytest.mark.parametrize("body", ENDS.values(), ids=ENDS)
def test_ends(body: str) -> None:
    assert not falls_off(function(body))


REACHED = {
    "all": ("if a:\n    return 1\nreturn 2", [1, 2]),
    "not after a return": ("return 1\nreturn 2", [1]),
    "not after a raise": ("raise E\nreturn 1", []),
    "not inside what is cut off": ("return 1\nif a:\n    return 2\nelse:\n    return 3", [1]),
    "not after both branches": ("if a:\n    return 1\nelse:\n    return 2\nreturn 3", [1, 2]),
    "not after an endless loop": ("while True:\n    if a:\n        return 1\nreturn 2", [1]),
    "not after break": ("while a:\n    break\n    return 1\nreturn 2", [2]),
    "not after continue": ("for a in b:\n    continue\n    return 1\nreturn 2", [2]),
    "not where a constant says so": ("if False:\n    return 1\nelse:\n    return 2", [2]),
    "not in the other branch either": ("if True:\n    return 1\nelse:\n    return 2", [1]),
    "not in a loop that never runs": ("while 0:\n    return 1\nreturn 2", [2]),
    "in handlers and finally": ("try:\n    return 1\nexcept E:\n    return 2\nfinally:\n    return 3", [1, 2, 3]),
    "in a match": ("match a:\n    case 1:\n        return 1\n        return 2\n    case _:\n        return 3", [1, 3]),
    "not those of inner functions": ("def g():\n    return 1\nreturn 2", [2]),
    "not those of inner classes": ("class A:\n    def g(self):\n        return 1\nreturn 2", [2]),
}


@pytest.mark.parametrize(("body", "wanted"), REACHED.values(), ids=REACHED)
def test_reachable_returns(body: str, wanted: list[int]) -> None:
    found = [one.value.value for one in reachable_returns(function(body)) if isinstance(one.value, ast.Constant)]
    assert found == wanted


def test_a_long_chain_of_elif_is_no_trouble() -> None:
    chain = "if a == 0:\n    return 0\n" + "".join(f"elif a == {n}:\n    return {n}\n" for n in range(1, 900))
    node = function(chain + "else:\n    raise E\nreturn 1000\n")
    assert not falls_off(node)
    assert len(list(reachable_returns(node))) == 900
