"""What `bgtasks why` tells is what the checkers say, of every documented example and of the storefront."""

import os
from functools import cache
from pathlib import Path

import pytest

from flake8_bgtasks.checkers.running import find
from flake8_bgtasks.cli.project import Project
from flake8_bgtasks.cli.why import trace_of
from flake8_bgtasks.host.configuration import configured
from flake8_bgtasks.host.session import open_session
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.tracing.trace import FileTrace

DOCS = Path(__file__).parents[2] / "docs"
ROOTS = [*sorted(DOCS.glob("rules/BG*/*/")), DOCS / "examples" / "storefront"]
FILES = [
    path.relative_to(DOCS).as_posix()
    for root in ROOTS
    for path in sorted(root.rglob("*"))
    if path.suffix in (".py", ".js")
]
OWN = Path(__file__).parents[1] / "data" / "own-rules.yaml"


@cache
def _project(root: str, rules: str | None) -> Project:
    arguments = ["--isolated", f"--bgtasks-root={root}", *([f"--bgtasks-rules={rules}"] if rules else [])]
    options = configured(arguments)
    return Project(options, open_session(options))


def _opened(path: str, rules: Path | None = None) -> tuple[Project, str]:
    file = DOCS / path
    root = next(root for root in ROOTS if file.is_relative_to(root))
    return _project(str(root), rules and str(rules)), os.path.relpath(file)


def _trace(project: Project, filename: str, line: int | None = None) -> FileTrace:
    return trace_of(project, filename, line, ())


@pytest.mark.parametrize(
    ("path", "rules"),
    [*((path, None) for path in FILES), *((path, OWN) for path in FILES if path.startswith("examples"))],
)
def test_a_file_has_the_findings_that_linting_it_has(path: str, rules: Path | None) -> None:
    project, filename = _opened(path, rules)
    source = project.session.read(filename, (DOCS / path).read_text(encoding="utf-8"))
    linted = {(one.violation.code, one.violation.line) for one in find(source, project.session)}
    told = {(rule.code, found.line) for rule in _trace(project, filename).rules for found in rule.findings}
    assert told == linted


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".py")])
def test_a_task_lacks_something_where_a_finding_says_so(path: str) -> None:
    project, filename = _opened(path)
    families = {one.rule.code: one.rule for one in project.session.catalogue.rules}
    for rule in _trace(project, filename).rules:
        if families[rule.code].family is not Family.TASKS:
            continue
        lacking = {unit.name for unit in rule.units if not unit.is_met}
        assert lacking == {
            found.message.split()[1]
            for found in rule.findings
            if " never " in found.message or " has no " in found.message
        }


@pytest.mark.parametrize("path", [path for path in FILES if "/bad" in path])
def test_a_line_with_a_finding_tells_of_it(path: str) -> None:
    project, filename = _opened(path)
    lines = (DOCS / path).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        marked = {code for code in line.partition(" expect: ")[2].split() if code.startswith("BG")}
        if marked or number == len(lines):
            trace = _trace(project, filename, number)
            assert trace.code == line.strip()
            assert marked <= {rule.code for rule in trace.rules for found in rule.findings if found.line == number}
