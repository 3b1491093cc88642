"""What `bgtasks init` takes for a task model, for the work of one and for what starts it: judged from what was seen."""

import pytest

from flake8_bgtasks.cli.survey.judging import Judged, doubt_of, is_task_model, tells_of_work
from flake8_bgtasks.cli.survey.seen import EndpointSeen, Model, Place, Start, Survey, Task, Write

FULL = "status started_at completed_at error_message"


def model(name: str, columns: str = FULL, path: str = "app/models.py", bases: tuple[str, ...] = ()) -> Model:
    return Model(Place(path, 1), name, frozenset(columns.split()), bases=frozenset(bases))


def task(name: str, *writes: Write, path: str = "app/work.py", decorated: bool = True, words: str = "") -> Task:
    return Task(Place(path, 1), name, decorated, frozenset(words.split()), writes, frozenset())


def judged(**seen: tuple[object, ...]) -> Judged:
    return Judged(Survey(root="/project", files=(), lines=0, **{"models": (model("Job"),), **seen}))


STATUS = Write("status", "Job", 0, ("running",))
TIME = Write("started_at", "Job", 0)

IS_ONE = {
    "called like work, with two of start, end and error": ("ProductImport", "started_at finished_at"),
    "called like work and with a status": ("ImportJob", "status"),
    "called a task, with a status and a time": ("ImportTask", "status started_at"),
    "called otherwise, with a status, a time and an error": ("Delivery", "status started_at error"),
    "called otherwise with a word of tasks, with a status and two times": (
        "SyncDelivery",
        "status started_at ended_at",
    ),
    "with a deadline, and a start and an end": ("Task", "status due_date started_at completed_at"),
    "with a deadline, and a start and an error": ("Task", "status due_date started_at error"),
}
IS_NONE = {
    "called like work, with a time alone": ("ProductImport", "started_at"),
    "called like work, with nothing": ("ImportJob", "name"),
    "called a task, with a status alone": ("ImportTask", "status"),
    "called like work that means much else, with a status": ("Analysis", "status"),
    "called otherwise, with a status and a time": ("Delivery", "status started_at"),
    "called otherwise, with a status and two times": ("Delivery", "status started_at ended_at"),
    "called otherwise, without a status": ("Delivery", "started_at ended_at error"),
    "called otherwise with a word of tasks, with a status": ("SyncDelivery", "status"),
    "with a salary": ("Job", f"{FULL} salary"),
    "with an assignee, and an end": ("Task", "status assignee_id completed_at error"),
    "with an assignee, and a start alone": ("Job", "status assignee_id started_at"),
}


@pytest.mark.parametrize(("name", "columns"), IS_ONE.values(), ids=IS_ONE)
def test_a_class_is_a_task_model(name: str, columns: str) -> None:
    assert is_task_model(model(name, columns))
    assert doubt_of(model(name, columns)) is None


@pytest.mark.parametrize(("name", "columns"), IS_NONE.values(), ids=IS_NONE)
def test_a_class_is_no_task_model(name: str, columns: str) -> None:
    assert not is_task_model(model(name, columns))


DOUBTS = {
    "people apply for it": ("Job", f"{FULL} salary", "it reads like a job that people apply for"),
    "people do it": ("Task", "status due_date", "it reads like a person's task"),
    "it has a status alone": ("ImportTask", "status", "it has a status, but too little of times and an error"),
    "it has a word of tasks": ("SyncDelivery", "status", "it has a status, but too little of times and an error"),
    "it has no status": ("ImportTask", "started_at", None),
    "it is called otherwise": ("Delivery", "status salary", None),
}


@pytest.mark.parametrize(("name", "columns", "why"), DOUBTS.values(), ids=DOUBTS)
def test_a_class_is_doubtful(name: str, columns: str, why: str | None) -> None:
    assert doubt_of(model(name, columns)) == why


@pytest.mark.parametrize(
    ("values", "tells"), [((), True), (("In Progress",), True), (("queued", "done"), True), (("queued",), False)]
)
def test_a_write_tells_of_work(values: tuple[str, ...], tells: bool) -> None:
    assert tells_of_work(Write("status", "Job", 0, values)) is tells


class TestRecords:
    @pytest.mark.parametrize(
        ("write", "words", "does"),
        [
            (STATUS, "", True),
            (Write("status", "JobBase", 0), "", True),
            (Write("status", "Order", 0), "Job", False),
            (Write("status", "", 1), "Job", True),
            (Write("status", "", 2), "Job", False),
            (Write("status", "", 0), "Order", False),
            (Write("state", "", 0), "Job", False),
            (Write("import_status", "Job", 0), "", True),
            (Write("completed", "Job", 0), "", False),
        ],
        ids=[
            "of a task model",
            "of what a task model derives from",
            "of another class",
            "of something close by",
            "of something far away",
            "where no task model is spoken of",
            "of a column that task models have not",
            "of another status of a task model",
            "of a number of a task model",
        ],
    )
    def test_a_write_is_one_to_a_task_model(self, write: Write, words: str, does: bool) -> None:
        seen = judged(models=(model("Job", bases=("JobBase",)),))
        assert seen.records(write, task("f", write, words=words)) is does

    def test_a_time_that_is_called_by_a_participle_counts_where_its_partner_is(self) -> None:
        write = Write("completed", "Job", 0)
        assert judged(models=(model("Job", "status started completed"),)).records(write, task("f", write))


class TestStarts:
    @pytest.mark.parametrize(
        ("home", "is_one"), [("app/work.py", True), (None, True), ("app/other.py", False)], ids=["here", "?", "there"]
    )
    def test_a_function_is_started(self, home: str | None, is_one: bool) -> None:
        one = task("Work.run", decorated=False)
        seen = judged(starts=(Start(Place("a.py", 1), "add_task", "run", home),))
        assert seen.is_started(one) is is_one
        assert bool(seen.starts_of(one)) is is_one

    def test_a_decorated_one_is_a_task(self) -> None:
        assert judged().is_started(task("run"))

    @pytest.mark.parametrize(("path", "works"), [("app/jobs/a.py", True), ("app/a.py", False)])
    def test_one_that_is_not_started_works_only_among_tasks(self, path: str, works: bool) -> None:
        assert judged().works(task("run", STATUS, path=path, decorated=False)) is works


class TestCarriesOut:
    def test_the_work_of_a_job(self) -> None:
        assert judged().carries_out(task("run", STATUS))

    def test_not_what_is_called_by_nobody_that_is_known_and_stands_among_no_tasks(self) -> None:
        assert not judged().carries_out(task("run", STATUS, path="app/a.py", decorated=False))

    def test_not_what_writes_nothing(self) -> None:
        assert not judged().carries_out(task("run"))

    def test_not_what_is_only_called_where_others_are_decorated(self) -> None:
        helper = task("run", STATUS, path="app/jobs/a.py", decorated=False)
        assert judged().carries_out(helper)
        assert not judged(tasks=(task("other"),)).carries_out(helper)

    def test_not_what_makes_jobs_that_wait(self) -> None:
        assert not judged().carries_out(task("run", Write("status", "Job", 0, ("queued",))))

    def test_not_what_looks_after_others_unless_the_job_is_called_so(self) -> None:
        assert not judged().carries_out(task("cleanup_files", STATUS))
        cleanup = Write("status", "CleanupJob", 0, ("running",))
        assert judged(models=(model("CleanupJob"),)).carries_out(task("cleanup_files", cleanup))


class TestFiles:
    @pytest.mark.parametrize(("others", "is_one"), [(1, True), (2, False)])
    def test_four_in_five_must_carry_a_job_out(self, others: int, is_one: bool) -> None:
        working = [task(f"run{number}", STATUS) for number in range(4)]
        idle = [task(f"idle{number}") for number in range(others)]
        assert bool(judged(tasks=(*working, *idle)).worker_files) is is_one

    def test_a_file_with_endpoints_is_none(self) -> None:
        seen = judged(tasks=(task("run", STATUS),), endpoints=(endpoint(path="app/work.py"),))
        assert seen.worker_files == ()
        assert seen.other_task_files == ("app/work.py",)

    def test_those_that_only_start_something_are_others(self) -> None:
        assert judged(tasks=(task("run"),)).other_task_files == ("app/work.py",)
        assert judged(tasks=(task("run", decorated=False),)).other_task_files == ()


def endpoint(method: str = "post", path: str = "app/api.py", makes: str = "", **start: str | None) -> EndpointSeen:
    starts = (Start(Place(path, 2), **start),) if start else ()
    return EndpointSeen(Place(path, 1), "start", ((method, "/jobs"),), starts, makes=frozenset(makes.split()))


TRIGGERS = {
    "what is started does the work": (endpoint(how="delay", target="run", home="app/work.py"), True),
    "what is started is known by name": (endpoint(how="delay", target="run", home=None), True),
    "another function of that name is started": (endpoint(how="delay", target="run", home="app/b.py"), False),
    "something else is started": (endpoint(how="delay", target="mail", home=None), False),
    "something is queued, and a job is made": (endpoint(how="delay", target="mail", home=None, makes="Job"), True),
    "something is queued, and something else made": (endpoint(how="delay", target="m", home=None, makes="X"), False),
    "the loop is given something, and a job is made": (
        endpoint(how="create_task", target="mail", home=None, makes="Job"),
        False,
    ),
    "nothing is started, and a job is made": (endpoint(makes="Job"), False),
    "it changes nothing": (endpoint("get", how="delay", target="run", home="app/work.py"), False),
}


@pytest.mark.parametrize(("one", "does"), TRIGGERS.values(), ids=TRIGGERS)
def test_an_endpoint_starts_a_job(one: EndpointSeen, does: bool) -> None:
    seen = judged(tasks=(task("run", STATUS),), endpoints=(one,))
    assert bool(seen.triggers) is does


def test_a_job_is_called_by_the_usual_names_and_after_its_model_and_last_by_its_id() -> None:
    keys = judged(models=(model("MailExport"),)).keys
    assert keys[0] == "job_id"
    assert keys[-2:] == ("mail_export_id", "id")


class TestDoubts:
    def test_of_a_file_that_carries_nothing_out(self) -> None:
        mail = task("mail", Write("status", "Job", 0, ("queued",)))
        assert [doubt.why for doubt in judged(tasks=(mail,)).doubts] == [
            "no task in it carries a job out, though there is what writes to a task model: mail"
        ]

    def test_of_a_file_of_which_most_is_something_else(self) -> None:
        tasks = (task("run", STATUS), task("mail"), task("post"))
        assert [doubt.why for doubt in judged(tasks=tasks).doubts] == [
            "the rules would judge 3 functions, of which 1 carries a job out: run"
        ]

    def test_not_of_one_that_writes_to_no_task_model(self) -> None:
        assert judged(tasks=(task("mail"),)).doubts == ()


def test_what_a_task_says_of_its_status() -> None:
    writes = (STATUS, Write("status", "Job", 1, ("done", "running")), Write("status", "Order", 0, ("paid",)), TIME)
    assert judged().values_of(task("run", *writes)) == ("done", "running")
