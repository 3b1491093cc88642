"""A response that takes its task along."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from app.tasks.reports import execute_report

reports_router = APIRouter()


@reports_router.post("/reports")
async def start_report(report_id: int):
    return JSONResponse({"job_id": report_id}, background=BackgroundTask(execute_report, report_id))
