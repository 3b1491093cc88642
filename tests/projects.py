"""Small projects of several files, linted in this process with everything that the project knows."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from flake8_bgtasks.checkers.running import find
from flake8_bgtasks.host.options import Settings
from flake8_bgtasks.host.session import Session
from flake8_bgtasks.violation import Violation
from tests.linting import BUNDLED, catalogue, marks


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write the files below `root`, and an ``__init__.py`` into every folder of ``app`` and ``models``."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
        for folder in Path(path).parents:
            if folder.parts[:1] in (("app",), ("models",)) and not (root / folder / "__init__.py").exists():
                (root / folder / "__init__.py").write_text("")


def session(root: Path, rules: str = BUNDLED) -> Session:
    """Return a session on the project, as one process of flake8 has it."""
    return Session(Settings(root=str(root)), catalogue(rules))


def lint(running: Session, root: Path, path: str) -> list[Violation]:
    """Return what all families find in one file of the project, in the order of the file."""
    text = (root / path).read_text(encoding="utf-8")
    return [found.violation for found in find(running.read(str(root / path), text), running)]


def assert_as_marked(
    root: Path, files: Mapping[str, str], codes: str = "BG", rules: str = BUNDLED, only: tuple[str, ...] = ("",)
) -> None:
    """Assert that in each of the files the findings whose codes start with `codes` are those marked, and no others.

    `only` are the ends of the paths that are looked at.
    """
    write(root, files)
    running = session(root, rules)
    for path, text in files.items():
        if not path.endswith(only):
            continue
        found = {(one.line, one.code) for one in lint(running, root, path) if one.code.startswith(codes)}
        wanted = {mark for mark in marks(text) if mark[1].startswith(codes)}
        assert found == wanted, f"{path}: found {found - wanted}; expected and not found {wanted - found}"
