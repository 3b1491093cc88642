"""Matchers for Python snippets of any other kind: identifiers, calls, and syntax trees with gaps."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.evidence import ABSENT, Evidence
from flake8_bgtasks.matching.base import Unit, present
from flake8_bgtasks.semantics.dotted import last_segment, written
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.names import resolve
from flake8_bgtasks.semantics.words import continues

MAX_STEPS = 10_000
"""How many comparisons one candidate may cost: a limit on steps."""


class Uses(NamedTuple):
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
    """Yield what stands in a unit, decorators and signature included, in the order of the source."""
    stack = [frame.node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(ast.iter_child_nodes(node))))


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


class Calls(NamedTuple):
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


class Makes(NamedTuple):
    """A name that is bound to something, or to what calling it gives: ``router = APIRouter(...)``."""

    name: str
    maker: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"has no {self.name} = {self.maker}"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        for frame in unit.frames:
            for node in _nodes(frame):
                match node:
                    case ast.Assign(targets=targets, value=value):
                        pass
                    case ast.AnnAssign(target=target, value=ast.expr() as value):
                        targets = [target]
                    case _:
                        continue
                made = value.func if isinstance(value, ast.Call) else value
                if self.name in map(last_segment, targets) and is_called(made, self.maker, frame):
                    return present(frame, node)
        return ABSENT

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return False


class Pattern(NamedTuple):
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

    A compound statement may lack its body: ``with lock:``. The parameters of a function may be ``(...)``.
    """
    snippet = _ANY_PARAMETERS.sub(rf"\g<head>(*{_ANY})", snippet.strip())
    for text in (snippet, f"{snippet} ...", f"{snippet}: ...", f"{snippet}\n    ..."):
        try:
            body = ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        if len(body) != 1:
            return None
        return body[0].value if isinstance(body[0], ast.Expr) else body[0]
    return None


_ANY = "_anything_"
_ANY_PARAMETERS = re.compile(r"(?P<head>\bdef\s+\w+\s*)\(\s*\.\.\.\s*\)")
_SKIPPED = frozenset({"ctx", "type_comment", "type_params", "kind"})
_OPTIONAL = frozenset({"orelse", "finalbody", "decorator_list", "returns", "keywords", "msg"})
"""Parts that the code may have although the snippet does not say so."""


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
            return type(wanted) is type(node) and wanted == node
        if isinstance(wanted, ast.Name | ast.Attribute) and isinstance(node, ast.Name | ast.Attribute):
            name = written(wanted)
            if name is not None:
                return is_called(node, name, self.frame) if "." in name else self._same_name(name, node)
        if type(wanted) is not type(node):
            return False
        if isinstance(wanted, ast.Call) and isinstance(node, ast.Call):
            return self._same_call(wanted, node)
        return all(
            self.same(value, getattr(node, field, None))
            for field, value in ast.iter_fields(wanted)
            if field not in _SKIPPED and not (field in _OPTIONAL and not value)
        )

    def _same_name(self, name: str, node: ast.Name | ast.Attribute) -> bool:
        if isinstance(node, ast.Name) and node.id == name:
            return True
        return any(dotted.rpartition(".")[2] == name for dotted in resolve(node, self.frame).outside)

    def _same_call(self, wanted: ast.Call, node: ast.Call) -> bool:
        """Tell whether a call has the arguments that the snippet writes; one that writes none takes any."""
        if not self.same(wanted.func, node.func):
            return False
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        written_keywords = all(
            keyword.arg in given and self.same(keyword.value, given[keyword.arg]) for keyword in wanted.keywords
        )
        return written_keywords and self._same_list([*wanted.args, _GAP], list(node.args))

    def _same_list(self, wanted: list[object], nodes: list[object]) -> bool:
        """Tell whether the lists are the same; a gap stands for any number of elements. As shells match ``*``."""
        position, index, gap, restart = 0, 0, -1, 0
        while index < len(nodes):
            if position < len(wanted) and _is_gap_in_list(wanted[position]):
                gap, restart = position, index
                position += 1
            elif position < len(wanted) and self.same(wanted[position], nodes[index]):
                position, index = position + 1, index + 1
            elif gap >= 0:
                restart += 1
                position, index = gap + 1, restart
            else:
                return False
        return all(_is_gap_in_list(rest) for rest in wanted[position:])


_GAP = ast.Constant(value=...)


def _is_gap(node: object) -> bool:
    if isinstance(node, ast.arguments):
        return node.vararg is not None and node.vararg.arg == _ANY
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def _is_gap_in_list(node: object) -> bool:
    return _is_gap(node.value if isinstance(node, ast.Expr) else node)
