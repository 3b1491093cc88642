"""Test runs are started: one way out of the function forgets the `run_id`."""

from fastapi import APIRouter, BackgroundTasks, HTTPException

from app.db import DbSession
from app.tasks.test_runs import run_tests
from models.database.test_run import TestRun

tests_router = APIRouter(prefix="/admin/tests")


@tests_router.api_route("/run/{suite}", methods=["POST"])
def start_run(suite: str, background_tasks: BackgroundTasks, db: DbSession):
    if not suite.isidentifier():
        raise HTTPException(422)
    run = db.query(TestRun).filter_by(suite=suite, status="running").first()
    if run is not None:
        return {"message": "it is running"}  # expect: BG020
    run = TestRun(suite=suite)
    db.add(run)
    db.commit()
    background_tasks.add_task(run_tests, run.id)
    return {"run_id": run.id}
