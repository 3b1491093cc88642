"""The globs that `bgtasks init` writes, the scripts that it sees, and the text and the advice that it gives."""

import pytest

from flake8_bgtasks.cli.survey import configuration
from flake8_bgtasks.cli.survey.draft import Draft, Entry, Row, RuleDraft
from flake8_bgtasks.cli.survey.globbing import globs_for
from flake8_bgtasks.cli.survey.scripts import seen
from flake8_bgtasks.cli.survey.writing import text_of
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.globs import LONGEST

GLOBS = {
    "one file": ("app/a.py", "app/b.py", 0, "app/a.py"),
    "one file of a folder of tasks": ("app/tasks/a.py", "", 0, "app/tasks/*.py"),
    "one file of another folder": ("app/lib/a.py", "", 0, "app/lib/a.py"),
    "all of a folder": ("app/lib/a.py app/lib/b.py", "app/c.py", 0, "app/lib/*.py"),
    "some of a folder": ("app/lib/a.py app/lib/b.py", "app/lib/c.py", 0, "app/lib/a.py app/lib/b.py"),
    "those of a name": ("app/x/work.py app/y/work.py", "app/x/api.py", 0, "app/*/work.py"),
    "those of a name at many depths": ("app/x/work.py app/y/z/work.py", "app/x/api.py", 0, "app/**/work.py"),
    "those of an end": ("app/a_work.py app/b_work.py", "app/c.py", 0, "app/*_work.py"),
    "those of an end in folders of tasks": (
        "app/x/tasks/a_work.py app/y/tasks/b_work.py",
        "",
        0,
        "app/*/tasks/*_work.py",
    ),
    "a folder with folders": ("app/lib/a.py app/lib/x/b.py", "app/c.py", 0, "app/lib/**/*.py"),
    "the folders of a folder": ("app/lib/x/a.py app/lib/y/b.py", "app/c.py", 0, "app/lib/**/*.py"),
    "a folder, and folders in folders": ("app/lib/a.py app/lib/x/y/b.py", "app/c.py", 0, "app/lib/**/*.py"),
    "folders of tasks at many depths": ("app/x/tasks/a.py app/y/z/tasks/b.py", "app/x/c.py", 0, "app/**/tasks/*.py"),
    "a folder beside a package": ("app/lib/a.py app/lib/b.py", "app/lib/__init__.py", 0, "app/lib/*.py"),
    "folders between, which say little": (
        "app/x/api/a.py app/y/api/b.py",
        "app/x/c.py app/y/d.py",
        0,
        "app/x/api/a.py app/y/api/b.py",
    ),
    "folders of tasks between": ("app/x/tasks/a.py app/y/tasks/b.py", "app/x/c.py", 0, "app/*/tasks/*.py"),
    "a few others": ("app/a.py app/b.py", "app/c.py app/d.py", 1, "app/*.py"),
    "too many others": ("app/a.py app/b.py", "app/c.py app/d.py app/e.py", 1, "app/a.py app/b.py"),
    "signs": ("app/[id]/a.py", "app/i/a.py", 0, "app/[[]id]/a.py"),
}


@pytest.mark.parametrize(("wanted", "others", "tolerance", "globs"), GLOBS.values(), ids=GLOBS)
def test_a_glob_stands_for(wanted: str, others: str, tolerance: float, globs: str) -> None:
    assert globs_for(wanted.split(), others.split(), tolerance) == tuple(globs.split())


def test_a_path_that_is_too_long_for_a_glob_has_none() -> None:
    assert globs_for(["app/" + "x" * LONGEST + ".py", "app/a.py"], []) == ("app/a.py",)


SCRIPTS = {
    "that asks for jobs": ("setInterval(() => fetch('/api/jobs/1'), 1000)", (1000,), True, False),
    "that asks for a status": ("setInterval(() => poll(importStatus), 5000)", (5000,), True, False),
    "that says so": ("/* BackgroundTasks */ setInterval(poll, 2000)", (2000,), True, True),
    "that asks for the weather": ("setInterval(() => fetch('/weather'), 1000)", (1000,), False, False),
    "with two timers": ("setInterval(a, 3000); setInterval(b, 1000)", (1000, 3000), False, False),
}


@pytest.mark.parametrize(("text", "delays", "about", "shows"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_script_polls(text: str, delays: tuple[int, ...], about: bool, shows: bool, project) -> None:
    (found,) = seen(str(project.write("a.js", f"\n{text}\n;")), "a.js")
    assert (found.delays, found.is_about_tasks, found.shows_tasks) == (delays, about, shows)
    assert str(found.place) == "a.js:2"


@pytest.mark.parametrize(
    "text",
    ["setTimeout(() => fetch('/jobs'), 1000)", "fetch('/jobs')", f"setInterval(() => fetch('/jobs'), 1); {'x' * 6000}"],
    ids=["once", "never", "in one line, as a machine writes"],
)
def test_a_script_does_not(text: str, project) -> None:
    assert list(seen(str(project.write("a.js", text)), "a.js")) == []


def test_a_script_that_is_gone_is_passed_over(project) -> None:
    assert list(seen(str(project.root / "a.js"), "a.js")) == []


def test_the_first_timer_is_the_place(project) -> None:
    (found,) = seen(str(project.write("a.js", "\nsetInterval(a, 1);\nsetInterval(b, 2);\n")), "a.js")
    assert found.place.line == 2


CONFIGURED = {
    "the first that flake8 reads": ({"setup.cfg": "[flake8]\n", ".flake8": "[flake8]\n"}, "setup.cfg", False),
    "one with a section": ({"setup.cfg": "[metadata]\n", "tox.ini": "[flake8]\n"}, "tox.ini", False),
    "an empty section": ({".flake8": "[flake8]\n"}, ".flake8", False),
    "one that names rules": ({".flake8": "[flake8]\nbgtasks-rules = a.yaml\n"}, ".flake8", True),
    "one that names rules otherwise": ({".flake8": "[flake8]\nbgtasks_rules = a.yaml\n"}, ".flake8", True),
    "one in TOML": ({"pyproject.toml": "[tool.flake8]\n"}, "pyproject.toml", False),
    "one in TOML that names rules": (
        {"pyproject.toml": "[tool.flake8]\nbgtasks-rules = 'a'\n"},
        "pyproject.toml",
        True,
    ),
    "not one of other tools": ({"pyproject.toml": "[tool.ruff]\n", "tox.ini": "[flake8]\n"}, "tox.ini", False),
    "not one that cannot be read": ({"setup.cfg": "[flake8\n", "tox.ini": "[flake8]\n"}, "tox.ini", False),
}


@pytest.mark.parametrize(("texts", "name", "is_named"), CONFIGURED.values(), ids=CONFIGURED)
def test_flake8_is_configured_in(texts: dict[str, str], name: str, is_named: bool, project) -> None:
    (project.root / ".flake8").unlink()
    for path, text in texts.items():
        project.write(path, text)
    (project.root / "app").mkdir()
    assert configuration.closest(str(project.root / "app")) == (str(project.root / name), is_named)


@pytest.mark.parametrize(
    ("file", "root", "lines"),
    [
        (".flake8", None, ["[flake8]", "bgtasks-rules = a.yaml"]),
        (".flake8", "app", ["[flake8]", "bgtasks-rules = a.yaml", "bgtasks-root = app"]),
        ("pyproject.toml", "app", ["[tool.flake8]", 'bgtasks-rules = "a.yaml"', 'bgtasks-root = "app"']),
    ],
)
def test_what_to_add_is_told(file: str, root: str | None, lines: list[str]) -> None:
    assert configuration.lines(file, "a.yaml", root) == lines


def test_a_rules_file_is_written_so_that_it_reads_well() -> None:
    many = tuple(f"a_rather_long_name_of_a_function_{number}" for number in range(4))
    draft = Draft(
        head=("Written by a test.",),
        exclude=("tests/**",),
        paths=(Row("app/tasks/*.py", ("work/*.py",), ("Seen in it\x07's files.",)),),
        equivalents=(
            Row('"running"', ("in_progress", 'it"s\x07')),
            Row("SessionLocal()", many),
        ),
        rules=(
            RuleDraft("BG-010", ("Why.",), description="Two\n\nparagraphs."),
            RuleDraft("BG-020", patterns=(Entry((("file", "a.py"), ("must_return", many)), ("Seen.",)),)),
            RuleDraft(
                "BG-021",
                enabled=False,
                anti_patterns=(Entry((("pattern", r"a\.b'c" + "x" * 120), ("message", "No"))),),
            ),
        ),
        notes=("Left out.",),
    )
    long = "x" * 120
    assert text_of(draft) == (
        r"""# yaml-language-server: $schema=bgtasks.schema.json
# Written by a test.
#
# Left out.

extends: bundled

exclude:
  - "tests/**"

paths:
  # Seen in it?'s files.
  "app/tasks/*.py": "work/*.py"

equivalents:
  '"running"': ["in_progress", "it\"s\u0007"]
  "SessionLocal()":
    - "a_rather_long_name_of_a_function_0"
    - "a_rather_long_name_of_a_function_1"
    - "a_rather_long_name_of_a_function_2"
    - "a_rather_long_name_of_a_function_3"

background_task_rules:
  - id: BG-010
    # Why.
    description: |
      Two

      paragraphs.

  - id: BG-020
    patterns:
      # Seen.
      - file: "a.py"
        must_return:
          - "a_rather_long_name_of_a_function_0"
          - "a_rather_long_name_of_a_function_1"
          - "a_rather_long_name_of_a_function_2"
          - "a_rather_long_name_of_a_function_3"

  - id: BG-021
    enabled: false
    anti_patterns:
      - pattern: 'a\.b''c"""
        + long
        + """'
        message: "No"
"""
    )


def test_a_rules_file_that_changes_nothing_is_one() -> None:
    text = text_of(Draft(head=("Nothing.",)))
    assert text == "# yaml-language-server: $schema=bgtasks.schema.json\n# Nothing.\n\nextends: bundled\n"
    assert loader.load(text, "bgtasks.yaml").extends == "bundled"
