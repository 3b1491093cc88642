"""The one table of the keys that a rules file may have. The loader reads it; it reads nothing.

Adding a key is a row here and a field of the same name in ``model``.
"""

from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """Which YAML stands at a key, in the words that messages use."""

    STRING = "a string"
    STRINGS = "a string or a list of strings"
    ENTRIES = "a list of mappings"


class Content(Enum):
    """What each string at a key must be."""

    PROSE = "any text"
    TEXT = "a text that is not empty"
    REGEX = "a regular expression"
    GLOB = "a glob relative to the root"
    RULE_ID = "BG- and three digits"
    SEVERITY = "error, warning or info"


@dataclass(frozen=True)
class Key:
    """One key: its name, what may stand at it, and one line for the reader of the documentation."""

    name: str
    shape: Shape
    doc: str
    content: Content = Content.TEXT
    required: bool = False
    entries: "Section | None" = None


@dataclass(frozen=True)
class Section:
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

RULE = Section(
    "a rule",
    (
        Key("id", Shape.STRING, "BG- and three digits", Content.RULE_ID, required=True),
        Key("name", Shape.STRING, "what the rule asks, in one line", required=True),
        Key("description", Shape.STRING, "what the rule is about", Content.PROSE),
        Key("severity", Shape.STRING, "error, warning or info", Content.SEVERITY, required=True),
        Key("patterns", Shape.ENTRIES, "what the units of which files must have", entries=PATTERN),
        Key("anti_patterns", Shape.ENTRIES, "what must not be met", entries=ANTI_PATTERN),
        Key("suggestion", Shape.STRING, "how to mend a finding", Content.PROSE),
        Key("exclude", Shape.STRINGS, "files that the rule does not look at", Content.GLOB),
    ),
)

TOP = Section(
    "a rules file",
    (Key("background_task_rules", Shape.ENTRIES, "the list of rules", required=True, entries=RULE),),
)

SECTIONS = (TOP, RULE, PATTERN, ANTI_PATTERN)

DEMANDS = ("must_contain", "must_contain_one_of", "must_reference", "must_return", "should_match")
"""The keys of a pattern that ask for something; the others say where."""
