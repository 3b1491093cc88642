"""What a name or a dotted name stands for: project source where it can be found, a dotted name where it cannot.

Classes and their ancestors are here too, since a class attribute is looked up along them. What kind of object a
variable holds is for `objects`, which constants it can have for `values`.
"""

import ast
import builtins
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flake8_bgtasks.semantics.dotted import last_segment, written
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.memo import Circular, memoized, settle
from flake8_bgtasks.semantics.scopes import Binding, Kind, ScopeNode, bindings_of, exports, scopes
from flake8_bgtasks.source import Definition, SourceFile

MAX_DEPTH = 12
"""How far aliases of aliases are followed; a limit on steps, so that results do not depend on the machine."""


_CALLABLE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Target(NamedTuple):
    """What an expression stands for."""

    definitions: tuple[Definition, ...] = ()
    outside: tuple[str, ...] = ()
    """Canonical dotted names that do not lead to project source: ``time.sleep``, ``app.models.Job``."""

    @property
    def classes(self) -> tuple[Definition, ...]:
        """The classes among the definitions."""
        if not self.definitions:  # most often
            return ()
        return tuple(found for found in self.definitions if isinstance(found.node, ast.ClassDef))

    @property
    def functions(self) -> tuple[Definition, ...]:
        """The functions and lambdas among the definitions."""
        if not self.definitions:
            return ()
        return tuple(found for found in self.definitions if isinstance(found.node, _CALLABLE))


NOTHING = Target()


def resolve(expr: ast.expr, frame: Frame, depth: int = 0) -> Target:
    """Return what a name, a dotted name or a subscripted name (``Generic[T]``) stands for."""
    if depth > MAX_DEPTH:
        return NOTHING
    match expr:
        case ast.Name():
            return _resolve_name(expr, frame, depth)
        case ast.Attribute():
            return member(resolve(expr.value, frame, depth + 1), expr.attr, frame, depth)
        case ast.Subscript():
            return resolve(expr.value, frame, depth + 1)
        case ast.Constant(value=str(text)):  # a forward reference
            return resolve_text(text, frame, depth)
    return NOTHING


def resolve_text(text: str, frame: Frame, depth: int = 0) -> Target:
    """Return what a dotted name in a string stands for at module level: a forward reference."""
    name, *rest = text.split(".")
    if not name.isidentifier():
        return NOTHING
    target = _in_module(frame.source, name, depth)
    for attribute in rest:
        target = member(target, attribute, frame, depth)
    return target


def member(target: Target, name: str, frame: Frame, depth: int = 0) -> Target:
    """Return what the attribute `name` of the modules and classes in `target` stands for."""
    definitions: list[Definition] = []
    outside: list[str] = []
    for definition in target.definitions:
        match definition.node:
            case ast.Module():
                found = _module_member(definition.source, name, depth + 1)
            case ast.ClassDef():
                found = class_member(definition, name, depth + 1)
            case _:
                continue
        definitions.extend(found.definitions)
        outside.extend(found.outside)
    for dotted in target.outside:
        longer = f"{dotted}.{name}"
        submodule = frame.source.facts.module(longer, frame.source)
        if submodule is None:
            outside.append(longer)
        else:
            definitions.append(Definition(submodule, submodule.tree))
    return Target(tuple(definitions), tuple(outside))


def _resolve_name(name: ast.Name, frame: Frame, depth: int) -> Target:
    bindings, scope = bindings_of(frame.source, name, name.id)
    if scope is None:
        return _unbound(frame.source, name.id, depth)
    question = ("resolve", name.id, scope, frame.view)
    return settle(frame.memory, question, depth, lambda: _so_far(name.id, bindings, scope, frame, depth), NOTHING)


def _module_member(source: SourceFile, name: str, depth: int) -> Target:
    """What the attribute of a module stands for: what the module binds, or a module inside the package."""
    found = _bound_in_module(source, name, depth)
    if _is_bound(source, name, found):
        return found
    module = source.facts.module(f".{name}", source) if source.is_package else None
    if module is not None:
        return Target((Definition(module, module.tree),))
    return found if found.outside else Target(outside=(absolute(f".{name}", source),))


def imported(dotted: str, source: SourceFile, depth: int = 0) -> Target:
    """Return what importing `dotted` in `source` gives: a module of the project, or what one of them binds."""
    if depth > MAX_DEPTH:
        return NOTHING
    package, dot, name = dotted.rpartition(".")
    if not package.strip("."):  # from .. import name
        package += dot
    holder = source.facts.module(package, source) if package else None
    found = _bound_in_module(holder, name, depth + 1) if holder is not None else NOTHING
    if holder is not None and _is_bound(holder, name, found):
        return found
    module = source.facts.module(dotted, source)
    if module is not None:
        return Target((Definition(module, module.tree),))
    return found if found.outside else Target(outside=(absolute(dotted, source),))


def _is_bound(source: SourceFile, name: str, found: Target) -> bool:
    """Tell whether a module's own code says what a name in it stands for."""
    if found.definitions:
        return True
    return name in scopes(source).bindings.get(source.tree, {}) and any("." in outside for outside in found.outside)


def absolute(dotted: str, source: SourceFile) -> str:
    """Return a relative dotted name as an absolute one, as far as the file's path tells; others as they are."""
    level = len(dotted) - len(dotted.lstrip("."))
    if not level or source.path is None:
        return dotted
    folders = source.path.split("/")[:-level]
    return ".".join([*folders, dotted[level:]]) if len(source.path.split("/")) >= level else dotted


def _in_module(source: SourceFile, name: str, depth: int) -> Target:
    """What a name stands for in module-level code."""
    found = _bound_in_module(source, name, depth)
    return found if found != NOTHING else _unbound(source, name, depth)


def _bound_in_module(source: SourceFile, name: str, depth: int) -> Target:
    """What a module binds a name to, itself or by a star import; nothing where it binds no such name."""
    return settle(source.memo, ("module", name), depth, lambda: _read_in_module(source, name, depth), NOTHING)


def _read_in_module(source: SourceFile, name: str, depth: int) -> Iterator[Target]:
    bindings = scopes(source).bindings.get(source.tree, {}).get(name, ())
    if bindings:
        yield from _so_far(name, bindings, source.tree, top(source), depth)
    else:
        yield _starred(source, name, depth)


def _starred(source: SourceFile, name: str, depth: int) -> Target:
    """What a name stands for that comes from a star import: the last one that has it, as far as we can see them."""
    strangers: list[str] = []
    seen = {source}
    todo = [(source, module) for module in scopes(source).stars]
    while todo and depth <= MAX_DEPTH:
        importer, module = todo.pop()
        found = importer.facts.module(module, importer)
        if found is None:
            strangers.append(absolute(module, importer))
        elif found not in seen and _is_exported(found, name):
            seen.add(found)
            target = _taken(found, name, depth)
            if target.definitions or any("." in outside for outside in target.outside):
                return target
            todo.extend((found, star) for star in scopes(found).stars)
    return Target(outside=(f"{strangers[0]}.{name}",)) if strangers and not name.startswith("_") else NOTHING


def _taken(source: SourceFile, name: str, depth: int) -> Target:
    """What a star import takes from a module that says itself what the name stands for."""
    if name in scopes(source).bindings.get(source.tree, {}):
        return _bound_in_module(source, name, depth + 1)
    module = source.facts.module(f".{name}", source) if source.is_package and exports(source) else None
    return NOTHING if module is None else Target((Definition(module, module.tree),))


def _is_exported(source: SourceFile, name: str) -> bool:
    listed = exports(source)
    return name in listed if listed is not None else not name.startswith("_")


def _unbound(source: SourceFile, name: str, depth: int = 0) -> Target:
    """A name that no scope binds: it comes from a star import, or is a builtin, or nobody knows."""
    found = _starred(source, name, depth)
    if found.definitions:
        return found
    if hasattr(builtins, name):
        return Target(outside=(f"builtins.{name}",))
    return found if found.outside else Target(outside=(name,))


def _resolve_bindings(name: str, bindings: tuple[Binding, ...], scope: ScopeNode, frame: Frame, depth: int) -> Target:
    return deque(_so_far(name, bindings, scope, frame, depth), maxlen=1).pop() if bindings else NOTHING


def _so_far(name: str, bindings: tuple[Binding, ...], scope: ScopeNode, frame: Frame, depth: int) -> Iterator[Target]:
    """Yield what the first binding stands for, what the first two stand for, and so on."""
    definitions: dict[Definition, None] = {}
    outside: dict[str, None] = {}
    for binding in bindings:
        found = _resolve_binding(name, binding, scope, frame, depth)
        definitions.update(dict.fromkeys(found.definitions))
        outside.update(dict.fromkeys(found.outside))
        yield Target(tuple(definitions), tuple(outside))


def _resolve_binding(name: str, binding: Binding, scope: ScopeNode, frame: Frame, depth: int) -> Target:
    source = frame.source
    match binding.kind:
        case Kind.FUNCTION | Kind.CLASS:
            return Target((Definition(source, binding.node),))
        case Kind.IMPORT:
            return imported(binding.dotted, source, depth)
        case Kind.VALUE if isinstance(binding.value, ast.Name | ast.Attribute):
            through = resolve(binding.value, frame, depth + 1)
            return through if through != NOTHING else Target((Definition(source, binding.value),))
        case Kind.VALUE if isinstance(binding.value, ast.IfExp):
            arms = [resolve(arm, frame, depth + 1) for arm in (binding.value.body, binding.value.orelse)]
            return Target(sum((arm.definitions for arm in arms), ()), sum((arm.outside for arm in arms), ()))
        case Kind.VALUE if binding.value is not None:
            return Target((Definition(source, binding.value),))
        case Kind.PARAMETER:
            definitions: list[Definition] = []
            outside: list[str] = []
            given = frame.bound(scope, name)
            if not given and isinstance(binding.value, ast.Name | ast.Attribute):
                return resolve(binding.value, frame, depth + 1)  # the default
            for argument in given:
                passed = resolve(argument.value, argument.frame, depth + 1)
                definitions.extend(passed.definitions)
                outside.extend(passed.outside)
                if isinstance(argument.value, ast.Lambda):
                    definitions.append(Definition(argument.frame.source, argument.value))
            return Target(tuple(definitions), tuple(outside))
    return NOTHING


def origins(expr: ast.expr, frame: Frame) -> tuple[str, ...]:
    """Return the canonical dotted names of something that is not project source: ``time.sleep`` for ``t.sleep``."""
    return resolve(expr, frame).outside


# Classes


class Lineage(NamedTuple):
    """A class with its ancestors."""

    classes: tuple[Definition, ...]
    """The class itself and its ancestors in project source, in method resolution order."""
    outside: tuple[str, ...]
    """The canonical names of ancestors elsewhere; a base made by a call has ``()`` at its end."""


def lineage(definition: Definition) -> Lineage:
    """Return the class's method resolution order, as far as it is project source."""
    return _lineage(definition.source, definition.node)


@memoized
def _lineage(source: SourceFile, node: ast.AST) -> Lineage:
    """The lineage, worked out from the ancestors down, so that no chain is too long for it."""
    asked = Definition(source, node)
    ancestors, is_circle = _ancestors(asked)
    known: dict[ast.AST, Lineage] = {}
    for found in ancestors:
        if found.node is node or is_circle:
            known[found.node] = _merged(found, known)
        else:
            known[found.node] = lineage(found)
    return known[node]


def _ancestors(definition: Definition) -> tuple[list[Definition], bool]:
    """The class and its ancestors, ancestors first, and whether one of them is its own ancestor."""
    found: list[Definition] = []
    done: set[ast.AST] = set()
    open_: set[ast.AST] = set()
    is_circle = False
    todo = [(definition, False)]
    while todo:
        one, is_above_done = todo.pop()
        if is_above_done:
            found.append(one)
            done.add(one.node)
        elif one.node not in open_:
            open_.add(one.node)
            todo.append((one, True))
            above = [parent for base in _bases(one) for parent in base.classes if parent.node is not one.node]
            todo.extend((parent, False) for parent in reversed(above))
        elif one.node not in done:
            is_circle = True
    return found, is_circle


def _merged(definition: Definition, known: Mapping[ast.AST, Lineage]) -> Lineage:
    """The lineage of a class whose parents' are known, but for those that it is an ancestor of itself."""
    orders: list[tuple[Definition, ...]] = []
    outside: list[str] = []
    direct: list[Definition] = []
    for base in _bases(definition):
        outside.extend(base.outside)
        for parent in base.classes:
            if parent.node is definition.node:
                continue
            above = known.get(parent.node) or Lineage((parent,), ())
            orders.append(above.classes)
            outside.extend(name for name in above.outside if not (base.is_made and name.isidentifier()))
            direct.append(parent)
    above_all = (found for found in _linearized([*orders, tuple(direct)]) if found.node is not definition.node)
    return Lineage((definition, *above_all), tuple(dict.fromkeys(outside)))


class _Base(NamedTuple):
    """What one entry of a class's bases stands for."""

    classes: tuple[Definition, ...]
    outside: tuple[str, ...]
    is_made: bool = False
    """A call makes it: a parameter that one of the classes has for a base is what the call passes, and is here too."""


def _bases(definition: Definition) -> tuple[_Base, ...]:
    assert isinstance(definition.node, ast.ClassDef)
    try:
        return _read_bases(definition.source, definition.node)
    except Circular:  # a class one of whose bases is looked up in the class itself
        return ()


@memoized
def _read_bases(source: SourceFile, node: ast.ClassDef) -> tuple[_Base, ...]:
    return tuple(_base(base, top(source)) for base in node.bases)


def _base(base: ast.expr, frame: Frame) -> _Base:
    if isinstance(base, ast.Call):
        return _made(base, frame)
    target = resolve(base, frame)
    outside = list(target.outside)
    for found in target.definitions:
        if isinstance(found.node, ast.Call):
            made = _made(found.node, top(found.source))
            if made.is_made and len(target.definitions) == 1:
                return made
            outside.extend(made.outside)
    if not target.classes and not outside:
        outside.append(written(base) or "?")
    return _Base(target.classes, tuple(outside))


def _made(call: ast.Call, frame: Frame) -> _Base:
    """The classes that a call makes in place of a base; where nobody can tell, the name of what is called, and ``()``."""
    found = frame.source.facts.bases(call, frame.source)
    if found is None:
        return _Base((), tuple(f"{name}()" for name in _called(call, frame)))
    classes = tuple(one for one in found if isinstance(one, Definition))
    return _Base(classes, tuple(one for one in found if isinstance(one, str)), is_made=True)


def _called(call: ast.Call, frame: Frame) -> tuple[str, ...]:
    names = origins(call.func, frame)
    last = last_segment(call.func)
    return names or ((last,) if last else ())


def _linearized(orders: list[tuple[Definition, ...]]) -> list[Definition]:
    """Merge as C3 does; where the orders contradict each other, take the first that is left, so that it always ends."""
    result: dict[ast.AST, Definition] = {}
    queues = [deque(order) for order in orders if order]
    waiting = Counter(found.node for order in orders for found in order[1:])
    while queues:
        head = next((queue[0] for queue in queues if not waiting[queue[0].node]), queues[0][0])
        result[head.node] = head
        for queue in queues:
            while queue and queue[0].node in result:
                queue.popleft()
                if queue:
                    waiting[queue[0].node] -= 1
        queues = [queue for queue in queues if queue]
    return list(result.values())


def class_member(definition: Definition, name: str, depth: int = 0) -> Target:
    """Return what the nearest class in the lineage binds `name` to."""
    for owner in lineage(definition).classes:
        bindings = scopes(owner.source).bindings.get(owner.node, {}).get(name, ())
        if bindings:
            assert isinstance(owner.node, ast.ClassDef)
            return _resolve_bindings(name, bindings, owner.node, top(owner.source), depth)
    return NOTHING


def class_bindings(definition: Definition) -> Iterator[tuple[Definition, str, Binding]]:
    """Yield every name that the class and its ancestors in project source bind, with the class that does."""
    for owner in lineage(definition).classes:
        for name, bindings in scopes(owner.source).bindings.get(owner.node, {}).items():
            for binding in bindings:
                yield owner, name, binding


def methods(definition: Definition) -> dict[str, Definition]:
    """Return the methods that an instance has, by name; the nearest in the lineage wins."""
    found: dict[str, Definition] = {}
    for owner, name, binding in class_bindings(definition):
        if binding.kind is Kind.FUNCTION and name not in found:
            found[name] = Definition(owner.source, binding.node)
    return found
