"""A run of flake8 with a baseline: what is known is left out, what is new is shown, however flake8 is called."""

import pytest

HEAD = '{"flake8-bgtasks-baseline": 1}\n'
LACKS = 'import_products() never sets status = \\"running\\" and never sets started_at'
KNOWN = f'{{"path": "app/tasks/products.py", "code": "BG030", "message": "{LACKS}"}}\n'
FILE = "app/tasks/products.py"


@pytest.fixture
def known(shop):
    """A shop whose one finding is known, and whose baseline lies beside its rules."""
    shop.write("known.jsonl", HEAD + KNOWN)
    shop.write(".flake8", "[flake8]\nbgtasks-rules = bgtasks.yaml\nbgtasks-baseline = known.jsonl\n")
    return shop


NEW = "def export_products(job_id):\n    do(job_id)\n"


def shown(run):
    """The places and codes of a run that found something."""
    assert run.errors == ""
    return [line.split(" ")[:2] for line in run.lines]


def test_what_is_known_is_left_out(known):
    assert known.flake8("--select", "BG") == (0, (), "")


def test_without_the_option_it_is_shown(known):
    assert shown(known.flake8("--select", "BG", "--bgtasks-baseline=")) == [[f"./{FILE}:1:1:", "BG030"]]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param((), id="everything"),
        pytest.param((FILE,), id="one file"),
        pytest.param(("-j2", "app"), id="two processes"),
        pytest.param(("--bgtasks-no-seam",), id="the plain plugin interface"),
    ],
)
def test_what_is_new_is_shown_in_every_kind_of_run(known, bad, arguments):
    known.write(FILE, bad + NEW)
    known.write("app/tasks/other.py", "")
    found = shown(known.flake8("--select", "BG", *arguments))
    assert [[place.removeprefix("./"), code] for place, code in found] == [[f"{FILE}:3:1:", "BG030"]]


def test_a_buffer_is_judged_like_its_file(known, bad):
    text = "import os\n\n" + bad + NEW
    found = known.flake8("--select", "BG", f"--stdin-display-name={FILE}", "-", stdin=text)
    assert shown(found) == [[f"{FILE}:5:1:", "BG030"]]


def test_a_buffer_without_a_name_has_no_baseline(known):
    known.write(
        "bgtasks.yaml",
        (known.root / "bgtasks.yaml")
        .read_text()
        .replace('      - file: "app/tasks/*.py"\n        must', "      - must"),
    )
    known.write("known.jsonl", HEAD + KNOWN.replace(FILE, "stdin"))
    assert len(known.flake8("--select", "BG", "-", stdin="def f():\n    x()\n").lines) == 1


def test_spawned_processes_know_it_too(known, bad):
    known.write(FILE, bad + NEW)
    known.write("app/tasks/other.py", bad)
    code = (
        "import multiprocessing, sys\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method('spawn')\n"
        "    from flake8.main.cli import main\n"
        "    sys.exit(main(['--select=BG', '-j2', 'app']))\n"
    )
    known.write("run.py", code)
    assert shown(known.python("run.py")) == [["app/tasks/other.py:1:1:", "BG030"], [f"{FILE}:3:1:", "BG030"]]


def test_a_renamed_file_keeps_what_is_known(known):
    (known.root / FILE).rename(known.root / "app/tasks/imports.py")
    assert known.flake8("--select", "BG") == (0, (), "")


def test_a_copy_of_a_file_is_new(known, bad):
    known.write("app/tasks/copy.py", bad)
    assert shown(known.flake8("--select", "BG")) == [["./app/tasks/copy.py:1:1:", "BG030"]]


def test_another_severity_is_the_same_finding(known, rules):
    known.write("bgtasks.yaml", rules("warning"))
    assert known.flake8("--select", "BG") == (0, (), "")


def test_other_words_of_the_team_make_it_no_other_finding(known):
    rules = (known.root / "bgtasks.yaml").read_text()
    words = '{"started_at": "begun_at", \'"running"\': "in_progress"}'
    known.write("bgtasks.yaml", f"equivalents: {words}\n{rules}")
    assert known.flake8("--select", "BG") == (0, (), "")
    assert known.flake8("--select", "BG", "--bgtasks-baseline=").lines == (
        f'./{FILE}:1:1: BG030 import_products() never sets status = "running" (here also: "in_progress") and never sets'
        " started_at (here also: begun_at) [error]",
    )


def test_what_noqa_hides_uses_no_entry_up(known, bad):
    hidden = bad.replace(":\n", ":  # noqa: BG030\n", 1)
    known.write(FILE, hidden + bad)
    assert known.flake8("--select", "BG") == (0, (), "")
    assert len(known.flake8("--select", "BG", "--disable-noqa").lines) == 1


def test_what_cannot_be_checked_is_always_said(known):
    known.write("known.jsonl", HEAD + KNOWN + '{"path": "app/tasks/products.py", "code": "BG000", "message": "x"}\n')
    known.write(FILE, "def f(:\n")
    assert [code for _, code in shown(known.flake8("--select", "BG"))] == ["BG000"]


PAGE = """\
background_task_rules:
  - id: BG-041
    name: Pages poll every three to five seconds
    severity: info
    patterns: [{file: "pages/*.js", should_match: "setInterval.*[3-5]000", must_contain: init}]
    anti_patterns: [{pattern: "setInterval.*1000", message: "1 second polling is too frequent"}]
"""


def test_calls_in_a_page_are_known_by_their_line(known):
    known.write("bgtasks.yaml", PAGE)
    lacks = '{"path": "pages/jobs.js", "code": "BG041", "message": "this page never uses init"}\n'
    waits = "setInterval() waits 2000 ms instead of 3000 to 5000"
    polls = f'{{"path": "pages/jobs.js", "code": "BG041", "message": "{waits}", "line": "setInterval(poll, 2000);"}}\n'
    known.write("known.jsonl", HEAD + lacks + polls)
    page = "\nsetInterval(poll, 2000); // often\nsetInterval(other, 2000);\nsetInterval(poll, 1000);\n"
    known.write("pages/jobs.js", page)
    found = known.flake8("--select", "BG")
    assert shown(found) == [["./pages/jobs.js:3:1:", "BG041"], ["./pages/jobs.js:4:1:", "BG041"]]


class TestTheOption:
    @pytest.mark.parametrize("value", ["known.jsonl", "./known.jsonl"])
    def test_in_a_file_is_relative_to_the_file(self, known, value):
        known.write(".flake8", f"[flake8]\nbgtasks-rules = bgtasks.yaml\nbgtasks-baseline = {value}\n")
        assert known.flake8("--select", "BG", cwd="app") == (0, (), "")

    def test_on_the_command_line_is_relative_to_the_directory(self, known):
        found = known.flake8(
            "--select", "BG", "--bgtasks-baseline", "../known.jsonl", "--bgtasks-rules=../bgtasks.yaml", cwd="app"
        )
        assert found == (0, (), "")

    def test_stands_in_pyproject_too(self, known):
        pytest.importorskip("flake8p", reason="needs Flake8-pyproject")
        known.write(".flake8", "")
        known.write(
            "pyproject.toml", '[tool.flake8]\nbgtasks-rules = "bgtasks.yaml"\nbgtasks-baseline = "known.jsonl"\n'
        )
        assert known.flake8("--select", "BG") == (0, (), "")

    def test_may_be_empty(self, known):
        known.write(".flake8", "[flake8]\nbgtasks-rules = bgtasks.yaml\nbgtasks-baseline =\n")
        assert len(known.flake8("--select", "BG").lines) == 1

    @pytest.mark.parametrize(
        ("text", "saying"),
        [
            (None, "known.jsonl:1:1: cannot be read (No such file or directory): write it with 'bgtasks baseline'"),
            ("[]\n", "known.jsonl:1:1: no baseline: its first line must be"),
            (HEAD + "{\n{}\n", "known.jsonl:3:1: an entry has no 'path': add it"),
        ],
    )
    def test_that_cannot_be_used_stops_flake8_with_a_message(self, known, text, saying):
        (known.root / "known.jsonl").unlink()
        if text is not None:
            known.write("known.jsonl", text)
        run = known.flake8("--select", "BG")
        assert (run.code, run.errors) == (1, "")
        assert "bgtasks-baseline: the file cannot be used" in run.text and saying in run.text
        assert "Traceback" not in run.text
