"""Enums that a call makes: ``JobStatus = Enum("JobStatus", {"RUNNING": "running"})``. Those written as classes are in `classes`."""

import ast
from typing import NamedTuple

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.classes import is_enum, is_string_enum
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.names import resolve
from flake8_bgtasks.source import Definition

_NAMED_AS_VALUE = "StrEnum"


class Member(NamedTuple):
    """One member of such an enum."""

    name: str
    value: ast.expr | None
    """None where the member is numbered."""
    written: ast.expr
    """Where the value stands, or the name that it is made of."""


def made_members(call: ast.expr, frame: Frame) -> tuple[Member, ...] | None:
    """Return the members of the enum that a call makes; None for other expressions, and where they are not all written."""
    match call:
        case ast.Call(args=[ast.Constant(value=str()), listed]) if (kind := _kind(call.func, frame)) is not None:
            names_are_values = kind == _NAMED_AS_VALUE
            return _listed(listed, frame, names_are_values)
    return None


def _kind(func: ast.expr, frame: Frame) -> str | None:
    """The name of the standard library's enum class that is called, itself or through a class of the project."""
    target = resolve(func, frame)
    for dotted in target.outside:
        if libraries.package(dotted) in libraries.ENUM_MODULES:
            return dotted.rpartition(".")[2]
    for found in target.classes:
        if is_enum(found):
            return _NAMED_AS_VALUE if is_string_enum(found) else "Enum"
    return None


def _listed(listed: ast.expr, frame: Frame, names_are_values: bool) -> tuple[Member, ...] | None:
    found: list[Member] = []
    match listed:
        case ast.Constant(value=str(names)):
            return tuple(_named(name, listed, names_are_values) for name in names.replace(",", " ").split())
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                match key:
                    case ast.Constant(value=str(name)):
                        found.append(Member(name, value, value))
                    case _:
                        return None
            return tuple(found)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            for element in elements:
                match element:
                    case ast.Constant(value=str(name)):
                        found.append(_named(name, element, names_are_values))
                    case ast.Tuple(elts=[ast.Constant(value=str(name)), value]):
                        found.append(Member(name, value, value))
                    case _:
                        return None
            return tuple(found)
        case ast.Name() | ast.Attribute():
            definitions = resolve(listed, frame).definitions
            if len(definitions) == 1 and isinstance(definitions[0].node, ast.Dict | ast.List | ast.Tuple):
                return _listed(definitions[0].node, top(definitions[0].source), names_are_values)
    return None


def _named(name: str, written: ast.expr, name_is_value: bool) -> Member:
    value = ast.copy_location(ast.Constant(name.lower()), written) if name_is_value else None
    return Member(name, value, written)


def made_enum(definitions: tuple[Definition, ...]) -> tuple[Definition, tuple[Member, ...]] | None:
    """Return the one enum that a call makes among definitions, with its members."""
    for found in definitions:
        if isinstance(found.node, ast.Call):
            members = made_members(found.node, top(found.source))
            if members is not None:
                return found, members
    return None
