"""One process sees what is on the disk today, and says the same in whatever order it is asked."""

import ast
import itertools

import pytest
from flake8.api import legacy

from flake8_bgtasks.checkers.anti import whole_file
from flake8_bgtasks.matching.antipatterns import MeetsStatus
from flake8_bgtasks.rules.model import Family
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


def test_many_modules_are_not_all_kept(tmp_path):
    files = {f"app/m{number}.py": f'OLD{number} = "x"\n' for number in range(600)}
    files |= {
        f"app/u{number}.py": f"from app.m{number} import OLD{number}\ndef f(job):\n    job.status = OLD{number}\n"
        for number in range(600)
    }
    write(tmp_path, files)
    running = session(tmp_path)
    for number in range(600):
        lint(running, tmp_path, f"app/u{number}.py")
    project = running._projects.under(str(tmp_path))
    assert len(project._modules) <= 402
