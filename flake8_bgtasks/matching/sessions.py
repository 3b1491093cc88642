"""Matchers for where a task has its database session from."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.evidence import ABSENT, Evidence
from flake8_bgtasks.matching.base import Unit, present
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import arguments, nodes_of, returns
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.names import lineage, resolve
from flake8_bgtasks.semantics.objects import about, about_annotation, callee
from flake8_bgtasks.semantics.scopes import bindings_of, parameters
from flake8_bgtasks.source import FUNCTIONS, Definition

MAX_DEPTH = 4


class OpensSession(NamedTuple):
    """A session is opened: the factory `name` is called, or another object that provably is a session factory."""

    name: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"never opens a session of its own with {self.name}()"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        for frame in unit.frames:
            for node in nodes_of(frame.source, frame.node):
                if isinstance(node, ast.Call) and self._opens(node, frame):
                    return present(frame, node)
        return ABSENT

    def _opens(self, call: ast.Call, frame: Frame) -> bool:
        func = call.func
        if self._has_name(func, frame):
            return True
        if isinstance(func, ast.Attribute) and func.attr in {"begin", "begin_nested"}:
            if self._has_name(func.value, frame) or is_session_factory(func.value, frame):
                return True
        return is_session_factory(func, frame) or _is_session_of_engine(call, frame)

    def _has_name(self, func: ast.expr, frame: Frame) -> bool:
        if last_segment(func) == self.name.rpartition(".")[2]:
            return True
        return any(origin.rpartition(".")[2] == self.name for origin in resolve(func, frame).outside)

    def stands_in(self, unit: Unit) -> bool:
        """See `Matcher`."""
        return self.name in unit.identifiers


def _is_session_of_engine(call: ast.Call, frame: Frame) -> bool:
    """Tell whether a call is ``Session(engine)`` or ``AsyncSession(engine)`` of SQLAlchemy, SQLModel or derived."""
    return bool(call.args or call.keywords) and _is_session_class_of_library(call.func, frame)


def _is_session_class_of_library(expr: ast.expr, frame: Frame) -> bool:
    """Tell whether an expression is the `Session` or `AsyncSession` of SQLAlchemy or SQLModel, or derived from it."""
    target = resolve(expr, frame)
    return any(is_session_class(found) for found in target.classes) or any(
        libraries.package(origin) in libraries.DATABASE_PACKAGES
        and origin.rpartition(".")[2] in libraries.SESSIONS - libraries.SESSION_FACTORIES
        for origin in target.outside
    )


def is_session_factory(expr: ast.expr, frame: Frame, depth: int = 0) -> bool:
    """Tell whether an expression provably is a `sessionmaker`, `async_sessionmaker` or `scoped_session` object."""
    if depth > MAX_DEPTH:
        return False
    if isinstance(expr, ast.Call):
        if _names(expr.func, frame) & libraries.SESSION_FACTORIES:
            return True
        return any(_gives_factory(found, depth) for found in callee(expr.func, frame).functions)
    if not isinstance(expr, ast.Name | ast.Attribute):
        return False
    if _names(expr, frame) & libraries.SESSION_FACTORIES:
        return False  # the class itself, whose call gives a factory
    for found in resolve(expr, frame).definitions:
        if isinstance(found.node, ast.Call) and is_session_factory(found.node, top(found.source), depth + 1):
            return True
    return about(expr, frame).outside.rpartition(".")[2] in libraries.SESSION_FACTORIES


def _gives_factory(function: Definition, depth: int) -> bool:
    node, inner = function.node, Frame(function.source, function.node)
    if isinstance(node, FUNCTIONS) and node.returns is not None:
        known = about_annotation(node.returns, top(function.source))
        return known.outside.rpartition(".")[2] in libraries.SESSION_FACTORIES
    given = (part.value for part in returns(function.source, node))
    return any(value is not None and is_session_factory(value, inner, depth + 1) for value in given)


def _names(func: ast.expr, frame: Frame) -> set[str]:
    head = func.value if isinstance(func, ast.Subscript) else func
    return {origin.rpartition(".")[2] for origin in resolve(head, frame).outside}


def session_parameters(frame: Frame) -> Iterator[ast.arg]:
    """Yield the parameters of a task function that take a request's database session.

    Annotated as a session of SQLAlchemy or SQLModel, or by a name `Session` that cannot be resolved; or defaulting to
    ``Depends(f)`` where f gives one. A parameter that a decorator of the project supplies is not one.
    """
    function = frame.node
    assert isinstance(function, FUNCTIONS)
    supplied = set(_supplied(frame))
    rest = [(argument, None) for argument in (function.args.vararg, function.args.kwarg) if argument is not None]
    for argument, default in (*parameters(function), *rest):
        if argument.arg not in supplied and (
            (argument.annotation is not None and _is_session(argument.annotation, frame))
            or (default is not None and _depends_on_session(default, frame))
        ):
            yield argument


def _is_session(annotation: ast.expr, frame: Frame, depth: int = 0) -> bool:
    if depth > MAX_DEPTH:
        return False
    outer = top(frame.source)
    if isinstance(annotation, ast.Subscript) and last_segment(annotation.value) == "Annotated":
        parts = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        return _is_session(parts[0], frame, depth + 1) or any(_depends_on_session(part, outer) for part in parts[1:])
    for found in resolve(annotation, outer).definitions:
        if isinstance(found.node, ast.Subscript) and last_segment(found.node.value) == "Annotated":
            return _is_session(found.node, top(found.source), depth + 1)
    if isinstance(annotation, ast.Subscript) and last_segment(annotation.value) not in {"Optional", "Union"} | (
        libraries.SESSIONS
    ):
        return False
    known = about_annotation(annotation, outer)
    if known.definition is not None:
        return is_session_class(known.definition)
    return _is_session_name(known.outside)


def _is_session_name(dotted: str) -> bool:
    name = dotted.rpartition(".")[2]
    if name not in libraries.SESSIONS or libraries.is_standard(dotted):
        return False
    return libraries.package(dotted) not in libraries.OTHER_SESSIONS


def is_session_class(definition: Definition) -> bool:
    """Tell whether a project class derives from a session of SQLAlchemy or SQLModel."""
    return any(
        libraries.package(base) in libraries.DATABASE_PACKAGES and base.rpartition(".")[2] in libraries.SESSIONS
        for base in lineage(definition).outside
    )


def _depends_on_session(default: ast.expr, frame: Frame) -> bool:
    """Tell whether an expression is ``Depends(f)`` where f gives a session."""
    if not isinstance(default, ast.Call) or last_segment(default.func) != "Depends":
        return False
    given = [*default.args[:1], *(keyword.value for keyword in default.keywords if keyword.arg == "dependency")]
    functions = [function for dependency in given for function in callee(dependency, frame).functions]
    for function, node in ((one, one.node) for one in functions if isinstance(one.node, FUNCTIONS)):
        if node.returns is not None and _gives_session(node.returns, Frame(function.source, node)):
            return True
        inner = Frame(function.source, node)
        for part in nodes_of(function.source, node):
            if isinstance(part, ast.Yield | ast.Return) and part.value is not None:
                if _is_session_value(part.value, inner):
                    return True
    return False


def _gives_session(annotation: ast.expr, frame: Frame) -> bool:
    return _is_session_name(about_annotation(annotation, top(frame.source)).outside)


def _is_session_value(value: ast.expr, frame: Frame, depth: int = 0) -> bool:
    """Tell whether an expression, or what a local variable was made from, is a call of a session factory."""
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, ast.Name):
        bindings, _ = bindings_of(frame.source, value, value.id)
        made = (binding.value for binding in bindings if binding.value is not None)
        return any(_is_session_value(one, frame, depth + 1) for one in made)
    if isinstance(value, ast.Await):
        return _is_session_value(value.value, frame, depth + 1)
    if not isinstance(value, ast.Call):
        return False
    name = last_segment(value.func) or ""
    return (
        is_session_factory(value.func, frame)
        or _is_session_class_of_library(value.func, frame)
        or name.lower().endswith(("sessionlocal", "session_maker", "sessionmaker", "session_factory"))
    )


def _supplied(frame: Frame) -> Iterator[str]:
    """Yield the parameters that a project decorator on the function passes in itself: ``func(*args, db=db)``."""
    function = frame.node
    assert isinstance(function, FUNCTIONS)
    outer = top(frame.source)
    for decorator in function.decorator_list:
        func = decorator.func if isinstance(decorator, ast.Call) else decorator
        target = callee(func, outer)
        for found in (*target.functions, *target.classes):
            for place in _handed_on(found):
                yield from _passes(place, function)


def _handed_on(decorator: Definition) -> Iterator[Definition]:
    """Yield a decorator, and the project functions that it hands the function it decorates to: ``run_in_context(func)``."""
    todo, seen = [decorator], {decorator.node}
    for _ in range(MAX_DEPTH):
        yield from todo
        todo = [called for found in todo for called in _receivers(found) if called.node not in seen]
        seen.update(found.node for found in todo)


def _receivers(found: Definition) -> Iterator[Definition]:
    """Yield the project functions that are passed one of a function's parameters as they are called in it."""
    given = {argument.arg for argument in ast.walk(found.node) if isinstance(argument, ast.arg)}
    for call in ast.walk(found.node):
        if isinstance(call, ast.Call) and any(_is_given(argument, given) for argument in arguments(call)):
            yield from callee(call.func, Frame(found.source, found.node)).functions


def _passes(decorator: Definition, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    positional = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    given = {argument.arg for argument in ast.walk(decorator.node) if isinstance(argument, ast.arg)}
    for call in ast.walk(decorator.node):
        if not isinstance(call, ast.Call) or not _forwards(call, given):
            continue
        yield from (keyword.arg for keyword in call.keywords if keyword.arg and not _is_given(keyword.value, given))
        for name, argument in zip(positional, call.args, strict=False):
            if isinstance(argument, ast.Starred):
                break
            if not _is_given(argument, given):
                yield name
    for statement in ast.walk(decorator.node):  # kwargs["db"] = session
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
                    yield str(target.slice.value)


def _is_given(argument: ast.expr, given: set[str]) -> bool:
    """Tell whether an argument is what the caller gave: ``function(job_id)`` in ``def wrapper(job_id)``."""
    return isinstance(argument, ast.Name) and argument.id in given


def _forwards(call: ast.Call, given: set[str]) -> bool:
    """Tell whether a call in a decorator passes on what it was given: ``func(session, *args, **kwargs)``.

    Or calls the function that it decorates, which is a parameter of its own.
    """
    if isinstance(call.func, ast.Name) and call.func.id in given:
        return True
    return any(isinstance(argument, ast.Starred) for argument in call.args) or any(
        keyword.arg is None for keyword in call.keywords
    )
