"""The tools that are compared, each installed from the package index into an environment of its own."""

import subprocess
import sys
import venv
from pathlib import Path
from typing import NamedTuple

FLAKE8 = "flake8==7.5.0"
_REPOSITORY = Path(__file__).parent.parent


class Tools(NamedTuple):
    """The programs, by their paths."""

    bare: Path
    """flake8 with nothing added."""
    ours: Path
    """flake8 with this plugin."""
    python: Path
    """The Python that runs both."""
    semgrep: Path
    ast_grep: Path


def install(scratch: Path, rivals: bool) -> Tools:
    """Return the tools; ours is built from this repository each time, the others are kept."""
    bare = _environment(scratch / "bare", FLAKE8)
    ours = _environment(scratch / "ours", FLAKE8)
    _pip(ours, "--force-reinstall", "--no-deps", str(_REPOSITORY))
    _pip(ours, str(_REPOSITORY))
    other = scratch / "rivals"
    if rivals:
        _environment(other, "semgrep==1.185.0", "ast-grep-cli==0.51.1")
    return Tools(bare / "flake8", ours / "flake8", ours / "python", other / "bin/semgrep", other / "bin/ast-grep")


def _environment(folder: Path, *requirements: str) -> Path:
    """Return the folder with the programs of an environment."""
    programs = folder / "bin"
    if not (folder / ".complete").exists():
        venv.create(folder, clear=True, with_pip=True)
        _pip(programs, *requirements)
        (folder / ".complete").touch()
    return programs


def _pip(programs: Path, *arguments: str) -> None:
    pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *arguments], check=True, stdout=sys.stderr)
