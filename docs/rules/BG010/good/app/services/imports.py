"""The standard words, and places where the old ones are no status."""

import logging
from enum import Enum

logger = logging.getLogger(__name__)


class ImportStatus(str, Enum):
    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    COMPLETED_WITH_WARNINGS = "completed_with_warnings"


def begin(job):
    """Set the status: "running", and no longer status = "processing"."""
    job.status = ImportStatus.RUNNING  # was: job.status = "processing"
    logger.info("status = processing %s", job.id)


def describe(job):
    return {"status": job.status, "text": f"status = processing {job.id}", "fee": "processing_fee"}


def answer(error):
    return {"status": "error", "detail": str(error)}
