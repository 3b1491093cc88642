"""Shapes of code met in public FastAPI projects, told again in a few lines each."""

import pytest

from tests.linting import assert_as_marked

TASKS = "app/tasks/catalogue_tasks.py"

SESSIONS = {
    "a decorator that hands the task to a function of the project, which supplies the session": """
        from functools import wraps
        from sqlalchemy.orm import Session, sessionmaker
        from app.db import engine

        def _run_for_each_shop(func, *args, **kwargs):
            factory = sessionmaker(bind=engine)
            for shop in SHOPS:
                kwargs["db"] = factory()
                func(*args, **kwargs)

        def per_shop(func):
            @wraps(func)
            def wrapper(*args, **kwargs):
                _run_for_each_shop(func, *args, **kwargs)
            return wrapper

        @per_shop
        def refresh_catalogue(shop, db: Session):
            db.commit()
        """,
    "a decorator that hands the task to a function which supplies something else": """
        from functools import wraps
        from sqlalchemy.orm import Session, sessionmaker
        from app.db import engine

        def _timed(func, *args, **kwargs):
            factory = sessionmaker(bind=engine)
            kwargs["clock"] = factory()
            func(*args, **kwargs)

        def timed(func):
            @wraps(func)
            def wrapper(*args, **kwargs):
                _timed(func, *args, **kwargs)
            return wrapper

        @timed
        def refresh_catalogue(shop, db: Session):  # expect: BG033
            db.commit()
        """,
}


@pytest.mark.parametrize("code", SESSIONS.values(), ids=SESSIONS.keys())
def test_a_session_is_supplied_where_a_decorator_leads(code: str) -> None:
    assert_as_marked(code, TASKS, "BG033")
