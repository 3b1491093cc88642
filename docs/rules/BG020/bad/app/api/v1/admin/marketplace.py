"""Imports are started, and the page that started them is told nothing that it could ask for again."""

from fastapi import APIRouter, BackgroundTasks, Response
from pydantic import BaseModel

from app.db import DbSession
from app.tasks.product_imports import import_products
from models.database.product_import_job import ProductImportJob

router = APIRouter(prefix="/admin/marketplace")


class Started(BaseModel):
    status: str


@router.post("/import")
def start_import(background_tasks: BackgroundTasks, db: DbSession):
    job = new_job(db)
    background_tasks.add_task(import_products, job.id)
    return {"status": "pending", "message": f"job_id {job.id} is queued"}  # expect: BG020


@router.post("/import/again", response_model=Started)
def import_again(background_tasks: BackgroundTasks, db: DbSession):
    job = new_job(db)
    background_tasks.add_task(import_products, job.id)
    return {"job_id": job.id, "status": "pending"}  # expect: BG020


@router.post("/import/quietly", status_code=202)
def import_quietly(background_tasks: BackgroundTasks, db: DbSession):
    background_tasks.add_task(import_products, new_job(db).id)
    return Response(status_code=202)  # expect: BG020


@router.post("/import/all")
def import_all(background_tasks: BackgroundTasks, db: DbSession):  # expect: BG020
    background_tasks.add_task(import_products, new_job(db).id)


def new_job(db):
    job = ProductImportJob(status="pending")
    db.add(job)
    db.commit()
    return job
