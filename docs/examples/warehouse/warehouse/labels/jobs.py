"""Printing, as it should not be done: a print that dies is in progress for ever."""

from datetime import datetime, timezone
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from warehouse.database import session_scope
from warehouse.labels.models import LabelCleanupJob, LabelPrintJob
from warehouse.states import JobState


async def print_labels(  # expect: BG031 BG032 BG033 BG104
    ctx: dict[str, Any],
    job_id: int,
    session: AsyncSession,  # expect: BG033
) -> None:
    job = await session.get_one(LabelPrintJob, job_id)
    job.state = JobState.RUNNING
    job.started_at = datetime.now(timezone.utc)
    await session.commit()
    print("printing", job.shelf)  # expect: BG106


async def clean_labels_up(ctx: dict[str, Any], job_id: int) -> None:  # expect: BG030 BG104
    async with session_scope() as session:
        job = await session.get_one(LabelCleanupJob, job_id)
        try:
            job.state = "cancelled" if job.finished_at else JobState.DONE  # expect: BG102
        except Exception as error:
            job.state, job.failure_reason = JobState.FAILED, str(error)
        job.finished_at = datetime.now(timezone.utc)
        await session.commit()
