"""What a meeting of values with a status is; where they are looked for is in `meetings`."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.semantics.frames import Argument, Frame
from flake8_bgtasks.semantics.values import arms, values


class Meeting(NamedTuple):
    """One place where values meet a status."""

    node: ast.AST
    """Where to point at: the expression, in the file that was asked about."""
    values: frozenset[object]
    holders: tuple[Argument, ...] = ()
    """What the status belongs to, as far as it is written: x in ``x.status``, the function in ``f(status=V)``."""
    rows: tuple[Argument, ...] = ()
    """What may be the row whose status it is: the other arguments of ``update_status(row, V)``."""
    body: ast.AST | None = None
    """The class, or the core table, that it is a part of the definition of."""
    table: str | None = None
    """The table, in SQL."""


class Owner(NamedTuple):
    """Whose status it is, as far as it is written; see `Meeting`."""

    holders: tuple[Argument, ...] = ()
    body: ast.AST | None = None


NOBODY = Owner()


def at(expr: ast.expr, frame: Frame, owner: Owner = NOBODY) -> Iterator[Meeting]:
    """Yield the meetings of an expression's values with a status of `owner`, one for each arm."""
    for arm in arms(expr):
        yield Meeting(arm, frozenset(values(arm, frame)), owner.holders, body=owner.body)
