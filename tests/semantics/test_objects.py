"""Which class an object is about. The expression in question is the argument of ``use(...)``."""

import ast

import pytest

from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.objects import about, owner_of
from flake8_bgtasks.source import FUNCTIONS
from tests.linting import read
from tests.semantics.test_names import argument

HEAD = "from sqlalchemy import select, update, func\nclass Order: pass\nclass Job:\n    order: Order\n"
ABOUT = {
    "an annotation nested deeper than any": ("def f(x: " + "list[" * 30 + "Order" + "]" * 30 + "): use(x)", ""),
    "a quoted annotation that is no name": ("def f(x: '1 + 1'): use(x)", ""),
    "a quoted list of something unknown": ("def f(x: 'Page[Order]'): use(x)", ""),
    "what only a branch of the constructor sets": (
        "class C:\n    def __init__(self):\n        self.x: Order\n    def f(self): use(self.x)",
        "Order",
    ),
    "a lambda's first parameter": ("class C:\n    f = lambda self: use(self)", ""),
    "a constructor": ("x = Order()\nuse(x)", "Order"),
    "an annotation": ("def f(x: Order): use(x)", "Order"),
    "an optional annotation": ("def f(x: Order | None = None): use(x)", "Order"),
    "Optional": ("from typing import Optional\ndef f(x: Optional[Order]): use(x)", "Order"),
    "a quoted annotation": ("def f(x: 'Order | None'): use(x)", "Order"),
    "Annotated": ("from typing import Annotated\ndef f(x: Annotated[Order, 1]): use(x)", "Order"),
    "a list": ("def f(x: list[Order]): use(x)", "Order"),
    "a loop over a list": ("def f(y: list[Order]):\n    for x in y: use(x)", "Order"),
    "an element": ("def f(x: list[Order]): use(x[0])", "Order"),
    "an annotated variable": ("x: Order = make()\nuse(x)", "Order"),
    "a variable that is declared, and given another value": ("x: Order | None = None\nx = make()\nuse(x)", "Order"),
    "a variable that is given a value, and then declared": ("x = make()\nx: Order = make()\nuse(x)", "Order"),
    "another variable": ("y = Order()\nx = y\nuse(x)", "Order"),
    "a project function's return annotation": ("def f() -> Order: ...\nuse(f())", "Order"),
    "what a project function returns": ("def f(): return Order()\nuse(f())", "Order"),
    "what is awaited": ("async def f() -> Order: ...\nasync def g(): use(await f())", "Order"),
    "session.get": ("def f(session): use(session.get(Order, 1))", "Order"),
    "a query": ("def f(session): use(session.query(Order).filter(Order.id == 1).first())", "Order"),
    "a select": ("def f(session): use(session.scalars(select(Order).where(True)).all())", "Order"),
    "a loop over a select": ("def f(session):\n    for x in session.scalars(select(Order)): use(x)", "Order"),
    "an attribute by annotation": ("def f(job: Job): use(job.order)", "Order"),
    "an attribute set by the constructor": (
        "class C:\n    def __init__(self): self.x = Order()\n    def f(self): use(self.x)",
        "Order",
    ),
    "self": ("class C:\n    def f(self): use(self)", "C"),
    "cls": ("class C:\n    @classmethod\n    def f(cls): use(cls)", "C"),
    "the first argument of a static method": ("class C:\n    @staticmethod\n    def f(x): use(x)", ""),
    "the class itself": ("use(Order)", "Order"),
    "with": ("def f():\n    with Order() as x: use(x)", "Order"),
    "a caught exception": ("class E(Exception): pass\ntry: pass\nexcept E as x: use(x)", "E"),
    "both arms agree": ("x = Order() if y else Order()\nuse(x)", "Order"),
    "the arms disagree": ("x = Order() if y else Job()\nuse(x)", ""),
    "assigned two classes": ("x = Order()\nx = Job()\nuse(x)", ""),
    "a parameter without annotation": ("def f(x): use(x)", ""),
    "a name that nothing binds": ("use(x)", ""),
    "a circle": ("x = x.next\nuse(x)", ""),
}


@pytest.mark.parametrize(("code", "name"), ABOUT.values(), ids=ABOUT)
def test_about(code: str, name: str) -> None:
    """The class's name, or nothing where it is not known."""
    source = read(HEAD + code, "a.py")
    expr = argument(source)
    around = next((node for node in source.ancestors(expr) if isinstance(node, (*FUNCTIONS, ast.Module))), source.tree)
    found = about(expr, Frame(source, around)).definition
    assert getattr(found.node, "name", "") == name if found else name == ""


@pytest.mark.parametrize(
    ("code", "owner"),
    [
        ("class C:\n    def f(self): pass", "C"),
        ("class C:\n    if True:\n        def f(self): pass", "C"),
        ("class C:\n    @staticmethod\n    def f(x): pass", ""),
        ("def f(): pass", ""),
    ],
)
def test_owner(code: str, owner: str) -> None:
    """The class in whose body a method stands."""
    source = read(code, "a.py")
    (function,) = source.functions()
    found = owner_of(source, function)
    assert (getattr(found.node, "name", "") if found else "") == owner
