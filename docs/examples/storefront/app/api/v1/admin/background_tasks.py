"""What is going on in the background."""

from typing import Any

from fastapi import APIRouter

from app.core.database import DbSession
from app.services.background_tasks_service import recent_tasks

router = APIRouter(prefix="/admin/background-tasks", tags=["admin"])


@router.get("")
def list_background_tasks(db: DbSession) -> list[dict[str, Any]]:
    """Return the last tasks of each kind."""
    return recent_tasks(db)
