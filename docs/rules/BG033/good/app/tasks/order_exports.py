"""Exports of orders: a sessionmaker by another name, a session on an engine, and a factory that is passed in."""

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, sessionmaker

from app.files import write_csv
from models.database.order_export_job import OrderExportJob, utcnow

engine = create_engine("postgresql:///shop")
NewSession = sessionmaker(engine)
new_async_session = async_sessionmaker(create_async_engine("postgresql+asyncpg:///shop"))


def export_orders(job_id: int) -> None:
    with NewSession.begin() as db:
        _export(db.get(OrderExportJob, job_id))


def export_archive(job_id: int) -> None:
    with Session(engine) as db:
        _export(db.get(OrderExportJob, job_id))
        db.commit()


async def export_invoices(job_id: int) -> None:
    async with new_async_session() as db:
        _export(await db.get(OrderExportJob, job_id))
        await db.commit()


async def export_returns(job_id: int, open_session: async_sessionmaker[AsyncSession]) -> None:
    async with open_session() as db:
        _export(await db.get(OrderExportJob, job_id))
        await db.commit()


def _export(job) -> None:
    job.status, job.started_at = "running", utcnow()
    try:
        write_csv(job)
        job.status = "completed"
    except Exception as error:
        job.status, job.error_message = "failed", str(error)
    job.completed_at = utcnow()
