"""The words for how a job is doing."""

from enum import Enum


class JobStatus(str, Enum):
    """How a job is doing."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
