"""What we know of the Letzshop marketplace. Badly written: nobody can ask these jobs how they are doing."""

from sqlalchemy import Column, DateTime, ForeignKey, Integer, String

from models.database.base import Base, utcnow


class LetzshopOrder(Base):
    """An order that was placed over there."""

    __tablename__ = "letzshop_orders"

    number = Column(String(40), primary_key=True)
    job_id = Column(ForeignKey("letzshop_historical_import_jobs.id"))


class LetzshopHistoricalImportJob(Base):  # expect: BG001 BG003
    """An import of old orders, with a `status` and an `error_message` in its docstring alone."""

    __tablename__ = "letzshop_historical_import_jobs"

    id = Column(Integer, primary_key=True)
    vendor = Column(String(100), nullable=False)
    state = Column(String(20), default="pending")
    created_at = Column(DateTime, default=utcnow)
    # error_message = Column(Text)
