"""Files that flake8 cannot hand to any plugin: a finding or silence, never a traceback."""

import pytest

TASK = "app/tasks/products.py"
BROKEN = "import os\n\n\ndef broken(:\n    pass\n"


class TestSilence:
    def test_about_a_broken_file_that_no_rule_names(self, shop):
        shop.write(TASK, "")
        shop.write("app/other.py", BROKEN)
        assert shop.flake8("--select", "BG") == (0, (), "")

    def test_where_flake8_itself_reports_the_file(self, shop):
        shop.write(TASK, BROKEN)
        run = shop.flake8("--select", "BG,E9")
        assert [line.split()[1] for line in run.lines] == ["E999"]

    @pytest.mark.parametrize("comment", ["# noqa", "# noqa: BG000", "# noqa: BG0"])
    def test_asked_for_beside_the_line(self, shop, comment):
        shop.write(TASK, BROKEN.replace("(:\n", f"(:  {comment}\n"))
        assert shop.flake8("--select", "BG") == (0, (), "")

    def test_asked_for_beside_the_line_of_an_unsaved_buffer(self, shop):
        buffer = BROKEN.replace("(:\n", "(:  # noqa: BG000\n")
        shop.write(TASK, BROKEN)
        assert shop.flake8("--select", "BG", "--stdin-display-name", TASK, "-", stdin=buffer) == (0, (), "")

    @pytest.mark.parametrize("option", ["--ignore=BG000", "--per-file-ignores=app/tasks/*:BG000", "--exclude=tasks"])
    def test_asked_for_by_an_option(self, shop, option):
        shop.write(TASK, BROKEN)
        assert shop.flake8("--select", "BG", option) == (0, (), "")

    def test_asked_for_the_whole_file(self, shop):
        shop.write(TASK, f"# flake8: noqa\n{BROKEN}")
        assert shop.flake8("--select", "BG") == (0, (), "")

    def test_about_an_empty_file(self, shop):
        shop.write(TASK, "")
        assert shop.flake8("--select", "BG") == (0, (), "")


class TestFinding:
    def test_stands_at_the_line_of_the_error(self, shop):
        shop.write(TASK, BROKEN)
        run = shop.flake8("--select", "BG")
        assert run == (1, ("./app/tasks/products.py:4:12: BG000 cannot be checked: SyntaxError: invalid syntax",), "")

    def test_takes_its_line_from_an_unsaved_buffer(self, shop):
        run = shop.flake8("--select", "BG", "--stdin-display-name", TASK, "-", stdin=f"\n{BROKEN}")
        assert [line.rpartition(": BG000")[0] for line in run.lines] == [f"{TASK}:5:12"]

    def test_has_no_severity_threshold(self, shop, rules):
        shop.write("bgtasks.yaml", rules("info"))
        shop.write(TASK, BROKEN)
        assert len(shop.flake8("--select", "BG", "--bgtasks-severity", "error").lines) == 1

    def test_stands_in_for_an_e999_that_is_ignored_in_this_file_alone(self, shop):
        shop.write(TASK, BROKEN)
        run = shop.flake8("--per-file-ignores", "app/tasks/*:E")
        assert [line.split()[1] for line in run.lines] == ["BG000"]

    @pytest.mark.parametrize(
        "source",
        [
            pytest.param(b"x = (\n", id="an end that comes too early"),
            pytest.param(b"x = '''\n", id="a string without an end"),
            pytest.param(b"  x = 1\n", id="an indent out of nowhere"),
            pytest.param(b"x = 1\n\x00\n", id="a null byte"),
            pytest.param(b"x = " + b"(" * 1000 + b")" * 1000 + b"\n", id="a thousand nested parentheses"),
            pytest.param(b"x = " + b"-" * 30_000 + b"1\n", id="an expression too deep for the parser"),
            pytest.param(b"x = 'caf\xe9' +\n", id="an error in a file that is not UTF-8"),
            pytest.param(b"# coding: nonsense\nx = (\n", id="an encoding that does not exist"),
        ],
    )
    def test_stands_on_a_line_that_exists(self, shop, source):
        shop.write(TASK, source)
        run = shop.flake8("--select", "BG")
        assert run.errors == "" and len(run.lines) == 1
        _, line, column, text = run.lines[0].split(":", 3)
        assert text.startswith(" BG000 cannot be checked: ")
        assert 1 <= int(line) <= source.count(b"\n") and int(column) >= 1

    def test_is_made_of_a_file_that_cannot_be_read(self, shop):
        run = shop.flake8("--select", "BG", "app/tasks/missing.py")
        assert run.code == 1 and run.errors == "" and len(run.lines) == 1
        assert run.lines[0].startswith("app/tasks/missing.py:1:1: BG000 cannot be checked: FileNotFoundError")

    def test_is_made_of_a_buffer_that_is_not_utf_8(self, shop):
        stdin = b"x = 1\n\n\ny = '\xe9'\n"
        run = shop.flake8("--select", "BG", "--stdin-display-name", TASK, "-", stdin=stdin)
        assert run.code == 1 and run.errors == "" and len(run.lines) == 1
        assert run.lines[0].startswith(f"{TASK}:1:1: BG000 cannot be checked: UnicodeDecodeError")


class TestAFileThatCanBeChecked:
    def test_is_checked_where_it_is_not_utf_8(self, shop, said):
        shop.write(TASK, b"def import_products(job_id):\n    name = 'caf\xe9'\n    do(job_id, name)\n")
        assert shop.flake8("--select", "BG").lines == (f"./{TASK}:1:1: {said}",)

    @pytest.mark.parametrize(
        "source",
        [
            pytest.param(f"x = '{'y' * 1000}'\n" * 1000, id="a megabyte"),
            pytest.param("def work(job):\n" + "    job.touch()\n" * 5000, id="5,000 statements in one function"),
            pytest.param("if x:\n\ty = 1\n", id="tabs"),
            pytest.param("x = " + "(" * 150 + ")" * 150 + "\n", id="as many parentheses as Python takes"),
        ],
    )
    def test_is_checked_however_odd_it_is(self, shop, source):
        shop.write(TASK, source)
        run = shop.flake8("--select", "BG")
        assert run.errors == "" and "BG000" not in run.text and "Traceback" not in run.text
