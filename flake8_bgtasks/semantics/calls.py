"""Functions and calls: what a body holds, and how a call binds a function's parameters."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.semantics.frames import Argument, Entry, Frame, top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.scopes import parameters, scope_of
from flake8_bgtasks.source import Definition, FunctionNode, SourceFile, children


@memoized
def returns(source: SourceFile, node: ast.AST) -> tuple[ast.Return, ...]:
    """Return the function's own return statements, not those of functions inside it."""
    return tuple(statement for statement in own_nodes(node) if isinstance(statement, ast.Return))


@memoized
def nodes_of(source: SourceFile, root: ast.AST) -> tuple[ast.AST, ...]:
    """Return `own_nodes`, walked once for all who ask."""
    return tuple(own_nodes(root))


def is_stub(function: FunctionNode) -> bool:
    """Tell whether a function only says that it exists: its body is a docstring, ``pass``, ``...``, ``raise``."""
    return all(_says_nothing(statement) for statement in function.body)


def _says_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Raise() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Return(value=None | ast.Constant(value=None)):
            return True
    return False


def arguments(call: ast.Call) -> list[ast.expr]:
    """Return what a call passes, by position and by keyword, in the order of the source."""
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def own_nodes(root: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function's body in the order of the source, without those of functions and classes in it.

    The inner function or class itself is yielded, and so are lambdas with their bodies, which run as part of the
    expression they stand in more often than not.
    """
    body = getattr(root, "body", [])
    stack: list[ast.AST] = list(reversed(body)) if isinstance(body, list) else [body]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            stack.extend(reversed(node.decorator_list))
            continue
        stack.extend(reversed(children(node)))


def bind(
    found: Definition, call: ast.Call, frame: Frame, owner: Definition | None = None, skip_self: bool = False
) -> Frame:
    """Return the frame of `found` as this call enters it: its parameters bound to the arguments, or to their defaults."""
    node = found.node
    inner_default = Frame(found.source, node)
    bound: dict[str, tuple[Argument, ...]] = {}
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return inner_default
    named = list(parameters(node))
    positional = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    if skip_self:
        positional = positional[1:]
    starred = any(isinstance(argument, ast.Starred) for argument in call.args) or any(
        keyword.arg is None for keyword in call.keywords
    )
    for name, argument in zip(positional, call.args, strict=False):
        if isinstance(argument, ast.Starred):
            break
        bound[name] = (Argument(argument, frame),)
    for keyword in call.keywords:
        if keyword.arg is not None:
            bound[keyword.arg] = (Argument(keyword.value, frame),)
    if not starred:
        for parameter, default in named:
            if default is not None and parameter.arg not in bound:
                bound[parameter.arg] = (Argument(default, top(found.source)),)
    inside = isinstance(scope_of(found.source, node), ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    enclosing = frame if inside and frame.source is found.source else None
    return Frame(found.source, node, bound, enclosing, owner, Entry(frame, call))
