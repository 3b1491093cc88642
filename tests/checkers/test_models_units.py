"""BG-00x: which classes of a file are its task models, and where what they lack is reported (semantics, section 3)."""

import pytest

from tests.linting import assert_as_marked, lint, messages

JOB = "models/database/export_job.py"  # BG-002 and BG-004
RUN = "models/database/test_run.py"  # all four

HEAD = """
import enum
import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy import Column, DateTime, Integer, String, Table, MetaData
from sqlalchemy.orm import DeclarativeBase, DeclarativeMeta, Mapped, declarative_base, declared_attr, mapped_column, registry
from sqlmodel import Field, SQLModel

class Base(DeclarativeBase):
    pass

mapper_registry = registry()
metadata = MetaData()
"""

SILENT_FILES = {
    "nothing at all": "",
    "a docstring, comments, imports and __all__": "'''Jobs.'''\n# none yet\nimport os\nfrom a import b\n__all__ = ['b']\n__all__ += ['c']",
    "imports for the type checker": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\n",
    "imports that may fail": "try:\n    import a\nexcept ImportError:\n    pass\n",
    "an abstract class": HEAD + "class JobRecord(Base):\n    __abstract__ = True\n    id = Column(Integer)\n",
    "an abstract class, annotated": HEAD
    + "class JobRecord(Base):\n    __abstract__: bool = True\n    id = Column(Integer)\n",
    "a mixin with columns": HEAD.replace("class Base(DeclarativeBase):\n    pass", "")
    + "class HasOwner:\n    owner = Column(Integer)\n",
    "a mixin by its name": "class OwnedMixin:\n    owner = 1\n",
    "a mixin with a declared table name": (
        "from sqlalchemy.orm import declared_attr\nclass Named:\n    @declared_attr\n    def __tablename__(cls): return 'x'\n"
    ),
    "the declarative base": "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase):\n    pass\n",
    "a SQLModel that is a base for tables": "from sqlmodel import SQLModel, Field\nclass JobBase(SQLModel):\n    id: int = Field()\n",
}


@pytest.mark.parametrize("code", SILENT_FILES.values(), ids=SILENT_FILES.keys())
def test_a_file_that_is_there_for_others_is_not_asked(code: str) -> None:
    assert not lint(code, JOB)


def test_a_package_is_not_asked_for_models() -> None:
    rules = "background_task_rules:\n- {id: BG-001, name: n, severity: error, patterns: [{file: 'm/**', must_contain: 'a = Column'}]}\n"
    assert not lint("X = 1\n", "m/__init__.py", rules)
    assert lint("X = 1\n", "m/jobs.py", rules)


WITHOUT_MODEL = {
    "an enum": "import enum\nclass ExportJobStatus(enum.Enum):\n    A = 1\n",
    "a Pydantic schema": "from pydantic import BaseModel\nclass ExportJob(BaseModel):\n    status: str\n",
    "a schema of a schema": "from pydantic import BaseModel\nclass A(BaseModel):\n    x: int\nclass ExportJob(A):\n    y: int\n",
    "a dataclass": "from dataclasses import dataclass\n@dataclass\nclass ExportJob:\n    status: str\n",
    "a plain class": "class ExportJob:\n    status = 'x'\n",
    "functions": "def f():\n    return 1\n",
    "a constant": "X = 1\n",
}


@pytest.mark.parametrize("code", WITHOUT_MODEL.values(), ids=WITHOUT_MODEL.keys())
def test_a_file_without_a_mapped_class_is_reported_once_per_rule_at_line_1(code: str) -> None:
    found = lint(code, JOB)
    assert [(one.line, one.column, one.code) for one in found] == [(1, 0, "BG002"), (1, 0, "BG004")]
    assert (
        found[0].text == "no mapped class in this file, so it has no started_at column and has no completed_at column"
    )


COLUMNS = "started_at = Column(DateTime)\n    completed_at = Column(DateTime)\n    triggered_by = Column(String)\n"

MAPPED = {
    "a class with a table name": "class ExportJob(Base):  # expect: BG002 BG004\n    __tablename__ = 'jobs'\n",
    "a class with a table": "class ExportJob(Base):  # expect: BG002 BG004\n    __table__ = Table('jobs', metadata)\n",
    "a class derived from a declarative base": "class ExportJob(Base):  # expect: BG002 BG004\n    pass\n",
    "a class derived through an abstract one": (
        "class Record(Base):\n    __abstract__ = True\nclass ExportJob(Record):  # expect: BG002 BG004\n    pass\n"
    ),
    "a class derived from a mapped one": (
        "class Job(Base):\n    __tablename__ = 'jobs'\nclass ExportJob(Job):  # expect: BG002 BG004\n    pass\n"
    ),
    "a class of declarative_base()": "B = declarative_base()\nclass ExportJob(B):  # expect: BG002 BG004\n    x = 1\n",
    "a class of a registry's base": "B = mapper_registry.generate_base()\nclass ExportJob(B):  # expect: BG002 BG004\n    x = 1\n",
    "a class of a base by metaclass": (
        "class B(metaclass=DeclarativeMeta):\n    registry = mapper_registry\n"
        "class ExportJob(B):  # expect: BG002 BG004\n    id = Column(Integer)\n"
    ),
    "a class of a base by a decorator": (
        "from sqlalchemy.orm import as_declarative\n@as_declarative()\nclass B:\n    pass\n"
        "class ExportJob(B):  # expect: BG002 BG004\n    x = 1\n"
    ),
    "a class of a base by a registry's decorator": (
        "@mapper_registry.as_declarative_base()\nclass B:\n    pass\nclass ExportJob(B):  # expect: BG002 BG004\n    x = 1\n"
    ),
    "a class that a decorator maps": (
        "@mapper_registry.mapped\nclass ExportJob:  # expect: BG002 BG004\n    __tablename__ = 'jobs'\n"
    ),
    "a class of Flask-SQLAlchemy": "from app import db\nclass ExportJob(db.Model):  # expect: BG002 BG004\n    x = 1\n",
    "a class of Flask-SQLAlchemy made here": (
        "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\nclass ExportJob(db.Model):  # expect: BG002 BG004\n    x = 1\n"
    ),
    "a class of a base elsewhere, with a column": (
        "from company.orm import Base as B\nclass ExportJob(B):  # expect: BG002 BG004\n    id = Column(Integer)\n"
    ),
    "a SQLModel table": "class ExportJob(SQLModel, table=True):  # expect: BG002 BG004\n    id: int\n",
    "a SQLModel table with a base": (
        "class JobBase(SQLModel):\n    name: str\nclass ExportJob(JobBase, table=True):  # expect: BG002 BG004\n    id: int\n"
    ),
    "a SQLModel table's schemas beside it": (
        "class ExportJob(SQLModel, table=True):  # expect: BG002 BG004\n    id: int\nclass ExportJobOut(SQLModel):\n    id: int\n"
    ),
    "a class under an if": "if sa:\n    class ExportJob(Base):  # expect: BG002 BG004\n        __tablename__ = 'jobs'\n",
    "a class in a function": "def make():\n    class ExportJob(Base):  # expect: BG002 BG004\n        __tablename__ = 'jobs'\n",
    "a decorated class": "@str\n@repr\nclass ExportJob(Base):  # expect: BG002 BG004\n    __tablename__ = 'jobs'\n",
    "a core table": "jobs = Table('jobs', metadata, Column('id', Integer))  # expect: BG002 BG004\n",
    "a core table, annotated and qualified": "jobs: sa.Table = sa.Table('jobs', metadata)  # expect: BG002 BG004\n",
}


@pytest.mark.parametrize("code", MAPPED.values(), ids=MAPPED.keys())
def test_a_mapped_class_is_reported_at_its_class_line(code: str) -> None:
    assert_as_marked(HEAD + code, JOB)


COMPLETE_TABLE = "Column('started_at', DateTime), Column('completed_at', DateTime), Column('triggered_by', String)"
MEETS = {
    "a class that has it all": f"class ExportJob(Base):\n    __tablename__ = 'jobs'\n    {COLUMNS}",
    "a core table that has it all": f"jobs = Table('jobs', metadata, {COMPLETE_TABLE})\n",
    "a core table with keys": f"jobs = Table('jobs', metadata, {COMPLETE_TABLE.replace(', DateTime', ', DateTime, index=True')})\n",
    "a mixin that has the rest": (
        f"class Tracked:\n    {COLUMNS}class ExportJob(Tracked, Base):\n    __tablename__ = 'jobs'\n"
    ),
    "classes mapped by calls, by their text": (
        f"class Job:\n    pass\njobs = Table('jobs', metadata, {COMPLETE_TABLE})\nmapper_registry.map_imperatively(Job, jobs)\n"
    ),
    "classes mapped by calls, from a table elsewhere": (
        "from a import jobs\nclass Job:\n    started_at: int\n    completed_at: int\n    triggered_by_id: int\n"
        "mapper_registry.map_imperatively(Job, jobs)\n"
    ),
}


@pytest.mark.parametrize("code", MEETS.values(), ids=MEETS.keys())
def test_a_model_that_has_it_all_is_silent(code: str) -> None:
    assert not lint(HEAD + code, JOB)


def test_classes_mapped_by_calls_are_reported_where_the_text_lacks_it() -> None:
    code = "import x\nclass Job: pass\njobs = Table('jobs', m)\nx.map_imperatively(Job, jobs)\nstarted_at = 1\n"
    assert messages(code, JOB, "BG002") == ["no mapped class in this file, so it has no completed_at column"]


CHOICE = {
    "the class that a rule names, whatever the file is called": (
        RUN,
        "class TestRunStep(Base):\n    __tablename__ = 'steps'\n"
        "class ArchitectureScan(Base):  # expect: BG001 BG002 BG003 BG004\n    __tablename__ = 'scans'\n",
    ),
    "every class that a rule names": (
        JOB,
        "class TestRun(Base):  # expect: BG002 BG004\n    __tablename__ = 'a'\n"
        f"class ArchitectureScan(Base):\n    __tablename__ = 'b'\n    {COLUMNS}"
        "class MarketplaceImportJob(Base):  # expect: BG002 BG004\n    __tablename__ = 'c'\n"
        "class ExportJob(Base):\n    __tablename__ = 'd'\n",
    ),
    "a class that a rule names counts only where it is mapped": (
        JOB,
        "class TestRun(BaseModel):\n    x: int\nclass ExportJob(Base):  # expect: BG002 BG004\n    __tablename__ = 'd'\n",
    ),
    "the class that is called like the file": (
        "models/database/csv_export_job.py",
        "class Step(Base):\n    __tablename__ = 'a'\nclass CSVExportJob(Base):  # expect: BG002 BG004\n    __tablename__ = 'b'\n",
    ),
    "the class that is called like the file, in CamelCase": (
        "models/database/csv_export_job.py",
        "class CsvExportJob(Base):  # expect: BG002 BG004\n    __tablename__ = 'b'\nclass Step(Base):\n    __tablename__ = 'a'\n",
    ),
    "the only mapped class": (
        JOB,
        "class Kind(enum.Enum):\n    A = 1\nclass Out(BaseModel):\n    a: int\nclass Something(Base):  # expect: BG002 BG004\n    x = 1\n",
    ),
    "the file as a whole, at the first mapped class": (
        JOB,
        "class Kind(enum.Enum):\n    A = 1\nclass A(Base):  # expect: BG002 BG004\n    __tablename__ = 'a'\n"
        "class B(Base):\n    __tablename__ = 'b'\n",
    ),
    "the file as a whole, where the parts are scattered": (
        JOB,
        "class A(Base):  # expect: BG002\n    __tablename__ = 'a'\n    started_at = Column(DateTime)\n    triggered_by = Column(String)\n"
        "class B(Base):\n    __tablename__ = 'b'\n    completed_at = Column(DateTime)\n",
    ),
    "the file as a whole, met by one class": (
        JOB,
        f"class A(Base):\n    __tablename__ = 'a'\nclass B(Base):\n    __tablename__ = 'b'\n    {COLUMNS}",
    ),
    "the file as a whole, met by different classes for different rules": (
        JOB,
        "class A(Base):\n    __tablename__ = 'a'\n    triggered_by = Column(String)\n"
        "class B(Base):\n    __tablename__ = 'b'\n    started_at = Column(DateTime)\n    completed_at = Column(DateTime)\n",
    ),
    "a class and a core table as a whole": (
        JOB,
        "jobs = Table('jobs', metadata)  # expect: BG002 BG004\nclass A(Base):\n    __tablename__ = 'a'\n",
    ),
    "no core table that a class is mapped to": (
        JOB,
        f"jobs = Table('jobs', metadata, {COMPLETE_TABLE})\nclass Whatever(Base):\n    __table__ = jobs\n",
    ),
    "no core table in a function": (
        JOB,
        f"class A(Base):\n    __tablename__ = 'a'\n    {COLUMNS}def f():\n    other = Table('b', metadata)\n",
    ),
}


@pytest.mark.parametrize(("path", "code"), CHOICE.values(), ids=CHOICE.keys())
def test_the_task_models_of_a_file_are(path: str, code: str) -> None:
    assert_as_marked(HEAD + code, path)


def test_all_that_is_missing_stands_in_one_message() -> None:
    code = HEAD + "class ExportJob(Base):\n    started = Column(DateTime)\n"
    assert messages(code, JOB, "BG002") == ["ExportJob has no started_at column and has no completed_at column"]


def test_a_file_as_a_whole_says_what_the_closest_class_lacks() -> None:
    code = HEAD + "class A(Base):\n    started_at = Column(DateTime)\nclass B(Base):\n    x = 1\n"
    [message] = messages(code, JOB, "BG002")
    assert (
        message == "none of the mapped classes here (A, B) meets the rule: the closest, A, has no completed_at column"
    )


SEVERAL = """
background_task_rules:
  - id: BG-005
    name: several
    severity: error
    patterns:
      - {file: "models/*.py", must_contain: "status = Column"}
      - {file: "models/run.py", must_contain: ["started_at", "kind = Column"]}
      - {file: "models/r*.py", must_contain_one_of: ["error", "failure"]}
"""


def test_a_file_satisfies_each_of_the_patterns_that_name_it_and_gets_one_finding() -> None:
    code = HEAD + "class Run(Base):\n    kind_of = Column(Integer)\n"
    wanted = "Run has no status column and has no started_at column and has no kind column and has no error or failure column"
    assert messages(code, "models/run.py", "BG005", SEVERAL) == [wanted]
    assert messages(code, "models/other.py", "BG005", SEVERAL) == ["Run has no status column"]
    met = code + "    status = kind = started_at_utc = failure_reason = Column(String)\n"
    assert not messages(met, "models/run.py", "BG005", SEVERAL)


def test_a_class_that_is_its_own_base_is_looked_at_all_the_same() -> None:
    assert_as_marked(HEAD + "class ExportJob(ExportJob, Base):  # expect: BG002 BG004\n    x = Column(Integer)\n", JOB)


def test_classes_that_are_each_others_bases_do_not_hang() -> None:
    code = "class A(B, Base):\n    x = Column(Integer)\nclass B(A, Base):\n    y = Column(Integer)\n"
    assert {one.code for one in lint(HEAD + code, JOB)} == {"BG002", "BG004"}


def test_five_hundred_mixins_are_no_trouble() -> None:
    mixins = "".join(f"class M{number}:\n    c{number} = Column(Integer)\n" for number in range(500))
    chain = "".join(f"class N{number}(N{number - 1}):\n    pass\n" for number in range(1, 500))
    bases = ", ".join(f"M{number}" for number in range(500))
    code = HEAD + mixins + f"class N0:\n    {COLUMNS}" + chain + f"class ExportJob({bases}, N499, Base):\n    x = 1\n"
    assert not lint(code, JOB)


ALL = "    __tablename__ = 'jobs'\n" + "".join(
    f"    {name} = Column()\n" for name in ("id", "started_at", "completed_at", "triggered_by")
)
TABLES = {
    "a variable": ("jobs = Table('export_jobs', metadata, Column('id'))", "jobs"),
    "a declared variable": ("jobs: Table = Table('export_jobs', metadata, Column('id'))", "jobs"),
    "two variables": ("jobs = exports = Table('export_jobs', metadata, Column('id'))", "jobs"),
    "an attribute": ("tables.jobs = Table('export_jobs', metadata, Column('id'))", "the table export_jobs"),
    "nothing": ("Table('export_jobs', metadata, Column('id'))", "the table export_jobs"),
    "nothing, under a name that is put together": ("Table(PREFIX + 'jobs', metadata, Column('id'))", "the table"),
}


@pytest.mark.parametrize(("code", "name"), TABLES.values(), ids=TABLES)
def test_a_table_is_called_as_what_holds_it(code: str, name: str) -> None:
    found = lint(f"from sqlalchemy import Column, Table\n{code}\n", JOB)
    assert [(one.line, one.text) for one in found] == [
        (2, f"{name} has no started_at column and has no completed_at column"),
        (2, f"{name} has no triggered_by column"),
    ]


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("jobs = Table('jobs', metadata, *COLUMNS)\ncreate(jobs)", id="a table that has it all"),
        pytest.param(
            "def make():\n    Table('jobs', metadata, Column('id'))\nclass ExportJob(Base):\n" + ALL, id="in a function"
        ),
    ],
)
def test_tables_that_are_silent(code: str) -> None:
    columns = ", ".join(f"Column('{name}')" for name in ("started_at", "completed_at", "triggered_by"))
    text = f"from sqlalchemy import Column, Table\n{code}\n".replace("*COLUMNS", columns)
    assert lint(text, JOB) == []
