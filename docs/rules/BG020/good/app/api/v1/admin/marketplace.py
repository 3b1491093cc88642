"""Every way to name the job that was started."""

from typing import Any

from fastapi import APIRouter, BackgroundTasks, HTTPException
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, Field

from app.db import DbSession
from app.tasks.product_imports import import_products
from models.database.product_import_job import ProductImportJob

router = APIRouter(prefix="/admin/marketplace")


class HasJobId(BaseModel):
    job_id: int


class Started(HasJobId):
    status: str = "pending"


class StartedByAlias(BaseModel):
    number: int = Field(serialization_alias="job_id")


@router.post("/import")
def start_import(background_tasks: BackgroundTasks, db: DbSession):
    job = new_job(db)
    background_tasks.add_task(import_products, job.id)
    return {"job_id": job.id, "status": "pending", "message": "Task queued successfully"}


@router.post("/import/model")
def import_with_a_model(background_tasks: BackgroundTasks, db: DbSession) -> Started:
    job = new_job(db)
    background_tasks.add_task(import_products, job.id)
    return Started(job_id=job.id)


@router.post("/import/row", response_model=Started)
def import_with_a_response_model(background_tasks: BackgroundTasks, db: DbSession) -> Any:
    job = new_job(db)
    background_tasks.add_task(import_products, job.id)
    return job


@router.post("/import/alias")
def import_with_an_alias(background_tasks: BackgroundTasks, db: DbSession):
    job = new_job(db)
    background_tasks.add_task(import_products, job.id)
    return StartedByAlias(number=job.id)


@router.post("/import/response", status_code=202)
async def import_with_a_response(background_tasks: BackgroundTasks, db: DbSession):
    job = new_job(db)
    background_tasks.add_task(import_products, job.id)
    return JSONResponse({"data": {"job_id": job.id}}, status_code=202)


@router.post("/import/helper")
def import_with_a_helper(background_tasks: BackgroundTasks, db: DbSession):
    if db.query(ProductImportJob).filter_by(status="running").count():
        raise HTTPException(409)
    return started(background_tasks, new_job(db))


@router.post("/import/page")
def import_from_a_page(background_tasks: BackgroundTasks, db: DbSession):
    job = new_job(db)
    background_tasks.add_task(import_products, job.id)
    return RedirectResponse(f"/imports/{job.id}", status_code=303)


@router.get("/import")
def list_imports(db: DbSession):
    return db.query(ProductImportJob).all()


@router.post("/vendors")
def add_vendor(name: str):
    return {"name": name}


def started(background_tasks: BackgroundTasks, job):
    background_tasks.add_task(import_products, job.id)
    answer = {"status": "pending"}
    answer["job_id"] = job.id
    return answer


def new_job(db):
    job = ProductImportJob(status="pending")
    db.add(job)
    db.commit()
    return job
