"""Matchers for Python snippets of any other kind: identifiers, calls, and syntax trees with gaps."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_bgtasks.evidence import ABSENT, Evidence
from flake8_bgtasks.matching.base import Unit, present
from flake8_bgtasks.semantics.calls import own_nodes
from flake8_bgtasks.semantics.names import Frame, resolve, written
from flake8_bgtasks.semantics.words import continues

MAX_STEPS = 10_000
"""How many comparisons one candidate may cost: a limit on steps."""


@dataclass(frozen=True)
class Uses:
    """The identifier, or one that continues it, is used in code: not only in an import, a comment or a string."""

    name: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"never uses {self.name}"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        for frame in unit.frames:
            for node in _nodes(frame):
                if any(continues(name, self.name) for name in _identifiers(node, frame)):
                    return present(frame, node)
        return ABSENT

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return unit.has_identifier(self.name)


def _nodes(frame: Frame) -> Iterator[ast.AST]:
    return ast.walk(frame.node) if isinstance(frame.node, ast.Module | ast.ClassDef) else own_nodes(frame.node)


def _identifiers(node: ast.AST, frame: Frame) -> Iterator[str]:
    match node:
        case ast.Name():
            yield node.id
            for dotted in resolve(node, frame).outside:
                yield dotted.rpartition(".")[2]
        case ast.Attribute():
            yield node.attr
        case ast.keyword(arg=str(name)) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name


@dataclass(frozen=True)
class Calls:
    """A call of this name, however it was imported or qualified, and whatever its arguments."""

    name: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"never calls {self.name}()"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        for frame in unit.frames:
            for node in _nodes(frame):
                if isinstance(node, ast.Call) and is_called(node.func, self.name, frame):
                    return present(frame, node)
        return ABSENT

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return self.name in unit.identifiers


def is_called(func: ast.expr, name: str, frame: Frame) -> bool:
    """Tell whether what is called has this name, as written or after import aliases, or a longer one that ends in it."""
    names = [*resolve(func, frame).outside]
    as_written = written(func)
    if as_written is not None:
        names.append(as_written)
    if isinstance(func, ast.Attribute) and "." not in name:
        names.append(func.attr)
    return any(found == name or found.endswith(f".{name}") for found in names)


@dataclass(frozen=True)
class Pattern:
    """A syntax tree: the same statement or expression, names resolved through aliases, ``...`` standing for anything."""

    snippet: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"has no {self.snippet}"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        wanted = parse_snippet(self.snippet)
        assert wanted is not None
        for frame in unit.frames:
            for node in _nodes(frame):
                if _Comparison(frame).same(wanted, node):
                    return present(frame, node)
        return ABSENT

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return False


def parse_snippet(snippet: str) -> ast.AST | None:
    """Return the one statement, or the expression, that a snippet is; None where it is no Python.

    A compound statement may lack its body: ``with lock:``.
    """
    for text in (snippet, f"{snippet} ...", f"{snippet}\n    ..."):
        try:
            body = ast.parse(text.strip()).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        if len(body) != 1:
            return None
        return body[0].value if isinstance(body[0], ast.Expr) else body[0]
    return None


class _Comparison:
    """Compares a snippet's tree with a node of the code."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.steps = 0

    def same(self, wanted: object, node: object) -> bool:
        """Tell whether `node` has the shape of `wanted`."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            return False
        if _is_gap(wanted):
            return True
        if isinstance(wanted, list):
            return isinstance(node, list) and self._same_list(wanted, node)
        if not isinstance(wanted, ast.AST):
            return wanted == node
        if isinstance(wanted, ast.Name | ast.Attribute) and isinstance(node, ast.Name | ast.Attribute):
            name = written(wanted)
            if name is not None:
                return is_called(node, name, self.frame) if "." in name else self._same_name(name, node)
        if type(wanted) is not type(node):
            return False
        if isinstance(wanted, ast.Call) and isinstance(node, ast.Call):
            return self._same_call(wanted, node)
        skipped = {"ctx", "type_comment", "type_params", "kind"}
        return all(
            self.same(value, getattr(node, field, None))
            for field, value in ast.iter_fields(wanted)
            if field not in skipped
        )

    def _same_name(self, name: str, node: ast.Name | ast.Attribute) -> bool:
        if isinstance(node, ast.Name):
            return name in (node.id, *(dotted.rpartition(".")[2] for dotted in resolve(node, self.frame).outside))
        return any(dotted.rpartition(".")[2] == name for dotted in resolve(node, self.frame).outside)

    def _same_call(self, wanted: ast.Call, node: ast.Call) -> bool:
        if not self.same(wanted.func, node.func):
            return False
        if any(_is_gap(argument) for argument in wanted.args):
            return True
        if not wanted.args and not wanted.keywords:
            return True
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        return (
            len(wanted.args) <= len(node.args)
            and all(self.same(one, other) for one, other in zip(wanted.args, node.args, strict=False))
            and all(
                keyword.arg in given and self.same(keyword.value, given[keyword.arg]) for keyword in wanted.keywords
            )
        )

    def _same_list(self, wanted: list[object], nodes: list[object]) -> bool:
        if len(wanted) == 1 and (_is_gap(wanted[0]) or (isinstance(wanted[0], ast.Expr) and _is_gap(wanted[0].value))):
            return True
        return len(wanted) == len(nodes) and all(
            self.same(one, other) for one, other in zip(wanted, nodes, strict=True)
        )


def _is_gap(node: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis
