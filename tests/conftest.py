"""What the tests of every room share: a throw-away project, and the real flake8 to run on it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes: the first one keeps the compiled modules

REPOSITORY = Path(__file__).resolve().parent.parent


class Run(NamedTuple):
    """What one flake8 process left behind; ``lines`` are those of its standard output."""

    code: int
    lines: tuple[str, ...]
    errors: str

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class Project:
    """A project in a directory of its own, with a marker so that it is a root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write(".flake8", "[flake8]\n")

    def write(self, path: str, content: str | bytes = "") -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def python(
        self, *arguments: str, stdin: str | bytes = "", cwd: str = ".", env: Mapping[str, str] | None = None
    ) -> Run:
        """Run this Python with the arguments; a debugging variable of the developer's own shell does not count."""
        surroundings = {name: value for name, value in os.environ.items() if name != "BGTASKS_DEBUG"}
        done = subprocess.run(
            [sys.executable, *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=self.root / cwd,
            env={**surroundings, **(env or {})},
            timeout=120,
            check=False,
        )
        return Run(done.returncode, tuple(done.stdout.decode().splitlines()), done.stderr.decode())

    def flake8(
        self, *arguments: str, stdin: str | bytes = "", cwd: str = ".", env: Mapping[str, str] | None = None
    ) -> Run:
        """Run the real flake8; the arguments are those of its command line."""
        return self.python("-m", "flake8", *arguments, stdin=stdin, cwd=cwd, env=env)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project below the test's own directory; its neighbours are outside of its root."""
    root = tmp_path / "project"
    root.mkdir()
    return Project(root)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The directory that holds pyproject.toml."""
    return REPOSITORY
