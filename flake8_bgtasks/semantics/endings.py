"""How a function can end: which of its returns control can reach, and whether it can fall off its end."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.semantics.calls import own_nodes
from flake8_bgtasks.source import FunctionNode


def reachable_returns(function: FunctionNode) -> Iterator[ast.Return]:
    """Yield the function's own returns that no unconditional ending before them in the same block cuts off."""
    dead: set[ast.AST] = set()
    for node in (function, *own_nodes(function)):
        for block in _blocks(node):
            ended = False
            for statement in block:
                if ended or statement in dead:
                    dead.add(statement)
                    dead.update(ast.walk(statement))
                ended = ended or _ends(statement)
    for node in own_nodes(function):
        if isinstance(node, ast.Return) and node not in dead:
            yield node


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
            yield block


def _ends(statement: ast.stmt) -> bool:
    """Tell whether nothing after this statement in its block runs."""
    match statement:
        case ast.Return() | ast.Raise() | ast.Continue() | ast.Break():
            return True
        case ast.If(body=body, orelse=orelse) if orelse:
            return _ends(body[-1]) and _ends(orelse[-1])
        case ast.With(body=body) | ast.AsyncWith(body=body):
            return _ends(body[-1])
        case ast.While(test=ast.Constant(value=value)) if value:
            return not any(isinstance(node, ast.Break) for node in ast.walk(statement))
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=finalbody):
            if finalbody and _ends(finalbody[-1]):
                return True
            normal = _ends((orelse or body)[-1]) or _ends(body[-1])
            return normal and all(_ends(handler.body[-1]) for handler in handlers)
        case ast.Match(cases=cases):
            last = cases[-1].pattern
            complete = isinstance(last, ast.MatchAs) and last.pattern is None and cases[-1].guard is None
            return complete and all(_ends(case.body[-1]) for case in cases)
    return False


def falls_off(function: FunctionNode) -> bool:
    """Tell whether control can reach the end of the body, and so return None without saying it."""
    return not any(_ends(statement) for statement in function.body)
