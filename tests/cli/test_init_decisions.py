"""Which rules `bgtasks init` switches off or changes, and what it takes for a session, a start, a registry and a word."""

import pytest

from tests.cli.conftest import BASE
from tests.cli.test_init_files import ONE_JOB, WORK, rule

MODELS = {"app/base.py": BASE, "app/models.py": ONE_JOB}
IMPORTS = "    from app.models import ReportExport\n"
JOBS = {**MODELS, "app/jobs/report.py": IMPORTS + WORK}
ENDPOINT = (
    "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/reports')\ndef reports():\n    return []\n"
)


def plain(text: str) -> str:
    """Return a rules file's comments on one line."""
    return " ".join(line.strip().removeprefix("# ") for line in text.splitlines())


def equivalents(rules) -> dict[str, tuple[str, ...]]:
    return dict(rules.equivalents)


def test_rules_on_models_are_off_where_there_is_none(written) -> None:
    text, rules = written({"app/jobs.py": "from celery import shared_task\n\n\n@shared_task\ndef f():\n    work()\n"})
    assert "No task model was seen: no mapped class with a status, times and an error." in plain(text)
    assert not any(rule(rules, f"BG-00{number}").enabled for number in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("values", "enabled"),
    [
        ('"queued", "processing", "completed"', True),
        ('"queued", "processing", "fetching", "completed"', False),
        ('"queued", "running", "completed"', True),
    ],
    ids=["one word of its own", "both words of its own", "standard words"],
)
def test_statuses_are_left_alone_where_all_that_is_forbidden_is_the_teams_own(values, enabled, written) -> None:
    states = "    from enum import Enum\n    ReportStatus = Enum('ReportStatus', 'x')\n    class JobStatus(Enum):\n        {}\n"
    members = "\n        ".join(f"M{number} = {value}" for number, value in enumerate(values.split(", ")))
    work = JOBS["app/jobs/report.py"].replace('"running"', "BUSY").replace('"completed"', "DONE")
    _, rules = written({**JOBS, "app/jobs/report.py": work, "app/states.py": states.format(members)})
    assert rule(rules, "BG-010").enabled is enabled


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("app/api/v1/reports.py", "Name yours here; until then only blocking calls are reported."),
        ("app/web/reports.py", "only blocking calls in endpoints are reported."),
    ],
    ids=["where the bundled rule asks", "elsewhere"],
)
@pytest.mark.parametrize(("waiting", "found"), {"return []": [], "time.sleep(1)": [6]}.items())
def test_endpoints_that_start_no_task_are_asked_only_not_to_wait(path, said, waiting, found, written, project) -> None:
    api = f"import time\n{ENDPOINT}".replace("reports()", "export_reports()").replace("return []", waiting)
    text, _ = written({**JOBS, path: api})
    assert said in plain(text)
    project.write("bgtasks.yaml", text)
    lines = project.flake8("--select=BG021", "--bgtasks-rules=bgtasks.yaml").lines
    assert [int(line.split(":")[1]) for line in lines] == found


SESSIONS = {
    "a factory under its own name": ("from app.db import make\n", "with make() as session:", {"make()"}),
    "a factory that a class opens": (
        "from sqlalchemy.orm import Session\nfrom app.db import engine\n",
        "with Session(engine) as session:",
        {"make()"},
    ),
}


@pytest.mark.parametrize(("head", "opened", "names"), SESSIONS.values(), ids=SESSIONS)
def test_sessions_are_called_as_the_project_calls_them(head, opened, names, written) -> None:
    indented = "".join(f"    {line}\n" for line in head.splitlines())
    work = (IMPORTS + indented + WORK).replace("with Session() as session:", opened)
    database = "from sqlalchemy.orm import sessionmaker\nengine = None\nmake = sessionmaker(engine)\n"
    _, rules = written({**MODELS, "app/db.py": database, "app/jobs/report.py": work})
    assert set(equivalents(rules).get("SessionLocal()", ())) == names


YIELDING = {
    "a session": ("@contextmanager\ndef db_session():\n    with make() as session:\n        yield session\n", True),
    "a new session": ("@contextmanager\ndef db_session():\n    yield make()\n", True),
    "something else": ("@contextmanager\ndef db_session():\n    yield open('x')\n", False),
    "nothing": ("@contextmanager\ndef db_session():\n    yield\n", False),
    "a session, under another decorator": (
        "@fixture\ndef db_session():\n    session = make()\n    yield session\n",
        False,
    ),
}


@pytest.mark.parametrize(("code", "is_seen"), YIELDING.values(), ids=YIELDING)
def test_a_context_manager_gives_a_session_where_it_yields_one(code, is_seen, written) -> None:
    database = (
        f"from contextlib import contextmanager\nfrom sqlalchemy.orm import sessionmaker\nmake = sessionmaker()\n{code}"
    )
    work = (IMPORTS + "    from app.db import db_session\n" + WORK).replace("with Session()", "with db_session()")
    _, rules = written({**MODELS, "app/db.py": database, "app/jobs/report.py": work})
    assert ("db_session()" in equivalents(rules).get("SessionLocal()", ())) is is_seen


START = "from fastapi import APIRouter, BackgroundTasks\nfrom app.exports.report import export_report\nrouter = APIRouter()\n"
STARTS = {
    "handed over": "tasks.add_task(export_report, 1)",
    "handed over with its arguments": "tasks.add_task(partial(export_report, 1))",
    "by its name": "queue.enqueue_job('export_report', 1)",
    "by its name with its module": "app.send_task('app.exports.report:export_report', 1)",
    "a function that nobody can tell": "tasks.add_task(registry.export_report, 1)",
}
NO_STARTS = {
    "a bar of progress": "progress.add_task('export_report', total=3)",
    "a text that is no name": "queue.enqueue_job('export the report', 1)",
}


@pytest.mark.parametrize(
    ("start", "is_seen"),
    [*((start, True) for start in STARTS.values()), *((start, False) for start in NO_STARTS.values())],
    ids=[*STARTS, *NO_STARTS],
)
def test_a_task_is_started(start, is_seen, written) -> None:
    api = f"{START}@router.post('/reports')\ndef start(tasks: BackgroundTasks):\n    {start}\n    return {{'job_id': 1}}\n"
    _, rules = written({**MODELS, "app/exports/report.py": IMPORTS + WORK, "app/api.py": api})
    assert ("app/exports/report.py" in str(rules.paths) or "app/exports/*.py" in str(rules.paths)) is is_seen


REGISTRIES = {
    "a dict of task models": ("TASK_MODELS = {'a': ReportExport, 'b': MailExport}", True),
    "a dict in a class": ("class Service:\n    TASK_MODELS = {'a': ReportExport, 'b': MailExport}", True),
    "a dict of other classes": ("TASK_MODELS = {'a': Order, 'b': User}", False),
    "a dict that is called otherwise": ("WORDS = {'a': ReportExport, 'b': MailExport}", False),
    "a dict in a function": ("def f():\n    task_models = {'a': ReportExport, 'b': MailExport}", False),
    "an attribute": ("x.task_models = {'a': ReportExport, 'b': MailExport}", False),
    "a declaration": ("task_models: dict[str, type]", False),
}


@pytest.mark.parametrize(("code", "is_seen"), REGISTRIES.values(), ids=REGISTRIES)
def test_a_registry_must_name_all_task_models(code, is_seen, written) -> None:
    more = ONE_JOB.replace("ReportExport", "MailExport").replace("report_exports", "mail_exports")
    _, rules = written({**JOBS, "app/mails.py": more, "app/registry.py": f"from app.models import *\n{code}\n"})
    assert rule(rules, "BG-022").enabled is is_seen


@pytest.mark.parametrize(
    ("functions", "enabled"),
    [("[export_report]", True), ("[func(export_report, name='x')]", True), ("[other]", False)],
    ids=["as they are", "wrapped", "no tasks"],
)
def test_a_workers_functions_must_name_all_tasks(functions, enabled, written) -> None:
    worker = f"from app.jobs.report import export_report\nclass WorkerSettings:\n    functions = {functions}\n"
    _, rules = written({**JOBS, "app/worker.py": worker})
    assert rule(rules, "BG-022").enabled is enabled


WORDS = {
    "an enum": ("class JobStatus(Enum):\n    A = 'queued'\n    B = 'done'\n    def label(self): ...", True),
    "a class of constants": ("class JobStatus:\n    A = 'queued'\n    B = 'done'\n    _C = 'x'\n    lower = 'y'", True),
    "a schema": ("class JobStatus(BaseModel):\n    A = 'queued'\n    B = 'done'", False),
    "a single word": ("class JobStatus(Enum):\n    B = 'done'", False),
}


@pytest.mark.parametrize(("code", "is_seen"), WORDS.values(), ids=WORDS)
def test_the_words_of_a_vocabulary_count(code, is_seen, written) -> None:
    head = "from enum import Enum\nfrom pydantic import BaseModel\n"
    work = (IMPORTS + WORK).replace('"completed"', "FINAL")
    _, rules = written({**MODELS, "app/jobs/report.py": work, "app/states.py": f"{head}{code}\n"})
    assert ("done" in equivalents(rules).get('"completed"', ())) is is_seen


STATES = {
    "a clear word before a weak one": ("'active', 'in_progress'", ("in_progress",)),
    "a weak word alone": ("'waiting', 'active'", ("active",)),
    "a weak word beside the standard one": ("'running', 'active'", ()),
    "a clear word beside the standard one": ("'running', 'in_progress'", ("in_progress",)),
}


@pytest.mark.parametrize(("values", "counting"), STATES.values(), ids=STATES)
def test_what_runs_is_called_so(values, counting, written) -> None:
    members = "\n".join(f"    M{number} = {value}" for number, value in enumerate(values.split(", ")))
    _, rules = written({**MODELS, "app/states.py": f"from enum import Enum\n\n\nclass JobStatus(Enum):\n{members}\n"})
    assert equivalents(rules).get('"running"', ()) == counting


def test_only_models_that_have_another_name_for_the_status_are_told_of(written) -> None:
    other = (
        ONE_JOB.replace("ReportExport", "MailExport").replace("report_exports", "mails").replace("status =", "state =")
    )
    text, rules = written({**MODELS, "app/mails.py": other})
    assert equivalents(rules)["status"] == ("state",)
    assert "MailExport.state (app/mails.py:" in text
    assert "ReportExport.state" not in text


DELAYED = f"{START}@router.post('/reports')\ndef start():\n    export_report.delay(1)\n    return {{'job_id': 1}}\n"
HANDED = DELAYED.replace("start()", "start(tasks: BackgroundTasks)").replace(
    "export_report.delay(1)", "tasks.add_task(export_report, 1)"
)


@pytest.mark.parametrize(("api", "ways"), [(DELAYED, ("delay",)), (HANDED, None)], ids=["a queue", "BackgroundTasks"])
def test_other_ways_to_start_a_task_count_for_background_tasks(api, ways, written) -> None:
    _, rules = written({**MODELS, "app/exports/report.py": IMPORTS + WORK, "app/api.py": api})
    assert equivalents(rules).get("BackgroundTasks") == ways


def test_ways_to_start_something_else_do_not(written) -> None:
    api = DELAYED.replace("export_report.delay", "send_mail.delay")
    _, rules = written({**MODELS, "app/exports/report.py": IMPORTS + WORK, "app/api.py": api})
    assert "BackgroundTasks" not in equivalents(rules)


@pytest.mark.parametrize(
    ("method", "pattern"),
    [("get", "@router.post"), ("post", '@router.post\\("(/reports)"')],
    ids=["another method", "the same method"],
)
def test_other_endpoints_of_the_file_are_told_apart(method, pattern, written) -> None:
    api = f"{HANDED}@router.{method}('/mails')\ndef mails():\n    return []\n"
    _, rules = written({**MODELS, "app/exports/report.py": IMPORTS + WORK, "app/api.py": api})
    (asked,) = rule(rules, "BG-020").requirements
    assert asked.endpoint_pattern == pattern


@pytest.mark.parametrize(
    ("opened", "enabled"), [("with Session() as session:", True), ("if session := given():", False)]
)
def test_sessions_are_asked_for_where_some_task_is_seen_to_open_one(opened, enabled, written) -> None:
    database = "from sqlalchemy.orm import sessionmaker\nSession = sessionmaker()\n"
    work = (IMPORTS + "    from app.db import Session\n" + WORK).replace("with Session() as session:", opened)
    text, rules = written({**MODELS, "app/db.py": database, "app/jobs/report.py": work})
    assert rule(rules, "BG-033").enabled is enabled
    assert ("None of 1 task functions opens a session in a way that is known." in plain(text)) is not enabled


def test_rules_on_tasks_are_off_where_none_is_seen_and_the_first_says_why(written) -> None:
    text, rules = written(MODELS)
    assert plain(text).count("No file was seen whose task functions write to a task model.") == 1
    assert plain(text).count("As BG-030.") == 3
    assert not any(rule(rules, f"BG-03{number}").enabled for number in range(4))


PAGES = {
    "asks for jobs": ("fetch('/api/jobs/1')", "No script says that it starts BackgroundTasks.", False, True),
    "starts them": ("fetch('/api/jobs/1') /* BackgroundTasks */", "", True, True),
    "asks for the weather": ("fetch('/weather')", "No script was seen that asks for tasks.", False, False),
}


@pytest.mark.parametrize(("call", "said", "shows", "polls"), PAGES.values(), ids=PAGES)
def test_a_script(call, said, shows, polls, written) -> None:
    text, rules = written({**MODELS, "web/page.js": f"setInterval(() => {call}, 1000);\n"})
    assert (rule(rules, "BG-040").enabled, rule(rules, "BG-041").enabled) == (shows, polls)
    assert said in plain(text)


def test_a_script_made_by_a_machine_is_not_looked_at(written) -> None:
    page = "setInterval(() => fetch('/api/jobs/1'), 1000);" + "x" * 6000
    _, rules = written({**MODELS, "web/page.js": page})
    assert not rule(rules, "BG-041").enabled


MADE = {
    "the job": ("job = ReportExport()\n    worker.enqueue_job('somebody', job.id)", True),
    "something else": ("job = Mail()\n    worker.enqueue_job('somebody', job.id)", False),
    "the job, and queues nothing": ("job = ReportExport()\n    save(job)", False),
}


@pytest.mark.parametrize(("body", "is_asked"), MADE.values(), ids=MADE)
def test_an_endpoint_that_queues_something_must_say_which_job_where_it_makes(body, is_asked, written) -> None:
    api = f"{START}from app.models import ReportExport\n@router.post('/reports')\ndef start():\n    {body}\n    return job\n"
    _, rules = written({**MODELS, "app/exports/report.py": IMPORTS + WORK, "app/api.py": api})
    assert rule(rules, "BG-020").enabled is is_asked
