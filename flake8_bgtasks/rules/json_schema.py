"""The table of keys as a JSON Schema, with which editors complete and check rules files.

It knows the shape of a file: what needs more than one value at a time to be judged (a duplicate id, a glob that no rule
has) or another language's regexes is the loader's. ``bgtasks schema`` prints it.
"""

import json
from typing import Any, TypeAlias

from flake8_bgtasks.rules import loader, schema
from flake8_bgtasks.rules.building import FAMILIES_BY_ID
from flake8_bgtasks.rules.faults import BASES, RESERVED_ID
from flake8_bgtasks.rules.globs import LONGEST
from flake8_bgtasks.rules.model import Family, Severity
from flake8_bgtasks.rules.schema import Content, Key, Section, Shape

Schema: TypeAlias = dict[str, Any]

_NOT_BLANK: Schema = {"type": "string", "pattern": r"\S"}
_STRINGS: dict[Content, Schema] = {
    Content.PROSE: {"type": "string"},
    Content.TEXT: _NOT_BLANK,
    Content.REGEX: {**_NOT_BLANK, "format": "regex"},
    Content.GLOB: {"type": "string", "pattern": r"^(?!\s*$)[^/\\][^\\]*$", "maxLength": LONGEST},
    Content.PATH: {"type": "string", "pattern": r"^(?!\s*$)[^/\\*?\[][^\\*?\[]*$", "maxLength": LONGEST},
    Content.CLASS_NAME: {"type": "string", "pattern": r"^[^\s.]+$"},
    Content.RULE_ID: {"type": "string", "pattern": rf"^(?!{RESERVED_ID})BG-[0-9]{{3}}$", "maxLength": 6},
    Content.SEVERITY: {"enum": [severity.name.lower() for severity in reversed(Severity)]},
    Content.FAMILY: {"enum": [family.value for family in Family]},
    Content.BASE: {"enum": list(BASES)},
}


def build() -> Schema:
    """Return the schema of a rules file; it names the ids of the bundled rules, which need not be told in full."""
    changed = {"properties": {"id": {"enum": [rule.id for rule in loader.bundled().rules]}}}
    rules = "background_task_rules"
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A rules file of flake8-bgtasks",
        **_section(schema.TOP, without=(rules,)),
        "if": {"required": ["extends"]},
        "then": {"properties": {rules: {"items": {"if": changed, "else": _NEW_RULE}}}},
        "else": {"required": [rules], "properties": {rules: {"items": _NEW_RULE}}},
    }


def text() -> str:
    """Return the schema as the file in the package has it."""
    return json.dumps(build(), indent=2, ensure_ascii=False) + "\n"


def _section(section: Section, without: tuple[str, ...] = ()) -> Schema:
    """Return the schema of one kind of mapping; `without` are required keys that are told elsewhere."""
    found: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {"description": key.doc, **_value(key)} for key in section.keys},
    }
    required = [key.name for key in section.keys if key.required and key.name not in without]
    if required:
        found["required"] = required
    return {**found, **_TOGETHER.get(section.name, {})}


def _value(key: Key) -> Schema:
    string = _STRINGS[key.content]
    strings: Schema = {"anyOf": [string, {"type": "array", "items": string, "minItems": 1}]}
    match key.shape:
        case Shape.STRING:
            return string
        case Shape.STRINGS:
            return strings
        case Shape.BOOLEAN:
            return {"type": "boolean"}
        case Shape.TABLE:
            left = _STRINGS[key.left]
            return {"type": "object", "propertyNames": left, "additionalProperties": strings, "minProperties": 1}
        case Shape.EXAMPLES:
            files = {
                "type": "object",
                "propertyNames": _STRINGS[Content.PATH],
                "additionalProperties": _STRINGS[Content.PROSE],
                "minProperties": 1,
            }
            return {"anyOf": [string, files, {"type": "array", "items": {"anyOf": [string, files]}, "minItems": 1}]}
    assert key.entries is not None
    told_elsewhere = tuple(_NEW_RULE["required"]) if key.entries is schema.RULE else ()
    inner = _section(key.entries, told_elsewhere)
    return inner if key.shape is Shape.SECTION else {"type": "array", "items": inner, "minItems": 1}


def _any_of(names: tuple[str, ...]) -> Schema:
    return {"anyOf": [{"required": [name]} for name in names]}


def _of_family(family: Family) -> Schema:
    """Return the schema of rules that are of this family by their id or by their own word."""
    by_id = [{"properties": {"id": {"pattern": f"^{start}"}}} for start, of in FAMILIES_BY_ID.items() if of is family]
    return {"anyOf": [*by_id, {"required": ["family"], "properties": {"family": {"const": family.value}}}]}


_NEW_RULE: Schema = {
    "required": [key.name for key in schema.RULE.keys if key.required and key.content is not Content.RULE_ID],
    **_any_of(("patterns", "anti_patterns")),
}
"""What a rule has to say that changes no other."""

_TOGETHER: dict[str, Schema] = {
    schema.PATTERN.name: {**_any_of(schema.DEMANDS), "dependencies": {"endpoint_pattern": ["must_return"]}},
    schema.TESTS.name: _any_of(("bad", "good")),
    schema.RULE.name: {
        "allOf": [
            *(
                {
                    "if": {"required": ["id"], "properties": {"id": {"pattern": f"^{start}"}}},
                    "then": {"properties": {"family": {"const": family.value}}},
                }
                for start, family in FAMILIES_BY_ID.items()
            ),
            {
                "if": _of_family(Family.MODELS),
                "else": {"properties": {"patterns": {"items": {"not": {"required": ["class"]}}}}},
            },
        ]
    },
}
"""What holds of the keys of one mapping taken together."""
