"""A variable that is called like a mapped class of the project, wherever that is: whose status it has."""

import pytest

from tests.projects import assert_as_marked

BASE = "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): ...\n"
ORDER = "from app.base import Base\nclass OrderItem(Base):\n    __tablename__ = 'order_items'\n"
SHIP = "def ship(order_item):\n    order_item.status = 'processing'\n"
MET = SHIP.replace("'processing'", "'processing'  # expect: BG010")

SILENT = {
    "a mapped class of another module": {"app/shop/models.py": ORDER, "app/ship.py": SHIP},
    "a mapped class in a condition": {
        "app/shop/models.py": "from app.base import Base\nif True:\n    class OrderItem(Base):\n        __tablename__ = 'x'\n",
        "app/ship.py": SHIP,
    },
    "an attribute of that name": {
        "app/shop/models.py": ORDER,
        "app/ship.py": "def ship(self):\n    self.order_item.status = 'processing'\n",
    },
}
SPEAKING = {
    "no class": {"app/shop/models.py": "", "app/ship.py": MET},
    "a class that is not mapped": {"app/shop/models.py": "class OrderItem: ...\n", "app/ship.py": MET},
    "a class in a comment": {"app/shop/models.py": "'''\nclass OrderItem(Base):\n'''\n", "app/ship.py": MET},
    "a mapped class of tests": {"app/shop/test_models.py": ORDER, "app/ship.py": MET},
    "a mapped class of a longer name": {
        "app/shop/models.py": ORDER.replace("OrderItem", "OrderItems"),
        "app/ship.py": MET,
    },
    "a task model": {
        "models/database/report_job.py": "from app.base import Base\nclass Report(Base):  \n    __tablename__ = 'reports'\n",
        "app/ship.py": "def ship(report):\n    report.status = 'processing'  # expect: BG010\n",
    },
    "a class with a task word": {
        "app/shop/models.py": ORDER.replace("OrderItem", "OrderSync"),
        "app/ship.py": "def ship(order_sync):\n    order_sync.status = 'processing'  # expect: BG010\n",
    },
    "two classes, one of them a task model": {
        "app/shop/models.py": ORDER.replace("OrderItem", "TestRun"),
        "app/ship.py": "def ship(test_run):\n    test_run.status = 'processing'  # expect: BG010\n",
    },
}


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_silent_beside(files, tmp_path):
    assert_as_marked(tmp_path, {"app/base.py": BASE, **files}, codes="BG010", only=("ship.py",))


@pytest.mark.parametrize("files", SPEAKING.values(), ids=SPEAKING)
def test_reported_beside(files, tmp_path):
    assert_as_marked(tmp_path, {"app/base.py": BASE, **files}, codes="BG010", only=("ship.py",))
