"""The JSON Schema and the loader agree: on the files that are sound, and on what is wrong for its shape."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from flake8_bgtasks.errors import RuleFileError
from flake8_bgtasks.rules import json_schema, loader, schema
from tests.rules import test_loader_problems as problems

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "flake8_bgtasks" / "rules.schema.json"
HOW_TO_RENEW = "bgtasks schema > flake8_bgtasks/rules.schema.json"
VALIDATOR = Draft7Validator(json.loads(SHIPPED.read_text(encoding="utf-8")))
OWN = ROOT / "tests" / "data" / "own-rules.yaml"


def complaints(data: object) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(data)]


def refused_by_loader(text: str) -> list[str]:
    try:
        loader.load(text, "x.yaml")
    except RuleFileError as error:
        return [problem.message for problem in error.problems]
    return []


def test_the_file_in_the_package_is_up_to_date() -> None:
    assert SHIPPED.read_text(encoding="utf-8") == json_schema.text(), HOW_TO_RENEW


def test_the_file_in_the_docs_is_the_same() -> None:
    assert (ROOT / "docs" / "rules.schema.json").samefile(SHIPPED)


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(VALIDATOR.schema)


def test_it_describes_every_key() -> None:
    said = SHIPPED.read_text(encoding="utf-8")
    for section in schema.SECTIONS:
        for key in section.keys:
            assert json.dumps({key.name: {"description": key.doc}}, ensure_ascii=False)[1:-2] in re.sub(
                r"\s*\n\s*", " ", said
            ).replace("{ ", "{"), key.name


def rules_files() -> Iterator[Path]:
    """Yield the YAML files of the project that are rules files."""
    for folder in ("flake8_bgtasks", "docs", "tests"):
        for path in sorted((ROOT / folder).rglob("*.y*ml")):
            if re.search("^(background_task_rules|extends):", path.read_text(encoding="utf-8"), re.MULTILINE):
                yield path


@pytest.mark.parametrize("path", list(rules_files()), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_project_s_own_files_are_sound(path: Path) -> None:
    assert complaints(yaml.safe_load(path.read_text(encoding="utf-8"))) == []
    assert loader.read(path).rules


def examples_in_pages() -> Iterator[tuple[str, str]]:
    """Yield the rules files that the documentation shows."""
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for block in re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            if re.search("^(background_task_rules|extends):", block, re.MULTILINE):
                yield page.relative_to(ROOT).as_posix(), block


@pytest.mark.parametrize(("page", "text"), list(examples_in_pages()))
def test_what_the_pages_show_is_sound(page: str, text: str) -> None:
    assert complaints(yaml.safe_load(text)) == [], page
    assert refused_by_loader(text) == [], page


BEYOND = {
    # one key twice is one key to whoever reads data, and a merge key is none
    "unknown key: a duplicate key",
    "unknown key: a merge key",
    "unknown key: a duplicate key in a table",
    "unknown key: a duplicate path in a test",
    # what another entry says counts
    "wrong value: an id twice",
    "wrong value: a rule changed twice",
    "wrong value: a path that no rule has",
    "wrong value: a path like no other",
    "wrong value: a path where no rule has any",
    # a language within the language
    "wrong value: a regex in an anti-pattern",
    "wrong value: a regex for endpoints",
    "wrong value: a regex that should match",
    "wrong value: a regex with a huge number",
    "wrong value: a regex nested too deeply",
    "wrong value: a regex whose fault spans lines",
    "wrong value: a glob of an anti-pattern",
    "wrong value: a glob of an exclusion",
    "wrong value: a range in a glob that runs backwards",
    "wrong value: a bad glob on the right of the paths",
    "wrong value: a bad glob of an exclusion for all",
}
"""What the loader refuses for another reason than the shape."""
CASES = {
    f"{title}: {name}": case[0]
    for title in ("unknown key", "wrong type", "empty", "missing", "wrong value")
    for name, case in problems.GROUPS[title].items()
}


@pytest.mark.parametrize("name", CASES)
def test_refuses_what_the_loader_refuses_for_its_shape(name: str) -> None:
    try:
        data = yaml.safe_load(CASES[name])
    except yaml.YAMLError:  # keys that cannot be hashed, tags that stand for nothing: no data at all
        return
    if data is not None:
        assert bool(complaints(data)) == (name not in BEYOND)


def test_what_lies_beyond_a_schema_is_a_case_of_the_loader() -> None:
    assert BEYOND <= CASES.keys()


ODD: list[Any] = [None, 1, 1.5, True, "", " ", "x", "BG-030", "BG-101", "info", [], {}, ["x"], [["x"]], [""], {"x": "y"}, [{}], "tasks", "bundled"]  # fmt: skip
NAMES = sorted({key.name for section in schema.SECTIONS for key in section.keys}) + ["x", "app/tasks/*.py"]
NOT_SHAPE = re.compile("bad regex|bad glob|bad path|bad class name|duplicate id|no rule has the glob")


def places(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each value in the data."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*way, key)
        yield from places(value, (*way, key))


@st.composite
def reshaped(draw: st.DrawFn) -> Any:
    """Draw the rules file that has every key, with values exchanged, taken out, put in, and keys renamed."""
    data = copy.deepcopy(yaml.safe_load(OWN.read_text(encoding="utf-8")))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(list(places(data))))
        holder = data
        for key in way:
            holder = holder[key]
        match draw(st.sampled_from(["exchange", "take out", "rename", "put in"])):
            case "exchange":
                holder[last] = copy.deepcopy(draw(st.sampled_from(ODD)))
            case "take out":
                del holder[last]
            case "rename" if isinstance(holder, dict):
                holder[draw(st.sampled_from(NAMES))] = holder.pop(last)
            case _ if isinstance(holder, dict):
                holder[draw(st.sampled_from(NAMES))] = copy.deepcopy(draw(st.sampled_from(ODD)))
    return data


@settings(deadline=None, max_examples=300)
@given(data=reshaped())
def test_the_schema_and_the_loader_agree_on_any_shape(data: Any) -> None:
    said = refused_by_loader(yaml.safe_dump(data))
    if said == [] or complaints(data) == []:
        assert complaints(data) == []
        assert [what for what in said if not NOT_SHAPE.match(what)] == []
