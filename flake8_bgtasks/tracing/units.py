"""Which unit a line belongs to, and why a function or a class is none."""

import ast
from collections.abc import Iterator
from itertools import islice

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.semantics.callers import callers_of
from flake8_bgtasks.semantics.classes import (
    has_own_column,
    is_abstract,
    is_declarative_base,
    is_enum,
    is_mapped,
    is_mixin_name,
    is_schema,
)
from flake8_bgtasks.semantics.scopes import scope_of
from flake8_bgtasks.semantics.task_functions import why_no_task
from flake8_bgtasks.semantics.task_models import select
from flake8_bgtasks.source import FUNCTIONS, Definition, FunctionNode, SourceFile
from flake8_bgtasks.tracing.trace import Place

KINDS = {
    Family.MODELS: "task model",
    Family.STATUS: "file",
    Family.API: "endpoint",
    Family.TASKS: "task function",
    Family.FRONTEND: "page",
    Family.GENERIC: "file",
}
"""What the units of a family are called."""
MOST = 3
"""How many callers are told."""


def span(node: ast.AST, source: SourceFile) -> tuple[int, int]:
    """Return the first and the last line of a node, its decorators included."""
    decorators = [decorator.lineno for decorator in getattr(node, "decorator_list", ())]
    first = min([getattr(node, "lineno", 1), *decorators])
    return first, getattr(node, "end_lineno", None) or max(len(source.lines), 1)


def holds(node: ast.AST, line: int, source: SourceFile) -> bool:
    """Tell whether a line belongs to a node."""
    first, last = span(node, source)
    return first <= line <= last


def why_no_unit(rule: CompiledRule, source: SourceFile, line: int | None) -> Iterator[Place]:
    """Yield why a line is part of no unit of the rule's family; without a line, why functions or classes are none."""
    match rule.rule.family:
        case Family.TASKS:
            for function in _functions(source, line):
                yield from _no_task(function, source, with_callers=line is not None)
        case Family.API if line is not None:
            for function in _functions(source, line):
                what = "no decorator such as @router.get, and no add_api_route, makes it an endpoint"
                yield _remark(source, function.lineno, f"{function.name}() is no endpoint: {what}")
        case Family.MODELS:
            chosen = set(select(source, rule.models.names).nodes)
            for node in source.nodes(ast.ClassDef):
                if node not in chosen and (line is None or holds(node, line, source)):
                    reason = why_no_model(node, rule, source)
                    yield _remark(source, node.lineno, f"{node.name} is no task model: {reason}")
        case _:
            return
    if line is not None and not any(holds(node, line, source) for node in source.nodes(*FUNCTIONS, ast.ClassDef)):
        yield _remark(source, line, f"module-level code is no part of a {KINDS[rule.rule.family]}")


def _functions(source: SourceFile, line: int | None) -> list[FunctionNode]:
    """Return the outermost function around a line; without a line, those at the top of the module, in order."""
    outermost = sorted(source.functions(), key=lambda function: function.lineno)
    if line is not None:
        return [one for one in outermost if holds(one, line, source)][:1]
    return [one for one in outermost if isinstance(scope_of(source, one), ast.Module)]


def _no_task(function: FunctionNode, source: SourceFile, with_callers: bool) -> Iterator[Place]:
    reason = why_no_task(function, source)
    if reason is None:
        return
    yield _remark(source, function.lineno, f"{function.name}() is no task function: it is {reason}")
    for use in islice(callers_of(function, source), MOST) if with_callers else ():
        row = use.source.place(use.call)[0]
        called = f"{use.caller.name}() calls {function.name}()"
        yield Place(use.source.path, row, use.source.line_of(use.call), (), called)


def why_no_model(node: ast.ClassDef, rule: CompiledRule, source: SourceFile) -> str:
    """Return why a class of the file is none of its task models."""
    definition = Definition(source, node)
    if not is_mapped(definition):
        if is_schema(definition):
            return "it is a Pydantic schema, and no table"
        if is_enum(definition):
            return "it is an enumeration"
        if is_declarative_base(definition):
            return "it is the declarative base"
        if is_abstract(definition):
            return "it is abstract"
        if is_mixin_name(node.name) or has_own_column(definition):
            return "it is a mixin: it has columns, and is mapped to no table itself"
        return "it is not mapped to a table"
    chosen = select(source, rule.models.names).nodes
    names = ", ".join(one.name for one in chosen if isinstance(one, ast.ClassDef))
    return (
        f"the one of this file is {names}, by a name in the rules or by the file's name" if names else "none is wanted"
    )


def _remark(source: SourceFile, line: int, text: str) -> Place:
    return Place(source.path, line, "", (), text)
