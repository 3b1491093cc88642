"""Writes whose names only the run time knows, ``setattr(job, key, value)``: whether they can be stores at all.

Where one can, the text of the whole unit decides. So what provably stores nothing of a job must not be taken for one: a
single client that is made somewhere with ``**options`` would silence the rules for all who come by.
"""

import ast

from flake8_bgtasks.matching.stores import stores_nothing
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.names import lineage, resolve
from flake8_bgtasks.semantics.objects import callee
from flake8_bgtasks.semantics.scopes import bindings_of
from flake8_bgtasks.semantics.words import words
from flake8_bgtasks.source import FUNCTIONS, SourceFile


def may_store(node: ast.AST, frame: Frame) -> bool:
    """Tell whether a write to unknown names can be a store in a job."""
    match node:
        case ast.Assign(targets=targets, value=value):
            holders = [target.value for target in targets if isinstance(target, ast.Subscript)]
            return not (all(_is_shared(holder, frame) for holder in holders) or _is_structure(value, frame))
        case ast.Call(func=func) if last_segment(func) != "setattr":
            return not (
                stores_nothing(node, frame) is not None
                or callee(node.func, frame).functions
                or _is_of_library(node, frame)
                or _calls_what_it_wraps(node, frame.source)
                or _logs_itself(node, frame)
            )
    return True


def _is_shared(holder: ast.expr, frame: Frame) -> bool:
    """Tell whether a container is called a cache, or an attribute of a class, which all its objects share: ``cls._clients``."""
    if "cache" in words(last_segment(holder) or ""):
        return True
    match holder:
        case ast.Attribute(value=ast.Name(id="cls")):
            return True
        case ast.Attribute(value=ast.Name() as owner):
            return bool(resolve(owner, frame).classes)
    return False


def _is_structure(value: ast.expr, frame: Frame) -> bool:
    """Tell whether a value is no single one, as a column has: a display, whose entries are looked at by themselves."""
    match value:
        case ast.Dict(keys=keys):
            return None not in keys
        case ast.Tuple() | ast.List() | ast.Set() | ast.DictComp() | ast.ListComp() | ast.SetComp() | ast.Lambda():
            return True
        case ast.Call(func=func, keywords=keywords):
            return bool(callee(func, frame).classes) and all(keyword.arg for keyword in keywords)
    return False


def _is_of_library(call: ast.Call, frame: Frame) -> bool:
    """Tell whether a call is that of a library that keeps no rows: ``redis.Redis(**options)``; not one that runs others."""
    if last_segment(call.func) in libraries.RUNNERS:
        return False
    outside = resolve(call.func, frame).outside
    return bool(outside) and all(libraries.keeps_no_rows(dotted) for dotted in outside)


def _calls_what_it_wraps(call: ast.Call, source: SourceFile) -> bool:
    """Tell whether a call does no more than pass on all arguments, to a local callable: ``func(*args, **kwargs)``."""
    match call:
        case ast.Call(func=ast.Name() as func, args=[*_, ast.Starred()], keywords=[ast.keyword(arg=None)]):
            return isinstance(bindings_of(source, func, func.id)[1], FUNCTIONS)
    return False


def _logs_itself(call: ast.Call, frame: Frame) -> bool:
    """Tell whether a logger of the project's own calls itself: ``self.log(level, text, **options)``."""
    match call.func:
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if frame.owner is not None:
            is_logger = any(base.startswith("logging.") for base in lineage(frame.owner).outside)
            return is_logger and name in libraries.LOG_METHODS | {"log"}
    return False
