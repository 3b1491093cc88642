"""When a task writes a name: its timestamps, its error message."""

import pytest

from tests.linting import assert_as_marked

PATH = "app/tasks/import_tasks.py"
RULES = """
background_task_rules:
  - id: BG-030
    name: Tasks must record when they start
    severity: error
    patterns:
      - file: "app/tasks/*.py"
        must_contain: "started_at"
  - id: BG-032
    name: Tasks must store an error message
    severity: error
    patterns:
      - file: "app/tasks/*.py"
        must_contain: "error_message"
"""

WRITTEN = {
    "the data of no request": """
        def run_import(queue):  # expect: BG032
            queue.push(data={"started_at": now()})
        """,
    "JSON too deep to be climbed": """
        def run_import(client):  # expect: BG032
            client.post(URL, json=DEEP)
        """.replace("DEEP", "[" * 120 + '{"started_at": now()}' + "]" * 120),
    "what a call of a call is given": """
        def run_import(job):  # expect: BG032
            handler(job)(started_at=now())
        """,
    "what an object of unknown kind posts": """
        def run_import(store):  # expect: BG032
            store.post("jobs", {"started_at": now()})
        """,
    "a dict that a function inside saves": """
        def run_import(job_id):  # expect: BG032
            fields = {"started_at": now()}
            def keep():
                save(job_id, fields)
            keep()
        """,
    "an object that was handed in, and is logged as well": """
        def _start(job, now):
            job.started_at = now
            logger.info("started %s", job)
        def run_import(job_id):  # expect: BG032
            _start(load(job_id), 1)
        """,
    "an object that was looked up, and is logged as well": """
        def run_import(db, job_id):  # expect: BG032
            job = db.get(Job, job_id)
            job.started_at = now()
            logger.info("started %s", job)
        """,
    "an aware time": """
        from datetime import UTC, datetime, timezone
        def run_import(job):  # expect: BG032
            job.started_at = datetime.now(timezone.utc)
        """,
    "the time of a project helper": """
        from app.clock import utcnow
        def run_import(job):  # expect: BG032
            job.started_at = utcnow()
        """,
    "a value from outside": """
        def run_import(job, started):  # expect: BG032
            job.started_at = started
        """,
    "a value that was there before": """
        def run_import(job, now):  # expect: BG032
            job.started_at = job.started_at or now
        """,
    "a value or None": """
        def run_import(job, now):  # expect: BG032
            job.started_at = now if job.kind else None
        """,
    "first None, then a value": """
        def run_import(job, now):  # expect: BG032
            job.started_at = None
            job.started_at = now
        """,
    "a keyword among others": """
        from sqlalchemy import func, update
        def run_import(session):  # expect: BG032
            session.execute(update(Job).values(state="x", started_at=func.now()))
        """,
    "a dict entry": """
        def run_import(db, now):  # expect: BG032
            db.query(Job).update({Job.started_at: now, "seen": True})
        """,
    "a store into a subscript": """
        def run_import(jobs, job_id, now):  # expect: BG032
            jobs[job_id]["started_at"] = now
        """,
    "setattr": """
        def run_import(job, now):  # expect: BG032
            setattr(job, "started_at", now)
        """,
    "SQL": """
        def run_import(cursor):  # expect: BG032
            cursor.execute("UPDATE jobs SET started_at = now() WHERE id = 1")
        """,
    "SQL with a parameter": """
        def run_import(cursor):  # expect: BG032
            cursor.execute("UPDATE jobs SET seen = 1, started_at = %s WHERE id = %s", (now(), 1))
        """,
    "an INSERT with placeholders": """
        def run_import(cursor, values):  # expect: BG032
            cursor.execute("INSERT INTO runs (id, started_at) VALUES (?, ?)", values)
        """,
    "SQL in an f-string": """
        TABLE = "jobs"
        def run_import(cursor):  # expect: BG032
            cursor.execute(f"UPDATE {TABLE} SET started_at = now()")
        """,
    "SQL in a constant": """
        from sqlalchemy import text
        START = "UPDATE jobs SET started_at = now()"
        def run_import(session):  # expect: BG032
            session.execute(text(START))
        """,
    "a name that continues it": """
        def run_import(job, now):  # expect: BG032
            job.started_at_utc = now
        """,
    "unpacking": """
        def run_import(job, kind):  # expect: BG032
            job.started_at, job.rows = begin(kind)
        """,
    "a helper's parameter": """
        def run_import(job):  # expect: BG032
            _touch(job, now())
        def _touch(job, time):
            job.started_at = time
        """,
    "a call named after it": """
        def run_import(repo, job_id, now):  # expect: BG032
            repo.set_started_at(job_id, now)
        """,
    "a message": """
        def run_import(job):  # expect: BG030
            job.error_message = "no rows"
        """,
    "an exception as text": """
        def run_import(job):  # expect: BG030
            try:
                load(job)
            except Exception as error:
                job.error_message = str(error)[:1000]
        """,
    "an f-string": """
        def run_import(job, error):  # expect: BG030
            job.error_message = f"failed: {error}"
        """,
    "something added": """
        def run_import(job, error):  # expect: BG030
            job.error_message += repr(error)
        """,
    "a helper that gets it by keyword": """
        def run_import(job, error):  # expect: BG030
            _fail(job, error_message=str(error))
        def _fail(job, error_message=None):
            job.error_message = error_message
        """,
    "a call that cannot be found": """
        from app.repo import fail
        def run_import(job, error):  # expect: BG030
            fail(job, error_message=str(error))
        """,
}

NOT_WRITTEN = {
    "what is posted to another service": """
        import requests
        def run_import(job_id):  # expect: BG030 BG032
            requests.post(URL, {"started_at": now()})
        """,
    "a dict that a function inside logs": """
        def run_import(job_id):  # expect: BG030 BG032
            fields = {"started_at": now()}
            def tell():
                logger.info("started", extra=fields)
            tell()
        """,
    "an object of two fields that is only logged": """
        class Report:
            pass
        def run_import(job_id):  # expect: BG030 BG032
            report = Report()
            report.started_at = now()
            report.name = "import"
            logger.info("%s", report)
        """,
    "nothing": """
        def run_import(job):  # expect: BG030 BG032
            load(job)
        """,
    "reading": """
        def run_import(job):  # expect: BG030 BG032
            if job.started_at:
                return job.error_message
            load(job.started_at, job["error_message"])
        """,
    "a bare None": """
        def run_import(job):  # expect: BG030 BG032
            job.started_at = None
            job.error_message = None
        """,
    "None through a helper": """
        def run_import(job):  # expect: BG030 BG032
            _reset(job, None)
        def _reset(job, value):
            job.started_at = value
            job.error_message = value
        """,
    "None in a helper's default": """
        def run_import(job):  # expect: BG030 BG032
            _reset(job)
        def _reset(job, value=None):
            job.started_at = job.error_message = value
        """,
    "NULL": """
        def run_import(cursor):  # expect: BG030 BG032
            cursor.execute("UPDATE jobs SET started_at = NULL, error_message = NULL")
        """,
    "a parameter without a default": """
        def run_import(job, started_at, error_message=None):  # expect: BG030 BG032
            load(job)
        """,
    "a parameter that is nothing by default": """
        def run_import(job, started_at=0, error_message=""):  # expect: BG030 BG032
            load(job)
        """,
    "a filter": """
        def run_import(session, now):  # expect: BG030 BG032
            load(session.query(Job).filter_by(started_at=now, error_message="x"))
            load(session.query(Job).filter(Job.started_at == now))
        """,
    "an order": """
        def run_import(session):  # expect: BG030 BG032
            load(session.query(Job).order_by(Job.started_at, Job.error_message))
        """,
    "a log": """
        def run_import(job, error, now):  # expect: BG030 BG032
            logger.error("failed", extra={"error_message": str(error), "started_at": now})
            logger.info("started", started_at=now, error_message="")
        """,
    "a payload": """
        import httpx
        def run_import(url, error, now):  # expect: BG030 BG032
            httpx.post(url, json={"error_message": str(error), "started_at": now})
        """,
    "a payload built first": """
        import httpx
        def run_import(url, error, now):  # expect: BG030 BG032
            payload = {"error_message": str(error)}
            payload["started_at"] = now
            httpx.post(url, json=payload)
        """,
    "an event": """
        from app.events import ImportFailedEvent
        def run_import(bus, error, now):  # expect: BG030 BG032
            bus.put(ImportFailedEvent(error_message=str(error), started_at=now))
        """,
    "a deletion": """
        def run_import(job):  # expect: BG030 BG032
            del job.started_at, job.error_message
        """,
    "a call that reads it": """
        def run_import(repo, job_id):  # expect: BG030 BG032
            load(repo.get_started_at(job_id), repo.format_error_message(job_id))
        """,
    "an annotation": """
        def run_import(job):  # expect: BG030 BG032
            started_at: int
            error_message: str
            load(job)
        """,
    "a name that only contains it": """
        def run_import(job, now):  # expect: BG030 BG032
            job.restarted_at = now
            job.last_error_message_seen = now
        """,
    "SQL that selects it": """
        def run_import(cursor):  # expect: BG030 BG032
            cursor.execute("SELECT started_at, error_message FROM jobs WHERE started_at = now()")
        """,
    "a docstring and a comment": '''
        def run_import(job):  # expect: BG030 BG032
            """Set started_at and error_message."""
            load(job)  # job.started_at = now()
        ''',
    "an import": """
        def run_import(job):  # expect: BG030 BG032
            from app.fields import error_message, started_at
            load(job)
        """,
    "setattr with a variable key": """
        def run_import(job, data):  # expect: BG030 BG032
            for key, value in data.items():
                setattr(job, key, value)
        """,
}

TEXT_DECIDES = {
    "setattr with a variable key, the names in the code": """
        def run_import(job, now):
            for key in ("started_at", "error_message"):
                setattr(job, key, now)
        """,
    "keywords from a dict that says the names": """
        def run_import(job, now):
            data = dict(zip(("started_at", "error_message"), (now, "")))
            update_job(job, **data)
        """,
}


@pytest.mark.parametrize("code", WRITTEN.values(), ids=WRITTEN)
def test_name_is_written(code: str) -> None:
    """A value flows into the name; the other rule speaks."""
    assert_as_marked(code, PATH, rules=RULES)


@pytest.mark.parametrize("code", NOT_WRITTEN.values(), ids=NOT_WRITTEN)
def test_name_is_not_written(code: str) -> None:
    """Both rules speak."""
    assert_as_marked(code, PATH, rules=RULES)


@pytest.mark.parametrize("code", TEXT_DECIDES.values(), ids=TEXT_DECIDES)
def test_text_decides(code: str) -> None:
    """Where the names of a store are unknown, the names in the unit's code decide."""
    assert_as_marked(code, PATH, rules=RULES)
