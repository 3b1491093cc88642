"""With the seam flake8 does less work for the same output; JavaScript comes on top."""

import ast

import pytest
from flake8.api import legacy
from flake8.main.options import JobsArgument
from flake8.processor import FileProcessor

from flake8_bgtasks.host.scripts import ScriptProcessor

RULES = """\
background_task_rules:
  - id: BG-010
    name: Standard values
    severity: warning
    anti_patterns:
      - pattern: "status.*=.*processing"
        message: "Use 'running' instead of 'processing'"
  - id: BG-030
    name: Tasks say that they run
    severity: error
    patterns:
      - file: "app/tasks/*.py"
        must_contain: 'status = "running"'
  - id: BG-041
    name: Polling
    severity: info
    patterns:
      - file: "static/*.js"
        when_contains: "setInterval"
        should_match: "setInterval.*[3-5]000"
    anti_patterns:
      - pattern: "setInterval.*1000"
        message: "1 second polling is too frequent"
"""
POLLS = "setInterval(poll, 1000);\n"
POLLING = "1 second polling is too frequent [info]"


@pytest.fixture
def shop(project):
    """Files that are covered, that speak of a status, that do neither, that are muted, and that are broken."""
    project.write("bgtasks.yaml", RULES)
    project.write(".flake8", "[flake8]\nbgtasks-rules = bgtasks.yaml\n")
    project.write("app/tasks/products.py", "import os\ndef import_products(job_id):\n    do(job_id)\n")
    project.write("app/tasks/muted.py", "# flake8: noqa\ndef import_products(job_id):\n    do(job_id)\n")
    project.write(
        "app/jobs.py", "def start(job):\n    job.status = 'processing'\n    job.status = 'processing'  # noqa\n"
    )
    project.write("app/other.py", "import sys\nx = 1 \n")
    project.write("app/broken.py", "def broken(:\n")
    return project


class TestLessWork:
    """Counted, not timed: which files are parsed at all."""

    @pytest.fixture
    def parsed(self, shop, monkeypatch):
        """The texts that are parsed while flake8 runs in this process."""
        shop.write(".flake8", "[flake8]\nbgtasks-rules = bgtasks.yaml\nexclude = app/broken.py\n")
        monkeypatch.chdir(shop.root)
        seen, parse = [], ast.parse
        monkeypatch.setattr(
            ast, "parse", lambda text, *args, **kwargs: seen.append(text) or parse(text, *args, **kwargs)
        )
        return seen

    def test_files_that_no_rule_can_speak_of_are_not_parsed_where_only_ours_are_shown(self, parsed):
        legacy.get_style_guide(select=["BG"], jobs=JobsArgument("1")).check_files(["app"])
        assert not any("import sys" in text for text in parsed)
        assert any("processing" in text for text in parsed) and any("import os" in text for text in parsed)

    def test_all_files_are_parsed_where_others_are_shown_too(self, parsed):
        legacy.get_style_guide(select=["BG", "F"], jobs=JobsArgument("1")).check_files(["app"])
        assert any("import sys" in text for text in parsed)

    def test_nothing_is_tokenized_where_only_ours_are_shown(self, parsed, monkeypatch):
        monkeypatch.setattr(FileProcessor, "generate_tokens", None)
        legacy.get_style_guide(select=["BG"], jobs=JobsArgument("1")).check_files(["app"])

    def test_scripts_that_no_rule_names_are_not_read(self, parsed, shop, monkeypatch):
        shop.write("node_modules/vendor/page.js", POLLS)
        shop.write("static/page.js", POLLS)
        read, read_lines = [], FileProcessor.read_lines
        monkeypatch.setattr(FileProcessor, "read_lines", lambda self: read.append(self.filename) or read_lines(self))
        script_lines = ScriptProcessor.read_lines
        monkeypatch.setattr(
            ScriptProcessor, "read_lines", lambda self: read.append(self.filename) or script_lines(self)
        )
        legacy.get_style_guide(jobs=JobsArgument("1")).check_files(["."])
        assert [name for name in read if name.endswith(".js")] == ["./static/page.js"]


class TestJavaScript:
    def test_is_found_under_the_paths_given(self, shop):
        shop.write("static/page.js", POLLS)
        assert f"./static/page.js:1:1: BG041 {POLLING}" in shop.flake8("--select", "BG").lines

    def test_is_found_beside_all_other_checks(self, shop):
        shop.write("static/page.js", POLLS)
        said = shop.flake8()
        assert [line for line in said.lines if "page.js" in line] == [f"./static/page.js:1:1: BG041 {POLLING}"]

    def test_is_judged_by_its_name_on_the_command_line(self, shop):
        shop.write("static/page.js", POLLS)
        assert shop.flake8("--select", "BG", "static/page.js").lines == (f"static/page.js:1:1: BG041 {POLLING}",)

    def test_is_judged_on_stdin_by_its_display_name(self, shop):
        said = shop.flake8("--stdin-display-name", "static/x.js", "-", stdin=POLLS)
        assert said.lines == (f"static/x.js:1:1: BG041 {POLLING}",)

    def test_that_no_rule_names_is_left_alone(self, shop):
        shop.write("vendor/page.js", POLLS)
        assert "page.js" not in shop.flake8().text

    @pytest.mark.parametrize(
        "option", ["--exclude=static", "--extend-exclude=static", "--per-file-ignores=static/*:BG"]
    )
    def test_is_left_out_as_flake8_is_told(self, shop, option):
        shop.write("static/page.js", POLLS)
        assert "page.js" not in shop.flake8("--select", "BG", option).text

    @pytest.mark.parametrize("comment", ["// noqa", "// noqa: BG041", "// noqa:BG04", "// # noqa: BG041", "// NOQA"])
    def test_is_muted_by_a_comment_on_the_line(self, shop, comment):
        shop.write("static/page.js", POLLS.replace("\n", f"  {comment}\n"))
        assert "page.js" not in shop.flake8("--select", "BG").text

    @pytest.mark.parametrize("comment", ["// noqa: BG040", "// noqa: E501", "// about noqa"])
    def test_is_not_muted_by_a_comment_about_something_else(self, shop, comment):
        shop.write("static/page.js", POLLS.replace("\n", f"  {comment}\n"))
        assert "page.js" in shop.flake8("--select", "BG").text

    def test_is_not_muted_where_noqa_is_disabled(self, shop):
        shop.write("static/page.js", POLLS.replace("\n", "  // noqa\n"))
        assert "page.js" in shop.flake8("--select", "BG", "--disable-noqa").text

    def test_is_muted_as_a_file(self, shop):
        shop.write("static/page.js", f"// flake8: noqa\n{POLLS}")
        assert "page.js" not in shop.flake8("--select", "BG").text

    def test_is_not_linted_without_the_seam(self, shop):
        shop.write("static/page.js", POLLS)
        said = shop.flake8("--select", "BG", "--bgtasks-no-seam", "-j2")
        assert "page.js" not in said.text
        assert said.errors.count("JavaScript is not linted, since bgtasks-no-seam is set") == 2  # the line of code too

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param("\ufeff" + POLLS, id="UTF-8 with a mark"),
            pytest.param(("\ufeff// für\n" + POLLS).encode("utf-16-le"), id="UTF-16"),
            pytest.param(("// für\n" + POLLS).encode("latin-1"), id="latin-1"),
            pytest.param(POLLS.replace("\n", "\r\n"), id="line ends of Windows"),
            pytest.param("\t" + POLLS, id="tabs"),
            pytest.param("let x = ;\n" * 2 + POLLS, id="broken statements"),
            pytest.param("{% if x %}\nconst a = {{ a }};\n{% endif %}\n" + POLLS, id="a template"),
            pytest.param("é()\n" + POLLS, id="names that are not ASCII"),
            pytest.param(POLLS.rstrip(), id="no line end"),
        ],
    )
    @pytest.mark.parametrize("given", ["static", "-"])
    def test_is_judged_in_any_shape(self, shop, content, given):
        file = shop.write("static/page.js", content)
        stdin = file.read_bytes() if given == "-" else b""
        said = shop.flake8("--select", "BG", "--stdin-display-name", "static/page.js", given, stdin=stdin)
        assert (said.code, len(said.lines), said.errors) == (1, 1, "") and said.lines[0].endswith(POLLING)

    def test_on_one_long_line_is_told_its_column(self, shop):
        shop.write("static/page.js", f"{'x=1;' * 250_000}{POLLS}")
        assert shop.flake8("--select", "BG", "static").lines == (f"static/page.js:1:1000001: BG041 {POLLING}",)

    def test_that_is_empty_is_silent(self, shop):
        shop.write("static/page.js")
        assert shop.flake8("--select", "BG", "static") == (0, (), "")

    def test_in_two_processes_and_in_one_is_judged_alike(self, shop):
        for number in range(4):
            shop.write(f"static/page{number}.js", POLLS)
        assert shop.flake8("--select", "BG", "-j2") == shop.flake8("--select", "BG", "-j1")
