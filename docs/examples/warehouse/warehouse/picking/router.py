from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel.ext.asyncio.session import AsyncSession

from warehouse.database import get_session
from warehouse.picking.models import PickTask

router = APIRouter(prefix="/picking", tags=["picking"])


@router.post("/tasks")
async def assign(task: PickTask, session: Annotated[AsyncSession, Depends(get_session)]) -> PickTask:
    session.add(task)
    await session.commit()
    return task
