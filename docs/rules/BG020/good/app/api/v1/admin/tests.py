"""Test runs, with a model that an ORM object is turned into."""

from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, ConfigDict

from app.db import DbSession
from app.tasks.test_runs import run_tests
from models.database.test_run import TestRun

admin_router = APIRouter()


class RunOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    run_id: int
    status: str


@admin_router.post("/tests/run", response_model=RunOut)
async def start_run(suite: str, background_tasks: BackgroundTasks, db: DbSession):
    run = TestRun(suite=suite, status="pending")
    db.add(run)
    db.commit()
    background_tasks.add_task(run_tests, run.id)
    return run
