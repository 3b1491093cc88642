"""What `bgtasks explain` tells of a rule."""

import json

import pytest

from flake8_bgtasks.checkers.running import CHECKERS, find
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Example, Rule
from tests.cli.conftest import OWN
from tests.linting import catalogue, read

EXAMPLES = loader.examples().rules


def test_a_rule_that_is_merged_over_a_bundled_one(run, project) -> None:
    project.write(".flake8", "[flake8]\nbgtasks-rules = conf/bgtasks.yaml\n")
    project.write("conf/bgtasks.yaml", OWN)
    project.write("jobs/imports.py")
    answer = run("explain", "bg-030")
    assert answer.output == (
        """\
BG030  Tasks must update status on start
warning, tasks family; conf/bgtasks.yaml:8:5, which changes severity of flake8_bgtasks/rules.yaml:193:5

Background task functions must set status to 'running' and
record started_at timestamp at the beginning.

It asks of each task function, with all that it reaches, in
  jobs/*.py  (1 file here; `paths` puts it in the place of app/tasks/*.py)
  workers/*.py  (no file here; `paths` puts it in the place of app/tasks/*.py)
  that all of these hold
    status = "running"  the value "running" is stored in `status`
    started_at          something other than None is stored in `started_at`, or in a longer name that
                        starts so; also begun_at (equivalents)

It does not look at
  jobs/old/**

What to write
  At task start:
  job.status = "running"
  job.started_at = datetime.now(UTC)
  db.commit()

Bad
  def import_products(job_id: int) -> None:
      with SessionLocal() as db:
          job = db.get(ProductImportJob, job_id)
          import_feed(job.feed_url)

Good
  def import_products(job_id: int) -> None:
      with SessionLocal() as db:
          job = db.get(ProductImportJob, job_id)
          job.status = "running"
          job.started_at = datetime.now(UTC)
          db.commit()
          import_feed(job.feed_url)
"""
    )
    assert answer.exit_code == 0


def test_a_rule_of_ones_own_has_its_tests_for_examples(run, project) -> None:
    project.write("mine.yaml", OWN)
    answer = run("explain", "BG101", "--bgtasks-rules", "mine.yaml")
    assert answer.output == (
        """\
BG101  No print
info, generic family; mine.yaml:12:5

It forbids, in
  every Python file  (0 files here)
  any of these
    print\\(  the regex is found in a line of code, comments blanked and continued lines joined; says
             "Log it"

It does not look at
  jobs/old/**

Bad
  print(1)

Good
  app/log.py
    log = print
  app/use.py
    from app.log import log
"""
    )


def test_several_rules_are_told_apart_and_each_is_explained_once(run) -> None:
    answer = run("explain", "BG030", "BG-031", "bg030")
    assert [line for line in answer.output.splitlines() if line.startswith("BG0")] == [
        "BG030  Tasks must update status on start",
        "BG031  Tasks must update status on completion",
    ]
    assert answer.output.count("-" * 80) == 1


def test_a_rule_that_is_switched_off_or_too_light_says_so(run, project) -> None:
    project.write("mine.yaml", OWN)
    project.write(".flake8", "[flake8]\nbgtasks-rules = mine.yaml\nbgtasks-severity = warning\n")
    assert "\nIt is switched off: `enabled: false`.\n" in run("explain", "BG033").output
    assert "\nIt is not reported: bgtasks-severity is warning.\n" in run("explain", "BG101").output


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("BG013", "did you mean BG010?"),
        ("BG0300", "did you mean BG030 or BG033 or BG032?"),
        ("E501", "`bgtasks rules` lists them"),
    ],
)
def test_a_rule_that_is_not_there_is_wrong_use(run, typed: str, advice: str) -> None:
    answer = run("explain", typed)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr == f"Error: there is no rule '{typed}' in the bundled rules ({advice})\n"


def test_bg000_is_told_to_be_no_rule(run) -> None:
    answer = run("explain", "BG000")
    assert answer.exit_code == 2
    assert answer.stderr.startswith("Error: BG000 is no rule: it is the code of a file that a rule names")


@pytest.mark.parametrize("code", [rule.code for rule in EXAMPLES])
def test_every_bundled_rule_is_explained_with_examples(run, code: str) -> None:
    answer = run("explain", code)
    assert answer.exit_code == 0
    assert all(f"\n{heading}\n" in answer.output for heading in ("What to write", "Bad", "Good"))


def _reported(rule: Rule, example: Example) -> bool:
    """Tell whether the rule reports an example, in a file that the rule covers."""
    [(path, text)] = example.files
    globs = [one.file for one in rule.requirements if one.file] or ["app/services/imports.py"]
    covered = path or globs[0].replace("**/", "").replace("*", "csv_export")
    if covered.endswith(".js"):
        return rule.code in _page_findings(text, covered)
    return rule.code in {one.violation.code for one in find(read(text, covered), catalogue())}


def _page_findings(text: str, path: str) -> set[str]:
    source = read("", path)
    source.lines = tuple(text.splitlines(keepends=True))
    return {one.violation.code for one in find(source, catalogue())}


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.code)
def test_the_examples_show_what_they_are_for(rule: Rule) -> None:
    assert len(CHECKERS) == 6
    assert rule.tests.bad and all(_reported(rule, example) for example in rule.tests.bad)
    assert rule.tests.good and not any(_reported(rule, example) for example in rule.tests.good)


KINDS = """
background_task_rules:
  - id: BG-101
    name: Everything
    severity: info
    patterns:
      - file: "app/**/*.py"
        must_contain: [audit, "enqueue()", "QUEUE = Queue", "log.info('x', ...)", "a => b"]
        should_match: "poll.*[3-5]0"
    anti_patterns:
      - {pattern: 'def .*job.*: Request', message: Pass the id}
      - {pattern: 'subprocess\\.run.*wait.*True', message: Do not wait}
      - {pattern: 'FIXME', message: Mend it}
  - id: BG-005
    name: Jobs know how often they were tried
    severity: info
    patterns: [{file: "app/models.py", class: ["*Job", Run], must_contain: attempts}]
  - id: BG-049
    name: Pages
    severity: info
    patterns:
      - {file: "web/*.js", must_contain_one_of: [init, "poll()", "a => b"], should_match: "TODO"}
"""
SAID = [
    ("BG101", "audit the name `audit`, or a longer one that starts so, is used in code"),
    ("BG101", "enqueue() `enqueue` is called, however it is imported and whatever its arguments"),
    ("BG101", "QUEUE = Queue `QUEUE` is `Queue`, or what calling it gives"),
    ("BG101", "log.info('x', ...) there is such code, names followed through imports; `...` stands for anything"),
    ("BG101", "a => b the text stands on a line of code"),
    ("BG101", "poll.*[3-5]0 somewhere in the file: a call of `poll` with a number in [3-5]0"),
    ("BG101", 'the regex is found in the header of a function, written on one line; says "Pass the id"'),
    ("BG101", "waiting for another process: `subprocess.run` and its like, `wait` and `communicate` of a Popen"),
    ("BG101", "the regex is found in a line of code, comments blanked and continued lines joined"),
    ("BG005", "where the class is called *Job Run"),
    ("BG049", "init the name `init`, or a longer one that starts so, is used in code"),
    ("BG049", "poll() `poll` is called, whatever its arguments"),
    ("BG049", "a => b the text stands on a line of code"),
    ("BG049", "TODO the regex is found in a line of code, comments blanked, as far as it can be told"),
]


@pytest.mark.parametrize(("code", "said"), SAID, ids=[said[:40] for _, said in SAID])
def test_each_kind_of_snippet_and_regex_has_its_words(code: str, said: str, run, project) -> None:
    project.write("rules.yaml", KINDS)
    project.write(".flake8", "[flake8]\nbgtasks-rules = rules.yaml\n")
    answer = run("explain", code)
    assert answer.exit_code == 0, answer.output
    assert said in " ".join(answer.output.split())


def test_json_has_all_of_it(run, project) -> None:
    project.write(".flake8", "[flake8]\nbgtasks-rules = conf/bgtasks.yaml\nbgtasks-severity = error\n")
    project.write("conf/bgtasks.yaml", OWN)
    project.write("jobs/imports.py")
    first, second = json.loads(run("explain", "BG030", "BG101", "--json").stdout)["rules"]
    told = 'the value "running" is stored in `status`'
    times = "something other than None is stored in `started_at`, or in a longer name that starts so"
    assert {key: first[key] for key in first if key not in ("description", "suggestion", "bad", "good")} == {
        "code": "BG030",
        "id": "BG-030",
        "name": "Tasks must update status on start",
        "severity": "warning",
        "family": "tasks",
        "enabled": True,
        "reported": False,
        "configured_at": "conf/bgtasks.yaml:8:5, which changes severity of flake8_bgtasks/rules.yaml:193:5",
        "asks": [
            {
                "unit": "each task function, with all that it reaches",
                "files": [
                    {"glob": "jobs/*.py", "files": 1, "in_place_of": "app/tasks/*.py"},
                    {"glob": "workers/*.py", "files": 0, "in_place_of": "app/tasks/*.py"},
                ],
                "class": [],
                "endpoint_pattern": None,
                "snippets": [
                    {"key": "must_contain", "snippet": 'status = "running"', "read_as": told, "equivalents": []},
                    {"key": "must_contain", "snippet": "started_at", "read_as": times, "equivalents": ["begun_at"]},
                ],
            }
        ],
        "forbids": [],
        "exclude": ["jobs/old/**"],
    }
    assert first["suggestion"].startswith("At task start:")
    assert [example[0]["path"] for example in (*first["bad"], *first["good"])] == [None, None]
    assert second == {
        "code": "BG101",
        "id": "BG-101",
        "name": "No print",
        "severity": "info",
        "family": "generic",
        "enabled": True,
        "reported": False,
        "configured_at": "conf/bgtasks.yaml:12:5",
        "description": "",
        "suggestion": "",
        "asks": [],
        "forbids": [
            {
                "files": [{"glob": None, "files": 1, "in_place_of": None}],
                "patterns": [
                    {
                        "pattern": "print\\(",
                        "read_as": "the regex is found in a line of code, comments blanked and continued lines joined",
                        "message": "Log it",
                    }
                ],
            }
        ],
        "exclude": ["jobs/old/**"],
        "bad": [[{"path": None, "text": "print(1)"}]],
        "good": [
            [
                {"path": "app/log.py", "text": "log = print"},
                {"path": "app/use.py", "text": "from app.log import log"},
            ]
        ],
    }
