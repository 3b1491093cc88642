"""What is odd in a rules file that is sound: what is left alone first, then what is warned of, at its place."""

import pytest
from hypothesis import HealthCheck, given, settings

from flake8_bgtasks.cli.review import review
from flake8_bgtasks.errors import RuleFileError
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Mark
from flake8_bgtasks.rules.nodes import Listing, Mapping, Scalar, places
from tests.rules.test_loader_fuzz import spoiled_own_rules

TASK = "app/tasks/imports.py"
FILES = (TASK, "app/api/v1/jobs.py", "models/database/csv_job.py", "static/admin/js/jobs.js")


@pytest.fixture
def warnings(tmp_path):
    """The warnings on a rules file's text, each as ``line:column: message``."""

    def of(text: str, files=FILES) -> list[str]:
        file = tmp_path / "own.yaml"
        file.write_text(text, encoding="utf-8")
        found = review(loader.read(file), loader.read_places(file), files)
        assert all(one.path == str(file) for one in found)
        return [f"{one.line}:{one.column}: {one.message}" for one in found]

    return of


def rule(number: int, *lines: str, family: str = "tasks", more: str = "") -> str:
    """A rule of one's own with these patterns, four lines before the first of them."""
    head = f"  - id: BG-{number}\n    name: A name\n    severity: info\n    family: {family}\n"
    return head + more + "    patterns:\n" + "".join(f"      - {line}\n" for line in lines)


OWN = "background_task_rules:\n"
EXTENDS = "extends: bundled\n" + OWN


SILENT = {
    "a rule of one's own on a file that is there": OWN + rule(101, "{file: app/tasks/*.py, must_contain: retries}"),
    "a rule that is bound to no file": OWN + rule(101, "{must_contain: retries}"),
    "nothing but the bundled rules, whose globs are not the reader's": "extends: bundled\n",
    "an exclusion of some of the files": (
        "exclude: app/tasks/imp*.py\n" + OWN + rule(101, "{file: app/tasks/*.py, must_contain: retries}")
    ),
    "an exclusion of one place of two": (
        "paths: {app/tasks/*.py: [app/tasks/*.py, app/api/**]}\nexclude: app/api/**\n"
        + OWN
        + rule(101, "{file: app/tasks/*.py, must_contain: retries}")
    ),
    "a glob that the paths lead to a file": (
        "paths: {jobs/*.py: app/tasks/*.py}\n" + OWN + rule(101, "{file: jobs/*.py, must_contain: retries}")
    ),
    "a glob of a rule that is off": OWN
    + rule(101, "{file: nowhere.py, must_contain: retries}", more="    enabled: false\n")
    + rule(102, "{file: app/tasks/*.py, must_contain: retries}"),
    "two rules that ask different things of the same files": (
        OWN + rule(101, "{file: app/**, must_contain: a}") + rule(102, "{file: app/**, must_contain: b}")
    ),
    "two rules that ask the same of different files": (
        OWN + rule(101, "{file: app/tasks/*.py, must_contain: a}") + rule(102, "{file: app/api/**, must_contain: a}")
    ),
    "two rules that ask the same of different units": (
        OWN
        + rule(101, "{file: app/tasks/*.py, must_contain: a}")
        + rule(102, "{file: app/tasks/*.py, must_contain: a}", family="generic")
    ),
    "two rules that ask the same under different conditions": (
        OWN
        + rule(101, "{file: app/tasks/*.py, must_contain: a, when_contains: b}")
        + rule(102, "{file: app/tasks/*.py, must_contain: a, when_contains: c}")
    ),
    "the same demand where the other rule does not look": (
        OWN
        + rule(101, "{file: app/**, must_contain: a}", more="    exclude: app/tasks/**\n")
        + rule(102, "{file: app/tasks/*.py, must_contain: a}")
    ),
    "an exclusion of what may come anywhere": "extends: bundled\nexclude: '**/generated/**'\n",
    "a change of a bundled rule": EXTENDS + "  - {id: BG-030, severity: info}\n",
    "equivalents of a name, a value and a call": (
        'extends: bundled\nequivalents: {completed_at: ended_at, \'"completed"\': done, "SessionLocal()": "make()"}\n'
    ),
    "equivalents of a column's name": "extends: bundled\nequivalents: {triggered_by: created_by}\n",
    "a frontend rule on a script": OWN + rule(101, "{file: static/**/*.js, must_contain: a}", family="frontend"),
    "a frontend rule on a folder": OWN + rule(101, "{file: static/**, must_contain: a}", family="frontend"),
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_leaves_alone(warnings, text: str) -> None:
    assert warnings(text) == []


def test_an_exclusion_of_a_folder_that_is_there_need_not_leave_anything_out(tmp_path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("extends: bundled\nexclude: [pages/tests/**, pages/tset/**]\n")
    found = review(loader.read(file), loader.read_places(file), FILES, lambda path: path == "pages/tests")
    assert [one.message for one in found] == ["no file that flake8 looks at here matches 'pages/tset/**'"]


def test_without_a_project_no_glob_is_missed(warnings) -> None:
    text = OWN + rule(101, "{file: nowhere/*.py, must_contain: retries}")
    assert warnings(text, files=None) == []
    assert len(warnings(text)) == 1


SPEAKING = {
    "a pattern whose files the file excludes": (
        "exclude: app/**\n" + OWN + rule(101, "{file: app/tasks/*.py, must_contain: a}"),
        "8:16: BG-101 cannot find anything in 'app/tasks/*.py': 'exclude: app/**' leaves all of its files out",
    ),
    "a pattern whose files the rule itself excludes": (
        OWN + rule(101, "{file: app/tasks/*.py, must_contain: a}", more="    exclude: ['app/**/*.py']\n"),
        "8:16: BG-101 cannot find anything in 'app/tasks/*.py': 'exclude: app/**/*.py' leaves all of its files out",
    ),
    "a pattern that the paths lead to where nothing is looked at": (
        "paths: {jobs/*.py: app/tasks/*.py}\nexclude: app/tasks/**\n"
        + OWN
        + rule(101, "{file: jobs/*.py, must_contain: a}"),
        "9:16: BG-101 cannot find anything in 'jobs/*.py': 'exclude: app/tasks/**' leaves all of its files out",
    ),
    "an anti-pattern whose files are excluded": (
        "exclude: app/**\n"
        + OWN
        + rule(101, "{must_contain: a}")
        + "    anti_patterns:\n      - file: app/tasks/*.py\n        pattern: x\n",
        "10:15: BG-101 cannot find anything in 'app/tasks/*.py': 'exclude: app/**' leaves all of its files out",
    ),
    "an exclusion that silences bundled rules": (
        "extends: bundled\nexclude:\n  - app/services/**\n",
        "3:5: BG-022 cannot find anything in 'app/services/background_tasks_service.py':"
        " 'exclude: app/services/**' leaves all of its files out",
        "3:5: no file that flake8 looks at here matches 'app/services/**'",
    ),
    "a path for a rule that is off": (
        "extends: bundled\npaths:\n  app/services/background_tasks_service.py: app/tasks/*.py\n"
        + OWN
        + "  - {id: BG-022, enabled: false}\n",
        "3:3: no rule that is switched on has the glob 'app/services/background_tasks_service.py': leave the line out",
    ),
    "a glob that no file matches": (
        OWN + rule(101, "{file: src/tasks/*.py, must_contain: a}"),
        "7:16: no file that flake8 looks at here matches 'src/tasks/*.py'",
    ),
    "a glob that matches below another directory": (
        OWN + rule(101, "{file: 'v1/*.py', must_contain: a}"),
        "7:16: no file that flake8 looks at here matches 'v1/*.py' (did you mean 'app/api/v1/*.py'?)",
    ),
    "a path that leads nowhere": (
        "extends: bundled\npaths:\n  app/tasks/*.py: [app/tasks/*.py, src/jobs/*.py]\n",
        "3:36: no file that flake8 looks at here matches 'src/jobs/*.py'",
    ),
    "an exclusion of nothing": (
        "extends: bundled\nexclude: legacy/**\n",
        "2:10: no file that flake8 looks at here matches 'legacy/**'",
    ),
    "a rule's exclusion of nothing": (
        OWN + rule(101, "{must_contain: a}", more="    exclude: [legacy/**]\n"),
        "6:15: no file that flake8 looks at here matches 'legacy/**'",
    ),
    "a rule on scripts that reads Python": (
        OWN + rule(101, "{file: static/**/*.js, must_contain: a}", family="generic"),
        "7:16: BG-101 is of the generic family, which reads Python: 'static/**/*.js' has none; write 'family: frontend'",
    ),
    "a rule on Python that reads scripts": (
        OWN + rule(101, "{file: app/tasks/*.py, must_contain: a}", family="frontend"),
        "7:16: BG-101 is of the frontend family, which reads JavaScript: 'app/tasks/*.py' has none",
    ),
    "a rule like an earlier one": (
        OWN + rule(101, "{file: app/**, must_contain: [a, b]}") + rule(102, "{file: app/tasks/*.py, must_contain: a}"),
        "13:9: BG-102 asks nothing that BG-101 does not ask: leave it out",
    ),
    "a rule that is partly like an earlier one": (
        OWN + rule(101, "{file: app/**, must_contain: a}") + rule(102, "{file: app/**, must_contain: [b, a]}"),
        "13:9: BG-102 asks for 'a' in 'app/**' as BG-101 does: ask for it once",
    ),
    "a rule that repeats a bundled one": (
        EXTENDS + rule(101, "{file: app/tasks/*.py, must_contain: started_at}"),
        "8:9: BG-101 asks nothing that BG-030 does not ask: leave it out",
    ),
    "a rule that repeats a bundled one where the paths lead": (
        "paths: {app/tasks/*.py: app/**}\n" + EXTENDS + rule(101, "{file: app/api/**, must_contain: started_at}"),
        "9:9: BG-101 asks nothing that BG-030 does not ask: leave it out",
    ),
    "an anti-pattern that repeats a bundled one": (
        EXTENDS
        + "  - id: BG-120\n    name: A name\n    severity: info\n    family: api\n"
        + "    anti_patterns: [{file: app/api/v1/*.py, pattern: 'time\\.sleep'}]\n",
        "7:21: BG-120 asks nothing that BG-021 does not ask: leave it out",
    ),
    "a change that changes nothing": (
        EXTENDS + "  - {id: BG-030, enabled: true}\n",
        "3:5: BG-030 says nothing but what the bundled rule says: leave it out",
    ),
    "an equivalent of a word that no rule has": (
        "extends: bundled\nequivalents:\n  completd_at: ended_at\n",
        "3:3: no rule that is switched on asks for 'completd_at': write the snippet, name or value as a rule does",
    ),
}


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(case[0], list(case[1:]), id=name) for name, case in SPEAKING.items()]
)
def test_warns_of(warnings, text: str, expected: list[str]) -> None:
    assert warnings(text) == expected


def test_every_file_of_rules_in_the_repository_has_the_places_that_are_asked_for(repository) -> None:
    for path in (repository / "tests" / "data" / "own-rules.yaml", repository / "flake8_bgtasks" / "rules.yaml"):
        review(loader.read(path), loader.read_places(path), FILES)


def test_a_place_is_a_key_or_an_item() -> None:
    listing = Listing((Scalar("x", Mark(1, 6)), Scalar("y", Mark(1, 9))), Mark(1, 5))
    root = Mapping(((Scalar("a", Mark(1, 1)), listing), (Scalar("b", Mark(2, 1)), Scalar("z", Mark(2, 4)))), Mark(1, 1))
    assert dict(places(root)) == {
        ("a",): Mark(1, 1),
        ("a", 0): Mark(1, 6),
        ("a", 0, 0): Mark(1, 6),
        ("a", 1): Mark(1, 9),
        ("a", 1, 0): Mark(1, 9),
        ("b",): Mark(2, 1),
        ("b", 0): Mark(2, 4),
    }


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(text=spoiled_own_rules())
def test_any_file_that_is_sound_can_be_reviewed(tmp_path, text: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        rules = loader.read(file)
    except RuleFileError:
        return
    lines = len(text.splitlines()) + 1
    assert all(1 <= one.line <= lines and one.column >= 1 for one in review(rules, loader.read_places(file), FILES))
