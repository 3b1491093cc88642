"""Snippets, sessions: what counts as a session of a task's own."""

from tests.contract.rows import TASK, Row

ROWS = (
    Row(
        "A session of its own: a call of that name, through aliases, in a with statement, in a helper",
        TASK,
        "BG033",
        silent={
            "E41: try and finally": """
                from app.core.database import SessionLocal

                def import_products(job_id):
                    db = SessionLocal()
                    try:
                        load(db, job_id)
                    finally:
                        db.close()
                """,
            "E42: A with statement, under another name": """
                from app.core import database

                def import_products(job_id):
                    with database.SessionLocal() as db:
                        load(db, job_id)
                """,
            "E43: A helper of another module that is a context manager": {
                "app/core/scopes.py": """
                    from app.core.database import SessionLocal

                    @contextmanager
                    def session_scope(slug):
                        session = SessionLocal()
                        try:
                            yield session
                            session.commit()
                        finally:
                            session.close()
                    """,
                TASK: """
                    from app.core.scopes import session_scope

                    def import_products(job_id):
                        with session_scope("shop") as db:
                            load(db, job_id)
                    """,
            },
            "D40: A second session in the handler is one": """
                def import_products(job_id):
                    try:
                        load(job_id)
                    except Exception:
                        try:
                            with SessionLocal() as db:
                                db.get(Job, job_id).status = "failed"
                        except OSError:
                            logger.exception("lost")
                """,
        },
        speaking={
            "E43: A helper of an installed package is not known to open one": """
                from company_db import session_scope

                def import_products(job_id):  # expect: BG033
                    with session_scope() as db:
                        load(db, job_id)
                """,
            "E41: A name that is imported, and a docstring, open none": """
                from app.core.database import SessionLocal

                def import_products(job_id):  # expect: BG033
                    '''Opens a SessionLocal().'''
                    load(job_id)
                """,
        },
    ),
    Row(
        "A session of its own: whatever is a sessionmaker, async_sessionmaker or scoped_session, by another name",
        TASK,
        "BG033",
        silent={
            "E42: Session makers of another module, also their begin()": {
                "app/core/database.py": """
                    from sqlalchemy.ext.asyncio import async_sessionmaker
                    from sqlalchemy.orm import sessionmaker

                    local_session = async_sessionmaker(engine)
                    sync_session = sessionmaker(bind=engine)
                    """,
                TASK: """
                    from app.core.database import local_session, sync_session

                    async def import_products(job_id):
                        async with local_session() as session:
                            await load(session, job_id)

                    def import_stock(job_id):
                        with sync_session.begin() as session:
                            load(session, job_id)
                    """,
            },
            "E46: scoped_session(sessionmaker())()": """
                from sqlalchemy.orm import scoped_session, sessionmaker

                def import_products(job_id):
                    session = scoped_session(sessionmaker(bind=engine))()
                    load(session, job_id)
                """,
            "E46: scoped_session of something that is not known": """
                from sqlalchemy.orm import scoped_session
                from company_db import factory

                Local = scoped_session(factory)

                def import_products(job_id):
                    load(Local(), job_id)
                """,
            "E45: A unit of work that is made with a default": """
                from sqlalchemy.orm import sessionmaker

                make = sessionmaker(bind=engine)

                class UnitOfWork:
                    def __init__(self, session_factory=make):
                        self.session_factory = session_factory

                    def __enter__(self):
                        self.session = self.session_factory()
                        return self

                    def __exit__(self, *error):
                        self.session.close()

                def import_products(job_id):
                    with UnitOfWork() as work:
                        load(work.session, job_id)
                """,
            "E45: A parameter and an attribute that are annotated so": """
                from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

                async def import_products(job_id, session_factory: async_sessionmaker[AsyncSession]):
                    async with session_factory() as session:
                        await load(session, job_id)

                class StockImport:
                    make_session: async_sessionmaker

                    async def run(self, job_id):
                        async with self.make_session() as session:
                            await load(session, job_id)
                """,
        },
        speaking={
            "E45: A factory that nothing is known of": """
                def import_products(job_id, session_factory):  # expect: BG033
                    with session_factory() as session:
                        load(session, job_id)
                """,
            "E45: A session out of a worker's context is somebody else's": """
                async def import_products(ctx, job_id):  # expect: BG033
                    await load(ctx["db"], job_id)
                """,
        },
    ),
    Row(
        "A session of its own: Session(engine) and AsyncSession(engine) of SQLAlchemy or SQLModel",
        TASK,
        "BG033",
        silent={
            "E42: Session of SQLModel": """
                from sqlmodel import Session

                def import_products(job_id):
                    with Session(engine) as session:
                        load(session, job_id)
                """,
            "E42: AsyncSession, and Session.begin, of SQLAlchemy": """
                from sqlalchemy import orm
                from sqlalchemy.ext.asyncio import AsyncSession as Async

                async def import_products(job_id):
                    async with Async(engine) as session:
                        await load(session, job_id)

                def import_stock(job_id):
                    with orm.Session(bind=engine) as session, session.begin():
                        load(session, job_id)
                """,
        },
        speaking={
            "A17: A Session of another library": """
                from requests import Session

                def import_products(job_id):  # expect: BG033
                    with Session() as session:
                        session.get(URL)
                """,
            "E42: engine.begin() is a connection": """
                def import_products(job_id):  # expect: BG033
                    with engine.begin() as connection:
                        load(connection, job_id)
                """,
        },
    ),
    Row(
        "A session of its own: next(get_db()) where get_db is project source that opens one",
        TASK,
        "BG033",
        silent={
            "E44: next of a dependency of another module": {
                "app/core/database.py": """
                    from sqlalchemy.orm import sessionmaker
                    Local = sessionmaker(engine)

                    def get_db():
                        db = Local()
                        try:
                            yield db
                        finally:
                            db.close()
                    """,
                TASK: """
                    from app.core.database import get_db

                    def import_products(job_id):
                        db = next(get_db())
                        load(db, job_id)
                    """,
            },
            "E44: async for over a dependency": """
                async def get_session():
                    async with SessionLocal() as session:
                        yield session

                async def import_products(job_id):
                    async for session in get_session():
                        await load(session, job_id)
                        break
                """,
        },
        speaking={
            "E44: next of a dependency that hands on what it is given": """
                def get_db(request=None):
                    yield request.state.db

                def import_products(job_id):  # expect: BG033
                    load(next(get_db()), job_id)
                """,
            "E44: next of something unknown": """
                from company_db import get_db

                def import_products(job_id):  # expect: BG033
                    load(next(get_db()), job_id)
                """,
        },
    ),
)
