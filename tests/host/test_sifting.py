"""Most files need no look: counted by what is parsed, walked and loaded, never timed."""

import ast
import subprocess
import sys
import tokenize

import pytest
from flake8.api import legacy
from flake8.main.options import JobsArgument

from flake8_bgtasks.source import SourceFile

NOT_PARSED = {
    "nothing is said of a status": "def f(x):\n    return 'processing'\n",
    "the status is of something else": "payment_status = 'processing'\n",
    "the value is only spoken of": "# processing: see below\nstatus = 'running'\n",
    "the value is a part of a word": "status = 'image_processing'\n",
    "nothing that is imported has the value": "from lib import words\nstatus = words.NEW\n",
}
PARSED = {
    "the value stands beside a status": "status = 'processing'\n",
    "the value may come from a module that is imported": "from lib import more\nstatus = more.OLD\n",
    "the encoding may write letters in another way": "# coding: utf-7\nx = 1\n",
}
MODULES = {
    "lib/words.py": "NEW = 'running'\n",
    "lib/old.py": "OLD = 'processing'\n",
    "lib/more.py": "from lib.old import OLD\n",
}


@pytest.fixture
def parsed(project, monkeypatch):
    """Runs flake8 in this process, and returns the texts that were parsed."""
    for path, text in MODULES.items():
        project.write(path, text)
    monkeypatch.chdir(project.root)
    parse = ast.parse

    def run(text, *paths, select=("BG",)):
        project.write("app/here.py", text)
        seen = []
        with monkeypatch.context() as patched:
            patched.setattr(ast, "parse", lambda one, *rest, **more: seen.append(one) or parse(one, *rest, **more))
            legacy.get_style_guide(select=list(select), jobs=JobsArgument("1")).check_files(list(paths or ["app"]))
        return seen

    return run


@pytest.mark.parametrize("text", NOT_PARSED.values(), ids=NOT_PARSED)
def test_a_file_is_not_parsed_where(text, parsed):
    assert text not in parsed(text)


@pytest.mark.parametrize("text", PARSED.values(), ids=PARSED)
def test_a_file_is_parsed_where(text, parsed):
    assert text in parsed(text)


def test_a_file_is_not_walked_beside_all_other_checks_where_it_would_not_be_parsed(parsed, monkeypatch):
    walked = []
    monkeypatch.setattr(SourceFile, "_walked", property(lambda source: walked.append(source.path)))
    for text in NOT_PARSED.values():
        assert text in parsed(text, select=("BG", "F"))
    assert walked == []


def test_a_file_is_not_looked_at_beside_all_other_checks_where_it_would_not_be_parsed(parsed, monkeypatch):
    looked_at = []
    init = SourceFile.__init__
    monkeypatch.setattr(
        SourceFile, "__init__", lambda new, path, *rest: looked_at.append(path) or init(new, path, *rest)
    )
    for text in NOT_PARSED.values():
        parsed(text, select=("BG", "F"))
    assert looked_at == []
    parsed(PARSED["the value stands beside a status"], select=("BG", "F"))
    assert "app/here.py" in looked_at


@pytest.mark.parametrize(("comment", "times"), {"": 0, "  # NoQA: BG031": 1}.items(), ids=["without", "with"])
def test_a_file_is_tokenized_for_the_noqa_comments_that_it_has(comment, times, parsed, monkeypatch):
    tokenized = []
    generate = tokenize.generate_tokens
    monkeypatch.setattr(tokenize, "generate_tokens", lambda line: tokenized.append(line) or generate(line))
    parsed(f"status = 'processing'{comment}\nstatus = 'fetching'\n")
    assert len(tokenized) == times


@pytest.mark.parametrize(("arguments", "loaded"), [(["app"], set()), (["app", "static"], {"tree_sitter"})])
def test_a_process_loads_the_parsers_that_it_needs(project, arguments, loaded):
    project.write("app/here.py", "status = 'processing'\n")
    project.write("static/admin/js/page.js", "setInterval(poll, 1000);\n")
    code = (
        "import sys\nfrom flake8.main.cli import main\n"
        f"main(['--select', 'BG', '-j1', '-q', *{arguments!r}])\n"
        "print(*{'tree_sitter', 'astroid'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=project.root, capture_output=True, text=True, check=True)
    assert set(run.stdout.splitlines()[-1].split()) == loaded
    assert "here.py" in run.stdout
