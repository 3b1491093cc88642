"""What is done with widgets in the background."""

import csv
import logging
from pathlib import Path
from typing import Any

from app.core.database import SessionLocal, job_run
from app.services.widget_service import WidgetService, mark_running
from models.database.base import utcnow
from models.database.job_status import JobStatus
from models.database.widget_import_job import WidgetImportJob
from sqlalchemy.orm import Session

logger = logging.getLogger(__name__)


def import_widgets(job_id: int, path: str) -> None:
    """Import a file; everything is written out here."""
    with SessionLocal() as db:
        job = db.get(WidgetImportJob, job_id)
        if job is None:
            logger.warning("job %s is gone", job_id)
            return
        job.status = JobStatus.RUNNING
        job.started_at = utcnow()
        db.commit()
        try:
            job.row_count = _import_rows(db, Path(path))
        except Exception as error:
            logger.exception("job %s failed", job_id)
            db.rollback()
            job.status = JobStatus.FAILED
            job.error_message = str(error)[:1000]
        else:
            job.status = JobStatus.COMPLETED
        finally:
            job.completed_at = utcnow()
            db.commit()


def export_widgets(job_id: int, path: str) -> None:
    """Export to a file; a context manager of another module keeps the row."""
    with job_run(WidgetImportJob, job_id) as db:
        service = WidgetService(db)
        with Path(path).open("w", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=["sku", "title", "price"])
            writer.writeheader()
            for row in service.rows():
                writer.writerow(row)


def refresh_widgets(job_id: int, db: Session) -> None:
    """Refresh the prices; nobody learns that it failed, and the session is another's."""
    job = db.get(WidgetImportJob, job_id)
    mark_running(db, job)
    service = WidgetService(db)
    changed = 0
    for row in service.rows():
        if row["price"] != service.price_of(row["sku"]):
            service.store(row["sku"], row["title"], service.price_of(row["sku"]))
            changed += 1
    job.row_count = changed
    db.commit()


def _import_rows(db: Session, path: Path) -> int:
    """Return how many rows there were."""
    service, imported = WidgetService(db), 0
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            if _is_complete(row):
                service.store(row["sku"], row["title"], float(row["price"]))
                imported += 1
    return imported


def _is_complete(row: dict[str, Any]) -> bool:
    return all(row.get(name) for name in ("sku", "title", "price"))
