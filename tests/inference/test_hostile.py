"""The linted code is hostile until proven otherwise: it is never run, and it cannot make us hang."""

import os
import sys
from collections.abc import Callable

import pytest

from tests.projects import lint, session, write

SPEAKS = "from app.evil import OLD\n\n\ndef start(job):\n    job.status = OLD\n"
EFFECT = 'open("{path}", "w").close()\n'
EVIL = {
    "a module": "{effect}OLD = 'processing'\n",
    "a class body": "class A:\n    {effect}OLD = 'processing'\n",
    "a subclass hook": "class A:\n    def __init_subclass__(cls):\n        {effect}class B(A):\n    pass\nOLD = 'processing'\n",
    "a decorator": "def run(f):\n    {effect}    return f\n@run\ndef g():\n    pass\nOLD = 'processing'\n",
    "a default": "def g(x={call}):\n    pass\nOLD = 'processing'\n",
    "a module's __getattr__": "def __getattr__(name):\n    {effect}    return 'processing'\nOLD = 'processing'\n",
}


@pytest.mark.parametrize("text", EVIL.values(), ids=EVIL)
def test_nothing_of_it_runs(project, text):
    mark = project.root / "ran"
    effect = EFFECT.format(path=mark)
    project.write("app/evil.py", text.format(effect=effect, call=effect.strip()))
    for name in ("sitecustomize.py", "usercustomize.py", "conftest.py", "app/__init__.py", "brain_evil.py"):
        project.write(name, effect)
    project.write("app/jobs.py", SPEAKS)
    said = project.flake8("--select", "BG", "app/jobs.py")
    assert said.lines[0].startswith("app/jobs.py:5:18: BG010") and not mark.exists()


CYCLES = {
    "a module that imports itself": "from app.evil import OLD\n",
    "a module that imports itself by a star": "from app.evil import *\n",
    "a name that stands for itself": "OLD = OLD\n",
    "names that stand for each other": "OLD = A\nA = B\nB = OLD\n",
    "a class that is its own base": "class OLD(OLD):\n    pass\n",
    "classes that are each other's bases": "class OLD(A):\n    x = 1\nclass A(OLD):\n    pass\n",
    "a function that returns itself": "def OLD():\n    return OLD()\n",
    "functions that return each other": "def OLD():\n    return a()\ndef a():\n    return OLD()\n",
    "a wide fan of conditionals": "A0 = 'x'\n"
    + "".join(f"A{n + 1} = A{n} if A{n} else A{n}\n" for n in range(200))
    + "OLD = A200\n",
    "five hundred mixins": "".join(f"class M{n}:\n    a{n} = 1\n" for n in range(500))
    + f"class OLD({', '.join(f'M{n}' for n in range(500))}):\n    pass\n",
    "a class five hundred levels deep": "class M0:\n    pass\n"
    + "".join(f"class M{n + 1}(M{n}):\n    pass\n" for n in range(500))
    + "OLD = M500.status\n",
}


@pytest.mark.parametrize("text", CYCLES.values(), ids=CYCLES)
def test_what_leads_in_circles_is_unknown(project, text):
    project.write("app/evil.py", text)
    project.write("app/jobs.py", SPEAKS)
    assert project.flake8("--select", "BG", "app") == (0, (), "")


def test_links_that_lead_in_circles_or_out_of_the_project_lead_nowhere(project):
    outside = project.root.parent / "outside.py"
    outside.write_text('OLD = "processing"\n')
    project.write("app/jobs.py", SPEAKS)
    os.symlink(outside, project.root / "app" / "evil.py")
    assert project.flake8("--select", "BG", "app/jobs.py") == (0, (), "")
    (project.root / "app" / "evil.py").unlink()
    os.symlink(project.root / "app" / "evil.py", project.root / "app" / "evil.py")
    assert project.flake8("--select", "BG", "app/jobs.py") == (0, (), "")


def test_modules_that_cannot_be_read_are_unknown(project):
    project.write("app/jobs.py", SPEAKS)
    for content in (b"OLD = (", b"\0", b"\xff\xfe", b"-" * 100_000 + b"1"):
        project.write("app/evil.py", content)
        assert project.flake8("--select", "BG", "app/jobs.py") == (0, (), "")


# What astroid is asked about

ASKED = {
    "an object's attribute": "class A:\n    old = 'processing'\nSTATES = A()\n",
    "an object's attribute, with hooks": """\
{effect}class Meta(type):
    def __call__(cls):
        {effect}        return super().__call__()
class A:
    {effect}    old = "processing"
    def __init__(self):
        {effect}        self.new = {call}
class B(A):
    old = "processing"
def registered(cls):
    {effect}    return cls
@registered
class C(metaclass=Meta):
    def __init_subclass__(cls):
        {effect}class D(C):
    def __class_getitem__(cls, item):
        {effect}        return cls
STATES = B()
""",
    "a named tuple": "from typing import NamedTuple\nclass A(NamedTuple):\n    old: str = 'processing'\nSTATES = A()\n",
    "a dataclass": "from dataclasses import dataclass\n@dataclass\nclass A:\n    old: str = 'processing'\nSTATES = A()\n",
}
TRIGGERS = (
    "sitecustomize", "usercustomize", "conftest", "enum", "typing", "dataclasses", "collections", "random", "re", "numpy",
    "numpy/core/multiarray", "attr", "six", "pkg_resources", "responses", "gi", "sqlalchemy", "astroid", "brain_evil", "builtins",
    "flake8_bgtasks_excerpt",
)  # fmt: skip
"""Modules that Python, pytest or a plugin of astroid know by their names."""
WATCHED = """\
import sys
from flake8.main.cli import main
run = lambda path: main(["--select", "BG", "-j1", path])
run("app/first.py")
assert "astroid" in sys.modules
seen, path, known = [], list(sys.path), set(sys.modules)
sys.addaudithook(lambda event, given: seen.append((event, given)) if event in {"import", "os.chdir", "os.system"} else None)
run("app/jobs.py")
print(seen, path == sys.path, known == set(sys.modules))
"""


@pytest.mark.parametrize("text", ASKED.values(), ids=ASKED)
def test_nothing_runs_or_is_imported_where_astroid_is_asked(project, text):
    mark = project.root / "ran"
    effect = EFFECT.format(path=mark)
    write(project.root, {"app/evil.py": text.replace("{effect}", effect).replace("{call}", effect.strip())})
    for folder in ("", "app/"):
        for name in TRIGGERS:
            project.write(f"{folder}{name}.py", effect)
    imports = "import enum, numpy, random, six\nfrom app import attr, re, gi\nfrom app.evil import STATES\n"
    for name in ("first", "jobs"):
        write(project.root, {f"app/{name}.py": f"{imports}def start(job):\n    job.status = STATES.old\n"})
    said = project.python("-I", "-c", WATCHED)
    assert [line.partition(" ")[0] for line in said.lines[:-1]] == ["app/first.py:5:18:", "app/jobs.py:5:18:"], said
    assert said.lines[-1] == "[] True True"
    assert not mark.exists()


CLASS = "class C:\n    x = 'other'\n"
TANGLED = {
    "methods that call each other": (
        CLASS + "    def a(self): return self.b()\n    def b(self): return self.a()\nO = C()\n",
        "O.a()",
    ),
    "methods with two ways each": (
        CLASS
        + "".join(
            f"    def m{n}(self):\n        if self.x: return self.m{n + 1}()\n        return self.m{n + 1}()\n"
            for n in range(150)
        )
        + "    def m150(self): return self.x\nO = C()\n",
        "O.m0()",
    ),
    "methods called on what they return": (
        CLASS
        + "".join(f"    def m{n}(self): return self.m{n + 1}().m{n + 1}()\n" for n in range(150))
        + "    def m150(self): return self\nO = C()\n",
        "O.m0().x",
    ),
    "arguments that change places": (
        CLASS + "    def w(self, a, b): return (self.w(b, a), self.w(a, b))\nO = C()\n",
        "O.w('a', 'b')[0][1][0]",
    ),
    "a variable that is set two hundred times": (
        CLASS + "    def w(self, a='a'):\n" + "        a = a if self else a\n" * 200 + "        return a\nO = C()\n",
        "O.w()",
    ),
    "five hundred base classes": (
        "".join(f"class M{n}:\n    a{n} = 'x'\n" for n in range(500))
        + f"class C({', '.join(f'M{n}' for n in range(500))}):\n    x = 'y'\nO = C()\n",
        "O.a499",
    ),
    "a class five hundred levels deep": (
        "class M0:\n    x = 'y'\n" + "".join(f"class M{n + 1}(M{n}):\n    pass\n" for n in range(500)) + "O = M500()\n",
        "O.x",
    ),
    "a class that is its own base": ("class C(C):\n    x = 'y'\nO = C()\n", "O.x"),
    "a property that is itself": (
        CLASS + "    @property\n    def me(self): return self.me\nO = C()\n",
        "O" + ".me" * 300,
    ),
    "a table that holds itself": ("T = {'a': T}\n", "T['a']['a']['a']"),
    "tables that hold each other": ("A = {'a': B}\nB = {'a': A}\n", "A['a']['a']['a']"),
    "tables nested eighty deep": ("T = " + "{'a': " * 80 + "1" + "}" * 80 + "\n", "T" + "['a']" * 80),
    "a table of ten thousand tables": (
        "T = {" + ",".join(f"'k{n}': {{'s': 'v{n}'}}" for n in range(10_000)) + "}\n",
        "T['k7']['s']",
    ),
    "tables that hold another twice": (
        "A0 = {'a': 'x'}\n" + "".join(f"A{n + 1} = {{**A{n}, **A{n}}}\n" for n in range(35)),
        "A35['a']['b']",
    ),
    "lists that double": (
        "A0 = ['x']\n" + "".join(f"A{n + 1} = [*A{n}, *A{n}]\n" for n in range(35)),
        "A35[3][0]",
    ),
    "texts that double": ("A0 = 'x'\n" + "".join(f"A{n + 1} = A{n} + A{n}\n" for n in range(60)), "A60"),
    "texts that double by a format": (
        "A0 = 'x'\n" + "".join(f"A{n + 1} = '{{}}{{}}'.format(A{n}, A{n})\n" for n in range(60)),
        "A60",
    ),
    "texts that double by a method": (
        CLASS + "    def d(self, a): return a + a\nO = C()\n",
        "O.d(" * 60 + "'x'" + ")" * 60,
    ),
    "an enum of ten thousand members": (
        "from enum import Enum\nclass E(Enum):\n" + "".join(f"    A{n} = 'v{n}'\n" for n in range(10_000)),
        "E.A9",
    ),
    "an enum that a call makes of ten thousand names": (
        "from enum import Enum\nE = Enum('E', '" + " ".join(f"A{n}" for n in range(10_000)) + "')\n",
        "E.A9",
    ),
    "calls a thousand deep": (
        "".join(f"def f{n}(job): return f{n + 1}(job)\n" for n in range(1_000))
        + "def f1000(job): return 'processing'\n",
        "f0(job)",
    ),
}
MADE = {
    "a function that calls itself": ("def f(b):\n    return f(b)\n", "f(int)"),
    "functions that call each other": ("def f(b): return g(b)\ndef g(b): return f(b)\n", "f(int)"),
    "a function called on itself sixty times": (
        "def f(b):\n    class N(b): pass\n    return N\n",
        "f(" * 60 + "int" + ")" * 60,
    ),
    "a class made of a class that it makes": ("def f(b):\n    class N(f(b)): pass\n    return N\n", "f(int)"),
    "a class made of itself": ("X = type('X', (X,), {})\n", "X"),
    "a class made of five hundred": (
        "".join(f"class M{n}: pass\n" for n in range(500))
        + f"def f(b): return type('x', ({', '.join(f'M{n}' for n in range(500))}), {{}})\n",
        "f(1)",
    ),
    "functions with two ways each": (
        "".join(f"def f{n}(b):\n    if b: return f{n + 1}(b)\n    return f{n + 1}(f{n + 1}(b))\n" for n in range(38))
        + "def f38(b): return b\n",
        "f0(int)",
    ),
}
MAX_CALLS = 5_000_000
"""How many calls of Python functions a hostile file may cost; it is a few seconds."""


def calls_of(function: Callable[[], object]) -> int:
    """Return how many Python functions are called on the way."""
    count = 0

    def watch(frame, event, argument):
        nonlocal count
        count += event == "call"
        if count > MAX_CALLS:
            raise TimeoutError("too many steps")

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(("text", "asked"), TANGLED.values(), ids=TANGLED)
def test_a_value_that_rests_on_much_is_told_or_unknown_in_a_bounded_number_of_steps(tmp_path, text, asked):
    write(
        tmp_path,
        {"app/evil.py": text, "app/jobs.py": f"from app.evil import *\ndef start(job):\n    job.status = {asked}\n"},
    )
    running = session(tmp_path)
    assert calls_of(lambda: [lint(running, tmp_path, path) for path in ("app/jobs.py", "app/evil.py")]) < MAX_CALLS
    assert lint(running, tmp_path, "app/jobs.py") == []


@pytest.mark.parametrize(("text", "base"), MADE.values(), ids=MADE)
def test_a_base_that_rests_on_much_is_told_or_unknown_in_a_bounded_number_of_steps(tmp_path, text, base):
    model = f"from app.evil import *\nclass TestRun({base}):\n    __tablename__ = 'x'\n"
    write(tmp_path, {"app/evil.py": text, "models/database/test_run.py": model})
    running = session(tmp_path)
    assert calls_of(lambda: lint(running, tmp_path, "models/database/test_run.py")) < MAX_CALLS
    found = {one.code for one in lint(running, tmp_path, "models/database/test_run.py")}
    assert found == {"BG001", "BG002", "BG003", "BG004"}
