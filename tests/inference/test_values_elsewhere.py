"""Values that come from other modules, and whose status they meet; silent cases first."""

import pytest

from tests.projects import assert_as_marked

OTHER = {
    "an enum's member that is called so and is another value": {
        "app/states.py": 'from enum import Enum\nclass JobStatus(str, Enum):\n    PROCESSING = "running"\n',
        "app/jobs.py": """
            from app.states import JobStatus

            def start(job):
                job.status = JobStatus.PROCESSING
                job.status = JobStatus.PROCESSING.value
                job.status = JobStatus("running")
            """,
    },
    "a constant that is computed at run time": {
        "app/states.py": 'import os\nOLD = os.environ.get("OLD", "processing")\n',
        "app/jobs.py": "from app.states import OLD\ndef start(job):\n    job.status = OLD\n",
    },
    "an f-string": {
        "app/states.py": 'NAME = "x"\nOLD = f"processing {NAME}"\n',
        "app/jobs.py": "from app.states import OLD\ndef start(job):\n    job.status = OLD\n",
    },
    "a function that is told the value by its caller": {
        "app/service.py": "def set_status(job, value):\n    job.status = value\n",
        "app/states.py": 'NEW = "running"\nOLD = "processing"\n',
        "app/jobs.py": """
            from app.service import set_status
            from app.states import NEW, OLD

            def start(job, value):
                set_status(job, value)
                set_status(job, "running")
                set_status(job, NEW)
                log(job, OLD)
            """,
    },
    "a status of another module's class that is no task": {
        "app/models.py": """
            class Order:
                status = ""

            def get_order(number) -> Order: ...
            """,
        "app/shop.py": """
            from app import models
            from app.models import Order, get_order

            def pay(number, orders: list[Order], other: "models.Order | None"):
                get_order(number).status = "processing"
                other.status = "processing"
                for one in orders:
                    one.status = "processing"
                Order(status="processing")
                if Order.status == "processing":
                    return models.Order(status="processing")
            """,
    },
    "an attribute of another module's class": {
        "app/models.py": "class Order:\n    pass\nclass Basket:\n    order: Order\n",
        "app/shop.py": """
            from app.models import Basket

            class Shop:
                def __init__(self, basket: Basket):
                    self.basket = basket

                def pay(self):
                    self.basket.order.status = "processing"
            """,
    },
    "a variable called like an imported model that is no task": {
        "app/models.py": """
            from sqlalchemy.orm import DeclarativeBase

            class Base(DeclarativeBase):
                pass

            class Order(Base):
                __tablename__ = "orders"

            class OrderItem(Base):
                __tablename__ = "order_items"
            """,
        "app/shop.py": """
            from app.models import Order, OrderItem

            def pay(db, order, order_item):
                order.status = "processing"
                order_item.status = "processing"
            """,
    },
    "a variable called like a model of an imported module": {
        "app/models.py": """
            from sqlalchemy.orm import DeclarativeBase

            class Base(DeclarativeBase):
                pass

            class Order(Base):
                __tablename__ = "orders"
            """,
        "app/shop.py": """
            from app import models as m

            def pay(db, order):
                order.status = "processing"
                db.delete(m.Order)
            """,
    },
    "a variable called like a model that a star import brings": {
        "app/models.py": """
            from sqlalchemy.orm import DeclarativeBase

            class Base(DeclarativeBase):
                pass

            class Order(Base):
                __tablename__ = "orders"
            """,
        "app/shop.py": """
            from app.models import *

            def pay(db, order):
                order.status = "processing"
                db.add(Order())
            """,
    },
    "the table of an imported model that is no task": {
        "app/models.py": """
            from sqlalchemy.orm import DeclarativeBase

            class Base(DeclarativeBase):
                pass

            class Order(Base):
                __tablename__ = "shop_orders"
            """,
        "app/shop.py": """
            from app.models import Order

            def pay(db):
                db.execute("UPDATE shop_orders SET status = 'processing'")
            """,
    },
    "a local variable that hides the import": {
        "app/states.py": 'OLD = "processing"\n',
        "app/jobs.py": """
            from app.states import OLD

            def start(job):
                OLD = "running"
                job.status = OLD
            """,
    },
    "the argument of a helper that makes nothing of it": {
        "app/service.py": "def tell(job, word):\n    print(word)\n",
        "app/jobs.py": "from app.service import tell\ndef start(job):\n    tell(job, 'processing')\n",
    },
}

MET = {
    "constants of a base class, by way of self": {
        "app/base.py": 'class Words:\n    OLD = "processing"\n    LATE = "processing"\n',
        "app/jobs.py": """
            from app.base import Words

            class Importer(Words):
                def run(self, job):
                    job.status = self.OLD  # expect: BG010

                @classmethod
                def begin(cls, job):
                    job.status = cls.LATE  # expect: BG010
            """,
    },
    "an entry of a table, or its default": {
        "app/states.py": """
            WORDS = {"begin": "processing", "end": "completed"}
            TABLE = {"import": {"begin": "processing"}}
            """,
        "app/jobs.py": """
            from app import states

            def start(job, event):
                job.status = states.WORDS.get(event, "running")  # expect: BG010
                job.status = states.WORDS.get("end", "processing")
                job.status = states.TABLE["import"]["begin"]  # expect: BG010
            """,
    },
    "an attribute of an object": {
        "app/states.py": """
            from dataclasses import dataclass

            @dataclass(frozen=True)
            class Words:
                old: str = "processing"
                new: str = "running"

            WORDS = Words()
            """,
        "app/jobs.py": """
            from app.states import WORDS

            def start(job):
                job.status = WORDS.new
                job.status = WORDS.old  # expect: BG010
            """,
    },
    "an enum that a call makes": {
        "app/states.py": """
            from enum import Enum

            JobStatus = Enum("JobStatus", {"OLD": "processing", "PROCESSING": "running"})
            """,
        "app/jobs.py": """
            from app.states import JobStatus

            def start(job):
                job.status = JobStatus.OLD  # expect: BG010
                job.status = JobStatus.PROCESSING
                job.status = JobStatus["OLD"].value  # expect: BG010
            """,
    },
    "a text that is put together": {
        "app/words.py": 'WORD = "PROCESSING"\n',
        "app/jobs.py": """
            from app.words import WORD

            def start(job):
                job.status = "{}".format(WORD).lower()  # expect: BG010
                job.status = "%s_%s" % (WORD, "fee")
                job.status = WORD.lower().replace("ing", "ed")
                job.status = "".join(("processing",)).strip()  # expect: BG010
            """,
    },
    "members of an enum": {
        "app/states.py": """
            from enum import Enum

            class JobStatus(str, Enum):
                OLD = "processing"  # expect: BG010
            """,
        "app/jobs.py": """
            from app import states
            from app.states import JobStatus as State

            def start(job, db):
                job.status = State.OLD  # expect: BG010
                job.status = State.OLD.value  # expect: BG010
                job.status = states.JobStatus.OLD  # expect: BG010
                job.status = State["OLD"]  # expect: BG010
                job.status = State("processing")  # expect: BG010
                if job.status in (State.OLD,):  # expect: BG010
                    db.execute(update(Job).values(status=State.OLD))  # expect: BG010
            """,
    },
    "members of enums with a base of the project": {
        "app/enums.py": "from enum import Enum\nclass TextEnum(str, Enum):\n    def __str__(self):\n        return self.value\n",
        "app/states.py": """
            from app.enums import TextEnum

            class Words(TextEnum):
                OLD = "processing"
            """,
        "app/jobs.py": "from app.states import Words\ndef start(job):\n    job.status = Words.OLD  # expect: BG010\n",
    },
    "members that get their values automatically": {
        "app/states.py": """
            from enum import IntEnum, StrEnum, auto

            class Words(StrEnum):
                PROCESSING = auto()

            class Numbers(IntEnum):
                PROCESSING = 1
            """,
        "app/jobs.py": """
            from app.states import Numbers, Words

            def start(job):
                job.status = Words.PROCESSING  # expect: BG010
                job.status = Numbers.PROCESSING  # expect: BG010
            """,
    },
    "class constants, own and inherited": {
        "app/base.py": 'class Words:\n    OLD = "processing"\n',
        "app/states.py": "from app.base import Words\nclass More(Words):\n    NEW = 'running'\n",
        "app/jobs.py": """
            from app.states import More

            def start(job):
                job.status = More.NEW
                job.status = More.OLD  # expect: BG010
            """,
    },
    "constants of constants": {
        "app/words.py": 'WORD = "processing"\n',
        "app/states.py": "from app import words\nOLD = words.WORD\nALL = (OLD, 'running')\nBY_NAME = {'old': OLD}\n",
        "app/jobs.py": """
            from app.states import ALL, BY_NAME, OLD

            def start(job, ok):
                job.status = OLD if ok else "running"  # expect: BG010
                job.status = BY_NAME["old"]  # expect: BG010
                if job.status in ALL:  # expect: BG010
                    return
            """,
    },
    "what a function of another module returns": {
        "app/states.py": 'def first():\n    return "processing"\nlast = lambda: "processing"\n',
        "app/jobs.py": """
            from app.states import first, last

            def start(job):
                job.status = first()  # expect: BG010
                job.status = last()  # expect: BG010
            """,
    },
    "the argument of a helper of another module": {
        "app/service.py": """
            def set_status(job, value="running"):
                job.status = value

            class Jobs:
                def move(self, job, to):
                    job.status = to
            """,
        "app/states.py": 'OLD = "processing"\n',
        "app/jobs.py": """
            from app import states
            from app.service import Jobs, set_status
            from app.states import OLD

            def start(job):
                set_status(job, OLD)  # expect: BG010
                set_status(job, states.OLD)  # expect: BG010
                set_status(job, "processing")  # expect: BG010
                set_status(job, value="processing")  # expect: BG010
                Jobs().move(job, "processing")  # expect: BG010
            """,
    },
    "a task model of another module": {
        "models/database/test_run.py": """
            from sqlalchemy.orm import DeclarativeBase

            class Base(DeclarativeBase):
                pass

            class TestRun(Base):
                __tablename__ = "test_runs"
            """,
        "app/runs.py": """
            from models.database.test_run import TestRun

            def start(db, run_id):
                run = db.get(TestRun, run_id)
                run.status = "processing"  # expect: BG010
                test_run = run
                test_run.status = "processing"  # expect: BG010
                db.execute("UPDATE test_runs SET status = 'processing'")  # expect: BG010
            """,
    },
    "a class with a task word in its name": {
        "app/models.py": "class SyncRun:\n    pass\nclass ImportProgress:\n    pass\n",
        "app/runs.py": """
            from app.models import ImportProgress, SyncRun

            def start():
                SyncRun(status="processing")  # expect: BG010
                ImportProgress().status = "processing"  # expect: BG010
            """,
    },
    "a variable called like a model that is not imported": {
        "app/models.py": "class Order:\n    pass\n",
        "app/shop.py": 'def pay(order):\n    order.status = "processing"  # expect: BG010\n',
    },
    "an enum that cannot be found": {
        "app/jobs.py": """
            from company.states import JobStatus

            def start(job):
                job.status = JobStatus.PROCESSING  # expect: BG010
                job.status = JobStatus.RUNNING
            """,
    },
}


@pytest.mark.parametrize("files", OTHER.values(), ids=OTHER)
def test_silent_with(tmp_path, files):
    assert_as_marked(tmp_path, files, "BG010", only=("jobs.py", "shop.py", "runs.py"))


@pytest.mark.parametrize("files", MET.values(), ids=MET)
def test_met_with(tmp_path, files):
    assert_as_marked(tmp_path, files, "BG010", only=("jobs.py", "shop.py", "runs.py"))
