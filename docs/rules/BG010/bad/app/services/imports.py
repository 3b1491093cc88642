"""Everything a status is written to, compared with and searched by."""

from enum import Enum

from sqlalchemy import select, update

from models.database.product_import_job import ProductImportJob


class ImportStatus(str, Enum):
    PENDING = "pending"
    PROCESSING = "processing"  # expect: BG010
    DONE = "completed"


BUSY = "fetching"


def begin(db, job):
    job.status = "processing"  # expect: BG010
    db.commit()


def begin_all(db, ids):
    busy = update(ProductImportJob).where(ProductImportJob.id.in_(ids))
    db.execute(busy.values(status=BUSY))  # expect: BG010


def begin_by_sql(cursor, job_id):
    cursor.execute("UPDATE product_import_jobs SET status = 'processing' WHERE id = %s", (job_id,))  # expect: BG010


def under_way(db):
    return db.scalars(select(ProductImportJob).where(ProductImportJob.status.in_(["fetching", "running"])))  # expect: BG010


def colour(job):
    match job.status:
        case "processing":  # expect: BG010
            return "blue"
        case "completed":
            return "green"


def is_busy(job):
    return job["status"] == "processing" or job.import_status == "fetching"  # expect: BG010


def begin_by_helper(job):
    _set(job, "processing")  # expect: BG010


def _set(job, status):
    job.status = status
