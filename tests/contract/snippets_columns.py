"""Snippets, columns: what counts as a column of a task model, and where it may stand."""

from tests.contract.rows import RUN_MODEL, Row

HEAD = """
import enum
import sqlalchemy as sa
from sqlalchemy import Column, Column as C, DateTime, Enum, ForeignKey, Integer, MetaData, String, Table, Text
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, column_property, declared_attr, deferred
from sqlalchemy.orm import mapped_column, relationship, synonym
from sqlmodel import Field, Relationship, SQLModel
from typing import Annotated, ClassVar
class Base(DeclarativeBase):
    pass
"""

ROWS = (
    Row(
        "Columns are Column, mapped_column and a bare Mapped, under any name, with any type",
        RUN_MODEL,
        "BG001",
        head=HEAD,
        silent={
            "A4: sa.Column, and Column under another name": """
                class TestRun(Base):
                    status = sa.Column(sa.Enum("pending", "running"))

                class ArchitectureScan(Base):
                    status = C(String)
                """,
            "A3: A Column of literal values": """
                class TestRun(Base):
                    status = Column(Enum("pending", "done", name="run_status"))
                """,
            "A5 A1: Mapped without a right side, and with one": """
                class TestRun(Base):
                    status: Mapped[str]

                class ArchitectureScan(Base):
                    status: Mapped[str] = mapped_column(String(20), index=True)
                """,
            "A7: An alias of Annotated in another module": {
                "models/types.py": """
                    from typing import Annotated
                    from sqlalchemy.orm import Mapped, mapped_column
                    str_20 = Annotated[str, mapped_column(String(20))]
                    Word = Mapped[str_20]
                    """,
                RUN_MODEL: """
                    from models.types import Word, str_20

                    class TestRun(Base):
                        status: Mapped[str_20]

                    class ArchitectureScan(Base):
                        status: Word
                    """,
            },
            "A12: A column of a mapped dataclass": """
                class TestRun(MappedAsDataclass, Base):
                    __tablename__ = "test_runs"
                    status: Mapped[str] = mapped_column(default="pending", init=False)
                """,
        },
        speaking={
            "A4: The attribute's name counts, not the database's": """
                class TestRun(Base):  # expect: BG001
                    state = sa.Column("status", sa.String)
                """,
            "A11: A type alone makes no column": """
                class TestRun(Base):  # expect: BG001
                    id: Mapped[int] = mapped_column(primary_key=True)
                    status = DateTime()
                """,
        },
    ),
    Row(
        "In a SQLModel table, and its SQLModel bases, every annotated name is a column but ClassVar and Relationship",
        RUN_MODEL,
        "BG001",
        head=HEAD,
        silent={
            "A6: A plain default, a Field, and none": """
                class TestRun(SQLModel, table=True):
                    id: int | None = Field(default=None, primary_key=True)
                    status: RunStatus = Field(default=RunStatus.PENDING)

                class ArchitectureScan(SQLModel, table=True):
                    id: int
                    status: str = "pending"
                """,
            "A6: A Field with a column that a helper of the project makes": """
                def enum_column(kind):
                    return Column(Enum(kind, native_enum=False), index=True)

                class TestRun(SQLModel, table=True):
                    status: RunStatus = Field(sa_column=enum_column(RunStatus))
                """,
            "A6 A8: A field of a base without a table": """
                class RunBase(SQLModel):
                    status: str = "pending"

                class TestRun(RunBase, table=True):
                    id: int = Field(primary_key=True)
                """,
        },
        speaking={
            "A6: A ClassVar, a Relationship and a private name are no columns": """
                class TestRun(SQLModel, table=True):  # expect: BG001
                    id: int = Field(primary_key=True)
                    status: ClassVar[str] = "pending"
                    _status: str = "pending"

                class ArchitectureScan(SQLModel, table=True):  # expect: BG001
                    id: int = Field(primary_key=True)
                    status: "Status" = Relationship(back_populates="scans")
                """,
        },
    ),
    Row(
        "Columns are also deferred, column_property, synonym, declared_attr, a helper's column, one that is set later",
        RUN_MODEL,
        "BG001",
        head=HEAD,
        silent={
            "A14: A synonym and a column_property": """
                class TestRun(Base):
                    state = Column(String)
                    status = synonym("state")

                class ArchitectureScan(Base):
                    state = Column(String)
                    status = column_property(sa.func.lower(state))
                """,
            "A15: A deferred column": """
                class TestRun(Base):
                    status: Mapped[str] = deferred(mapped_column(Text))
                """,
            "A10: A declared_attr that returns a column": """
                class TestRun(Base):
                    @declared_attr
                    def status(cls) -> Mapped[str]:
                        return mapped_column(String(20), index=True)
                """,
            "A6: A column that a helper of another module makes": {
                "models/columns.py": """
                    import sqlalchemy as sa

                    def enum_column(kind):
                        return sa.Column(sa.Enum(kind))
                    """,
                RUN_MODEL: """
                    from models.columns import enum_column

                    class TestRun(Base):
                        status = enum_column(RunStatus)
                    """,
            },
            "A13: A column of the class's own table, and one that is set after the class": """
                class TestRun(Base):
                    __table__ = Table("test_runs", MetaData(), Column("status", String))

                class ArchitectureScan(Base):
                    __tablename__ = "architecture_scans"
                    id = Column(Integer, primary_key=True)

                ArchitectureScan.status = Column(String)
                """,
        },
        speaking={
            "A14: A hybrid_property, an association_proxy and a relationship are none": """
                class TestRun(Base):  # expect: BG001
                    id = Column(Integer, primary_key=True)

                    @hybrid_property
                    def status(self):
                        return self.result.status

                class ArchitectureScan(Base):  # expect: BG001
                    id = Column(Integer, primary_key=True)
                    result = relationship("Result")
                    status = association_proxy("result", "status")

                class MarketplaceImportJob(Base):  # expect: BG001
                    id = Column(Integer, primary_key=True)
                    status = relationship("Status")
                """,
            "A14 A10: A property, a method and a plain value are none": """
                class TestRun(Base):  # expect: BG001
                    id = Column(Integer, primary_key=True)

                    @property
                    def status(self):
                        return "pending"

                class ArchitectureScan(Base):  # expect: BG001
                    id = Column(Integer, primary_key=True)

                    @declared_attr
                    def status(cls):
                        return relationship("Status")
                """,
        },
    ),
    Row(
        "Columns stand on the class or on any base; the nearest definition wins; an unknown base leaves it to the text",
        RUN_MODEL,
        "BG001",
        head=HEAD,
        silent={
            "A8 A9: Bases in other modules, one behind the other": {
                "models/stamped.py": """
                    from sqlalchemy import Column, String

                    class HasStatus:
                        status = Column(String)
                    """,
                "models/record.py": """
                    from models.stamped import HasStatus
                    from models.base import Base

                    class Record(HasStatus, Base):
                        __abstract__ = True
                    """,
                "models/base.py": "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): ...\n",
                RUN_MODEL: """
                    from models.record import Record

                    class TestRun(Record):
                        __tablename__ = "test_runs"
                    """,
            },
            "A9: A base of an installed package, and the word in the class": """
                from company_models import Run

                class TestRun(Run):
                    __tablename__ = "test_runs"
                    __mapper_args__ = {"polymorphic_on": "status"}
                    kinds = Run.status
                """,
            "A12: Decorators of the class do not matter": """
                @mapper_registry.mapped
                @tracked
                class TestRun(Base):
                    __tablename__ = "test_runs"
                    status: Mapped[str]
                """,
            "A12: Bases that are known bring no columns and do not matter": """
                from sqlalchemy.ext.asyncio import AsyncAttrs

                class TestRun(AsyncAttrs, MappedAsDataclass, Base):
                    __tablename__ = "test_runs"
                    status: Mapped[str]
                """,
        },
        speaking={
            "A8: A nearer definition that is no column hides a base's": """
                class HasStatus:
                    status = Column(String)

                class TestRun(HasStatus, Base):  # expect: BG001
                    __tablename__ = "test_runs"
                    status = relationship("Status")
                """,
            "A12: Known bases alone bring none": """
                from abc import ABC
                from sqlalchemy.ext.asyncio import AsyncAttrs

                class TestRun(AsyncAttrs, MappedAsDataclass, Base, ABC):  # expect: BG001
                    __tablename__ = "test_runs"
                    state: Mapped[str]
                """,
            "A9: An unknown base without the word in the class": """
                from company_models import Run

                class TestRun(Run):  # expect: BG001
                    __tablename__ = "test_runs"
                """,
        },
    ),
)
