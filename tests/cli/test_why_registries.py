"""What `bgtasks why` tells of registries, and of demands on a module of a team's own."""

import pytest

RULES = """\
background_task_rules:
  - id: BG-101
    name: Registered
    severity: warning
    patterns:
      - {file: "app/registry.py", must_reference: [Job, Mail]}
      - {file: "app/api.py", must_return: job_id, when_contains: enqueue}
"""
SAID = {
    "a class that is registered": (
        "from app.models import Job\nTASKS = [Job]\n",
        "app/registry.py:2 TASKS = [Job] Job is registered",
    ),
    "a class that is not": (
        "from app.models import Job, Mail\nTASKS = [Job]\n",
        "app/registry.py:1 Mail is used nowhere in the file, in code this file: lacks Mail",
    ),
    "a registry that is followed": (
        "from app.real import TASKS\n",
        "app/registry.py:1 Mail is registered in a module that is imported this file: met",
    ),
}


@pytest.fixture
def why(run, project):
    """Return what is told of a file with this text, on one line."""

    def ask(path: str, text: str) -> str:
        project.write(".flake8", "[flake8]\nbgtasks-rules = rules.yaml\n")
        project.write("rules.yaml", RULES)
        project.write("app/models.py", "class Job: ...\nclass Mail: ...\n")
        project.write("app/real.py", "from app.models import Job, Mail\nTASKS = [Job, Mail]\n")
        project.write(path, text)
        answer = run("why", path)
        assert answer.exit_code in (0, 1), answer.output
        return " ".join(answer.output.split())

    return ask


@pytest.mark.parametrize(("text", "said"), SAID.values(), ids=SAID)
def test_a_module_of_a_teams_own_rule(text, said, why) -> None:
    assert said in why("app/registry.py", text)


ENDPOINT = (
    "from fastapi import APIRouter\nrouter = APIRouter()\n@router.post('/x')\ndef start():\n    return {'ok': 1}\n"
)


def test_a_demand_that_is_not_made_is_told(why) -> None:
    assert "1 file of which nothing is asked" in why("app/api.py", ENDPOINT)


def test_what_endpoints_return_is_told_at_the_finding(why) -> None:
    told = why("app/api.py", ENDPOINT + "enqueue(start)\n")
    assert "BG101 start() does not return job_id [warning]" in told


PAGES = """\
background_task_rules:
  - id: BG-049
    name: Pages
    severity: info
    patterns:
      - {file: "web/*.js", must_contain_one_of: [init, "poll()"]}
      - {file: "admin/*.js", must_contain: init}
"""


@pytest.mark.parametrize(
    ("text", "said"), [("poll();\n", "this page: met"), ("show();\n", "this page: lacks init, poll()")]
)
def test_either_of_two_in_a_page(text, said, run, project) -> None:
    project.write(".flake8", "[flake8]\nbgtasks-rules = rules.yaml\n")
    project.write("rules.yaml", PAGES)
    project.write("web/page.js", text)
    told = " ".join(run("why", "web/page.js").output.split())
    assert said in told
