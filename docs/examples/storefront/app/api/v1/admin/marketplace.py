"""Imports of product feeds, for the shop's staff."""

from typing import Any

from fastapi import APIRouter, BackgroundTasks, HTTPException, status
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from app.core.database import DbSession
from app.tasks.product_import_tasks import import_products
from models.database.job_status import JobStatus
from models.database.marketplace_import_job import MarketplaceImportJob

router = APIRouter(prefix="/admin/marketplace", tags=["admin"])


class ImportRequest(BaseModel):
    """Which feed to import."""

    feed_url: str


class ImportStarted(BaseModel):
    """Which job to watch."""

    job_id: int
    status: JobStatus
    message: str = "Import queued"


class ImportOut(BaseModel):
    """How an import is doing."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    status: JobStatus
    imported_count: int
    skipped_count: int
    error_message: str | None


@router.post("/import", response_model=ImportStarted, status_code=status.HTTP_202_ACCEPTED)
def trigger_import(request: ImportRequest, background_tasks: BackgroundTasks, db: DbSession) -> ImportStarted:
    """Start an import and say which."""
    job = MarketplaceImportJob(feed_url=request.feed_url, triggered_by="manual:admin")
    db.add(job)
    db.commit()
    background_tasks.add_task(import_products, job.id)
    return ImportStarted(job_id=job.id, status=job.status)


@router.post("/imports/{job_id}/retry", response_model=ImportStarted, status_code=status.HTTP_202_ACCEPTED)
def retry_import(job_id: int, background_tasks: BackgroundTasks, db: DbSession) -> Any:
    """Start a failed import again."""
    job = db.get(MarketplaceImportJob, job_id)
    if job is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND)
    if job.status != JobStatus.FAILED:
        raise HTTPException(status.HTTP_409_CONFLICT, "only a failed import can be started again")
    job.status = JobStatus.PENDING
    job.error_message = None
    db.commit()
    background_tasks.add_task(import_products, job_id)
    return {"job_id": job_id, "status": job.status}


@router.get("/imports", response_model=list[ImportOut])
def list_imports(db: DbSession, status: JobStatus | None = None) -> Any:
    """Return all imports, or those of one status."""
    jobs = select(MarketplaceImportJob)
    if status is not None:
        jobs = jobs.where(MarketplaceImportJob.status == status)
    return db.execute(jobs).scalars().all()


@router.get("/imports/{job_id}", response_model=ImportOut)
def get_import(job_id: int, db: DbSession) -> Any:
    """Return one import."""
    return db.get_one(MarketplaceImportJob, job_id)
