import time
from typing import Annotated

from arq.connections import ArqRedis
from fastapi import APIRouter, Depends
from sqlmodel.ext.asyncio.session import AsyncSession

from warehouse.database import get_session
from warehouse.labels.jobs import print_labels
from warehouse.labels.models import LabelPrintJob
from warehouse.worker import get_queue

router = APIRouter(prefix="/labels", tags=["labels"])
Session = Annotated[AsyncSession, Depends(get_session)]
Queue = Annotated[ArqRedis, Depends(get_queue)]


@router.post("/prints")
async def start_print(shelf: str, session: Session, queue: Queue) -> dict[str, bool]:  # expect: BG103
    job = LabelPrintJob(shelf=shelf)
    session.add(job)
    await session.commit()
    await queue.enqueue_job("print_labels", job.id)
    time.sleep(0.1)  # expect: BG021
    return {"ok": True}  # expect: BG020


@router.post("/prints/now")
async def print_now(job_id: int, actor: str, session: Session) -> dict[str, bool]:  # expect: BG021
    await print_labels({}, job_id, session)
    return {"ok": True}
