"""What else counts for a snippet (semantics, section 4): the team's own words, sessions and values, in its own texts.

A snippet is met by any snippet that a row of the table puts in its place, and by the same snippet with a name, a value
or a call in it that the table puts in another's place. What is put in is not looked up again.
"""

import ast
import itertools
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from flake8_bgtasks.evidence import ABSENT, Answer, Evidence
from flake8_bgtasks.matching.base import Matcher, Unit
from flake8_bgtasks.matching.own_words import noted
from flake8_bgtasks.matching.syntax import parse_snippet
from flake8_bgtasks.rules.model import Table

MOST = 500
"""How many snippets may count for one; those with the fewest changes come first."""


class Equivalents:
    """The ``equivalents`` of a rules file."""

    def __init__(self, table: Table = ()) -> None:
        self.table = table

    def of(self, snippet: str) -> tuple[str, ...]:
        """Return the other snippets that count for this one.

        >>> own = Equivalents((("completed_at", ("finished_at",)), ('"completed"', ("success", "done"))))
        >>> own.of("completed_at"), own.of('status = "completed"')
        (('finished_at',), ("status = 'success'", "status = 'done'"))
        """
        text = _normal(snippet)
        found = dict.fromkeys(right for row in self._by_text.get(text, ()) for right in row.rights)
        try:
            found.update(dict.fromkeys(itertools.islice(self._varied(snippet), MOST)))
        except RecursionError:  # nested deeper than any snippet need be
            pass
        return tuple(other for other in found if _normal(other) != text)

    def own_word(self, snippet: str) -> str | None:
        """Return what the team writes in the place of a snippet, by the first word of each row; None where it is the same.

        >>> own = Equivalents((("completed_at", ("finished_at", "ended_at")), ('"completed"', ("done",))))
        >>> own.own_word("completed_at"), own.own_word('status = "completed"'), own.own_word("error_message")
        ('finished_at', '"done"', None)
        """
        rows = self._by_text.get(_normal(snippet))
        if rows:
            return rows[0].rights[0]
        try:
            changed = self._exchanged(snippet)
        except RecursionError:
            return None
        return changed if changed is None or '"' in changed else changed.replace("'", '"')

    def _exchanged(self, snippet: str) -> str | None:
        """Return a snippet with the first right side of each row put in; only the value of an assignment to the same name."""
        tree, fresh = parse_snippet(snippet), parse_snippet(snippet)
        if tree is None or fresh is None or isinstance(tree, ast.Name):
            return None
        rows = self._rows_about(tree)
        changes = tuple((row, row.exchangeable[0]) for row in rows if row.exchangeable)
        changed = _Exchange(changes).visit(fresh) if changes else tree
        match tree, ast.fix_missing_locations(changed):
            case ast.Assign(targets=before), ast.Assign(targets=after, value=value) if list(
                map(ast.unparse, before)
            ) == list(map(ast.unparse, after)):
                return None if ast.unparse(value) == ast.unparse(tree.value) else ast.unparse(value)
        text = ast.unparse(changed)
        return None if text == ast.unparse(tree) or parse_snippet(text) is None else text

    @cached_property
    def _rows(self) -> tuple["_Row", ...]:
        return tuple(_Row(left, rights) for left, rights in self.table)

    @cached_property
    def _by_text(self) -> dict[str, list["_Row"]]:
        """The rows that stand for whole snippets; a value has no meaning as one."""
        found: dict[str, list[_Row]] = {}
        for row in self._rows:
            if not isinstance(row.left, ast.Constant):
                found.setdefault(row.text, []).append(row)
        return found

    @cached_property
    def _by_part(self) -> dict[object, list["_Row"]]:
        """The rows that stand for a part of a snippet, by what they stand for."""
        found: dict[object, list[_Row]] = {}
        for row in self._rows:
            if row.part is not None:
                found.setdefault(row.part, []).append(row)
        return found

    def _varied(self, snippet: str) -> Iterator[str]:
        """Yield the snippet with one or more of its parts exchanged, fewest first."""
        tree = parse_snippet(snippet)
        if tree is None or isinstance(tree, ast.Name) or not self.table:
            return
        rows = self._rows_about(tree)
        for changes in range(1, len(rows) + 1):
            for chosen in itertools.combinations(rows, changes):
                for rights in itertools.product(*(row.exchangeable for row in chosen)):
                    fresh = parse_snippet(snippet)
                    assert fresh is not None
                    changed = _Exchange(tuple(zip(chosen, rights, strict=True))).visit(fresh)
                    text = ast.unparse(ast.fix_missing_locations(changed))
                    if parse_snippet(text) is not None:
                        yield text

    def _rows_about(self, tree: ast.AST) -> list["_Row"]:
        """Return the rows that stand for a part of a snippet, in its order."""
        parts = dict.fromkeys(part for node in ast.walk(tree) for part in _parts(node))
        return [row for part in parts for row in self._by_part.get(part, ())]


class _Row:
    """One row of the table, its left side read as an expression where it is one."""

    def __init__(self, left: str, rights: tuple[str, ...]) -> None:
        self.text = _normal(left)
        self.left = _expression(left)
        self.part = next(_parts(self.left), None) if self.left is not None else None
        self.rights = rights

    @cached_property
    def exchangeable(self) -> tuple[ast.expr, ...]:
        """The right sides as expressions; beside a value they are values, in quotes or not."""
        read = [(right, _expression(right)) for right in self.rights]
        if isinstance(self.left, ast.Constant):
            return tuple(
                expr if isinstance(expr, ast.Constant) else ast.Constant(right.strip()) for right, expr in read
            )
        return tuple(expr for _, expr in read if expr is not None)


def _parts(node: ast.AST) -> Iterator[object]:
    """Yield what a node is compared by: an identifier, a value with its type, the text of a call or dotted name."""
    match node:
        case ast.Constant(value=value):
            yield type(value), value
        case ast.Name(id=name) | ast.keyword(arg=str(name)):
            yield name
        case ast.Attribute(attr=name):
            yield ast.unparse(node)
            yield name
        case ast.Call() | ast.Subscript():
            yield ast.unparse(node)


class _Exchange(ast.NodeTransformer):
    """Puts the right sides in the place of the left ones."""

    def __init__(self, changes: tuple[tuple[_Row, ast.expr], ...]) -> None:
        self._changes = changes

    def visit(self, node: ast.AST) -> ast.AST:
        """Return a node with its parts exchanged; what is put in stays as it is."""
        for row, right in self._changes:
            if row.part not in _parts(node):
                continue
            match node, right:
                case ast.Attribute(attr=row.part), _:
                    node.attr = right.id if isinstance(right, ast.Name) else node.attr
                case ast.keyword(), ast.Name(id=name):
                    node.arg = name
                case ast.expr(), _:
                    return right
        return self.generic_visit(node)


def _expression(text: str) -> ast.expr | None:
    tree = parse_snippet(text)
    return tree if isinstance(tree, ast.expr) else None


def _normal(snippet: str) -> str:
    """Return a snippet in one spelling: quotes, spaces and a missing body do not matter."""
    tree = parse_snippet(snippet)
    if tree is None:
        return " ".join(snippet.split())
    try:
        return ast.unparse(tree)
    except RecursionError:
        return snippet


class AnyOf(NamedTuple):
    """What a snippet asks for, or anything that counts for it."""

    asked: Matcher
    others: tuple[Matcher, ...]
    own_word: str | None = None
    """What the team writes in its place."""

    @property
    def missing(self) -> str:
        """See `Matcher`: what the rule says and what the team would write, and not all that would do."""
        return noted(self.asked.missing, [self.own_word])

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`; unknown only where the text of what is unknown stands in the unit."""
        best = ABSENT
        for matcher in (self.asked, *self.others):
            found = matcher.find(unit)
            if found.answer is Answer.PRESENT:
                return found
            if found.answer is Answer.UNKNOWN and best is ABSENT and matcher.stands_in(unit):
                best = found
        return best

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return any(matcher.stands_in(unit) for matcher in (self.asked, *self.others))
