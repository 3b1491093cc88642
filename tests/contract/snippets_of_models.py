"""Snippets in the models family: which columns a task model has."""

from tests.contract.rows import Row, rule

_MODEL = "models/database/export_job.py"
_BASE = """
        import sqlalchemy as sa
        from sqlalchemy import Column as C, DateTime, Enum, String, Text
        from sqlalchemy.ext.associationproxy import association_proxy
        from sqlalchemy.ext.hybrid import hybrid_property
        from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, deferred, mapped_column, relationship, synonym
        from sqlmodel import Field, Relationship, SQLModel
        class Base(DeclarativeBase): ...
"""
_MODEL_RULE = "patterns: [{{file: 'models/database/*_job.py', must_contain: {}}}]"

NAME = Row(
    "`error_message` (a name)",
    _MODEL,
    "BG001",
    rules=rule("BG-001", _MODEL_RULE.format("error_message")),
    silent={
        "A15: a deferred column": _BASE
        + """
        class ExportJob(Base):
            __tablename__ = "export_jobs"
            error_message: Mapped[str | None] = deferred(mapped_column(Text))
        """,
        "A10: a declared attribute of a mixin": _BASE
        + """
        class FailureMixin:
            @declared_attr
            def error_message(cls):
                return C(Text)
        class ExportJob(FailureMixin, Base):
            __tablename__ = "export_jobs"
            id = C(sa.Integer, primary_key=True)
        """,
        "A6 A16: a longer name that goes on at the end of a word": _BASE
        + """
        class ExportJob(SQLModel, table=True):
            id: int = Field(primary_key=True)
            error_message_text: str | None = None
        """,
    },
    speaking={
        "A16: the name is only spoken of": _BASE
        + '''
        class ExportJob(Base):  # expect: BG001
            """Has no error_message."""
            __tablename__ = "export_jobs"
            last_error_message = C(Text)  # error_message
        ''',
        "A14: it is worked out from others": _BASE
        + """
        class ExportJob(Base):  # expect: BG001
            __tablename__ = "export_jobs"
            trace = C(Text)
            error_messages = relationship("ErrorMessage")
            @hybrid_property
            def error_message(self):
                return self.trace.splitlines()[-1]
        """,
    },
)

COLUMN = Row(
    "`status = Column`",
    _MODEL,
    "BG001",
    rules=rule("BG-001", _MODEL_RULE.format("status = Column")),
    head=_BASE,
    silent={
        "A3 A4: a column by another name, of an enum": """
        class ExportJob(Base):
            __tablename__ = "export_jobs"
            status = C(Enum("pending", "done", name="states"))
        """,
        "A5: an annotation alone": """
        class ExportJob(Base):
            __tablename__ = "export_jobs"
            status: Mapped[str]
        """,
        "A7: a type that is annotated with the column": """
        from typing import Annotated
        str_20 = Annotated[str, mapped_column(String(20))]
        class ExportJob(Base):
            __tablename__ = "export_jobs"
            status: Mapped[str_20]
        """,
        "A6: a field of a table, with a column of the project's making": """
        def enum_column(enum):
            return sa.Column(sa.Enum(enum))
        class ExportJob(SQLModel, table=True):
            id: int = Field(primary_key=True)
            status: str = Field(sa_column=enum_column(str))
        """,
        "A14: a synonym": """
        class ExportJob(Base):
            __tablename__ = "export_jobs"
            state = C(String)
            status = synonym("state")
        """,
        "A13: a table without a class": """
        jobs = sa.Table("export_jobs", metadata, C("status", String))
        """,
    },
    speaking={
        "A14: a relationship": """
        class ExportJob(Base):  # expect: BG001
            __tablename__ = "export_jobs"
            status = relationship("Status")
        """,
        "A6: a property, and a plain attribute": """
        class ExportJob(SQLModel, table=True):  # expect: BG001
            id: int = Field(primary_key=True)
            @property
            def status(self):
                return "running"
        """,
        "A4: the database has it, and the class does not": """
        class ExportJob(Base):  # expect: BG001
            __tablename__ = "export_jobs"
            state = C("status", String)
        """,
    },
)
