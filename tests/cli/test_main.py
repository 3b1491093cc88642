"""How the command ends, and what it says of itself."""

import json

import pytest

import flake8_bgtasks
from flake8_bgtasks.cli.main import COMMANDS


def test_it_says_which_version_it_is(run) -> None:
    assert run("--version").output == f"bgtasks, version {flake8_bgtasks.__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_teaches_what_it_does(run, name: str) -> None:
    answer = run(name, "--help")
    assert answer.exit_code == 0
    assert f"bgtasks {name}" in answer.output
    assert f"\n  {name} " in run("--help").output


def test_an_unknown_command_is_wrong_use(run) -> None:
    answer = run("explian")
    assert answer.exit_code == 2
    assert "No such command 'explian'" in answer.stderr


def test_a_fault_of_ours_is_no_traceback(project) -> None:
    broken = "from flake8_bgtasks.cli import main, schema\nschema.schema.callback = lambda: 1 / 0\nmain.main()"
    answer = project.python("-c", f"import sys; sys.argv = ['bgtasks', 'schema']\n{broken}")
    assert answer.code == 2
    assert answer.errors.startswith("bgtasks: internal fault: ZeroDivisionError: division by zero")
    assert "Traceback" not in answer.errors


def test_a_reader_that_goes_away_is_no_fault(project) -> None:
    code = "import subprocess, sys; sys.exit(subprocess.run(f'{sys.executable} -m flake8_bgtasks.cli schema | head -n 1', shell=True).returncode)"
    answer = project.python("-c", code)
    assert (answer.lines, answer.errors) == (("{",), "")


def test_the_schema_is_printed(run) -> None:
    assert json.loads(run("schema").output)["title"]


def test_flake8_does_not_load_the_command(project) -> None:
    project.write("x.py", "x = 1\n")
    code = "import sys\nfrom flake8.main.cli import main\nassert main(['x.py']) == 0\nassert 'click' not in sys.modules"
    assert project.python("-c", code).errors == ""
