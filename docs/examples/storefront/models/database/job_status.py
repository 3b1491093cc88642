"""The words in which every background task tells how it is doing."""

from enum import Enum


class JobStatus(str, Enum):
    """The standard vocabulary."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    COMPLETED_WITH_WARNINGS = "completed_with_warnings"
    FAILED = "failed"
