"""Values that meet a status by way of another module: reported here, where they meet, and only where they do."""

import ast

import pytest

from flake8_bgtasks.source import NoFacts, SourceFile
from flake8_bgtasks.violation import Violation
from tests.linting import assert_as_marked, lint


class Modules(NoFacts):
    """A project of a few modules, by dotted name."""

    def __init__(self, **modules: str) -> None:
        self.files = {
            name: SourceFile(f"{name}.py", text.splitlines(keepends=True), ast.parse(text), facts=self)
            for name, text in modules.items()
        }

    def module(self, dotted: str, source: SourceFile) -> SourceFile | None:
        return self.files.get(dotted)


PROJECT = Modules(
    models=(
        "from enum import Enum, StrEnum, auto\nfrom sqlalchemy.orm import DeclarativeBase\n\n\n\n"
        "class Kind(Enum):\n    BUSY = 'processing'\n    PROCESSING = 'running'\n"
        "class Base(DeclarativeBase): pass\nclass Order(Base): __tablename__ = 'orders'\nclass Run(Base): __tablename__ = 'runs'\n"
        "BUSY = 'processing'\nALL = ('pending', 'processing')\nNAMES = ['processing']\n"
    ),
    helpers=(
        "from models import Order\ndef set_it(thing, new):\n    thing.status = new\ndef again(thing, what):\n    set_it(thing, new=what)\n"
        "def sell(order: Order, status):\n    order.status = status\ndef nothing(thing, new):\n    thing.kind = new\ndef load() -> Order: ...\n"
        "def post(url, json): ...\n"
    ),
)

SILENT = {
    "a member with another value": "from models import Kind\njob.status = Kind.PROCESSING",
    "a function that stores it elsewhere": "from helpers import nothing\nnothing(job, 'processing')",
    "a function that stores it in an order": "from helpers import sell\nsell(x, 'processing')\nsell(x, status='processing')",
    "a function that is given an order": "from helpers import set_it\nfrom models import Order\nset_it(Order(), 'processing')",
    "an order by its class": "from models import Order\nx = Order(status='processing')",
    "an order by a function's annotation": "from helpers import load\nload().status = 'processing'",
    "an order by its name": "from models import Order\norder.status = 'processing'",
    "SQL about an imported order's table": "from models import Order\nx = \"UPDATE orders SET status = 'processing'\"",
    "a constant that nobody compares": "from models import BUSY, ALL\nprint(BUSY, ALL, job.status)",
}
SPEAKING = {
    "a constant": "from models import BUSY\njob.status = BUSY  # expect: BG010",
    "a constant of a module": "import models\njob.status = models.BUSY  # expect: BG010",
    "a member": "from models import Kind\njob.status = Kind.BUSY.value  # expect: BG010",
    "a named collection": "from models import ALL\nx = job.status in ALL  # expect: BG010",
    "a named collection among others": "from models import ALL\nx = job.status in ('a', *ALL)  # expect: BG010",
    "a named collection in a column's Enum": (
        "from sqlalchemy import Column, Enum\nfrom models import NAMES\nclass Job:\n    status = Column(Enum(*NAMES))  # expect: BG010"
    ),
    "a function": "from helpers import set_it\nset_it(job, 'processing')  # expect: BG010",
    "a function by keyword": "from helpers import set_it\nset_it(job, new='processing')  # expect: BG010",
    "a function of a function": "from helpers import again\nagain(job, 'processing')  # expect: BG010",
    "a function that is given a run": "from helpers import set_it\nfrom models import Run\nset_it(Run(), 'processing')  # expect: BG010",
    "a function that is called like a request": "import helpers\nhelpers.post('/a', json={'status': 'processing'})  # expect: BG010",
    "an order that nobody imports": "order.status = 'processing'  # expect: BG010",
}


@pytest.mark.parametrize("code", [*SILENT.values(), *SPEAKING.values()], ids=[*SILENT.keys(), *SPEAKING.keys()])
def test_by_way_of_another_module(code: str) -> None:
    assert_as_marked(f"{code}\nprint(job.status)", "app/a.py", "BG01", facts=PROJECT)


def test_a_file_that_never_says_status_is_not_looked_into() -> None:
    assert not lint("from helpers import set_it\nset_it(job, 'processing')", "app/a.py", facts=PROJECT), (
        "the price of being cheap"
    )


def test_a_class_with_a_task_model_of_the_rules_in_another_module_stays_reported() -> None:
    facts = Modules(models="class Base(DeclarativeBase): pass\nclass Letzshop(Base): __tablename__ = 'x'\n")
    facts.files["models"].path = "models/database/letzshop.py"
    found: list[Violation] = lint(
        "from models import Letzshop\nx = Letzshop(status='processing')", "app/a.py", facts=facts
    )
    assert [one.line for one in found] == [2]
