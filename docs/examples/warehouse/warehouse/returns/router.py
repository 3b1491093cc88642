from typing import Annotated

from arq.connections import ArqRedis
from fastapi import APIRouter, Depends
from sqlmodel.ext.asyncio.session import AsyncSession

from warehouse.database import get_session
from warehouse.returns.models import RefundExport
from warehouse.worker import get_queue

router = APIRouter(prefix="/returns", tags=["returns"])


@router.post("/exports", status_code=202)
async def start_export(
    session: Annotated[AsyncSession, Depends(get_session)], queue: Annotated[ArqRedis, Depends(get_queue)]
) -> None:
    export = RefundExport()
    session.add(export)
    await session.commit()
    await queue.enqueue_job("export_refunds", export.id)
