"""`bgtasks test-rules`: which tests pass, how a failure is shown, and how the command ends."""

import json
import re
from textwrap import dedent, indent

import pytest

from flake8_bgtasks.catalogue import Catalogue
from flake8_bgtasks.cli.trial import path_for, try_rule
from flake8_bgtasks.rules import loader

HEAD = """\
background_task_rules:
  - id: BG-101
    name: Tasks count their retries
    severity: info
    family: tasks
    patterns:
      - file: "app/tasks/*.py"
        must_contain: retries
    tests:
"""
GOOD = "def import_products(job):\n    job.retries = 0\n"
BAD = "def import_products(job):\n    work(job)\n"


def rule_with(tests: str) -> str:
    return HEAD + indent(dedent(tests), "      ")


@pytest.fixture
def rules(project):
    """Write the rules file with these tests in it."""

    def write(tests: str) -> str:
        project.write("bg.yaml", rule_with(tests))
        return "bg.yaml"

    return write


def block(kind: str, code: str) -> str:
    return f"{kind}: |\n{indent(code, '  ')}"


def test_what_does_as_it_says_passes(run, rules) -> None:
    answer = run("test-rules", rules(block("bad", BAD) + block("good", GOOD)))
    assert (answer.exit_code, answer.output) == (0, "bg.yaml: 2 tests of 1 rule passed\n")


def test_code_that_is_wrongly_called_bad(run, rules) -> None:
    answer = run("test-rules", rules(block("bad", GOOD)))
    assert answer.exit_code == 1
    assert answer.output.splitlines() == [
        "bg.yaml:10:12: BG-101 bad 1: a finding was expected, and there is none",
        "  app/tasks/example.py",
        "    1  def import_products(job):",
        "    2      job.retries = 0",
        "",
        "bg.yaml: 1 failed of 1 test of 1 rule",
    ]


def test_code_that_is_wrongly_called_good(run, rules) -> None:
    answer = run("test-rules", rules("good:\n- |\n" + indent(GOOD, "  ") + "- |\n" + indent("\n" + BAD, "  ")))
    assert answer.exit_code == 1
    assert answer.output.splitlines() == [
        "bg.yaml:14:9: BG-101 good 2: no finding was expected, and there is 1",
        "  app/tasks/example.py",
        "    1",
        "  > 2  def import_products(job):",
        "       ^ BG101 import_products() never sets retries",
        "    3      work(job)",
        "",
        "bg.yaml: 1 failed of 2 tests of 1 rule",
    ]


def test_only_what_stands_around_a_finding_is_shown(run, rules) -> None:
    answer = run("test-rules", rules(block("good", "x = 1\n" * 20 + BAD + "y = 1\n" * 20)))
    shown = [line.split()[0 if line[2] != ">" else 1] for line in answer.output.splitlines()[2:-2] if "^" not in line]
    assert shown == [str(number) for number in range(15, 28)]


SEVERAL = """
good:
  - app/jobs.py: |
      def count(job):
          job.retries = 0
    app/tasks/imports.py: |
      from app.jobs import count

      def import_products(job):
          count(job)
bad:
  - app/jobs.py: |
      def count(job):
          job.tries = 0
    app/tasks/imports.py: |
      from app.jobs import count

      def import_products(job):
          count(job)
"""


def test_several_files_make_a_project(run, rules) -> None:
    assert run("test-rules", rules(SEVERAL)).output == "bg.yaml: 2 tests of 1 rule passed\n"


def test_of_several_files_those_with_findings_are_shown(run, rules) -> None:
    answer = run("test-rules", rules("good:" + SEVERAL.partition("bad:")[2]))
    assert answer.exit_code == 1
    assert answer.output.splitlines()[1:] == [
        "  app/tasks/imports.py",
        "    1  from app.jobs import count",
        "    2",
        "  > 3  def import_products(job):",
        "       ^ BG101 import_products() never sets retries",
        "    4      count(job)",
        "",
        "bg.yaml: 1 failed of 1 test of 1 rule",
    ]


OBSTACLES = {
    "code that is none": (block("bad", "def f(:\n"), "app/tasks/example.py cannot be parsed: line 1, invalid syntax"),
    "a file that the rule does not cover": (
        "bad:\n  - lib/x.py: |\n      def f(job): pass\n",
        "the rule does not look at any of its files: write paths that the rule's globs match",
    ),
    "good code that the rule does not cover": (
        "good:\n  - lib/x.py: |\n      def f(job): pass\n",
        "the rule does not look at any of its files: write paths that the rule's globs match",
    ),
    "a file that is a folder too": (
        "good:\n  - app/tasks/x.py: ''\n    app/tasks/x.py/y.py: ''\n",
        "its files cannot be written",
    ),
    "a null byte": ('bad: "x = 1\\0"\n', "app/tasks/example.py cannot be parsed: "),
}


@pytest.mark.parametrize(("tests", "saying"), [pytest.param(*case, id=name) for name, case in OBSTACLES.items()])
def test_a_test_that_says_nothing_fails(run, rules, tests: str, saying: str) -> None:
    answer = run("test-rules", rules(tests))
    assert answer.exit_code == 1
    assert saying in answer.output
    assert answer.output.endswith("bg.yaml: 1 failed of 1 test of 1 rule\n")


def test_other_rules_have_no_say(run, project) -> None:
    project.write("bg.yaml", "extends: bundled\n" + rule_with(block("good", "def f(job):\n    job.retries = 1\n")))
    assert run("test-rules", "bg.yaml").exit_code == 0


def test_rules_without_tests_are_listed(run, project) -> None:
    other = HEAD.split("\n", 1)[1].replace("101", "102").replace("    tests:\n", "")
    changed = "  - {id: BG-030, severity: info}\n"
    off = (
        rule_with(block("bad", GOOD))
        .split("\n", 1)[1]
        .replace("101", "103")
        .replace("severity", "enabled: false\n    severity")
    )
    project.write("bg.yaml", "extends: bundled\n" + rule_with(block("bad", BAD)) + other + changed + off)
    answer = run("test-rules", "bg.yaml")
    assert answer.exit_code == 0
    assert answer.output == "bg.yaml: 1 test of 1 rule passed; without tests: BG-102, BG-103\n"


def test_no_tests_at_all(run, project) -> None:
    project.write("bg.yaml", HEAD.replace("    tests:\n", ""))
    assert run("test-rules", "bg.yaml").output == "bg.yaml: no rule has tests; without tests: BG-101\n"


def test_problems_of_the_file_come_first(run, project) -> None:
    project.write("bg.yaml", rule_with(block("bda", BAD)))
    answer = run("test-rules", "bg.yaml")
    assert answer.exit_code == 1
    assert "problem bg.yaml:10:7: unknown key 'bda' (did you mean 'bad'?)" in answer.output
    assert answer.output.endswith("bg.yaml: no tests were run, 2 problems\n")


def test_json_says_the_same(run, rules) -> None:
    answer = run("test-rules", "--json", rules(block("good", BAD)))
    assert answer.exit_code == 1
    (report,) = json.loads(answer.output)
    found = {"path": "app/tasks/example.py", "line": 1, "column": 1, "message": "import_products() never sets retries"}
    assert (report["passed"], report["problems"], report["without_tests"]) == (False, [], [])
    assert report["tests"] == [
        {
            "rule": "BG-101",
            "kind": "good",
            "number": 1,
            "line": 10,
            "column": 13,
            "passed": False,
            "obstacle": None,
            "found": [found],
        }
    ]


def test_a_file_must_be_named(run) -> None:
    assert run("test-rules").exit_code == 2


PATHS = {
    "{file: 'app/tasks/*.py', must_contain: x}": "app/tasks/example.py",
    "{file: 'app/tasks/imports.py', must_contain: x}": "app/tasks/imports.py",
    "{file: 'src/**/jobs/*_job.py', must_contain: x}": "src/jobs/example_job.py",
    "{file: 'src/**', must_contain: x}": "src/example.py",
    "{file: 'app/*', must_contain: x}": "app/example.py",
    "{file: 'app/v[0-9]/[!a]?.py', must_contain: x}": "app/v0/xx.py",
    "{must_contain: x}": "example.py",
}


@pytest.mark.parametrize(("pattern", "path"), PATHS.items())
def test_a_text_stands_for_a_file_that_the_rule_covers(pattern: str, path: str) -> None:
    text = f"background_task_rules: [{{id: BG-101, name: n, severity: info, patterns: [{pattern}]}}]"
    (compiled,) = Catalogue(loader.load(text, "x.yaml")).rules
    assert path_for(compiled) == path


def test_a_text_stands_for_no_file_that_is_left_out() -> None:
    patterns = "[{file: app/a.py, must_contain: x}, {file: app/b.py, must_contain: x}]"
    text = f"background_task_rules: [{{id: BG-101, name: n, severity: info, exclude: app/a.py, patterns: {patterns}}}]"
    (compiled,) = Catalogue(loader.load(text, "x.yaml")).rules
    assert path_for(compiled) == "app/b.py"


def test_a_text_of_a_frontend_rule_is_a_script(run, project) -> None:
    text = HEAD.replace("family: tasks", "family: frontend").replace("app/tasks/*.py", "pages/**")
    project.write("bg.yaml", text + "      bad: 'poll();'\n      good: 'this.retries = 1;'\n")
    assert run("test-rules", "bg.yaml").output == "bg.yaml: 2 tests of 1 rule passed\n"


def test_every_own_rule_in_the_repository_passes_its_tests(repository) -> None:
    for path in (repository / "tests" / "data" / "own-rules.yaml", *sorted((repository / "docs").rglob("*.y*ml"))):
        if "background_task_rules" in path.read_text(encoding="utf-8"):
            rules = loader.read(path)
            for rule in rules.rules:
                for trial in try_rule(rule, Catalogue(rules)) if rule.enabled else ():
                    assert trial.passed, (path, rule.id, trial.kind, trial.number, trial.found, trial.obstacle)


def test_every_rule_in_the_documentation_passes_its_tests(repository) -> None:
    tried = 0
    for page in sorted((repository / "docs").rglob("*.md")):
        for text in re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            if "\n    tests:" in text:
                rules = loader.load(text, page.name)
                catalogue = Catalogue(rules)
                for trial in (trial for rule in rules.rules if rule.enabled for trial in try_rule(rule, catalogue)):
                    assert trial.passed, (page, trial.rule.id, trial.kind, trial.number, trial.found, trial.obstacle)
                    tried += 1
    assert tried >= 6


def test_code_that_is_nested_too_deeply_is_told(run, rules) -> None:
    answer = run("test-rules", rules("bad: " + "x = " + "(" * 5000 + ")" * 5000))
    assert answer.exit_code == 1
    assert "app/tasks/example.py cannot be parsed: " in answer.output


def test_files_that_are_no_python_are_only_there(run, rules) -> None:
    tests = (
        "bad:\n  app/tasks/notes.txt: 'no python, is it?'\n  app/tasks/jobs.py: 'def import_products(job): work(job)'\n"
    )
    answer = run("test-rules", rules(tests))
    assert (answer.exit_code, answer.output) == (0, "bg.yaml: 1 test of 1 rule passed\n")
