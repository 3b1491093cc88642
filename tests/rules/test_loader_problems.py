"""What is wrong in a rules file: each problem's whole text, at its place, and all of them at once."""

import re

import pytest

from flake8_bgtasks.errors import RuleFileError
from flake8_bgtasks.rules import loader

HEAD = "background_task_rules:\n  - id: BG-050\n    name: A name\n    severity: info\n"
PATTERNS = HEAD + "    patterns:\n"
ANTI_PATTERNS = HEAD + "    anti_patterns:\n"
SOUND = HEAD + "    anti_patterns: [{pattern: x}]\n"

RULE_KEYS = "id, name, description, severity, patterns, anti_patterns, suggestion, exclude"
PATTERN_KEYS = "file, endpoint_pattern, when_contains, must_contain, must_contain_one_of, must_reference, must_return, should_match"
DEMANDS = "must_contain, must_contain_one_of, must_reference, must_return, should_match"
ESCAPE = "mend it, or put a backslash before a character that is meant literally"


def problems_in(text: str, yaml_loader: loader.Loader = loader.LOADER) -> list[str]:
    with pytest.raises(RuleFileError) as caught:
        loader.load(text, "bg.yaml", yaml_loader)
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    return [str(problem).removeprefix("bg.yaml:") for problem in caught.value.problems]


def test_what_is_sound_has_no_problem(yaml_loader: loader.Loader) -> None:
    assert loader.load(SOUND, "bg.yaml", yaml_loader).rules


UNKNOWN_KEYS: dict[str, tuple[str, ...]] = {
    "a slip in a pattern's key": (
        PATTERNS + "      - must_contians: x\n        must_return: y\n",
        "6:9: unknown key 'must_contians' (did you mean 'must_contain'?)",
    ),
    "a slip in a rule's key": (
        SOUND + "    sugestion: x\n",
        "6:5: unknown key 'sugestion' (did you mean 'suggestion'?)",
    ),
    "a key of a pattern in the rule": (
        SOUND + "    must_contain: x\n",
        "6:5: unknown key 'must_contain' (it belongs in a pattern)",
    ),
    "a key of two kinds of mapping in the rule": (
        SOUND + "    file: x\n",
        "6:5: unknown key 'file' (it belongs in a pattern or an anti-pattern)",
    ),
    "a key like no other": (
        PATTERNS + "      - must_contain: x\n        zzz: y\n",
        f"7:9: unknown key 'zzz' (known here: {PATTERN_KEYS})",
    ),
    "a long key": (SOUND + f"    {'z' * 100}: x\n", f"6:5: unknown key '{'z' * 59}…' (known here: {RULE_KEYS})"),
    "a key that YAML reads as a boolean": (SOUND + "    on: x\n", f"6:5: unknown key 'on' (known here: {RULE_KEYS})"),
    "a merge key": (SOUND + "    <<: {name: x}\n", f"6:5: unknown key '<<' (known here: {RULE_KEYS})"),
    "a key that is a list": (
        SOUND + "    ? [a]\n    : x\n",
        f"6:7: a key must be a string, not a list: write one of {RULE_KEYS}",
    ),
    "a duplicate key": (SOUND + "    name: x\n", "6:5: duplicate key 'name', first used in line 3: keep one of them"),
    "a duplicate key at the top": (
        SOUND + "background_task_rules: []\n",
        "6:1: duplicate key 'background_task_rules', first used in line 1: keep one of them",
    ),
}

LATER_KEYS: dict[str, tuple[str, ...]] = {
    "extends": (
        "extends: bundled\n" + SOUND,
        "1:1: unknown key 'extends' (known here: background_task_rules)",
    ),
    "paths": ("paths: {a: [b]}\n" + SOUND, "1:1: unknown key 'paths' (known here: background_task_rules)"),
    "exclude at the top": ("exclude: [a]\n" + SOUND, "1:1: unknown key 'exclude' (it belongs in a rule)"),
    "equivalents": (
        "equivalents: {a: b}\n" + SOUND,
        "1:1: unknown key 'equivalents' (known here: background_task_rules)",
    ),
    "enabled": (SOUND + "    enabled: false\n", f"6:5: unknown key 'enabled' (known here: {RULE_KEYS})"),
    "family": (SOUND + "    family: tasks\n", f"6:5: unknown key 'family' (known here: {RULE_KEYS})"),
    "tests": (SOUND + "    tests: {bad: [x]}\n", f"6:5: unknown key 'tests' (known here: {RULE_KEYS})"),
    "class": (
        PATTERNS + "      - must_contain: x\n        class: '*Job'\n",
        f"7:9: unknown key 'class' (known here: {PATTERN_KEYS})",
    ),
}

WRONG_TYPES: dict[str, tuple[str, ...]] = {
    "a boolean for a name": (
        SOUND.replace("A name", "on"),
        "3:11: 'name' must be a string, not the boolean on: put it in quotes, \"on\"",
    ),
    "a number for a snippet": (
        PATTERNS + "      - must_contain: 123\n",
        "6:23: 'must_contain' must be a string or a list of strings, not the number 123: put it in quotes, \"123\"",
    ),
    "a number in a list": (
        PATTERNS + "      - must_contain: [a, 1.5]\n",
        "6:27: an item of 'must_contain' must be a string, not the number 1.5: put it in quotes, \"1.5\"",
    ),
    "a date": (
        SOUND + "    suggestion: 2024-01-01\n",
        "6:17: 'suggestion' must be a string, not the date 2024-01-01: put it in quotes, \"2024-01-01\"",
    ),
    "an equals sign": (
        PATTERNS + "      - must_contain: =\n",
        "6:23: 'must_contain' must be a string or a list of strings, not the sign =: put it in quotes, \"=\"",
    ),
    "try: without quotes": (
        PATTERNS + "      - must_contain:\n          - try:\n",
        "7:13: an item of 'must_contain' must be a string, not a mapping: put a text with a colon in quotes",
    ),
    "a mapping for a glob": (
        PATTERNS + "      - must_contain: x\n        file: {a: b}\n",
        "7:15: 'file' must be a string, not a mapping: put a text with a colon in quotes",
    ),
    "a list for a glob": (
        PATTERNS + "      - must_contain: x\n        file: [a, b]\n",
        "7:15: 'file' must be a string, not a list: write one string",
    ),
    "a list in a list": (
        PATTERNS + "      - must_contain: [[a]]\n",
        "6:24: an item of 'must_contain' must be a string, not a list: write one string",
    ),
    "a tag of one's own": (
        SOUND + "    suggestion: !mine x\n",
        "6:17: 'suggestion' must be a string, not the tag !mine: remove it",
    ),
    "binary data": (
        SOUND + "    suggestion: !!binary aGk=\n",
        "6:17: 'suggestion' must be a string, not the tag !!binary: remove it",
    ),
    "a python object": (
        SOUND + "    suggestion: !!python/object/apply:os.getcwd []\n",
        "6:17: 'suggestion' must be a string, not the tag !!python/object/apply:os.getcwd: remove it",
    ),
    "a mapping for the patterns": (
        HEAD + "    patterns:\n      must_contain: x\n",
        "6:7: 'patterns' must be a list of mappings, not a mapping: put '- ' before each entry",
    ),
    "a string for the patterns": (
        HEAD + "    patterns: x\n",
        "5:15: 'patterns' must be a list of mappings, not a string: put '- ' before each entry",
    ),
    "a string for a pattern": (
        HEAD + "    patterns: [x]\n",
        "5:16: a pattern must be a mapping, not a string: write 'key: value' lines",
    ),
    "nothing for an anti-pattern": (
        HEAD + "    anti_patterns: ['a', ~]\n",
        "5:21: an anti-pattern must be a mapping, not a string: write 'key: value' lines",
        "5:26: an anti-pattern must be a mapping, not nothing: write 'key: value' lines",
    ),
    "a list for a rule": (
        "background_task_rules:\n  - [a]\n",
        "2:5: a rule must be a mapping, not a list: write 'key: value' lines",
    ),
    "a list for the file": (
        "- id: BG-050\n",
        "1:1: a rules file must be a mapping, not a list: write 'key: value' lines",
    ),
    "a set for the file": (
        "!!set {a, b}\n",
        "1:1: a rules file must be a mapping, not the tag !!set: write 'key: value' lines",
    ),
}

EMPTY: dict[str, tuple[str, ...]] = {
    "an empty file": ("", "1:1: the file is empty: write 'background_task_rules:' and a list of rules"),
    "a file of comments": ("# x\n", "1:1: the file is empty: write 'background_task_rules:' and a list of rules"),
    "a file without rules": (
        "{}\n",
        "1:1: a rules file has no 'background_task_rules': add it (the list of rules)",
    ),
    "an empty list of rules": ("background_task_rules: []\n", "1:24: 'background_task_rules' is empty: write a value"),
    "no list of rules": ("background_task_rules:\n", "1:23: 'background_task_rules' is empty: write a value"),
    "an empty list of patterns": (
        HEAD + "    patterns: []\n",
        "5:15: 'patterns' is empty: write a value or leave it out",
    ),
    "an empty list of snippets": (
        PATTERNS + "      - must_contain: []\n",
        "6:23: 'must_contain' is empty: write a value or leave it out",
    ),
    "an empty snippet": (
        PATTERNS + "      - must_contain: ''\n",
        "6:23: 'must_contain' is empty: write a value or leave it out",
    ),
    "a blank snippet in a list": (
        PATTERNS + "      - must_contain: [a, ' ']\n",
        "6:27: an item of 'must_contain' is empty: write a value or leave it out",
    ),
    "nothing in a list": (
        PATTERNS + "      - must_contain: [~]\n",
        "6:24: an item of 'must_contain' is empty: write a value or leave it out",
    ),
    "an empty name": (SOUND.replace("A name", "''"), "3:11: 'name' is empty: write a value"),
    "a null suggestion": (
        SOUND + "    suggestion: null\n",
        "6:17: 'suggestion' is empty: write a value or leave it out",
    ),
}

MISSING: dict[str, tuple[str, ...]] = {
    "an id": (SOUND.replace("id: BG-050\n    ", ""), "2:5: a rule has no 'id': add it (BG- and three digits)"),
    "a name": (
        SOUND.replace("    name: A name\n", ""),
        "2:5: a rule has no 'name': add it (what the rule asks, in one line)",
    ),
    "a severity": (
        SOUND.replace("    severity: info\n", ""),
        "2:5: a rule has no 'severity': add it (error, warning or info)",
    ),
    "a regex": (
        ANTI_PATTERNS + "      - message: x\n",
        "6:9: an anti-pattern has no 'pattern': add it (what must not be met)",
    ),
    "what a rule asks": (HEAD, "2:5: a rule has neither 'patterns' nor 'anti_patterns': add one of them"),
    "what a pattern asks": (
        PATTERNS + "      - file: a.py\n        when_contains: x\n",
        f"6:9: a pattern requires nothing: add one of {DEMANDS}",
    ),
    "what an endpoint returns": (
        PATTERNS + "      - endpoint_pattern: x\n        must_contain: y\n",
        "6:9: a pattern has 'endpoint_pattern' without 'must_return': add what its endpoints must return",
    ),
}

WRONG_VALUES: dict[str, tuple[str, ...]] = {
    "an id without a dash": (
        SOUND.replace("BG-050", "BG050"),
        "2:9: bad id 'BG050': write BG- and three digits, such as 'BG-030'",
    ),
    "an id with four digits": (
        SOUND.replace("BG-050", "BG-0500"),
        "2:9: bad id 'BG-0500': write BG- and three digits, such as 'BG-030'",
    ),
    "an id with digits of another script": (
        SOUND.replace("BG-050", "BG-\u0660\u0661\u0662"),
        "2:9: bad id 'BG-\u0660\u0661\u0662': write BG- and three digits, such as 'BG-030'",
    ),
    "an id with a line end": (
        SOUND.replace("BG-050", '"BG-050\\n"'),
        "2:9: bad id 'BG-050\\n': write BG- and three digits, such as 'BG-030'",
    ),
    "the id of the plugin": (
        SOUND.replace("BG-050", "BG-000"),
        "2:9: the id 'BG-000' is the plugin's own: choose another number",
    ),
    "an id twice": (
        SOUND + SOUND.split("\n", 1)[1],
        "6:9: duplicate id 'BG-050', first used in line 2: give one of them another id",
    ),
    "a severity that is none": (
        SOUND.replace("info", "fatal"),
        "4:15: unknown severity 'fatal': write error, warning or info",
    ),
    "a severity in capitals": (
        SOUND.replace("info", "INFO"),
        "4:15: unknown severity 'INFO': write error, warning or info",
    ),
    "a regex in an anti-pattern": (
        ANTI_PATTERNS + "      - pattern: 'time(sleep'\n",
        f"6:18: bad regex in 'pattern': missing ), unterminated subpattern at position 4: {ESCAPE}",
    ),
    "a regex for endpoints": (
        PATTERNS + "      - endpoint_pattern: '*run'\n        must_return: x\n",
        f"6:27: bad regex in 'endpoint_pattern': nothing to repeat at position 0: {ESCAPE}",
    ),
    "a regex that should match": (
        PATTERNS + "      - should_match: 'a[3-'\n",
        f"6:23: bad regex in 'should_match': unterminated character set at position 1: {ESCAPE}",
    ),
    "a regex with a huge number": (
        ANTI_PATTERNS + "      - pattern: a{99999999999999999999}\n",
        f"6:18: bad regex in 'pattern': the repetition number is too large: {ESCAPE}",
    ),
    "a regex nested too deeply": (
        ANTI_PATTERNS + f"      - pattern: '{'(' * 20_000}'\n",
        "6:18: bad regex in 'pattern': it is nested too deeply: write a shorter one",
    ),
    "a regex whose fault spans lines": (
        ANTI_PATTERNS + '      - pattern: "[b-\\n]"\n',
        f"6:18: bad regex in 'pattern': bad character range b-  at position 1 (line 1, column 2): {ESCAPE}",
    ),
    "a glob of a pattern": (
        PATTERNS + "      - file: /app/x.py\n        must_contain: x\n",
        "6:15: bad glob '/app/x.py' in 'file': it is relative to the root: leave out the leading '/'",
    ),
    "a glob of an anti-pattern": (
        ANTI_PATTERNS + "      - file: 'app/[a.py'\n        pattern: x\n",
        "6:15: bad glob 'app/[a.py' in 'file': a '[' in it is never closed: add ']', or write '[[]' for the bracket itself",
    ),
    "a glob of an exclusion": (
        SOUND + "    exclude: [a.py, 'b**.py']\n",
        "6:21: bad glob 'b**.py' in 'exclude': '**' must stand alone between slashes: write '**/*.py' and not '**.py'",
    ),
}

BOMBS: dict[str, tuple[str, ...]] = {
    "an alias in itself": (
        "a: &a [*a]\n",
        "1:8: the alias '*a' stands inside what it repeats: write the text out",
    ),
    "aliases of aliases": (
        "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{new}: &{new} [{', '.join(['*' + old] * 10)}]\n" for old, new in zip("abcdefg", "bcdefgh")),
        "5:20: more than 50000 values, aliases written out: split the file, or repeat less",
    ),
    "aliases that nest": (
        "a0: &a0 [x]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}]\n" for n in range(300)),
        "20:12: nested more than 20 levels deep: no rule needs that",
    ),
    "nested lists": ("[" * 100_000, "1:21: nested more than 20 levels deep: no rule needs that"),
    "nested mappings": ("{a: " * 100_000, "1:81: nested more than 20 levels deep: no rule needs that"),
}

CHARACTERS: dict[str, tuple[str, ...]] = {
    "a control character": ("a: b\nc: \0\n", "2:4: the character U+0000 cannot stand in YAML: remove it"),
    "half a character": ("a: \ud800\n", "1:4: the character U+D800 cannot stand in YAML: remove it"),
    "a tab that indents": (
        HEAD + "\tpatterns: []\n",
        "5:1: a tab stands where YAML allows only spaces: indent with spaces",
    ),
    "a tab that indents an entry": (
        PATTERNS + "\t- must_contain: x\n",
        "6:1: a tab stands where YAML allows only spaces: indent with spaces",
    ),
}

GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "unknown key": UNKNOWN_KEYS,
    "key of a later version": LATER_KEYS,
    "wrong type": WRONG_TYPES,
    "empty": EMPTY,
    "missing": MISSING,
    "wrong value": WRONG_VALUES,
    "bomb": BOMBS,
    "character": CHARACTERS,
}

ALL: dict[str, tuple[str, ...]] = {
    f"{title}: {name}": case for title, cases in GROUPS.items() for name, case in cases.items()
}


@pytest.mark.parametrize(("text", "expected"), [pytest.param(c[0], list(c[1:]), id=name) for name, c in ALL.items()])
def test_says_what_is_wrong_and_where(text: str, expected: list[str], yaml_loader: loader.Loader) -> None:
    assert problems_in(text, yaml_loader) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: b: c\n", "1:5: not valid YAML (...): mend this line or the one before", id="two colons"),
        pytest.param("a: [b\n", "2:1: not valid YAML (...): mend this line or the one before", id="an open list"),
        pytest.param("a: 'b\n", "2:1: not valid YAML (...): mend this line or the one before", id="an open quote"),
        pytest.param("a: *b\n", "1:4: not valid YAML (...): mend this line or the one before", id="an unknown alias"),
        pytest.param("a: @b\n", "1:4: not valid YAML (...): mend this line or the one before", id="a reserved sign"),
        pytest.param("a: b\n---\nc\n", "2:1: not valid YAML (...): mend this line or the one before", id="two documents"),
        pytest.param("a: &a b\nc: &a d\n", "2:4: not valid YAML (...): mend this line or the one before", id="an anchor twice"),
        pytest.param("%YAML 2.0\n---\na\n", "1:1: not valid YAML (...): mend this line or the one before", id="YAML 2"),
        pytest.param("a: !x!y z\n", "1:4: not valid YAML (...): mend this line or the one before", id="an unknown handle"),
    ],
)  # fmt: skip
def test_says_where_the_yaml_is_broken(text: str, expected: str, yaml_loader: loader.Loader) -> None:
    """The two loaders give reasons of their own."""
    (problem,) = problems_in(text, yaml_loader)
    assert re.sub(r"\(.+\)", "(...)", problem) == expected


def test_says_why_the_yaml_is_broken(yaml_loader: loader.Loader) -> None:
    reason = "expected a single document in the stream, but found another document"
    assert problems_in("a: b\n---\nc\n", yaml_loader) == [
        f"2:1: not valid YAML ({reason}): mend this line or the one before"
    ]


@pytest.mark.parametrize("escape", ["\\UFFFFFFFF", "\\ud800"])
def test_an_escape_that_stands_for_no_character_is_refused(escape: str, yaml_loader: loader.Loader) -> None:
    """The pure loader makes half a character of the second; it must not get as far as a message."""
    assert len(problems_in(SOUND + f'    suggestion: "{escape}"\n', yaml_loader)) == 1


def test_everything_is_said_at_once_in_the_order_of_the_file(yaml_loader: loader.Loader) -> None:
    text = """\
background_task_rules:
  - id: BG-1
    name: 12
    severity: high
    patterns:
      - file: app/**.py
        must_contians: x
  - id: BG-002
    severity: error
    colour: red
    anti_patterns:
      - pattern: "("
  - id: BG-002
    name: Twice
    severity: info
"""
    assert problems_in(text, yaml_loader) == [
        "2:9: bad id 'BG-1': write BG- and three digits, such as 'BG-030'",
        "3:11: 'name' must be a string, not the number 12: put it in quotes, \"12\"",
        "4:15: unknown severity 'high': write error, warning or info",
        f"6:9: a pattern requires nothing: add one of {DEMANDS}",
        "6:15: bad glob 'app/**.py' in 'file': '**' must stand alone between slashes: write '**/*.py' and not '**.py'",
        "7:9: unknown key 'must_contians' (did you mean 'must_contain'?)",
        "8:5: a rule has no 'name': add it (what the rule asks, in one line)",
        f"10:5: unknown key 'colour' (known here: {RULE_KEYS})",
        f"12:18: bad regex in 'pattern': missing ), unterminated subpattern at position 0: {ESCAPE}",
        "13:5: a rule has neither 'patterns' nor 'anti_patterns': add one of them",
        "13:9: duplicate id 'BG-002', first used in line 8: give one of them another id",
    ]


def test_values_without_end_are_refused() -> None:
    """With the usual loader only: the pure one takes seconds to get there."""
    assert problems_in("[" + "a,\n" * 60_000 + "]") == [
        "50000:1: more than 50000 values, aliases written out: split the file, or repeat less"
    ]


def test_a_regex_that_python_warns_of_is_no_problem(recwarn: pytest.WarningsRecorder) -> None:
    assert loader.load(SOUND.replace("{pattern: x}", "{pattern: '[[a]'}"), "bg.yaml").rules
    assert not recwarn.list
