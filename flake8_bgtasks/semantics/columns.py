"""Which columns a mapped class has, its own and inherited, in every style that SQLAlchemy and SQLModel know."""

import ast
from collections import deque
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from flake8_bgtasks.evidence import Step
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import returns
from flake8_bgtasks.semantics.classes import (
    called_names,
    class_node,
    is_column_call,
    is_declared_attr,
    is_mapped_annotation,
    is_sqlmodel,
)
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import lineage, resolve, resolve_text
from flake8_bgtasks.semantics.scopes import Kind, scope_of, scopes
from flake8_bgtasks.source import Definition, SourceFile

MAX_DEPTH = 6


class Column(Enum):
    """Whether an attribute of a class is a column."""

    YES = auto()
    NO = auto()
    UNKNOWN = auto()


def columns(definition: Definition) -> dict[str, Column]:
    """Return every attribute of the class and its project ancestors; the nearest definition in the lineage wins."""
    return _columns(definition.source, class_node(definition))


@memoized
def _columns(source: SourceFile, node: ast.ClassDef) -> dict[str, Column]:
    definition = Definition(source, node)
    every_annotation = is_sqlmodel(definition)
    found: dict[str, Column] = {}
    for owner in lineage(definition).classes:
        for name, answer in _own(owner.source, class_node(owner), every_annotation).items():
            found.setdefault(name, answer)
    return found


class ColumnAt(NamedTuple):
    """Where a class has an attribute from: its own body, or the nearest ancestor's that has it; see `Spot`."""

    definition: Definition
    name: str

    def found(self) -> Definition:
        """Return the statement that makes the attribute; the class where none does, as for a ``__table__``."""
        for owner in lineage(self.definition).classes:
            bindings = scopes(owner.source).bindings.get(owner.node, {}).get(self.name)
            if bindings:
                return Definition(owner.source, bindings[-1].node)
            if self.name in _own(owner.source, class_node(owner), is_sqlmodel(self.definition)):
                return owner
        return self.definition

    def place(self) -> tuple[str | None, int]:
        """See `Spot`."""
        source, node = self.found()
        return source.path, source.place(node)[0]

    def way(self) -> tuple[Step, ...]:
        """See `Spot`: the bases from the class to the one that has the attribute."""
        source, node = self.found()
        ways: dict[ast.AST, tuple[Step, ...]] = {self.definition.node: ()}
        todo = deque([self.definition])
        while todo:
            inner = todo.popleft()
            steps = ways[inner.node]
            if inner.source is source and (node is inner.node or source.parent(node) is inner.node):
                return steps
            for base in class_node(inner).bases:
                for found in resolve(base, top(inner.source)).classes:
                    step = Step(inner.source.path, inner.source.place(base)[0], f"base {class_node(found).name}")
                    if found.node not in ways:
                        ways[found.node] = (*steps, step)
                        todo.append(found)
        return ()

    def code(self) -> str:
        """See `Spot`."""
        source, node = self.found()
        return source.line_of(node)


def has_unknown_base(definition: Definition) -> bool:
    """Tell whether an ancestor is neither project source nor a class that is known to bring no columns."""
    return any(
        not libraries.brings_no_columns(base.removesuffix("()")) and not _makes_base(base)
        for base in lineage(definition).outside
    )


def _makes_base(base: str) -> bool:
    return base.rpartition(".")[2] in libraries.DECLARATIVE_FACTORIES


@memoized
def _own(source: SourceFile, node: ast.ClassDef, every_annotation: bool) -> dict[str, Column]:
    """The attributes that a class has itself, worked out once for all classes that derive from it."""
    owner = Definition(source, node)
    return dict(_in_body(owner, every_annotation)) | dict.fromkeys(_added_later(owner), Column.YES)


def _in_body(owner: Definition, every_annotation: bool) -> Iterator[tuple[str, Column]]:
    frame = Frame(owner.source, owner.node)
    for name, bindings in scopes(owner.source).bindings.get(owner.node, {}).items():
        binding = bindings[-1]
        match binding.node:
            case ast.AnnAssign() as annotated:
                yield name, _annotated(name, annotated, frame, every_annotation)
            case ast.Assign() as assigned if name == "__table__":
                yield from ((column, Column.YES) for column in table_columns(assigned.value, frame))
            case ast.Assign() if binding.kind is Kind.VALUE and binding.value is not None:
                yield name, _valued(binding.value, frame, 0)
            case ast.FunctionDef() | ast.AsyncFunctionDef() as method:
                yield name, _declared(method, frame)
            case _:
                yield name, Column.NO


def _annotated(name: str, node: ast.AnnAssign, frame: Frame, every_annotation: bool) -> Column:
    if every_annotation:
        return _sqlmodel_field(name, node, frame)
    mapped = is_mapped_annotation(node.annotation, frame)
    if node.value is None:
        return Column.YES if mapped else Column.NO
    answer = _valued(node.value, frame, 0)
    return Column.YES if mapped and answer is Column.UNKNOWN else answer


def _sqlmodel_field(name: str, node: ast.AnnAssign, frame: Frame) -> Column:
    head = node.annotation.value if isinstance(node.annotation, ast.Subscript) else node.annotation
    if name.startswith("_") or last_segment(head) == "ClassVar":
        return Column.NO
    if isinstance(node.value, ast.Call) and called_names(node.value, frame) & libraries.NO_COLUMN_CALLS:
        return Column.NO
    return Column.YES


def _valued(value: ast.expr, frame: Frame, depth: int) -> Column:
    """Tell whether a class attribute with this value is a column."""
    if depth > MAX_DEPTH:
        return Column.UNKNOWN
    match value:
        case ast.Call():
            return _called(value, frame, depth)
        case ast.IfExp():
            arms = {_valued(value.body, frame, depth + 1), _valued(value.orelse, frame, depth + 1)}
            return Column.YES if Column.YES in arms else arms.pop()
        case ast.Name() | ast.Attribute():
            target = resolve(value, frame)
            for found in target.definitions:
                if isinstance(found.node, ast.Call):
                    return _called(found.node, top(found.source), depth + 1)
            return Column.UNKNOWN if target.outside else Column.NO
    return Column.NO


def _called(call: ast.Call, frame: Frame, depth: int) -> Column:
    target = resolve(call.func, frame)
    for function in target.functions:
        return _makes_column(function.source, function.node, depth + 1)
    for found in target.definitions:
        match found.node:
            case ast.Call(func=func, args=[made, *_]) if last_segment(func) == "partial":
                return (
                    _called(ast.Call(made, [], []), top(found.source), depth + 1)
                    if depth < MAX_DEPTH
                    else Column.UNKNOWN
                )
        return Column.YES if is_column_call(call, frame) else Column.NO  # a project class, or an object of one
    if is_column_call(call, frame):
        return Column.YES
    names = called_names(call, frame)
    if names & libraries.NO_COLUMN_CALLS:
        return Column.NO
    if names == {"field"}:  # a dataclass field, which SQLAlchemy maps through its metadata
        return Column.YES if any(_holds_column(keyword.value, frame) for keyword in call.keywords) else Column.NO
    known = [name for name in target.outside if libraries.brings_no_columns(name)]
    return Column.NO if known and len(known) == len(target.outside) else Column.UNKNOWN


def _holds_column(expr: ast.expr, frame: Frame) -> bool:
    return any(isinstance(node, ast.Call) and is_column_call(node, frame) for node in ast.walk(expr))


@memoized
def _makes_column(source: SourceFile, node: ast.AST, depth: int) -> Column:
    """Tell whether a project function returns a column."""
    if depth > MAX_DEPTH:
        return Column.UNKNOWN
    frame = Frame(source, node)
    made = [node.body] if isinstance(node, ast.Lambda) else [statement.value for statement in returns(source, node)]
    answers = {_valued(value, frame, depth) for value in made if value is not None}
    for answer in (Column.YES, Column.UNKNOWN):
        if answer in answers:
            return answer
    return Column.NO


def _declared(method: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame) -> Column:
    """Tell whether a method is a column: ``@declared_attr``, also as ``@declared_attr.directive``."""
    if not any(is_declared_attr(decorator, frame) for decorator in method.decorator_list):
        return Column.NO
    answer = _makes_column(frame.source, method, 0)
    if answer is Column.UNKNOWN and method.returns is not None and is_mapped_annotation(method.returns, frame):
        return Column.YES
    return answer


def _added_later(definition: Definition) -> Iterator[str]:
    """Yield the columns that are set on the class after its body: ``TestRun.status = Column(...)``."""
    source, node = definition
    frame = top(source)
    for owner, attribute, value in _class_attribute_assignments(source):
        if owner == class_node(definition).name and _valued(value, frame, 0) is Column.YES:
            if any(found.node is node for found in resolve_text(owner, frame).definitions):
                yield attribute


@memoized
def _class_attribute_assignments(source: SourceFile) -> tuple[tuple[str, str, ast.expr], ...]:
    """Return what module-level code sets on names: ``Job.status = V``, ``setattr(Job, "status", V)``."""
    found: list[tuple[str, str, ast.expr]] = []
    for statement in source.nodes(ast.Assign, ast.Expr):
        if not isinstance(scope_of(source, statement), ast.Module):
            continue
        match statement:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                        found.append((target.value.id, target.attr, value))
            case ast.Expr(
                value=ast.Call(
                    func=ast.Name(id="setattr"), args=[ast.Name(id=owner), ast.Constant(value=str(name)), value]
                )
            ):
                found.append((owner, name, value))
    return tuple(found)


def table_columns(expr: ast.expr, frame: Frame) -> Iterator[str]:
    """Yield the names of a core table's columns: ``Table("jobs", metadata, Column("status", ...))``."""
    if isinstance(expr, ast.Name):
        for found in resolve(expr, frame).definitions:
            if isinstance(found.node, ast.Call):
                yield from table_columns(found.node, top(found.source))
        return
    if not isinstance(expr, ast.Call):
        return
    for argument in expr.args:
        if isinstance(argument, ast.Call) and is_column_call(argument, frame):
            key = next((k.value for k in argument.keywords if k.arg in {"key", "name"}), None)
            name = key or (argument.args[0] if argument.args else None)
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield name.value


def is_table(expr: ast.expr | None, frame: Frame) -> bool:
    """Tell whether an expression makes a core table."""
    return isinstance(expr, ast.Call) and called_names(expr, frame) == {"Table"} and len(expr.args) >= 2
