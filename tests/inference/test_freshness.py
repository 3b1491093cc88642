"""One process sees what is on the disk today, and says the same in whatever order it is asked."""

import ast
import gc
import itertools
import tracemalloc

import pytest
from flake8.api import legacy

from flake8_bgtasks.checkers.anti import whole_file
from flake8_bgtasks.checkers.running import find
from flake8_bgtasks.matching.antipatterns import MeetsStatus
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile
from tests.linting import catalogue
from tests.projects import lint, session, write

FILES = {
    "app/states.py": 'OLD = "processing"\n',
    "app/core.py": "from app.states import OLD\n",
    "app/jobs.py": "from app.core import OLD\ndef start(job):\n    job.status = OLD\n",
}


def codes(running, root, path="app/jobs.py"):
    return [(found.line, found.code) for found in lint(running, root, path)]


def test_an_edit_two_modules_away_is_seen(tmp_path):
    write(tmp_path, FILES)
    running = session(tmp_path)
    assert codes(running, tmp_path) == [(3, "BG010")]
    write(tmp_path, {"app/states.py": 'OLD = "running now"\n'})
    assert codes(running, tmp_path) == []
    write(tmp_path, FILES)
    assert codes(running, tmp_path) == [(3, "BG010")]


def test_a_module_that_comes_and_goes_is_seen(tmp_path):
    write(tmp_path, FILES)
    (tmp_path / "app/states.py").unlink()
    running = session(tmp_path)
    assert codes(running, tmp_path) == []
    write(tmp_path, FILES)
    assert codes(running, tmp_path) == [(3, "BG010")]
    (tmp_path / "app/states.py").unlink()
    assert codes(running, tmp_path) == []


def test_an_edit_between_two_runs_of_flake8_in_one_process_is_seen(tmp_path, monkeypatch, capsys):
    write(tmp_path, {**FILES, ".flake8": "[flake8]\n"})
    monkeypatch.chdir(tmp_path)
    guide = legacy.get_style_guide(select=["BG"])
    assert guide.check_files(["app/jobs.py"]).total_errors == 1
    write(tmp_path, {"app/states.py": 'OLD = "running now"\n'})
    assert guide.check_files(["app/jobs.py"]).total_errors == 0
    assert legacy.get_style_guide(select=["BG"]).check_files(["app/jobs.py"]).total_errors == 0


def test_an_unsaved_buffer_wins_for_modules_that_look_back_at_it(tmp_path):
    write(tmp_path, {**FILES, "app/states.py": "from app import jobs\nOLD = jobs.VALUE\n"})
    running = session(tmp_path)
    for value, expected in (("processing", 1), ("running", 0), ("processing", 1)):
        text = f'VALUE = "{value}"\nfrom app.core import OLD\ndef start(job):\n    job.status = OLD\n'
        source = running.source(str(tmp_path / "app/jobs.py"), ast.parse(text), text.splitlines(keepends=True))
        rule = catalogue().covering(Family.STATUS, "app/jobs.py")[0]
        places = list(MeetsStatus("status", "processing").places(whole_file(rule, source)))
        assert len(places) == expected


@pytest.mark.parametrize("order", list(itertools.permutations(FILES)), ids=" ".join)
def test_the_order_of_the_files_makes_no_difference(tmp_path, order):
    write(tmp_path, FILES)
    running = session(tmp_path)
    found = {path: codes(running, tmp_path, path) for path in order}
    assert found == {"app/states.py": [], "app/core.py": [], "app/jobs.py": [(3, "BG010")]}
    assert {path: codes(session(tmp_path), tmp_path, path) for path in order} == found


def test_flake8_says_the_same_for_one_file_for_all_and_from_elsewhere(project):
    for path, text in FILES.items():
        project.write(path, text)
    one = project.flake8("--select", "BG", "app/jobs.py").lines
    assert len(one) == 1
    assert project.flake8("--select", "BG", "app").lines == one
    assert project.flake8("--select", "BG", "-j2", "app/states.py", "app/jobs.py").lines == one
    assert [line.removeprefix("./") for line in project.flake8("--select", "BG", ".", cwd="app").lines] == [
        line.removeprefix("app/") for line in one
    ]
    text = FILES["app/jobs.py"]
    assert project.flake8("--select", "BG", "--stdin-display-name", "app/jobs.py", "-", stdin=text).lines == one


MIXIN = {
    "app/mixins.py": "from sqlalchemy import Column\nclass Mixin:\n    started_at = Column()\n    completed_at = Column()\n",
    "app/models.py": "from app.mixins import Mixin\nclass Record(Mixin):\n    __abstract__ = True\n",
    "models/database/import_job.py": "from app.models import Record\nclass ImportJob(Record):\n    __tablename__ = 'jobs'\n    triggered_by: Mapped[str]\n",
}
MODEL = "models/database/import_job.py"
EDITS = {
    "a mixin loses a column": {
        "app/mixins.py": "from sqlalchemy import Column\nclass Mixin:\n    started_at = Column()\n"
    },
    "a class leaves its mixin": {"app/models.py": "class Record:\n    __abstract__ = True\n"},
    "a module becomes a package": {
        "app/mixins/__init__.py": "from .late import Mixin\n",
        "app/mixins/late.py": "class Mixin:\n    pass\n",
    },
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_of_a_base_is_seen_and_so_is_its_undoing(tmp_path, edit):
    write(tmp_path, MIXIN)
    running = session(tmp_path)
    assert codes(running, tmp_path, MODEL) == []
    write(tmp_path, edit)
    assert codes(running, tmp_path, MODEL) == codes(session(tmp_path), tmp_path, MODEL) == [(2, "BG002")]
    for path in edit:
        (tmp_path / path).unlink()
    write(tmp_path, MIXIN)
    assert codes(running, tmp_path, MODEL) == []


def test_a_package_that_comes_to_hide_an_installed_one_is_seen(tmp_path):
    write(tmp_path, {"app/jobs.py": "from company import OLD\ndef start(job):\n    job.status = OLD\n"})
    running = session(tmp_path)
    assert codes(running, tmp_path) == []
    write(tmp_path, {"company/__init__.py": 'OLD = "processing"\n'})
    assert codes(running, tmp_path) == [(3, "BG010")]


def test_a_package_that_comes_to_start_higher_up_is_seen(tmp_path):
    files = {"lib/values.py": 'OLD = "processing"\n', "lib/shop/jobs.py": FILES["app/jobs.py"]}
    files["lib/shop/jobs.py"] = files["lib/shop/jobs.py"].replace("app.core", "values")
    write(tmp_path, files)
    running = session(tmp_path)
    assert codes(running, tmp_path, "lib/shop/jobs.py") == []
    write(tmp_path, {"lib/shop/__init__.py": ""})
    assert codes(running, tmp_path, "lib/shop/jobs.py") == [(3, "BG010")]


def test_a_task_file_that_comes_to_call_a_function_is_seen(tmp_path):
    files = {"app/tasks/common.py": "def load(path):\n    return open(path)\n"}
    write(tmp_path, files)
    running = session(tmp_path)
    asked = [found.code for found in lint(running, tmp_path, "app/tasks/common.py")]
    assert asked == ["BG030", "BG031", "BG032", "BG033"]
    write(tmp_path, {"app/tasks/nightly.py": "from .common import load\ndef nightly(path):\n    load(path)\n"})
    assert lint(running, tmp_path, "app/tasks/common.py") == []
    (tmp_path / "app/tasks/nightly.py").unlink()
    assert [found.code for found in lint(running, tmp_path, "app/tasks/common.py")] == asked


def test_a_buffer_that_is_not_on_the_disk_wins_and_leaves_no_trace(tmp_path):
    files = {"app/values.py": "from app.jobs import WORD\nOLD = WORD\n", "app/jobs.py": 'WORD = "running"\n'}
    write(tmp_path, files)
    running = session(tmp_path)
    use = "from app.values import OLD\ndef start(job):\n    job.status = OLD\n"
    for word in ("processing", "fetching", "running"):
        text = f'WORD = "{word}"\n{use}'
        source = running.source(str(tmp_path / "app/jobs.py"), ast.parse(text), text.splitlines(keepends=True))
        rule = catalogue().covering(Family.STATUS, "app/jobs.py")[0]
        found = list(MeetsStatus("status", "processing").places(whole_file(rule, source)))
        assert len(found) == (word == "processing")
    write(tmp_path, {"app/late.py": use})
    assert codes(running, tmp_path, "app/late.py") == []
    write(tmp_path, {"app/jobs.py": 'WORD = "processing"\n'})
    assert codes(running, tmp_path, "app/late.py") == [(3, "BG010")]


def test_an_unchanged_file_that_is_looked_back_at_is_not_read_twice(tmp_path):
    files = {
        "app/values.py": "from app import jobs\nOLD = jobs.WORD\n",
        "app/jobs.py": 'from app.values import OLD\nWORD = "processing"\ndef start(job):\n    job.status = OLD\n',
    }
    write(tmp_path, files)
    running = session(tmp_path)
    text = files["app/jobs.py"]
    views = []
    for _ in range(2):
        views.append(running.source(str(tmp_path / "app/jobs.py"), ast.parse(text), text.splitlines(keepends=True)))
        assert codes(running, tmp_path) == [(4, "BG010")]
    running.source(str(tmp_path / "app/values.py"), ast.parse(""), [])
    assert codes(running, tmp_path) == [(4, "BG010")]


def test_two_thousand_modules_linted_in_one_process_are_not_kept(tmp_path):
    files = {f"app/m{number}.py": f'OLD{number} = "x"\n' for number in range(1_000)}
    files |= {
        f"app/u{number}.py": f"from app.m{number} import OLD{number}\ndef f(job):\n    job.status = OLD{number}\n"
        for number in range(1_000)
    }
    write(tmp_path, files)
    running = session(tmp_path)
    before = sum(isinstance(one, SourceFile) for one in gc.get_objects())
    for path in files:
        lint(running, tmp_path, path)
    gc.collect()
    assert sum(isinstance(one, SourceFile) for one in gc.get_objects()) - before < 500


def traced() -> int:
    """Return the bytes in use; a collection that another thread has begun makes this one return at once."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def test_a_file_that_is_edited_for_days_costs_no_more_memory(tmp_path):
    write(tmp_path, FILES)
    running = session(tmp_path)
    tracemalloc.start()
    try:
        kept = []
        for number in range(300):
            text = f"{FILES['app/jobs.py']}NUMBER = {number}\n"
            assert len(find(running.read(str(tmp_path / "app/jobs.py"), text), running)) == 1
            if number in (100, 299):
                kept.append(min(traced() for _ in range(3)))
    finally:
        tracemalloc.stop()
    assert kept[-1] - kept[0] < 100_000


def test_what_astroid_was_asked_about_is_not_kept(tmp_path):
    states = "class States:\n    old = 'processing'\nSTATES = States()\n"
    use = "from app.states import STATES\ndef start(job):\n    job.status = STATES.old\n"
    write(tmp_path, {"app/states.py": states} | {f"app/j{number}.py": use for number in range(30)})
    running = session(tmp_path)
    assert codes(running, tmp_path, "app/j0.py") == [(3, "BG010")]
    from astroid.context import InferenceContext
    from astroid.manager import AstroidManager

    before = len(AstroidManager().astroid_cache)
    for number in range(30):
        assert codes(running, tmp_path, f"app/j{number}.py") == [(3, "BG010")]
    assert (len(AstroidManager().astroid_cache), len(InferenceContext().inferred)) == (before, 0)


ASKED = {
    "app/states.py": "class States:\n    old = 'processing'\nSTATES = States()\nTABLE = {'a': {'b': 'processing'}}\n",
    "app/base.py": "from sqlalchemy import Column\ndef stamped(base):\n    class Mixin(base):\n        started_at = Column()\n"
    "        completed_at = Column()\n    return Mixin\n",
    "app/jobs.py": "from app.states import STATES, TABLE\ndef start(job):\n    job.status = STATES.old\n"
    "    job.status = TABLE['a']['b']\n",
    MODEL: "from app.base import stamped\nclass ImportJob(stamped(object)):\n    __tablename__ = 'jobs'\n    triggered_by: Mapped[str]\n",
}


def test_an_edit_of_what_astroid_was_asked_about_is_seen(tmp_path):
    write(tmp_path, ASKED)
    running = session(tmp_path)
    assert codes(running, tmp_path) == [(3, "BG010"), (4, "BG010")]
    assert codes(running, tmp_path, MODEL) == []
    edits = {path: ASKED[path].replace("processing", "running now").replace("completed_at", "ended") for path in ASKED}
    write(tmp_path, {path: edits[path] for path in ("app/states.py", "app/base.py")})
    assert codes(running, tmp_path) == []
    assert codes(running, tmp_path, MODEL) == [(2, "BG002")]
    write(tmp_path, ASKED)
    assert codes(running, tmp_path) == [(3, "BG010"), (4, "BG010")]
    assert codes(running, tmp_path, MODEL) == []
