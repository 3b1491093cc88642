"""Tests of a vendor's feed. Badly written: the whole server waits for a process, and the answer names no run."""

import subprocess
import sys

from fastapi import APIRouter

from app.core.database import DbSession
from models.database.test_run import TestRun

router = APIRouter(prefix="/vendor/tests", tags=["vendor"])


@router.post("/run")
async def check_feed(feed_url: str, db: DbSession) -> dict[str, str]:
    """Check that a feed has an address."""
    db.add(TestRun(suite="feeds", triggered_by_id=2))
    db.commit()
    program = "import sys; sys.exit('://' not in sys.argv[1])"
    process = subprocess.run([sys.executable, "-c", program, feed_url])  # expect: BG021
    if process.returncode:
        return {"message": "this is no address"}  # expect: BG020
    return {"message": "all is well"}
