"""`bgtasks doctor`: what it finds nothing wrong with, what it finds, and the line to write against it."""

import json
import os
import sys

import pytest

from flake8_bgtasks.cli.diagnoses.configuration import Configuration, diagnose_configuration
from flake8_bgtasks.host import seam

RULES = """\
background_task_rules:
  - id: BG-030
    name: Tasks say that they run
    severity: warning
    patterns: [{file: "app/tasks/*.py", must_contain: started_at}]
  - id: BG-101
    name: Nothing sleeps
    severity: error
    anti_patterns: [{pattern: 'time\\.sleep', file: "app/**", message: Don't sleep}]
"""
PAGES = """\
  - id: BG-041
    name: Pages poll seldom
    severity: info
    anti_patterns: [{pattern: "setInterval.*1000", file: "pages/*.js"}]
"""
FLAKE8 = "[flake8]\nbgtasks-rules = bg.yaml\n"
TASK = "def import_products(job):\n    job.started_at = now()\n"


@pytest.fixture
def shop(project, monkeypatch):
    """A project without any obstacle: its rules cover a file."""
    monkeypatch.setenv("PATH", "")
    project.write("bg.yaml", RULES)
    project.write(".flake8", FLAKE8)
    project.write("app/tasks/products.py", TASK)
    return project


@pytest.fixture
def examined(run):
    """Run the doctor, and return the obstacles and what is deliberate, each as ``what | write | where``."""

    def examine(*arguments: str) -> tuple[list[str], list[str]]:
        answer = run("doctor", "--json", *arguments)
        found = json.loads(answer.output)
        obstacles, deliberate = (
            [" | ".join(one.values()) for one in found[key]] for key in ("obstacles", "deliberate")
        )
        assert answer.exit_code == (1 if obstacles else 0)
        return obstacles, deliberate

    return examine


class TestNothingIsInTheWay:
    def test_of_a_project_that_is_well(self, shop, run) -> None:
        answer = run("doctor")
        assert answer.exit_code == 0
        assert answer.output.endswith("Nothing stands between you and your findings.\n")

    @pytest.mark.parametrize(
        "options",
        [
            pytest.param("select = B,BG,E", id="our codes are selected"),
            pytest.param("select = B", id="what selects bugbear selects us"),
            pytest.param("select = E\nextend-select = BG", id="our codes are selected besides"),
            pytest.param("select = BG030,BG101\nignore = BG", id="the longer prefix wins"),
            pytest.param("ignore = B0,B9,E203", id="bugbear is ignored by its own codes"),
            pytest.param("per-file-ignores =\n    tests/*:B", id="a folder is left out that no rule covers"),
            pytest.param("per-file-ignores =\n    app/tasks/*:B0,E501", id="other codes are left out in our files"),
        ],
    )
    def test_in_the_selection(self, shop, examined, options: str) -> None:
        shop.write(".flake8", f"{FLAKE8}{options}\n")
        assert examined() == ([], [])

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("pyproject.toml", '[tool.ruff.lint]\nselect = ["E", "F"]\n'),
            ("pyproject.toml", '[tool.ruff.lint]\nselect = ["RUF"]\nexternal = ["BG"]\n'),
            ("pyproject.toml", '[tool.ruff.lint]\nselect = ["RUF"]\nexternal = ["B"]\n'),
            ("pyproject.toml", '[tool.ruff.lint]\nselect = ["ALL"]\nignore = ["RUF10"]\n'),
            ("pyproject.toml", "[tool.ruff]\nline-length = 100\n"),
            ("ruff.toml", "[lint\n"),
            ("ruff.toml", '[lint]\nselect = ["ALL"]\nexternal = ["V", "BG"]\n'),
            ("ruff.toml", 'extend = "base.toml"\n[lint]\nselect = ["ALL"]\n'),
            ("ruff.toml", 'extend = "ruff.toml"\n'),
        ],
    )
    def test_in_ruff(self, shop, examined, name: str, text: str) -> None:
        shop.write("base.toml", '[lint]\nexternal = ["BG"]\n')
        shop.write(name, text)
        assert examined() == ([], [])

    @pytest.mark.parametrize(
        "hook",
        [
            "repo: https://github.com/PyCQA/flake8\n  hooks: [{id: flake8, additional_dependencies: [flake8-bgtasks==1.0]}]",
            "repo: https://github.com/PyCQA/flake8\n  hooks: [{id: flake8, additional_dependencies: ['git+https://x/flake8_bgtasks']}]",
            "repo: local\n  hooks: [{id: flake8, language: system, entry: flake8}]",
            "repo: https://github.com/astral-sh/ruff-pre-commit\n  hooks: [{id: ruff}]",
            "repo: x\n  hooks: 3",
            "[",
        ],
    )
    def test_in_pre_commit(self, shop, examined, hook: str) -> None:
        shop.write(".pre-commit-config.yaml", f"repos:\n- {hook}\n")
        assert examined() == ([], [])

    def test_in_comments_that_hide_a_finding(self, shop, examined) -> None:
        code = (
            "import time\n"
            "def import_products(job):  # noqa: BG030\n"
            "    time.sleep(1)  # noqa: E501, BG101\n"
            "    time.sleep(len('''\n    '''))  # noqa: BG101\n"
            "    return '''\n    # noqa: BG041\n    '''\n"
        )
        shop.write("app/tasks/products.py", code)
        assert examined() == ([], [])

    def test_in_a_comment_on_what_other_settings_hide_as_well(self, shop, examined) -> None:
        shop.write(".flake8", f"{FLAKE8}bgtasks-severity = error\n")
        shop.write("app/tasks/products.py", "def import_products(job):  # noqa: BG030\n    work(job)\n")
        assert examined()[0] == []

    def test_in_other_files_with_sections_of_other_tools(self, shop, examined) -> None:
        shop.write("setup.cfg", "[metadata]\nname = shop\n")
        shop.write("tox.ini", "[tox]\nenvlist = py\n")
        shop.write("conf/other.yaml", "services: {}\n")
        assert examined() == ([], [])


SELECTIONS = {
    "all are ignored": (
        "ignore = E203,BG,W503",
        "ignore has BG, which hides BG030 and BG101 | ignore = E203,W503 | .flake8:3",
    ),
    "bugbear is ignored": (
        "extend-ignore = B",
        "extend-ignore has B, which hides BG030 and BG101 along with flake8-bugbear's codes"
        " | extend-ignore = B0,B9 | .flake8:3",
    ),
    "a family is ignored": (
        "extend_ignore = BG03",
        "extend-ignore has BG03, which hides BG030 | (nothing: remove extend-ignore) | .flake8:3",
    ),
    "others are selected": (
        "select = E,F",
        "select = E,F leaves out BG030 and BG101 | extend-select = BG | .flake8, under [flake8]",
    ),
    "some of ours are selected": (
        "select = E\nextend-select = BG0",
        "select = E leaves out BG101 | extend-select = BG0,BG | .flake8:4",
    ),
    "bugbear is ignored in files that rules cover": (
        "per-file-ignores =\n    app/*:B,E501",
        "per-file-ignores has B for app/*, which hides our findings in 1 file along with flake8-bugbear's codes"
        " | per-file-ignores = app/*:B0,B9,E501 | .flake8:3",
    ),
}


@pytest.mark.parametrize(("options", "expected"), [pytest.param(*case, id=name) for name, case in SELECTIONS.items()])
def test_what_hides_our_codes(shop, examined, options: str, expected: str) -> None:
    shop.write(".flake8", f"{FLAKE8}{options}\n")
    assert examined() == ([expected], [])


DELIBERATE = {
    "a code is ignored": (
        "ignore = BG030",
        "ignore has BG030, which hides BG030 | (nothing: remove ignore) | .flake8:3",
    ),
    "our codes are ignored in some files": (
        "per-file-ignores = app/tasks/*:BG,E501",
        "per-file-ignores has BG for app/tasks/*, which hides our findings in 1 file"
        " | per-file-ignores = app/tasks/*:E501 | .flake8:3",
    ),
    "a threshold is set": (
        "bgtasks-severity = error",
        "bgtasks-severity = error leaves out BG030 | bgtasks-severity = info | .flake8:3",
    ),
}


@pytest.mark.parametrize(("options", "expected"), [pytest.param(*case, id=name) for name, case in DELIBERATE.items()])
def test_what_is_deliberate_is_no_obstacle(shop, examined, options: str, expected: str) -> None:
    shop.write(".flake8", f"{FLAKE8}{options}\n")
    assert examined() == ([], [expected])


RUFF = {
    "in pyproject": (
        "pyproject.toml",
        '[tool.ruff.lint]\nselect = ["RUF"]\n',
        'external = ["BG"] | pyproject.toml:1, under [tool.ruff.lint]',
    ),
    "in a file of its own": (
        "ruff.toml",
        'line-length = 100\n[lint]\nextend-select = ["RUF102"]\nexternal = ["V"]\n',
        'external = ["V", "BG"] | ruff.toml:4, under [lint]',
    ),
    "in old spelling": (
        "pyproject.toml",
        '[tool.ruff]\nselect = ["ALL"]\nignore = ["RUF"]\nextend-select = ["RUF100"]\n',
        'external = ["BG"] | pyproject.toml, under [tool.ruff.lint]',
    ),
    "where one code is known": (
        "ruff.toml",
        '[lint]\nselect = ["RUF"]\nexternal = ["BG030"]\n',
        'external = ["BG030", "BG"] | ruff.toml:3, under [lint]',
    ),
}


@pytest.mark.parametrize(("name", "text", "expected"), [pytest.param(*case, id=name) for name, case in RUFF.items()])
def test_a_ruff_that_deletes_our_noqa(shop, examined, name: str, text: str, expected: str) -> None:
    shop.write(name, text)
    what = "ruff takes our noqa for unused (RUF100, RUF102), and ruff --fix deletes it"
    assert examined() == ([f"{what} | {expected}"], [])


HOOKS = {
    "without anything": ("{id: flake8}", "additional_dependencies: [flake8-bgtasks]"),
    "with other plugins": (
        "{id: flake8, additional_dependencies: [flake8-bugbear]}",
        "additional_dependencies: [flake8-bugbear, flake8-bgtasks]",
    ),
}


@pytest.mark.parametrize(("hook", "write"), [pytest.param(*case, id=name) for name, case in HOOKS.items()])
def test_a_hook_without_us(shop, examined, hook: str, write: str) -> None:
    config = f"repos:\n- repo: https://github.com/PyCQA/flake8\n  rev: 7.3.0\n  hooks:\n  - {hook}\n"
    shop.write(".pre-commit-config.yaml", config)
    what = "the flake8 hook of pre-commit runs without flake8-bgtasks"
    assert examined() == ([f"{what} | {write} | .pre-commit-config.yaml:5"], [])


def test_a_hook_that_is_given_no_scripts(shop, examined) -> None:
    shop.write("bg.yaml", RULES + PAGES)
    shop.write("pages/jobs.js", "f();\n")
    hook = "{id: flake8, additional_dependencies: [flake8-bgtasks]}"
    shop.write(".pre-commit-config.yaml", f"repos: [{{repo: x, hooks: [{hook}]}}]\n")
    (said,) = examined()[0]
    assert said.startswith("the flake8 hook of pre-commit is given Python files only")
    assert " | types: [file]\ntypes_or: [python, javascript] | .pre-commit-config.yaml:1" in said
    shop.write(
        ".pre-commit-config.yaml", f"repos: [{{repo: x, hooks: [{hook[:-1]}, types_or: [python, javascript]}}]}}]\n"
    )
    assert examined() == ([], [])


class TestRulesThatReachNothing:
    def test_for_their_globs(self, shop, examined) -> None:
        shop.write("bg.yaml", RULES.replace("app/tasks", "lib/tasks"))
        said = "BG030 covers no file here | paths: {...}, or 'enabled: false' for each | bg.yaml"
        assert examined() == ([said], [])

    def test_for_the_root(self, shop, examined) -> None:
        (shop.root / "backend").mkdir()
        (shop.root / "app").rename(shop.root / "backend/app")
        said = "BG030 and BG101 cover no file from the root that counts, and would from backend"
        assert examined() == ([f"{said} | bgtasks-root = backend | .flake8, under [flake8]"], [])

    def test_for_a_root_too_deep(self, shop, examined) -> None:
        shop.write("app/pyproject.toml", "")
        said = "BG030 and BG101 cover no file from the root that counts, and would from ."
        assert examined() == ([f"{said} | bgtasks-root = . | .flake8, under [flake8]"], [])

    def test_for_what_flake8_excludes(self, shop, examined) -> None:
        shop.write(".flake8", f"{FLAKE8}extend-exclude =\n    app/tasks,\n    docs\n")
        shop.write("app/api.py", "")
        what = "flake8's extend-exclude has app/tasks, so that BG030 covers no file, such as app/tasks/products.py"
        assert examined() == ([f"{what} | (take app/tasks out) | .flake8:3"], [])

    def test_and_not_for_the_root_where_other_rules_reach_something(self, shop, examined) -> None:
        shop.write("app/api.py", "")
        (shop.root / "app/tasks/products.py").rename(shop.root / "app/products.py")
        shop.write("examples/app/tasks/products.py", TASK)
        assert examined()[0] == ["BG030 covers no file here | paths: {...}, or 'enabled: false' for each | bg.yaml"]

    def test_with_the_bundled_rules(self, shop, examined) -> None:
        shop.write(".flake8", "[flake8]\n")
        (shop.root / "bg.yaml").unlink()
        (said,) = examined()[0]
        assert said.startswith("9 rules cover no file here: BG001, ") and "bgtasks init" in said

    def test_for_no_file_is_there(self, shop, examined) -> None:
        (shop.root / "app/tasks/products.py").unlink()
        assert examined()[0][0].startswith("flake8 looks at no file here | ")


class TestTheConfiguration:
    def test_that_cannot_be_used(self, shop, examined) -> None:
        shop.write("bg.yaml", RULES.replace("name:", "nmae:", 1))
        (said,) = examined()[0]
        assert said.startswith("flake8 cannot run: bgtasks-rules: the file cannot be used\nbg.yaml:2:5: ")
        assert said.endswith(" | (mend this, or take bgtasks-rules out) | .flake8:2")

    def test_with_options_that_are_none(self, shop, examined) -> None:
        shop.write(".flake8", f"{FLAKE8}bgtasks_baselin = known.jsonl\nbgtasks-colour = red\n")
        assert examined()[0] == [
            "flake8 knows no option bgtasks_baselin, and passes over it | bgtasks-baseline = known.jsonl | .flake8:3",
            "flake8 knows no option bgtasks-colour, and passes over it | (one of bgtasks-rules, bgtasks-root,"
            " bgtasks-severity, bgtasks-baseline, bgtasks-no-seam) | .flake8:4",
        ]

    def test_of_which_there_are_two(self, shop, examined) -> None:
        shop.write("setup.cfg", FLAKE8)
        assert examined()[0] == [
            "flake8 does not read .flake8, since it found setup.cfg first"
            " | (its options belong in setup.cfg) | .flake8, under [flake8]"
        ]

    def test_in_pyproject_without_its_plugin(self, shop, monkeypatch) -> None:
        monkeypatch.chdir(shop.root)
        shop.write("pyproject.toml", "[tool.flake8]\nbgtasks-rules = 'bg.yaml'\n")
        (found,) = diagnose_configuration(Configuration(str(shop.root / ".flake8"), reads_toml=False))
        assert (found.write, found.where) == ("pip install Flake8-pyproject", "pyproject.toml")
        assert list(diagnose_configuration(Configuration(str(shop.root / ".flake8"), reads_toml=True))) == []

    def test_in_pyproject_with_its_plugin(self, shop, run) -> None:
        pytest.importorskip("flake8p", reason="needs Flake8-pyproject")
        shop.write(".flake8", "")
        shop.write("pyproject.toml", '[tool.flake8]\nbgtasks-rules = "bg.yaml"\nignore = ["BG"]\n')
        found = json.loads(run("doctor", "--json").output)
        assert found["facts"]["configuration"].startswith("pyproject.toml (read by Flake8-pyproject")
        assert found["obstacles"][0]["where"] == "pyproject.toml:3"

    def test_that_names_no_rules_file_though_there_is_one(self, shop, examined) -> None:
        shop.write(".flake8", "[flake8]\n")
        said = (
            "bg.yaml looks like a rules file, and nothing names it | bgtasks-rules = bg.yaml | .flake8, under [flake8]"
        )
        assert examined()[0] == [said]


class TestTheSeam:
    def test_is_switched_off(self, shop, examined) -> None:
        shop.write(".flake8", f"{FLAKE8}bgtasks-no-seam = true\n")
        said = "bgtasks-no-seam is set: hidden syntax errors are silent | (nothing: remove bgtasks-no-seam) | .flake8:3"
        assert examined() == ([said], [])

    def test_has_stepped_aside(self, shop, examined, monkeypatch) -> None:
        monkeypatch.setattr(seam, "put_in_place", lambda options: None)
        monkeypatch.setattr(seam, "is_in_place", lambda: False)
        (said,) = examined()[0]
        assert said.startswith("this flake8 is too new for our seam")


class TestComments:
    def test_that_hide_nothing(self, shop, examined) -> None:
        shop.write(
            "app/tasks/products.py", TASK.replace(":\n", ":  # noqa: E501, BG030\n", 1) + "x = 1  # noqa: BG10\n"
        )
        assert examined()[0] == [
            "this noqa hides no BG030: there is none | # noqa: E501 | app/tasks/products.py:1",
            "this noqa hides no BG10: there is none | (nothing: remove the comment) | app/tasks/products.py:3",
        ]

    def test_that_hide_nothing_beside_one_that_does(self, shop, examined) -> None:
        code = "import time\nx = 1  # noqa: BG101\ntime.sleep(1)  # noqa: BG101\n"
        shop.write("app/tasks/products.py", code)
        assert [said.split(" | ")[-1] for said in examined()[0]] == ["app/tasks/products.py:2"]

    def test_that_hide_everything(self, shop, examined) -> None:
        shop.write("app/tasks/products.py", TASK.replace(":\n", ":  # noqa: BG\n", 1))
        (said,) = examined()[0]
        assert said.startswith("flake8 takes '# noqa: BG' for a blanket noqa")

    def test_in_scripts(self, shop, examined) -> None:
        shop.write("bg.yaml", RULES + PAGES)
        shop.write("pages/jobs.js", "setInterval(poll, 1000); // noqa: BG041\nf(); // noqa: BG041\n")
        assert [said.split(" | ")[-1] for said in examined()[0]] == ["pages/jobs.js:2"]


def test_comments_of_a_file_that_breaks_off_are_read_as_far_as_it_goes(shop, examined) -> None:
    shop.write("app/broken.py", "x = 1  # noqa: BG030\ny = (\n")
    obstacles, _ = examined()
    assert any("app/broken.py:1" in one and "this noqa hides no BG030" in one for one in obstacles)


def test_a_project_for_a_later_python(shop, examined) -> None:
    for wanted in ('">=3.8"', '">=2.7"', '"<4"', "3"):
        shop.write("pyproject.toml", f"[project]\nrequires-python = {wanted}\n")
        assert examined() == ([], [])
    shop.write("pyproject.toml", '[project]\nrequires-python = ">=3.99,<4"\n')
    (said,) = examined()[0]
    assert said.startswith("the project is written for Python 3.99 and flake8 runs on 3.")
    assert said.endswith(" | python3.99 -m pip install flake8 flake8-bgtasks | pyproject.toml:2")


def test_another_flake8_on_the_path_is_mentioned(shop, examined, monkeypatch) -> None:
    file = shop.write("bin/flake8", "#!/opt/other/bin/python\n")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(file.parent))
    assert [said.split(" | ")[1] for said in examined()[1]] == ["python -m flake8 --select BG"]
    for first in (f"#!{sys.executable}", "#!/usr/bin/env bash", "\x7fELF"):
        file.write_text(f"{first}\n")
        assert examined() == ([], [])


def test_the_facts_say_what_counts_and_why(shop, run) -> None:
    shop.write("known.jsonl", '{"flake8-bgtasks-baseline": 1}\n')
    shop.write(".flake8", f"{FLAKE8}bgtasks-baseline = known.jsonl\nbgtasks-severity = warning\n")
    facts = json.loads(run("doctor", "--json").output)["facts"]
    assert "flake8-bgtasks 0." in facts.pop("versions")
    assert facts == {
        "configuration": ".flake8 (the first with a section of flake8's, here or above)",
        "root": ". (the closest directory above its files, for it holds .flake8)",
        "rules": "bg.yaml (bgtasks-rules in .flake8:2): 2 rules, 2 switched on",
        "files": "1 that flake8 looks at",
        "severity": "warning and above",
        "baseline": "known.jsonl: what it has is not shown",
    }


def test_a_root_of_its_own_is_told(shop, run, monkeypatch) -> None:
    shop.write("worker/setup.cfg", "")
    shop.write("worker/x.py", "")
    facts = json.loads(run("doctor", "--json").output)["facts"]
    assert facts["root"] == (
        ". (the closest directory above its files, for it holds .flake8) for 1 file"
        " / worker (the closest directory above its files, for it holds setup.cfg) for 1 file"
    )
    facts = json.loads(run("doctor", "--json", "--bgtasks-root", "app").output)["facts"]
    assert facts["root"] == "app (bgtasks-root in .flake8, under [flake8])"


def test_the_facts_say_which_configuration_was_asked_for(shop, run) -> None:
    shop.write("other.cfg", FLAKE8)
    facts = json.loads(run("doctor", "--json", "--config", "other.cfg").output)["facts"]
    assert facts["configuration"] == "other.cfg (as asked)"
    assert facts["rules"].startswith("bg.yaml (bgtasks-rules in other.cfg:2)")


def test_the_facts_say_that_there_is_no_configuration(shop, run, monkeypatch) -> None:
    (shop.root / ".flake8").rename(shop.root / "setup.cfg.old")
    (shop.root / "app/.git").mkdir()
    monkeypatch.setenv("HOME", str(shop.root / "app"))
    monkeypatch.chdir(shop.root / "app")
    facts = json.loads(run("doctor", "--json").output)["facts"]
    assert (
        facts["configuration"]
        == "none: flake8 found no setup.cfg, tox.ini or .flake8 with a [flake8] section here or above"
    )


def test_it_is_shown_with_what_to_write(shop, run) -> None:
    shop.write(".flake8", f"{FLAKE8}ignore = BG\n")
    answer = run("doctor")
    assert answer.exit_code == 1
    assert answer.output.split("\n\n", 1)[1].splitlines() == [
        "In the way",
        " 1  ignore has BG, which hides BG030 and BG101",
        "      .flake8:3",
        "        (nothing: remove ignore)",
        "",
        "1 thing in the way.",
    ]


def test_a_configuration_that_is_not_there_is_wrong_use(shop, run) -> None:
    answer = run("doctor", "--config", "missing.cfg")
    assert answer.exit_code == 2
    assert "missing.cfg" in answer.stderr and os.sep + "site-packages" not in answer.stderr
