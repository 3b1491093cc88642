"""The matcher for classes that a registry must name."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import resolve, top
from flake8_bgtasks.semantics.scopes import Kind, bindings_of
from flake8_bgtasks.source import SourceFile

_DISPLAYS = (ast.Dict, ast.List, ast.Tuple, ast.Set)
_DISCOVERY = frozenset({"pkgutil.iter_modules", "pkgutil.walk_packages", "importlib.import_module"})


@dataclass(frozen=True)
class References:
    """The class is used in code: not only imported, annotated with or quoted in ``__all__``."""

    name: str

    @property
    def missing(self) -> str:
        """What to say of a module that does not use it."""
        return f"{self.name} is not registered"

    def is_used(self, source: SourceFile) -> bool:
        """Tell whether the file uses the class."""
        return any(True for _ in self.uses(source))

    def uses(self, source: SourceFile) -> Iterator[ast.AST]:
        """Yield every use of the class in the file."""
        for node in usable_nodes(source):
            match node:
                case ast.Name() if self._is_class(node, source):
                    yield node
                case ast.Attribute(attr=attribute) if attribute == self.name:
                    yield node
                case ast.Constant(value=str(text)) if text == self.name or text.endswith(f".{self.name}"):
                    yield node

    def _is_class(self, name: ast.Name, source: SourceFile) -> bool:
        bindings, _ = bindings_of(source, name, name.id)
        imported = [binding.dotted.rpartition(".")[2] for binding in bindings if binding.kind is Kind.IMPORT]
        if imported:
            return self.name in imported
        return name.id == self.name


@memoized
def usable_nodes(source: SourceFile) -> tuple[ast.AST, ...]:
    """Return the names, attributes and strings that can be a use: outside annotations, docstrings and ``__all__``."""
    hidden: set[ast.AST] = set()
    for node in _unused_parts(source):
        hidden.update(ast.walk(node))
    found = source.nodes(ast.Name, ast.Attribute, ast.Constant)
    return tuple(node for node in found if node not in hidden)


def _unused_parts(source: SourceFile) -> Iterator[ast.AST]:
    for function in source.functions():
        if function.returns is not None:
            yield function.returns
    for argument in source.nodes(ast.arg):
        if argument.annotation is not None:
            yield argument.annotation
    for annotated in source.nodes(ast.AnnAssign):
        yield annotated.annotation
    for statement in source.nodes(ast.Expr):
        if isinstance(statement.value, ast.Constant):
            yield statement.value
    for assignment in source.nodes(ast.Assign, ast.AugAssign):
        targets = assignment.targets if isinstance(assignment, ast.Assign) else [assignment.target]
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            yield assignment


def discovers(source: SourceFile) -> bool:
    """Tell whether the file finds its classes by itself, through `pkgutil` or `importlib`: then all is unknown."""
    frame = top(source)
    return any(_DISCOVERY & set(resolve(call.func, frame).outside) for call in source.nodes(ast.Call))


def registry_line(source: SourceFile, wanted: tuple[References, ...]) -> int:
    """Return the line of the container display that holds most of the classes; the first on a tie; 1 without one."""
    counts: dict[ast.AST, int] = {}
    for reference in wanted:
        holders: set[ast.AST] = set()
        for use in reference.uses(source):
            holders.update(node for node in source.ancestors(use) if isinstance(node, _DISPLAYS))
        for holder in holders:
            counts[holder] = counts.get(holder, 0) + 1
    if not counts:
        return 1
    most = max(counts.values())
    return min(source.place(holder)[0] for holder, count in counts.items() if count == most)
