"""The application."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.api.v1 import api_router
from app.core.database import DbSession, engine
from models.database import Base

STATIC = Path(__file__).parents[1] / "static"


def create_app() -> FastAPI:
    """Return the shop, with its tables made."""
    Base.metadata.create_all(engine)
    app = FastAPI(title="Storefront")
    app.include_router(api_router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    @app.get("/health")
    def health(db: DbSession) -> dict[str, str]:
        """Tell whether the database answers."""
        try:
            db.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return {"status": "error"}
        return {"status": "ok"}

    return app
