"""Orders, and their export."""

from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends

from app.core.database import DbSession
from app.tasks.order_export_tasks import export_orders
from models.database.order import Order
from models.database.order_export_job import OrderExportJob

router = APIRouter(prefix="/orders", tags=["shop"])


class ExportQueue:
    """Starts exports after the response of the request that it belongs to."""

    def __init__(self, background_tasks: BackgroundTasks, db: DbSession) -> None:
        self.background_tasks = background_tasks
        self.db = db

    def start(self, triggered_by: str) -> OrderExportJob:
        """Return the job of an export that begins soon."""
        job = OrderExportJob(triggered_by=triggered_by)
        self.db.add(job)
        self.db.commit()
        self.background_tasks.add_task(export_orders, job.id)
        return job


@router.post("", status_code=201)
def create_order(customer: str, total: Decimal, db: DbSession) -> dict[str, Any]:
    """Take an order."""
    order = Order(customer=customer, total=total)
    db.add(order)
    db.commit()
    return {"id": order.id, "status": order.status}


@router.post("/{order_id}/pick")
def pick_order(order_id: int, db: DbSession) -> dict[str, Any]:
    """Take the goods of an order from the shelves."""
    order = db.get_one(Order, order_id)
    order.pick()
    db.commit()
    return {"id": order_id, "status": order.status, "payment": order.payment_status}


@router.post("/export", status_code=202)
async def export_all_orders(queue: Annotated[ExportQueue, Depends()]) -> dict[str, Any]:
    """Start an export of all orders."""
    job = queue.start("manual:shop")
    return {"job_id": job.id}


@router.get("/exports/{job_id}")
def get_export(job_id: int, db: DbSession) -> dict[str, Any]:
    """Return one export."""
    job = db.get_one(OrderExportJob, job_id)
    return {"status": job.status, "content": job.content, "error_message": job.error_message}
