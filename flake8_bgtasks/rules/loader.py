"""A rules file, from text to rules: the door to YAML. What the nodes mean stands in ``reading``.

Marks are taken from YAML nodes; sizes are bounded before anything is composed, so that no text takes long.
"""

import os
import re
from functools import lru_cache
from importlib import resources
from typing import TypeAlias

import yaml

from flake8_bgtasks.errors import Problem, RuleFileError
from flake8_bgtasks.rules.model import Mark, RuleSet
from flake8_bgtasks.rules.nodes import Listing, Mapping, Node, Scalar, Way, places
from flake8_bgtasks.rules.reading import read_rules

LARGEST = 1_000_000
"""Bytes that a rules file may have."""

DEEPEST = 20
"""Levels of nesting; the rules themselves need six."""

MOST_NODES = 50_000
"""YAML nodes, each alias counted as the whole of what it stands for; the bundled rules have about 400."""

Loader: TypeAlias = "type[yaml.SafeLoader | yaml.CSafeLoader]"

LOADER: Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TAG = "tag:yaml.org,2002:"
_KINDS = {
    "bool": "the boolean",
    "int": "the number",
    "float": "the number",
    "timestamp": "the date",
    "value": "the sign",
    "merge": "the sign",
}
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
"""The booleans of YAML 1.1; a string has the tag of a string, whatever it says."""
_UNACCEPTABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TOO_LARGE = f"larger than {LARGEST} bytes: no rules file needs that; is it the right one?"


@lru_cache(maxsize=1)
def bundled() -> RuleSet:
    """Return the rules that this package brings along."""
    file = resources.files("flake8_bgtasks").joinpath("rules.yaml")
    return load(file.read_text(encoding="utf-8"), "flake8_bgtasks/rules.yaml")


@lru_cache(maxsize=1)
def examples() -> RuleSet:
    """Return the bundled rules with a bad and a good example each, under ``tests``; nothing of the lint path asks."""
    file = resources.files("flake8_bgtasks").joinpath("examples.yaml")
    return load(file.read_text(encoding="utf-8"), "flake8_bgtasks/examples.yaml")


def read(path: str | os.PathLike[str]) -> RuleSet:
    """Return the rules of this file. Raises RuleFileError, also where the file cannot be read."""
    name = os.fspath(path)
    return load(_text_of(name), name)


def read_places(path: str | os.PathLike[str]) -> dict[Way, Mark]:
    """Return where each key and item of this rules file stands. Raises RuleFileError as `read` does."""
    return dict(places(read_nodes(path)))


def read_nodes(path: str | os.PathLike[str]) -> Node:
    """Return what stands in a YAML file, be it rules or not. Raises RuleFileError as `read` does, for its YAML only."""
    name = os.fspath(path)
    return _parse(_text_of(name), name, LOADER)


def load(text: str, path: str, loader: Loader = LOADER) -> RuleSet:
    """Return the rules that this text says. Raises RuleFileError with all problems, placed in ``path``."""
    return read_rules(_parse(text, path, loader), path, bundled)


def _parse(text: str, path: str, loader: Loader) -> Node:
    text = text.removeprefix("\ufeff")
    if len(text) > LARGEST:
        raise _error(path, 1, 1, _TOO_LARGE)
    if found := _UNACCEPTABLE.search(text):
        what = f"the character U+{ord(found[0]):04X} cannot stand in YAML: remove it"
        raise _error(path, *_place_after(text[: found.start()]), what)
    root = _compose(text, path, loader)
    if root is None:
        what = "the file is empty: write 'background_task_rules:' and a list of rules, or 'extends: bundled'"
        raise _error(path, 1, 1, what)
    return _convert(root)


def _text_of(name: str) -> str:
    try:
        with open(name, "rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or error
        raise _error(name, 1, 1, f"cannot be read ({reason}): check the path") from None
    return _decode(data, name)


def _decode(data: bytes, path: str) -> str:
    if len(data) > LARGEST:
        raise _error(path, 1, 1, _TOO_LARGE)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        what = f"the byte 0x{data[error.start]:02x} is not UTF-8: save the file as UTF-8"
        raise _error(path, *_place_after(before), what) from None


def _compose(text: str, path: str, loader: Loader) -> yaml.Node | None:
    """Return the root node, or None if the text has none. Raises RuleFileError at the place of a fault."""
    try:
        _refuse_bombs(text, path, loader)
        return yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = _mark(error.problem_mark or error.context_mark)
        reason = ", ".join(part for part in (error.context, error.problem) if part)
        what = f"not valid YAML ({reason}): mend this line or the one before"
        if re.split("\r\n|[\n\r\x85\u2028\u2029]", text + "\n")[mark.line - 1][mark.column - 1 :].startswith("\t"):
            what = "a tab stands where YAML allows only spaces: indent with spaces"
        raise _error(path, mark.line, mark.column, what) from None
    except (ValueError, OverflowError):  # the pure Python loader at "\UFFFFFFFF"
        raise _error(path, 1, 1, "not valid YAML (an escape stands for no character): mend the escape") from None


def _refuse_bombs(text: str, path: str, loader: Loader) -> None:
    """Raise RuleFileError at nesting, or at aliases, that would grow out of hand once composed and read."""
    counts, heights = [0], [0]  # nodes and levels below: of the document so far, and of each open collection
    anchors: list[str | None] = []  # of the collections that are still open
    grown: dict[str | None, tuple[int, int]] = {}
    for event in yaml.parse(text, Loader=loader):
        what = None
        match event:
            case yaml.CollectionStartEvent():
                counts.append(1)
                heights.append(1)
                anchors.append(event.anchor)
            case yaml.CollectionEndEvent():
                size, height = grown[anchors.pop()] = counts.pop(), heights.pop()
                counts[-1] += size
                heights[-1] = max(heights[-1], height + 1)
            case yaml.AliasEvent():
                size, height = grown.get(event.anchor, (1, 0))
                counts[-1] += size
                heights[-1] = max(heights[-1], height + 1)
                if event.anchor in anchors:
                    what = f"the alias '*{event.anchor}' stands inside what it repeats: write the text out"
            case yaml.ScalarEvent():
                counts[-1] += 1
        if len(anchors) + heights[-1] > DEEPEST + 1:
            what = f"nested more than {DEEPEST} levels deep: no rule needs that"
        if sum(counts) > MOST_NODES:
            what = f"more than {MOST_NODES} values, aliases written out: split the file, or repeat less"
        if what:
            mark = _mark(event.start_mark)
            raise _error(path, mark.line, mark.column, what)


def _convert(node: yaml.Node) -> Node:
    mark, tag = _mark(node.start_mark), node.tag.removeprefix(_TAG)
    match node:
        case yaml.MappingNode() if tag == "map":
            return Mapping(tuple((_convert(key), _convert(value)) for key, value in node.value), mark)
        case yaml.SequenceNode() if tag == "seq":
            return Listing(tuple(_convert(item) for item in node.value), mark)
        case yaml.ScalarNode() if tag == "str" and not _SURROGATE.search(node.value):
            return Scalar(node.value, mark)
        case yaml.ScalarNode() if tag in _KINDS:
            return Scalar(node.value, mark, f"{_KINDS[tag]} {node.value}", _TRUTHS.get(node.value.lower()))
        case yaml.ScalarNode() if tag == "null":
            return Scalar(node.value, mark, "")
        case _:
            return Scalar("", mark, f"the tag {tag if tag.startswith('!') else '!!' + tag}")


def _mark(mark: object) -> Mark:
    """Return a mark of either YAML loader, which count from 0, as ours; the beginning where there is none."""
    return Mark(getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1)


def _place_after(text: str) -> tuple[int, int]:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _error(path: str, line: int, column: int, what: str) -> RuleFileError:
    return RuleFileError([Problem(path, line, column, what)])
