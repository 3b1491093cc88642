"""Matchers for where a task has its database session from."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_bgtasks.evidence import ABSENT, Evidence
from flake8_bgtasks.matching.base import Unit, present
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import own_nodes
from flake8_bgtasks.semantics.names import Frame, last_segment, lineage, resolve, top
from flake8_bgtasks.semantics.objects import about, about_annotation, callee
from flake8_bgtasks.semantics.scopes import bindings_of, parameters
from flake8_bgtasks.source import FUNCTIONS, Definition

MAX_DEPTH = 4


@dataclass(frozen=True)
class OpensSession:
    """A session is opened: the factory `name` is called, or another object that provably is a session factory."""

    name: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"never opens a session of its own with {self.name}()"

    def find(self, unit: Unit) -> Evidence:
        """See `Matcher`."""
        for frame in unit.frames:
            for node in own_nodes(frame.node):
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
    """Tell whether a call is ``Session(engine)`` or ``AsyncSession(engine)`` of SQLAlchemy or SQLModel."""
    return bool(call.args or call.keywords) and any(
        libraries.package(origin) in libraries.DATABASE_PACKAGES
        and origin.rpartition(".")[2] in libraries.SESSIONS - libraries.SESSION_FACTORIES
        for origin in resolve(call.func, frame).outside
    )


def is_session_factory(expr: ast.expr, frame: Frame, depth: int = 0) -> bool:
    """Tell whether an expression provably is a `sessionmaker`, `async_sessionmaker` or `scoped_session` object."""
    if depth > MAX_DEPTH:
        return False
    if isinstance(expr, ast.Call):
        return bool(_names(expr.func, frame) & libraries.SESSION_FACTORIES)
    if not isinstance(expr, ast.Name | ast.Attribute):
        return False
    for found in resolve(expr, frame).definitions:
        if isinstance(found.node, ast.Call) and is_session_factory(found.node, top(found.source), depth + 1):
            return True
    return about(expr, frame).outside.rpartition(".")[2] in libraries.SESSION_FACTORIES


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
    for argument, default in parameters(function):
        if argument.arg not in supplied and (
            (argument.annotation is not None and _is_session(argument.annotation, frame))
            or (default is not None and _depends_on_session(default, frame))
        ):
            yield argument


def _is_session(annotation: ast.expr, frame: Frame) -> bool:
    outer = top(frame.source)
    if isinstance(annotation, ast.Subscript) and last_segment(annotation.value) == "Annotated":
        arguments = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        return _is_session(arguments[0], frame) or any(_depends_on_session(part, outer) for part in arguments[1:])
    for found in resolve(annotation, outer).definitions:
        if isinstance(found.node, ast.Subscript) and last_segment(found.node.value) == "Annotated":
            return _is_session(found.node, top(found.source))
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
    if not isinstance(default, ast.Call) or last_segment(default.func) != "Depends" or not default.args:
        return False
    for function in callee(default.args[0], frame).functions:
        node = function.node
        if not isinstance(node, FUNCTIONS):
            continue
        if node.returns is not None and _gives_session(node.returns, Frame(function.source, node)):
            return True
        inner = Frame(function.source, node)
        for part in own_nodes(node):
            if isinstance(part, ast.Yield | ast.Return) and part.value is not None:
                if _is_session_value(part.value, inner):
                    return True
    return False


def _gives_session(annotation: ast.expr, frame: Frame) -> bool:
    return _is_session_name(about_annotation(annotation, top(frame.source)).outside)


def _is_session_value(value: ast.expr, frame: Frame) -> bool:
    """Tell whether an expression, or what a local variable was made from, is a call of a session factory."""
    if isinstance(value, ast.Name):
        bindings, _ = bindings_of(frame.source, value, value.id)
        return any(binding.value is not None and _is_session_value(binding.value, frame) for binding in bindings)
    if isinstance(value, ast.Await):
        return _is_session_value(value.value, frame)
    if not isinstance(value, ast.Call):
        return False
    name = last_segment(value.func) or ""
    return (
        is_session_factory(value.func, frame)
        or _is_session_of_engine(value, frame)
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
            yield from _passes(found, function)


def _passes(decorator: Definition, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    positional = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    for call in ast.walk(decorator.node):
        if not isinstance(call, ast.Call) or not _forwards(call):
            continue
        yield from (keyword.arg for keyword in call.keywords if keyword.arg is not None)
        for name, argument in zip(positional, call.args, strict=False):
            if isinstance(argument, ast.Starred):
                break
            yield name
    for statement in ast.walk(decorator.node):  # kwargs["db"] = session
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
                    yield str(target.slice.value)


def _forwards(call: ast.Call) -> bool:
    """Tell whether a call in a decorator passes on what it was given: ``func(session, *args, **kwargs)``."""
    return any(isinstance(argument, ast.Starred) for argument in call.args) or any(
        keyword.arg is None for keyword in call.keywords
    )
