"""Where a task has its database session from: one of its own, or that of a request."""

import pytest

from tests.linting import assert_as_marked, lint

PATH = "app/tasks/import_tasks.py"
RULES = """
background_task_rules:
  - id: BG-033
    name: Tasks must use separate database sessions
    severity: error
    patterns:
      - file: "app/tasks/*.py"
        must_contain: "SessionLocal()"
"""

OWN = {
    "SessionLocal()": """
        from app.db import SessionLocal
        def run_import(job_id):
            db = SessionLocal()
            try:
                load(db, job_id)
            finally:
                db.close()
        """,
    "a context manager": """
        from app.db import SessionLocal
        async def run_import(job_id):
            async with SessionLocal() as session:
                await load(session, job_id)
        """,
    "a transaction": """
        from app.db import SessionLocal
        def run_import(job_id):
            with SessionLocal.begin() as session:
                load(session, job_id)
        """,
    "a transaction of a session": """
        from app.db import SessionLocal
        def run_import(job_id):
            with SessionLocal() as session, session.begin():
                load(session, job_id)
        """,
    "arguments": """
        from app.db import SessionLocal
        def run_import(job_id):
            load(SessionLocal(expire_on_commit=False), job_id)
        """,
    "by its module": """
        from app import database
        def run_import(job_id):
            load(database.SessionLocal(), job_id)
        """,
    "by another name": """
        from app.db import SessionLocal as make_session
        def run_import(job_id):
            load(make_session(), job_id)
        """,
    "by a local name": """
        from app.db import SessionLocal
        def run_import(job_id):
            factory = SessionLocal
            load(factory(), job_id)
        """,
    "an attribute of that name": """
        class Importer:
            def run(self):
                with self.SessionLocal() as session:
                    load(session)
        """,
    "imported in the function": """
        def run_import(job_id):
            from app.db import SessionLocal
            load(SessionLocal(), job_id)
        """,
    "in a helper": """
        from app.db import SessionLocal
        def run_import(job_id):
            load(_session(), job_id)
        def _session():
            return SessionLocal()
        """,
    "in a context manager of the project": """
        from contextlib import contextmanager
        from app.db import SessionLocal
        @contextmanager
        def session_scope():
            session = SessionLocal()
            try:
                yield session
            finally:
                session.close()
        def run_import(job_id):
            with session_scope() as session:
                load(session, job_id)
        """,
    "in a decorator": """
        from app.db import SessionLocal
        def with_session(function):
            def wrapper(job_id):
                with SessionLocal() as session:
                    return function(session, job_id)
            return wrapper
        @with_session
        def run_import(session, job_id):
            load(session, job_id)
        """,
    "next() of a dependency that opens one": """
        from app.db import SessionLocal
        def get_db():
            db = SessionLocal()
            try:
                yield db
            finally:
                db.close()
        def run_import(job_id):
            db = next(get_db())
            load(db, job_id)
        """,
    "a loop over a dependency that opens one": """
        from app.db import SessionLocal
        async def get_session():
            async with SessionLocal() as session:
                yield session
        async def run_import(job_id):
            async for session in get_session():
                await load(session, job_id)
                break
        """,
    "a sessionmaker by another name": """
        from sqlalchemy.orm import sessionmaker
        make_session = sessionmaker(bind=engine)
        def run_import(job_id):
            with make_session() as session:
                load(session, job_id)
        """,
    "an annotated sessionmaker": """
        from sqlalchemy.orm import Session, sessionmaker
        factory: sessionmaker[Session] = make_factory()
        def run_import(job_id):
            with factory() as session:
                load(session, job_id)
        """,
    "an asynchronous sessionmaker": """
        from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
        open_session = async_sessionmaker[AsyncSession](engine, expire_on_commit=False)
        async def run_import(job_id):
            async with open_session() as session:
                await load(session, job_id)
        """,
    "a transaction of a sessionmaker": """
        import sqlalchemy.orm as orm
        factory = orm.sessionmaker(engine)
        def run_import(job_id):
            with factory.begin() as session:
                load(session, job_id)
        """,
    "a sessionmaker made and called": """
        from sqlalchemy.orm import sessionmaker
        def run_import(job_id):
            load(sessionmaker(bind=engine)(), job_id)
        """,
    "a sessionmaker made in the function": """
        from sqlalchemy.orm import sessionmaker
        def run_import(job_id):
            factory = sessionmaker(bind=engine)
            session = factory()
            load(session, job_id)
        """,
    "a scoped session": """
        from sqlalchemy.orm import scoped_session, sessionmaker
        registry = scoped_session(sessionmaker(bind=engine))
        def run_import(job_id):
            load(registry(), job_id)
        """,
    "a scoped session made and called": """
        from sqlalchemy.orm import scoped_session, sessionmaker
        def run_import(job_id):
            load(scoped_session(sessionmaker(bind=engine))(), job_id)
        """,
    "an asynchronous scoped session": """
        from sqlalchemy.ext.asyncio import async_scoped_session, async_sessionmaker
        registry = async_scoped_session(async_sessionmaker(engine), scopefunc=current_task)
        async def run_import(job_id):
            await load(registry(), job_id)
        """,
    "the older asynchronous sessionmaker": """
        from sqlalchemy.ext.asyncio import AsyncSession
        from sqlalchemy.orm import sessionmaker
        async_session = sessionmaker(engine, class_=AsyncSession)
        async def run_import(job_id):
            async with async_session() as session:
                await load(session, job_id)
        """,
    "a factory as a parameter": """
        from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
        async def run_import(job_id, factory: async_sessionmaker[AsyncSession]):
            async with factory() as session:
                await load(session, job_id)
        """,
    "a factory as an optional parameter": """
        from __future__ import annotations
        from sqlalchemy.orm import sessionmaker
        def run_import(job_id, factory: "sessionmaker | None" = None):
            with factory.begin() as session:
                load(session, job_id)
        """,
    "a factory as a parameter's default": """
        from app.db import SessionLocal
        def run_import(job_id, factory=SessionLocal):
            with factory() as session:
                load(session, job_id)
        """,
    "a factory as a class attribute": """
        from sqlalchemy.orm import sessionmaker
        class Importer:
            make = sessionmaker(bind=engine)
            def run(self):
                with self.make() as session:
                    load(session)
        """,
    "a factory as an annotated attribute": """
        from sqlalchemy.orm import Session, sessionmaker
        class Importer:
            make: sessionmaker[Session]
            def run(self):
                with self.make() as session:
                    load(session)
        """,
    "a factory as the default of a constructor's parameter": """
        from sqlalchemy.orm import sessionmaker
        make = sessionmaker(bind=engine)
        class Importer:
            def __init__(self, session_factory=make):
                self.session_factory = session_factory
            def run(self):
                with self.session_factory() as session:
                    load(session)
        """,
    "a unit of work that opens its session with the default of its constructor": """
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
        def run_import(job_id):
            with UnitOfWork() as work:
                load(work, job_id)
        """,
    "a factory given to the constructor": """
        from sqlalchemy.ext.asyncio import async_sessionmaker
        class Importer:
            def __init__(self, make: async_sessionmaker):
                self._make = make
            async def run(self):
                async with self._make.begin() as session:
                    await load(session)
        """,
    "a factory handed to a helper": """
        from app.db import SessionLocal
        def run_import(job_id):
            _work(SessionLocal, job_id)
        def _work(factory, job_id):
            with factory() as session:
                load(session, job_id)
        """,
    "a factory that a project function returns": """
        from sqlalchemy.orm import sessionmaker
        def _factory():
            return sessionmaker(bind=engine)
        def run_import(job_id):
            with _factory()() as session:
                load(session, job_id)
        """,
    "a session of an engine": """
        from sqlalchemy.orm import Session
        def run_import(job_id):
            with Session(engine) as session:
                load(session, job_id)
        """,
    "a session of SQLModel": """
        from sqlmodel import Session
        def run_import(job_id):
            with Session(engine, expire_on_commit=False) as session:
                load(session, job_id)
        """,
    "an asynchronous session of an engine": """
        from sqlalchemy.ext import asyncio as sa_asyncio
        async def run_import(job_id):
            async with sa_asyncio.AsyncSession(bind=engine) as session:
                await load(session, job_id)
        """,
    "a session class of the project, of an engine": """
        from sqlalchemy.orm import Session
        class TracedSession(Session):
            pass
        def run_import(job_id):
            with TracedSession(engine) as session:
                load(session, job_id)
        """,
    "a thread": """
        import asyncio
        from app.db import SessionLocal
        def _work(job_id):
            load(SessionLocal(), job_id)
        async def run_import(job_id):
            await asyncio.to_thread(_work, job_id)
        """,
}

NOT_OWN = {
    "something else as the default of a constructor's parameter": """
        from app.files import open_file
        class Importer:
            def __init__(self, opener=open_file):
                self.opener = opener
            def run(self):  # expect: BG033
                with self.opener() as file:
                    load(file)
        """,
    "a default that is the parameter's own name": """
        class Importer:
            def __init__(self, make=make):
                self.make = make
            def run(self):  # expect: BG033
                with self.make() as session:
                    load(session)
        """,
    "none": """
        def run_import(job_id):  # expect: BG033
            load(job_id)
        """,
    "only imported": """
        from app.db import SessionLocal
        def run_import(job_id):  # expect: BG033
            load(job_id)
        """,
    "only mentioned": """
        from app.db import SessionLocal
        def run_import(job_id):  # expect: BG033
            # db = SessionLocal()
            '''Uses SessionLocal().'''
            load(SessionLocal, "SessionLocal()")
        """,
    "a helper of another module": """
        from app.db import session_scope
        def run_import(job_id):  # expect: BG033
            with session_scope() as session:
                load(session, job_id)
        """,
    "a session of requests": """
        import requests
        def run_import(job_id):  # expect: BG033
            with requests.Session() as session:
                load(session, job_id)
        """,
    "a session of aiohttp": """
        from aiohttp import ClientSession
        async def run_import(job_id):  # expect: BG033
            async with ClientSession() as session:
                await load(session, job_id)
        """,
    "an engine": """
        from sqlalchemy import create_engine
        engine = create_engine(URL)
        def run_import(job_id):  # expect: BG033
            with engine.begin() as connection:
                load(connection, job_id)
        """,
    "a session of an engine of requests": """
        from requests import Session
        def run_import(job_id):  # expect: BG033
            load(Session(job_id))
        """,
    "a factory that is only made": """
        from sqlalchemy.orm import sessionmaker
        def run_import(job_id):  # expect: BG033
            factory = sessionmaker(bind=engine)
            load(factory, job_id)
        """,
    "a dependency that opens none": """
        def get_db():
            yield DATABASE
        def run_import(job_id):  # expect: BG033
            load(next(get_db()), job_id)
        """,
    "a dependency of another module": """
        from app.db import get_db
        def run_import(job_id):  # expect: BG033
            load(next(get_db()), job_id)
        """,
    "a name that contains it": """
        from app.db import TestingSessionLocal
        def run_import(job_id):  # expect: BG033
            load(TestingSessionLocal(), job_id)
        """,
    "at module level": """
        from app.db import SessionLocal
        db = SessionLocal()
        def run_import(job_id):  # expect: BG033
            load(db, job_id)
        """,
    "a session that a request gave": """
        from sqlalchemy.orm import Session
        def run_import(job_id, db):  # expect: BG033
            with db.begin():
                load(db, job_id)
        """,
    "a session made of nothing": """
        from app.things import Session
        def run_import(job_id):  # expect: BG033
            load(Session(), job_id)
        """,
}


@pytest.mark.parametrize("code", OWN.values(), ids=OWN)
def test_own_session(code: str) -> None:
    """The task opens a session of its own."""
    assert_as_marked(code, PATH, rules=RULES)


@pytest.mark.parametrize("code", NOT_OWN.values(), ids=NOT_OWN)
def test_no_session_of_its_own(code: str) -> None:
    """What the task opens is no database session, or it opens none."""
    assert_as_marked(code, PATH, rules=RULES)


ANTI_PATTERN = """
background_task_rules:
  - id: BG-033
    name: Tasks must use separate database sessions
    severity: error
    patterns:
      - file: "app/tasks/*.py"
        must_contain: "job_id"
    anti_patterns:
      - pattern: "def.*task.*db.*Session"
        message: "Don't pass request db session to background tasks"
"""

TAKES_SESSION = {
    "star parameters": """
        from sqlalchemy.orm import Session
        def import_products(job_id, *dbs: Session):  # expect: BG033
            work(job_id=1)
        def export_products(job_id, **dbs: Session):  # expect: BG033
            work(job_id=1)
        """,
    "dependencies that give a session without naming an engine": """
        from fastapi import Depends
        from sqlalchemy.orm import Session
        from sqlalchemy.ext.asyncio import AsyncSession
        def _one():
            yield Session()
        async def _two():
            async with AsyncSession() as session:
                yield session
        async def _three():
            session = await make_session_factory()
            yield session
        def import_products(
            one=Depends(_one),  # expect: BG033
            two=Depends(_two),  # expect: BG033
            three=Depends(_three),  # expect: BG033
        ):
            work(job_id=one)
        """,
    "a session of SQLAlchemy": """
        from sqlalchemy.orm import Session
        def run_import(
            job_id,
            db: Session,  # expect: BG033
        ):
            work(job_id=db)
        """,
    "whatever the names": """
        import sqlalchemy.orm as orm
        def go(
            conn: orm.Session,  # expect: BG033
        ):
            work(job_id=conn)
        """,
    "an asynchronous session": """
        from sqlalchemy.ext.asyncio import AsyncSession
        async def run_import(
            *,
            session: AsyncSession,  # expect: BG033
        ):
            work(job_id=session)
        """,
    "a session of SQLModel": """
        from sqlmodel import Session
        def run_import(
            db: Session,  # expect: BG033
            /,
        ):
            work(job_id=db)
        """,
    "an asynchronous session of SQLModel": """
        from sqlmodel.ext.asyncio.session import AsyncSession
        async def run_import(
            db: AsyncSession,  # expect: BG033
        ):
            work(job_id=db)
        """,
    "a scoped session": """
        from sqlalchemy.orm import scoped_session
        def run_import(
            db: scoped_session,  # expect: BG033
        ):
            work(job_id=db)
        """,
    "a scoped session of a class": """
        from sqlalchemy.orm import Session, scoped_session
        def run_import(
            db: scoped_session[Session],  # expect: BG033
        ):
            work(job_id=db)
        """,
    "or None": """
        from sqlalchemy.orm import Session
        def run_import(
            db: Session | None = None,  # expect: BG033
            other: None | Session = None,  # expect: BG033
        ):
            work(job_id=db)
        """,
    "Optional and Union": """
        import typing
        from typing import Optional, Union
        from sqlalchemy.orm import Session
        def run_import(
            one: Optional[Session] = None,  # expect: BG033
            two: Union[None, Session] = None,  # expect: BG033
            three: typing.Optional["Session"] = None,  # expect: BG033
        ):
            work(job_id=one)
        """,
    "Annotated": """
        from typing import Annotated
        from fastapi import Depends
        from sqlalchemy.orm import Session
        from app.db import get_db
        def run_import(
            db: Annotated[Session, Depends(get_db)],  # expect: BG033
            other: Annotated[Session | None, "x"],  # expect: BG033
        ):
            work(job_id=db)
        """,
    "in quotes": """
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from sqlalchemy.orm import Session
        def run_import(
            db: "Session",  # expect: BG033
            other: "Session | None" = None,  # expect: BG033
        ):
            work(job_id=db)
        """,
    "aliases": """
        from typing import Annotated
        from fastapi import Depends
        from sqlalchemy.orm import Session
        from sqlalchemy.orm import Session as OrmSession
        Db = Session
        SessionDep = Annotated[Session, Depends(get_db)]
        MaybeDb = Session | None
        def run_import(
            one: OrmSession,  # expect: BG033
            two: Db,  # expect: BG033
            three: SessionDep,  # expect: BG033
            four: MaybeDb = None,  # expect: BG033
        ):
            work(job_id=one)
        """,
    "a subclass of the project": """
        from sqlalchemy.orm import Session
        class TracedSession(Session):
            pass
        class AuditedSession(TracedSession):
            pass
        def run_import(
            db: AuditedSession,  # expect: BG033
        ):
            work(job_id=db)
        """,
    "a name that cannot be resolved": """
        from app.db import AsyncSession, Session
        def run_import(
            one: Session,  # expect: BG033
            two: AsyncSession,  # expect: BG033
        ):
            work(job_id=one)
        """,
    "a name that nothing binds": """
        from app.models import *
        def run_import(
            db: Session,  # expect: BG033
        ):
            work(job_id=db)
        """,
    "a default that depends on a session": """
        from fastapi import Depends
        from app.db import SessionLocal
        def get_db():
            db = SessionLocal()
            try:
                yield db
            finally:
                db.close()
        def run_import(
            db=Depends(get_db),  # expect: BG033
        ):
            work(job_id=db)
        """,
    "a default that depends on an annotated function": """
        import fastapi
        from collections.abc import AsyncIterator, Generator
        from sqlalchemy.ext.asyncio import AsyncSession
        from sqlalchemy.orm import Session
        def get_db() -> Generator[Session, None, None]:
            yield open_session()
        async def get_session() -> AsyncIterator[AsyncSession]:
            yield await open_session()
        def run_import(
            one=fastapi.Depends(get_db),  # expect: BG033
            two=fastapi.Depends(dependency=get_session),  # expect: BG033
        ):
            work(job_id=one)
        """,
    "a default that depends on a function with a context": """
        from fastapi import Depends
        from app.db import async_session_maker
        async def get_session():
            async with async_session_maker() as session:
                yield session
        async def run_import(
            db=Depends(get_session),  # expect: BG033
        ):
            work(job_id=db)
        """,
    "an alias that depends on a session, whatever it is called": """
        from typing import Annotated, Any
        from fastapi import Depends
        from app.db import SessionLocal
        def get_db():
            yield SessionLocal()
        Db = Annotated[Any, Depends(get_db)]
        def run_import(
            db: Db,  # expect: BG033
        ):
            work(job_id=db)
        """,
    "a decorated task": """
        from sqlalchemy.orm import Session
        from app.worker import app
        @app.task
        def _run_import(
            job_id,
            db: Session,  # expect: BG033
        ):
            work(job_id=db)
        """,
    "a method": """
        from sqlalchemy.orm import Session
        class Importer:
            def run(
                self,
                db: Session,  # expect: BG033
            ):
                work(job_id=db)
        """,
    "a decorator that does something else": """
        from sqlalchemy.orm import Session
        def timed(function):
            def wrapper(*args, **kwargs):
                return function(*args, **kwargs)
            return wrapper
        @timed
        def run_import(
            db: Session,  # expect: BG033
        ):
            work(job_id=db)
        """,
}

TAKES_NONE = {
    "what the request holds": """
        from fastapi import Depends
        def get_state(request):
            yield request.state
        def import_products(job_id, state=Depends(get_state)):
            work(job_id=1)
        """,
    "a setting that a lambda gives": """
        from fastapi import Depends
        def import_products(job_id, size=Depends(lambda: 100)):
            work(job_id=1)
        """,
    "star parameters of other kinds": """
        def import_products(job_id, *rows: int, **options):
            work(job_id=1)
        """,
    "dependencies whose variables are made from each other": """
        from fastapi import Depends
        def _one():
            one = one
            two = three
            three = two
            yield one
            yield two
        def import_products(one=Depends(_one), two=Depends(), three=Depends(elsewhere)):
            work(job_id=one)
        """,
    "no annotation": """
        def run_import(job_id, db):
            work(job_id=db)
        """,
    "a factory": """
        from collections.abc import Callable
        from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
        from sqlalchemy.orm import Session, sessionmaker
        def run_import(
            one: sessionmaker[Session],
            two: async_sessionmaker[AsyncSession],
            three: Callable[[], Session],
            four: sessionmaker,
            five: type[Session],
            six: "Callable[..., Session] | None" = None,
        ):
            work(job_id=one)
        """,
    "a session of HTTP": """
        import requests
        from aiohttp import ClientSession
        from requests import Session
        def run_import(one: requests.Session, two: Session, three: ClientSession):
            work(job_id=one)
        """,
    "sessions of other libraries": """
        import boto3
        from neo4j import AsyncSession, Session
        from snowflake.snowpark import Session as Snowpark
        def run_import(one: boto3.Session, two: Session, three: AsyncSession, four: Snowpark):
            work(job_id=one)
        """,
    "a class of the project that is no database session": """
        class Session:
            pass
        class UserSession:
            pass
        def run_import(one: Session, two: UserSession):
            work(job_id=one)
        """,
    "another dependency": """
        from typing import Annotated
        from fastapi import Depends
        from app.settings import Settings, get_settings
        def _get_user():
            return current_user()
        def run_import(
            one=Depends(_get_user),
            two: Settings = Depends(get_settings),
            three: Annotated[Settings, Depends(get_settings)] = None,
        ):
            work(job_id=one)
        """,
    "a repository that holds a session": """
        from sqlalchemy.orm import Session
        class Jobs:
            def __init__(self, db: Session):
                self.db = db
        def run_import(jobs: Jobs):
            work(job_id=jobs)
        """,
    "a helper": """
        from sqlalchemy.orm import Session
        def run_import(job_id):
            _work(open_session(), job_id=job_id)
        def _work(db: Session, job_id):
            work(db, job_id=job_id)
        """,
    "a nested function": """
        from sqlalchemy.orm import Session
        def run_import(job_id):
            def inside(db: Session):
                work(db, job_id=job_id)
            work(inside, job_id=job_id)
        """,
    "a parameter that a decorator supplies by position": """
        import functools
        from sqlalchemy.orm import Session
        def with_session(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                with open_session() as session:
                    return function(session, *args, **kwargs)
            return wrapper
        @with_session
        def run_import(db: Session, job_id):
            work(job_id=db)
        """,
    "a parameter that a decorator supplies by name": """
        from sqlalchemy.orm import Session
        def with_session(name):
            def decorate(function):
                def wrapper(*args, **kwargs):
                    return function(*args, db=open_session(name), **kwargs)
                return wrapper
            return decorate
        @with_session("main")
        def run_import(job_id, db: Session):
            work(job_id=db)
        """,
    "a parameter that a decorator puts among the keywords": """
        from sqlalchemy.orm import Session
        def with_session(function):
            def wrapper(*args, **kwargs):
                kwargs["db"] = open_session()
                return function(*args, **kwargs)
            return wrapper
        @with_session
        def run_import(job_id, *, db: Session = None):
            work(job_id=db)
        """,
    "a parameter that a decorator with a fixed signature supplies": """
        from sqlalchemy.orm import Session
        def with_session(function):
            def wrapper(job_id):
                with open_session() as session:
                    return function(session, job_id)
            return wrapper
        @with_session
        def run_import(db: Session, job_id):
            work(job_id=db)
        """,
    "a parameter of a method that a decorator supplies": """
        from sqlalchemy.orm import Session
        def with_session(function):
            def wrapper(self, *args):
                return function(self, open_session(), *args)
            return wrapper
        class Importer:
            @with_session
            def run(self, db: Session):
                work(job_id=db)
        """,
    "a local variable": """
        from sqlalchemy.orm import Session
        def run_import(job_id):
            db: Session = open_session()
            work(job_id=db)
        """,
    "a return annotation": """
        from sqlalchemy.orm import Session
        def run_import(job_id) -> Session:
            return work(job_id=job_id)
        """,
}


@pytest.mark.parametrize("code", TAKES_SESSION.values(), ids=TAKES_SESSION)
def test_takes_a_request_session(code: str) -> None:
    """The parameter is reported."""
    assert_as_marked(code, PATH, rules=ANTI_PATTERN)


@pytest.mark.parametrize("code", TAKES_NONE.values(), ids=TAKES_NONE)
def test_takes_no_request_session(code: str) -> None:
    """What is annotated otherwise, or supplied otherwise, is left alone."""
    assert_as_marked(code, PATH, rules=ANTI_PATTERN)


def test_parameter_is_reported_where_it_stands() -> None:
    """The column is that of the parameter."""
    code = "from sqlalchemy.orm import Session\ndef run_import(job_id, db: Session):\n    work(job_id=db)\n"
    (found,) = lint(code, PATH, ANTI_PATTERN)
    assert (found.line, found.column, found.text) == (2, 23, "Don't pass request db session to background tasks")
