"""Units, task models: which classes of a matched file are asked for columns."""

from tests.contract.rows import JOB_MODEL, RUN_MODEL, Row

LETZSHOP = "models/database/letzshop.py"
BY_CLASS = """
background_task_rules:
  - id: BG-005
    name: Jobs say how often they were tried
    severity: warning
    patterns:
      - file: "models/*.py"
        class: "*Job"
        must_contain: attempts
"""
IMPORTS = """
import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy import Column, DateTime, Enum, ForeignKey, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry
from sqlmodel import Field, SQLModel
"""
HEAD = (
    IMPORTS
    + """
class Base(DeclarativeBase):
    pass
"""
)

ROWS = (
    Row(
        "Mapped classes have a table, a column or a declarative base, or are SQLModels with table=True",
        RUN_MODEL,
        "BG001",
        head=HEAD,
        silent={
            "A8 A10: Neither the declarative base nor a mixin is mapped": """
                class Stamped:
                    @declared_attr
                    def created_at(cls):
                        return Column(DateTime)

                class TestRun(Stamped, Base):
                    status = Column(String(20), default="pending")
                """,
            "A9: An abstract class is not mapped": """
                class RecordModel(Base):
                    __abstract__ = True
                    id: Mapped[int] = mapped_column(primary_key=True)

                class Run(RecordModel):
                    status: Mapped[str]
                """,
            "A17 B18: Enums, Pydantic schemas and SQLModels without a table are not mapped": """
                class RunState(str, enum.Enum):
                    PENDING = "pending"

                class RunResponse(BaseModel):
                    id: int = Field(...)

                class RunCreate(SQLModel):
                    id: int

                class Run(Base):
                    __tablename__ = "runs"
                    status = Column(Enum(RunState))
                """,
        },
        speaking={
            "A2: A class with __tablename__ whose base is not known is mapped": """
                from models.base import Base

                class TestRun(Base):  # expect: BG001
                    __tablename__ = "test_runs"
                    state = Column(String(20), default="pending")
                """,
            "A1: A class with a mapped column is mapped": """
                class TestRun(ModelBase):  # expect: BG001
                    state: Mapped[RunState] = mapped_column(Enum(RunState, native_enum=False))
                """,
            "A6: A SQLModel with table=True is mapped": """
                class TestRun(SQLModel, table=True):  # expect: BG001
                    id: int | None = Field(default=None, primary_key=True)
                """,
            "B19: A class derived from the base of another module is mapped, whatever that is called": {
                RUN_MODEL: """
                from models.record import Record

                class TestRun(Record):  # expect: BG001
                    pass
                """,
                "models/record.py": "from sqlalchemy.orm import declarative_base\nRecord = declarative_base()\n",
            },
        },
    ),
    Row(
        "Task models, first: the classes that the pattern's own class: names",
        "models/shop.py",
        "BG005",
        head=HEAD,
        rules=BY_CLASS,
        silent={
            "A17: A file without such a class is silent": "class Task(Base):\n    due_date = Column(DateTime)",
            "A17: A child row of a job is called otherwise": "class ReindexJobTarget(Base):\n    id = Column(X)",
            "A2: A class of that name that has it is silent": "class MailJob(Base):\n    attempts = Column(X)",
        },
        speaking={
            "A17: Each class of that name is asked, and no other": """
                class Order(Base):
                    __tablename__ = "orders"

                class MailJob(Base):  # expect: BG005
                    __tablename__ = "mail_jobs"

                class ExportJob(Base):  # expect: BG005
                    __tablename__ = "export_jobs"
                """,
        },
    ),
    Row(
        "Task models, else: the classes that a must_reference list of the rules names",
        LETZSHOP,
        "BG003",
        head=HEAD,
        silent={
            "A17: A child row beside it is not asked": """
                class LetzshopHistoricalImportJob(Base):
                    __tablename__ = "letzshop_jobs"
                    error_message = Column(Text)

                class LetzshopImportTarget(Base):
                    __tablename__ = "letzshop_targets"
                    job_id = Column(ForeignKey("letzshop_jobs.id"))
                """,
            "A17: A to-do task beside it is not asked": """
                class Task(Base):
                    __tablename__ = "tasks"
                    assignee_id = Column(ForeignKey("users.id"))
                    due_date = Column(DateTime)

                class LetzshopHistoricalImportJob(Base):
                    error_message: Mapped[str | None]
                """,
        },
        speaking={
            "A16: The class of the registry is asked": """
                class LetzshopOrder(Base):
                    __tablename__ = "letzshop_orders"

                class LetzshopHistoricalImportJob(Base):  # expect: BG003
                    __tablename__ = "letzshop_jobs"
                    error_msg = Column(Text)
                """,
        },
    ),
    Row(
        "Task models, else: the classes that are called like the file, case ignored",
        JOB_MODEL,
        "BG004",
        head=HEAD,
        silent={
            "A17: Another mapped class of the file is not asked": """
                class FeedSyncJob(Base):
                    triggered_by = Column(String(100))

                class Feed(Base):
                    __tablename__ = "feeds"
                """,
            "A17: A schema of that name leaves the question to the mapped class": """
                class FeedSyncJob(BaseModel):
                    id: int

                class FeedSyncRow(Base):
                    triggered_by: Mapped[str]
                """,
        },
        speaking={
            "A17: The class that is called like the file is asked, and no other": """
                class FeedSyncTarget(Base):
                    __tablename__ = "feed_sync_targets"

                class FeedSYNCJob(Base):  # expect: BG004
                    __tablename__ = "feed_sync_jobs"
                    creator_id = Column(ForeignKey("users.id"))
                """,
        },
    ),
    Row(
        "Task models, else: the only mapped class, or the file as a whole, once, at its first mapped class",
        JOB_MODEL,
        "BG002",
        head=HEAD,
        silent={
            "A5: One class that meets the whole rule is enough": """
                class Pull(Base):
                    __tablename__ = "pulls"

                class Push(Base):
                    started_at: Mapped[datetime | None]
                    completed_at: Mapped[datetime | None]
                """,
            "A9: A class derived from another has its columns too": """
                class Pull(Base):
                    started_at: Mapped[datetime | None]

                class Push(Pull):
                    completed_at: Mapped[datetime | None]
                """,
        },
        speaking={
            "A2: The only mapped class is asked": "class Sync(Base):  # expect: BG002\n    id = Column(Integer)",
            "A16: Where no class meets the whole rule the first is reported": """
                class Pull(Base):  # expect: BG002
                    started_at = Column(DateTime)

                class Push(Base):
                    completed_at = Column(DateTime)
                """,
        },
    ),
    Row(
        "A matched file without a mapped class is reported at line 1, unless it is there for others",
        RUN_MODEL,
        "BG001",
        silent={
            "I71: A file that hands on another's model is silent": """
                '''Where the model was.'''
                from models.quality import TestRun
                __all__ = ["TestRun"]
                """,
            "A10: A file that defines a mixin is a base for others": """
                class RunMixin:
                    @declared_attr
                    def created_at(cls):
                        return Column(DateTime)
                """,
            "A9: A file that defines an abstract class is a base for others": """
                class RunBase(Base):
                    __abstract__ = True
                """,
        },
        speaking={
            "A17: A file with nothing but a schema is reported at line 1": """
                class TestRunOut(BaseModel):  # expect: BG001
                    status: JobStatus = Field(...)
                """,
        },
    ),
    Row(
        "A core Table at module level counts as a mapped class, at its line; map_imperatively is unknown",
        RUN_MODEL,
        "BG001",
        head=IMPORTS,
        silent={
            "A13: A table with the column is silent": """
                metadata = MetaData()
                test_runs = sa.Table("test_runs", metadata, sa.Column("status", sa.String))
                """,
            "A13: A class that is mapped by a call is not known, and its text decides": """
                class TestRun:
                    status: str

                registry().map_imperatively(TestRun, load_table("test_runs"))
                """,
        },
        speaking={
            "A13: A table without the column is reported at its line": """
                metadata = MetaData()
                test_runs = Table("test_runs", metadata, Column("state", String))  # expect: BG001
                """,
        },
    ),
    Row(
        "The patterns decide, not the description",
        JOB_MODEL,
        "BG002",
        head=HEAD,
        silent={
            "A2: created_at is not asked for, though the description speaks of it": "class SyncJob(Base):\n    started_at = Column(DateTime)\n    completed_at = Column(DateTime)",
            "A11: A created_at that a hook sets is not asked for either": """
                class SyncJob(Base):
                    started_at = Column(DateTime)
                    completed_at = Column(DateTime)
                    created_at = DateTime()

                event.listen(SyncJob, "before_insert", stamp)
                """,
        },
        speaking={
            "A11: created_at alone does not do": "class SyncJob(Base):  # expect: BG002\n    created_at = Column(X)",
        },
    ),
)
