"""Runs of the shop's test suites."""

from typing import Any

from fastapi import APIRouter, BackgroundTasks, HTTPException
from fastapi.responses import JSONResponse

from app.core.database import DbSession
from app.tasks.quality_tasks import run_test_suite
from models.database.test_run import TestRun

router = APIRouter(prefix="/admin/tests", tags=["admin"])


@router.post("/run", status_code=202)
def run_tests(suite: str, background_tasks: BackgroundTasks, db: DbSession) -> dict[str, Any]:
    """Start a run of a suite."""
    return _queue(suite, background_tasks, db)


@router.post("/runs/{run_id}/again", status_code=202)
def run_again(run_id: int, background_tasks: BackgroundTasks, db: DbSession) -> JSONResponse:
    """Start a run of the suite that another run had."""
    earlier = db.get(TestRun, run_id)
    if earlier is None:
        raise HTTPException(status_code=404)
    queued = _queue(earlier.suite, background_tasks, db)
    return JSONResponse({**queued, "again": run_id}, status_code=202)


@router.get("/runs/{run_id}")
def get_run(run_id: int, db: DbSession) -> dict[str, Any]:
    """Return one run."""
    run = db.get_one(TestRun, run_id)
    names = ("id", "suite", "status", "passed", "failed", "error_message")
    return {name: getattr(run, name) for name in names}


def _queue(suite: str, background_tasks: BackgroundTasks, db: DbSession) -> dict[str, Any]:
    run = TestRun(suite=suite, triggered_by_id=1)
    db.add(run)
    db.commit()
    background_tasks.add_task(run_test_suite, run.id)
    return {"run_id": run.id, "message": f"{suite} queued"}
