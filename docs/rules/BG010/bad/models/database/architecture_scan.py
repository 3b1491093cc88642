"""In the files of task models, of tasks and of the registry, "passed" and "error" are legacy words as well."""

from enum import Enum

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class ScanStatus(str, Enum):
    PENDING = "pending"
    PASSED = "passed"  # expect: BG010
    ERROR = "error"  # expect: BG010


class ArchitectureScan(Base):
    __tablename__ = "architecture_scans"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(default="fetching")  # expect: BG010
