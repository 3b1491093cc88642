"""Rules of a team's own, run by the real flake8: which files they cover, what switches them off, where options stand."""

from textwrap import dedent

import pytest

from flake8_bgtasks.catalogue import Catalogue
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.rules.schema import DEMANDS
from tests.linting import lint

TASK = "def import_products(job_id):\n    fetch(job_id)\n"
MODEL = """\
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase): ...
class ImportJob(Base):
    __tablename__ = "x"
"""


def codes(text: str, path: str | None, rules: str) -> set[str]:
    return {one.code for one in lint(text, path, dedent(rules))}


class TestPaths:
    RULES = """
        extends: bundled
        paths:
          "app/tasks/*.py": ["src/**/jobs/*.py", "worker/*.py"]
          "models/database/*_job.py": "src/**/models/*.py"
          "static/admin/js/*.js": "web/**/*.js"
          "**/migrations/**": "versions/*.py"
          "app/api/**/*.py": ["app/api/**/*.py", "src/api/*.py"]
          "app/api/v1/**/*.py": "app/api/**/*.py"
    """
    OF_TASKS = {"BG030", "BG031", "BG032", "BG033"}

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("app/tasks/x.py", id="the files on the left are no longer covered"),
            pytest.param("src/jobs.py", id="a file like those on the right"),
            pytest.param("worker/deep/x.py", id="a file below those on the right"),
            pytest.param("x.py", id="another file"),
        ],
    )
    def test_silent(self, path: str) -> None:
        assert codes(TASK, path, self.RULES) == set()

    @pytest.mark.parametrize("path", ["src/jobs/x.py", "src/a/b/jobs/x.py", "worker/x.py"])
    def test_the_files_on_the_right_are_covered(self, path: str) -> None:
        assert codes(TASK, path, self.RULES) == self.OF_TASKS

    def test_an_anti_pattern_without_files_follows_its_rule_s_patterns(self) -> None:
        code = "from sqlalchemy.orm import Session\ndef task(db: Session):\n    ...\n    db = SessionLocal()\n"
        assert "BG033" in codes(code, "worker/x.py", self.RULES)
        assert codes(code, "app/tasks/x.py", self.RULES) == set()

    def test_an_anti_pattern_with_files_is_read_so_too(self) -> None:
        code = "import time\nfrom fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/')\ndef f():\n    time.sleep(1)\n"
        assert codes(code, "app/api/x.py", self.RULES) == {"BG021"}
        assert codes(code, "src/api/x.py", self.RULES) == {"BG021"}
        assert codes(code, "src/web/x.py", self.RULES) == set()

    def test_what_is_read_in_a_glob_s_place_is_not_looked_up_again(self) -> None:
        """A rule's app/api/v1/** is read as app/api/**, which is not read as src/api/* in turn."""
        code = "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/')\ndef f():\n    import_x()\n"
        assert codes(code, "app/api/x.py", self.RULES) == {"BG021"}
        assert codes(code, "src/api/x.py", self.RULES) == set()

    def test_an_exclusion_is_read_so_too(self) -> None:
        code = "job.status = 'processing'\n"
        assert codes(code, "migrations/x.py", self.RULES) == {"BG010"}
        assert codes(code, "versions/x.py", self.RULES) == set()
        assert codes(code, "alembic/x.py", self.RULES) == set()

    def test_the_legacy_values_follow_the_files_of_tasks(self) -> None:
        code = "job.status = 'passed'\n"
        assert (
            codes(code, "worker/x.py", self.RULES)
            == codes(code, "src/models/x.py", self.RULES) - {"BG002", "BG004"}
            == {"BG010"}
        )
        assert codes(code, "app/tasks/x.py", self.RULES) == set()

    def test_models_and_pages_have_them_too(self) -> None:
        assert codes(MODEL, "src/a/models/x.py", self.RULES) == {"BG002", "BG004"}
        assert codes(MODEL, "models/database/import_job.py", self.RULES) == set()
        catalogue = Catalogue(loader.load(dedent(self.RULES), "own.yaml"))
        assert len(catalogue.covering(Family.FRONTEND, "web/a/page.js")) == 2
        assert catalogue.covering(Family.FRONTEND, "static/admin/js/page.js") == ()
        assert [glob.text for glob in catalogue.globs(Family.TASKS)] == ["src/**/jobs/*.py", "worker/*.py"]
        assert catalogue.names("web/page.js") and not catalogue.names("static/admin/js/page.js")

    def test_hold_for_rules_of_ones_own_and_for_changed_ones(self) -> None:
        rules = """
            paths: {jobs.py: [a.py, b.py]}
            background_task_rules:
              - {id: BG-101, name: n, severity: info, patterns: [{file: jobs.py, must_contain: outbox}]}
              - {id: BG-102, name: n, severity: info, anti_patterns: [{file: jobs.py, pattern: TODO}]}
        """
        assert codes("TODO = 1\n", "a.py", rules) == codes("TODO = 1\n", "b.py", rules) == {"BG101", "BG102"}
        assert codes("TODO = 1\n", "jobs.py", rules) == set()


class TestExclude:
    RULES = """
        extends: bundled
        exclude: [app/tasks/utils.py, "**/generated/**"]
        background_task_rules:
          - {id: BG-030, exclude: ["app/tasks/legacy_*.py", app/tasks/old.py]}
          - {id: BG-101, name: n, severity: info, patterns: [{must_contain: outbox}], exclude: "**/x.py"}
    """

    def test_at_the_top_holds_for_every_rule(self) -> None:
        assert codes(TASK, "app/tasks/utils.py", self.RULES) == set()
        assert codes("job.status = 'processing'\n", "lib/generated/x.py", self.RULES) == set()

    def test_in_a_rule_holds_for_this_rule(self) -> None:
        others = {"BG031", "BG032", "BG033", "BG101"}
        assert codes(TASK, "app/tasks/legacy_imports.py", self.RULES) == others
        assert codes(TASK, "app/tasks/old.py", self.RULES) == others
        assert codes(TASK, "app/tasks/imports.py", self.RULES) == others | {"BG030"}

    def test_speaks_of_paths_and_not_of_code_without_one(self) -> None:
        assert codes("x = 1\n", None, self.RULES) == {"BG101"}
        assert codes("x = 1\n", "lib/x.py", self.RULES) == set()

    def test_keeps_the_plugin_from_naming_the_file(self) -> None:
        catalogue = Catalogue(loader.load(dedent(self.RULES), "own.yaml"))
        assert not catalogue.names("app/tasks/utils.py")
        assert catalogue.names("app/tasks/old.py")


@pytest.fixture
def team(project):
    """A project with a rules file of its own and three files that break its rules."""
    project.write(".flake8", "[flake8]\nselect = BG\nbgtasks-rules = conf/bgtasks.yaml\n")
    project.write(
        "conf/bgtasks.yaml",
        """\
extends: bundled
paths: {"app/tasks/*.py": worker/*.py}
equivalents: {started_at: began_at}
background_task_rules:
  - {id: BG-031, severity: info}
  - {id: BG-032, enabled: false}
  - {id: BG-033, enabled: false}
  - id: BG-101
    name: Tasks have a time limit
    severity: warning
    family: tasks
    patterns: [{file: "worker/*.py", must_contain: "limit()"}]
  - id: BG-900
    name: No prints
    severity: info
    anti_patterns: [{pattern: "print\\\\(", message: "Use the log"}]
""",
    )
    project.write("worker/jobs.py", "def work(job):\n    job.began_at = now()\n    print(job)\n")
    return project


FOUND = (
    './worker/jobs.py:1:1: BG030 work() never sets status = "running" [error]',
    './worker/jobs.py:1:1: BG031 work() never sets completed_at and never sets status = "completed" or status = "failed" [info]',
    "./worker/jobs.py:1:1: BG101 work() never calls limit() [warning]",
    "./worker/jobs.py:3:5: BG900 Use the log [info]",
)


class TestFlake8:
    def test_finds_what_the_rules_of_the_team_say(self, team) -> None:
        assert team.flake8() == (1, FOUND, "")

    def test_finds_it_without_the_configuration(self, team) -> None:
        arguments = ("--isolated", "--select", "BG", "--bgtasks-rules", "conf/bgtasks.yaml")
        assert team.flake8(*arguments) == (1, FOUND, "")

    def test_finds_it_without_the_seam_which_says_that_javascript_is_not_linted(self, team) -> None:
        code, lines, errors = team.flake8("--bgtasks-no-seam", "--select", "BG")
        assert (code, lines) == (1, FOUND)
        assert "JavaScript is not linted" in errors

    @pytest.mark.parametrize("prefix", ["BG101", "BG1", "BG10", "BG900", "BG9"])
    def test_selects_own_ids_whatever_family_they_are_of(self, team, prefix: str) -> None:
        """A rule of the family ``tasks`` with the code BG101 comes from the checker that is called BG03."""
        expected = tuple(line for line in FOUND if f" {prefix}" in line)
        assert expected
        assert team.flake8("--select", prefix).lines == expected
        assert team.flake8("--select", prefix, "--bgtasks-no-seam").lines == expected

    def test_finds_own_ids_without_being_told_to(self, team) -> None:
        team.write(".flake8", "[flake8]\nbgtasks-rules = conf/bgtasks.yaml\n")
        assert tuple(line for line in team.flake8().lines if " BG" in line) == FOUND

    @pytest.mark.parametrize(
        ("comment", "left"),
        [
            ("# noqa: BG101", (FOUND[0], FOUND[1], FOUND[3])),
            ("# noqa: BG101, BG030, BG031", (FOUND[3],)),
            ("# noqa: BG900", FOUND),
            ("# noqa", (FOUND[3],)),
        ],
    )
    def test_knows_noqa_for_own_ids(self, team, comment: str, left: tuple[str, ...]) -> None:
        team.write("worker/jobs.py", f"def work(job):  {comment}\n    job.began_at = now()\n    print(job)\n")
        assert team.flake8().lines == left

    def test_ignores_own_ids_per_file(self, team) -> None:
        team.write(".flake8", (team.root / ".flake8").read_text() + "per-file-ignores =\n    worker/*: BG9,BG03\n")
        assert team.flake8().lines == (FOUND[2],)

    @pytest.mark.parametrize(
        ("threshold", "left"), [("warning", (FOUND[0], FOUND[2])), ("error", FOUND[:1]), ("info", FOUND)]
    )
    def test_takes_a_threshold_from_a_file_as_from_the_command_line(
        self, team, threshold: str, left: tuple[str, ...]
    ) -> None:
        assert team.flake8("--bgtasks-severity", threshold).lines == left
        team.write(".flake8", (team.root / ".flake8").read_text() + f"bgtasks-severity = {threshold}\n")
        assert team.flake8().lines == left
        assert team.flake8("--bgtasks-severity", "info").lines == FOUND

    def test_stops_with_all_that_is_wrong(self, team) -> None:
        file = team.root / "conf/bgtasks.yaml"
        file.write_text(
            file.read_text().replace("must_contain", "must_contians").replace("enabled: false", "enabled: 0")
        )
        run = team.flake8()
        assert run.code == 1 and run.errors == ""
        assert run.lines[1:] == (
            "bgtasks-rules: the file cannot be used",
            "conf/bgtasks.yaml:6:27: 'enabled' must be true or false, not the number 0: write it without quotes",
            "conf/bgtasks.yaml:7:27: 'enabled' must be true or false, not the number 0: write it without quotes",
            f"conf/bgtasks.yaml:12:16: a pattern requires nothing: add one of {', '.join(DEMANDS)}",
            "conf/bgtasks.yaml:12:38: unknown key 'must_contians' (did you mean 'must_contain'?)",
        )
        assert "/project/conf/bgtasks.yaml:6:27: " in team.flake8(cwd="worker").text


class TestPyproject:
    """flake8 reads no pyproject.toml of itself; Flake8-pyproject makes it."""

    @pytest.fixture
    def team(self, team):
        pytest.importorskip("flake8p", reason="needs Flake8-pyproject")
        (team.root / ".flake8").unlink()
        return team

    def test_options_are_relative_to_it(self, team) -> None:
        team.write("pyproject.toml", '[tool.flake8]\nselect = ["BG"]\nbgtasks-rules = "conf/bgtasks.yaml"\n')
        assert team.flake8().lines == FOUND
        found = team.flake8("--toml-config", "../pyproject.toml", cwd="worker").lines
        assert found == tuple(line.replace("./worker/", "./") for line in FOUND)

    def test_a_bare_name_and_a_threshold(self, team) -> None:
        (team.root / "conf/bgtasks.yaml").rename(team.root / "bgtasks.yaml")
        options = 'bgtasks-rules = "bgtasks.yaml"\nbgtasks_severity = "warning"\nbgtasks-root = "."\n'
        team.write("pyproject.toml", f'[tool.flake8]\nselect = ["BG"]\n{options}')
        found = team.flake8("--toml-config", "../pyproject.toml", cwd="worker").lines
        assert found == ("./jobs.py" + FOUND[0][16:], "./jobs.py" + FOUND[2][16:])

    def test_the_command_line_wins(self, team) -> None:
        team.write("pyproject.toml", '[tool.flake8]\nbgtasks-rules = "conf/bgtasks.yaml"\nbgtasks-severity = "error"\n')
        assert team.flake8("--select", "BG", "--bgtasks-severity", "info").lines == FOUND

    def test_what_is_wrong_is_said_in_one_message(self, team) -> None:
        team.write("pyproject.toml", '[tool.flake8]\nbgtasks-rules = "missing.yaml"\n')
        run = team.flake8()
        assert run.code == 1 and "missing.yaml:1:1: cannot be read" in run.text and "Traceback" not in run.text
