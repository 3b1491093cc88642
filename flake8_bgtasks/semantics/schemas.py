"""What an instance of a project class looks like as JSON: which names it is sent with (section 5, must_return).

Pydantic models, dataclasses, typed dicts and mapped classes; which expression makes such an object is for `wire`.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.evidence import Answer
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.classes import (
    class_node,
    fields,
    is_dataclass,
    is_enum,
    is_mapped,
    is_named_tuple,
    is_schema,
    is_typed_dict,
)
from flake8_bgtasks.semantics.columns import Column, columns, has_unknown_base
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import class_bindings, lineage, resolve
from flake8_bgtasks.semantics.values import values
from flake8_bgtasks.semantics.words import words
from flake8_bgtasks.source import FUNCTIONS, Definition, SourceFile

MAX_DEPTH = 8
MAX_CLASSES = 200
"""How many classes one answer may hold, one in another: a limit on steps."""

COLLECTIONS = frozenset(
    {"list", "List", "Sequence", "MutableSequence", "set", "Set", "frozenset", "FrozenSet", "tuple", "Tuple", "Iterable",
     "Iterator", "AsyncIterator", "Collection", "deque", "Page"}
)  # fmt: skip
MAPPINGS = frozenset({"dict", "Dict", "Mapping", "MutableMapping", "OrderedDict", "defaultdict"})


class SentField(NamedTuple):
    """One name that is sent."""

    name: str | None
    """None where a function that we do not follow makes the name up."""
    sources: frozenset[str]
    """The names under which its value is given; none where it is computed."""


class Sent(NamedTuple):
    """The names that an object is sent with, those of the objects in it too."""

    fields: tuple[SentField, ...] = ()
    is_open: bool = False
    """Whether there may be others."""

    def has(self, key: str) -> Answer:
        """Return whether `key` is among the names."""
        names = {field.name for field in self.fields}
        if key in names:
            return Answer.PRESENT
        return Answer.UNKNOWN if self.is_open or None in names else Answer.ABSENT

    def sources(self, key: str) -> frozenset[str]:
        """Return the names under which an object may give what is sent as `key`."""
        return frozenset(source for field in self.fields if field.name == key for source in field.sources)

    def computes(self, key: str) -> bool:
        """Tell whether `key` is worked out from other fields."""
        return any(field.name == key and not field.sources for field in self.fields)


OPEN = Sent(is_open=True)


def sent(definition: Definition, by_alias: bool = True) -> Sent:
    """Return the names that an instance of the class is sent with."""
    return _sent(definition.source, class_node(definition), by_alias)


@memoized
def _sent(source: SourceFile, node: ast.ClassDef, by_alias: bool) -> Sent:
    return _gathered([Held(Definition(source, node))], by_alias)


def sent_by_annotation(annotation: ast.expr, frame: Frame) -> Sent:
    """Return the names that an object of this type is sent with; open for what is no class that we know."""
    found: list[Held] = []
    for part, inner in _alternatives(annotation, frame):
        held = _held_by(part, inner)
        if not held:
            return OPEN
        found.extend(held)
    return _gathered(found, by_alias=True) if found else OPEN


class Held(NamedTuple):
    """A class that an annotation names; None for something that cannot be found."""

    definition: Definition | None
    is_bound: bool = False
    """Whether its type variables stand for something that is named as well: ``Envelope[Job]``."""


def _gathered(classes: list[Held], by_alias: bool) -> Sent:
    """The names of these classes and of those that their fields hold, each class once."""
    found: list[SentField] = []
    is_open = False
    seen: set[ast.AST] = set()
    todo = list(classes)
    while todo:
        definition, is_bound = todo.pop(0)
        if definition is None or len(seen) > MAX_CLASSES:
            is_open = True
            continue
        if definition.node in seen or is_named_tuple(definition) or is_enum(definition):
            continue
        seen.add(definition.node)
        is_open = is_open or _is_open(definition)
        found.extend(_own(definition, by_alias))
        for owner, node in _visible(definition).values():
            for part, inner in _alternatives(node.annotation, top(owner.source), into=COLLECTIONS | MAPPINGS):
                if _is_type_variable(part, inner):
                    is_open = is_open or not is_bound
                else:
                    todo.extend(_held_by(part, inner) or _stranger(part, inner))
    return Sent(tuple(found), is_open)


def _is_open(definition: Definition) -> bool:
    """Tell whether instances may be sent with names that the class does not declare."""
    if is_mapped(definition) or allows_extra(definition):
        return True
    if any(base.rpartition(".")[2] == "RootModel" for base in lineage(definition).outside):
        return True
    if is_schema(definition) or is_dataclass(definition) or is_typed_dict(definition):
        return False
    return has_unknown_base(definition) or not fields(definition)


def _own(definition: Definition, by_alias: bool) -> Iterator[SentField]:
    if is_mapped(definition):
        for name, column in columns(definition).items():
            if column is Column.YES:
                yield SentField(name, frozenset({name}))
        return
    generator = next(_config(definition, "alias_generator"), None) if by_alias else None
    for name, (owner, node) in _visible(definition).items():
        given = {name, *_aliases(node, owner, "alias"), *_aliases(node, owner, "validation_alias")}
        chosen = (*_aliases(node, owner, "serialization_alias"), *_aliases(node, owner, "alias")) if by_alias else ()
        wire_name = chosen[0] if chosen else _generated(generator, name) if generator is not None else name
        yield SentField(wire_name, frozenset(given))
    for name in _computed(definition):
        yield SentField(name, frozenset())


def _visible(definition: Definition) -> dict[str, tuple[Definition, ast.AnnAssign]]:
    return {name: field for name, field in fields(definition).items() if not _is_hidden(name, field[1])}


def _is_hidden(name: str, node: ast.AnnAssign) -> bool:
    if name.startswith("_") or last_segment(getattr(node.annotation, "value", node.annotation)) == "ClassVar":
        return True
    return any(
        keyword.arg == "exclude" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        for call in _field_calls(node)
        for keyword in call.keywords
    )


def _field_calls(node: ast.AnnAssign) -> Iterator[ast.Call]:
    """Yield the ``Field(...)`` of a field: its default, or in `Annotated`."""
    annotated = ast.walk(node.annotation) if isinstance(node.annotation, ast.Subscript) else ()
    for call in (node.value, *annotated):
        if isinstance(call, ast.Call) and last_segment(call.func) == "Field":
            yield call


def _aliases(node: ast.AnnAssign, owner: Definition, wanted: str) -> Iterator[str]:
    for call in _field_calls(node):
        for keyword in call.keywords:
            if keyword.arg == wanted:
                yield from (value for value in values(keyword.value, top(owner.source)) if isinstance(value, str))


def _generated(generator: ast.expr, name: str) -> str | None:
    """What an alias generator makes of a field's name, if it is one of Pydantic's, or called like one."""
    if isinstance(generator, ast.Call):
        given = {keyword.arg: keyword.value for keyword in generator.keywords}
        inner = given.get("serialization_alias") or given.get("alias")
        return name if inner is None else _generated(inner, name) if not isinstance(inner, ast.Call) else None
    first, *others = words(name) or ("",)
    match last_segment(generator):
        case "to_camel" | "camelize" | "to_camel_case":
            return first + "".join(word.capitalize() for word in others)
        case "to_pascal":
            return "".join(word.capitalize() for word in (first, *others))
        case "to_snake":
            return "_".join((first, *others))
    return None


def _computed(definition: Definition) -> Iterator[str]:
    for _, name, binding in class_bindings(definition):
        if isinstance(binding.node, FUNCTIONS):
            for decorator in binding.node.decorator_list:
                head = decorator.func if isinstance(decorator, ast.Call) else decorator
                if last_segment(head) == "computed_field":
                    yield name


def _config(definition: Definition, wanted: str) -> Iterator[ast.expr]:
    """Yield what a Pydantic class's configuration sets `wanted` to: ``model_config`` or an inner ``Config``."""
    for _, name, binding in class_bindings(definition):
        if name == "model_config" and isinstance(binding.value, ast.Call):
            yield from (keyword.value for keyword in binding.value.keywords if keyword.arg == wanted)
        elif name == "model_config" and isinstance(binding.value, ast.Dict):
            for key, value in zip(binding.value.keys, binding.value.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == wanted:
                    yield value
        elif name == "Config" and isinstance(binding.node, ast.ClassDef):
            for statement in binding.node.body:
                if isinstance(statement, ast.Assign) and last_segment(statement.targets[0]) == wanted:
                    yield statement.value
    for ancestor in lineage(definition).classes:
        yield from (keyword.value for keyword in class_node(ancestor).keywords if keyword.arg == wanted)


def allows_extra(definition: Definition) -> bool:
    """Tell whether a Pydantic class keeps fields it does not declare: ``extra="allow"``."""
    return any(
        "allow" in values(value, top(definition.source)) or last_segment(value) == "allow"
        for value in _config(definition, "extra")
    )


def _held_by(part: ast.expr, frame: Frame, depth: int = 0) -> list[Held]:
    """The project classes that one type stands for, its generic arguments included; nothing where it is none."""
    classes = [one for one in resolve(part, frame).classes if not _is_response_class(one)]
    found = [Held(one, isinstance(part, ast.Subscript)) for one in classes]
    if classes and isinstance(part, ast.Subscript):
        for argument in _arguments(part) if depth < MAX_DEPTH else ():
            for inner, inner_frame in _alternatives(argument, frame, into=COLLECTIONS):
                found.extend(_held_by(inner, inner_frame, depth + 1) or [Held(None)])
    return found


def _stranger(part: ast.expr, frame: Frame) -> list[Held]:
    """What may be a class of the project that cannot be found."""
    outside = resolve(part, frame).outside
    return [Held(None)] if any(libraries.may_be_project(name, frame.source) for name in outside) else []


def _is_type_variable(part: ast.expr, frame: Frame) -> bool:
    target = resolve(part, frame)
    made = [found.node for found in target.definitions if isinstance(found.node, ast.Call)]
    return any(last_segment(call.func) == "TypeVar" for call in made) or target.outside == (last_segment(part),)


def _is_response_class(definition: Definition) -> bool:
    return any(libraries.is_web_framework(base) and base.endswith("Response") for base in lineage(definition).outside)


def _arguments(subscript: ast.Subscript) -> list[ast.expr]:
    return subscript.slice.elts if isinstance(subscript.slice, ast.Tuple) else [subscript.slice]


def _alternatives(
    annotation: ast.expr, frame: Frame, into: frozenset[str] = frozenset()
) -> Iterator[tuple[ast.expr, Frame]]:
    """Yield the types that an annotation stands for: through unions, `Annotated`, quotes, aliases, and `into` generics."""
    todo = [(annotation, frame)]
    for _ in range(MAX_CLASSES):
        if not todo:
            return
        part, inner = todo.pop(0)
        match part:
            case ast.Constant(value=None):
                pass
            case ast.Constant(value=str(text)):
                try:
                    todo.append((ast.parse(text.strip(), mode="eval").body, inner))
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    continue
            case ast.BinOp(op=ast.BitOr()):
                todo.extend(((part.left, inner), (part.right, inner)))
            case ast.Subscript() if last_segment(part.value) == "Annotated":
                todo.append((_arguments(part)[0], inner))
            case ast.Subscript() if last_segment(part.value) in {"Optional", "Union"} | into:
                todo.extend((argument, inner) for argument in _arguments(part))
            case ast.Name() | ast.Attribute():
                aliased = [
                    (found.node, Frame(found.source, found.source.tree))
                    for found in resolve(part, inner).definitions
                    if isinstance(found.node, ast.Subscript | ast.BinOp)
                ]
                todo.extend(aliased)
                if not aliased:
                    yield part, inner
            case _:
                yield part, inner
