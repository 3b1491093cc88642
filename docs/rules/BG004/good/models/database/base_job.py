"""What all jobs share. An abstract class is no task model: it may leave things to those that derive from it."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class BaseJob(Base):
    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
