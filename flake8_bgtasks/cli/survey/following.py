"""Following calls a little way: what a function runs, seen once each and not as far as the rules themselves follow."""

import ast
from collections import deque
from typing import NamedTuple

from flake8_bgtasks.semantics.calls import nodes_of
from flake8_bgtasks.semantics.following import called
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.objects import owner_of
from flake8_bgtasks.source import SourceFile


class Bounds(NamedTuple):
    """How many calls deep functions are followed, and how many of them: limits on steps."""

    depth: int
    frames: int


class Reached(NamedTuple):
    """A piece of code that a function runs, and how many calls away it is."""

    frame: Frame
    depth: int


def followed(source: SourceFile, function: ast.AST, bounds: Bounds) -> tuple[Reached, ...]:
    """Return a function and what it calls, the closest first, each function once."""
    first = Reached(Frame(source, function, owner=owner_of(source, function)), 0)
    found, known = [first], {function}
    todo: deque[Reached] = deque([first])
    while todo:
        frame, depth = todo.popleft()
        if depth == bounds.depth:
            continue
        for node in nodes_of(frame.source, frame.node):
            for following in called(node, frame) if isinstance(node, ast.Call) else ():
                if len(found) == bounds.frames:
                    return tuple(found)
                if following.node not in known:
                    known.add(following.node)
                    found.append(Reached(following, depth + 1))
                    todo.append(found[-1])
    return tuple(found)
