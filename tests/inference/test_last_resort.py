"""What astroid is asked, last of all: attributes of objects, tables in tables, classes that a function makes."""

import ast
from textwrap import dedent

import pytest

from flake8_bgtasks.inference.indexes import Wanted
from flake8_bgtasks.inference.project import Kept, Project
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.semantics.names import lineage
from flake8_bgtasks.semantics.values import UNKNOWN, values
from flake8_bgtasks.source import Definition
from tests.projects import write

STATES = {
    "app/states.py": """
        from dataclasses import dataclass
        from functools import cached_property
        from typing import NamedTuple
        from pydantic_settings import BaseSettings
        from app import other

        class Words:
            old = "processing"

            def __init__(self):
                self.new = "running"

            def first(self):
                return self.old

            @property
            def last(self):
                if other.is_late():
                    return "late"
                return self.new

            def told(self, word):
                return word

            def long(self):
                for word in ("a", "b"):
                    return word

            def known(self, word="x"):
                self.word = word
                return other.anything(word)

        class More(Words):
            old = "older"

        @dataclass(frozen=True)
        class Given:
            old: str = "processing"
            new: str = "running"

        class Pair(NamedTuple):
            old: str = "processing"

        class Settings(BaseSettings):
            old: str = "processing"

        class Magic:
            old = "processing"
            def __getattr__(self, name):
                return name

        class Taught:
            old = "processing"
            def __init__(self, old="processing"):
                self.taught = old

        class Nested:
            old = "processing"
            class Inner:
                old = "processing"
            async def later(self):
                return self.old

        class Looped:
            old = "processing"
            for old in ("a", "b"):
                pass

        @other.registered
        class Wrapped:
            old = "processing"

        class Changed:
            changed = "processing"

        WORDS, MORE, GIVEN, PAIR, SETTINGS, MAGIC = Words(), More(), Given(), Pair(), Settings(), Magic()
        WORDS2 = Words()
        TOLD_OTHERWISE = Given(old="something else")
        TAUGHT = Taught("something else")
        WRAPPED = Wrapped()
        CHANGED = Changed()
        CHANGED.changed = "running"
        TABLE = {"import": {"status": "processing", "steps": ["queued", "processing"]}, "export": {"status": "running"}}
        STEPS = ("queued", "processing", "done")
        MERGED = {**TABLE["export"], "other": "x"}
        NAMED = {"status": other.anything()}
        """,
    "app/other.py": "def anything(x=None):\n    return open('x').read()\ndef registered(cls):\n    return make(cls)\n",
}
HEAD = "from app import states\nfrom app.states import *\n"

KNOWN = {
    "an attribute of an object": ("states.WORDS2.old", {"processing"}),
    "an attribute set in a constructor": ("states.WORDS2.new", {"running"}),
    "an attribute of an object that is made in place": ("states.Words().old", {"processing"}),
    "an attribute that a base class has": ("states.More().new", {"running"}),
    "an attribute that a class overrides": ("states.More().old", {"older"}),
    "what a method returns": ("states.WORDS2.first()", {"processing"}),
    "what an inherited method returns of an object": ("states.More().first()", {"older"}),
    "what a property returns": ("states.WORDS2.last", {"late", "running"}),
    "what a method is told": ("states.WORDS2.told('running')", {"running"}),
    "a dataclass's default": ("states.Given().old", {"processing"}),
    "a named tuple's default": ("states.Pair().old", {"processing"}),
    "a table in a table": ("states.TABLE['import']['status']", {"processing"}),
    "a list in a table in a table": ("states.TABLE['import']['steps'][-1]", {"processing"}),
    "an element of a tuple": ("states.STEPS[1]", {"processing"}),
    "an element of a part of a tuple": ("states.STEPS[1:][0]", {"processing"}),
    "an entry of a table made of others": ("states.MERGED['status']", {"running"}),
}
NOT_KNOWN = {
    "an attribute that is computed": ("states.WORDS2.known()", {UNKNOWN}),
    "an argument that is kept": ("states.Taught('x').taught", {UNKNOWN}),
    "an argument of a dataclass": ("states.Given(old='x').old", {UNKNOWN}),
    "an argument of a dataclass, in a variable": ("states.TOLD_OTHERWISE.old", {UNKNOWN}),
    "an object with arguments": ("states.TAUGHT.taught", {UNKNOWN}),
    "settings that come from the environment": ("states.Settings().old", {UNKNOWN}),
    "an object that answers for itself": ("states.Magic().old", {UNKNOWN}),
    "a class that a decorator makes another": ("states.WRAPPED.old", {UNKNOWN}),
    "an attribute that is set from outside": ("states.CHANGED.changed", {UNKNOWN}),
    "a method with a loop": ("states.WORDS2.long()", {UNKNOWN}),
    "an entry that is computed": ("states.NAMED['status']", {UNKNOWN}),
    "an entry that is not there": ("states.TABLE['nowhere']['status']", {UNKNOWN}),
    "a variable of the function": ("w = states.Words()\n    w.old", {UNKNOWN}),
    "an object whose class has a class in it": ("states.Nested().old", {"processing"}),
    "a member of a class in a class, but for its name": ("states.Nested().Inner.old", {"old"}),
    "an object of a class with a statement that is not shown": ("states.Looped().old", {UNKNOWN}),
    "what a method with the rest of the arguments is told": ("states.WORDS2.told(*job)", {UNKNOWN}),
    "what a method with more keywords is told": ("states.WORDS2.told(**job)", {UNKNOWN}),
    "a method that takes its time": ("states.Nested().later()", {UNKNOWN}),
    "an element of a difference": ("(states.STEPS - job)[0]", {UNKNOWN}),
    "text that is cut": ("states.STEPS[1].split('i')[0]", {UNKNOWN}),
    "an f-string": ("f'{states.WORDS2.old}'", {UNKNOWN}),
}


def known(root):
    return Project(str(root), Wanted((), lambda path: False), Kept())


def values_of(root, code):
    write(root, STATES)
    text = f"{HEAD}def f(job):\n    {code}\n"
    tree = ast.parse(text)
    source = known(root).look_at("app/jobs.py", text.splitlines(keepends=True), tree)
    last = tree.body[-1].body[-1].value
    return set(values(last, top(source)))


@pytest.mark.parametrize(("code", "wanted"), NOT_KNOWN.values(), ids=NOT_KNOWN)
def test_no_value_is_guessed_for(tmp_path, code, wanted):
    assert values_of(tmp_path, code) == wanted


@pytest.mark.parametrize(("code", "wanted"), KNOWN.values(), ids=KNOWN)
def test_the_value_is_known_of(tmp_path, code, wanted):
    assert values_of(tmp_path, code) == wanted


BASES = {
    "app/base.py": """
        from sqlalchemy import Column
        from sqlalchemy.orm import DeclarativeBase, declarative_base

        class Base(DeclarativeBase):
            pass

        class Stamped:
            started_at = Column()

        class Ended:
            completed_at = Column()

        def stamped(base):
            class Mixin(base):
                started_at = Column()
                triggered_by = Column()
            return Mixin

        def either(base):
            if base.late:
                return Stamped
            return Ended

        def late():
            return type("Late", (Stamped, Ended), {"__abstract__": True})

        def filled(**columns):
            return type("Filled", (Base,), columns)

        class Factory:
            def base(self):
                return Stamped

        def traced(function):
            return make(function)

        @traced
        def wrapped():
            return Stamped

        NewBase = type("NewBase", (DeclarativeBase,), {})
        Full = type("Full", (Stamped,), {"status": Column()})
        Old = declarative_base()
        FACTORY = Factory()
        """
}
LINES = {
    "a class that a function makes of what it is given": ("stamped(Ended)", ["Mixin", "Ended"], []),
    "a class that a function makes of what it is given by name": ("stamped(base=Ended)", ["Mixin", "Ended"], []),
    "a class that a function makes of one from elsewhere": (
        "stamped(DeclarativeBase)",
        ["Mixin"],
        ["sqlalchemy.orm.DeclarativeBase"],
    ),
    "a class that a function makes of another that it made": ("stamped(stamped(Ended))", [], ["stamped()"]),
    "a class made by type": ("late()", ["Stamped", "Ended"], []),
    "a class made by type in a variable": ("NewBase", [], ["sqlalchemy.orm.DeclarativeBase"]),
    "a class made by type in place": ("type('X', (Stamped,), {})", ["Stamped"], []),
    "a class made by type with attributes": ("Full", [], ["builtins.type()"]),
    "a class made by type with attributes from its caller": ("filled(a=1)", [], ["filled()"]),
    "one of two classes": ("either(1)", [], ["either()"]),
    "a class that a method returns": ("FACTORY.base()", [], ["base()"]),
    "a class that a wrapped function returns": ("wrapped()", [], ["wrapped()"]),
    "what a library makes": ("Old", [], ["sqlalchemy.orm.declarative_base()"]),
    "what nobody knows": ("nobody(Stamped)", [], ["nobody()"]),
}


@pytest.mark.parametrize(("base", "inside", "outside"), LINES.values(), ids=LINES)
def test_a_class_inherits_from(tmp_path, base, inside, outside):
    write(tmp_path, BASES)
    text = f"from sqlalchemy.orm import DeclarativeBase\nfrom app.base import *\nclass Job({base}):\n    pass\n"
    tree = ast.parse(text)
    source = known(tmp_path).look_at("app/jobs.py", text.splitlines(keepends=True), tree)
    line = lineage(Definition(source, tree.body[-1]))
    assert [found.node.name for found in line.classes[1:]] == inside
    assert [name.removeprefix("app.") for name in line.outside] == outside


ORDINARY = {
    "app/states.py": """
        from enum import Enum

        class JobStatus(str, Enum):
            OLD = "processing"
            NEW = "running"

        BY_EVENT = {"start": JobStatus.NEW}
        """,
    "app/base.py": """
        from sqlalchemy import Column
        from sqlalchemy.orm import declarative_base

        Base = declarative_base()

        class Stamped:
            started_at = Column()
        """,
    "models/database/import_job.py": """
        from app.base import Base, Stamped

        class ImportJob(Stamped, Base):
            __tablename__ = "jobs"
        """,
    "app/tasks/imports.py": """
        import os
        from app.core import session
        from app.states import BY_EVENT, JobStatus
        from models.database.import_job import ImportJob

        class Importer:
            def __init__(self, db, job_id):
                self.job = db.get(ImportJob, job_id)
                self.words = {"start": JobStatus.OLD}

            def step(self, event, job, word=os.environ.get("WORD", "processing")):
                job.status = BY_EVENT[event]
                job.status = self.words[event]
                job.status = self.job.status
                job.status = word.strip().lower()
                job.status = event.status or event["status"] or event.get("status", "processing")
                job.status = compute(event).status
                self.job.status = JobStatus.OLD if event else self.job.other

        def import_products(job_id):
            with session() as db:
                importer = Importer(db, job_id)
                importer.step({"status": "processing"}, importer.job)
                importer.job.status = importer.job.steps[0].status
        """,
    "app/core.py": "from sqlalchemy.orm import sessionmaker\nsession = sessionmaker()\n",
}
LOADED = """\
import sys
from flake8.main.cli import main
main(["--select", "BG", "-j1", *sys.argv[1:]])
print("astroid" in sys.modules, sorted(name for name in sys.modules if name.split(".")[0] in {"app", "models"}))
"""


def test_a_run_over_ordinary_files_imports_no_astroid(project):
    write(project.root, ORDINARY)
    said = project.python("-c", LOADED, ".")
    assert "BG010" in said.text and "BG002" in said.text
    assert said.lines[-1] == "False []"


@pytest.mark.parametrize(
    "files",
    [
        {
            "app/states.py": STATES["app/states.py"],
            "app/late.py": "from app.states import WORDS2\ndef f(job):\n    job.status = WORDS2.old\n",
        },
        {
            **BASES,
            "models/database/test_run.py": "from app.base import *\nclass TestRun(stamped(Base)):\n    __tablename__ = 'x'\n",
        },
    ],
    ids=["an attribute of an object", "a base that a function makes"],
)
def test_a_run_that_needs_it_imports_astroid_and_nothing_of_the_project(project, files):
    write(project.root, files)
    said = project.python("-c", LOADED, ".")
    assert said.lines[-1] == "True []"
    assert project.flake8("--select", "BG", ".").lines == said.lines[:-1]


def test_what_goes_wrong_in_astroid_is_unknown_and_shown_where_it_is_asked_for(project):
    write(
        project.root, {**BASES, "models/database/test_run.py": "from app.base import *\nclass TestRun(never()): pass\n"}
    )
    write(project.root, {"app/base.py": f"{dedent(BASES['app/base.py'])}\ndef never():\n    return never()\n"})
    assert project.flake8("--select", "BG", ".").errors == ""
    said = project.flake8("--select", "BG", ".", "-j1", env={"BGTASKS_DEBUG": "1"}).errors
    assert said.startswith("flake8-bgtasks: unknown to astroid (1): models/database/test_run.py:2: ")
