"""Widgets, for the shop's staff."""

import time
from typing import Any

from app.core.database import get_db
from app.services.widget_service import WidgetService
from app.tasks.widget_tasks import export_widgets, import_widgets
from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException
from models.database.job_status import JobStatus
from models.database.widget_import_job import WidgetImportJob
from pydantic import BaseModel
from sqlalchemy.orm import Session

router = APIRouter(prefix="/widgets", tags=["widgets"])


class Started(BaseModel):
    """Which job to watch."""

    job_id: int
    status: JobStatus


@router.post("/import", response_model=Started, status_code=202)
def trigger_import(path: str, background_tasks: BackgroundTasks, db: Session = Depends(get_db)) -> Started:
    """Start an import and say which."""
    job = WidgetImportJob()
    db.add(job)
    db.commit()
    background_tasks.add_task(import_widgets, job.id, path)
    return Started(job_id=job.id, status=job.status)


@router.post("/import/again")
def trigger_import_again(job_id: int, background_tasks: BackgroundTasks, db: Session = Depends(get_db)) -> Any:
    """Start a failed import again, and do not say which."""
    job = db.get(WidgetImportJob, job_id)
    if job is None:
        raise HTTPException(404)
    background_tasks.add_task(import_widgets, job_id, "again.csv")
    return {"status": "started"}


@router.post("/export")
def trigger_export(job_id: int) -> Any:
    """Export while the request waits."""
    time.sleep(1)
    export_widgets(job_id, "export.csv")
    return {"job_id": job_id}


@router.get("/jobs")
def list_jobs(db: Session = Depends(get_db)) -> Any:
    """Return the jobs that are not over."""
    return [{"id": job.id, "status": job.status} for job in WidgetService(db).active_jobs()]
