"""Work that takes minutes, done while the visitor's browser waits."""

from concurrent.futures import ThreadPoolExecutor

from fastapi import APIRouter

from app.tasks.order_exports import execute_export, export_orders
from app.tasks.product_imports import import_products

router = APIRouter(prefix="/shop")
pool = ThreadPoolExecutor()


@router.post("/products")
def load_products(feed_url: str):  # expect: BG021
    import_products(feed_url)
    return {"ok": True}


@router.get("/orders.csv")
async def orders():  # expect: BG021
    return await export_orders()


@router.post("/orders/export")
def start_export():  # expect: BG021
    pool.submit(execute_export)
    return {"ok": True}
