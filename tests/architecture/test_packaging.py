"""What is installed is what was written: entry points, metadata, and the rules in every form of the package."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import flake8_bgtasks
from flake8_bgtasks.rules.model import Family

FAMILIES = {"BG00": "models", "BG01": "status", "BG02": "api", "BG03": "tasks", "BG04": "frontend", "BG": "generic"}
DATA = (
    "flake8_bgtasks/rules.yaml",
    "flake8_bgtasks/examples.yaml",
    "flake8_bgtasks/rules.schema.json",
    "flake8_bgtasks/py.typed",
)


@pytest.fixture(scope="module")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory):
    """Build a wheel or an sdist from a copy of what is packaged, without a network."""
    here = tmp_path_factory.mktemp("packaging")
    copy = here / "copy"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(repository / name, copy)
    shutil.copytree(
        repository / "flake8_bgtasks", copy / "flake8_bgtasks", ignore=shutil.ignore_patterns("__pycache__")
    )

    def build(kind: str) -> tuple[Path, str]:
        target = here / kind
        target.mkdir(exist_ok=True)
        script = f"import sys; from setuptools import build_meta; build_meta.build_{kind}(sys.argv[1])"
        command = [sys.executable, "-W", "error::DeprecationWarning:setuptools", "-c", script, str(target)]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        (package,) = target.iterdir()
        return package, done.stdout + done.stderr

    return build


def test_a_wheel_carries_the_rules(built):
    package, output = built("wheel")
    names = zipfile.ZipFile(package).namelist()
    assert set(DATA) <= set(names)
    assert all(name.startswith("flake8_bgtasks") for name in names)
    assert "Deprecat" not in output


def test_an_sdist_carries_the_rules(built):
    package, output = built("sdist")
    with tarfile.open(package) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {*DATA, "pyproject.toml", "README.md", "LICENSE"} <= names
    assert "Deprecat" not in output


def test_each_family_is_an_entry_point_with_a_checker_of_its_own():
    found = {point.name: point for point in entry_points(group="flake8.extension") if point.name.startswith("BG")}
    assert found.keys() == FAMILIES.keys()
    checkers = {name: point.load() for name, point in found.items()}
    assert {name: checker.family for name, checker in checkers.items()} == {
        name: Family(family) for name, family in FAMILIES.items()
    }
    assert len(set(checkers.values())) == len(FAMILIES)


def test_flake8_names_us(project):
    assert f"flake8-bgtasks: {flake8_bgtasks.__version__}" in project.flake8("--version").text.replace("\n", " ")


def test_the_options_are_in_the_help_once(project):
    text = project.flake8("--help").text
    for option in ("--bgtasks-rules FILE", "--bgtasks-root DIR", "--bgtasks-severity {info,warning,error}"):
        assert text.count(option) == 1


def test_the_rules_at_the_top_are_the_rules_in_the_package(repository: Path):
    assert (repository / "rules.yaml").samefile(repository / "flake8_bgtasks" / "rules.yaml")
