"""The application: uvicorn warehouse.main:app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from warehouse.database import create_tables
from warehouse.labels.router import router as labels
from warehouse.picking.router import router as picking
from warehouse.returns.router import router as returns
from warehouse.stock.router import router as stock


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    await create_tables()
    yield


app = FastAPI(title="Warehouse", lifespan=lifespan)
for router in (stock, labels, picking, returns):
    app.include_router(router)
