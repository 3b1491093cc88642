"""Which constants an expression can be."""

import ast
from textwrap import dedent

import pytest

from flake8_bgtasks.semantics.names import top
from flake8_bgtasks.semantics.values import UNKNOWN, values
from flake8_bgtasks.source import SourceFile

HEAD = """
import enum
from enum import Enum, IntEnum, StrEnum, auto
from a import JobStatus, b
"""

Kind = """
class Kind(str, Enum):
    RUNNING = "run"
    COUNT = 3
    LOUD = "LOUD"
    AUTO = auto()
    PAIR = ("first", "second")
    ALIAS = RUNNING
    WEIRD = compute()
    def label(self): return "x"
"""


def values_of(code: str) -> set[object]:
    """Return the values of the last expression statement's expression."""
    text = HEAD + dedent(code)
    tree = ast.parse(text)
    source = SourceFile("app/a.py", text.splitlines(keepends=True), tree)
    last = [node for node in ast.walk(tree) if isinstance(node, ast.Expr)][-1]
    return set(values(last.value, top(source)))


CASES: dict[str, tuple[str, set[object]]] = {
    "a literal": ("'a'", {"a"}),
    "a number": ("3", {3}),
    "None": ("None", {None}),
    "a name": ("X = 'a'\nX", {"a"}),
    "a name of a name": ("X = 'a'\nY = X\nY", {"a"}),
    "a name with two values": ("X = 'a'\nif b: X = 'b'\nX", {"a", "b"}),
    "a name that nobody binds": ("nobody", {UNKNOWN}),
    "a name from elsewhere": ("b", {UNKNOWN}),
    "an annotation without a value": ("X: str\nX = 'a'\nX", {"a"}),
    "the arms of a condition": ("'a' if b else ('c' if b else 'd')", {"a", "c", "d"}),
    "the arms of an or": ("b or 'a'", {UNKNOWN, "a"}),
    "a sum of strings": ("'a' + 'b' + 'c'", {"abc"}),
    "a sum with a name": ("'a' + b", {UNKNOWN}),
    "an f-string": ("f'a'", {UNKNOWN}),
    "an element of a loop": ("for x in ('a', 'b'):\n    x", {"a", "b"}),
    "a tuple unpacked": ("x, y = 'a', 'b'\ny", {"b"}),
    "a tuple unpacked that cannot be": ("x, y = pair()\ny", {UNKNOWN}),
    "a constant of a class": ("class C:\n    A = 'a'\nC.A", {"a"}),
    "a constant of a base": ("class B:\n    A = 'a'\nclass C(B): pass\nC.A", {"a"}),
    "a constant that a class does not have": ("class C:\n    A = 'a'\nC.B", {UNKNOWN}),
    "a member": (Kind + "Kind.RUNNING", {"run"}),
    "a member's value": (Kind + "Kind.RUNNING.value", {"run"}),
    "a member's name": (Kind + "Kind.RUNNING.name", {"running"}),
    "a member with a number": (Kind + "Kind.COUNT", {"count"}),
    "a member that is its own name": (Kind + "Kind.LOUD", {"loud"}),
    "an automatic member": (Kind + "Kind.AUTO", {"auto"}),
    "a member of several values": (Kind + "Kind.PAIR", {"first"}),
    "a member that is another": (Kind + "Kind.ALIAS", {"run"}),
    "a member that is worked out": (Kind + "Kind.WEIRD", {UNKNOWN}),
    "a member that is none": (Kind + "Kind.NOWHERE", {UNKNOWN}),
    "a method of an enum": (Kind + "Kind.label", {UNKNOWN}),
    "a member by its name": (Kind + "Kind['RUNNING']", {"run"}),
    "a member by its value": (Kind + "Kind('run')", {"run"}),
    "a member of an enum elsewhere": ("JobStatus.RUNNING", {"running"}),
    "the value of a member elsewhere": ("JobStatus.RUNNING.value", {"running"}),
    "a member elsewhere by its name": ("JobStatus['RUNNING']", {"running"}),
    "an attribute of a variable": ("b.RUNNING", {UNKNOWN}),
    "an attribute of something in capitals": ("from a import SETTINGS\nSETTINGS.RUNNING", {UNKNOWN}),
    "an entry of a dict": ("D = {'x': 'a', 'y': 'b'}\nD['x']", {"a"}),
    "an entry of a dict by a variable": ("D = {'x': 'a', 'y': 'b'}\nD[b]", {"a", "b"}),
    "an entry that a dict does not have": ("D = {'x': 'a'}\nD['z']", {UNKNOWN}),
    "a function's results": ("def f(x):\n    if x: return 'a'\n    return 'b'\nf(1)", {"a", "b"}),
    "a function's argument": ("def f(x): return x\nf('a')", {"a"}),
    "a function's default": ("def f(x='a'): return x\nf()", {"a"}),
    "a function elsewhere": ("b('a')", {UNKNOWN}),
    "a function that calls itself": ("def f(x): return f(x)\nf('a')", {UNKNOWN}),
    "a cast": ("from typing import cast\ncast(str, 'a')", {"a"}),
    "text in lower case": ("'A'.lower()", {"a"}),
    "a name that is itself": ("X = X\nX", set()),
}


@pytest.mark.parametrize(("code", "wanted"), CASES.values(), ids=CASES.keys())
def test_values(code: str, wanted: set[object]) -> None:
    assert values_of(code) == wanted


def test_too_many_values_are_unknown() -> None:
    assert values_of("".join(f"X = {number}\n" for number in range(100)) + "X") == {UNKNOWN}


def test_a_parameter_may_be_anything_but_has_its_default() -> None:
    assert values_of("def f(x='a'):\n    x") == {"a", UNKNOWN}
