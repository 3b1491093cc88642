"""Where flake8 lacks or changes what the seam needs: one warning, and the Python rules run. Shown with copies of flake8."""

import re
import shutil
from pathlib import Path

import flake8
import pytest

PAGE = "setInterval(poll, 1000);\n"
CHANGES = {
    "checker.py: def _make_processor(": {"_make_processor": "_build_processor"},
    "checker.py: def process_tokens(": {"process_tokens": "tokens_processed"},
    "checker.py: def report( of a file": {r"self\.report\((?!\))": "self.note(", r"def report\(\n": "def note(\n"},
    "checker.py: def run_ast_checks(": {"run_ast_checks": "run_tree_checks"},
    "checker.py: def run_checks( of a file": {
        r"\)\.run_checks\(": ").check_all(",
        r"def run_checks\(self\)(?= -> [tT]uple)": "def check_all(self)",
    },
    "checker.py: class FileChecker": {"FileChecker": "CheckerOfFiles"},
    "checker.py: class Manager": {"class Manager": "class Chief", r"checker\.Manager": "checker.Chief"},
    "checker.py: def start(": {
        r"def start(?=.*\n.*Start checking)": "def begin",
        r"manager\.start\(": "manager.begin(",
    },
    "checker.py: start() takes the paths": {
        r"def start\(self(?=.*\n.*Start checking)": "def start(self, paths",
        r"manager\.start\(": "manager.start((),",
    },
    "checker.py: FileChecker takes a path": {
        r"filename: str,(?=\s+plugins)": "path: str,",
        r"filename=filename,(?=\s+plugins)": "path=filename,",
        r"self\.filename = filename(?=\s+self\.plugins)": "self.filename = filename = path",
    },
    "checker.py: self.processor": {r"self\.processor": "self.reader"},
    "checker.py: self.filenames": {r"self\.filenames": "self.names"},
    "processor.py: def build_ast(": {"build_ast": "build_tree"},
    "processor.py: def noqa_line_for(": {"noqa_line_for": "line_for_noqa"},
    "processor.py: def read_lines(": {r"self\.read_lines\(": "self.load(", r"def read_lines\(": "def load("},
    "processor.py: def should_ignore_file(": {"should_ignore_file": "ignores_file"},
    "processor.py: class FileProcessor": {"FileProcessor": "ProcessorOfFiles"},
    "style_guide.py: class StyleGuideManager": {"StyleGuideManager": "GuideManager"},
    "style_guide.py: style_guide_for": {r"\.style_guide_for": ".guide_for"},
    "plugins/finder.py: the fields of Checkers": {
        r"logical_line: (?=[lL]ist\[Loaded)": "by_line: ",
        r"(plugins|checkers)\.logical_line\b": r"\1.by_line",
        r"logical_line=logical_line(?=,\s+physical_line)": "by_line=logical_line",
    },
    "utils.py: def fnmatch(": {r"(?<![.\w])fnmatch\(": "matches(", r"utils\.fnmatch\(": "utils.matches("},
    "discover_files.py: another module": {"flake8.discover_files": "flake8.discovery"},
}


@pytest.fixture
def another_flake8(shop):
    """Make a copy of flake8 in which regexes are replaced by texts, and run it in the shop."""

    def run(changes):
        copy = shop.root.parent / "another" / "flake8"
        shutil.copytree(Path(flake8.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
        if "flake8.discover_files" in changes:
            (copy / "discover_files.py").rename(copy / "discovery.py")
        made = 0
        for file in copy.rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            for old, new in changes.items():
                text, times = re.subn(old, new, text)
                made += times
            file.write_text(text, encoding="utf-8")
        assert made >= len(changes)
        return shop.flake8("--select=BG", "-j1", env={"PYTHONPATH": str(copy.parent)})

    return run


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_one_warning_and_the_python_rules_run(another_flake8, said, changes):
    run = another_flake8(changes)
    assert run.lines == (f"./app/tasks/products.py:1:1: {said}",), run.errors
    warned = [line for line in run.errors.splitlines() if "JavaScript is not linted" in line]
    assert len(warned) == 1 and "this flake8 has no flake8." in warned[0]


def test_no_warning_about_a_flake8_that_is_as_ever(another_flake8, said):
    assert another_flake8({}) == (1, (f"./app/tasks/products.py:1:1: {said}",), "")
