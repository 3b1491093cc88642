from datetime import datetime, timezone
from typing import Any

from warehouse.database import session_scope
from warehouse.returns.models import RefundExport
from warehouse.states import JobState


async def export_refunds(ctx: dict[str, Any], export_id: int) -> None:
    async with session_scope() as session:
        export = await session.get_one(RefundExport, export_id)
        export.state = JobState.DONE
        export.finished_at = datetime.now(timezone.utc)
        await session.commit()
