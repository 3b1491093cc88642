"""Whether a module takes names from another: told from texts, and never a wrong no."""

from pathlib import Path

import pytest

from flake8_bgtasks.inference.origins import MAX_STEPS, Origins
from flake8_bgtasks.inference.texts import ProjectTexts

RUN = {"app/work.py": "def run(job): ...\n\nclass Runner:\n    def run(self): ...\n"}
SILENT = {
    "nothing is imported": "def run(): ...",
    "another module has the name": "from app.other import run",
    "another module is imported whole": "from app import other\nother.run()",
    "a name that is made of others is not used": "from app.other import idle",
    "the module is only mentioned": "# see app.work: run\nx = 'app.work'",
}
TAKING = {
    "a name": "from app.work import run",
    "a name under another one": "from app.work import run as start",
    "a star": "from app.work import *",
    "the module": "from app import work\nwork.run()",
    "the module under another name": "import app.work as w\nw.run()",
    "the module by its whole name": "import app.work\napp.work.run()",
    "a relative name": "from .work import run",
    "a name that a package passes on": "from app.tools import run",
    "a package that passes it on": "import app.tools\napp.tools.run()",
    "a name that a module passes on under another one": "from app.through import start",
    "a module that passes it on": "from app import through\nthrough.start()",
    "a name that a module passes on with a star": "from app.stars import run",
    "a class that is derived from one": "from app.derived import Own\nOwn().run()",
    "an object": "from app.derived import runner\nrunner.run()",
    "a star of stars": "from app.stars import *\nrun()",
}
MODULES = {
    "app/other.py": "def run(): ...\nfrom app.work import run as busy\nidle = 1\n",
    "app/tools/__init__.py": "from app.work import (\n    run,\n)\n",
    "app/through.py": "from app.tools import run as start\n",
    "app/stars.py": "from app.work import *\n",
    "app/derived.py": "from app.work import Runner\nclass Own(Runner): ...\nrunner: Runner = Own()\n",
}


@pytest.fixture
def takes(tmp_path: Path):
    def ask(code: str, **more: str) -> bool:
        for path, text in {"app/here.py": code, **RUN, **MODULES, **more}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        origins = Origins(ProjectTexts(str(tmp_path)))
        return origins.may_take(str(tmp_path / "app/here.py"), str(tmp_path / "app/work.py"))

    return ask


@pytest.mark.parametrize("code", SILENT.values(), ids=SILENT)
def test_takes_nothing_where(code, takes):
    assert not takes(code)


@pytest.mark.parametrize("code", TAKING.values(), ids=TAKING)
def test_takes(code, takes):
    assert takes(code)


def test_modules_that_pass_on_to_each_other_have_an_end(takes):
    loop = {"app/a.py": "from app.b import run\n", "app/b.py": "from app.a import *\n"}
    assert not takes("from app.a import run", **loop)


def test_what_would_take_too_long_to_follow_may_be_taken(takes):
    chain = {f"app/m{at}.py": f"from app.m{at + 1} import *\n" for at in range(20)}
    names = ", ".join(f"n{at}" for at in range(MAX_STEPS // 20 + 1))
    assert takes(f"from app.m0 import {names}", **chain)
