"""Reports: SQL in plain strings, and a task that is the method of a class."""

from sqlalchemy import text

from app.db import SessionLocal
from app.files import write_report


class ReportTask:
    def run(self, job_id: int) -> None:
        with SessionLocal() as self.db:
            self.say("UPDATE report_jobs SET status = 'running', started_at = now() WHERE id = :id", id=job_id)
            try:
                write_report(job_id)
                self.say("UPDATE report_jobs SET status = 'completed', completed_at = now() WHERE id = :id", id=job_id)
            except Exception as error:
                self.say(
                    "UPDATE report_jobs SET status = 'failed', completed_at = now(), error_message = :error"
                    " WHERE id = :id",
                    id=job_id,
                    error=str(error),
                )

    def say(self, sql: str, **values) -> None:
        self.db.execute(text(sql), values)
        self.db.commit()
