"""Which module an import leads to; silent cases first. ``OLD`` is the status value that must not be met."""

import pytest

from flake8_bgtasks.inference.modules import Disk, candidates
from tests.projects import assert_as_marked, write

USE = "def start(job):\n    job.status = OLD\n"
MET = "def start(job):\n    job.status = OLD  # expect: BG010\n"
OLD, NEW = 'OLD = "processing"\n', 'OLD = "running"\n'

LEADS_ELSEWHERE = {
    "a package of a package, called like an installed one": {
        "services/shop/__init__.py": "",
        "services/shop/celery/__init__.py": OLD,
        "services/shop/celery/jobs.py": "from celery import OLD\n" + USE,
    },
    "a folder beside, called like an installed package": {
        "services/shop/values.py": "",
        "services/shop/celery/__init__.py": OLD,
        "services/shop/jobs.py": "from celery.app import OLD\n" + USE,
    },
    "a module that is not there": {"app/jobs.py": "from app.values import OLD\n" + USE},
    "a name that the module does not have": {
        "app/values.py": "X = 1\n",
        "app/jobs.py": "from app.values import OLD\n" + USE,
    },
    "a relative import that climbs out of the package": {
        "values.py": OLD,
        "app/jobs.py": "from ....values import OLD\n" + USE,
    },
    "a relative import of another level": {
        "app/values.py": OLD,
        "app/core/values.py": NEW,
        "app/core/jobs.py": "from .values import OLD\n" + USE,
    },
    "a private name, by a star": {
        "app/values.py": '_OLD = "processing"\n',
        "app/jobs.py": "from app.values import *\ndef start(job):\n    job.status = _OLD\n",
    },
    "a name that __all__ leaves out": {
        "app/values.py": '__all__ = ["NEW"]\nNEW = "running"\n' + OLD,
        "app/jobs.py": "from app.values import *\n" + USE,
    },
    "a star import that a later one hides": {
        "app/old.py": OLD,
        "app/new.py": NEW,
        "app/jobs.py": "from app.old import *\nfrom app.new import *\n" + USE,
    },
    "a star import that the file's own name hides": {
        "app/old.py": OLD,
        "app/jobs.py": "from app.old import *\n" + NEW + USE,
    },
    "a submodule, by a star without __all__": {
        "app/values/OLD.py": "",
        "app/values/__init__.py": "",
        "app/jobs.py": "from app.values import *\n" + USE,
    },
    "a package and not the module beside it": {
        "app/values/__init__.py": NEW,
        "app/values.py": OLD,
        "app/jobs.py": "from app.values import OLD\n" + USE,
    },
    "a name that the package binds, and not its submodule": {
        "app/values/current.py": OLD,
        "app/values/__init__.py": "class current:\n    OLD = 'running'\n",
        "app/jobs.py": "from app.values import current\ndef start(job):\n    job.status = current.OLD\n",
    },
    "the root's module before that of src": {
        "values.py": NEW,
        "src/values.py": OLD,
        "src/jobs.py": "from values import OLD\n" + USE,
    },
    "a sibling, by an absolute import from inside a package": {
        "app/core/values.py": OLD,
        "app/core/jobs.py": "from values import OLD\n" + USE,
    },
    "a module in an environment inside the root": {
        ".venv/lib/python3.12/site-packages/values.py": OLD,
        "app/jobs.py": "from values import OLD\n" + USE,
    },
    "a package that is imported under a name of its own": {
        "app/values.py": NEW,
        "values.py": OLD,
        "app/jobs.py": "from app import values\ndef start(job):\n    job.status = values.OLD\n",
    },
    "an import of the name's builtin namesake": {
        "app/input.py": NEW,
        "app/jobs.py": "from app import input\ndef start(job):\n    job.status = input.OLD\n",
    },
    "a dynamic import": {
        "app/values.py": OLD,
        "app/jobs.py": 'import importlib\nOLD = importlib.import_module("app.values").OLD\n' + USE,
    },
    "a module's own __getattr__": {
        "app/values.py": 'def __getattr__(name):\n    return "processing"\n',
        "app/jobs.py": "from app.values import OLD\n" + USE,
    },
    "globals filled at run time": {
        "app/values.py": 'globals()["OLD"] = "processing"\n',
        "app/jobs.py": "from app.values import OLD\n" + USE,
    },
}

LEADS_THERE = {
    "an absolute import": {"app/values.py": OLD, "app/jobs.py": "from app.values import OLD\n" + MET},
    "an import of the module": {
        "app/values.py": OLD,
        "app/jobs.py": "import app.values\ndef start(job):\n    job.status = app.values.OLD  # expect: BG010\n",
    },
    "an import of the module under another name": {
        "app/values.py": OLD,
        "app/jobs.py": "import app.values as v\ndef start(job):\n    job.status = v.OLD  # expect: BG010\n",
    },
    "an import under another name": {
        "app/values.py": 'X = "processing"\n',
        "app/jobs.py": "from app.values import X as OLD\n" + MET,
    },
    "a relative import": {"app/values.py": OLD, "app/jobs.py": "from .values import OLD\n" + MET},
    "a relative import of the module": {
        "app/values.py": OLD,
        "app/jobs.py": "from . import values\ndef start(job):\n    job.status = values.OLD  # expect: BG010\n",
    },
    "a relative import from the parent package itself": {
        "app/__init__.py": OLD,
        "app/core/jobs.py": "from .. import OLD\n" + MET,
    },
    "a relative import of a module two packages up": {
        "app/values.py": OLD,
        "app/core/deep/jobs.py": "from ... import values\ndef start(job):\n    job.status = values.OLD  # expect: BG010\n",
    },
    "a relative import in a package's own file": {
        "app/core/values.py": OLD,
        "app/core/__init__.py": "from .values import OLD\n" + MET,
    },
    "a re-export of a module that the package imports": {
        "app/core/values.py": OLD,
        "app/core/__init__.py": "from . import values\n",
        "app/jobs.py": "from app.core import values\ndef start(job):\n    job.status = values.OLD  # expect: BG010\n",
    },
    "a re-export through three packages": {
        "app/a/b/values.py": OLD,
        "app/a/b/__init__.py": "from .values import OLD\n",
        "app/a/__init__.py": "from .b import OLD\n",
        "app/__init__.py": "from .a import OLD as CURRENT\n",
        "app/jobs.py": "from app import CURRENT as OLD\n" + MET,
    },
    "a star import": {"app/values.py": OLD, "app/jobs.py": "from app.values import *\n" + MET},
    "a star import of a star import": {
        "app/values.py": OLD,
        "app/core/__init__.py": "from ..values import *\n",
        "app/jobs.py": "from app.core import *\n" + MET,
    },
    "a private name that __all__ lists": {
        "app/values.py": '_OLD = "processing"\n__all__ = ["_OLD"]\n',
        "app/jobs.py": "from app.values import *\ndef start(job):\n    job.status = _OLD  # expect: BG010\n",
    },
    "a name that __all__ gets later": {
        "app/values.py": '__all__ = []\n__all__ += ["NEW"]\n__all__.append("OLD")\n' + OLD,
        "app/jobs.py": "from app.values import *\n" + MET,
    },
    "a name that an __all__ put together elsewhere may have": {
        "app/values.py": "import app\n__all__ = app.names() + ['NEW']\n" + OLD,
        "app/jobs.py": "from app.values import *\n" + MET,
    },
    "a submodule that __all__ lists": {
        "app/core/values.py": OLD,
        "app/core/__init__.py": '__all__ = ["values"]\n',
        "app/jobs.py": "from app.core import *\ndef start(job):\n    job.status = values.OLD  # expect: BG010\n",
    },
    "a module called like a builtin": {
        "app/input.py": OLD,
        "app/jobs.py": "from app import input\ndef start(job):\n    job.status = input.OLD  # expect: BG010\n",
    },
    "an import for type checkers": {
        "app/values.py": OLD,
        "app/jobs.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.values import OLD\n" + MET,
    },
    "an import with a fallback": {
        "app/values.py": OLD,
        "app/jobs.py": "try:\n    from values import OLD\nexcept ImportError:\n    from app.values import OLD\n" + MET,
    },
    "an import with a fallback that is a value": {
        "app/values.py": OLD,
        "app/jobs.py": "try:\n    from app.values import OLD\nexcept ImportError:\n    OLD = None\n" + MET,
    },
    "an import inside the function": {
        "app/values.py": OLD,
        "app/jobs.py": "def start(job):\n    from app.values import OLD\n    job.status = OLD  # expect: BG010\n",
    },
    "a circular import": {
        "app/values.py": "from app.jobs import start\n" + OLD,
        "app/jobs.py": "from app.values import OLD\n" + MET,
    },
    "a module that imports its own package": {
        "app/core/__init__.py": "from . import values\nfrom .values import OLD\n",
        "app/core/values.py": "from app.core import values\n" + OLD,
        "app/jobs.py": "from app.core import OLD\n" + MET,
    },
    "a namespace package": {
        "shop/core/values.py": OLD,
        "shop/jobs.py": "from shop.core.values import OLD\n" + MET,
    },
    "a namespace package, attribute by attribute": {
        "shop/core/values.py": OLD,
        "shop/jobs.py": "import shop.core.values\ndef start(job):\n    job.status = shop.core.values.OLD  # expect: BG010\n",
    },
    "a module taken from a namespace package": {
        "shop/core/values.py": OLD,
        "shop/jobs.py": "from shop.core import values\ndef start(job):\n    job.status = values.OLD  # expect: BG010\n",
    },
    "src": {"src/values.py": OLD, "src/jobs.py": "from values import OLD\n" + MET},
    "the parent of the topmost package": {
        "services/orders/shop/__init__.py": "",
        "services/orders/shop/core/__init__.py": "",
        "services/orders/shop/values.py": OLD,
        "services/orders/shop/core/jobs.py": "from shop.values import OLD\n" + MET,
    },
    "a folder of a package that is none itself": {
        "services/shop/__init__.py": "",
        "services/shop/values.py": OLD,
        "services/shop/tasks/daily/jobs.py": "from shop.values import OLD\n" + MET,
    },
    "folders alone, below the root": {
        "services/shop/values.py": OLD,
        "services/shop/tasks/jobs.py": "from shop.values import OLD\n" + MET,
    },
    "a script's neighbour": {"scripts/values.py": OLD, "scripts/jobs.py": "from values import OLD\n" + MET},
    "a module of the same name as an installed package": {
        "flake8.py": OLD,
        "app/jobs.py": "from flake8 import OLD\n" + MET,
    },
    "a module of the same name as one of the standard library": {
        "queue.py": OLD,
        "app/jobs.py": "import queue\ndef start(job):\n    job.status = queue.OLD  # expect: BG010\n",
    },
    "a module with a byte order mark and Windows line ends": {
        "app/values.py": "\ufeff# values\r\n" + OLD,
        "app/jobs.py": "from app.values import OLD\n" + MET,
    },
    "a module in another encoding": {
        "app/values.py": '# -*- coding: utf-8 -*-\n"""Größe"""\n' + OLD,
        "app/jobs.py": "from app.values import OLD\n" + MET,
    },
}


@pytest.mark.parametrize("files", LEADS_ELSEWHERE.values(), ids=LEADS_ELSEWHERE)
def test_an_import_that_leads_elsewhere_is_silent(tmp_path, files):
    assert_as_marked(tmp_path, {"app/jobs.py": "", **files}, "BG010", only=("jobs.py", "__init__.py"))


@pytest.mark.parametrize("files", LEADS_THERE.values(), ids=LEADS_THERE)
def test_an_import_is_followed(tmp_path, files):
    assert_as_marked(tmp_path, files, "BG010", only=("jobs.py", "__init__.py"))


def test_each_root_of_a_monorepo_is_its_own(project):
    for name, value in (("one", "processing"), ("two", "running")):
        project.write(f"{name}/pyproject.toml", "")
        project.write(f"{name}/app/__init__.py", "")
        project.write(f"{name}/app/values.py", f'OLD = "{value}"\n')
        project.write(f"{name}/app/jobs.py", "from app.values import OLD\n" + USE)
    lines = project.flake8("--select", "BG", "one", "two").lines
    assert [line.partition(" ")[0] for line in lines] == ["one/app/jobs.py:3:18:"]
    assert project.flake8("--select", "BG", "two", "one").lines == lines
    assert project.flake8("--select", "BG", "--bgtasks-root", "two", "one", "two").lines == lines  # one is outside


@pytest.mark.parametrize(
    ("dotted", "importing"),
    [("a.b-c", "/p"), ("a..b", "/p"), ("..a", None)],
    ids=["what is no name", "a name with nothing in it", "relative to nothing"],
)
def test_there_is_no_file_for(dotted, importing):
    assert list(candidates(dotted, ("/p",), importing)) == []


@pytest.mark.parametrize(
    ("path", "owned"),
    [("redis/client.py", True), ("redis/lib/client.py", True), ("redis/redis.conf", False), ("redis/a/b/c.py", False)],
)
def test_a_folder_is_the_projects_own_where_it_holds_code(path, owned, tmp_path):
    write(tmp_path, {path: ""})
    assert Disk(str(tmp_path)).owns("redis", None) is owned
