"""How a function can end: which of its returns control can reach, and whether it can fall off its end."""

import ast
import sys
from collections.abc import Iterator, Sequence

from flake8_bgtasks.semantics.calls import own_nodes
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.source import FunctionNode

if sys.version_info >= (3, 11):
    TryStar = ast.TryStar
else:  # pragma: no cover  # an older Python runs only one of the two
    TryStar = ast.Try  # Python 3.10 has no ``except*``


def reachable_returns(function: FunctionNode) -> Iterator[ast.Return]:
    """Yield the function's own returns that no unconditional ending before them in the same block cuts off."""
    dead: set[ast.AST] = set()
    for node in (function, *own_nodes(function)):
        for block in _blocks(node):
            ended = _never_runs(node, block)
            for statement in block:
                if ended and statement not in dead:
                    dead.update(ast.walk(statement))
                ended = ended or (statement is not block[-1] and _ends(statement))
    for node in own_nodes(function):
        if isinstance(node, ast.Return) and node not in dead:
            yield node


def falls_off(function: FunctionNode) -> bool:
    """Tell whether control can reach the end of the body, and so return None without saying it."""
    return not _block_ends(function.body)


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
            yield block


def _never_runs(node: ast.AST, block: list[ast.stmt]) -> bool:
    """Tell whether a constant keeps control out of a block: ``if False:``."""
    match node:
        case ast.If(test=ast.Constant(value=value)):
            return block is (node.orelse if value else node.body)
        case ast.While(test=ast.Constant(value=value)):
            return not value and block is node.body
    return False


def _block_ends(block: Sequence[ast.stmt]) -> bool:
    return any(_ends(statement) for statement in block)


def _ends(statement: ast.stmt) -> bool:
    """Tell whether nothing after this statement in its block runs."""
    match statement:
        case ast.Return() | ast.Raise() | ast.Continue() | ast.Break():
            return True
        case ast.If():
            return _if_ends(statement)
        case ast.With() | ast.AsyncWith():
            return not any(_suppresses(item.context_expr) for item in statement.items) and _block_ends(statement.body)
        case ast.While(test=ast.Constant(value=value)) if value:
            return not any(_breaks(statement))
        case ast.Try() | TryStar():
            if _block_ends(statement.finalbody):
                return True
            normal = _block_ends(statement.body) or _block_ends(statement.orelse)
            return normal and all(_block_ends(handler.body) for handler in statement.handlers)
        case ast.Match(cases=cases):
            last = cases[-1].pattern
            complete = isinstance(last, ast.MatchAs) and last.pattern is None and cases[-1].guard is None
            return complete and all(_block_ends(case.body) for case in cases)
    return False


def _if_ends(statement: ast.If) -> bool:
    """Tell whether every branch ends; a long chain of ``elif`` is walked, not descended into."""
    while True:
        if isinstance(statement.test, ast.Constant) and statement.test.value:
            return _block_ends(statement.body)
        if not isinstance(statement.test, ast.Constant) and not _block_ends(statement.body):
            return False
        match statement.orelse:
            case [ast.If() as following]:
                statement = following
            case orelse:
                return _block_ends(orelse)


def _suppresses(context: ast.expr) -> bool:
    return isinstance(context, ast.Call) and last_segment(context.func) == "suppress"


def _breaks(loop: ast.While) -> Iterator[bool]:
    """Yield True for each ``break`` that leaves this very loop."""
    todo: list[ast.AST] = list(loop.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Break):
            yield True
        elif isinstance(node, ast.For | ast.AsyncFor | ast.While):
            todo.extend(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr):
            todo.extend(ast.iter_child_nodes(node))
