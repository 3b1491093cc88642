"""Whatever stands in a rules file, it is rules or located problems, and never a traceback."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flake8_bgtasks.errors import RuleFileError
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import RuleSet

DATA = Path(__file__).parents[1] / "data"
SEED = (DATA / "seed-rules.yaml").read_text(encoding="utf-8")
OWN = (DATA / "own-rules.yaml").read_text(encoding="utf-8")
PIECES = ["\t", "- ", ": ", "[", "]", "{", "}", "'", '"', "&a ", "*a", "!x ", "!!set ", "|", ">", "#", "\n", "  ", "\0"]
PIECES += [
    "~",
    "on",
    "12",
    "\\",
    "(",
    "*",
    "?",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ud800",
    "é",
    "😀",
    "%",
    "---\n",
    "<<: ",
    "\r",
]


@st.composite
def spoiled_rules(draw: st.DrawFn) -> str:
    """Draw a run of lines of the seed file, below its top key, with a few mutations."""
    lines = SEED.splitlines(keepends=True)
    start = draw(st.integers(9, len(lines) - 1))
    return spoil(draw, ["background_task_rules:\n", *lines[start : start + draw(st.integers(1, 60))]])


@st.composite
def spoiled_own_rules(draw: st.DrawFn) -> str:
    """Draw the file that has every key, with a few mutations; or without its first lines."""
    lines = OWN.splitlines(keepends=True)
    return spoil(draw, lines[draw(st.just(0) | st.integers(0, len(lines) - 1)) :])


def spoil(draw: st.DrawFn, part: list[str]) -> str:
    """Delete, double and swap lines, and write something into some of them."""
    for _ in range(draw(st.integers(1, 4))):
        one, other = draw(st.integers(0, len(part) - 1)), draw(st.integers(0, len(part) - 1))
        match draw(st.sampled_from(["delete", "duplicate", "swap", "insert"])):
            case "delete" if len(part) > 1:
                del part[one]
            case "duplicate":
                part.insert(other, part[one])
            case "swap":
                part[one], part[other] = part[other], part[one]
            case _:
                at = draw(st.integers(0, len(part[one])))
                piece = draw(st.sampled_from(PIECES) | st.characters())
                part[one] = part[one][:at] + piece + part[one][at:]
    return "".join(part)


def assert_rules_or_located_problems(text: str, yaml_loader: loader.Loader) -> None:
    try:
        rules = loader.load(text, "bg.yaml", yaml_loader)
    except RuleFileError as error:
        assert error.problems
        last_line = len(text.splitlines()) + 1
        for problem in error.problems:
            assert 1 <= problem.line <= last_line and problem.column >= 1
            assert len(str(problem).splitlines()) == 1
            str(problem).encode()
    else:
        assert isinstance(rules, RuleSet) and rules.rules
        repr(rules).encode()


@pytest.mark.parametrize("chosen", [loader.LOADER, yaml.SafeLoader], ids=["usual loader", "pure loader"])
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(text=spoiled_rules() | spoiled_own_rules())
def test_spoiled_rules(chosen: loader.Loader, text: str) -> None:
    assert_rules_or_located_problems(text, chosen)


@settings(deadline=None)
@given(text=st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text(text: str) -> None:
    assert_rules_or_located_problems(text, loader.LOADER)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary() | (spoiled_rules() | spoiled_own_rules()).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_file(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "rules.yaml"
    file.write_bytes(data)
    try:
        assert loader.read(file).rules
    except RuleFileError as error:
        assert all(problem.path == str(file) and problem.line >= 1 for problem in error.problems)
