"""Matchers for what must not be there. Each yields the places where it is, as line (from 1) and column (from 0)."""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from flake8_bgtasks.matching.lines import Searches
from flake8_bgtasks.matching.numbers import in_range
from flake8_bgtasks.matching.owners import TaskModels
from flake8_bgtasks.matching.sessions import session_parameters
from flake8_bgtasks.matching.status import Meets
from flake8_bgtasks.semantics.blocking import parts_elsewhere
from flake8_bgtasks.semantics.calls import arguments, own_nodes
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.names import resolve
from flake8_bgtasks.semantics.objects import about
from flake8_bgtasks.semantics.scopes import Kind, bindings_of
from flake8_bgtasks.semantics.values import values
from flake8_bgtasks.source import FUNCTIONS, FunctionNode, SourceFile

MAX_HEADER = 10_000
Place = tuple[int, int]


class Ground(NamedTuple):
    """Where a family looks for its anti-patterns in one file."""

    source: SourceFile
    roots: Iterable[ast.AST]
    """The functions whose own code counts; or the module, for all of it."""
    functions: Iterable[FunctionNode]
    """The functions whose headers count."""
    models: TaskModels
    blocking: bool = False
    """Whether code that is handed to a thread or a pool is exempt."""

    def nodes(self) -> Iterator[ast.AST]:
        """Yield the nodes that count, each once."""
        for root in self.roots:
            yield from ast.walk(root) if isinstance(root, ast.Module) else own_nodes(root)


class AntiMatcher(Protocol):
    """Something that the code must not do."""

    def places(self, ground: Ground) -> Iterator[Place]:
        """Yield each place where the code does it."""
        ...


class MeetsStatus(NamedTuple):
    """The value meets what is called `name`, whole."""

    name: str
    value: str

    def places(self, ground: Ground) -> Iterator[Place]:
        """See `AntiMatcher`."""
        for node in Meets(self.name, self.value).find_all(ground.source, ground.models):
            yield ground.source.place(node)


class RefersTo(NamedTuple):
    """A call of, or a reference to, something with one of these dotted names, however it is imported."""

    names: tuple[str, ...]

    def places(self, ground: Ground) -> Iterator[Place]:
        """See `AntiMatcher`."""
        yield from (ground.source.place(node) for node in references(self.names, ground))


_WAITING = ("subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output")


class WaitsForSubprocess:
    """Waiting for another process: ``subprocess.run`` and its kin, ``wait`` and ``communicate`` of a `Popen`."""

    def places(self, ground: Ground) -> Iterator[Place]:
        """See `AntiMatcher`; a file that never says "subprocess" is not looked at, as `triggers` has it."""
        if not ground.source.mentions("subprocess"):
            return
        yield from (ground.source.place(node) for node in references(_WAITING, ground))
        frame = top(ground.source)
        for node in ground.nodes():
            match node:
                case ast.Call(func=ast.Attribute(attr="wait" | "communicate", value=process)):
                    if about(process, frame).outside == "subprocess.Popen":
                        yield ground.source.place(node)


class TakesSession:
    """A function that takes a request's database session as a parameter."""

    def places(self, ground: Ground) -> Iterator[Place]:
        """See `AntiMatcher`."""
        for function in ground.functions:
            for parameter in session_parameters(Frame(ground.source, function)):
                yield ground.source.place(parameter)


class HasHeader(NamedTuple):
    """A function whose header, on one line in canonical form, matches the regex."""

    pattern: str

    def places(self, ground: Ground) -> Iterator[Place]:
        """See `AntiMatcher`."""
        regex = re.compile(self.pattern)
        for function in ground.functions:
            if regex.search(canonical_header(function)):
                yield ground.source.place(function)


def canonical_header(function: FunctionNode) -> str:
    """Return a function's header on one line, cut where it is endless.

    >>> canonical_header(ast.parse("def f(a,\\n  b = 1) -> None:\\n  pass").body[0])
    'def f(a, b=1) -> None:'
    """
    keyword = "async def" if isinstance(function, ast.AsyncFunctionDef) else "def"
    try:
        result = f" -> {ast.unparse(function.returns)}" if function.returns is not None else ""
        return f"{keyword} {function.name}({ast.unparse(function.args)}){result}:"[:MAX_HEADER]
    except RecursionError:  # a default or an annotation that is nested too deep to be written out
        return f"{keyword} {function.name}("


class CallsWithNumber(NamedTuple):
    """A call of this name with a number among its arguments that the pattern of digits matches whole."""

    name: str
    digits: str

    def places(self, ground: Ground) -> Iterator[Place]:
        """See `AntiMatcher`."""
        frame = top(ground.source)
        for node in ground.nodes():
            if not isinstance(node, ast.Call):
                continue
            names = {last_segment(node.func) or "", *resolve(node.func, frame).outside}
            if not any(is_or_ends_in(name, self.name) for name in names):
                continue
            numbers = (value for argument in arguments(node) for value in values(argument, frame))
            if any(in_range(number, self.digits) for number in numbers):
                yield ground.source.place(node)


class LineMatches(NamedTuple):
    """The regex is found in a logical line."""

    pattern: str

    def places(self, ground: Ground) -> Iterator[Place]:
        """See `AntiMatcher`."""
        yield from Searches(self.pattern).find_places(ground.source)


def references(names: tuple[str, ...], ground: Ground) -> Iterator[ast.AST]:
    """Yield the calls of what has one of these dotted names, and the references to it that are no call."""
    source, frame = ground.source, top(ground.source)
    if not any(source.mentions(name.rpartition(".")[2]) for name in names):
        return
    exempt: set[ast.AST] = set()
    if ground.blocking:
        for call in source.nodes(ast.Call):
            exempt.update(parts_elsewhere(call))
    for node in ground.nodes():
        if not isinstance(node, ast.Name | ast.Attribute) or not isinstance(node.ctx, ast.Load) or node in exempt:
            continue
        if isinstance(node, ast.Name) and _is_local_alias(node, frame):
            continue  # reported where the alias is made
        if any(is_or_ends_in(found, name) for found in resolve(node, frame).outside for name in names):
            yield node


def _is_local_alias(name: ast.Name, frame: Frame) -> bool:
    bindings, scope = bindings_of(frame.source, name, name.id)
    return isinstance(scope, FUNCTIONS) and any(binding.kind is Kind.VALUE for binding in bindings)


def is_or_ends_in(found: str, name: str) -> bool:
    """Tell whether a dotted name is `name` or a longer one that ends in it."""
    return found == name or found.endswith(f".{name}")
