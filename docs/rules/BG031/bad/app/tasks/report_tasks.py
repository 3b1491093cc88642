"""Reports: the end is told to a log and to a metric, and not to the job."""

import logging

from app.db import SessionLocal
from app.metrics import reports
from models.database.report_job import ReportJob, utcnow

logger = logging.getLogger(__name__)


class ReportTask:
    def run(self, job_id: int) -> None:  # expect: BG031 BG032
        db = SessionLocal()
        job = db.get(ReportJob, job_id)
        job.status, job.started_at = "running", utcnow()
        db.commit()
        try:
            self.write(job)
        except Exception as error:
            job.error_message = str(error)
        logger.info("done", extra={"status": "completed", "completed_at": utcnow()})
        reports.labels(status="completed").inc()
        db.commit()

    def write(self, job) -> None:
        job.text = f"Report {job.id}"
