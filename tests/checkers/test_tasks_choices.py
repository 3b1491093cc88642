"""Work that only the run time chooses, and functions that are called back: whose helpers they are, and who is judged."""

import pytest

from tests.linting import assert_as_marked

PATH = "app/tasks/import_tasks.py"

WORKERS = """
class Csv:
    def run(self, job):
        job.status = "running"
        job.started_at = now()
class Xml:
    def run(self, job):
        load(job)
"""
CLEAN = '    job.status = "running"\n    job.started_at = now()\n'

JUDGED_TOGETHER = {
    "a class from a table": "WORKS = {'csv': Csv, 'xml': Xml}\ndef work(kind, job):\n    WORKS[kind]().run(job)\n",
    "a class from a table, in a variable": (
        "WORKS = {'csv': Csv, 'xml': Xml}\ndef work(kind, job):\n"
        "    chosen = WORKS.get(kind, Xml)\n    worker = chosen(job)\n    worker.run(job)\n"
    ),
    "an object from a table": "WORKS = {'csv': Csv(), 'xml': Xml()}\ndef work(kind, job):\n    WORKS[kind].run(job)\n",
    "objects from a list": "WORKS = [Csv(), Xml()]\ndef work(job):\n    for one in WORKS:\n        one.run(job)\n",
    "objects from a dict's items": (
        "WORKS = {'csv': Csv(), 'xml': Xml()}\ndef work(job):\n    for name, one in WORKS.items():\n        one.run(job)\n"
    ),
    "an object that a condition chooses": "def work(kind, job):\n    (Csv() if kind else Xml()).run(job)\n",
    "a variable that two branches set": (
        "def work(kind, job):\n    if kind:\n        one = Csv()\n    else:\n        one = Xml()\n    one.run(job)\n"
    ),
    "an object that a function chooses": (
        "def _make(kind):\n    if kind:\n        return Csv()\n    return Xml()\n"
        "def work(kind, job):\n    _make(kind).run(job)\n"
    ),
    "a walrus": "def work(job):\n    if (one := pick(job) or Csv()):\n        one.run(job)\ndef more(job):\n    Xml().run(job)\n    Csv().run(job)\n",
}


@pytest.mark.parametrize("code", JUDGED_TOGETHER.values(), ids=JUDGED_TOGETHER)
def test_what_is_chosen_is_judged_as_a_part_of_who_chooses(code: str) -> None:
    assert_as_marked(WORKERS + code, PATH, "BG030")


HELPERS = {
    "steps of a list": f"STEPS = [one, two]\ndef work(job):\n{CLEAN}    for step in STEPS:\n        step(job)\n",
    "steps with names": f"def work(job):\n{CLEAN}    for name, step in (('a', one), ('b', two)):\n        step(job)\n",
    "a key and a filter": f"def work(job):\n{CLEAN}    sorted(filter(one, job.rows), key=two)\n",
    "callbacks by keyword": f"def work(job):\n{CLEAN}    fetch(job, on_page=one, progress_callback=two)\n",
    "a done callback and a signal": (
        f"import signal\ndef work(job):\n{CLEAN}    start(job).add_done_callback(one)\n    signal.signal(signal.SIGTERM, two)\n"
    ),
    "a function of the file that calls what it is given": (
        f"def _safely(step, job):\n    step(job)\ndef work(job):\n{CLEAN}    _safely(one, job)\n    _safely(step=two, job=job)\n"
    ),
    "callbacks of a queue": f"def start(queue):\n    queue.enqueue(work, on_success=one, on_failure=two)\ndef work(job):\n{CLEAN}",
}


@pytest.mark.parametrize("code", HELPERS.values(), ids=HELPERS)
def test_what_is_called_back_is_no_task(code: str) -> None:
    assert_as_marked("def one(row):\n    load(row)\ndef two(row):\n    load(row)\n" + code, PATH, "BG030")


ABSTRACT = """
import abc
class Base(abc.ABC):
    @abc.abstractmethod
    def run(self, job): ...
class Csv(Base):
    def run(self, job):
        load(job)
class Xml(Base):
    def run(self, job):
        load(job)
def _make(kind) -> Base:
    return load(kind)
"""


def test_what_stands_for_an_abstract_method_is_a_part_of_who_calls_it() -> None:
    assert_as_marked(f"{ABSTRACT}def work(kind, job):\n{CLEAN}    _make(kind).run(job)\n", PATH, "BG030")


def test_what_stands_for_an_abstract_method_is_reached() -> None:
    code = ABSTRACT.replace("load(job)", 'job.status = "running"; job.started_at = now()', 1)
    assert_as_marked(f"{code}def work(kind, job):\n    _make(kind).run(job)\n", PATH, "BG030")


def test_what_stands_for_an_abstract_method_runs_with_its_own_class() -> None:
    mark = 'def _mark(self, job):\n        job.status = "running"; job.started_at = now()\n'
    code = ABSTRACT.replace("load(job)", f"self._mark(job)\n    {mark}", 1)
    assert_as_marked(f"{code}def work(kind, job):\n    _make(kind).run(job)\n", PATH, "BG030")


TASKS = {
    "no choice among good ones": (
        "class Csv:\n    def run(self, job):\n        load(job)\nWORKS = {'csv': Csv}\n"
        "def work(kind, job):  # expect: BG030\n    WORKS[kind]().run(job)\n"
    ),
    "a method of the same name of a class that is not chosen": (
        "class Csv:\n    def run(self, job):\n        load(job)\n"
        "class Xml:\n    def run(self, job):  # expect: BG030\n        load(job)\n"
        f"WORKS = {{'csv': Csv}}\ndef work(kind, job):\n{CLEAN}    WORKS[kind]().run(job)\n"
    ),
    "what is no derived class's": (
        f"{ABSTRACT}class Other:\n    def run(self, job):  # expect: BG030\n        load(job)\n"
        f"def work(kind, job):\n{CLEAN}    _make(kind).run(job)\n"
    ),
    "an override of a method that works": (
        "class Base:\n    def run(self, job):\n        job.status = 'running'; job.started_at = now()\n"
        "class Csv(Base):\n    def run(self, job):  # expect: BG030\n        load(job)\n"
        "def work(job):\n    Base().run(job)\n"
    ),
    "a function in a lambda that is handed over": (
        "def work(job):  # expect: BG030\n    load(job)\n"
        "def start(background_tasks, job):\n    background_tasks.add_task(lambda: work(job))\n"
    ),
    "a function in a partial that is handed over": (
        "from functools import partial\ndef work(job):  # expect: BG030\n    load(job)\n"
        "def start(background_tasks, job):\n    background_tasks.add_task(partial(work, job))\n"
    ),
    "functions that are listed for a worker": (
        "def work(job):  # expect: BG030\n    load(job)\ndef more(job):  # expect: BG030\n    load(job)\n"
        "TASKS = {'work': work}\nclass Worker:\n    functions = [work, more]\n"
    ),
    "a function that is registered": (
        "def work(job):  # expect: BG030\n    load(job)\n"
        "def _register(name, function):\n    REGISTRY[name] = function\n"
        "def _set_up():\n    _register('work', work)\n"
    ),
}


@pytest.mark.parametrize("code", TASKS.values(), ids=TASKS)
def test_is_a_task(code: str) -> None:
    assert_as_marked(code, PATH, "BG030")


NO_TASKS = {
    "setting a scheduler of the module going": (
        "def start():\n    scheduler.add_job(nightly, 'cron', hour=3)\n    scheduler.start()\n"
    ),
    "making a scheduler and setting it going": (
        "def make():\n    timer = Scheduler(timezone='UTC')\n    timer.add_job(nightly, hours=1)\n"
        "    timer.start()\n    return timer\n"
    ),
    "a body of return": "def work(job):\n    return\n",
    "a body of return None": "def work(job):\n    '''To be written.'''\n    return None\n",
}


@pytest.mark.parametrize("code", NO_TASKS.values(), ids=NO_TASKS)
def test_is_no_task(code: str) -> None:
    assert_as_marked(code, PATH, "BG030")


WORKING = {
    "with another object's work beside the scheduler's": (
        "def start(shop):  # expect: BG030\n    scheduler.add_job(nightly)\n    shop.load()\n"
    ),
    "with a message that is made and sent": (
        "def tell(job):  # expect: BG030\n    mail = Mail(job)\n    mail.attach(job.report)\n    mail.send()\n"
    ),
}


@pytest.mark.parametrize("code", WORKING.values(), ids=WORKING)
def test_is_a_task_all_the_same(code: str) -> None:
    assert_as_marked(code, PATH, "BG030")


def test_many_derived_classes_are_no_choice() -> None:
    derived = "".join(f"class C{number}(Base):\n    def run(self, job): ...\n" for number in range(101))
    code = f"class Base:\n    def run(self, job): ...\n{derived}class Last(Base):\n    def run(self, job):  # expect: BG030\n"
    assert_as_marked(f"{code}        load(job)\ndef work(job):\n{CLEAN}    Base().run(job)\n", PATH, "BG030")
