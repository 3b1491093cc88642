"""The README says nothing that is not so."""

import re
from pathlib import Path

import pytest

PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


@pytest.mark.parametrize("page", PAGES)
def test_its_links_lead_somewhere(repository: Path, page):
    links = re.findall(r"\]\(([^)#]+)\)", (repository / page).read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (repository / link).exists()]
    assert not missing


def test_its_command_for_the_tests_is_what_ci_runs(repository: Path):
    commands = [
        line.strip()
        for line in (repository / "README.md").read_text("utf-8").splitlines()
        if line.startswith("    python3 -m venv")
    ]
    assert len(commands) == 2
    assert commands[1] in (repository / ".ci" / "run").read_text("utf-8").splitlines()


def test_every_option_is_explained(repository: Path, project):
    options = set(re.findall(r"--bgtasks-\w+", project.flake8("--help").text))
    assert options and options <= set(re.findall(r"--bgtasks-\w+", (repository / "README.md").read_text("utf-8")))


def test_its_taste_of_the_output_is_what_flake8_prints(repository: Path, project):
    text = (repository / "README.md").read_text("utf-8")
    tasted = [line.strip() for line in text.splitlines() if re.match(r"    docs/\S+:\d+:\d+: BG", line)]
    example = "docs/examples/storefront"
    shown = project.flake8("--select", "BG", example, cwd=str(repository)).lines
    assert tasted and set(tasted) <= set(shown)
