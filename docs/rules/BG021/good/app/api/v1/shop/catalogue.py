"""The visitor gets an answer at once, and the work is done afterwards."""

import asyncio
import time
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends
from fastapi.concurrency import run_in_threadpool

from app.tasks.order_exports import export_orders
from app.tasks.product_imports import import_products

router = APIRouter(prefix="/shop")


class Queue:
    def __init__(self, background_tasks: BackgroundTasks):
        self.background_tasks = background_tasks


QueueDep = Annotated[Queue, Depends()]


@router.post("/products")
def load_products(feed_url: str, background_tasks: BackgroundTasks):
    background_tasks.add_task(import_products, feed_url)
    return {"ok": True}


@router.post("/orders/export")
async def start_export(tasks: BackgroundTasks | None = None):
    tasks.add_task(export_orders)
    return {"ok": True}


@router.post("/orders/export/queue")
def start_export_by_queue(queue: QueueDep):
    queue.background_tasks.add_task(export_orders)
    return {"ok": True}


@router.get("/imports/{import_id}")
def read_import(import_id: int, export_format: str = "json"):
    return {"id": import_id, "format": export_format}


@router.post("/retry")
async def retry(background_tasks: BackgroundTasks):
    await asyncio.sleep(0.1)
    background_tasks.add_task(wait_for_the_marketplace)
    return {"ok": True}


@router.get("/thumbnail")
async def thumbnail():
    return await run_in_threadpool(wait_for_the_marketplace)


def wait_for_the_marketplace():
    """Sleep in a thread of its own, where nobody else waits."""
    time.sleep(3)
    return {"ok": True}
