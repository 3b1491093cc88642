"""Columns that a task model has from other modules; silent cases first."""

import pytest

from tests.projects import assert_as_marked

BASE = """
    from sqlalchemy.orm import DeclarativeBase

    class Base(DeclarativeBase):
        pass
    """
HEAD = "from models.base import Base\n"

COMPLETE = {
    "a mixin": {
        "models/mixins.py": """
            from sqlalchemy import Column, DateTime

            class TimesMixin:
                started_at = Column(DateTime)
                completed_at = Column(DateTime)
            """,
        "import_job": """
            from models.mixins import TimesMixin

            class ImportJob(TimesMixin, Base):
                __tablename__ = "import_jobs"
            """,
    },
    "a mixin of a mixin, each in a module of its own": {
        "models/started.py": """
            import sqlalchemy as sa

            class StartedMixin:
                started_at = sa.Column(sa.DateTime)
            """,
        "models/times.py": """
            from sqlalchemy import Column, DateTime
            from .started import StartedMixin

            class TimesMixin(StartedMixin):
                completed_at = Column(DateTime)
            """,
        "models/mixins.py": "from .times import TimesMixin as ResourceMixin\n",
        "import_job": """
            from models import mixins

            class ImportJob(Base, mixins.ResourceMixin):
                __tablename__ = "import_jobs"
            """,
    },
    "an abstract base": {
        "models/record.py": """
            from datetime import datetime
            from models.base import Base
            from sqlalchemy.orm import Mapped, mapped_column

            class RecordModel(Base):
                __abstract__ = True
                started_at: Mapped[datetime | None]
                completed_at: Mapped[datetime | None] = mapped_column(default=None)
            """,
        "import_job": """
            from models.record import RecordModel

            class ImportJob(RecordModel):
                __tablename__ = "import_jobs"
            """,
    },
    "a mapped parent": {
        "models/job.py": """
            from models.base import Base
            from sqlalchemy import Column, DateTime

            class Job(Base):
                __tablename__ = "jobs"
                started_at = Column(DateTime)
                completed_at = Column(DateTime)
            """,
        "import_job": """
            from models.job import Job

            class ImportJob(Job):
                __mapper_args__ = {"polymorphic_identity": "import"}
            """,
    },
    "declared attributes of a mixin": {
        "models/mixins.py": """
            from sqlalchemy import Column, DateTime
            from sqlalchemy.orm import declared_attr

            class TimesMixin:
                @declared_attr
                def started_at(cls):
                    return Column(DateTime)

                @declared_attr
                def completed_at(cls):
                    return Column(DateTime)
            """,
        "import_job": """
            from models.mixins import TimesMixin

            class ImportJob(TimesMixin, Base):
                __tablename__ = "import_jobs"
            """,
    },
    "type aliases": {
        "models/types.py": """
            from datetime import datetime
            from typing import Annotated
            from sqlalchemy.orm import Mapped, mapped_column

            moment = Annotated[datetime | None, mapped_column(nullable=True)]
            Moment = Mapped[datetime | None]
            """,
        "import_job": """
            from sqlalchemy.orm import Mapped
            from models import types
            from models.types import moment

            class ImportJob(Base):
                __tablename__ = "import_jobs"
                started_at: Mapped[moment]
                completed_at: types.Moment
            """,
    },
    "functions that make columns": {
        "models/columns.py": """
            from functools import partial
            from sqlalchemy import Column, DateTime
            from sqlalchemy.orm import mapped_column

            def moment(**options):
                return _column(**options)

            def _column(**options):
                return Column(DateTime, **options)

            late = partial(mapped_column, DateTime)
            """,
        "import_job": """
            from models import columns
            from models.columns import moment

            class ImportJob(Base):
                __tablename__ = "import_jobs"
                started_at = moment(nullable=True)
                completed_at = columns.late()
            """,
    },
    "SQLModel bases": {
        "models/schemas.py": """
            from datetime import datetime
            from sqlmodel import Field, SQLModel

            class StartedBase(SQLModel):
                started_at: datetime | None = None

            class TimesBase(StartedBase):
                completed_at: datetime | None = Field(default=None)
            """,
        "import_job": """
            from models.schemas import TimesBase

            class ImportJob(TimesBase, table=True):
                id: int
            """,
    },
    "dataclass mapping": {
        "models/data.py": """
            from datetime import datetime
            from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

            class DataBase(MappedAsDataclass, DeclarativeBase):
                pass

            class TimesMixin(MappedAsDataclass):
                started_at: Mapped[datetime | None] = mapped_column(default=None, init=False)
                completed_at: Mapped[datetime | None] = mapped_column(default=None, init=False)
            """,
        "import_job": """
            from models.data import DataBase, TimesMixin

            class ImportJob(TimesMixin, DataBase):
                __tablename__ = "import_jobs"
            """,
    },
    "a table of another module": {
        "models/tables.py": """
            from sqlalchemy import Column, DateTime, MetaData, Table

            jobs = Table("jobs", MetaData(), Column("started_at", DateTime), Column("completed_at", DateTime))
            """,
        "import_job": """
            from models.tables import jobs

            class ImportJob(Base):
                __table__ = jobs
            """,
    },
    "a base that cannot be found, and the text has the names": {
        "import_job": """
            from company.models import TimesMixin

            class ImportJob(TimesMixin, Base):
                __tablename__ = "import_jobs"
                __mapper_args__ = {"include": ["started_at", "completed_at"]}
            """,
    },
    "a generic mixin": {
        "models/mixins.py": """
            from typing import Generic, TypeVar
            from sqlalchemy import Column, DateTime

            T = TypeVar("T")

            class TimesMixin(Generic[T]):
                started_at = Column(DateTime)
                completed_at = Column(DateTime)
            """,
        "import_job": """
            from models.mixins import TimesMixin

            class ImportJob(TimesMixin[int], Base):
                __tablename__ = "import_jobs"
            """,
    },
    "a mixin with a fallback": {
        "models/mixins.py": """
            from sqlalchemy import Column, DateTime

            class TimesMixin:
                started_at = Column(DateTime)
                completed_at = Column(DateTime)
            """,
        "import_job": """
            try:
                from company.mixins import TimesMixin
            except ImportError:
                from models.mixins import TimesMixin

            class ImportJob(TimesMixin, Base):
                __tablename__ = "import_jobs"
            """,
    },
}

INCOMPLETE = {
    "a mixin that the class does not derive from": {
        "models/mixins.py": """
            from sqlalchemy import Column, DateTime

            class TimesMixin:
                started_at = Column(DateTime)
                completed_at = Column(DateTime)
            """,
        "import_job": """
            from models.mixins import TimesMixin

            class ImportJob(Base):  # expect: BG002
                __tablename__ = "import_jobs"
                Times = TimesMixin
            """,
    },
    "a mixin whose attributes are no columns": {
        "models/mixins.py": """
            from sqlalchemy.orm import relationship

            class TimesMixin:
                started_at = relationship("Start")
                completed_at = None

                @property
                def started_at(self):
                    return self.created_at
            """,
        "import_job": """
            from models.mixins import TimesMixin

            class ImportJob(TimesMixin, Base):  # expect: BG002
                __tablename__ = "import_jobs"
            """,
    },
    "a column that a nearer class hides": {
        "models/mixins.py": """
            from sqlalchemy import Column, DateTime

            class TimesMixin:
                started_at = Column(DateTime)
                completed_at = Column(DateTime)

            class HiddenMixin(TimesMixin):
                started_at = None
            """,
        "import_job": """
            from models.mixins import HiddenMixin, TimesMixin

            class ImportJob(HiddenMixin, TimesMixin, Base):  # expect: BG002
                __tablename__ = "import_jobs"
            """,
    },
    "a function that makes a relationship": {
        "models/columns.py": """
            from sqlalchemy.orm import relationship

            def moment(**options):
                return relationship("Moment", **options)
            """,
        "import_job": """
            from models.columns import moment

            class ImportJob(Base):  # expect: BG002
                __tablename__ = "import_jobs"
                started_at = moment()
                completed_at = moment()
            """,
    },
    "a SQLModel base with class variables": {
        "models/schemas.py": """
            from datetime import datetime
            from typing import ClassVar
            from sqlmodel import SQLModel

            class TimesBase(SQLModel):
                started_at: ClassVar[datetime]
                completed_at: ClassVar[datetime]
            """,
        "import_job": """
            from models.schemas import TimesBase

            class ImportJob(TimesBase, table=True):  # expect: BG002
                id: int
            """,
    },
    "a Pydantic schema of the names": {
        "models/schemas.py": """
            from datetime import datetime
            from pydantic import BaseModel

            class JobResponse(BaseModel):
                started_at: datetime
                completed_at: datetime
            """,
        "import_job": """
            from models.schemas import JobResponse

            class ImportJob(Base):  # expect: BG002
                __tablename__ = "import_jobs"

                def response(self) -> JobResponse:
                    return JobResponse()
            """,
    },
    "a known base that brings no columns": {
        "import_job": """
            from sqlalchemy.ext.asyncio import AsyncAttrs

            class ImportJob(AsyncAttrs, Base):  # expect: BG002
                __tablename__ = "import_jobs"
            """,
    },
    "a base that cannot be found, and the text has no such name": {
        "import_job": """
            from company.models import TimesMixin

            class ImportJob(TimesMixin, Base):  # expect: BG002
                __tablename__ = "import_jobs"
            """,
    },
    "a declarative base of another module that is no task model itself": {
        "models/registry.py": """
            from sqlalchemy.orm import declarative_base

            Base = declarative_base()
            """,
        "import_job": """
            from models.registry import Base as Model

            class ImportJob(Model):  # expect: BG002
                pass
            """,
    },
}
NO_MODEL = {
    "a schema": "from models.schemas import Schema\nclass ImportJob(Schema):\n    id: int\n",
    "an abstract class": "class ImportJob(Base):\n    __abstract__ = True\n",
    "an enum of a project base": "from models.enums import States\nclass ImportJob(States):\n    A = 'a'\n",
}


def written(files):
    own = files["import_job"]
    others = {path: text for path, text in files.items() if path != "import_job"}
    return {
        "models/base.py": BASE,
        **others,
        "models/database/import_job.py": HEAD + own.replace("\n            ", "\n"),
    }


@pytest.mark.parametrize("files", COMPLETE.values(), ids=COMPLETE)
def test_columns_come_from(tmp_path, files):
    assert_as_marked(tmp_path, written(files), "BG002")


@pytest.mark.parametrize("files", INCOMPLETE.values(), ids=INCOMPLETE)
def test_columns_are_missing_with(tmp_path, files):
    assert_as_marked(tmp_path, written(files), "BG002")


@pytest.mark.parametrize("text", NO_MODEL.values(), ids=NO_MODEL)
def test_no_task_model_is(tmp_path, text):
    files = {
        "models/schemas.py": "from pydantic import BaseModel\nclass Schema(BaseModel):\n    id: int\n",
        "models/enums.py": "import enum\nclass States(str, enum.Enum):\n    def __str__(self):\n        return self.value\n",
        "import_job": f"\n{text}\nclass Job(Base):\n    __tablename__ = 'jobs'  # the file's only mapped class\n",
    }
    files["import_job"] = files["import_job"].replace("class Job(Base):", "class Job(Base):  # expect: BG002")
    assert_as_marked(tmp_path, written(files), "BG002")
