"""The matcher for classes that a registry must name."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.matching.own_words import noted
from flake8_bgtasks.semantics.calls import returns
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import class_bindings, resolve
from flake8_bgtasks.semantics.scopes import imports_behind
from flake8_bgtasks.source import FUNCTIONS, Definition, SourceFile

MAX_PARTS = 100
"""How many displays a registry may be put together from: a limit on steps."""
_DISCOVERY = frozenset({"pkgutil.iter_modules", "pkgutil.walk_packages", "importlib.import_module"})


class References(NamedTuple):
    """The class, or one that counts for it, is used in code: not only imported, annotated with or quoted in ``__all__``."""

    name: str
    others: "tuple[References, ...]" = ()
    own_word: str | None = None

    @property
    def missing(self) -> str:
        """What to say of a module that does not use it."""
        return noted(f"{self.name} is not registered", [self.own_word])

    def is_used(self, source: SourceFile) -> bool:
        """Tell whether the file, or a registry that it imports, uses the class."""
        followed = (use for registry in followed_registries(source) for use in self.uses_in(registry))
        return any(True for _ in self.uses(source)) or any(True for _ in followed)

    def uses(self, source: SourceFile) -> Iterator[ast.AST]:
        """Yield every use of the class in the file."""
        yield from (node for node in usable_nodes(source) if self._is_any_use(node, source))

    def uses_in(self, registry: "Registry") -> Iterator[ast.AST]:
        """Yield every use of the class in a registry of another module."""
        source, display = registry.definition
        yield from (node for node in ast.walk(display) if self._is_any_use(node, source))

    def _is_any_use(self, node: ast.AST, source: SourceFile) -> bool:
        return any(one._is_use(node, source) for one in (self, *self.others))

    def _is_use(self, node: ast.AST, source: SourceFile) -> bool:
        match node:
            case ast.Name(ctx=ast.Load()):
                return self._is_class(node, source)
            case ast.Attribute(ctx=ast.Load(), attr=attribute) if attribute == self.name:
                return _is_taken_from_module(node, source)
            case ast.Constant(value=str(text)):
                return text == self.name or text.endswith(f".{self.name}")
        return False

    def _is_class(self, name: ast.Name, source: SourceFile) -> bool:
        imported = [binding.dotted.rpartition(".")[2] for binding in imports_behind(name, source)]
        if imported:
            return self.name in imported
        return name.id == self.name


def _is_taken_from_module(node: ast.Attribute, source: SourceFile) -> bool:
    """Tell whether an attribute is that of a module, a class, or cannot be followed; not the attribute of an object."""
    target = resolve(node, top(source))
    holders = resolve(node.value, top(source)).definitions
    return not target.definitions or bool(target.classes) or any(isinstance(one.node, ast.Module) for one in holders)


class Registry(NamedTuple):
    """A container display of another module of the project, and the import that leads to it."""

    definition: Definition
    imported: ast.AST


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
    for assignment in source.nodes(ast.Assign, ast.AugAssign, ast.AnnAssign):
        targets = assignment.targets if isinstance(assignment, ast.Assign) else [assignment.target]
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            yield assignment


def discovers(source: SourceFile) -> bool:
    """Tell whether the file finds its classes by itself, through `pkgutil` or `importlib`: then all is unknown."""
    frame = top(source)
    return any(_DISCOVERY & set(resolve(call.func, frame).outside) for call in source.nodes(ast.Call))


@memoized
def followed_registries(source: SourceFile) -> tuple[Registry, ...]:
    """Return the container displays of other modules that the file imports, by name or as a module's attribute."""
    found: dict[ast.AST, Registry] = {}
    for node in source.nodes(ast.Name, ast.Attribute):
        _follow(node, source, found)
    for statement in source.nodes(ast.ImportFrom):
        for alias in statement.names:  # an import that is only passed on to other modules counts as well
            name = ast.copy_location(ast.Name(alias.asname or alias.name, ast.Load()), statement)
            _follow(name, source, found)
    return tuple(found.values())


def _follow(node: ast.expr, source: SourceFile, found: dict[ast.AST, Registry]) -> None:
    imports = [binding.node for binding in imports_behind(node, source)]
    for definition in resolve(node, top(source)).definitions if imports else ():
        if definition.source is not source:
            for part in _entries(definition):
                found.setdefault(part.node, Registry(part, source.parent(imports[0]) or imports[0]))


def _entries(definition: Definition) -> Iterator[Definition]:
    """Yield the displays and statements of another module that say what a registry holds.

    The display itself, and those that it takes in; what is put into it, or into a registry object, at module level; the
    displays among a class's attributes, and those that a function returns.
    """
    todo, seen = [definition], {definition.node}
    while todo and len(seen) < MAX_PARTS:
        source, node = part = todo.pop()
        following: list[Definition] = []
        if _is_display(node):
            yield part
            inside = (one for one in ast.walk(node) if isinstance(one, ast.Name | ast.Attribute))
            following = [
                one for name in inside for one in resolve(name, top(source)).definitions if _is_display(one.node)
            ]
        if _is_display(node) or isinstance(node, ast.Call):
            yield from _filled(part)
        elif isinstance(node, ast.ClassDef):
            values = [(owner, binding.value) for owner, _, binding in class_bindings(part)]
            following = [Definition(owner.source, value) for owner, value in values if value and _is_display(value)]
        elif isinstance(node, FUNCTIONS):
            values_returned = [statement.value for statement in returns(source, node)]
            following = [Definition(source, value) for value in values_returned if value and _is_display(value)]
        todo.extend(one for one in following if one.node not in seen)
        seen.update(one.node for one in following)


def _filled(registry: Definition) -> Iterator[Definition]:
    """Yield the statements at module level that put something in: ``MODELS["a"] = TestRun``, ``registry.add(TestRun)``."""
    source, node = registry
    match source.parent(node):
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            for statement in source.tree.body:
                match statement:
                    case (
                        ast.Assign(targets=[ast.Subscript(value=ast.Name(id=filled))])
                        | ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=filled))))
                        | ast.AugAssign(target=ast.Name(id=filled))
                    ) if filled == name:
                        yield Definition(source, statement)


def _is_display(node: ast.AST) -> bool:
    match node:
        case ast.Dict() | ast.List() | ast.Tuple() | ast.Set() | ast.Call(func=ast.Name(id="dict")):
            return True
    return False


def registry_place(source: SourceFile, wanted: tuple[References, ...]) -> tuple[int, int]:
    """Return where a missing class is reported: the container display that holds most of those wanted.

    The first on a tie; the import of a registry that lies in another module; line 1 where there is none.
    """
    counts: dict[ast.AST, int] = {}
    for reference in wanted:
        holders = {node for use in reference.uses(source) for node in source.ancestors(use) if _is_display(node)}
        for registry in followed_registries(source):
            if any(True for _ in reference.uses_in(registry)):
                holders.add(registry.imported)
        for holder in holders:
            counts[holder] = counts.get(holder, 0) + 1
    if not counts:
        return 1, 0
    most = max(counts.values())
    return min(source.place(holder) for holder, count in counts.items() if count == most)
