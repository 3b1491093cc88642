"""The one table of the keys that a rules file may have. The loader and the JSON Schema read it; it reads nothing.

Adding a key is a row here and a field of the same name in ``model``.
"""

from enum import Enum
from typing import NamedTuple


class Shape(Enum):
    """Which YAML stands at a key, in the words that messages use."""

    STRING = "a string"
    STRINGS = "a string or a list of strings"
    BOOLEAN = "true or false"
    ENTRIES = "a list of mappings"
    SECTION = "a mapping"
    TABLE = "a mapping with a string, or a list of strings, at each key"
    EXAMPLES = "a text, a mapping of paths to texts, or a list of these"


class Content(Enum):
    """What each string at a key must be."""

    PROSE = "any text"
    TEXT = "a text that is not empty"
    REGEX = "a regular expression"
    GLOB = "a glob relative to the root"
    PATH = "a path relative to the root"
    CLASS_NAME = "the name of a class, in which *, ? and [...] are wildcards"
    RULE_ID = "BG- and three digits"
    SEVERITY = "error, warning or info"
    FAMILY = "models, status, api, tasks, frontend or generic"
    BASE = "bundled"


class Key(NamedTuple):
    """One key: its name, what may stand at it, and one line for the reader of the documentation."""

    name: str
    shape: Shape
    doc: str
    content: Content = Content.TEXT
    required: bool = False
    entries: "Section | None" = None
    """What each mapping at the key is, for entries and sections."""
    left: Content = Content.TEXT
    """What the keys of a table must be; `content` is about what stands at them."""
    field: str = ""
    """The field of the model, where it is not called like the key."""


class Section(NamedTuple):
    """One kind of mapping; ``name`` reads on after "in"."""

    name: str
    keys: tuple[Key, ...]

    def find(self, name: str) -> Key | None:
        """Return the key of this name, or None if this kind of mapping has none such."""
        return next((key for key in self.keys if key.name == name), None)


PATTERN = Section(
    "a pattern",
    (
        Key("file", Shape.STRING, "the files that it covers; every linted Python file without it", Content.GLOB),
        Key(
            "class",
            Shape.STRINGS,
            "which mapped classes are the task models, by name; silent where none is called so",
            Content.CLASS_NAME,
            field="classes",
        ),
        Key("endpoint_pattern", Shape.STRING, "only endpoints whose decorator's text it is found in", Content.REGEX),
        Key("when_contains", Shape.STRINGS, "only units that have any of these snippets"),
        Key("must_contain", Shape.STRINGS, "snippets that each unit must have, all of them"),
        Key("must_contain_one_of", Shape.STRINGS, "snippets of which each unit must have at least one"),
        Key("must_reference", Shape.STRINGS, "names that the module must use, all of them"),
        Key("must_return", Shape.STRINGS, "keys that each return of an endpoint must provide, all of them"),
        Key("should_match", Shape.STRING, "what a call of this kind should look like", Content.REGEX),
    ),
)

ANTI_PATTERN = Section(
    "an anti-pattern",
    (
        Key("pattern", Shape.STRING, "what must not be met", Content.REGEX, required=True),
        Key("message", Shape.STRING, "what to say where it is met, as it stands"),
        Key("file", Shape.STRING, "the files that it covers; those of the rule's patterns without it", Content.GLOB),
    ),
)

TESTS = Section(
    "the tests of a rule",
    (
        Key(
            "bad",
            Shape.EXAMPLES,
            "code that the rule must report: a text for one file that the rule covers, paths with texts for several",
        ),
        Key(
            "good",
            Shape.EXAMPLES,
            "code that the rule must not report: a text for one file that the rule covers, or paths with texts",
        ),
    ),
)

RULE = Section(
    "a rule",
    (
        Key("id", Shape.STRING, "BG- and three digits", Content.RULE_ID, required=True),
        Key("name", Shape.STRING, "what the rule asks, in one line", required=True),
        Key("description", Shape.STRING, "what the rule is about", Content.PROSE),
        Key("severity", Shape.STRING, "error, warning or info", Content.SEVERITY, required=True),
        Key("enabled", Shape.BOOLEAN, "false switches the rule off"),
        Key(
            "family",
            Shape.STRING,
            "the units in which a rule with an id outside BG-00x to BG-04x looks; the module without it",
            Content.FAMILY,
        ),
        Key(
            "patterns", Shape.ENTRIES, "what the units of which files must have", entries=PATTERN, field="requirements"
        ),
        Key("anti_patterns", Shape.ENTRIES, "what must not be met", entries=ANTI_PATTERN),
        Key("suggestion", Shape.STRING, "how to mend a finding", Content.PROSE),
        Key("exclude", Shape.STRINGS, "files that the rule does not look at", Content.GLOB),
        Key("tests", Shape.SECTION, "code that the rule must report, and code that it must not", entries=TESTS),
    ),
)

TOP = Section(
    "a rules file",
    (
        Key("extends", Shape.STRING, "'bundled': start from the bundled rules, and change or add some", Content.BASE),
        Key(
            "paths",
            Shape.TABLE,
            "a glob of the rules, and the globs to read in its place",
            Content.GLOB,
            left=Content.GLOB,
        ),
        Key("exclude", Shape.STRINGS, "files that no rule looks at", Content.GLOB),
        Key("equivalents", Shape.TABLE, "a snippet, an identifier or a value of the rules, and what else counts as it"),
        Key("background_task_rules", Shape.ENTRIES, "the list of rules", required=True, entries=RULE, field="rules"),
    ),
)

SECTIONS = (TOP, RULE, PATTERN, ANTI_PATTERN, TESTS)

DEMANDS = ("must_contain", "must_contain_one_of", "must_reference", "must_return", "should_match")
"""The keys of a pattern that ask for something; the others say where."""
