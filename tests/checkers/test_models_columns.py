"""BG-001 on every way to give a model a column, or something that only looks like one (semantics, section 4)."""

import pytest

from tests.linting import assert_as_marked, lint

PATH = "models/database/test_run.py"

HEAD = """
import enum
import sqlalchemy as sa
import sqlalchemy.orm as orm
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Optional
from sqlalchemy import Column, Column as C, Enum, Integer, MetaData, String, Table, Text
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import (
    DeclarativeBase, Mapped, MappedAsDataclass, column_property, declared_attr, deferred, mapped_column, relationship, synonym
)
from sqlmodel import Field, Relationship, SQLModel

class Base(DeclarativeBase):
    pass

class JobStatus(enum.Enum):
    PENDING = "pending"
"""


def plain(*body: str) -> str:
    """Return a mapped class with this body."""
    lines = "\n    ".join(("__tablename__ = 'test_runs'", "id = Column(Integer, primary_key=True)", *body))
    return f"class TestRun(Base):\n    {lines}\n"


def declared(*body: str) -> str:
    """Return a mapped class after some code that it needs: the last line but those that are indented."""
    return "\n".join(body) + "\n"


HAS_STATUS = {
    "a class derived from Column": "class UtcColumn(sa.Column):\n    pass\n" + plain("status = UtcColumn(String)"),
    "a Column set with setattr": plain() + "\nsetattr(TestRun, 'status', Column(String))\n",
    "a Column": plain("status = Column(String(20), default='pending')"),
    "a Column of an enum": plain("status = Column(Enum(JobStatus), default=JobStatus.PENDING)"),
    "a Column of literal values": plain("status = Column(Enum('pending', 'done', name='s'))"),
    "a qualified Column": plain("status = sa.Column(sa.Enum(JobStatus))"),
    "a Column imported under another name": plain("status = C(String)"),
    "a Column of a Flask-SQLAlchemy object": "from app.db import db\n" + plain("status = db.Column(db.String)"),
    "a name assigned to Column": "Col = sa.Column\n" + plain("status = Col(String)"),
    "a Column under another name in the database": plain("status = Column('state', String)"),
    "two names for one Column": plain("state = status = Column(String)"),
    "a Column in each arm of a condition": plain("status = Column(String) if sa else Column(Text)"),
    "a Column under an if": plain("if sa.__version__ > '2':", "    status = Column(String)"),
    "mapped_column with Mapped": plain("status: Mapped[JobStatus] = mapped_column(Enum(JobStatus), index=True)"),
    "mapped_column of a dataclass": plain("status: Mapped[str] = mapped_column(default='pending', init=False)"),
    "mapped_column with no annotation": plain("status = mapped_column(String)"),
    "mapped_column, qualified": plain("status: orm.Mapped[str] = orm.mapped_column(String)"),
    "Mapped with no value": plain("status: Mapped[str]"),
    "Mapped of an optional": plain("status: Mapped[Optional[str]]"),
    "Mapped, qualified": plain("status: orm.Mapped[str]"),
    "Mapped in quotes": plain("status: 'Mapped[str]'"),
    "Mapped of an Annotated alias": "str_20 = Annotated[str, mapped_column(String(20))]\n"
    + plain("status: Mapped[str_20]"),
    "an alias of Mapped": "Text20 = Mapped[str]\n" + plain("status: Text20"),
    "an imported alias in Mapped": "from app.types import str_20\n" + plain("status: Mapped[str_20]"),
    "Mapped with an unknown helper": "from app.columns import enum_column\n"
    + plain("status: Mapped[str] = enum_column(JobStatus)"),
    "a deferred column": plain("status = deferred(Column(Text))"),
    "a deferred mapped_column": plain("status: Mapped[str] = deferred(mapped_column(Text))"),
    "a column_property": plain("status = column_property(sa.func.lower(id))"),
    "a synonym": plain("state = Column(String)", "status = synonym('state')"),
    "a declared_attr": plain("@declared_attr", "def status(cls): return Column(String)"),
    "a declared_attr with Mapped": plain(
        "@declared_attr", "def status(cls) -> Mapped[str]: return mapped_column(String)"
    ),
    "a declared_attr, cascading": plain("@orm.declared_attr.cascading", "def status(cls): return Column(String)"),
    "a declared_attr that is a classmethod": plain(
        "@declared_attr", "@classmethod", "def status(cls): return Column(String)"
    ),
    "a helper that returns a column": "def status_column(): return Column(String)\n"
    + plain("status = status_column()"),
    "a helper of a helper": (
        "def column(kind, **more): return Column(kind, **more)\ndef status_column():\n    made = column(String)\n    return made\n"
        + plain("status = status_column()")
    ),
    "a lambda that returns a column": "make = lambda: Column(String)\n" + plain("status = make()"),
    "a partial of Column": "from functools import partial\nText20 = partial(Column, String(20))\n"
    + plain("status = Text20()"),
    "a column set after the class": plain() + "TestRun.status = Column(String)\n",
    "a column set after the class under an if": plain() + "if sa:\n    TestRun.status = sa.Column(String)\n",
    "a table of its own": (
        "class TestRun(Base):\n    __table__ = Table('runs', Base.metadata, Column('id', Integer), Column('status', String))\n"
    ),
    "a table by name": (
        "runs = Table('runs', MetaData(), Column('id', Integer), Column('status', String))\n"
        "class TestRun(Base):\n    __table__ = runs\n"
    ),
    "a field of a dataclass with a column": (
        "@dataclass\nclass TestRun(Base):\n    __tablename__ = 'runs'\n    __sa_dataclass_metadata_key__ = 'sa'\n"
        "    status: str = field(metadata={'sa': Column(String)})\n"
    ),
    "a mixin": "class HasStatus:\n    status = Column(String)\nclass TestRun(HasStatus, Base):\n    __tablename__ = 'runs'\n",
    "a mixin of a mixin": (
        "class A:\n    status: Mapped[str]\nclass BMixin(A):\n    pass\nclass TestRun(BMixin, Base):\n    __tablename__ = 'runs'\n"
    ),
    "a mixin with a declared_attr": (
        "class AMixin:\n    @declared_attr\n    def status(cls):\n        return Column(String)\n"
        "class TestRun(AMixin, Base):\n    __tablename__ = 'runs'\n"
    ),
    "an abstract base": (
        "class Record(Base):\n    __abstract__ = True\n    status: Mapped[str]\nclass TestRun(Record):\n    __tablename__ = 'runs'\n"
    ),
    "a declarative base with columns": (
        "class Model(DeclarativeBase):\n    status: Mapped[str]\nclass TestRun(Model):\n    __tablename__ = 'runs'\n"
    ),
    "a mapped parent class": plain("status = Column(String)").replace("TestRun", "Run")
    + "class TestRun(Run):\n    pass\n",
    "a class decorator": "@dataclass\n" + plain("status = Column(String)"),
    "SQLModel with Field": "class TestRun(SQLModel, table=True):\n    status: JobStatus = Field(default=JobStatus.PENDING)\n",
    "SQLModel with a plain default": "class TestRun(SQLModel, table=True):\n    status: str = 'pending'\n",
    "SQLModel with no value": "class TestRun(SQLModel, table=True):\n    status: str\n",
    "SQLModel with sa_column": "class TestRun(SQLModel, table=True):\n    status: str = Field(sa_column=Column(String))\n",
    "SQLModel with a base": (
        "class RunBase(SQLModel):\n    status: str\nclass TestRun(RunBase, table=True):\n    id: int = Field(primary_key=True)\n"
    ),
    "SQLModel by an unknown base": "from app.models import RunBase\nclass TestRun(RunBase, table=True):\n    status: str\n",
}

HAS_NO_STATUS = {
    "a Column set on another class": plain()
    + "\nclass Other(Base):\n    __tablename__ = 'o'\nsetattr(Other, 'status', Column(String))\n",
    "another thing set with setattr": plain()
    + "\nsetattr(TestRun, 'status', 'new')\nsetattr(TestRun, NAME, Column(String))\n",
    "nothing": plain(),
    "a comment and a docstring": plain("'''status = Column(String)'''", "# status = Column(String)"),
    "a string that names it": plain("x = 'status'"),
    "a column called so in the database only": plain("state = Column('status', String)"),
    "a longer word": plain("statuses_seen = Column(String)"),
    "another status": plain("payment_status = Column(String)"),
    "a relationship": plain("status = relationship('Status')"),
    "a Mapped relationship": plain("status: Mapped['Status'] = relationship()"),
    "a plain attribute": plain("status = 'pending'"),
    "a plain annotated attribute": plain("status: str = 'pending'"),
    "an annotation without Mapped": plain("status: str"),
    "an enum": plain("status = JobStatus"),
    "None": plain("status = None"),
    "a class variable": plain("status: ClassVar[str] = 'pending'"),
    "a property": plain("@property", "def status(self): return 'pending'"),
    "a hybrid property": plain("@hybrid_property", "def status(self): return 'pending'"),
    "an association proxy": plain("status = association_proxy('state', 'name')"),
    "a method": plain("def status(self): return Column(String)"),
    "a nested class": plain("class status: pass"),
    "a local in a method": plain("def f(self):", "    status = Column(String)"),
    "a declared_attr that gives a relationship": plain(
        "@declared_attr", "def status(cls): return relationship('Status')"
    ),
    "a helper that returns something else": "def make(): return 'pending'\n" + plain("status = make()"),
    "an object of a project class": "class Thing: pass\n" + plain("status = Thing()"),
    "a column of another class": plain() + "class Other:\n    status = Column(String)\n",
    "a column set on another class": "class Other: pass\n" + plain() + "Other.status = Column(String)\n",
    "a plain value set after the class": plain() + "TestRun.status = 'pending'\n",
    "a table out of a table of tables": "class TestRun(Base):\n    __table__ = TABLES['runs']\n",
    "a table without it": "class TestRun(Base):\n    __table__ = Table('runs', Base.metadata, Column('state', String))\n",
    "a mixin's column that the class replaces": (
        "class HasStatus:\n    status = Column(String)\n"
        "class TestRun(HasStatus, Base):\n    __tablename__ = 'runs'\n    status = None\n"
    ),
    "a mixin's column that a property hides": (
        "class HasStatus:\n    status = Column(String)\nclass TestRun(HasStatus, Base):\n    __tablename__ = 'runs'\n"
        "    @property\n    def status(self): return 'x'\n"
    ),
    "a nearer mixin without a column": (
        "class A:\n    status = Column(String)\nclass B(A):\n    status = None\n"
        "class TestRun(B, Base):\n    __tablename__ = 'runs'\n"
    ),
    "bases that are known to bring none": (
        "from abc import ABC\nfrom typing import Generic, TypeVar\nfrom sqlalchemy.ext.asyncio import AsyncAttrs\nT = TypeVar('T')\n"
        "status = 1\n"
        "class TestRun(AsyncAttrs, MappedAsDataclass, Generic[T], ABC, Base):\n    __tablename__ = 'runs'\n    names = ('status',)\n"
    ),
    "a SQLModel ClassVar": "class TestRun(SQLModel, table=True):\n    id: int\n    status: ClassVar[str] = 'x'\n",
    "a SQLModel Relationship": "class TestRun(SQLModel, table=True):\n    id: int\n    status: 'Status' = Relationship()\n",
    "a SQLModel private name": "class TestRun(SQLModel, table=True):\n    id: int\n    _status: str = 'x'\n",
    "a SQLModel value with no annotation": "class TestRun(SQLModel, table=True):\n    id: int\n    status = 'pending'\n",
    "a SQLModel schema's field": "class TestRun(SQLModel, table=True):\n    id: int\nclass RunOut(SQLModel):\n    status: str\n",
}


@pytest.mark.parametrize("code", HAS_STATUS.values(), ids=HAS_STATUS.keys())
def test_a_column_in_any_style_is_seen(code: str) -> None:
    assert_as_marked(HEAD + code, PATH, "BG001")


@pytest.mark.parametrize("code", HAS_NO_STATUS.values(), ids=HAS_NO_STATUS.keys())
def test_what_is_no_column_is_none(code: str) -> None:
    marked = (HEAD + code).replace("class TestRun(", "class TestRun(  # expect: BG001\n    ")
    assert_as_marked(marked, PATH, "BG001")


UNKNOWN_MET = {
    "the name in the class's own code": "class TestRun(Record):\n    __tablename__ = 'runs'\n    ORDER = ('status',)\n",
    "a read in a method": (
        "class TestRun(Record):\n    __tablename__ = 'runs'\n    def done(self):\n        return self.status == 'done'\n"
    ),
    "the name in a project base": (
        "class Between(Record):\n    __abstract__ = True\n    by = 'status'\nclass TestRun(Between):\n    __tablename__ = 'runs'\n"
    ),
    "a helper that nobody can find": "class TestRun(Base):\n    __tablename__ = 'runs'\n    status = status_column()\n",
}
UNKNOWN_NOT_MET = {
    "the name nowhere": "class TestRun(Record):\n    __tablename__ = 'runs'\n",
    "the name in a comment": "class TestRun(Record):  # status\n    __tablename__ = 'runs'\n",
    "the name in the docstring": "class TestRun(Record):\n    '''status'''\n    __tablename__ = 'runs'\n",
    "the name outside of the class": "class TestRun(Record):\n    __tablename__ = 'runs'\nstatus = 1\n",
    "the name in the middle of a word": "class TestRun(Record):\n    __tablename__ = 'runs'\n    x = 'payment_status'\n",
    "a property, which is no column for sure": (
        "class TestRun(Record):\n    __tablename__ = 'runs'\n    @property\n    def status(self): return 1\n"
    ),
}
UNKNOWN_HEAD = "from company.orm import Base, Record, status_column\n"


@pytest.mark.parametrize("code", UNKNOWN_MET.values(), ids=UNKNOWN_MET.keys())
def test_under_an_unknown_base_the_text_is_enough(code: str) -> None:
    assert not [found for found in lint(UNKNOWN_HEAD + code, PATH) if found.code == "BG001"]


@pytest.mark.parametrize("code", UNKNOWN_NOT_MET.values(), ids=UNKNOWN_NOT_MET.keys())
def test_under_an_unknown_base_the_text_must_have_it(code: str) -> None:
    assert [found.line for found in lint(UNKNOWN_HEAD + code, PATH) if found.code == "BG001"] == [2]


@pytest.mark.parametrize(
    ("columns", "codes"),
    [
        pytest.param(["triggered_by", "error_message"], [], id="the exact names"),
        pytest.param(["triggered_by_id", "error_message_text"], [], id="names that go on at a word boundary"),
        pytest.param(["triggered_bytes", "error_messageless"], ["BG003", "BG004"], id="names that go on within a word"),
        pytest.param(["was_triggered_by", "last_error_message"], ["BG003", "BG004"], id="names that end so"),
        pytest.param(["created_by", "error"], ["BG003", "BG004"], id="the same under other names"),
    ],
)
def test_an_identifier_snippet_is_met_by_names_that_continue_it(columns: list[str], codes: list[str]) -> None:
    needed = ["status", "started_at", "completed_at", *columns]
    code = HEAD + plain(*(f"{name} = Column(String)" for name in needed))
    assert [found.code for found in lint(code, PATH)] == codes


def test_a_column_snippet_names_one_column_exactly() -> None:
    assert_as_marked(
        HEAD + plain("status_text = Column(String)").replace(":\n", ":  # expect: BG001\n", 1), PATH, "BG001"
    )
