"""What the bundled rules were understood to mean, and that their meaning stands in the rules and not in the code."""

import ast
import re
from pathlib import Path

import pytest

from flake8_bgtasks.source import FUNCTIONS
from tests.linting import catalogue

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "data" / "readings.txt"
HOW_TO_RENEW = "python -m tests.test_readings > tests/data/readings.txt"
"""Read the difference before you commit it: each line is what a rule of our users means."""

WRITES_RULES = {ROOT / "flake8_bgtasks/cli/survey" / name for name in ("api_rules.py", "deciding.py", "model_rules.py")}
"""What `bgtasks init` writes into a rules file changes bundled rules, and has to call them by their ids."""
RULE_ID = re.compile(r"\W*BG-?0(0[1-4]|10|2[0-2]|3[0-3]|4[01])\W*")


def test_the_rules_are_read_as_before() -> None:
    read = list(catalogue().readings())
    assert read == GOLDEN.read_text(encoding="utf-8").splitlines(), f"if that was meant, renew it: {HOW_TO_RENEW}"


def test_every_snippet_and_regex_has_a_reading() -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    for rule in catalogue()._rules:
        assert rule.rule.family.value == "frontend" or f"{rule.rule.id} " in text


@pytest.mark.parametrize(
    "path",
    sorted(set((ROOT / "flake8_bgtasks").rglob("*.py")) - WRITES_RULES),
    ids=lambda path: path.relative_to(ROOT / "flake8_bgtasks").as_posix(),
)
def test_no_rule_is_decided_upon_in_python(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        holder.body[0].value
        for holder in ast.walk(tree)
        if isinstance(holder, (ast.Module, ast.ClassDef, *FUNCTIONS))
        and holder.body
        and isinstance(holder.body[0], ast.Expr)
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documentation
    ]
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    assert not [text for text in (*texts, *names) if RULE_ID.fullmatch(text)]


def test_rule_ids_would_be_found() -> None:
    assert all(RULE_ID.fullmatch(text) for text in ("BG-001", "BG030", "(BG-041) "))
    assert not any(RULE_ID.fullmatch(text) for text in ("BG000", "BG-100", "an id such as BG-030"))


if __name__ == "__main__":
    print("\n".join(catalogue().readings()))
