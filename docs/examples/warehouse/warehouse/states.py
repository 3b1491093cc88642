"""The states of a job, for all features."""


class JobState:
    QUEUED = "queued"
    RUNNING = "in_progress"
    DONE = "done"
    FAILED = "failed"
