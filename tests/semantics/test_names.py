"""What a name stands for. The expression in question is the argument of ``use(...)``."""

import ast

import pytest

from flake8_bgtasks.semantics.dotted import written
from flake8_bgtasks.semantics.frames import Argument, Frame, top
from flake8_bgtasks.semantics.names import class_member, lineage, methods, resolve
from flake8_bgtasks.source import Definition, SourceFile
from tests.linting import read
from tests.semantics.test_scopes import used

OUTSIDE = {
    "an import": ("import time\nuse(time.sleep)", "time.sleep"),
    "an import by another name": ("import time as t\nuse(t.sleep)", "time.sleep"),
    "a name of a module": ("from time import sleep as nap\nuse(nap)", "time.sleep"),
    "a submodule": ("import os.path\nuse(os.path.join)", "os.path.join"),
    "a submodule by another name": ("import os.path as p\nuse(p.join)", "os.path.join"),
    "another name for it": ("import time\nt = time\nnap = t.sleep\nuse(nap)", "time.sleep"),
    "a builtin": ("use(print)", "builtins.print"),
    "a name that nothing binds": ("use(nothing)", "nothing"),
    "a star import": ("from a.b import *\nuse(nothing)", "a.b.nothing"),
    "a builtin beside a star import": ("from a.b import *\nuse(print)", "builtins.print"),
    "a relative import": ("from ..models import Job\nuse(Job)", "app.models.Job"),
    "a generic class": ("from a import Page\nuse(Page[int])", "a.Page"),
    "a quoted name": ("from a import Job\nuse('Job')", "a.Job"),
    "an import in a function": ("def f():\n    import time as t\n    use(t.sleep)", "time.sleep"),
    "either of two": ("try:\n    from a import x\nexcept ImportError:\n    from b import x\nuse(x)", "a.x b.x"),
    "a condition": ("import a, b\nx = a.y if z else b.y\nuse(x)", "a.y b.y"),
    "a parameter": ("import time\ndef f(time): use(time.sleep)", ""),
    "a parameter's default": ("import time\ndef f(nap=time.sleep): use(nap)", "time.sleep"),
    "an attribute of a call": ("use(f().sleep)", ""),
    "a circle": ("a = b\nb = a\nuse(a)", ""),
}


@pytest.mark.parametrize(("code", "names"), OUTSIDE.values(), ids=OUTSIDE)
def test_names_elsewhere(code: str, names: str) -> None:
    """The canonical dotted names of what is not project source."""
    source = read(code, "app/tasks/work.py")
    assert " ".join(resolve(argument(source), top(source)).outside) == names


HERE = {
    "a function": ("def f(): pass\nuse(f)", 1),
    "a class": ("class C: pass\nuse(C)", 1),
    "a function by another name": ("def f(): pass\ng = f\nuse(g)", 1),
    "a method of a class": ("class C:\n    def f(self): pass\nuse(C.f)", 2),
    "a method of a base": ("class B:\n    def f(self): pass\nclass C(B): pass\nuse(C.f)", 2),
    "a value": ("x = [1]\nuse(x)", 1),
    "a class attribute": ("class C:\n    x = [1]\nuse(C.x)", 2),
    "a quoted class": ("class C: pass\nuse('C')", 1),
    "a quoted class attribute": ("class C:\n    class D: pass\nuse('C.D')", 2),
}


@pytest.mark.parametrize(("code", "line"), HERE.values(), ids=HERE)
def test_definitions_here(code: str, line: int) -> None:
    """The definition in project source."""
    source = read(code, "app/tasks/work.py")
    (found,) = resolve(argument(source), top(source)).definitions
    assert getattr(found.node, "lineno", 0) == line


def argument(source: SourceFile) -> ast.expr:
    """Return the argument of ``use(...)``."""
    node = used(source)
    assert isinstance(node, ast.expr)
    return node


def test_an_argument_bound_to_a_parameter() -> None:
    """A frame knows what a parameter was given."""
    source = read("import time\ndef f(nap): use(nap)\nf(time.sleep)", "a.py")
    calls = list(source.nodes(ast.Call))
    (function,) = source.functions()
    given = next(call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "f")
    frame = Frame(source, function, {"nap": (Argument(given, top(source)),)})
    assert resolve(argument(source), frame).outside == ("time.sleep",)


LINEAGES = {
    "alone": ("class C: pass", "C", ""),
    "a chain": ("class A: pass\nclass B(A): pass\nclass C(B): pass", "C B A", ""),
    "a diamond": ("class A: pass\nclass B(A): pass\nclass D(A): pass\nclass C(B, D): pass", "C B D A", ""),
    "bases elsewhere": ("import a\nclass C(a.B, Generic[T]): pass", "C", "a.B Generic"),
    "a base made by a call": ("Base = declarative_base()\nclass C(Base): pass", "C", "declarative_base()"),
    "itself": ("class C(C): pass", "C", ""),
    "each other": ("class B(C): pass\nclass C(B): pass", "C B", ""),
    "bases that contradict each other": (
        "class A: pass\nclass B(A): pass\nclass D(A, B): pass\nclass C(D): pass",
        "C D A B",
        "",
    ),
}


@pytest.mark.parametrize(("code", "order", "outside"), LINEAGES.values(), ids=LINEAGES)
def test_lineage(code: str, order: str, outside: str) -> None:
    """Python's method resolution order, as far as it is project source; it always ends."""
    found = lineage(last_class(read(code, "a.py")))
    assert " ".join(getattr(owner.node, "name", "") for owner in found.classes) == order
    assert " ".join(found.outside) == outside


def last_class(source: SourceFile) -> Definition:
    """Return the last class of a file."""
    return Definition(source, list(source.nodes(ast.ClassDef))[-1])


def test_the_nearest_method_wins() -> None:
    """As for an instance at run time."""
    source = read("class B:\n    def f(self): pass\n    def g(self): pass\nclass C(B):\n    def f(self): pass", "a.py")
    found = methods(last_class(source))
    assert {name: getattr(method.node, "lineno", 0) for name, method in found.items()} == {"f": 5, "g": 3}
    assert class_member(last_class(source), "h").definitions == ()


@pytest.mark.parametrize(("text", "name"), [("a", "a"), ("a.b.c", "a.b.c"), ("a().b", None), ("a[0]", None)])
def test_written(text: str, name: str | None) -> None:
    """A dotted name is what is written, and nothing else is one."""
    assert written(ast.parse(text, mode="eval").body) == name
