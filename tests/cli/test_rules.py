"""What `bgtasks rules` lists."""

import json

SMALL = """\
extends: bundled
paths:
  "app/tasks/*.py": ["jobs/*.py"]
background_task_rules:
  - id: BG-041
    enabled: false
  - id: BG-101
    name: No print
    severity: info
    anti_patterns:
      - pattern: print
"""


def test_the_table_says_what_each_rule_covers_and_which_cover_nothing(run, project) -> None:
    project.write(".flake8", "[flake8]\nbgtasks-rules = conf/bgtasks.yaml\nbgtasks-severity = warning\n")
    project.write("conf/bgtasks.yaml", SMALL)
    project.write("jobs/imports.py")
    project.write("jobs/exports.py")
    project.write("static/admin/js/imports.js")
    answer = run("rules")
    assert answer.output == (
        """\
rule   severity  family    files  name
BG001  error     models     none  Background task models must have status field
BG002  error     models     none  Background task models must have timestamp fields
BG003  warning   models     none  Background task models must have error_message field
BG004  warning   models     none  Background task models must have triggered_by field
BG010  warning   status        2  Use standard status values
BG020  error     api        none  Task trigger endpoints must return job_id
BG021  error     api        none  Use FastAPI BackgroundTasks for async execution
BG022  warning   api        none  Tasks must be registered in BackgroundTasksService
BG030  error     tasks         2  Tasks must update status on start
BG031  error     tasks         2  Tasks must update status on completion
BG032  error     tasks         2  Tasks must handle exceptions
BG033  error     tasks         2  Tasks must use separate database sessions
BG040  info      frontend      1  Pages with tasks must show status on return
BG041  info      frontend    off  Use consistent polling interval
BG101  info      generic       2  No print

15 rules from conf/bgtasks.yaml, which extends the bundled rules; flake8 looks at 3 files here.
Not reported, below bgtasks-severity = warning: BG040, BG101.
No file is covered by BG001, BG002, BG003, BG004, BG020, BG021, BG022. If the files lie elsewhere,
say so under `paths` in a rules file: `bgtasks init` writes one, `bgtasks explain BG001` shows the
globs.
"""
    )
    assert answer.exit_code == 0


def test_what_flake8_excludes_is_not_counted(run, project) -> None:
    project.write(".flake8", "[flake8]\nexclude = old\n")
    project.write("app/tasks/imports.py")
    project.write("old/app/tasks/imports.py")
    counts = {one["code"]: one["files"] for one in json.loads(run("rules", "--json").output)["rules"]}
    assert (counts["BG030"], counts["BG010"]) == (1, 1)


def test_json_says_the_same_in_a_shape_that_stays(run, project) -> None:
    project.write("mine.yaml", SMALL)
    project.write("jobs/imports.py")
    answer = json.loads(run("rules", "--json", "--bgtasks-rules", "mine.yaml").output)
    assert {key: answer[key] for key in answer if key != "rules"} == {
        "rules_file": "mine.yaml",
        "extends": "bundled",
        "severity": "info",
        "files": 1,
    }
    assert answer["rules"][-2:] == [
        {
            "code": "BG041",
            "id": "BG-041",
            "name": "Use consistent polling interval",
            "severity": "info",
            "family": "frontend",
            "enabled": False,
            "reported": False,
            "files": 0,
        },
        {
            "code": "BG101",
            "id": "BG-101",
            "name": "No print",
            "severity": "info",
            "family": "generic",
            "enabled": True,
            "reported": True,
            "files": 1,
        },
    ]


def test_a_root_of_ones_own_counts(run, project) -> None:
    project.write("backend/app/tasks/imports.py")
    counts = {one["code"]: one["files"] for one in json.loads(run("rules", "--json").output)["rules"]}
    assert counts["BG030"] == 0
    answer = run("rules", "--json", "--bgtasks-root", "backend")
    counts = {one["code"]: one["files"] for one in json.loads(answer.output)["rules"]}
    assert counts["BG030"] == 1


def test_colours_are_for_terminals(run, project, monkeypatch) -> None:
    assert "\x1b[" not in run("rules").output
    assert "\x1b[31merror" in run("rules", color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("rules", color=True).output


def test_rules_that_cannot_be_used_are_wrong_use(run, project) -> None:
    project.write("bad.yaml", "extends: bundled\nbackground_task_rules:\n  - id: BG-030\n    nmae: x\n")
    answer = run("rules", "--bgtasks-rules", "bad.yaml")
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr == (
        "Error: bgtasks-rules: the file cannot be used\nbad.yaml:4:5: unknown key 'nmae' (did you mean 'name'?)\n"
    )


def test_a_configuration_file_that_is_not_there_is_wrong_use(run, project) -> None:
    answer = run("rules", "--config", "nope.cfg")
    assert (answer.exit_code, answer.stderr) == (2, "Error: The specified config file does not exist: nope.cfg\n")


def test_progress_and_colours_need_no_terminal_to_be_left_out(project) -> None:
    project.write("app/tasks/imports.py")
    answer = project.python("-m", "flake8_bgtasks.cli", "rules")
    assert (answer.code, answer.errors) == (0, "")
    assert "\x1b" not in answer.text
