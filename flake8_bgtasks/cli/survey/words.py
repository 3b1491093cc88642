"""How teams call what the rules speak of: columns, statuses, keys. Only tables and questions to them.

Mined from public FastAPI and SQLAlchemy projects; the order is that of preference.
"""

from flake8_bgtasks.semantics.words import words

STARTED = (
    "started_at", "time_started", "start_time", "started_on", "started", "begun_at", "began_at", "start_date", "started_time",
    "initiated_at", "processing_started_at", "run_started_at", "start_at", "execution_started_at", "startedat", "date_started",
)  # fmt: skip
COMPLETED = (
    "completed_at", "finished_at", "ended_at", "time_completed", "time_finished", "end_time", "finished_on", "completed_on",
    "finished", "done_at", "stopped_at", "completed_time", "finish_time", "completion_time", "end_date", "completed_date",
    "processed_at", "date_finished", "date_completed", "execution_ended_at", "finish_at", "succeeded_at", "closed_at",
    "completed", "ended",
)  # fmt: skip
ERRORS = (
    "error_message", "error_msg", "error", "errors", "failure_reason", "failed_reason", "failure_message", "last_error",
    "error_detail", "error_details", "error_text", "exception", "traceback", "full_exception_trace", "error_info", "error_log",
    "fail_reason", "error_code", "last_error_message",
)  # fmt: skip
TRIGGERS = (
    "triggered_by", "triggered_by_id", "created_by", "created_by_id", "creator_id", "creator", "requested_by",
    "requested_by_id", "requested_by_user_id", "requestor_id", "started_by", "started_by_id", "initiated_by", "user_id",
    "owner_id", "trigger_source", "trigger_type", "triggered_from", "submitted_by", "author_id", "user",
)  # fmt: skip
STATUSES = ("status", "state")
_WITH_PARTNER = {"completed": "started", "ended": "started"}
"""Columns that may as well hold a number or a truth value: times only beside a column of the other name."""

RUNNING = (
    "running", "in_progress", "in-progress", "inprogress", "started", "processing", "active", "executing", "working",
    "fetching", "importing", "syncing", "scanning", "ongoing", "progress",
)  # fmt: skip
DONE = (
    "completed", "complete", "success", "succeeded", "successful", "done", "finished", "passed", "ok", "completed_with_errors",
    "completed_with_warnings", "partial", "partial_success", "ready",
)  # fmt: skip
FAILED = ("failed", "failure", "error", "errored", "fail", "aborted", "crashed", "timed_out", "timeout")
"""What a task's end in failure is called; to be cancelled is no failure."""

OF_WORK = frozenset({*RUNNING, *DONE, *FAILED})
"""What a status is while somebody works, or when that is over."""

WEAK = frozenset(
    {"active", "started", "progress", "ready", "ok", "partial", "timeout", "timed_out", "working", "complete"}
)
"""Words that stand for such a state only where the vocabulary has no clearer one."""

KEYS = (
    "job_id", "task_id", "run_id", "execution_id", "import_id", "export_id", "scan_id", "sync_id", "report_id", "batch_id",
    "process_id", "operation_id", "request_id", "workflow_run_id", "task_name", "jobId", "taskId", "runId", "reportId", "id",
)  # fmt: skip
"""What an endpoint calls the job that it has started."""

JOB_NOUNS = frozenset(
    {"job", "task", "run", "import", "export", "scan", "sync", "execution", "attempt", "backup", "migration", "crawl",
     "ingestion", "extraction", "generation", "processing", "analysis", "training", "evaluation"}
)  # fmt: skip
"""What the last word of a task model's name is: ``ProductImport``, ``IndexAttempt``, ``TestRun``."""
CORE = frozenset({"job", "run", "import", "export", "scan", "sync", "execution", "attempt"})
"""Those that mean little else in a database: a status makes such a class a task model, even if it has nothing else."""
_SUFFIXES = frozenset(
    {"model", "record", "entity", "table", "db", "orm", "row", "schema", "history", "state", "log", "status"}
)
TO_DO = frozenset(
    {"assignee", "assignee_id", "assigned_to", "assigned_to_id", "assignees", "due_date", "due_at", "due", "deadline",
     "priority", "is_done", "is_completed", "reminder", "remind_at", "labels"}
)  # fmt: skip
"""Columns of a person's task, which no program runs."""
POSTING = frozenset(
    {"salary", "salary_min", "salary_max", "company", "company_id", "employer", "employer_id", "published_at"}
)
"""Columns of a job that people apply for."""
LOOKING_AFTER = frozenset(
    {"check", "checks", "cleanup", "dispatch", "dispatcher", "expire", "hang", "hanging", "monitor",
     "orphaned", "poll", "purge", "reap", "reaper", "reconcile", "recover", "requeue", "reset", "resume", "schedule",
     "scheduler", "stale", "stalled", "stuck", "supervise", "sweep", "timeout", "watch", "watchdog"}
)  # fmt: skip
"""What a function is called that hands jobs out or looks after them, and does not do their work."""
TASK_FOLDERS = frozenset(
    {"tasks", "jobs", "workers", "task", "job", "worker", "background", "background_tasks", "celery_tasks"}
)


def first_of(names: tuple[str, ...], columns: frozenset[str]) -> tuple[str, ...]:
    """Return the columns that are called like one of `names`, in the order of preference; case does not matter.

    >>> first_of(STARTED, frozenset({"id", "start_time"})), first_of(COMPLETED, frozenset({"sync_end_time"}))
    (('start_time',), ('sync_end_time',))
    """
    lowered = {column.lower(): column for column in columns}
    plain = tuple(lowered[name] for name in names if name in lowered and _WITH_PARTNER.get(name, name) in lowered)
    if plain or names not in (STARTED, COMPLETED):
        return plain
    ends = tuple(f"_{name}" for name in names if "_" in name)
    return tuple(sorted(column for column in columns if column.lower().endswith(ends)))


def status_columns(columns: frozenset[str]) -> tuple[str, ...]:
    """Return the columns that hold a status: `status`, `state`, and what ends in one of them.

    >>> status_columns(frozenset({"import_status", "id"}))
    ('import_status',)
    """
    plain = first_of(STATUSES, columns)
    return plain or tuple(sorted(name for name in columns if name.lower().endswith(("_status", "_state"))))


def noun_of(name: str) -> str:
    """Return the word that says what a class is, without what only says that it is stored.

    >>> noun_of("TaskRunModel"), noun_of("ProductImport"), noun_of("JobPosting")
    ('run', 'import', 'posting')
    """
    parts = [part for part in words(name) if not part.isdigit()]
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    return parts[-1].removesuffix("s") if parts and parts[-1] not in JOB_NOUNS else (parts or [""])[-1]
