"""The nodes of a rules file to frozen rules, or every problem at once. Knows the schema, and nothing of YAML."""

from collections.abc import Callable, Iterator
from typing import Any

from flake8_bgtasks.errors import Problem, RuleFileError
from flake8_bgtasks.rules import schema
from flake8_bgtasks.rules.building import build, family_of, globs_of
from flake8_bgtasks.rules.faults import (
    BASES,
    advise,
    advise_glob,
    find_contradiction,
    find_fault,
    find_gap,
    find_wrong_type,
    listed,
    say_empty,
)
from flake8_bgtasks.rules.model import Example, Family, Mark, Requirement, Rule, RuleSet, Table
from flake8_bgtasks.rules.nodes import Listing, Mapping, Node, Scalar, kind_of, shown
from flake8_bgtasks.rules.schema import Content, Key, Section, Shape


def read_rules(root: Node, path: str, bundled: Callable[[], RuleSet]) -> RuleSet:
    """Return the rules that stand under this root. Raises RuleFileError; ``path`` is for the places of problems.

    `bundled` is asked for only where the file extends what it returns.
    """
    extends = root.get("extends") if isinstance(root, Mapping) else None
    base = bundled().rules if extends is not None else ()
    reader = _Reader(path, base)
    top = reader.read_entry(schema.TOP, root)
    if reader.problems:
        raise RuleFileError(reader.problems)
    own = {rule.id: rule for rule in top.pop("rules", ())}
    known = {rule.id for rule in base}
    merged = (*(own.get(rule.id, rule) for rule in base), *(rule for rule in own.values() if rule.id not in known))
    return RuleSet(path, merged, **top)


class _Reader:
    """Collects what is wrong while it reads. An entry that has a problem is None: nothing is built of bad values."""

    def __init__(self, path: str, base: tuple[Rule, ...]) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._base = {rule.id: rule for rule in base}
        self._lines_of_ids: dict[str, int] = {}
        self._globs: set[str] = set()
        """Those that the file's own rules say, rules with problems included."""

    def read_entry(self, section: Section, node: Node) -> Any:
        before = len(self.problems)
        if not isinstance(node, Mapping):
            self._report(node, f"{section.name} must be a mapping, not {kind_of(node)}: write 'key: value' lines")
            return None
        base = self._base_of(section, node)
        fields = self._read_fields(section, node, extends=base is not None)
        values = {
            key.field or key.name: self._read_value(key._replace(required=key.required and base is None), value)
            for key in section.keys
            if (value := fields.get(key.name)) is not None
        }
        if base is None and (what := find_gap(section, fields)):
            self._report(node, what)
        if section is schema.TOP:
            self._check_paths(fields, values)
        elif section is schema.RULE:
            self._check_family(fields, values)
        return None if len(self.problems) > before else build(section, values, base, self._at(node.mark))

    def _base_of(self, section: Section, node: Mapping) -> object:
        """Return what an entry changes, so that it need not say everything; None where it stands for itself."""
        if section is schema.TOP:
            return node.get("extends")
        rule_id = node.get("id") if section is schema.RULE else None
        return self._base.get(rule_id.text) if isinstance(rule_id, Scalar) else None

    def _read_fields(self, section: Section, node: Mapping, *, extends: bool) -> dict[str, Node]:
        """Return the values of known keys, the first of each; report unknown, duplicate and missing ones."""
        fields: dict[str, Node] = {}
        for key, value in self._distinct(node, f"write one of {listed(section)}"):
            if section.find(key.text):
                fields[key.text] = value
            else:
                self._report(key, f"unknown key {shown(key.text)} ({advise(key.text, section)})")
        for missing in section.keys:
            if missing.required and missing.name not in fields and not extends:
                hint = f", or '{schema.TOP.keys[0].name}: {BASES[0]}'" if section is schema.TOP else ""
                self._report(node, f"{section.name} has no '{missing.name}': add it ({missing.doc}){hint}")
        return fields

    def _distinct(self, node: Mapping, advice: str) -> Iterator[tuple[Scalar, Node]]:
        """Yield the keys of a mapping with their values; report those that are no scalars, and all but the first."""
        lines: dict[str, int] = {}
        for key, value in node.pairs:
            if not isinstance(key, Scalar):
                self._report(key, f"a key must be a string, not {key.kind}: {advice}")
            elif key.text in lines:
                what = f"duplicate key {shown(key.text)}, first used in line {lines[key.text]}: keep one of them"
                self._report(key, what)
            else:
                lines[key.text] = key.mark.line
                yield key, value

    def _read_value(self, key: Key, node: Node) -> Any:
        match key.shape:
            case Shape.STRING:
                return self._read_string(key, node, f"'{key.name}'", key.shape.value)
            case Shape.STRINGS:
                return self._read_strings(key, node, f"'{key.name}'")
            case Shape.BOOLEAN:
                return self._read_boolean(key, node)
            case Shape.ENTRIES:
                return self._read_entries(key, node)
            case Shape.SECTION:
                return self._read_section(key, node)
            case Shape.TABLE:
                return self._read_table(key, node)
            case Shape.EXAMPLES:
                return self._read_examples(key, node)

    def _read_string(self, key: Key, node: Node, subject: str, wanted: str) -> str:
        what = find_wrong_type(key, node, subject, wanted) or find_fault(key.content, node.text, key.name)
        if what:
            self._report(node, what)
        elif key.content is Content.RULE_ID:
            self._claim_id(node)
        elif key.content is Content.GLOB and key in _GLOBS_OF_RULES:
            self._globs.add(node.text)
        return node.text

    def _read_strings(self, key: Key, node: Node, subject: str) -> tuple[str, ...]:
        match node:
            case Listing(items=()):
                self._report(node, say_empty(key, subject))
                return ()
            case Listing():
                item = f"an item of {subject}"
                return tuple(self._read_string(key, each, item, Shape.STRING.value) for each in node.items)
        return (self._read_string(key, node, subject, Shape.STRINGS.value),)

    def _read_boolean(self, key: Key, node: Node) -> bool:
        truth = node.truth if isinstance(node, Scalar) else None
        if truth is not None:
            return truth
        if isinstance(node, Scalar) and node.kind == "":
            self._report(node, say_empty(key))
        else:
            self._report(node, f"'{key.name}' must be true or false, not {kind_of(node)}: write it without quotes")
        return True

    def _read_entries(self, key: Key, node: Node) -> Any:
        assert key.entries is not None
        match node:
            case Listing(items=()) | Scalar(kind=""):
                self._report(node, say_empty(key))
            case Listing():
                return tuple(self.read_entry(key.entries, item) for item in node.items)
            case _:
                what = f"'{key.name}' must be {key.shape.value}, not {kind_of(node)}: put '- ' before each entry"
                self._report(node, what)

    def _read_section(self, key: Key, node: Node) -> Any:
        assert key.entries is not None
        if isinstance(node, Scalar) and node.kind == "":
            self._report(node, say_empty(key))
            return None
        return self.read_entry(key.entries, node)

    def _read_table(self, key: Key, node: Node) -> Table:
        match node:
            case Mapping(pairs=()) | Scalar(kind=""):
                self._report(node, say_empty(key))
            case Mapping():
                rows = self._read_pairs(key, node, f"a key of '{key.name}'", key.left, "put it in quotes")
                return tuple(
                    (left, self._read_strings(key, right, f"the value of {shown(left)}")) for left, right in rows
                )
            case _:
                what = f"'{key.name}' must be {key.shape.value}, not {kind_of(node)}: write 'key: value' lines"
                self._report(node, what)
        return ()

    def _read_examples(self, key: Key, node: Node) -> tuple[Example | None, ...]:
        match node:
            case Listing(items=()):
                self._report(node, say_empty(key))
            case Listing():
                return tuple(self._read_example(key, item, f"an item of '{key.name}'") for item in node.items)
            case _:
                return (self._read_example(key, node, f"'{key.name}'"),)
        return ()

    def _read_example(self, key: Key, node: Node, subject: str) -> Example | None:
        mark = self._at(node.mark)
        match node:
            case Mapping(pairs=()):
                self._report(node, say_empty(key, subject))
                return None
            case Mapping():
                rows = self._read_pairs(key, node, f"a path in '{key.name}'", Content.PATH, "write the path of a file")
                text = key._replace(content=Content.PROSE)
                return Example(
                    tuple(
                        (path, self._read_string(text, code, f"the text of {shown(path)}", "a string"))
                        for path, code in rows
                    ),
                    mark,
                )
        return Example(((None, self._read_string(key, node, subject, "a text or a mapping of paths to texts")),), mark)

    def _read_pairs(
        self, key: Key, node: Mapping, subject: str, content: Content, advice: str
    ) -> list[tuple[str, Node]]:
        left = key._replace(content=content)
        found = []
        for name, value in self._distinct(node, advice):
            found.append((self._read_string(left, name, subject, "a string"), value))
        return found

    def _claim_id(self, node: Node) -> None:
        if line := self._lines_of_ids.get(node.text):
            self._report(node, f"duplicate id '{node.text}', first used in line {line}: give one of them another id")
        self._lines_of_ids.setdefault(node.text, node.mark.line)

    def _check_paths(self, fields: dict[str, Node], values: dict[str, Any]) -> None:
        """Report the globs on the left of ``paths`` that no rule has, unless nobody can tell which the rules have."""
        paths, own = fields.get("paths"), values.get("rules", ())
        if not isinstance(paths, Mapping) or own is None:
            return
        own = {rule.id: rule for rule in own if rule is not None}
        used = self._globs.union(*map(globs_of, {**self._base, **own}.values()))
        for left, _ in paths.pairs:
            if not isinstance(left, Scalar) or left.kind is not None or left.text in used:
                continue
            if left.text.strip() and find_fault(Content.GLOB, left.text, "paths") is None:
                advice = advise_glob(left.text, used)
                self._report(left, f"no rule has the glob {shown(left.text)} ({advice}): write one as the rules do")

    def _check_family(self, fields: dict[str, Node], values: dict[str, Any]) -> None:
        """Report a family that contradicts the id, and what only another family reads."""
        rule_id, said = values.get("id", ""), values.get("family")
        family = family_of(rule_id)
        if said is not None and find_fault(Content.FAMILY, said, "family") is None:
            if what := find_contradiction(rule_id, family, Family(said)):
                self._report(fields["family"], what)
            elif family is Family.GENERIC:
                family = Family(said)
        for entry in values.get("requirements") or ():
            if entry is not None and entry.classes and family is not Family.MODELS:
                what = f"a pattern has 'class' in a rule of the {family.value} family, which looks at no task models"
                self._report(entry, f"{what}: leave it out")

    def _at(self, mark: Mark) -> Mark:
        return Mark(mark.line, mark.column, self.path)

    def _report(self, where: Node | Requirement, what: str) -> None:
        one_line = " ".join(what.splitlines())
        self.problems.append(Problem(self.path, where.mark.line, where.mark.column, one_line))


_GLOBS_OF_RULES = tuple(
    key
    for section in (schema.RULE, schema.PATTERN, schema.ANTI_PATTERN)
    for key in section.keys
    if key.content is Content.GLOB
)
