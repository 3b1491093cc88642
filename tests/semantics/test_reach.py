"""What a task function reaches, frame by frame, with the arguments that each was entered with."""

import ast

import pytest

from flake8_bgtasks.semantics.reach import MAX_VISITS, Budget, Reach, names_in
from flake8_bgtasks.source import SourceFile
from tests.linting import read

PATH = "app/tasks/work.py"

REACHED = {
    "its own body": ("def task(): ...", "task"),
    "a helper": ("def task(): h()\ndef h(): ...", "task h"),
    "each helper once": ("def task(): h(); h()\ndef h(): ...", "task h"),
    "a helper entered with two values": ("def task(): h(1); h(2)\ndef h(a): ...", "task h h"),
    "a helper entered with the same value twice": ("def task(): h(1); h(1)\ndef h(a): ...", "task h"),
    "a helper entered twice with what the task was given": ("def task(a): h(a); h(a)\ndef h(a): ...", "task h"),
    "a helper entered with the same by two ways": (
        "def task(a): g(a); h(a)\ndef g(a): h(a)\ndef h(a): ...",
        "task g h",
    ),
    "a helper entered with two locals": ("def task(a, b): h(a); h(b)\ndef h(a): ...", "task h h"),
    "recursion": ("def task(): h()\ndef h(): task()", "task h"),
    "a nested function": ("def task():\n    def h(): ...", "task h"),
    "a nested function that is called": ("def task():\n    def h(): ...\n    h()", "task h"),
    "a nested function in a helper entered with two values": (
        "def task(): h(1); h(2)\ndef h(a):\n    def g(): a",
        "task h h g g",
    ),
    "a lambda": ("def task(): f(lambda: 1)", "task lambda"),
    "a decorator": ("def d(f): ...\n@d\ndef task(): ...", "task d"),
    "a constructor": ("class C:\n    def __init__(self): ...\ndef task(): C()", "task __init__"),
    "a context manager": (
        "class C:\n    def __enter__(self): ...\n    def __exit__(self): ...\ndef task():\n    with C(): ...",
        "task __enter__ __exit__",
    ),
    "a base task's hooks": (
        "class T:\n    def on_failure(self): ...\n    def other(self): ...\n@app.task(base=T)\ndef task(): ...",
        "task on_failure",
    ),
    "a table": ("def a(): ...\ndef b(): ...\ndef task(): {'a': a, 'b': b}[x]()", "task a b"),
    "a table with a default": ("def a(): ...\nT = {'a': a}\ndef task(): T.get(x)()", "task a"),
    "an entry of a table in a variable": ("def a(): ...\nT = [a]\ndef task():\n    w = T[0]\n    w()", "task a"),
    "handing over": ("def h(): ...\ndef task(): q.enqueue(h); h.delay(); h.apply_async((1,))", "task"),
    "a pool": ("def h(): ...\ndef task(): pool.apply_async(h, (1,))", "task h"),
    "what is imported": ("from app.other import h\ndef task(): h()", "task"),
}


@pytest.mark.parametrize(("code", "names"), REACHED.values(), ids=REACHED)
def test_reach(code: str, names: str) -> None:
    """The functions, in the order in which they are come to."""
    source = read(code, PATH)
    found = [getattr(frame.node, "name", "lambda") for frame in Reach(source, task(source))]
    assert " ".join(found) == names


def task(source: SourceFile) -> ast.AST:
    """Return the function called ``task``."""
    return next(function for function in source.functions() if function.name == "task")


ARGUMENTS = {
    "by position": ("def task(): h(1)\ndef h(a): ...", {"a": "1"}),
    "by keyword": ("def task(): h(a=1)\ndef h(a): ...", {"a": "1"}),
    "a default": ("def task(): h()\ndef h(a=1): ...", {"a": "1"}),
    "a replaced default": ("def task(): h(2)\ndef h(a=1): ...", {"a": "2"}),
    "a default that stars may replace": ("def task(): h(*x)\ndef h(a=1): ...", {}),
    "a method": ("class C:\n    def task(self): self.h(1)\n    def h(self, a): ...", {"a": "1"}),
    "a method by its class": ("class C:\n    def h(self, a): ...\ndef task(c): C.h(c, 1)", {"self": "c", "a": "1"}),
    "a class method": ("class C:\n    @classmethod\n    def h(cls, a): ...\ndef task(): C.h(1)", {"a": "1"}),
    "a static method": ("class C:\n    @staticmethod\n    def h(a): ...\ndef task(): C.h(1)", {"a": "1"}),
    "a callable object": ("class C:\n    def __call__(self, a): ...\nh = C()\ndef task(): h(1)", {"a": "1"}),
    "a thread": ("def h(a, b): ...\ndef task(): Thread(target=h, args=(1,), kwargs={'b': 2})", {"a": "1", "b": "2"}),
    "an executor": ("def h(a): ...\ndef task(): loop.run_in_executor(None, h, 1)", {"a": "1"}),
    "a pool": ("def h(a, b): ...\ndef task(): pool.apply(h, (1,), kwds=dict(b=2))", {"a": "1", "b": "2"}),
    "partial": ("def h(a, b): ...\ndef task(): partial(h, 1, b=2)", {"a": "1", "b": "2"}),
    "a decorator's function": ("def h(f): ...\n@h\ndef task(): ...", {"f": "task"}),
    "a decorator's arguments": ("def h(name): ...\n@h('x')\ndef task(): ...", {"name": "'x'"}),
}


@pytest.mark.parametrize(("code", "given"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_arguments(code: str, given: dict[str, str]) -> None:
    """What the helper's parameters are bound to."""
    source = read(code, PATH)
    last = Reach(source, task(source))[-1]
    assert {name: ast.unparse(values[0].value) for name, values in last.arguments.items()} == given


WAYS = {
    "where one starts": ("def task(): ...", []),
    "a call": ("def task():\n    h()\ndef h(): ...", ["2 h()"]),
    "a call in a call": ("def task():\n    g()\ndef g():\n    h()\ndef h(): ...", ["2 g()", "4 h()"]),
    "a method": ("def task():\n    C().h()\nclass C:\n    def h(self): ...", ["2 C.h()"]),
    "a constructor": ("def task():\n    C()\nclass C:\n    def __init__(self): ...", ["2 C()"]),
    "a nested function": ("def task():\n    def h(): ...", ["2 h()"]),
    "a thread": ("def h(): ...\ndef task():\n    Thread(\n        target=h\n    )", ["4 h()"]),
    "a partial in a variable": ("def h(): ...\ndef task():\n    p = partial(h)\n    p()", ["3 h()"]),
    "a lambda": ("def task():\n    run(\n        lambda: 1)", ["3 lambda"]),
    "a context manager": (
        "class C:\n    def __exit__(self): ...\ndef task():\n    with C():\n        pass",
        ["4 with C"],
    ),
    "a decorator": ("def h(f): ...\n@h\ndef task(): ...", ["2 @h"]),
    "a decorator with arguments": ("def h(name): ...\n@h('x')\ndef task(): ...", ["2 @h"]),
    "what a decorator runs": (
        "def h(f):\n    def w():\n        f()\n    return w\n@h\ndef task(): ...",
        ["5 @h", "2 w()"],
    ),
    "the decorator of what is called": ("def h(f): ...\ndef task():\n    g()\n@h\ndef g(): ...", ["3 g()", "4 @h"]),
    "the base of a task": (
        "class B:\n    def on_failure(self): ...\n@app.task(base=B)\ndef task(): ...",
        ["3 B.on_failure()"],
    ),
}


@pytest.mark.parametrize(("code", "way"), WAYS.values(), ids=WAYS)
def test_the_way_is_said_call_by_call(code: str, way: list[str]) -> None:
    """The last frame knows where one started, and each line at which one went on."""
    source = read(code, PATH)
    steps = Reach(source, task(source))[-1].way()
    assert [f"{step.line} {step.text}" for step in steps] == way
    assert {step.path for step in steps} <= {PATH}


def test_visits_are_bounded() -> None:
    """A helper entered with ever other values is entered so often and no more."""
    calls = "".join(f"    h({number})\n" for number in range(3 * MAX_VISITS))
    source = read(f"def h(a): ...\ndef task():\n{calls}", PATH)
    assert len(Reach(source, task(source))) == 1 + MAX_VISITS


def test_what_several_reach_together_is_bounded() -> None:
    """The budget is spent in the order in which frames are asked for; who gets no more for that reason says so."""
    source = read("def a(): b()\ndef b(): c()\ndef c(): d()\ndef d(): ...", PATH)
    budget = Budget(7)
    first, second, third, last = (Reach(source, function, budget) for function in source.functions())
    assert [len(second), len(first), len(third), len(last)] == [3, 4, 1, 1]
    assert [first.is_cut, second.is_cut, third.is_cut, last.is_cut] == [False, False, True, False]


def test_frames_are_looked_for_when_they_are_asked_for() -> None:
    """Each costs one of the budget, once."""
    source = read("def task(): a()\ndef a(): b()\ndef b(): ...", PATH)
    budget = Budget(10)
    found = Reach(source, task(source), budget)
    assert budget.left == 10
    assert found[0].node is found[0].node is task(source)
    assert budget.left == 9
    frames = iter(found)
    assert [next(frames).node.name, next(frames).node.name] == ["task", "a"]
    assert budget.left == 8
    assert [frame.node.name for frame in found] == ["task", "a", "b"]
    assert (next(frames).node.name, budget.left) == ("b", 7)


def test_names() -> None:
    """Identifiers and literals of the code count; docstrings and statements that are only a text do not."""
    source = read("def task(a):\n    'docs'\n    b.c(d='e')\n    'text'\n    def f(): g", PATH)
    assert set(names_in(Reach(source, task(source))[:1])) == {"b", "c", "d", "e", "f"}
