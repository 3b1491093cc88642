from typing import Annotated

from arq.connections import ArqRedis
from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from warehouse.database import get_session
from warehouse.stock.models import StockCountJob, StockSyncJob
from warehouse.worker import get_queue

router = APIRouter(prefix="/stock", tags=["stock"])
Session = Annotated[AsyncSession, Depends(get_session)]
Queue = Annotated[ArqRedis, Depends(get_queue)]


class JobStarted(BaseModel):
    job_id: int
    state: str


@router.post("/syncs", status_code=202)
async def start_sync(supplier: str, actor: str, session: Session, queue: Queue) -> JobStarted:
    job = StockSyncJob(supplier=supplier, requested_by=actor)
    session.add(job)
    await session.commit()
    await queue.enqueue_job("sync_stock", job.id)
    return JobStarted(job_id=job.id or 0, state=job.state)


@router.post("/counts", status_code=202)
async def start_count(actor: str, session: Session, queue: Queue) -> JobStarted:
    job = StockCountJob(requested_by=actor)
    session.add(job)
    await session.commit()
    await queue.enqueue_job("count_stock", job.id)
    return JobStarted(job_id=job.id or 0, state=job.state)


@router.get("/syncs/{job_id}")
async def show_sync(job_id: int, session: Session) -> StockSyncJob:
    job = await session.get(StockSyncJob, job_id)
    if job is None:
        raise HTTPException(404)
    return job
