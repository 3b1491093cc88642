"""Long work on the stock; arq calls it with its context."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from typing import Any

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from warehouse.database import session_scope
from warehouse.states import JobState
from warehouse.stock.models import JobBase, StockCountJob, StockItem, StockSyncJob
from warehouse.stock.suppliers import fetch_list

logger = logging.getLogger(__name__)


@asynccontextmanager
async def recorded(session: AsyncSession, job: JobBase) -> AsyncIterator[None]:
    """Say in the job's row that it runs, and how it ended."""
    job.state, job.started_at, job.attempts = JobState.RUNNING, datetime.now(timezone.utc), job.attempts + 1
    await session.commit()
    logger.info("%s %s runs", type(job).__name__, job.id)
    try:
        yield
        job.state = JobState.DONE
    except Exception as error:
        await session.rollback()
        job.state, job.failure_reason = JobState.FAILED, str(error)
    finally:
        job.finished_at = datetime.now(timezone.utc)
        await session.commit()


async def sync_stock(ctx: dict[str, Any], job_id: int) -> None:
    async with session_scope() as session:
        job = await session.get_one(StockSyncJob, job_id)
        async with recorded(session, job):
            for sku, quantity in (await fetch_list(job.supplier)).items():
                await session.merge(StockItem(sku=sku, quantity=quantity))


async def count_stock(ctx: dict[str, Any], job_id: int) -> None:
    async with session_scope() as session:
        job = await session.get_one(StockCountJob, job_id)
        async with recorded(session, job):
            job.counted = sum(item.quantity for item in await session.exec(select(StockItem)))
