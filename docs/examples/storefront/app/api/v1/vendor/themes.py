"""Scans of a vendor's theme. Badly written: the request lasts as long as the scan."""

from fastapi import APIRouter

from app.core.database import DbSession
from app.tasks.scan_tasks import scan_theme
from models.database.architecture_scan import ArchitectureScan

router = APIRouter(prefix="/vendor/themes", tags=["vendor"])


@router.post("/{theme}/scan")
async def run_scan(theme: str, db: DbSession) -> dict[str, int | None]:  # expect: BG021
    """Scan a theme, at once."""
    scan = ArchitectureScan(theme=theme)
    db.add(scan)
    db.commit()
    await scan_theme(scan.id)
    db.refresh(scan)
    return {"job_id": scan.id, "violations": scan.violations}
