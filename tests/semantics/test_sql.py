"""What is read out of SQL in a string, and that no string takes long to read."""

import pytest

from flake8_bgtasks.semantics import sql


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the status = 'x'", id="a sentence"),
        pytest.param("updated at noon", id="a word that only starts so"),
        pytest.param("", id="nothing"),
        pytest.param("-- UPDATE jobs SET status = 'x'", id="a comment alone"),
        pytest.param("UPDATE " + "x" * sql.MAX_LENGTH, id="something too long to be written by hand"),
    ],
)
def test_no_sql(text: str) -> None:
    assert not sql.looks_like_sql(text)


@pytest.mark.parametrize(
    "start", ["UPDATE t", "\n  select 1", "-- why\nDELETE FROM t", "/* a\nb */ insert into t", "WITH a AS ("]
)
def test_sql(start: str) -> None:
    assert sql.looks_like_sql(start)


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("UPDATE orders SET a = 1", "orders"),
        ('update only "shop"."orders" set a = 1', "orders"),
        ("INSERT INTO `orders` (a) VALUES (1)", "orders"),
        ("SELECT a FROM [dbo].[orders] o", "orders"),
        ("DELETE FROM orders", "orders"),
        ("SELECT 1 /* FROM jobs */ FROM orders", "orders"),
        ("SELECT 1", None),
    ],
)
def test_table(text: str, table: str | None) -> None:
    assert sql.table(text) == table


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UPDATE t SET status = 'a'", {("status", "a")}),
        ("UPDATE t SET \"status\"='it''s', n=1 WHERE status = 'b'", {("status", "it's"), ("n", None)}),
        ("UPDATE t SET a = now(), status = :status", {("a", None), ("status", None)}),
        ("UPDATE t SET status = 'a' -- , status = 'b'\n, n = 'c'", {("status", "a"), ("n", "c")}),
        ("UPDATE t SET status = '-- a'", {("status", "-- a")}),
        ("INSERT INTO t (id, status) VALUES (1, 'a')", {("id", None), ("status", "a")}),
        (
            "INSERT INTO t (id, status) VALUES (now(), 'a, b'), (2, 'c')",
            {("id", None), ("status", "a, b"), ("status", "c")},
        ),
        (
            "INSERT INTO t (status) VALUES ('a') ON CONFLICT (id) DO UPDATE SET status = 'b'",
            {("status", "a"), ("status", "b")},
        ),
        ("INSERT INTO t (a, b) VALUES ('x')", set()),
        ("INSERT INTO t (a) SELECT 'x'", set()),
        ("SELECT status FROM t WHERE status = 'a'", set()),
    ],
)
def test_assignments(text: str, found: set[tuple[str, str | None]]) -> None:
    assert {(one.column, one.text) for one in sql.assignments(text)} == found


def test_null_is_told_from_what_is_unknown() -> None:
    assert [(one.column, one.is_null) for one in sql.assignments("UPDATE t SET a = NULL, b = c")] == [
        ("a", True),
        ("b", False),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SELECT 1 FROM t WHERE t.status = 'a' AND n <> 'b'", {("status", "a"), ("n", "b")}),
        ("SELECT 1 FROM t WHERE status NOT IN ('a', 'b''c')", {("status", "a"), ("status", "b'c")}),
        ('SELECT 1 FROM t WHERE "t"."status" is \'a\'', {("status", "a")}),
        ("SELECT 1 FROM t WHERE status = other", set()),
        ("SELECT 1 FROM t WHERE status IN (SELECT s FROM u)", set()),
        ("SELECT 1 FROM t -- WHERE status = 'a'", set()),
    ],
)
def test_comparisons(text: str, found: set[tuple[str, str | None]]) -> None:
    assert {(one.column, one.text) for one in sql.comparisons(text)} == found


HOSTILE = [
    "x",
    "x ",
    'x."`',
    "x='",
    "'",
    "(",
    "a=b(",
    "/*",
    "INSERT INTO t (",
    "insert into t (a) values (",
    "update t set ",
    "a in (",
    " ",
]


@pytest.mark.parametrize("part", HOSTILE)
@pytest.mark.parametrize("start", ["UPDATE t SET status = ", "SELECT 1 FROM t WHERE ", "INSERT INTO t (a) VALUES ("])
def test_every_string_comes_to_an_end(start: str, part: str) -> None:
    """A regex that tries all ways to part a string would not, at this length."""
    text = start + part * ((sql.MAX_LENGTH - len(start)) // len(part))
    assert sql.looks_like_sql(text)
    assert isinstance(sql.assignments(text), tuple)
    assert isinstance(sql.comparisons(text), tuple)
    assert isinstance(sql.table(text), str | None)
