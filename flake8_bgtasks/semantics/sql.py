"""The little of SQL that a string in Python code is read for: which columns a statement sets or compares, to what."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

_COMMENT = re.compile(r"('(?:[^']|'')*')|--[^\n]*|/\*.*?\*/", re.DOTALL)
_STATEMENT = re.compile(r"\s*(?:update|insert|select|delete|with|merge|alter|create)\b", re.IGNORECASE)
_TABLE = re.compile(r"\b(?:update|into|from)\s+(?:only\s+)?([\w.\"`\[\]]+)", re.IGNORECASE)
_SET = re.compile(r"(?<![\w\"`])([\w\"`]+)\s*=\s*('(?:[^']|'')*'|[^,;\s]+(?:\([^)]*\))?)")
_SET_CLAUSE = re.compile(r"\bset\b(.*?)(?:\bwhere\b|\breturning\b|\bfrom\b|;|$)", re.IGNORECASE | re.DOTALL)
_INSERT = re.compile(r"\binsert\s+into\s+[\w.\"`\[\]]+\s*\(([^()]*)\)\s*values\s*(?=\()", re.IGNORECASE)
_PIECE = re.compile(r"'(?:[^']|'')*'|[(),]|[^'(),]+|'")
_COMPARED = re.compile(r"(?<![\w.\"`])([\w.\"`]+)\s*(?:=|!=|<>|\bis\b|\blike\b)\s*('(?:[^']|'')*')", re.IGNORECASE)
_AMONG = re.compile(r"(?<![\w.\"`])([\w.\"`]+)\s+(?:not\s+)?in\s*\(([^()]*)\)", re.IGNORECASE)
_TEXT = re.compile(r"'((?:[^']|'')*)'")
MAX_LENGTH = 20_000
"""Longer strings are data, not statements that somebody wrote."""
MAX_INSERTS = 50


class Assignment(NamedTuple):
    """A column that a statement sets, with the text it is set to; None where that is no literal, "" for NULL."""

    column: str
    text: str | None
    is_null: bool = False


def looks_like_sql(text: str) -> bool:
    """Tell whether a string starts as an SQL statement does, but for comments."""
    return len(text) <= MAX_LENGTH and _STATEMENT.match(_code(text)) is not None


def _code(text: str) -> str:
    """Leave out the comments of a statement.

    >>> _code("SELECT '--' -- all")
    "SELECT '--'  "
    """
    return _COMMENT.sub(lambda found: found[1] or " ", text) if "--" in text or "/*" in text else text


def table(text: str) -> str | None:
    """Return the table that a statement names first, without schema and quotes.

    >>> table("UPDATE shop.orders SET status = 'paid'")
    'orders'
    """
    found = _TABLE.search(_code(text))
    return _bare(found.group(1)) if found else None


def assignments(text: str) -> tuple[Assignment, ...]:
    """Return what an UPDATE or INSERT sets.

    >>> assignments("UPDATE jobs SET status = 'running', started_at = now() WHERE id = 1")
    (Assignment(column='status', text='running', is_null=False), Assignment(column='started_at', text=None, is_null=False))
    """
    text = _code(text)
    found: list[Assignment] = []
    for clause in _SET_CLAUSE.finditer(text):
        found.extend(_assignment(column, value) for column, value in _SET.findall(clause.group(1)))
    for insert in islice(_INSERT.finditer(text), MAX_INSERTS):
        columns = [_bare(column) for column in insert.group(1).split(",")]
        for row in _rows(text[insert.end() :]):
            if len(row) == len(columns):
                found.extend(_assignment(column, value) for column, value in zip(columns, row, strict=True))
    return tuple(found)


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the rows that follow ``VALUES``.

    >>> list(_rows("(1, 'a, b'), (now(), ('c')) RETURNING id"))
    [['1', "'a, b'"], ['now()', "('c')"]]
    """
    depth, row = 0, [""]
    for piece in _PIECE.findall(text):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth -= 1
        if depth == 0 and piece == ")":
            yield [value.strip() for value in row]
            row = [""]
        elif depth == 0 and piece != "," and piece.strip():
            return
        elif depth == 1 and piece == ",":
            row.append("")
        elif depth > 1 or (depth == 1 and piece != "("):
            row[-1] += piece


def comparisons(text: str) -> tuple[Assignment, ...]:
    """Return the columns that a statement compares with a text literal, or looks for among several."""
    text = _code(text)
    found = [Assignment(_bare(column), _unquoted(value)) for column, value in _COMPARED.findall(text)]
    for column, among in _AMONG.findall(text):
        found.extend(Assignment(_bare(column), value.replace("''", "'")) for value in _TEXT.findall(among))
    return tuple(found)


def _assignment(column: str, value: str) -> Assignment:
    if value.startswith("'"):
        return Assignment(_bare(column), _unquoted(value))
    return Assignment(_bare(column), None, value.strip().lower() == "null")


def _unquoted(value: str) -> str:
    return value[1:-1].replace("''", "'")


def _bare(name: str) -> str:
    return name.strip().rpartition(".")[2].strip('"`[] ')
