"""Whether a file leads to a module that holds a value: told from texts, and never a wrong no."""

from pathlib import Path

import pytest

from flake8_bgtasks.inference.texts import ProjectTexts
from flake8_bgtasks.source import Text

OLD = "OLD = 'processing'\n"
SILENT = {
    "nothing is imported": ("", {"app/old.py": OLD}),
    "another module is imported": ("from app import new", {"app/old.py": OLD, "app/new.py": "x = 1\n"}),
    "an installed package of that name is imported": ("import old", {"lib/old.py": OLD}),
    "the word is no import": ("# import: app.old\nimportant = 'app.old'", {"app/old.py": OLD}),
    "modules import each other": (
        "import app.a",
        {"app/a.py": "import app.b\n", "app/b.py": "import app.a\n", "app/old.py": OLD},
    ),
    "the module is data": ("from app import old", {"app/old.py": OLD + "#" * 1_000_001}),
}
LEADING = {
    "a plain import": ("import app.old", {"app/old.py": OLD}),
    "an import under another name": ("import app.old as o", {"app/old.py": OLD}),
    "an import of a name": ("from app.old import OLD", {"app/old.py": OLD}),
    "an import of a module": ("from app import old", {"app/old.py": OLD}),
    "a star": ("from app.old import *", {"app/old.py": OLD}),
    "a relative import": ("from .old import OLD", {"app/old.py": OLD}),
    "a relative import of a module": ("from . import old", {"app/old.py": OLD}),
    "an import from further up": ("from ..lib import old", {"lib/old.py": OLD}),
    "an import of several lines": ("from app import (  # why\n    new,\n    old,\n)", {"app/old.py": OLD}),
    "an import that is continued": ("from app import new, \\\n    old", {"app/old.py": OLD}),
    "an import in a function": ("def f():\n    from app.old import OLD", {"app/old.py": OLD}),
    "an import behind a colon": ("try: import app.old\nexcept ImportError: pass", {"app/old.py": OLD}),
    "a package": ("from app.words import OLD", {"app/words/__init__.py": OLD}),
    "a module of a package that is imported whole": (
        "import app\nx = app.words.old.OLD",
        {"app/__init__.py": "", "app/words/__init__.py": "", "app/words/old.py": OLD},
    ),
    "a module that another imports": (
        "from app import new",
        {"app/new.py": "from app.old import OLD\n", "app/old.py": OLD},
    ),
    "a module that a package exports to a star": (
        "from app.words import *",
        {"app/words/__init__.py": "__all__ = ['old']\n", "app/words/old.py": OLD},
    ),
    "the folder src": ("from shop.old import OLD", {"src/shop/old.py": OLD}),
}


@pytest.fixture
def texts(tmp_path: Path) -> ProjectTexts:
    return ProjectTexts(str(tmp_path))


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


@pytest.mark.parametrize(("code", "files"), SILENT.values(), ids=SILENT)
def test_leads_nowhere_where(code: str, files: dict[str, str], texts: ProjectTexts, tmp_path: Path) -> None:
    write(tmp_path, files)
    assert not texts.lead_to(("processing",), Text(code.encode()), str(tmp_path / "app/here.py"))


@pytest.mark.parametrize(("code", "files"), LEADING.values(), ids=LEADING)
def test_leads_there_by(code: str, files: dict[str, str], texts: ProjectTexts, tmp_path: Path) -> None:
    write(tmp_path, files)
    assert texts.lead_to(("processing",), Text(code.encode()), str(tmp_path / "app/here.py"))


class TestTheDisk:
    CODE = Text(b"from app.old import OLD")

    def test_is_looked_at_anew_for_each_file(self, texts: ProjectTexts, tmp_path: Path) -> None:
        for content, wanted in ((OLD, True), ("OLD = 'running'\n", False), (OLD, True)):
            write(tmp_path, {"app/old.py": content})
            texts.begin_file()
            assert texts.lead_to(("processing",), self.CODE, str(tmp_path / "app/here.py")) is wanted

    def test_is_looked_at_once_in_a_run(self, texts: ProjectTexts, tmp_path: Path) -> None:
        write(tmp_path, {"app/old.py": OLD})
        for begin, content, wanted in ((True, OLD, True), (False, "", True), (True, "", False)):
            write(tmp_path, {"app/old.py": content})
            if begin:
                texts.begin_run()
            texts.begin_file()
            assert texts.lead_to(("processing",), self.CODE, str(tmp_path / "app/here.py")) is wanted

    def test_is_asked_for_each_module_once_however_many_files_lead_to_it(
        self, texts: ProjectTexts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = {f"app/m{number}.py": f"import app.m{number + 1}\n" for number in range(30)}
        write(tmp_path, files)
        texts.begin_run()
        read: list[str] = []
        monkeypatch.setattr("flake8_bgtasks.inference.texts.stamp_of", lambda path: read.append(path) or (1, 1))
        for path in files:
            assert not texts.lead_to(("processing",), Text(files[path].encode()), str(tmp_path / path))
        assert len(read) == len(set(read)) == 29
