"""Sessions."""

from collections.abc import Iterator
from contextlib import contextmanager

from models.database.base import utcnow
from models.database.job_status import JobStatus
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

engine = create_engine("sqlite://")
SessionLocal = sessionmaker(bind=engine)


def get_db() -> Iterator[Session]:
    """Yield a request's session."""
    with SessionLocal() as db:
        yield db


@contextmanager
def job_run(model: type, job_id: int) -> Iterator[Session]:
    """Keep the row of a job up to date while its work runs."""
    with SessionLocal() as db:
        job = db.get(model, job_id)
        job.status = JobStatus.RUNNING
        job.started_at = utcnow()
        db.commit()
        try:
            yield db
        except Exception as error:
            job.status = JobStatus.FAILED
            job.error_message = str(error)[:1000]
            raise
        else:
            job.status = JobStatus.COMPLETED
        finally:
            job.completed_at = utcnow()
            db.commit()
