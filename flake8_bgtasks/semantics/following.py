"""Where a call leads: the functions it runs, each as a frame with its arguments bound (semantics, section 3)."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import arguments, bind
from flake8_bgtasks.semantics.choices import run_by
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Entry, Frame
from flake8_bgtasks.semantics.names import lineage, methods, resolve
from flake8_bgtasks.semantics.objects import callee, owner_of, receiver
from flake8_bgtasks.source import FUNCTIONS, Definition

_POOLED = frozenset({"apply", "apply_async"})
_NOT_PASSED_ON = frozenset({"target", "args", "kwargs", "kwds", "callback", "error_callback", None})
_CONSTRUCTORS = ("__init__", "__post_init__")


def called(call: ast.Call, frame: Frame) -> Iterator[Frame]:
    """Yield the frames of what a call runs: what is called, and what is passed on to be called."""
    target = callee(call.func, frame)
    for function in run_by(call.func, frame):
        yield enter(function, call, frame)
    for found in target.classes:
        available = methods(found)
        for name in _CONSTRUCTORS:
            if name in available:
                yield bind(available[name], call, frame, owner=found, skip_self=True)
    for bound in target.definitions:
        if isinstance(bound.node, ast.Call) and last_segment(bound.node.func) == "partial":
            yield from _through_partial(bound.node, call, frame)
    if not hands_over(call):
        yield from _callbacks(call, frame)


def _through_partial(partial: ast.Call, call: ast.Call, frame: Frame) -> Iterator[Frame]:
    """Yield what calling a `functools.partial` in a variable runs, with the arguments of both calls."""
    for work in partial.args[:1]:
        args, keywords = [*partial.args[1:], *call.args], [*partial.keywords, *call.keywords]
        for function in callee(work, frame).functions:
            imagined = ast.copy_location(ast.Call(func=work, args=args, keywords=keywords), call)
            yield enter(function, imagined, frame)


def enter(function: Definition, call: ast.Call, frame: Frame) -> Frame:
    """Return the frame of a function or method as this call enters it."""
    owner = owner_of(function.source, function.node)
    if owner is None:
        return bind(function, call, frame)
    known = receiver(call.func, frame)
    if known is None or known in lineage(owner).classes:  # the abstract class, where a derived one's method runs
        known = owner
    of_class = isinstance(call.func, ast.Attribute) and bool(resolve(call.func.value, frame).classes)
    is_instance_method = not _is_class_method(function.node)
    return bind(function, call, frame, owner=known, skip_self=not (of_class and is_instance_method))


def _is_class_method(node: ast.AST) -> bool:
    return isinstance(node, FUNCTIONS) and any(last_segment(d) == "classmethod" for d in node.decorator_list)


def hands_over(call: ast.Call) -> bool:
    """Tell whether a call hands work to something that starts it later: ``add_task(f, 1)``, ``f.delay(1)``.

    A pool's ``apply_async(f, (1,))`` runs a function; a task's ``f.apply_async((1,))`` hands itself over.
    """
    name = last_segment(call.func)
    return name in libraries.HANDOVERS and not is_pooled(call)


def is_pooled(call: ast.Call) -> bool:
    """Tell whether a pool is given a function to run: ``pool.apply_async(f, (1,))``."""
    return last_segment(call.func) in _POOLED and bool(call.args) and isinstance(call.args[0], ast.Name | ast.Attribute)


def _callbacks(call: ast.Call, frame: Frame) -> Iterator[Frame]:
    """Yield the project functions that are passed on to be called: ``to_thread(work, job_id)``."""
    for position, argument in enumerate(arguments(call)):
        match argument:
            case ast.Name() | ast.Attribute():
                for function in callee(argument, frame).functions:
                    yield _callback_frame(function, argument, call, position, frame)
            case ast.Lambda():
                yield Frame(frame.source, argument, {}, frame, frame.owner, Entry(frame, argument, "lambda"))


def _callback_frame(function: Definition, argument: ast.expr, call: ast.Call, position: int, frame: Frame) -> Frame:
    rest = call.args[position + 1 :] if position < len(call.args) else []
    keywords = [keyword for keyword in call.keywords if keyword.arg not in _NOT_PASSED_ON]
    if last_segment(call.func) in _POOLED and rest and isinstance(rest[0], ast.Tuple | ast.List):
        rest = rest[0].elts
    for keyword in call.keywords:
        match keyword:
            case ast.keyword(arg="args", value=ast.Tuple(elts=elements) | ast.List(elts=elements)):
                rest = elements
            case ast.keyword(arg="kwargs" | "kwds", value=ast.Dict(keys=keys, values=values)):
                keywords += [ast.keyword(name, value) for name, value in _texts(keys, values)]
            case ast.keyword(arg="kwargs" | "kwds", value=ast.Call(func=ast.Name(id="dict"), keywords=given)):
                keywords += given
    imagined = ast.copy_location(ast.Call(func=argument, args=rest, keywords=keywords), argument)
    return enter(function, imagined, frame)


def _texts(keys: list[ast.expr | None], values: list[ast.expr]) -> Iterator[tuple[str, ast.expr]]:
    for key, value in zip(keys, values, strict=True):
        match key:
            case ast.Constant(value=str(text)):
                yield text, value
