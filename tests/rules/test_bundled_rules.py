"""The bundled rules say what the rules file says that the project was asked to run."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.globs import Glob

SEED = Path(__file__).parents[1] / "data" / "seed-rules.yaml"
ROOT = Path(__file__).parents[2]
BUNDLED = ROOT / "flake8_bgtasks" / "rules.yaml"
MIGRATIONS = ("**/migrations/**", "**/alembic/**")
IDS = [f"BG-{number:03}" for number in (1, 2, 3, 4, 10, 20, 21, 22, 30, 31, 32, 33, 40, 41)]


def rules_of(path: Path) -> dict[str, dict[str, Any]]:
    rules = yaml.safe_load(path.read_text(encoding="utf-8"))["background_task_rules"]
    return {rule["id"]: rule for rule in rules}


def test_both_have_the_same_ids_in_the_same_order() -> None:
    assert list(rules_of(SEED)) == list(rules_of(BUNDLED)) == IDS


@pytest.mark.parametrize("rule_id", IDS)
def test_both_say_the_same_key_by_key(rule_id: str) -> None:
    seed, ours = rules_of(SEED)[rule_id], rules_of(BUNDLED)[rule_id]
    if rule_id == "BG-010":
        assert ours.pop("exclude") == list(MIGRATIONS)
    assert list(ours) == list(seed)
    for key, value in seed.items():
        assert ours[key] == value, key


def test_both_load_to_the_same_rules_but_for_the_migrations() -> None:
    seed, ours = loader.read(SEED).rules, loader.bundled().rules
    assert [rule.id for rule in ours] == IDS
    assert [replace(rule, exclude=()) for rule in ours] == list(seed)
    assert {rule.id: rule.exclude for rule in ours if rule.exclude} == {"BG-010": MIGRATIONS}


@pytest.mark.parametrize("rule", loader.read(SEED).rules, ids=lambda rule: rule.id)
def test_a_loaded_rule_says_what_the_yaml_says(rule: Any) -> None:
    said = rules_of(SEED)[rule.id]
    assert (rule.name, rule.description, rule.suggestion) == (said["name"], said["description"], said["suggestion"])
    assert rule.severity.name.lower() == said["severity"]
    assert [as_written(entry) for entry in rule.requirements] == [as_lists(e) for e in said.get("patterns", [])]
    assert [as_written(entry) for entry in rule.anti_patterns] == [as_lists(e) for e in said.get("anti_patterns", [])]


def as_written(entry: Any) -> dict[str, list[str]]:
    return as_lists({key: value for key, value in vars(entry).items() if key != "mark" and value})


def as_lists(entry: dict[str, Any]) -> dict[str, list[str]]:
    return {key: [value] if isinstance(value, str) else list(value) for key, value in entry.items()}


def test_the_rules_file_at_the_top_is_the_bundled_one() -> None:
    assert (ROOT / "rules.yaml").samefile(BUNDLED)


@pytest.mark.parametrize(
    ("path", "excluded"),
    [
        ("app/tasks/imports.py", False),
        ("app/migrations_report.py", False),
        ("migrations/versions/1a2b_status.py", True),
        ("backend/alembic/env.py", True),
    ],
)
def test_what_bg_010_excludes_are_migrations(path: str, excluded: bool) -> None:
    assert any(Glob(glob).matches(path) for glob in MIGRATIONS) == excluded
