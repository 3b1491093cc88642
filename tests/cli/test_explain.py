"""What `bgtasks explain` tells of a rule."""

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
