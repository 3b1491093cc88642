"""A team's own rules: the unit is the module, and an id of any family gives that family's units."""

from textwrap import dedent

import pytest

from flake8_bgtasks.violation import Violation
from tests.linting import assert_as_marked, lint

RULES = """
background_task_rules:
  - id: BG-100
    name: Settings are read in one place
    severity: warning
    patterns:
      - file: "app/**/*.py"
        when_contains: ["settings", "read_config()"]
        must_contain: ["get_settings()", "audit"]
        must_contain_one_of: ["cached", "lru_cache"]
    anti_patterns:
      - pattern: 'os\\.environ'
        message: "Use get_settings()"
      - pattern: 'DEBUG = True'
        file: "**/*.py"
  - id: BG-101
    name: Registered
    severity: info
    patterns:
      - file: "registry.py"
        must_reference: Job
  - id: BG-102
    name: Everywhere
    severity: info
    anti_patterns:
      - pattern: "FIXME"
  - id: BG-103
    name: Polls seldom
    severity: info
    patterns:
      - file: "poll.py"
        should_match: "poll.*[3-5]0"
"""

SILENT = {
    "a rule that is not asked": "print('settings')",
    "a module that has it all": """
        settings = get_settings()
        @lru_cache
        def audit(): pass
        """,
    "what is only mentioned": """
        # settings
        '''settings'''
        x = "os.environ"  # FIXME DEBUG = True
        """,
    "a name that another continues": "audit_settings = 1",
    "an import alias that is not the module": "from app import environ\nenviron['x']",
}
SPEAKING = {
    "it lacks all": "print(settings)  # expect: BG100",
    "it lacks one": "settings = get_settings()  # expect: BG100\naudit(cached)\n".replace("audit", "log"),
    "a call asks as well": "read_config(1)  # expect: BG100",
    "a reference": "import os\nprint(os.environ['x'])  # expect: BG100",
    "a reference under another name": "from os import environ as e\nprint(\n    e['x'])  # expect: BG100",
    "a line": "x = 1\nif x:\n    DEBUG = True  # expect: BG100",
    "a line of another rule": "x = FIXME  # expect: BG102",
}


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT)
def test_silent(code: str) -> None:
    assert_as_marked(code, "app/core/config.py", rules=RULES)


@pytest.mark.parametrize("code", SPEAKING.values(), ids=SPEAKING)
def test_speaking(code: str) -> None:
    assert_as_marked(code, "app/core/config.py", rules=RULES)


def test_the_message_names_all_that_is_missing() -> None:
    assert lint("settings", "app/x.py", RULES) == [
        Violation(
            1,
            0,
            "BG100",
            "this file never calls get_settings() and never uses audit and never uses cached or lru_cache",
        )
    ]


def test_an_anti_pattern_without_a_message_says_what_it_matches() -> None:
    assert [one.text for one in lint("DEBUG = True", "x.py", RULES)] == ["matches DEBUG = True"]


def test_an_anti_pattern_without_a_file_covers_those_of_its_rule() -> None:
    code = "import os\nos.environ['x']\n"
    assert [one.line for one in lint(code, "app/x.py", RULES)] == [2]
    assert not lint(code, "tests/x.py", RULES)


@pytest.mark.parametrize("path", ["x.py", "deep/down/x.py", None])
def test_a_rule_without_files_covers_every_file(path: str | None) -> None:
    assert [(one.line, one.code) for one in lint("x = 1\nFIXME = 1\n", path, RULES)] == [(2, "BG102")]


def test_a_file_outside_of_the_root_meets_no_rule_that_is_bound_to_files() -> None:
    assert not lint("settings\nDEBUG = True\n", None, RULES)


def test_a_registry() -> None:
    assert not lint("from app import Job\nJOBS = [Job]\n", "registry.py", RULES)
    assert [(one.line, one.text) for one in lint("from app import Job\n", "registry.py", RULES)] == [
        (1, "this file never uses Job")
    ]


def test_something_that_should_match() -> None:
    assert not lint("poll(jobs, every=40)\n", "poll.py", RULES)
    assert [one.line for one in lint("x = 1\npoll(jobs, every=60)\n", "poll.py", RULES)] == [1]


def test_an_empty_package_file_is_no_module() -> None:
    rules = RULES.replace('        when_contains: ["settings", "read_config()"]\n', "")
    assert not lint("", "app/__init__.py", rules)
    assert not lint("# nothing\n", "app/__init__.py", rules)
    assert [one.line for one in lint("x = 1\n", "app/__init__.py", rules)] == [1]
    assert [one.line for one in lint("", "app/x.py", rules)] == [1]


FAMILIES = """
background_task_rules:
  - id: BG-005
    name: Job models have a queue
    severity: error
    patterns:
      - file: "models/*_job.py"
        must_contain: ["queue = Column", "priority"]
  - id: BG-011
    name: States have standard names
    severity: warning
    anti_patterns:
      - pattern: "state.*=.*sleeping"
        message: "Use 'waiting' instead of 'sleeping'"
  - id: BG-023
    name: Cancelling endpoints tell who cancelled
    severity: error
    patterns:
      - file: "app/api/*.py"
        endpoint_pattern: "@router.delete.*job"
        must_return: "cancelled_by"
        must_contain: "current_user"
    anti_patterns:
      - pattern: 'requests\\.(get|post)'
        message: "Do not call others in a request"
  - id: BG-034
    name: Tasks count their attempts
    severity: warning
    patterns:
      - file: "tasks/*.py"
        must_contain: ["attempts", "metrics.count()"]
        must_contain_one_of: ['outcome = "good"', 'outcome = "bad"']
    anti_patterns:
      - pattern: 'print\\('
        message: "Use a logger"
  - id: BG-100
    name: Modules say who owns them
    severity: info
    patterns:
      - file: "owned/*.py"
        must_contain: "OWNER = ..."
"""

FAMILY_CASES = {
    "models silent": (
        "models/import_job.py",
        """
        class ImportJob(Base):
            __tablename__ = "jobs"
            queue = Column(String)
            priority: Mapped[int]
        class Helper:
            pass
        """,
    ),
    "models speaking": (
        "models/import_job.py",
        """
        class ImportJob(Base):  # expect: BG005
            __tablename__ = "jobs"
            queue_name = Column(String)
            priority = 3
        """,
    ),
    "status silent": (
        "anywhere.py",
        """
        job.state = "waiting"
        job.real_state = "sleeping"
        log("state = sleeping")
        """,
    ),
    "status speaking": (
        "anywhere.py",
        """
        job.state = "sleeping"  # expect: BG011
        Job(
            state="sleeping",  # expect: BG011
        )
        """,
    ),
    "api silent": (
        "app/api/jobs.py",
        """
        import requests
        from fastapi import APIRouter, Depends
        router = APIRouter(prefix="/jobs")
        @router.delete("/{id}")
        def cancel(id: int, current_user=Depends(get_user)):
            return {"cancelled_by": current_user.name}
        @router.get("/{id}")
        def show(id: int):
            return {"id": id}
        def later():
            requests.get("x")
        """,
    ),
    "api speaking": (
        "app/api/jobs.py",
        """
        import requests as r
        from fastapi import APIRouter
        router = APIRouter(prefix="/jobs")
        @router.delete("/{id}")
        def cancel(id: int):
            r.post("x")  # expect: BG023
            return {"id": id}  # expect: BG023
        @router.delete("/{id}/now")
        def kill(id: int):  # expect: BG023
            return {"cancelled_by": 1}
        """,
    ),
    "tasks silent": (
        "tasks/load.py",
        """
        def load(job):
            job.attempts += 1
            _count()
            job.outcome = Outcome.GOOD
        def _count():
            metrics.count("load")
        """,
    ),
    "tasks speaking": (
        "tasks/load.py",
        """
        def load(job):  # expect: BG034
            if job.attempts:
                metrics.counted("load")
            print(
                "x")
        def clean(job):  # expect: BG034
            job.attempts = 1
            metrics.count()
            job.outcome = "ugly"
            print("x")
        """.replace("print(\n", "print(  # expect: BG034\n").replace('print("x")', 'print("x")  # expect: BG034'),
    ),
    "generic silent": ("owned/x.py", "OWNER = 'team'"),
    "generic speaking": ("owned/x.py", "OWNERS = 'team'  # expect: BG100"),
}


@pytest.mark.parametrize(("path", "code"), FAMILY_CASES.values(), ids=FAMILY_CASES)
def test_a_rule_of_every_family_takes_no_python(path: str, code: str) -> None:
    assert_as_marked(code, path, rules=FAMILIES)


def test_an_endpoint_gets_one_finding_for_all_that_it_lacks() -> None:
    code = dedent("""
        @router.delete("/jobs/{id}")
        def cancel(id: int):
            if id:
                return {"id": id}
            return {}
        """)
    assert lint(code, "app/api/jobs.py", FAMILIES) == [
        Violation(5, 8, "BG023", "cancel() does not return cancelled_by and never uses current_user")
    ]
