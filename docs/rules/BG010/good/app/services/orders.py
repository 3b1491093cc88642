"""An order is no task: warehouses do process orders."""

import httpx
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(default="processing")
    payment_status: Mapped[str] = mapped_column(default="fetching")


def pick(db, order_id: int):
    order = db.get(Order, order_id)
    order.status = "processing"
    db.commit()


def open_orders(db):
    return db.scalars(select(Order).where(Order.status == "processing")).all()


def is_being_paid(url):
    payment = httpx.get(url).json()
    return payment["status"] == "processing"
