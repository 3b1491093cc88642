"""What is wrong in a rules file: each problem's whole text, at its place, and all of them at once."""

import re

import pytest
import yaml

from flake8_bgtasks.errors import RuleFileError
from flake8_bgtasks.rules import loader

HEAD = "background_task_rules:\n  - id: BG-050\n    name: A name\n    severity: info\n"
PATTERNS = HEAD + "    patterns:\n"
ANTI_PATTERNS = HEAD + "    anti_patterns:\n"
SOUND = HEAD + "    anti_patterns: [{pattern: x}]\n"

TOP_KEYS = "extends, paths, exclude, equivalents, background_task_rules"
RULE_KEYS = "id, name, description, severity, enabled, family, patterns, anti_patterns, suggestion, exclude, tests"
PATTERN_KEYS = (
    "file, class, endpoint_pattern, when_contains, must_contain, must_contain_one_of, must_reference, must_return,"
    " should_match"
)
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
    "a key of the rule in a pattern": (
        PATTERNS + "      - must_contain: x\n        enabled: false\n",
        "7:9: unknown key 'enabled' (it belongs in a rule)",
    ),
    "a key of the rule at the top": ("family: tasks\n" + SOUND, "1:1: unknown key 'family' (it belongs in a rule)"),
    "a key of the tests in the rule": (
        SOUND + "    bad: x\n",
        "6:5: unknown key 'bad' (it belongs in the tests of a rule)",
    ),
    "a key that is nearly another's name": (
        HEAD + "    pattern: x\n    anti_patterns: [{pattern: x}]\n",
        "5:5: unknown key 'pattern' (did you mean 'patterns'?)",
    ),
    "a slip at the top": (
        "extend: bundled\n",
        "1:1: a rules file has no 'background_task_rules': add it (the list of rules), or 'extends: bundled'",
        "1:1: unknown key 'extend' (did you mean 'extends'?)",
    ),
    "a slip in a key of the tests": (
        SOUND + "    tests: {bad: x, god: y}\n",
        "6:21: unknown key 'god' (did you mean 'good'?)",
    ),
    "a duplicate key in a table": (
        "paths:\n  x.py: y.py\n  x.py: z.py\n" + PATTERNS + "      - {file: x.py, must_contain: x}\n",
        "3:3: duplicate key 'x.py', first used in line 2: keep one of them",
    ),
    "a key of a table that is a list": (
        "equivalents:\n  ? [a]\n  : b\n" + SOUND,
        "2:5: a key must be a string, not a list: put it in quotes",
    ),
    "a duplicate path in a test": (
        SOUND + "    tests:\n      good:\n        - a.py: x\n          a.py: y\n",
        "9:11: duplicate key 'a.py', first used in line 8: keep one of them",
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

TABLE = "a mapping with a string, or a list of strings, at each key"
EXAMPLE = "a text or a mapping of paths to texts"

WRONG_TYPES |= {
    "a list for the paths": (
        "paths: [a.py]\n" + SOUND,
        f"1:8: 'paths' must be {TABLE}, not a list: write 'key: value' lines",
    ),
    "a string for the equivalents": (
        "equivalents: finished_at\n" + SOUND,
        f"1:14: 'equivalents' must be {TABLE}, not a string: write 'key: value' lines",
    ),
    "a mapping in the equivalents": (
        "equivalents:\n  completed_at: {finished_at: x}\n" + SOUND,
        "2:17: the value of 'completed_at' must be a string or a list of strings, not a mapping:"
        " put a text with a colon in quotes",
    ),
    "a list in a list of equivalents": (
        "equivalents:\n  completed_at: [[x]]\n" + SOUND,
        "2:18: an item of the value of 'completed_at' must be a string, not a list: write one string",
    ),
    "a number for a key of the equivalents": (
        "equivalents: {3: '4'}\n" + SOUND,
        "1:15: a key of 'equivalents' must be a string, not the number 3: put it in quotes, \"3\"",
    ),
    "a list to extend": (
        "extends: [bundled]\n",
        "1:10: 'extends' must be a string, not a list: write one string",
    ),
    "a boolean in quotes": (
        SOUND + "    enabled: 'false'\n",
        "6:14: 'enabled' must be true or false, not a string: write it without quotes",
    ),
    "a number for a boolean": (
        SOUND + "    enabled: 0\n",
        "6:14: 'enabled' must be true or false, not the number 0: write it without quotes",
    ),
    "a list for a boolean": (
        SOUND + "    enabled: [false]\n",
        "6:14: 'enabled' must be true or false, not a list: write it without quotes",
    ),
    "a boolean for a family": (
        SOUND + "    family: yes\n",
        "6:13: 'family' must be a string, not the boolean yes: put it in quotes, \"yes\"",
    ),
    "a mapping for a class": (
        PATTERNS.replace("050", "001") + "      - must_contain: x\n        class: {a: b}\n",
        "7:16: 'class' must be a string or a list of strings, not a mapping: put a text with a colon in quotes",
    ),
    "a list for the tests": (
        SOUND + "    tests: [x]\n",
        "6:12: the tests of a rule must be a mapping, not a list: write 'key: value' lines",
    ),
    "a number for a test": (
        SOUND + "    tests: {bad: 1}\n",
        f"6:18: 'bad' must be {EXAMPLE}, not the number 1: put it in quotes, \"1\"",
    ),
    "a list in a list of tests": (
        SOUND + "    tests: {good: [[x]]}\n",
        f"6:20: an item of 'good' must be {EXAMPLE}, not a list: write one string",
    ),
    "a list for the text of a path": (
        SOUND + "    tests: {good: {a.py: [x]}}\n",
        "6:26: the text of 'a.py' must be a string, not a list: write one string",
    ),
    "a list for a path": (
        SOUND + "    tests:\n      good:\n        ? [a]\n        : x\n",
        "8:11: a key must be a string, not a list: write the path of a file",
    ),
    "a number for a path": (
        SOUND + "    tests: {good: [{1: x}]}\n",
        "6:21: a path in 'good' must be a string, not the number 1: put it in quotes, \"1\"",
    ),
}

EMPTY: dict[str, tuple[str, ...]] = {
    "an empty file": (
        "",
        "1:1: the file is empty: write 'background_task_rules:' and a list of rules, or 'extends: bundled'",
    ),
    "a file of comments": (
        "# x\n",
        "1:1: the file is empty: write 'background_task_rules:' and a list of rules, or 'extends: bundled'",
    ),
    "a file without rules": (
        "{}\n",
        "1:1: a rules file has no 'background_task_rules': add it (the list of rules), or 'extends: bundled'",
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

EMPTY |= {
    "nothing to extend": ("extends:\n", "1:9: 'extends' is empty: write a value or leave it out"),
    "an empty list of rules of one's own": (
        "extends: bundled\nbackground_task_rules: []\n",
        "2:24: 'background_task_rules' is empty: write a value or leave it out",
    ),
    "a name taken away": (
        "extends: bundled\nbackground_task_rules: [{id: BG-030, name: ''}]\n",
        "2:44: 'name' is empty: write a value or leave it out",
    ),
    "no paths": ("paths:\n" + SOUND, "1:7: 'paths' is empty: write a value or leave it out"),
    "empty equivalents": ("equivalents: {}\n" + SOUND, "1:14: 'equivalents' is empty: write a value or leave it out"),
    "an empty list of equivalents": (
        "equivalents: {a: []}\n" + SOUND,
        "1:18: the value of 'a' is empty: write a value or leave it out",
    ),
    "nothing beside an equivalent": (
        "equivalents: {a: ~}\n" + SOUND,
        "1:18: the value of 'a' is empty: write a value or leave it out",
    ),
    "an empty equivalent": (
        "equivalents: {'': b}\n" + SOUND,
        "1:15: a key of 'equivalents' is empty: write a value or leave it out",
    ),
    "an empty exclusion": ("exclude: []\n" + SOUND, "1:10: 'exclude' is empty: write a value or leave it out"),
    "a switch without a value": (
        SOUND + "    enabled:\n",
        "6:13: 'enabled' is empty: write a value or leave it out",
    ),
    "no tests": (SOUND + "    tests:\n", "6:11: 'tests' is empty: write a value or leave it out"),
    "empty tests": (
        SOUND + "    tests: {}\n",
        "6:12: the tests of a rule have neither 'bad' nor 'good': add one of them",
    ),
    "an empty list of tests": (
        SOUND + "    tests: {bad: []}\n",
        "6:18: 'bad' is empty: write a value or leave it out",
    ),
    "an empty test": (
        SOUND + "    tests: {bad: ['']}\n",
        "6:19: an item of 'bad' is empty: write a value or leave it out",
    ),
    "a test without files": (
        SOUND + "    tests: {bad: {}}\n",
        "6:18: 'bad' is empty: write a value or leave it out",
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

FAMILIES = "models, status, api, tasks, frontend or generic"
OUTSIDE = "leave 'family' out, or choose an id outside BG-00x to BG-04x"
NEW = SOUND.replace("050", "101")

WRONG_VALUES |= {
    "another file to extend": (
        "extends: ../base.yaml\n",
        "1:10: cannot extend '../base.yaml': write 'bundled', or leave 'extends' out",
    ),
    "a family that is none": (NEW + "    family: task\n", f"6:13: unknown family 'task': write {FAMILIES}"),
    "a family that contradicts the id": (
        SOUND.replace("050", "030") + "    family: api\n",
        f"6:13: the family of BG-030 is tasks, by its id: {OUTSIDE}",
    ),
    "a family that a bundled rule does not have": (
        "extends: bundled\nbackground_task_rules: [{id: BG-020, family: generic}]\n",
        f"2:46: the family of BG-020 is api, by its id: {OUTSIDE}",
    ),
    "a class in another family": (
        PATTERNS + "      - must_contain: x\n        class: '*Job'\n    family: tasks\n",
        "6:9: a pattern has 'class' in a rule of the tasks family, which looks at no task models: leave it out",
    ),
    "a class in no family": (
        PATTERNS + "      - must_contain: x\n        class: '*Job'\n",
        "6:9: a pattern has 'class' in a rule of the generic family, which looks at no task models: leave it out",
    ),
    "a class with dots": (
        PATTERNS.replace("050", "001") + "      - must_contain: x\n        class: [Job, app.models.Job]\n",
        "7:22: bad class name 'app.models.Job' in 'class': write the bare name, such as '*Job'",
    ),
    "a path that no rule has": (
        "paths:\n  x.py: y.py\n" + PATTERNS + "      - {file: a.py, must_contain: x}\n    exclude: b.py\n",
        "2:3: no rule has the glob 'x.py' (did you mean 'b.py'?): write one as the rules do",
    ),
    "a path like no other": (
        "paths:\n  lib/jobs/**: y.py\n" + PATTERNS + "      - {file: a.py, must_contain: x}\n    exclude: b.py\n",
        "2:3: no rule has the glob 'lib/jobs/**' (the rules have: a.py, b.py): write one as the rules do",
    ),
    "a path where no rule has any": (
        "paths: {x.py: y.py}\n" + SOUND,
        "1:9: no rule has the glob 'x.py' (the rules have none): write one as the rules do",
    ),
    "a bad glob on the left of the paths": (
        "paths: {/x.py: y.py}\n" + SOUND,
        "1:9: bad glob '/x.py' in 'paths': it is relative to the root: leave out the leading '/'",
    ),
    "a bad glob on the right of the paths": (
        "paths: {x.py: [y.py, ./z.py]}\n" + PATTERNS + "      - {file: x.py, must_contain: x}\n",
        "1:22: bad glob './z.py' in 'paths': it has the segment '.': write a plain path such as 'app/tasks/*.py'",
    ),
    "a backslash in a glob": (
        PATTERNS + "      - {file: 'app\\tasks\\*.py', must_contain: x}\n",
        "6:16: bad glob 'app\\\\tasks\\\\*.py' in 'file': '\\' has no meaning in it:"
        " write '/' between segments, and '[[]' for a bracket",
    ),
    "a range in a glob that runs backwards": (
        PATTERNS + "      - {file: 'app/v[9-1].py', must_contain: x}\n",
        "6:16: bad glob 'app/v[9-1].py' in 'file': the range '9-1' in it runs backwards: write '1-9'",
    ),
    "a glob without end": (
        PATTERNS + f"      - {{file: {'a' * 1001}, must_contain: x}}\n",
        f"6:16: bad glob '{'a' * 59}…' in 'file': it is longer than 1000 characters: write several shorter ones",
    ),
    "a bad glob of an exclusion for all": (
        "exclude: 'a**.py'\n" + SOUND,
        "1:10: bad glob 'a**.py' in 'exclude': '**' must stand alone between slashes: write '**/*.py' and not '**.py'",
    ),
    "a wildcard in the path of a test": (
        SOUND + "    tests: {bad: {'app/*.py': x}}\n",
        "6:19: bad path 'app/*.py' in 'bad': it has a wildcard: write the path of one file",
    ),
    "an absolute path of a test": (
        SOUND + "    tests: {bad: {/app/x.py: x}}\n",
        "6:19: bad path '/app/x.py' in 'bad': it is relative to the root: leave out the leading '/'",
    ),
    "a new rule without its texts": (
        "extends: bundled\nbackground_task_rules: [{id: BG-101}]\n",
        "2:25: a rule has neither 'patterns' nor 'anti_patterns': add one of them",
        "2:25: a rule has no 'name': add it (what the rule asks, in one line)",
        "2:25: a rule has no 'severity': add it (error, warning or info)",
    ),
    "a change without an id": (
        "extends: bundled\nbackground_task_rules: [{enabled: false}]\n",
        "2:25: a rule has neither 'patterns' nor 'anti_patterns': add one of them",
        "2:25: a rule has no 'id': add it (BG- and three digits)",
        "2:25: a rule has no 'name': add it (what the rule asks, in one line)",
        "2:25: a rule has no 'severity': add it (error, warning or info)",
    ),
    "a bundled id without extending": (
        "background_task_rules: [{id: BG-030, severity: info}]\n",
        "1:25: a rule has neither 'patterns' nor 'anti_patterns': add one of them",
        "1:25: a rule has no 'name': add it (what the rule asks, in one line)",
    ),
    "a rule changed twice": (
        "extends: bundled\nbackground_task_rules: [{id: BG-030, enabled: false}, {id: BG-030, severity: info}]\n",
        "2:60: duplicate id 'BG-030', first used in line 2: give one of them another id",
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
    "nested lists": ("[" * 900, "1:21: nested more than 20 levels deep: no rule needs that"),
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


def test_says_what_is_wrong_with_an_escape() -> None:
    """The usual loader says so in words of its own."""
    assert problems_in(SOUND + '    suggestion: "\\UFFFFFFFF"\n', yaml.SafeLoader) == [
        "1:1: not valid YAML (an escape stands for no character): mend the escape"
    ]


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


def test_what_a_change_has_taken_away_is_no_glob_of_the_rules(yaml_loader: loader.Loader) -> None:
    file = "app/services/background_tasks_service.py"
    text = f"extends: bundled\npaths: {{{file}: x.py}}\n"
    assert loader.load(text, "bg.yaml", yaml_loader).paths == ((file, ("x.py",)),)
    text += "background_task_rules:\n  - {id: BG-022, patterns: [{file: x.py, must_reference: Job}]}\n"
    (problem,) = problems_in(text, yaml_loader)
    assert problem.startswith(f"2:9: no rule has the glob '{file}' (the rules have: **/alembic/**, **/migrations/**, ")


def test_a_rule_that_cannot_be_read_leaves_the_paths_alone(yaml_loader: loader.Loader) -> None:
    """Its globs count all the same, and so do those of the bundled rule that it was to change."""
    text = """\
extends: bundled
paths: {app/services/background_tasks_service.py: x.py, lib.py: y.py}
background_task_rules:
  - {id: BG-022, patterns: [{file: lib.py}], severity: loud}
"""
    assert [problem.split(": ")[0] for problem in problems_in(text, yaml_loader)] == ["4:29", "4:56"]
    assert len(problems_in(text.split("  - ")[0] + "  x\n", yaml_loader)) == 1


def test_values_without_end_are_refused() -> None:
    """With the usual loader only: the pure one takes seconds to get there."""
    assert problems_in("[" + "a,\n" * 60_000 + "]") == [
        "50000:1: more than 50000 values, aliases written out: split the file, or repeat less"
    ]


def test_a_regex_that_python_warns_of_is_no_problem(recwarn: pytest.WarningsRecorder) -> None:
    assert loader.load(SOUND.replace("{pattern: x}", "{pattern: '[[a]'}"), "bg.yaml").rules
    assert not recwarn.list
