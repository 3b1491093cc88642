"""What customers buy. An order may well be "processing": it is no background task."""

from decimal import Decimal
from enum import Enum

from sqlalchemy import Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from models.database.base import Base
from models.database.mixins import CreatedAtMixin


class OrderStatus(str, Enum):
    """The way of an order through the warehouse."""

    NEW = "new"
    PROCESSING = "processing"
    SHIPPED = "shipped"


class Order(CreatedAtMixin, Base):
    """One order of one customer."""

    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(String(100))
    total: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    status: Mapped[OrderStatus] = mapped_column(default=OrderStatus.NEW)
    payment_status: Mapped[str] = mapped_column(String(20), default="processing")

    def pick(self) -> None:
        """Take the goods from the shelves."""
        self.status = OrderStatus.PROCESSING

    def ship(self) -> None:
        """Hand the parcel over; what is shipped is paid."""
        self.status = OrderStatus.SHIPPED
        self.payment_status = "paid"
