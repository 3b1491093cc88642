"""Which globs `bgtasks init` writes for files: few and short ones, that cover none of their neighbours."""

import pytest

from flake8_bgtasks.cli.survey.globbing import globs_for

GLOBS = {
    "an ending that files share": (["a/one_jobs.py", "a/two_jobs.py"], ["a/other.py"], ("a/*_jobs.py",)),
    "an ending that files of several folders share": (
        ["a/x_jobs.py", "b/x_jobs.py", "c/y_jobs.py"],
        ["a/other.py"],
        ("**/*_jobs.py",),
    ),
    "an ending at the root": (["one_jobs.py", "two_jobs.py"], ["other.py"], ("*_jobs.py",)),
    "all files at the root": (["one.py", "two.py"], [], ("*.py",)),
    "files with nothing in common": (["a/one.py", "a/two.py"], ["a/other.py"], ("a/one.py", "a/two.py")),
    "a package is nobody's neighbour": (["a/one.py", "a/two.py"], ["a/__init__.py"], ("a/*.py",)),
    "one file of a folder of tasks": (["app/jobs/m.py"], ["app/x.py"], ("app/jobs/*.py",)),
    "one file of any other folder": (["app/lib/m.py"], ["app/x.py"], ("app/lib/m.py",)),
    "folders of tasks in several others": (
        ["app/a/tasks/m.py", "app/b/tasks/n.py"],
        ["app/a/x.py"],
        ("app/*/tasks/*.py",),
    ),
    "other folders in several others": (
        ["app/a/api/m.py", "app/b/api/n.py"],
        ["app/a/x.py"],
        ("app/a/api/m.py", "app/b/api/n.py"),
    ),
    "a module in several folders": (["app/a/tasks.py", "app/b/tasks.py"], ["app/c/x.py"], ("app/*/tasks.py",)),
    "folders in each other": (["app/a/b/m.py", "app/a/n.py"], ["app/x.py"], ("app/a/**/*.py",)),
    "a name with a wildcard in it": (["app/[id]/m.py"], ["app/x.py"], ("app/[[]id]/m.py",)),
}


@pytest.mark.parametrize(("wanted", "others", "globs"), GLOBS.values(), ids=GLOBS)
def test_files_are_named_by(wanted, others, globs) -> None:
    assert globs_for(wanted, others) == globs
