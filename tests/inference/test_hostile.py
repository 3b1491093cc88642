"""The linted code is hostile until proven otherwise: it is never run, and it cannot make us hang."""

import os

import pytest

SPEAKS = "from app.evil import OLD\n\n\ndef start(job):\n    job.status = OLD\n"
EFFECT = 'open("{path}", "w").close()\n'
EVIL = {
    "a module": "{effect}OLD = 'processing'\n",
    "a class body": "class A:\n    {effect}OLD = 'processing'\n",
    "a subclass hook": "class A:\n    def __init_subclass__(cls):\n        {effect}class B(A):\n    pass\nOLD = 'processing'\n",
    "a decorator": "def run(f):\n    {effect}    return f\n@run\ndef g():\n    pass\nOLD = 'processing'\n",
    "a default": "def g(x={call}):\n    pass\nOLD = 'processing'\n",
    "a module's __getattr__": "def __getattr__(name):\n    {effect}    return 'processing'\nOLD = 'processing'\n",
}


@pytest.mark.parametrize("text", EVIL.values(), ids=EVIL)
def test_nothing_of_it_runs(project, text):
    mark = project.root / "ran"
    effect = EFFECT.format(path=mark)
    project.write("app/evil.py", text.format(effect=effect, call=effect.strip()))
    for name in ("sitecustomize.py", "usercustomize.py", "conftest.py", "app/__init__.py", "brain_evil.py"):
        project.write(name, effect)
    project.write("app/jobs.py", SPEAKS)
    said = project.flake8("--select", "BG", "app/jobs.py")
    assert said.lines[0].startswith("app/jobs.py:5:18: BG010") and not mark.exists()


CYCLES = {
    "a module that imports itself": "from app.evil import OLD\n",
    "a module that imports itself by a star": "from app.evil import *\n",
    "a name that stands for itself": "OLD = OLD\n",
    "names that stand for each other": "OLD = A\nA = B\nB = OLD\n",
    "a class that is its own base": "class OLD(OLD):\n    pass\n",
    "classes that are each other's bases": "class OLD(A):\n    x = 1\nclass A(OLD):\n    pass\n",
    "a function that returns itself": "def OLD():\n    return OLD()\n",
    "functions that return each other": "def OLD():\n    return a()\ndef a():\n    return OLD()\n",
    "a wide fan of conditionals": "A0 = 'x'\n"
    + "".join(f"A{n + 1} = A{n} if A{n} else A{n}\n" for n in range(200))
    + "OLD = A200\n",
    "five hundred mixins": "".join(f"class M{n}:\n    a{n} = 1\n" for n in range(500))
    + f"class OLD({', '.join(f'M{n}' for n in range(500))}):\n    pass\n",
    "a class five hundred levels deep": "class M0:\n    pass\n"
    + "".join(f"class M{n + 1}(M{n}):\n    pass\n" for n in range(500))
    + "OLD = M500.status\n",
}


@pytest.mark.parametrize("text", CYCLES.values(), ids=CYCLES)
def test_what_leads_in_circles_is_unknown(project, text):
    project.write("app/evil.py", text)
    project.write("app/jobs.py", SPEAKS)
    assert project.flake8("--select", "BG", "app") == (0, (), "")


def test_links_that_lead_in_circles_or_out_of_the_project_lead_nowhere(project):
    outside = project.root.parent / "outside.py"
    outside.write_text('OLD = "processing"\n')
    project.write("app/jobs.py", SPEAKS)
    os.symlink(outside, project.root / "app" / "evil.py")
    assert project.flake8("--select", "BG", "app/jobs.py") == (0, (), "")
    (project.root / "app" / "evil.py").unlink()
    os.symlink(project.root / "app" / "evil.py", project.root / "app" / "evil.py")
    assert project.flake8("--select", "BG", "app/jobs.py") == (0, (), "")


def test_modules_that_cannot_be_read_are_unknown(project):
    project.write("app/jobs.py", SPEAKS)
    for content in (b"OLD = (", b"\0", b"\xff\xfe", b"-" * 100_000 + b"1"):
        project.write("app/evil.py", content)
        assert project.flake8("--select", "BG", "app/jobs.py") == (0, (), "")
