"""`bgtasks check-rules`: what it says of a rules file, and how it ends."""

import json

import pytest

SOUND = """\
extends: bundled
background_task_rules:
  - id: BG-101
    name: Tasks count their retries
    severity: info
    family: tasks
    patterns:
      - file: app/tasks/*.py
        must_contain: retries
"""


@pytest.fixture
def rules(project):
    """Write the rules file of a project with one task."""
    project.write("app/tasks/imports.py")

    def write(text: str, name: str = "bg.yaml") -> str:
        project.write(name, text)
        return name

    return write


def test_a_sound_file_is_fine(run, rules) -> None:
    answer = run("check-rules", rules(SOUND))
    assert (answer.exit_code, answer.output) == (0, "bg.yaml: 15 rules switched on, all is well\n")


def test_problems_are_all_said(run, rules) -> None:
    answer = run("check-rules", rules(SOUND.replace("name:", "nmae:").replace("info", "loud")))
    assert answer.exit_code == 1
    assert answer.output.splitlines() == [
        "bg.yaml:3:5: problem: a rule has no 'name': add it (what the rule asks, in one line)",
        "bg.yaml:4:5: problem: unknown key 'nmae' (did you mean 'name'?)",
        "bg.yaml:5:15: problem: unknown severity 'loud': write error, warning or info",
        "bg.yaml: 3 problems",
    ]


WARNED = SOUND.replace("app/tasks", "src/tasks")
WARNING = "no file that flake8 looks at here matches 'src/tasks/*.py'"


def test_warnings_are_no_problems(run, rules) -> None:
    answer = run("check-rules", rules(WARNED))
    assert answer.exit_code == 0
    assert answer.output.splitlines() == [
        f"bg.yaml:8:15: warning: {WARNING}",
        "bg.yaml: 15 rules switched on, 1 warning",
    ]


def test_warnings_count_where_one_is_strict(run, rules) -> None:
    assert run("check-rules", "--strict", rules(WARNED)).exit_code == 1
    assert run("check-rules", "--strict", rules(SOUND)).exit_code == 0


def test_a_file_that_flake8_leaves_out_is_not_there(run, rules, project) -> None:
    project.write(".flake8", "[flake8]\nextend-exclude = app/tasks\n")
    assert "matches 'app/tasks/*.py'" in run("check-rules", rules(SOUND)).output


def test_scripts_are_found_by_the_rules_that_are_checked(run, rules, project) -> None:
    project.write("pages/jobs.js")
    text = SOUND.replace("tasks\n    patterns", "frontend\n    patterns").replace("app/tasks/*.py", "pages/*.js")
    assert run("check-rules", rules(text)).output == "bg.yaml: 15 rules switched on, all is well\n"


def test_the_rules_of_the_configuration_may_be_broken(run, rules, project) -> None:
    project.write(".flake8", "[flake8]\nbgtasks-rules = bg.yaml\n")
    rules("[")
    answer = run("check-rules", "bg.yaml", rules(SOUND, "other.yaml"))
    assert answer.exit_code == 1
    assert "other.yaml: 15 rules switched on, all is well" in answer.output


def test_where_flake8_cannot_run_the_globs_are_not_compared(run, rules, project) -> None:
    project.write(".flake8", "[flake8]\nbgtasks-severity = loud\n")
    answer = run("check-rules", rules(WARNED))
    assert answer.exit_code == 0
    assert answer.stdout == "bg.yaml: 15 rules switched on, all is well\n"
    assert "The globs of bg.yaml are not compared with files" in answer.stderr
    assert "bgtasks-severity: 'loud' is none of info, warning, error" in answer.stderr


def test_json_says_the_same(run, rules) -> None:
    answer = run("check-rules", "--json", rules(WARNED), rules("a: 1\n", "broken.yaml"))
    assert answer.exit_code == 1
    odd, broken = json.loads(answer.output)
    assert odd["path"] == "bg.yaml" and odd["rules"][-1] == "BG-101" and odd["problems"] == []
    assert odd["warnings"] == [{"line": 8, "column": 15, "message": WARNING}]
    assert [problem["line"] for problem in broken["problems"]] == [1, 1]


@pytest.mark.parametrize("arguments", [(), ("missing.yaml",), ("app",)])
def test_a_file_must_be_named_and_there(run, rules, arguments: tuple[str, ...]) -> None:
    rules(SOUND)
    answer = run("check-rules", *arguments)
    assert answer.exit_code == 2
    assert "Usage: bgtasks check-rules" in answer.output


def test_colours_are_for_terminals(run, rules) -> None:
    assert "\x1b[" not in run("check-rules", rules(WARNED)).output
    assert "\x1b[33mwarning" in run("check-rules", rules(WARNED), color=True).output
