"""Which constants an expression can be."""

import ast
from textwrap import dedent

import pytest

from flake8_bgtasks.semantics import values as values_module
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.values import MAX_STEPS, UNKNOWN, values
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
    "a sum with a name from elsewhere": ("'a' + b", {UNKNOWN}),
    "a sum with a name": ("X = 'a'\nif b: X = 'b'\nX + 'c'", {"ac", "bc"}),
    "a sum with a number": ("'a' + 1", {UNKNOWN}),
    "a long sum": (" + ".join(["'a'"] * 300), {UNKNOWN}),
    "a text that doubles": (
        "A0 = 'abcdefgh'\n" + "".join(f"A{n + 1} = A{n} + A{n}\n" for n in range(9)) + "A9",
        {UNKNOWN},
    ),
    "a text filled in": ("X = 'process'\n'%sing' % X", {"processing"}),
    "a text filled in twice": ("'%s_%s' % ('in', 'progress')", {"in_progress"}),
    "a text filled in with a width": ("'%999999999s' % 'a'", {UNKNOWN}),
    "a text filled in with too little": ("'%s%s' % 'a'", {UNKNOWN}),
    "a text with a percent sign": ("'100%%' % ()", {UNKNOWN}),
    "a text formatted": ("'{}ing'.format('process')", {"processing"}),
    "a text formatted with a width": ("'{:>999999999}'.format('a')", {UNKNOWN}),
    "a text formatted by an attribute": ("'{0.__class__}'.format('a')", {UNKNOWN}),
    "a text formatted by a name": ("'{a}'.format(a='b')", {UNKNOWN}),
    "text with a word replaced": ("'in progress'.replace(' ', '_')", {"in_progress"}),
    "text that grows": ("'aaaa'.replace('a', 'b' + " + "+".join(["'c'"] * 199) + ")", {UNKNOWN}),
    "texts joined": ("'_'.join(['in', 'progress'])", {"in_progress"}),
    "texts joined that are not known": ("'_'.join(b)", {UNKNOWN}),
    "text without its end": ("'running!'.removesuffix('!').upper()", {"RUNNING"}),
    "text repeated": ("'a' * 999999999", {UNKNOWN}),
    "an f-string": ("f'a'", {UNKNOWN}),
    "an element of a loop": ("for x in ('a', 'b'):\n    x", {"a", "b"}),
    "a tuple unpacked": ("x, y = 'a', 'b'\ny", {"b"}),
    "a tuple unpacked that cannot be": ("x, y = pair()\ny", {UNKNOWN}),
    "a constant of a class": ("class C:\n    A = 'a'\nC.A", {"a"}),
    "a constant of a base": ("class B:\n    A = 'a'\nclass C(B): pass\nC.A", {"a"}),
    "a constant of the object's own class": ("class C:\n    A = 'a'\n    def f(self):\n        self.A", {"a"}),
    "a constant of the class itself": (
        "class C:\n    A = 'a'\n    @classmethod\n    def f(cls):\n        cls.A",
        {"a"},
    ),
    "a constant that objects change": (
        "class C:\n    A = 'a'\n    def f(self):\n        self.A = b\n        self.A",
        {UNKNOWN},
    ),
    "a constant of another object": ("class C:\n    A = 'a'\n    def f(self, other):\n        other.A", {UNKNOWN}),
    "what is no self": ("class C:\n    A = 'a'\ndef f(self):\n    self.A", {UNKNOWN}),
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
    "the value of a member by its name": (Kind + "Kind['RUNNING'].value", {"run"}),
    "the value of an entry": ("D = {'x': 'a'}\nD['x'].value", {"a"}),
    "the value under a display's key": ("{'x': 'a', 'y': 'b'}['x']", {"a"}),
    "the value of a variable's entry": ("D = {'x': Kind2}\nD['x'].value", {UNKNOWN}),
    "the name of an object": ("class C: pass\nC().name", {UNKNOWN}),
    "what a function without a value gives": ("def f():\n    if b: return\n    return 'a'\nf()", {None, "a"}),
    "a variable of a hundred values": (
        "\n".join(f"x = '{number}'" for number in range(101)) + "\nx",
        {UNKNOWN},
    ),
    "a text with braces that do not fit": ("'{'.format('a')", {UNKNOWN}),
    "a text with more braces than arguments": ("'{}{}'.format('a')", {UNKNOWN}),
    "a member by its value": (Kind + "Kind('run')", {"run"}),
    "a member of an enum that a call makes": ("E = Enum('E', {'A': 'a', 'B': 'b'})\nE.B", {"b"}),
    "the value of such a member": ("E = Enum('E', [('A', 'a'), ('B', 'b')])\nE.A.value", {"a"}),
    "such a member by its name": ("E = Enum('E', {'A': 'a'}, module=__name__)\nE['A']", {"a"}),
    "such a member by its value": ("E = Enum('E', {'A': 'a'})\nE('a')", {"a"}),
    "a numbered member of an enum that a call makes": (
        "E = enum.Enum('E', 'WAITING, RUNNING')\nE.RUNNING",
        {"running"},
    ),
    "a named member of a string enum that a call makes": ("E = StrEnum('E', ['WAITING'])\nE.WAITING", {"waiting"}),
    "members that are listed elsewhere": ("L = {'A': 'a'}\nE = Enum('E', L)\nE.A", {"a"}),
    "a member that such an enum does not have": ("E = Enum('E', {'A': 'a'})\nE.C", {UNKNOWN}),
    "a member of an enum whose members are worked out": ("E = Enum('E', {x: x for x in b})\nE.RUNNING", {"running"}),
    "a member that is worked out of such an enum": ("E = Enum('E', {'A': b()})\nE.A", {UNKNOWN}),
    "a member of an enum elsewhere": ("JobStatus.RUNNING", {"running"}),
    "the value of a member elsewhere": ("JobStatus.RUNNING.value", {"running"}),
    "a member elsewhere by its name": ("JobStatus['RUNNING']", {"running"}),
    "an attribute of a variable": ("b.RUNNING", {UNKNOWN}),
    "an attribute of something in capitals": ("from a import SETTINGS\nSETTINGS.RUNNING", {UNKNOWN}),
    "an entry of a dict": ("D = {'x': 'a', 'y': 'b'}\nD['x']", {"a"}),
    "an entry of a dict by a variable": ("D = {'x': 'a', 'y': 'b'}\nD[b]", {"a", "b"}),
    "an entry of a dict in a dict": ("D = {'x': {'y': 'a'}, 'y': 'b'}\nD['x']['y']", {UNKNOWN}),
    "an entry that is got": ("D = {'x': 'a', 'y': 'b'}\nD.get('x', 'c')", {"a"}),
    "an entry that is got by a variable": ("D = {'x': 'a'}\nD.get(b, 'c')", {"a", "c"}),
    "an entry that is got or None": ("D = {'x': 'a'}\nD.get(b)", {"a", UNKNOWN}),
    "an entry that is got from elsewhere": ("b.get('x', 'a')", {UNKNOWN}),
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


def test_a_variable_of_too_many_values_is_worked_out_once(monkeypatch) -> None:
    """A function that sets and stores a variable a thousand times each takes no million steps."""
    text = "def f():\n" + "".join(f"    word = 'a{number % 3}'\n" for number in range(2 * MAX_STEPS))
    source = SourceFile(None, [], ast.parse(text + "    word\n    word\n"))
    looked_at = []
    monkeypatch.setattr(values_module, "_binding_values", _noted(looked_at, values_module._binding_values))
    first, second = [node for node in source.nodes(ast.Name) if isinstance(node.ctx, ast.Load)]
    frame = Frame(source, source.tree.body[0])
    assert values(first, frame) == (UNKNOWN,)
    assert MAX_STEPS / 2 < len(looked_at) <= MAX_STEPS + 1
    looked_at.clear()
    assert values(second, frame) == (UNKNOWN,)
    assert not looked_at


def test_a_variable_is_not_given_up_because_it_was_asked_for_after_others() -> None:
    """What came before counts against one question, and not against the next."""
    many = "".join(f"    {name} = 'a{number % 3}'\n" for name in "ab" for number in range(MAX_STEPS * 2 // 3))
    source = SourceFile(None, [], ast.parse(f"def f():\n{many}    x = a\n    x = b\n    y = b\n    x\n    y\n"))
    x, y = [node for node in source.nodes(ast.Name) if isinstance(node.ctx, ast.Load)][-2:]
    frame = Frame(source, source.tree.body[0])
    assert values(x, frame) == (UNKNOWN,)
    assert values(y, frame) == ("a0", "a1", "a2")


def _noted(calls: list[object], function):
    def noting(*arguments):
        calls.append(arguments)
        return function(*arguments)

    return noting
