"""The nodes of a rules file to frozen rules, or every problem at once. Knows the schema, and nothing of YAML."""

import difflib
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

from flake8_bgtasks.errors import Problem, RuleFileError
from flake8_bgtasks.rules import schema
from flake8_bgtasks.rules.globs import Glob, GlobError
from flake8_bgtasks.rules.model import AntiPattern, Family, Mark, Requirement, Rule, Severity
from flake8_bgtasks.rules.schema import Content, Key, Section, Shape

_FAMILIES = {
    "BG-00": Family.MODELS,
    "BG-01": Family.STATUS,
    "BG-02": Family.API,
    "BG-03": Family.TASKS,
    "BG-04": Family.FRONTEND,
}

RESERVED_ID = "BG-000"
"""BG000 is what the plugin says of files that cannot be checked."""


@dataclass(frozen=True)
class Scalar:
    """One value as written.

    ``kind`` names what is no string ("the number 12", "the tag !foo"), and is "" where nothing stands at all.
    ``text`` is empty where no quotes would make a string of it.
    """

    text: str
    mark: Mark
    kind: str | None = None


@dataclass(frozen=True)
class Listing:
    """A list."""

    items: "tuple[Node, ...]"
    mark: Mark
    kind: ClassVar[str] = "a list"
    text: ClassVar[str] = ""


@dataclass(frozen=True)
class Mapping:
    """Keys and values in the order of the file, duplicates included."""

    pairs: "tuple[tuple[Node, Node], ...]"
    mark: Mark
    kind: ClassVar[str] = "a mapping"
    text: ClassVar[str] = ""


Node: TypeAlias = Scalar | Listing | Mapping


def read_rules(root: Node, path: str) -> tuple[Rule, ...]:
    """Return the rules that stand under this root. Raises RuleFileError; ``path`` is for the places of problems."""
    reader = _Reader(path)
    top = reader.read_entry(schema.TOP, root)
    if reader.problems:
        raise RuleFileError(reader.problems)
    rules: tuple[Rule, ...] = top["background_task_rules"]
    return rules


def family_of(rule_id: str) -> Family:
    """Return the family that a rule's id stands for.

    >>> family_of("BG-031").value, family_of("BG-100").value
    ('tasks', 'generic')
    """
    return _FAMILIES.get(rule_id[:5], Family.GENERIC)


class _Reader:
    """Collects what is wrong while it reads. An entry that has a problem is None: nothing is built of bad values."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._lines_of_ids: dict[str, int] = {}

    def read_entry(self, section: Section, node: Node) -> Any:
        before = len(self.problems)
        if not isinstance(node, Mapping):
            self._report(node, f"{section.name} must be a mapping, not {_kind(node)}: write 'key: value' lines")
            return None
        fields = self._read_fields(section, node)
        values = {key.name: self._read_value(key, fields[key.name]) for key in section.keys if key.name in fields}
        if what := _find_gap(section, fields.keys()):
            self._report(node, what)
        return None if len(self.problems) > before else _BUILDERS[section.name](values, node.mark)

    def _read_fields(self, section: Section, node: Mapping) -> dict[str, Node]:
        """Return the values of known keys, the first of each; report unknown, duplicate and missing ones."""
        fields: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, value in node.pairs:
            if not isinstance(key, Scalar):
                self._report(key, f"a key must be a string, not {key.kind}: write one of {_listed(section)}")
            elif key.text in lines:
                what = f"duplicate key {_shown(key.text)}, first used in line {lines[key.text]}: keep one of them"
                self._report(key, what)
            else:
                lines[key.text] = key.mark.line
                if section.find(key.text):
                    fields[key.text] = value
                else:
                    self._report(key, f"unknown key {_shown(key.text)} ({_advise(key.text, section)})")
        for missing in section.keys:
            if missing.required and missing.name not in fields:
                self._report(node, f"{section.name} has no '{missing.name}': add it ({missing.doc})")
        return fields

    def _read_value(self, key: Key, node: Node) -> Any:
        match key.shape, node:
            case Shape.STRINGS, Listing(items=()):
                self._report(node, _say_empty(key))
            case Shape.STRINGS, Listing():
                return tuple(self._read_string(key, item, f"an item of '{key.name}'") for item in node.items)
            case Shape.STRINGS, _:
                return (self._read_string(key, node, f"'{key.name}'"),)
            case Shape.STRING, _:
                return self._read_string(key, node, f"'{key.name}'")
            case _:
                return self._read_entries(key, node)

    def _read_entries(self, key: Key, node: Node) -> Any:
        assert key.entries is not None
        match node:
            case Listing(items=()) | Scalar(kind=""):
                self._report(node, _say_empty(key))
            case Listing():
                return tuple(self.read_entry(key.entries, item) for item in node.items)
            case _:
                what = f"'{key.name}' must be {key.shape.value}, not {_kind(node)}: put '- ' before each entry"
                self._report(node, what)

    def _read_string(self, key: Key, node: Node, subject: str) -> str:
        what = _find_wrong_type(key, node, subject) or _find_fault(key, node.text)
        if what:
            self._report(node, what)
        elif key.content is Content.RULE_ID:
            self._claim_id(node)
        return node.text

    def _claim_id(self, node: Node) -> None:
        if line := self._lines_of_ids.get(node.text):
            self._report(node, f"duplicate id '{node.text}', first used in line {line}: give one of them another id")
        self._lines_of_ids.setdefault(node.text, node.mark.line)

    def _report(self, node: Node, what: str) -> None:
        one_line = " ".join(what.splitlines())
        self.problems.append(Problem(self.path, node.mark.line, node.mark.column, one_line))


def _find_gap(section: Section, present: Any) -> str | None:
    """Return what is wrong with these keys taken together, or None."""
    if section is schema.PATTERN:
        if "endpoint_pattern" in present and "must_return" not in present:
            return "a pattern has 'endpoint_pattern' without 'must_return': add what its endpoints must return"
        if not any(name in present for name in schema.DEMANDS):
            return f"a pattern requires nothing: add one of {', '.join(schema.DEMANDS)}"
    if section is schema.RULE and not {"patterns", "anti_patterns"} & set(present):
        return "a rule has neither 'patterns' nor 'anti_patterns': add one of them"
    return None


def _find_wrong_type(key: Key, node: Node, subject: str) -> str | None:
    """Return what is wrong with this node where one string should stand, or None."""
    match node:
        case Mapping():
            return f"{subject} must be {_wanted(key, subject)}, not a mapping: put a text with a colon in quotes"
        case Listing():
            return f"{subject} must be {_wanted(key, subject)}, not a list: write one string"
        case Scalar(kind=None):
            return None if node.text.strip() or key.content is Content.PROSE else _say_empty(key, subject)
        case Scalar(kind=""):
            return _say_empty(key, subject)
        case _:
            advice = f'put it in quotes, "{_clip(node.text)}"' if node.text else "remove it"
            return f"{subject} must be {_wanted(key, subject)}, not {node.kind}: {advice}"


def _find_fault(key: Key, text: str) -> str | None:
    """Return what is wrong with this text at this key, or None."""
    match key.content:
        case Content.REGEX:
            return _find_regex_fault(key, text)
        case Content.GLOB:
            try:
                Glob(text)
            except GlobError as error:
                return f"bad glob {_shown(text)} in '{key.name}': {error}"
        case Content.RULE_ID if not re.fullmatch("BG-[0-9]{3}", text):
            return f"bad id {_shown(text)}: write BG- and three digits, such as 'BG-030'"
        case Content.RULE_ID if text == RESERVED_ID:
            return f"the id '{text}' is the plugin's own: choose another number"
        case Content.SEVERITY if text not in (severity.name.lower() for severity in Severity):
            return f"unknown severity {_shown(text)}: write error, warning or info"
    return None


def _find_regex_fault(key: Key, text: str) -> str | None:
    advice = "mend it, or put a backslash before a character that is meant literally"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text)
    except (re.error, OverflowError) as error:
        return f"bad regex in '{key.name}': {error}: {advice}"
    except RecursionError:
        return f"bad regex in '{key.name}': it is nested too deeply: write a shorter one"
    return None


def _advise(name: str, section: Section) -> str:
    known = [key.name for key in section.keys]
    if close := difflib.get_close_matches(_clip(name), known, n=1):
        return f"did you mean '{close[0]}'?"
    if homes := [other.name for other in schema.SECTIONS if other.find(name)]:
        return f"it belongs in {' or '.join(homes)}"
    return f"known here: {_listed(section)}"


def _listed(section: Section) -> str:
    return ", ".join(key.name for key in section.keys)


def _wanted(key: Key, subject: str) -> str:
    return key.shape.value if subject == f"'{key.name}'" else Shape.STRING.value


def _say_empty(key: Key, subject: str | None = None) -> str:
    return f"{subject or repr(key.name)} is empty: write a value" + ("" if key.required else " or leave it out")


def _kind(node: Node) -> str:
    if isinstance(node, Scalar):
        return "a string" if node.kind is None else node.kind or "nothing"
    return node.kind


def _shown(text: str) -> str:
    return repr(_clip(text))


def _clip(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _build_rule(values: dict[str, Any], mark: Mark) -> Rule:
    severity = Severity[values.pop("severity").upper()]
    requirements = values.pop("patterns", ())
    return Rule(**values, severity=severity, family=family_of(values["id"]), requirements=requirements, mark=mark)


_BUILDERS: dict[str, Callable[[dict[str, Any], Mark], Any]] = {
    schema.TOP.name: lambda values, mark: values,
    schema.RULE.name: _build_rule,
    schema.PATTERN.name: lambda values, mark: Requirement(**values, mark=mark),
    schema.ANTI_PATTERN.name: lambda values, mark: AntiPattern(**values, mark=mark),
}
