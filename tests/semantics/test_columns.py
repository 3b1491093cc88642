"""Which attributes of a class are columns, which are not, and which only the run time knows."""

import ast
from textwrap import dedent

import pytest

from flake8_bgtasks.semantics.classes import classes
from flake8_bgtasks.semantics.columns import Column, columns, has_unknown_base, is_table, table_columns
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.source import Definition, SourceFile

HEAD = """
from abc import ABC
from typing import Generic
import sqlalchemy as sa
from sqlalchemy import Column, Integer, String, Table, types
from sqlalchemy.ext.asyncio import AsyncAttrs
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, declared_attr, declared_attr as da, mapped_column, relationship
from sqlmodel import Field, Relationship, SQLModel
from company.columns import money, registry
from company.orm import Record

class Base(DeclarativeBase):
    pass
"""


def last_class(code: str) -> Definition:
    text = HEAD + dedent(code)
    source = SourceFile("app/a.py", text.splitlines(keepends=True), ast.parse(text))
    return [found for found in classes(source) if isinstance(source.parent(found.node), ast.Module)][-1]


def test_every_attribute_gets_its_answer() -> None:
    found = columns(
        last_class(
            """
            class A(Base):
                __tablename__ = "a"
                id = Column(Integer)
                name: Mapped[str]
                price = money()
                kind: Mapped[str] = money()
                size = types.Integer()
                owner = relationship("Owner")
                label = "x"
                def method(self): ...
                @da.directive
                def made(cls): return Column(Integer)
                @declared_attr
                def maybe(cls): return money()
                @declared_attr
                def surely(cls) -> Mapped[str]: return money()
                class Inner: ...
                async def later(self): ...
                first, second = 1, 2
                for third in range(3): ...
                import os
            """
        )
    )
    yes, no, unknown = Column.YES, Column.NO, Column.UNKNOWN
    assert found == {
        "__tablename__": no, "id": yes, "name": yes, "price": unknown, "kind": yes, "size": no, "owner": no, "label": no,
        "method": no, "made": yes, "maybe": unknown, "surely": yes, "Inner": no, "later": no, "first": no, "second": no,
        "third": no, "os": no,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        pytest.param("class B: x = Column(Integer)\nclass A(B, Base): pass", Column.YES, id="inherited"),
        pytest.param("class B: x = Column(Integer)\nclass A(B, Base): x = 1", Column.NO, id="replaced"),
        pytest.param("class B: x = 1\nclass A(B, Base): x = Column(Integer)", Column.YES, id="replaced by a column"),
        pytest.param("class B: x = 1\nclass C: x = Column(Integer)\nclass A(B, C): pass", Column.NO, id="first base"),
        pytest.param(
            "class T: x = 1\nclass B(T): pass\nclass C(T): x = Column(Integer)\nclass A(B, C): pass",
            Column.YES,
            id="a diamond",
        ),
        pytest.param("class A(Base):\n    x = 1\n    x = Column(Integer)", Column.YES, id="the last of two"),
        pytest.param("class A(Base):\n    x = Column(Integer)\n    x = 1", Column.NO, id="the last of two, no column"),
        pytest.param("class A(Base): pass\nA.x = Column(Integer)", Column.YES, id="added later"),
        pytest.param("class B(Base): pass\nB.x = Column(Integer)\nclass A(B): pass", Column.YES, id="added to a base"),
        pytest.param("class A(Base): pass\ndef f():\n    A.x = Column(Integer)", None, id="added in a function"),
        pytest.param("class A(Base): pass\nB.x = Column(Integer)", None, id="added to something else"),
        pytest.param("c = Column(Integer)\nclass A(Base): x = c", Column.YES, id="a column by name"),
        pytest.param("class C: pass\nclass A(Base): pass\nC.x = Column(Integer)", None, id="added to another class"),
        pytest.param("class A(Base): x = registry.column", Column.UNKNOWN, id="something elsewhere by name"),
        pytest.param("class A(Base): x = registry.column()", Column.UNKNOWN, id="something made elsewhere"),
    ],
)
def test_the_nearest_definition_wins(code: str, wanted: Column | None) -> None:
    assert columns(last_class(code)).get("x") is wanted


@pytest.mark.parametrize(
    ("bases", "wanted"),
    [
        ("Base", False),
        ("ABC, Generic[T], AsyncAttrs, Base", False),
        ("declarative_base()", False),
        ("registry().generate_base()", False),
        ("SQLModel", False),
        ("Record", True),
        ("Base, Record", True),
        ("make_base()", True),
        ("", False),
    ],
)
def test_unknown_base(bases: str, wanted: bool) -> None:
    assert has_unknown_base(last_class(f"class A({bases}): pass")) is wanted


@pytest.mark.parametrize(
    ("expr", "names"),
    [
        ("Table('t', m, Column('a', Integer), sa.Column('b', String))", ["a", "b"]),
        ("Table('t', m, Column('a', Integer, key='k'), Column(name='n', type_=Integer))", ["k", "n"]),
        ("Table('t', m, Column(NAME, Integer), *more, Index('a', 'b'))", []),
        ("Table('t', m, autoload_with=engine)", []),
        ("table", []),
    ],
)
def test_columns_of_a_core_table(expr: str, names: list[str]) -> None:
    text = f"{HEAD}\nt = {expr}"
    source = SourceFile("a.py", text.splitlines(keepends=True), ast.parse(text))
    statement = source.tree.body[-1]
    assert isinstance(statement, ast.Assign)
    assert list(table_columns(statement.value, top(source))) == names
    assert is_table(statement.value, top(source)) is expr.startswith("Table")


def test_helpers_that_call_each_other_end() -> None:
    many = "\n".join(f"    if {number}: return f{number % 7}()" for number in range(40))
    code = "\n".join(f"def f{number}():\n{many}" for number in range(7))
    assert columns(last_class(f"{code}\nclass A(Base): x = f0()"))["x"] is Column.UNKNOWN


def test_a_chain_of_helpers_is_followed_a_few_calls() -> None:
    chain = (
        "\n".join(f"def f{number}(): return f{number + 1}()" for number in range(300))
        + "\ndef f300(): return Column(Integer)"
    )
    assert columns(last_class(f"{chain}\nclass A(Base): x = f298()"))["x"] is Column.YES
    assert columns(last_class(f"{chain}\nclass A(Base): x = f0()"))["x"] is Column.UNKNOWN
