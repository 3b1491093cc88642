"""Where a value meets a status: every flow into one, every comparison with one, every definition of its vocabulary.

Which values are wrong is for the rules; whose status it is, is answered here only as far as the holder goes.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.semantics import libraries, sql
from flake8_bgtasks.semantics.calls import bind
from flake8_bgtasks.semantics.classes import called_names, is_dataclass, is_enum, is_mapped, is_schema, is_string_enum
from flake8_bgtasks.semantics.flows import Flow, FlowKind, flows
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.names import Frame, last_segment, resolve, top
from flake8_bgtasks.semantics.objects import callee
from flake8_bgtasks.semantics.reach import enter
from flake8_bgtasks.semantics.scopes import scope_of
from flake8_bgtasks.semantics.values import arms, member_value, values
from flake8_bgtasks.semantics.vocabulary import TASK_WORDS, names_status
from flake8_bgtasks.semantics.words import words
from flake8_bgtasks.source import Definition, SourceFile

_DEFAULTED = frozenset({"Query", "Field", "Form", "Body", "Param", "Path", "Header", "Cookie"})
_COLLECTIONS = (ast.Tuple, ast.List, ast.Set)
_COLUMN_METHODS = frozenset(
    {"in_", "not_in", "notin_", "is_", "is_not", "isnot", "__eq__", "__ne__", "is_distinct_from"}
)
_BEFORE_STATUS = TASK_WORDS | {
    "set", "update", "mark", "change", "write", "save", "put", "record", "report", "assign", "move", "transition", "push",
    "to", "with", "by", "for", "in", "has", "is", "get", "check", "wait", "filter", "find", "list", "count", "as", "where",
}  # fmt: skip


class Meeting(NamedTuple):
    """One place where values meet a status."""

    node: ast.AST
    """Where to point at: the expression."""
    values: frozenset[object]
    holders: tuple[ast.expr, ...] = ()
    """What the status belongs to, as far as it is written: x in ``x.status``, the function in ``f(status=V)``."""
    body: ast.ClassDef | None = None
    """The class in whose body it stands."""
    table: str | None = None
    """The table, in SQL."""


@memoized
def meetings(source: SourceFile, status: str) -> tuple[Meeting, ...]:
    """Return the meetings of values with what is called `status`, as `vocabulary.names_status` tells."""
    return tuple(_meetings(source, status))


def _meetings(source: SourceFile, status: str) -> Iterator[Meeting]:
    frame = top(source)
    for flow in flows(source, source.tree, words(status)[-1] if words(status) else status):
        yield from _flowing(flow, status, frame)
    for compare in source.nodes(ast.Compare):
        yield from _compared(compare, status, frame)
    for call in source.nodes(ast.Call):
        yield from _column_method(call, status, frame)
        yield from _bound(call, status, frame)
        yield from _core_column(call, status, frame)
    for match in source.nodes(ast.Match):
        yield from _matched(match, status, frame)
    for node in source.nodes(ast.ClassDef):
        if names_status(node.name, status):
            yield from _members(node, frame)
    yield from _literals(source, status, frame)
    for constant in source.nodes(ast.Constant):
        yield from _sql(constant, status, source)


def _at(
    expr: ast.expr, frame: Frame, holders: tuple[ast.expr, ...] = (), body: ast.ClassDef | None = None
) -> Iterator[Meeting]:
    for arm in arms(expr):
        yield Meeting(arm, frozenset(values(arm, frame)), holders, body)


def _flowing(flow: Flow, status: str, frame: Frame) -> Iterator[Meeting]:
    source = frame.source
    holders = (flow.holder,) if flow.holder is not None else ()
    match flow.kind:
        case FlowKind.SQL | FlowKind.PAIRED:
            return
        case FlowKind.NAMED_CALL:
            if flow.value is not None and flow.holder is not None and _contains_status(flow.name, status):
                if not callee(flow.holder, frame).definitions:
                    yield from _at(flow.value, frame, holders)
            return
    if flow.value is None or not names_status(flow.name, status):
        return
    body = scope_of(source, flow.value)
    if flow.kind is FlowKind.DEFAULT:
        yield from _defaulted(flow.value, frame, holders, _data_class_around(source, flow.value))
        return
    class_body = body if isinstance(body, ast.ClassDef) and flow.kind is FlowKind.VARIABLE else None
    if flow.kind is FlowKind.KEYWORD and _is_call_of(flow.holder, _DEFAULTED, frame):
        return
    yield from _defaulted(flow.value, frame, holders, class_body)


def _data_class_around(source: SourceFile, default: ast.expr) -> ast.ClassDef | None:
    """The class whose method has this default, where the class is one of data: only there the default is its own."""
    scope = scope_of(source, default)
    if not isinstance(scope, ast.ClassDef):
        return None
    definition = Definition(source, scope)
    return scope if is_mapped(definition) or is_schema(definition) or is_dataclass(definition) else None


def _is_call_of(func: ast.expr | None, wanted: frozenset[str], frame: Frame) -> bool:
    return func is not None and bool(called_names(ast.Call(func, [], []), frame) & wanted)


def _defaulted(
    value: ast.expr, frame: Frame, holders: tuple[ast.expr, ...], body: ast.ClassDef | None
) -> Iterator[Meeting]:
    """A value, or the defaults of a column or a parameter that is declared by a call."""
    if not isinstance(value, ast.Call):
        yield from _at(value, frame, holders, body)
        return
    names = called_names(value, frame)
    if names & _DEFAULTED:
        given = [keyword.value for keyword in value.keywords if keyword.arg in {"default", "sa_column"}] or value.args[
            :1
        ]
        for default in given:
            yield from _defaulted(default, frame, holders, body)
    elif names & (libraries.COLUMN_CALLS | libraries.COLUMN_WRAPPERS):
        yield from _column_defaults(value, frame, holders, body)
    elif names & {"Enum", "ENUM", "ChoiceType"}:
        yield from _enum_arguments(value, frame, holders, body)
    else:
        yield from _at(value, frame, holders, body)


def _column_defaults(
    column: ast.Call, frame: Frame, holders: tuple[ast.expr, ...] = (), body: ast.ClassDef | None = None
) -> Iterator[Meeting]:
    for keyword in column.keywords:
        if keyword.arg in {"default", "server_default", "insert_default"}:
            for meeting in _at(keyword.value, frame, holders, body):
                yield meeting._replace(values=frozenset(_unquoted(value) for value in meeting.values))
    for part in (*column.args, *(keyword.value for keyword in column.keywords)):
        for inner in ast.walk(part):
            if isinstance(inner, ast.Call) and called_names(inner, frame) & {"Enum", "ENUM"}:
                yield from _enum_arguments(inner, frame, holders, body)


def _unquoted(value: object) -> object:
    """A server default is SQL: ``text("'processing'")``."""
    return value.strip("'") if isinstance(value, str) else value


def _enum_arguments(
    call: ast.Call, frame: Frame, holders: tuple[ast.expr, ...], body: ast.ClassDef | None
) -> Iterator[Meeting]:
    for argument in call.args:
        elements = argument.value if isinstance(argument, ast.Starred) else argument
        if isinstance(elements, ast.Constant):
            yield from _at(elements, frame, holders, body)
        else:
            for element in _elements(elements, frame):
                yield from _at(element, frame, holders, body)


def _contains_status(called: str, status: str) -> bool:
    """Tell whether the name of a call contains a status: ``update_status``, not ``update_order_status``."""
    inside, wanted = words(called), words(status)
    for start in range(len(inside) - len(wanted) + 1):
        if inside[start : start + len(wanted)] == wanted and (start == 0 or inside[start - 1] in _BEFORE_STATUS):
            return True
    return False


def _status_expr(expr: ast.expr, status: str) -> tuple[ast.expr, ...] | None:
    """Return what the status belongs to where `expr` reads a status, else None."""
    match expr:
        case ast.Name(id=name) if names_status(name, status):
            return ()
        case ast.Attribute(attr="value" | "name") if isinstance(expr.value, ast.Attribute | ast.Name | ast.Subscript):
            inner = _status_expr(expr.value, status)
            return inner if inner is not None or not names_status(expr.attr, status) else (expr.value,)
        case ast.Attribute(attr=name) if names_status(name, status):
            return (expr.value,)
        case ast.Subscript(slice=ast.Constant(value=str(name))) if names_status(name, status):
            return (expr.value,)
        case ast.Call(func=ast.Attribute(attr="get" | "pop", value=held), args=[ast.Constant(value=str(name)), *_]):
            return (held,) if names_status(name, status) else None
        case ast.Call(func=ast.Name(id="getattr"), args=[held, ast.Constant(value=str(name)), *_]):
            return (held,) if names_status(name, status) else None
        case ast.Call(func=ast.Attribute(attr="lower" | "upper" | "strip", value=held), args=[]):
            return _status_expr(held, status)
        case ast.Call(func=ast.Name(id="str"), args=[held]):
            return _status_expr(held, status)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="func")), args=[held]):
            return _status_expr(held, status)
        case ast.NamedExpr(value=value) | ast.Await(value=value):
            return _status_expr(value, status)
    return None


def _compared(compare: ast.Compare, status: str, frame: Frame) -> Iterator[Meeting]:
    left = compare.left
    for operator, right in zip(compare.ops, compare.comparators, strict=True):
        if isinstance(operator, ast.Eq | ast.NotEq | ast.Is | ast.IsNot | ast.In | ast.NotIn):
            holders = _status_expr(left, status)
            if holders is not None:
                yield from _met(right, frame, holders, isinstance(operator, ast.In | ast.NotIn))
            elif isinstance(operator, ast.Eq | ast.NotEq):
                holders = _status_expr(right, status)
                if holders is not None:
                    yield from _at(left, frame, holders)
        left = right


def _met(expr: ast.expr, frame: Frame, holders: tuple[ast.expr, ...], is_collection: bool) -> Iterator[Meeting]:
    if not is_collection:
        yield from _at(expr, frame, holders)
        return
    if isinstance(expr, _COLLECTIONS):
        for element in expr.elts:
            yield from _at(element, frame, holders)
        return
    found = {value for element in _elements(expr, frame) for value in values(element, frame)}
    if found:
        yield Meeting(expr, frozenset(found), holders)


def _elements(expr: ast.expr, frame: Frame) -> Iterator[ast.expr]:
    """Yield the elements of a collection: a display, a name for one, ``frozenset({...})``, one joined to another."""
    match expr:
        case ast.Tuple() | ast.List() | ast.Set():
            for element in expr.elts:
                if isinstance(element, ast.Starred):
                    yield from _elements(element.value, frame)
                else:
                    yield element
        case ast.Dict():
            yield from (key for key in expr.keys if key is not None)
        case ast.Call(args=[inner]) if last_segment(expr.func) in {"frozenset", "set", "tuple", "list"}:
            yield from _elements(inner, frame)
        case ast.BinOp(op=ast.BitOr() | ast.Add()):
            yield from _elements(expr.left, frame)
            yield from _elements(expr.right, frame)
        case ast.Name() | ast.Attribute():
            for found in resolve(expr, frame).definitions:
                if isinstance(found.node, ast.expr) and not isinstance(found.node, ast.Name | ast.Attribute):
                    yield from _elements(found.node, top(found.source))


def _column_method(call: ast.Call, status: str, frame: Frame) -> Iterator[Meeting]:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in _COLUMN_METHODS or not call.args:
        return
    holders = _status_expr(call.func.value, status)
    if holders is not None:
        yield from _met(call.args[0], frame, holders, call.func.attr in {"in_", "not_in", "notin_"})


def _bound(call: ast.Call, status: str, frame: Frame) -> Iterator[Meeting]:
    """Yield the arguments that a project function stores into a status."""
    if not call.args:
        return
    for function in callee(call.func, frame).functions:
        inner = enter(function, call, frame)
        for name, arguments in inner.arguments.items():
            for argument in arguments:
                if argument.value in call.args and _goes_to_status(function, name, status, 0):
                    yield from _at(argument.value, frame)


def _goes_to_status(function: Definition, parameter: str, status: str, depth: int) -> bool:
    """Tell whether a function's parameter is a status by its name, or by where the body puts it."""
    if names_status(parameter, status):
        return True
    if depth > 3 or not isinstance(function.node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    frame = top(function.source)
    for flow in flows(function.source, function.node):
        if not (isinstance(flow.value, ast.Name) and flow.value.id == parameter):
            continue
        if flow.kind is FlowKind.NAMED_CALL:
            for inner in callee(flow.holder, frame).functions if flow.holder is not None else ():
                bound = _parameter_of(inner, flow.value, function)
                if bound is not None and inner.node is not function.node:
                    if _goes_to_status(inner, bound, status, depth + 1):
                        return True
        elif names_status(flow.name, status):
            return True
    return False


def _parameter_of(inner: Definition, value: ast.expr, function: Definition) -> str | None:
    call = function.source.parent(value)
    if not isinstance(call, ast.Call):
        return None
    entered = bind(inner, call, top(function.source))
    return next((name for name, given in entered.arguments.items() if any(part.value is value for part in given)), None)


def _core_column(call: ast.Call, status: str, frame: Frame) -> Iterator[Meeting]:
    """``Column("status", String, default="processing")`` in a core table, whose name is its first argument."""
    match call.args:
        case [ast.Constant(value=str(name)), *_] if names_status(name, status):
            if called_names(call, frame) & libraries.COLUMN_CALLS and isinstance(frame.source.parent(call), ast.Call):
                yield from _column_defaults(call, frame)


def _matched(match: ast.Match, status: str, frame: Frame) -> Iterator[Meeting]:
    holders = _status_expr(match.subject, status)
    if holders is None:
        return
    for case in match.cases:
        for node in ast.walk(case.pattern):
            if isinstance(node, ast.MatchValue):
                yield from _at(node.value, frame, holders)


def _members(node: ast.ClassDef, frame: Frame) -> Iterator[Meeting]:
    """Yield the values that a status enum, or a class of constants, defines."""
    definition = Definition(frame.source, node)
    enumerated = is_enum(definition)
    for statement in node.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                if name.startswith("_"):
                    continue
                if not enumerated:
                    yield from _at(value, frame)
                elif isinstance(value, ast.Call) and last_segment(value.func) == "auto":
                    if is_string_enum(definition):
                        yield Meeting(value, frozenset({name.lower()}))
                else:
                    plain = values(value, frame)
                    if all(isinstance(one, str) for one in plain) or isinstance(value, ast.Tuple):
                        read = member_value(definition, name, value, frame)
                        shown = value.elts[0] if isinstance(value, ast.Tuple) and value.elts else value
                        yield Meeting(shown, frozenset({read}))


def _literals(source: SourceFile, status: str, frame: Frame) -> Iterator[Meeting]:
    """Yield the values of ``Literal[...]`` where it annotates a status or is an alias called like one."""
    for annotated in source.nodes(ast.AnnAssign):
        name = last_segment(annotated.target)
        if name and names_status(name, status):
            body = scope_of(source, annotated)
            class_body = body if isinstance(body, ast.ClassDef) else None
            holders = (annotated.target.value,) if isinstance(annotated.target, ast.Attribute) else ()
            yield from _in_literal(annotated.annotation, frame, holders, class_body)
            if annotated.value is not None:
                yield from _in_literal(annotated.value, frame, holders, class_body)
    for argument in source.nodes(ast.arg):
        if argument.annotation is not None and names_status(argument.arg, status):
            yield from _in_literal(argument.annotation, frame, (), None)
    for assigned in source.nodes(ast.Assign):
        for target in assigned.targets:
            if isinstance(target, ast.Name) and names_status(target.id, status):
                yield from _in_literal(assigned.value, frame, (), None)
    for alias in source.nodes(getattr(ast, "TypeAlias", ast.Interactive)):
        if names_status(alias.name.id, status):
            yield from _in_literal(alias.value, frame, (), None)


def _in_literal(
    expr: ast.expr, frame: Frame, holders: tuple[ast.expr, ...], body: ast.ClassDef | None
) -> Iterator[Meeting]:
    if isinstance(expr, ast.Call):
        return
    for node in ast.walk(expr):
        if isinstance(node, ast.Subscript) and last_segment(node.value) == "Literal":
            elements = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            for element in elements:
                yield from _at(element, frame, holders, body)


def _sql(constant: ast.Constant, status: str, source: SourceFile) -> Iterator[Meeting]:
    text = constant.value
    if not isinstance(text, str) or not sql.looks_like_sql(text):
        return
    if isinstance(source.parent(constant), ast.Expr | ast.JoinedStr):
        return
    met = [*sql.assignments(text), *sql.comparisons(text)]
    found = frozenset(one.text for one in met if one.text is not None and names_status(one.column, status))
    if found:
        yield Meeting(constant, found, table=sql.table(text))
