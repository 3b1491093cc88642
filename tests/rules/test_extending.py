"""What ``extends: bundled`` makes of the bundled rules, and what the keys of a team's own file are read as."""

from dataclasses import replace
from pathlib import Path

import pytest

from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import (
    AntiPattern,
    Example,
    Examples,
    Family,
    Mark,
    Requirement,
    Rule,
    RuleSet,
    Severity,
)

OWN = Path(__file__).parents[1] / "data" / "own-rules.yaml"
BUNDLED = {rule.id: rule for rule in loader.bundled().rules}


def load(text: str, yaml_loader: loader.Loader = loader.LOADER) -> RuleSet:
    return loader.load(text, "own.yaml", yaml_loader)


def rule_of(rules: RuleSet, rule_id: str) -> Rule:
    (found,) = (rule for rule in rules.rules if rule.id == rule_id)
    return found


@pytest.mark.parametrize(
    "text", ["extends: bundled\n", "extends: bundled\nexclude: a.py\n", "{equivalents: {a: b}, extends: bundled}\n"]
)
def test_needs_no_rules_of_ones_own(text: str, yaml_loader: loader.Loader) -> None:
    rules = load(text, yaml_loader)
    assert rules.rules == loader.bundled().rules
    assert (rules.path, rules.extends) == ("own.yaml", "bundled")


def test_without_it_the_file_stands_alone(yaml_loader: loader.Loader) -> None:
    text = "background_task_rules: [{id: BG-030, name: n, severity: info, anti_patterns: [{pattern: x}]}]\n"
    rules = load(text, yaml_loader)
    assert [(rule.id, rule.suggestion) for rule in rules.rules] == [("BG-030", "")]
    assert rules.extends is None


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param("", {}, id="nothing at all"),
        pytest.param(", severity: info", {"severity": Severity.INFO}, id="the severity"),
        pytest.param(", name: Run!", {"name": "Run!"}, id="the name"),
        pytest.param(", description: ''", {"description": ""}, id="the description, away"),
        pytest.param(", enabled: off", {"enabled": False}, id="off"),
        pytest.param(", enabled: true", {}, id="on, as it is"),
        pytest.param(", family: tasks", {}, id="the family that it has"),
        pytest.param(", exclude: a.py", {"exclude": ("a.py",)}, id="an exclusion"),
        pytest.param(
            ", patterns: [{must_contain: x}]",
            {"requirements": (Requirement(must_contain=("x",)),)},
            id="the patterns, all of them",
        ),
        pytest.param(
            ", anti_patterns: [{pattern: x}]", {"anti_patterns": (AntiPattern("x"),)}, id="an anti-pattern beside them"
        ),
        pytest.param(
            ", tests: {bad: 'x = 1'}",
            {"tests": Examples(bad=(Example(((None, "x = 1"),)),))},
            id="tests",
        ),
    ],
)
def test_a_change_is_merged_key_by_key(change: str, expected: dict[str, object], yaml_loader: loader.Loader) -> None:
    rules = load(f"extends: bundled\nbackground_task_rules: [{{id: BG-030{change}}}]\n", yaml_loader)
    assert rule_of(rules, "BG-030") == replace(BUNDLED["BG-030"], **expected)  # type: ignore[arg-type]  # fields
    assert [rule for rule in rules.rules if rule.id != "BG-030"] == [r for r in loader.bundled().rules if r.id != "BG-030"]  # fmt: skip


def test_an_exclusion_takes_the_place_of_the_bundled_one() -> None:
    rules = load("extends: bundled\nbackground_task_rules: [{id: BG-010, exclude: a.py}]\n")
    assert rule_of(rules, "BG-010").exclude == ("a.py",)


def test_the_bundled_order_stays_and_new_rules_follow_in_theirs(yaml_loader: loader.Loader) -> None:
    asks = "name: n, severity: info, anti_patterns: [{pattern: x}]"
    text = (
        "background_task_rules:\n"
        f"  - {{id: BG-900, {asks}}}\n  - {{id: BG-041}}\n  - {{id: BG-034, {asks}}}\n  - {{id: BG-001}}\n"
        "extends: bundled\n"
    )
    assert [rule.id for rule in load(text, yaml_loader).rules] == [*BUNDLED, "BG-900", "BG-034"]


def test_marks_say_in_which_file_something_stands(yaml_loader: loader.Loader) -> None:
    text = """\
extends: bundled
background_task_rules:
  - id: BG-030
    severity: info
  - id: BG-031
    patterns:
      - must_contain: x
    tests:
      bad: |
        x
"""
    rules = load(text, yaml_loader)
    changed, asked, untouched = (rule_of(rules, rule_id) for rule_id in ("BG-030", "BG-031", "BG-032"))
    assert where(changed.mark) == ("own.yaml", 3, 5)
    assert where(changed.requirements[0].mark) == where(BUNDLED["BG-030"].requirements[0].mark)
    assert where(changed.requirements[0].mark)[0] == "flake8_bgtasks/rules.yaml"
    assert where(asked.requirements[0].mark) == ("own.yaml", 7, 9)
    assert where(asked.tests.bad[0].mark) == ("own.yaml", 9, 12)
    assert where(untouched.mark) == where(BUNDLED["BG-032"].mark)


def where(mark: Mark) -> tuple[str, int, int]:
    return mark.path, mark.line, mark.column


class TestTheFileWithEveryKey:
    @pytest.fixture
    def rules(self) -> RuleSet:
        return loader.read(OWN)

    def test_says_what_holds_for_all_rules(self, rules: RuleSet) -> None:
        assert rules.paths == (
            ("app/tasks/*.py", ("src/**/jobs/*.py", "worker/*.py")),
            ("models/database/*_job.py", ("src/**/models.py",)),
        )
        assert rules.exclude == ("**/generated/**", "worker/legacy.py")
        assert rules.equivalents == (
            ("completed_at", ("finished_at", "ended_at")),
            ("SessionLocal()", ("get_session_with_tenant()", "async_session_maker()")),
            ('"completed"', ("success", "done")),
            ("job_id", ("task_id",)),
            ("TestRun", ("PytestRun",)),
        )

    def test_has_a_rule_in_each_family_that_it_names(self, rules: RuleSet) -> None:
        own = [rule for rule in rules.rules if rule.id not in BUNDLED]
        families = {"BG-101": Family.MODELS, "BG-102": Family.TASKS, "BG-103": Family.API, "BG-900": Family.GENERIC}
        assert {rule.id: rule.family for rule in own} == families
        assert {rule.id for rule in rules.rules if not rule.enabled} == {"BG-041"}

    def test_names_classes(self, rules: RuleSet) -> None:
        assert rule_of(rules, "BG-002").requirements == (
            Requirement(file="src/**/models.py", classes=("*Job", "*Run"), must_contain=("started_at", "completed_at")),
        )
        assert rule_of(rules, "BG-101").requirements == (Requirement(classes=("*Job",), must_contain=("attempts",)),)

    def test_keeps_its_tests(self, rules: RuleSet) -> None:
        tests = rule_of(rules, "BG-101").tests
        ((path, code),) = tests.bad[0].files
        assert path is None and code.startswith("class MailJob(Base):\n    __tablename__")
        one, several = tests.good
        assert [path for path, _ in one.files] == [None]
        assert [path for path, _ in several.files] == ["src/base.py", "src/mail/models.py"]
        assert rule_of(rules, "BG-102").tests == Examples()


def test_a_text_for_a_path_may_be_empty() -> None:
    files = (("app/__init__.py", ""), ("app/x.py", "x = 1"))
    text = "{app/__init__.py: '', app/x.py: 'x = 1'}"
    rules = load(f"extends: bundled\nbackground_task_rules: [{{id: BG-001, tests: {{good: {text}}}}}]\n")
    assert rule_of(rules, "BG-001").tests.good == (Example(files),)


@pytest.mark.parametrize(
    ("word", "truth"), [("true", True), ("yes", True), ("On", True), ("FALSE", False), ("no", False)]
)
def test_a_switch_is_any_boolean_of_yaml(word: str, truth: bool, yaml_loader: loader.Loader) -> None:
    rules = load(f"extends: bundled\nbackground_task_rules: [{{id: BG-001, enabled: {word}}}]\n", yaml_loader)
    assert rule_of(rules, "BG-001").enabled is truth


@pytest.mark.parametrize("family", [family.value for family in Family])
def test_a_family_gives_any_other_id_its_units(family: str) -> None:
    asks = "name: n, severity: info, anti_patterns: [{pattern: x}]"
    (rule,) = load(f"background_task_rules: [{{id: BG-101, family: {family}, {asks}}}]\n").rules
    assert rule.family is Family(family)


@pytest.mark.parametrize("name", ["Job", "*Job", "?ob", "[JT]ob", "[!A-M]*", "Größe*"])
def test_a_class_is_named_by_a_glob(name: str) -> None:
    pattern = f"{{class: '{name}', must_contain: x}}"
    (rule,) = load(f"background_task_rules: [{{id: BG-005, name: n, severity: info, patterns: [{pattern}]}}]\n").rules
    assert rule.requirements[0].classes == (name,)
