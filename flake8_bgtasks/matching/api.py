"""Matchers for endpoints: what they are given, and what they start."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.evidence import Answer, Evidence
from flake8_bgtasks.matching.base import Unit, present
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import arguments
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.injected import takes
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import resolve
from flake8_bgtasks.semantics.objects import about, callee
from flake8_bgtasks.semantics.scopes import Kind, bindings_of, imports_behind
from flake8_bgtasks.semantics.words import continues
from flake8_bgtasks.source import FUNCTIONS, FunctionNode, SourceFile

_OF_DATA = frozenset(name for kind in (str, bytes, dict, list, set, int) for name in dir(kind) if name[0] != "_")
"""The methods that texts, numbers and containers have."""
_VALUES = frozenset({Kind.VALUE, Kind.ELEMENT, Kind.PART})
_IMPORTERS = frozenset({"importlib.import_module", "builtins.__import__"})


class Takes(NamedTuple):
    """The endpoint is given an object of this class of FastAPI's: ``BackgroundTasks``."""

    name: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"takes no {self.name}"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        assert isinstance(unit.node, FUNCTIONS)
        answer = takes(unit.source, unit.node, self.name)
        return present(unit.frames[0], unit.node) if answer is Answer.PRESENT else Evidence(answer)

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`; the signature, annotations included, is part of the endpoint's text."""
        assert isinstance(unit.node, FUNCTIONS)
        names = {getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(unit.node.args)}
        texts = {str(node.value) for node in ast.walk(unit.node.args) if isinstance(node, ast.Constant)}
        return self.name in names or any(self.name in text for text in texts) or self.name in unit.identifiers


class Starts(NamedTuple):
    """The endpoint is called so, or calls or passes on something that is: work that takes its time."""

    prefix: str

    def find_name(self, unit: Unit) -> str | None:
        """Return the first name that starts so, or None: the endpoint's own, or one that its body calls."""
        assert isinstance(unit.node, FUNCTIONS)
        if not unit.source.mentions(self.prefix.strip("_")):
            return None
        names = (unit.node.name, *started(unit.source, unit.node))
        return next((name for name in names if continues(name, self.prefix)), None)


@memoized
def started(source: SourceFile, function: FunctionNode) -> tuple[str, ...]:
    """Return the names that a function's body calls or passes on to be called, under every name they have."""
    return tuple(dict.fromkeys(_started(source, function)))


def _started(source: SourceFile, function: FunctionNode) -> Iterator[str]:
    frame = Frame(source, function)
    for node in _run(function.body):
        if not isinstance(node, ast.Call) or _IMPORTERS & set(resolve(node.func, frame).outside):
            continue
        if not _asks_data(node.func, frame):
            yield from _all_names(node.func, frame)
        for argument in arguments(node):
            if isinstance(argument, ast.Name | ast.Attribute) and _is_callable(argument, node, frame):
                yield from _all_names(argument, frame)


def _run(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Yield the nodes of a body and of the functions in it, in the order of the source, but for what declares them."""
    stack: list[ast.AST] = list(reversed(body))
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, FUNCTIONS):
            stack.extend(reversed(node.body))
        elif isinstance(node, ast.AnnAssign):
            stack.extend(part for part in (node.value, node.target) if part is not None)
        else:
            stack.extend(reversed(list(ast.iter_child_nodes(node))))


def _asks_data(func: ast.expr, frame: Frame) -> bool:
    """Tell whether a call asks a local variable for what texts and containers have: ``run_id.strip()``."""
    match func:
        case ast.Attribute(value=ast.Name() as variable, attr=method) if method in _OF_DATA:
            bindings, scope = bindings_of(frame.source, variable, variable.id)
            is_local = isinstance(scope, FUNCTIONS) and all(binding.kind in _VALUES for binding in bindings)
            return is_local and about(variable, frame).definition is None
    return False


def _all_names(expr: ast.expr, frame: Frame) -> Iterator[str]:
    """Yield each segment of a dotted target, up to a call in it: that one is asked about by itself."""
    root = expr
    while isinstance(root, ast.Attribute | ast.Subscript | ast.Await):
        if isinstance(root, ast.Attribute):
            yield root.attr
        root = root.value
    if isinstance(root, ast.Name):
        yield root.id
        yield from (binding.dotted.rpartition(".")[2] for binding in imports_behind(root, frame.source))


def _is_callable(argument: ast.expr, call: ast.Call, frame: Frame) -> bool:
    """Tell whether an argument is a function rather than a value that happens to be called like one."""
    if callee(argument, frame).functions:
        return True
    if imports_behind(argument, frame.source):
        return not (last_segment(argument) or "").isupper()
    called = last_segment(call.func)
    first = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg in {"func", "target"})]
    return (
        called in libraries.HANDOVERS | libraries.RUNNERS and argument in first and isinstance(argument, ast.Attribute)
    )
