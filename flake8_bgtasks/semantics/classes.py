"""What sort of class a class is: mapped, a declarative base, a schema, an enum, a dataclass."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.dotted import last_segment, segments
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import Lineage, class_bindings, lineage, origins, resolve
from flake8_bgtasks.source import Definition, SourceFile

MAX_DEPTH = 6
"""How many aliases of an annotation are followed."""


def class_node(definition: Definition) -> ast.ClassDef:
    """Return the definition's node, which must be a class."""
    assert isinstance(definition.node, ast.ClassDef)
    return definition.node


def _ends(names: tuple[str, ...], wanted: frozenset[str]) -> bool:
    return any(name.rpartition(".")[2] in wanted for name in names)


def is_enum(definition: Definition) -> bool:
    """Tell whether the class is an enumeration; a base elsewhere whose name ends in ``Enum`` makes it one."""
    return any(_names_enum(base) for base in lineage(definition).outside)


def is_string_enum(definition: Definition) -> bool:
    """Tell whether ``auto()`` in the class gives the member's name in lower case, as in `enum.StrEnum`."""
    return any(base.rpartition(".")[2].endswith("StrEnum") for base in lineage(definition).outside)


def _names_enum(dotted: str) -> bool:
    last = dotted.rpartition(".")[2]
    return last.endswith(("Enum", "Flag")) and (libraries.package(dotted) in libraries.ENUM_MODULES or last != "Enum")


def is_schema(definition: Definition) -> bool:
    """Tell whether the class is a Pydantic model: not one that SQLModel maps to a table."""
    bases = lineage(definition).outside
    return _ends(bases, libraries.SCHEMA_BASES) or (is_sqlmodel(definition) and not is_mapped(definition))


def is_sqlmodel(definition: Definition) -> bool:
    """Tell whether the class derives from SQLModel, or says ``table=True`` as only SQLModel's classes do."""
    bases = lineage(definition).outside
    return _ends(bases, frozenset({"SQLModel"})) or _says_table(class_node(definition))


def is_typed_dict(definition: Definition) -> bool:
    """Tell whether the class is a `typing.TypedDict`."""
    return _ends(lineage(definition).outside, frozenset({"TypedDict"}))


def is_named_tuple(definition: Definition) -> bool:
    """Tell whether the class is a `typing.NamedTuple`."""
    return _ends(lineage(definition).outside, frozenset({"NamedTuple"}))


def is_dataclass(definition: Definition) -> bool:
    """Tell whether the class or an ancestor is decorated as a dataclass (of the library, Pydantic or attrs)."""
    for owner in lineage(definition).classes:
        for decorator in class_node(owner).decorator_list:
            name = last_segment(decorator.func if isinstance(decorator, ast.Call) else decorator)
            if name in {"dataclass", "mapped_as_dataclass", "define", "frozen", "attrs"}:
                return True
    return False


def _says_table(node: ast.ClassDef) -> bool:
    return any(
        keyword.arg == "table" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        for keyword in node.keywords
    )


def is_declarative_base(definition: Definition) -> bool:
    """Tell whether the class is itself what models derive from: ``class Base(DeclarativeBase)``.

    SQLAlchemy 2.0 maps no class that derives directly from `DeclarativeBase`, whatever it holds.
    """
    return _is_declarative_base(definition.source, class_node(definition))


@memoized
def _is_declarative_base(source: SourceFile, node: ast.ClassDef) -> bool:
    for base in node.bases:
        if not isinstance(base, ast.Call) and _ends(
            origins(base, top(source)), libraries.DECLARATIVE_BASES - {"SQLModel"}
        ):
            return True
    if any(
        keyword.arg == "metaclass" and last_segment(keyword.value) == "DeclarativeMeta" for keyword in node.keywords
    ):
        return True
    return any(
        last_segment(decorator.func if isinstance(decorator, ast.Call) else decorator)
        in {"as_declarative", "as_declarative_base"}
        for decorator in node.decorator_list
    )


def is_abstract(definition: Definition) -> bool:
    """Tell whether the class says ``__abstract__ = True`` in its own body."""
    return any(
        any(isinstance(target, ast.Name) and target.id == "__abstract__" for target in _assigned(statement))
        and isinstance(statement.value, ast.Constant)
        and bool(statement.value.value)
        for statement in class_node(definition).body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
    )


def is_mapped(definition: Definition) -> bool:
    """Tell whether SQLAlchemy or SQLModel maps the class to a table."""
    return _is_mapped(definition.source, class_node(definition))


@memoized
def _is_mapped(source: SourceFile, node: ast.ClassDef) -> bool:
    definition = Definition(source, node)
    if is_declarative_base(definition) or is_abstract(definition) or is_enum(definition):
        return False
    line = lineage(definition)
    if is_sqlmodel(definition):
        return _says_table(node)
    if _ends(line.outside, libraries.SCHEMA_BASES) or is_typed_dict(definition) or is_named_tuple(definition):
        return False
    if _names_table(node):
        return not is_mixin_name(node.name) or _has_declarative_base(line)
    if _has_declarative_base(line):
        return True
    strangers = [base for base in line.outside if not libraries.brings_no_columns(base)]
    return (
        bool(strangers)
        and not all(map(is_mixin_name, (node.name, *strangers)))
        and has_own_column(definition)
        and (not is_mixin_name(node.name))
    )


def _names_table(node: ast.ClassDef) -> bool:
    return any(
        isinstance(target, ast.Name) and target.id in {"__tablename__", "__table__"}
        for statement in node.body
        for target in _assigned(statement)
    )


def _assigned(statement: ast.stmt) -> list[ast.expr]:
    match statement:
        case ast.Assign():
            return statement.targets
        case ast.AnnAssign(value=ast.expr()):
            return [statement.target]
    return []


def _has_declarative_base(line: Lineage) -> bool:
    if any(is_declarative_base(ancestor) for ancestor in line.classes[1:]):
        return True
    bases = {base.rpartition(".")[2] for base in line.outside}
    return bool(bases & libraries.DECLARATIVE_FACTORIES) or any(base.endswith("db.Model") for base in line.outside)


def is_mixin_name(name: str) -> bool:
    """Tell whether a class is a mixin by its name: the convention that SQLAlchemy's own documentation follows."""
    return name.rstrip("_").endswith(("Mixin", "MixIn", "Mix"))


def has_own_column(definition: Definition) -> bool:
    """Tell whether the class's own body declares a column."""
    frame = top(definition.source)
    for statement in class_node(definition).body:
        match statement:
            case ast.AnnAssign() if is_mapped_annotation(statement.annotation, frame):
                return True
            case ast.Assign(value=ast.Call() as call) | ast.AnnAssign(value=ast.Call() as call) if is_column_call(
                call, frame
            ):
                return True
            case ast.FunctionDef() if any(is_declared_attr(decorator, frame) for decorator in statement.decorator_list):
                return True
    return False


def is_declared_attr(decorator: ast.expr, frame: Frame) -> bool:
    """Tell whether a decorator is ``declared_attr``, under another name or with a modifier (``.directive``) too."""
    found = (name for dotted in origins(decorator, frame) for name in dotted.split("."))
    return "declared_attr" in {*segments(decorator), *found}


def is_column_call(call: ast.Call, frame: Frame) -> bool:
    """Tell whether a call makes a column: ``Column``, a class derived from it, ``mapped_column``, ``deferred`` and its like."""
    names = called_names(call, frame)
    if names & (libraries.COLUMN_CALLS | libraries.COLUMN_WRAPPERS):
        return True
    derived = (lineage(found).outside for found in resolve(call.func, frame).classes)
    return any(_ends(above, libraries.COLUMN_CALLS) for above in derived)


def called_names(call: ast.Call, frame: Frame) -> set[str]:
    """Return the last names of what is called: after import aliases where it is imported, as written elsewhere."""
    target = resolve(call.func, frame)
    if target.outside:
        return {name.rpartition(".")[2] for name in target.outside}
    last = last_segment(call.func)
    return {last} if last and not target.definitions else set()


def is_mapped_annotation(annotation: ast.expr, frame: Frame, depth: int = 0) -> bool:
    """Tell whether an annotation is ``Mapped[...]``, quoted, aliased or qualified too."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        head = annotation.value.partition("[")[0].strip()
        return head.rpartition(".")[2] in libraries.MAPPED
    head_expr = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    target = resolve(head_expr, frame)
    if _ends(target.outside, libraries.MAPPED):
        return True
    return depth < MAX_DEPTH and any(
        isinstance(found.node, ast.Subscript) and is_mapped_annotation(found.node, top(found.source), depth + 1)
        for found in target.definitions
    )


def classes(source: SourceFile) -> Iterator[Definition]:
    """Yield every class of the file."""
    for node in source.nodes(ast.ClassDef):
        yield Definition(source, node)


def fields(definition: Definition) -> dict[str, tuple[Definition, ast.AnnAssign]]:
    """Return the annotated names of the class and its project ancestors with the class that declares each."""
    found: dict[str, tuple[Definition, ast.AnnAssign]] = {}
    for owner, name, binding in class_bindings(definition):
        if isinstance(binding.node, ast.AnnAssign) and name not in found:
            found[name] = (owner, binding.node)
    return found
