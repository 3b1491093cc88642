"""What `bgtasks init` says of the bundled rules is so: it changes them by their ids, and repeats some of their texts."""

import re
from pathlib import Path

from flake8_bgtasks.cli import survey
from flake8_bgtasks.cli.survey import api_rules, draft, vocabularies
from flake8_bgtasks.rules import loader

BUNDLED = {rule.id: rule for rule in loader.bundled().rules}


def test_every_rule_that_it_names_is_bundled() -> None:
    (folder,) = survey.__path__
    texts = [path.read_text(encoding="utf-8") for path in Path(folder).glob("*.py")]
    named = {found for text in texts for found in re.findall(r"BG-\d{3}", text)}
    assert named and named <= set(BUNDLED)


def test_its_globs_are_those_of_the_bundled_rules() -> None:
    globs = {one.file for rule in BUNDLED.values() for one in (*rule.requirements, *rule.anti_patterns)}
    assert {draft.TASKS, draft.ENDPOINTS, draft.SCRIPTS} <= globs


def test_its_anti_patterns_are_those_of_the_bundled_rule() -> None:
    assert [(one.pattern, one.message) for one in BUNDLED["BG-021"].anti_patterns] == list(api_rules.BLOCKING)
    assert [one.file for one in BUNDLED["BG-021"].requirements] == [api_rules.ASKED]


def test_its_legacy_words_are_those_of_the_bundled_rule() -> None:
    said = re.findall(r'"(\w+)" -> "(\w+)"', BUNDLED["BG-010"].description)
    assert said == list(vocabularies.LEGACY)
