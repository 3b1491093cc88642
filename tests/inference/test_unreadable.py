"""Modules that cannot be read, or that are read in another way than most: a value or silence, never a fault."""

import pytest

from flake8_bgtasks.inference import project as projects
from tests.projects import lint, session, write

JOBS = "from app.words import OLD\ndef start(job):\n    job.status = OLD\n"
OLD = b"OLD = 'processing'\n"
SILENT = {
    "a syntax error": b"OLD = 'processing'\ndef\n",
    "a null byte": b"OLD = 'processing'\0\n",
    "nested too deeply": OLD + b"x = " + b"(" * 5000 + b")" * 5000 + b"\n",
}
READ = {
    "a byte order mark": b"\xef\xbb\xbf" + OLD,
    "bytes that are no UTF-8": b"# caf\xe9\n" + OLD,
    "an encoding that nobody knows": b"# coding: klingon\n" + OLD,
}


def lines(root, jobs=JOBS):
    write(root, {"app/jobs.py": jobs})
    return [found.line for found in lint(session(root), root, "app/jobs.py") if found.code == "BG010"]


@pytest.mark.parametrize("content", SILENT.values(), ids=SILENT)
def test_what_comes_from_a_module_is_unknown_with(content, tmp_path):
    write(tmp_path, {"app/words.py": ""})
    (tmp_path / "app/words.py").write_bytes(content)
    assert lines(tmp_path) == []


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_a_module_is_read_with(content, tmp_path):
    write(tmp_path, {"app/words.py": ""})
    (tmp_path / "app/words.py").write_bytes(content)
    assert lines(tmp_path) == [3]


def test_a_module_that_vanishes_while_it_is_looked_for_is_unknown(tmp_path, monkeypatch):
    write(tmp_path, {"app/words.py": OLD.decode()})
    monkeypatch.setattr(projects, "_text_of", lambda path: None)
    assert lines(tmp_path) == []


@pytest.mark.parametrize(("limit", "wanted"), [(3, [3]), (2, [])], ids=["within", "beyond"])
def test_so_many_modules_are_read_for_one_file(limit, wanted, tmp_path, monkeypatch):
    write(
        tmp_path,
        {"app/words.py": "from app.a import OLD\n", "app/a.py": "from app.b import OLD\n", "app/b.py": OLD.decode()},
    )
    monkeypatch.setattr(projects, "MAX_READS", limit)
    assert lines(tmp_path) == wanted
