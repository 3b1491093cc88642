"""Where values flow into names: every spelling of "set x to V" that the contract knows (section 4).

A flow says into which name, from which expression, and in what surroundings; what the expression is worth is for
`values`, and whose name it is for `objects`.
"""

import ast
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from itertools import islice
from typing import NamedTuple

from flake8_bgtasks.semantics import libraries, sql
from flake8_bgtasks.semantics.calls import arguments, nodes_of
from flake8_bgtasks.semantics.dotted import last_segment, segments
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.scopes import parameters
from flake8_bgtasks.semantics.words import reads, words
from flake8_bgtasks.source import FUNCTIONS, SourceFile

MAX_NESTING = 100
"""How far around a value what takes it is looked for: a chain of a thousand calls is not climbed from each of them."""


class FlowKind(Enum):
    """How a value flows into a name."""

    STORE = auto()
    """``x.status = V``, ``setattr(x, "status", V)``, ``jobs[id]["status"] = V``; the holder is x."""
    VARIABLE = auto()
    """``status = V``."""
    KEYWORD = auto()
    """``f(status=V)``; the holder is f."""
    ENTRY = auto()
    """``{"status": V}``, ``{Job.status: V}``; the holder is Job, or the call that the dict is passed to."""
    DEFAULT = auto()
    """``def f(status=V)``."""
    SQL = auto()
    """``UPDATE jobs SET status = 'running'``."""
    NAMED_CALL = auto()
    """``repo.update_status(id, V)``: a call whose name contains the name; the holder is the function called."""
    PAIRED = auto()
    """``redis.hset(key, "status", V)``: the name as a string, followed by the value."""


class Flow(NamedTuple):
    """One value that flows into one name."""

    kind: FlowKind
    name: str
    """The name that is written; for a named call the whole name of what is called."""
    value: ast.expr | None
    """The expression; None where something is added to what was there before, which is a write all the same."""
    node: ast.AST
    """Where to point at."""
    holder: ast.expr | None = None
    sql: "sql.Assignment | None" = None


class OpenFlow(NamedTuple):
    """A write to names that cannot be known: ``setattr(job, key, value)``, ``Job(**data)``."""

    node: ast.AST


@memoized
def flows(source: SourceFile, root: ast.AST, stem: str = "") -> tuple[Flow, ...]:
    """Return the flows in a function's own body and signature; of a module, in all of it.

    Only those into names that contain `stem`, case ignored.
    """
    return tuple(flow for flow in _flows(source, root) if stem in flow.name.lower())


def _flows(source: SourceFile, root: ast.AST) -> Iterator[Flow]:
    if isinstance(root, FUNCTIONS):
        yield from _defaults(root)
    nodes: Iterable[ast.AST] = _all_nodes(source) if isinstance(root, ast.Module) else nodes_of(source, root)
    for node in nodes:
        yield from _flows_at(source, node)
        if isinstance(root, ast.Module) and isinstance(node, (*FUNCTIONS, ast.Lambda)):
            yield from _defaults(node)


def _all_nodes(source: SourceFile) -> Iterator[ast.AST]:
    return source.nodes(
        ast.Assign,
        ast.AnnAssign,
        ast.AugAssign,
        ast.NamedExpr,
        ast.Call,
        ast.Dict,
        ast.Constant,
        ast.Lambda,
        *FUNCTIONS,
    )


def open_flows(source: SourceFile, root: ast.AST) -> Iterator[OpenFlow]:
    """Yield the writes in a function's own body whose names only the run time knows."""
    for node in nodes_of(source, root):
        match node:
            case ast.Call(func=ast.Name(id="setattr"), args=[_, key, _]) if not isinstance(key, ast.Constant):
                yield OpenFlow(node)
            case ast.Call(keywords=keywords) if any(_is_open(keyword) for keyword in keywords):
                yield OpenFlow(node)
            case ast.Assign(targets=targets) if any(map(_is_open_item, targets)):
                yield OpenFlow(node)


def _is_open_item(target: ast.expr) -> bool:
    return isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Name)


def _is_open(keyword: ast.keyword) -> bool:
    return keyword.arg is None and not isinstance(keyword.value, ast.Dict)


def _defaults(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Iterator[Flow]:
    for argument, default in parameters(function):
        if default is not None:
            yield Flow(FlowKind.DEFAULT, argument.arg, default, default)


def _flows_at(source: SourceFile, node: ast.AST) -> Iterator[Flow]:
    match node:
        case ast.Assign():
            for target in node.targets:
                yield from _assigned(target, node.value)
        case ast.AnnAssign(value=ast.expr() as value):
            yield from _assigned(node.target, value)
        case ast.AugAssign():
            yield from (flow._replace(value=None) for flow in _assigned(node.target, node.value))
        case ast.NamedExpr():
            yield Flow(FlowKind.VARIABLE, node.target.id, node.value, node.value)
        case ast.Call():
            yield from _passed(node)
        case ast.Dict():
            yield from _entries(source, node)
        case ast.Constant(value=str(text)):
            if sql.looks_like_sql(text) and not isinstance(source.parent(node), ast.Expr | ast.JoinedStr):
                for assignment in sql.assignments(text):
                    yield Flow(FlowKind.SQL, assignment.column, None, node, sql=assignment)


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[Flow]:
    match target:
        case ast.Attribute():
            yield Flow(FlowKind.STORE, target.attr, value, value, target.value)
        case ast.Name():
            yield Flow(FlowKind.VARIABLE, target.id, value, value)
        case ast.Subscript(slice=ast.Constant(value=str(key))):
            yield Flow(FlowKind.STORE, key, value, value, target.value)
        case ast.Subscript(slice=ast.Attribute(attr=key)):
            yield Flow(FlowKind.STORE, key, value, value, target.value)
        case ast.Tuple() | ast.List():
            if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
                for part, part_value in zip(target.elts, value.elts, strict=True):
                    yield from _assigned(part, part_value)
            else:
                for part in target.elts:
                    for flow in _assigned(part, value):
                        yield flow._replace(value=None)
        case ast.Starred():
            for flow in _assigned(target.value, value):
                yield flow._replace(value=None)


def _passed(call: ast.Call) -> Iterator[Flow]:
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield Flow(FlowKind.KEYWORD, keyword.arg, keyword.value, keyword.value, call.func)
    match call:
        case ast.Call(func=ast.Name(id="setattr"), args=[holder, ast.Constant(value=str(name)), value]):
            yield Flow(FlowKind.STORE, name, value, value, holder)
            return
    for name_argument, value in zip(call.args, call.args[1:], strict=False):
        if isinstance(name_argument, ast.Constant) and isinstance(name_argument.value, str):
            if name_argument.value.isidentifier():
                yield Flow(FlowKind.PAIRED, name_argument.value, value, value, call.func)
    called = last_segment(call.func)
    if called is not None:
        for value in arguments(call):
            yield Flow(FlowKind.NAMED_CALL, called, value, value, call.func)


def _entries(source: SourceFile, display: ast.Dict) -> Iterator[Flow]:
    call = next(enclosing_calls(source, display), None)
    for key, value in zip(display.keys, display.values, strict=True):
        match key:
            case ast.Constant(value=str(name)):
                yield Flow(FlowKind.ENTRY, name, value, value, call.func if call else None)
            case ast.Attribute():
                yield Flow(FlowKind.ENTRY, key.attr, value, value, key.value)


def enclosing_calls(source: SourceFile, node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that `node` is passed to, directly or inside displays, from the innermost to the outermost."""
    child = node
    for ancestor in islice(source.ancestors(node), MAX_NESTING):
        match ancestor:
            case ast.Call():
                if child is not ancestor.func:
                    yield ancestor
            case ast.stmt() | ast.Lambda():
                return
        child = ancestor


def is_filter(call: ast.Call) -> bool:
    """Tell whether a call selects by what it is passed: ``filter_by(status=V)``, ``crud.get_multi(status=V)``."""
    name = last_segment(call.func)
    if name is None:
        return False
    return name in libraries.FILTERS or (reads(name) and (isinstance(call.func, ast.Attribute) or "_" in name))


def is_lookup(source: SourceFile, node: ast.AST) -> bool:
    """Tell whether `node` is what a document is looked up by: the first argument of ``update_one(filter, changes)``."""
    child = node
    for ancestor in islice(source.ancestors(node), MAX_NESTING):
        match ancestor:
            case ast.Call(args=[first, *_]) if first is child:
                if last_segment(ancestor.func) in libraries.LOOKUPS:
                    return True
            case ast.stmt() | ast.Lambda():
                return False
        child = ancestor
    return False


def is_log(call: ast.Call) -> bool:
    """Tell whether a call writes to a log, a metric or a trace."""
    names = segments(call.func)
    if not names:
        return False
    if names[-1] in libraries.METRIC_METHODS or names == ("print",):
        return True
    if any(not libraries.METRICS.isdisjoint(words(name)) for name in names[:-1]):
        return True
    in_logger = any(
        name.lower() in libraries.LOGGERS or name.lower().endswith(("logger", "_log")) for name in names[:-1]
    )
    return in_logger and names[-1] in libraries.LOG_METHODS | {"log", "bind", "msg"} or names[-1] in {"capture_message"}


def is_http_payload(source: SourceFile, node: ast.AST) -> bool:
    """Tell whether `node` is passed to an HTTP client's method as ``json=``, ``data=``, ``params=`` and the like."""
    for ancestor in islice(source.ancestors(node), MAX_NESTING):
        match ancestor:
            case ast.keyword(arg=str(name)) if name in libraries.HTTP_PAYLOADS:
                call = source.parent(ancestor)
                if isinstance(call, ast.Call) and last_segment(call.func) in libraries.HTTP_METHODS:
                    return True
            case ast.stmt() | ast.Lambda():
                return False
    return False


def is_event(call: ast.Call) -> bool:
    """Tell whether a call makes or sends an event, a message or a notification, by its name."""
    name = last_segment(call.func)
    if name is None:
        return False
    parts = words(name)
    return bool(parts) and (
        parts[-1] in libraries.EVENT_WORDS or parts[0] in {"publish", "emit", "notify", "broadcast", "send"}
    )
