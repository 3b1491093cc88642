"""Where values meet a status by comparison: ``==``, ``in``, ``Job.status.in_([...])``, ``match job.status``."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Argument, Frame, top
from flake8_bgtasks.semantics.meeting import Meeting, Owner, at
from flake8_bgtasks.semantics.names import resolve
from flake8_bgtasks.semantics.scopes import Kind, bindings_of, scope_of
from flake8_bgtasks.semantics.values import values
from flake8_bgtasks.semantics.vocabulary import names_status

MAX_ELEMENTS = 2_000
"""Longer collections are data; a limit on steps, which collections that hold each other need."""

_COLUMN_METHODS = frozenset(
    {"in_", "not_in", "notin_", "is_", "is_not", "isnot", "__eq__", "__ne__", "is_distinct_from"}
)
_OF_COLLECTIONS = frozenset({"in_", "not_in", "notin_"})
_SAME_TEXT = frozenset({"lower", "upper", "strip"})
_COMPARED = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)


def comparisons(frame: Frame, status: str) -> Iterator[Meeting]:
    """Yield the comparisons of a file with what is called `status`."""
    for compare in frame.source.nodes(ast.Compare):
        yield from _compared(compare, status, frame)
    for call in frame.source.nodes(ast.Call):
        yield from _column_method(call, status, frame)
    for match in frame.source.nodes(ast.Match):
        yield from _matched(match, status, frame)


def _compared(compare: ast.Compare, status: str, frame: Frame) -> Iterator[Meeting]:
    left = compare.left
    for operator, right in zip(compare.ops, compare.comparators, strict=True):
        owner = status_owner(left, status, frame)
        if owner is not None and isinstance(operator, ast.In | ast.NotIn):
            yield from among(right, frame, owner)
        elif owner is not None and isinstance(operator, _COMPARED):
            yield from at(right, frame, owner)
        elif isinstance(operator, _COMPARED):
            owner = status_owner(right, status, frame)
            if owner is not None:
                yield from at(left, frame, owner)
        left = right


def _column_method(call: ast.Call, status: str, frame: Frame) -> Iterator[Meeting]:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in _COLUMN_METHODS or not call.args:
        return
    owner = status_owner(call.func.value, status, frame)
    if owner is not None:
        yield from (among if call.func.attr in _OF_COLLECTIONS else at)(call.args[0], frame, owner)


def _matched(match: ast.Match, status: str, frame: Frame) -> Iterator[Meeting]:
    """Yield the meetings with a subject that is a status, and with the parts of patterns that are called like one."""
    owner = status_owner(match.subject, status, frame)
    for case in match.cases:
        if owner is not None:
            yield from _in_pattern(case.pattern, frame, owner)
            continue
        for pattern in ast.walk(case.pattern):
            for name, part, holder in _named_parts(pattern):
                if names_status(name, status):
                    held = holder if holder is not None else match.subject
                    yield from _in_pattern(part, frame, Owner((Argument(held, frame),)))


def _in_pattern(pattern: ast.pattern, frame: Frame, owner: Owner) -> Iterator[Meeting]:
    for node in ast.walk(pattern):
        if isinstance(node, ast.MatchValue):
            yield from at(node.value, frame, owner)


def _named_parts(pattern: ast.AST) -> Iterator[tuple[str, ast.pattern, ast.expr | None]]:
    """Yield the parts of a pattern that have names, with the class: ``Job(status="processing")``, ``{"status": ...}``."""
    match pattern:
        case ast.MatchClass(cls=holder, kwd_attrs=names, kwd_patterns=parts):
            yield from ((name, part, holder) for name, part in zip(names, parts, strict=True))
        case ast.MatchMapping(keys=keys, patterns=parts):
            for key, part in zip(keys, parts, strict=True):
                match key:
                    case ast.Constant(value=str(name)):
                        yield name, part, None


def status_owner(expr: ast.expr, status: str, frame: Frame) -> Owner | None:
    """Return what the status belongs to where `expr` reads a status, else None."""
    for part in _same_texts(expr):
        held, name = _read(part)
        if name is not None and names_status(name, status):
            if held is not None:
                return Owner((Argument(held, frame),))
            scope = scope_of(frame.source, expr)
            return Owner(body=scope) if isinstance(scope, ast.ClassDef) else Owner(_held_by(part, status, frame))
    return None


def _held_by(variable: ast.expr, status: str, frame: Frame) -> tuple[Argument, ...]:
    """Return whose status a variable holds that gets its value in one place: ``status = order.status``."""
    assert isinstance(variable, ast.Name)
    bindings, _ = bindings_of(frame.source, variable, variable.id)
    if len(bindings) != 1 or bindings[0].kind is not Kind.VALUE or bindings[0].value is None:
        return ()
    read = (_read(part) for part in _same_texts(bindings[0].value))
    return tuple(
        Argument(held, frame)
        for held, name in read
        if held is not None and name is not None and names_status(name, status)
    )


def _same_texts(expr: ast.expr) -> Iterator[ast.expr]:
    """Yield an expression and what it is the text of, from the outside to the inside."""
    part: ast.expr | None = expr
    while part is not None:
        yield part
        part = _same_text(part)


def _read(expr: ast.expr) -> tuple[ast.expr | None, str | None]:
    """Return whose attribute, entry or variable is read, and what it is called."""
    match expr:
        case ast.Name(id=name):
            return None, name
        case ast.Attribute(attr=name, value=held):
            return held, name
        case ast.Subscript(slice=ast.Constant(value=str(name)), value=held):
            return held, name
        case ast.Call(func=ast.Attribute(attr="get" | "pop", value=held), args=[ast.Constant(value=str(name)), *_]):
            return held, name
        case ast.Call(func=ast.Name(id="getattr"), args=[held, ast.Constant(value=str(name)), *_]):
            return held, name
    return None, None


def _same_text(expr: ast.expr) -> ast.expr | None:
    """Return what an expression is the text of: x in ``x.value``, ``x.lower()``, ``str(x)``, ``func.lower(x)``."""
    match expr:
        case ast.Attribute(attr="value" | "name", value=held):
            return held
        case ast.Call(func=ast.Attribute(attr=method, value=held), args=[]) if method in _SAME_TEXT:
            return held
        case ast.Call(func=ast.Name(id="str") | ast.Attribute(value=ast.Name(id="func")), args=[held]):
            return held
        case ast.NamedExpr(value=held) | ast.Await(value=held):
            return held
    return None


def among(expr: ast.expr, frame: Frame, owner: Owner) -> Iterator[Meeting]:
    """Yield the meetings with the elements of a collection: at each where it is written here, else at its name."""
    if isinstance(expr, ast.Tuple | ast.List | ast.Set):
        for element in expr.elts:
            if isinstance(element, ast.Starred):
                yield from _as_one(element.value, frame, owner)
            else:
                yield from at(element, frame, owner)
    else:
        yield from _as_one(expr, frame, owner)


def _as_one(expr: ast.expr, frame: Frame, owner: Owner) -> Iterator[Meeting]:
    found = frozenset(value for element in _elements(expr, frame) for value in values(element.value, element.frame))
    if found:
        yield Meeting(expr, found, owner.holders, body=owner.body)


def _elements(collection: ast.expr, frame: Frame) -> Iterator[Argument]:
    """Yield the elements of a collection: a display, a name for one, ``frozenset({...})``, one joined to another."""
    todo = [Argument(collection, frame)]
    seen: set[ast.expr] = set()
    while todo and len(seen) < MAX_ELEMENTS:
        expr, inner = todo.pop()
        if expr in seen:
            continue
        seen.add(expr)
        match expr:
            case ast.Tuple() | ast.List() | ast.Set():
                todo.extend(Argument(part.value, inner) for part in expr.elts if isinstance(part, ast.Starred))
                yield from (Argument(part, inner) for part in expr.elts if not isinstance(part, ast.Starred))
            case ast.Dict():
                yield from (Argument(key, inner) for key in expr.keys if key is not None)
            case ast.Call(args=[held]) if last_segment(expr.func) in {"frozenset", "set", "tuple", "list"}:
                todo.append(Argument(held, inner))
            case ast.BinOp(op=ast.BitOr() | ast.Add()):
                todo.extend((Argument(expr.right, inner), Argument(expr.left, inner)))
            case ast.Name() | ast.Attribute():
                for found in resolve(expr, inner).definitions:
                    if isinstance(found.node, ast.expr) and not isinstance(found.node, ast.Name | ast.Attribute):
                        todo.append(Argument(found.node, top(found.source)))
