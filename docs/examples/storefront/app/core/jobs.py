"""What every task does around its work: the books of its job."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.core.database import session_scope
from models.database.base import utcnow
from models.database.job_status import JobStatus

J = TypeVar("J")


def tracked(model: type[J]) -> Callable[[Callable[[Session, J], bool]], Callable[[int], None]]:
    """Make a task of a function: it is lent a session and the job's row, and the row says how it goes.

    The function returns whether everything went well; what it raises ends up in the row.
    """

    def decorate(function: Callable[[Session, J], bool]) -> Callable[[int], None]:
        @wraps(function)
        def task(job_id: int) -> None:
            with session_scope() as db:
                job: Any = db.get_one(model, job_id)
                job.status = JobStatus.RUNNING.value
                job.started_at = utcnow()
                db.commit()
                try:
                    went_well = function(db, job)
                except Exception as error:
                    db.rollback()
                    job.status = JobStatus.FAILED.value
                    job.error_message = str(error)[:1000]
                else:
                    job.status = (JobStatus.COMPLETED if went_well else JobStatus.COMPLETED_WITH_WARNINGS).value
                job.completed_at = utcnow()

        return task

    return decorate
