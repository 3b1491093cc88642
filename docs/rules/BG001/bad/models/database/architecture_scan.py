"""Scans of the code. A class attribute without a column is not stored, and a relationship is another table's."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class ScanStatus(Base):
    __tablename__ = "scan_statuses"

    scan_id: Mapped[int] = mapped_column(primary_key=True)


class ArchitectureScan(Base):  # expect: BG001
    __tablename__ = "architecture_scans"

    id: Mapped[int] = mapped_column(primary_key=True)
    status = relationship(ScanStatus)
