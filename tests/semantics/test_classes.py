"""What sort of class a class is."""

import ast
from textwrap import dedent

import pytest

from flake8_bgtasks.semantics.classes import (
    classes,
    is_abstract,
    is_declarative_base,
    is_enum,
    is_mapped,
    is_mixin_name,
    is_schema,
    is_string_enum,
)
from flake8_bgtasks.source import Definition, SourceFile

HEAD = """
import enum
from enum import Enum, IntEnum, StrEnum
from pydantic import BaseModel
from sqlalchemy import Column, Integer
from sqlalchemy.orm import DeclarativeBase, DeclarativeBase as Root, Mapped, MappedAsDataclass, declarative_base, declared_attr
from sqlmodel import SQLModel
from company.orm import Anything, OurEnum, SomeMixin

class Base(DeclarativeBase):
    pass
"""


def last_class(code: str) -> Definition:
    text = HEAD + dedent(code)
    source = SourceFile("a.py", text.splitlines(keepends=True), ast.parse(text))
    return max(classes(source), key=lambda found: source.place(found.node))


MAPPED = {
    "derived from the base": "class A(Base): pass",
    "derived from a derived class": "class B(Base): __tablename__ = 'b'\nclass A(B): pass",
    "derived from an abstract class": "class B(Base): __abstract__ = True\nclass A(B): pass",
    "derived from a base under another name": "class B(Root): pass\nclass A(B): pass",
    "derived from a base of dataclasses": "class B(MappedAsDataclass, DeclarativeBase): pass\nclass A(B): pass",
    "derived from a made base": "B = declarative_base()\nclass A(B): pass",
    "with a table's name": "class A(Anything): __tablename__ = 'a'",
    "with a table's name, annotated": "class A(Anything): __tablename__: str = 'a'",
    "with a table": "class A: __table__ = t",
    "with a column, on a base elsewhere": "class A(Anything): id = Column(Integer)",
    "with a Mapped, on a base elsewhere": "class A(Anything): id: Mapped[int]",
    "a SQLModel table": "class A(SQLModel, table=True): id: int",
    "a table on a base elsewhere": "class A(Anything, table=True): id: int",
    "called a mixin, and derived from the base": "class AMixin(Base): __tablename__ = 'a'",
}
NOT_MAPPED = {
    "a plain class": "class A: pass",
    "the base": "class A(DeclarativeBase): id = Column(Integer)",
    "the base, under another name": "class A(Root): __tablename__ = 'a'",
    "abstract": "class A(Base): __abstract__ = True",
    "a mixin": "class A: id = Column(Integer)",
    "a mixin by name": "class AMixin(Anything): id = Column(Integer)",
    "a mixin by name, with a table's name": "class AMixin(Anything): __tablename__ = 'a'",
    "a mixin of mixins": "class Aware(SomeMixin): id = Column(Integer)\nclass AMixin(Aware, SomeMixin): pass",
    "a schema": "class A(BaseModel): id: int",
    "a schema of a schema": "class B(BaseModel): pass\nclass A(B): __tablename__ = 'a'",
    "a SQLModel": "class A(SQLModel): id: int",
    "a SQLModel that says no": "class A(SQLModel, table=False): id: int",
    "derived from a SQLModel table": "class B(SQLModel, table=True): id: int\nclass A(B): pass",
    "an enum": "class A(Enum): __tablename__ = 'a'",
    "a class on a base elsewhere without a column": "class A(Anything): x = 1",
}


@pytest.mark.parametrize("code", MAPPED.values(), ids=MAPPED.keys())
def test_mapped(code: str) -> None:
    assert is_mapped(last_class(code))


@pytest.mark.parametrize("code", NOT_MAPPED.values(), ids=NOT_MAPPED.keys())
def test_not_mapped(code: str) -> None:
    assert not is_mapped(last_class(code))


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("class A(DeclarativeBase): pass", True),
        ("class A(MappedAsDataclass, Root): pass", True),
        ("class A(metaclass=DeclarativeMeta): pass", True),
        ("class A(metaclass=ABCMeta): pass", False),
        ("@as_declarative()\nclass A: pass", True),
        ("@registry.as_declarative_base\nclass A: pass", True),
        ("@registry.mapped\nclass A: pass", False),
        ("class A(Base): pass", False),
        ("class A(SQLModel): pass", False),
        ("class A(declarative_base()): pass", False),
    ],
)
def test_declarative_base(code: str, wanted: bool) -> None:
    assert is_declarative_base(last_class(code)) is wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("__abstract__ = True", True),
        ("__abstract__: bool = True", True),
        ("__abstract__ = False", False),
        ("__abstract__: bool", False),
        ("abstract = True", False),
        ("'__abstract__ = True'", False),
    ],
)
def test_abstract(body: str, wanted: bool) -> None:
    assert is_abstract(last_class(f"class A(Base): {body}")) is wanted


def test_being_abstract_is_not_inherited() -> None:
    assert not is_abstract(last_class("class B(Base): __abstract__ = True\nclass A(B): pass"))


@pytest.mark.parametrize(
    ("bases", "enumeration", "of_strings"),
    [
        ("Enum", True, False),
        ("enum.IntEnum", True, False),
        ("str, Enum", True, False),
        ("Enum, str", True, False),
        ("StrEnum", True, True),
        ("enum.StrEnum", True, True),
        ("OurEnum", True, False),
        ("enum.Flag", True, False),
        ("Anything", False, False),
        ("", False, False),
    ],
)
def test_enum(bases: str, enumeration: bool, of_strings: bool) -> None:
    found = last_class(f"class A({bases}): X = 1")
    assert (is_enum(found), is_string_enum(found)) == (enumeration, of_strings)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("class A(BaseModel): pass", True),
        ("class B(BaseModel): pass\nclass A(B): pass", True),
        ("class A(SQLModel): pass", True),
        ("class A(SQLModel, table=True): pass", False),
        ("class A(Base): pass", False),
        ("class A: pass", False),
    ],
)
def test_schema(code: str, wanted: bool) -> None:
    assert is_schema(last_class(code)) is wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("AMixin", True), ("AMixIn", True), ("JobMix", True), ("Mixin_", True), ("MixinJob", False), ("Remix", False)],
)
def test_mixin_name(name: str, wanted: bool) -> None:
    assert is_mixin_name(name) is wanted
