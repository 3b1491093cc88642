"""Dotted names as they are written; what they stand for is for `names`."""

import ast


def written(expr: ast.expr) -> str | None:
    """Return a dotted name as it is written, or None for anything else.

    >>> written(ast.parse("a.b.c", mode="eval").body)
    'a.b.c'
    """
    parts: list[str] = []
    while isinstance(expr, ast.Attribute):
        parts.append(expr.attr)
        expr = expr.value
    if not isinstance(expr, ast.Name):
        return None
    return ".".join(reversed([*parts, expr.id]))


def first_name(expr: ast.expr) -> ast.Name | None:
    """Return the name that a dotted name starts with, ``job`` for ``job.status``; None for anything else."""
    while isinstance(expr, ast.Attribute):
        expr = expr.value
    return expr if isinstance(expr, ast.Name) else None


def last_segment(expr: ast.expr) -> str | None:
    """Return the last name of a possibly dotted name: ``commit`` for ``self.db.commit`` and for ``f().commit``."""
    match expr:
        case ast.Attribute():
            return expr.attr
        case ast.Name():
            return expr.id
    return None


def segments(expr: ast.expr) -> tuple[str, ...]:
    """Return all names of a chain of attributes and calls, outermost first: ``f(x).commit`` gives f and commit."""
    names: list[str] = []
    while True:
        match expr:
            case ast.Attribute():
                names.append(expr.attr)
                expr = expr.value
            case ast.Call():
                expr = expr.func
            case ast.Subscript() | ast.Await():
                expr = expr.value
            case ast.Name():
                names.append(expr.id)
                break
            case _:
                break
    return tuple(reversed(names))
