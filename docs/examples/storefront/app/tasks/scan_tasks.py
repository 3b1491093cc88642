"""Scans of themes. Badly written: the words are not the standard ones, and failures are only logged."""

import asyncio
import logging

from app.core.database import SessionLocal
from models.database.architecture_scan import ArchitectureScan
from models.database.base import utcnow

logger = logging.getLogger(__name__)

THEMES = {"plain": "<main></main>", "legacy": "<font><font></font></font>"}


async def scan_theme(scan_id: int) -> None:  # expect: BG030 BG031 BG032
    """Count what a theme should not have."""
    with SessionLocal() as db:
        scan = db.get_one(ArchitectureScan, scan_id)
        scan.status = "processing"  # expect: BG010
        scan.started_at = utcnow()
        db.commit()
        try:
            await asyncio.sleep(0)
            scan.violations = THEMES[scan.theme].count("<font>")
        except Exception:
            logger.exception("the scan of %s went wrong", scan.theme)
            raise
        scan.status = "passed"  # expect: BG010
        scan.completed_at = utcnow()
        db.commit()
