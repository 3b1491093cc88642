"""The table of keys fits the model that the loader fills."""

from dataclasses import fields

import pytest

from flake8_bgtasks.rules import schema
from flake8_bgtasks.rules.model import AntiPattern, Examples, Requirement, Rule, RuleSet
from flake8_bgtasks.rules.schema import Key, Section, Shape

KEYS = [pytest.param(key, id=f"{section.name}: {key.name}") for section in schema.SECTIONS for key in section.keys]


@pytest.mark.parametrize(
    ("section", "model", "derived"),
    [
        pytest.param(schema.PATTERN, Requirement, {"mark"}, id="pattern"),
        pytest.param(schema.ANTI_PATTERN, AntiPattern, {"mark"}, id="anti-pattern"),
        pytest.param(schema.RULE, Rule, {"mark"}, id="rule"),
        pytest.param(schema.TESTS, Examples, set(), id="tests"),
        pytest.param(schema.TOP, RuleSet, {"path"}, id="file"),
    ],
)
def test_each_key_is_a_field(section: Section, model: type, derived: set[str]) -> None:
    names = {key.field or key.name for key in section.keys}
    assert names == {field.name for field in fields(model)} - derived


@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_described_in_one_line(key: Key) -> None:
    assert key.doc and "\n" not in key.doc and not key.doc.endswith(".")


@pytest.mark.parametrize("key", KEYS)
def test_entries_and_only_they_have_a_section_of_the_table(key: Key) -> None:
    assert (key.entries in schema.SECTIONS) == (key.shape in (Shape.ENTRIES, Shape.SECTION))


def test_what_a_pattern_may_ask_for_are_keys_of_a_pattern() -> None:
    assert all(schema.PATTERN.find(name) for name in schema.DEMANDS)


def test_an_unknown_name_has_no_key() -> None:
    assert schema.PATTERN.find("must_contians") is None
