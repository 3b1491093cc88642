"""What can be wrong with a value or an entry of a rules file, taken by itself; in words, with what to do about it."""

import difflib
import re
import warnings
from collections.abc import Container, Iterable

from flake8_bgtasks.rules import schema
from flake8_bgtasks.rules.globs import Glob, GlobError
from flake8_bgtasks.rules.model import Family, Severity
from flake8_bgtasks.rules.nodes import Listing, Mapping, Node, Scalar, clip, shown
from flake8_bgtasks.rules.schema import Content, Key, Section

RESERVED_ID = "BG-000"
"""BG000 is what the plugin says of files that cannot be checked."""

BASES = ("bundled",)
"""What a rules file can extend."""

_CLASS_NAME = re.compile(r"(?:\w|[*?]|\[!?[\w-]+\])+")


def find_gap(section: Section, present: Container[str]) -> str | None:
    """Return what is wrong with these keys taken together, or None."""
    if section is schema.PATTERN:
        if "endpoint_pattern" in present and "must_return" not in present:
            return "a pattern has 'endpoint_pattern' without 'must_return': add what its endpoints must return"
        if not any(name in present for name in schema.DEMANDS):
            return f"a pattern requires nothing: add one of {', '.join(schema.DEMANDS)}"
    if section is schema.RULE and "patterns" not in present and "anti_patterns" not in present:
        return "a rule has neither 'patterns' nor 'anti_patterns': add one of them"
    if section is schema.TESTS and "bad" not in present and "good" not in present:
        return "the tests of a rule have neither 'bad' nor 'good': add one of them"
    return None


def find_contradiction(rule_id: str, family: Family, said: Family) -> str | None:
    """Return what is wrong with a family that a rule names, where its id stands for one; or None."""
    if family is Family.GENERIC or family is said:
        return None
    return (
        f"the family of {rule_id} is {family.value}, by its id: leave 'family' out,"
        " or choose an id outside BG-00x to BG-04x"
    )


def find_wrong_type(key: Key, node: Node, subject: str, wanted: str) -> str | None:
    """Return what is wrong with this node where one string should stand, or None."""
    match node:
        case Mapping():
            return f"{subject} must be {wanted}, not a mapping: put a text with a colon in quotes"
        case Listing():
            return f"{subject} must be {wanted}, not a list: write one string"
        case Scalar(kind=None):
            return None if node.text.strip() or key.content is Content.PROSE else say_empty(key, subject)
        case Scalar(kind=""):
            return say_empty(key, subject)
        case _:
            advice = f'put it in quotes, "{clip(node.text)}"' if node.text else "remove it"
            return f"{subject} must be {wanted}, not {node.kind}: {advice}"


def find_fault(content: Content, text: str, name: str) -> str | None:
    """Return what is wrong with this text, which stands at the key `name`, or None."""
    match content:
        case Content.REGEX:
            return _find_regex_fault(text, name)
        case Content.GLOB:
            return _find_glob_fault(text, f"bad glob {shown(text)} in '{name}'")
        case Content.PATH:
            return _find_path_fault(text, f"bad path {shown(text)} in '{name}'")
        case Content.CLASS_NAME if not _CLASS_NAME.fullmatch(text):
            return f"bad class name {shown(text)} in '{name}': write the bare name, such as '*Job'"
        case Content.RULE_ID if not re.fullmatch("BG-[0-9]{3}", text):
            return f"bad id {shown(text)}: write BG- and three digits, such as 'BG-030'"
        case Content.RULE_ID if text == RESERVED_ID:
            return f"the id '{text}' is the plugin's own: choose another number"
        case Content.SEVERITY:
            return _find_unknown("severity", text, (severity.name.lower() for severity in reversed(Severity)))
        case Content.FAMILY:
            return _find_unknown("family", text, (family.value for family in Family))
        case Content.BASE if text not in BASES:
            return f"cannot extend {shown(text)}: write 'bundled', or leave 'extends' out"
    return None


def _find_unknown(what: str, text: str, known: Iterable[str]) -> str | None:
    *others, last = known
    if text in (*others, last):
        return None
    return f"unknown {what} {shown(text)}: write {', '.join(others)} or {last}"


def _find_regex_fault(text: str, name: str) -> str | None:
    advice = "mend it, or put a backslash before a character that is meant literally"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text)
    except (re.error, OverflowError) as error:
        return f"bad regex in '{name}': {error}: {advice}"
    except RecursionError:
        return f"bad regex in '{name}': it is nested too deeply: write a shorter one"
    return None


def _find_glob_fault(text: str, what: str) -> str | None:
    try:
        Glob(text)
    except GlobError as error:
        return f"{what}: {error}"
    return None


def _find_path_fault(text: str, what: str) -> str | None:
    if any(character in text for character in "*?["):
        return f"{what}: it has a wildcard: write the path of one file"
    return _find_glob_fault(text, what)


def advise(name: str, section: Section) -> str:
    """Return what may have been meant by a key that a section does not have."""
    known = [key.name for key in section.keys]
    homes = [other.name for other in schema.SECTIONS if other.find(name)]
    if close := difflib.get_close_matches(clip(name), known, n=1, cutoff=0.85 if homes else 0.6):
        return f"did you mean '{close[0]}'?"
    if homes:
        return f"it belongs in {' or '.join(homes)}"
    return f"known here: {listed(section)}"


def advise_glob(text: str, used: Iterable[str]) -> str:
    """Return what may have been meant by a glob that no rule has."""
    known = sorted(used)
    if close := difflib.get_close_matches(clip(text), known, n=1):
        return f"did you mean '{close[0]}'?"
    return f"the rules have: {', '.join(known)}" if known else "the rules have none"


def listed(section: Section) -> str:
    """Return the names of a section's keys."""
    return ", ".join(key.name for key in section.keys)


def say_empty(key: Key, subject: str | None = None) -> str:
    """Return what to say where nothing stands at a key."""
    return f"{subject or repr(key.name)} is empty: write a value" + ("" if key.required else " or leave it out")
