"""Seeing where work is handed to something that starts it later."""

import ast
from collections.abc import Iterable, Iterator

from flake8_bgtasks.cli.survey.models import place
from flake8_bgtasks.cli.survey.seen import Start
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.objects import callee, owner_of
from flake8_bgtasks.semantics.scopes import scope_of
from flake8_bgtasks.source import FUNCTIONS, SourceFile

_ON_A_TASK = frozenset({"delay", "apply_async", "kiq", "defer", "defer_async", "send", "send_with_options"})
"""Methods of a task that start it."""
_ONLY_TASKS = frozenset({"defer", "send", "defer_async"})
"""Names that much else has; they count on a decorated function of the project only."""
_WITH_A_TASK = frozenset(
    {"add_task", "send_task", "enqueue", "enqueue_job", "enqueue_in", "enqueue_at", "enqueue_call", "add_job"}
)
"""Calls whose first argument is a function, or its name."""
OF_THE_LOOP = frozenset({"create_task", "ensure_future"})
"""Calls whose first argument is a coroutine."""


@memoized
def starts(source: SourceFile) -> tuple[Start, ...]:
    """Return the places of a file where a function is handed over, in the order of the source."""
    return in_order(one for call in source.nodes(ast.Call) for one in _started(call, source))


def in_order(found: Iterable[Start]) -> tuple[Start, ...]:
    """Return starts in the order of the source, each once; those of one line whose home is not known come first."""
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.place, one.how, one.target, one.home or "")))


def _started(call: ast.Call, source: SourceFile) -> Iterator[Start]:
    how = last_segment(call.func)
    if how in _ON_A_TASK and isinstance(call.func, ast.Attribute):
        yield from _named(
            call, how, call.func.value, source, only_known=how in _ONLY_TASKS, only_tasks=how in _ONLY_TASKS
        )
    elif how in _WITH_A_TASK and call.args:
        work = call.args[0]
        if isinstance(work, ast.Call) and last_segment(work.func) == "partial" and work.args:
            work = work.args[0]
        if not isinstance(work, ast.Constant):
            yield from _named(call, how, work, source, only_known=how == "enqueue")
        elif isinstance(work.value, str) and how != "add_task":  # rich: progress.add_task("Loading")
            name = work.value.replace(":", ".").rpartition(".")[2]
            if name.isidentifier():
                yield Start(place(source, call), how, name, None, _around(call, source))
    elif how in OF_THE_LOOP and call.args and isinstance(call.args[0], ast.Call):
        yield from _named(call, how, call.args[0].func, source, only_known=True)


def _named(
    call: ast.Call, how: str, work: ast.expr, source: SourceFile, *, only_known: bool, only_tasks: bool = False
) -> Iterator[Start]:
    known = False
    for found in callee(work, _frame(call, source)).functions:
        if only_tasks and not getattr(found.node, "decorator_list", ()):
            continue
        name = getattr(found.node, "name", None)
        if name is not None and found.source.path is not None:
            known = True
            yield Start(place(source, call), how, name, found.source.path, _around(call, source))
    name = last_segment(work)
    if not known and not only_known and name is not None:
        yield Start(place(source, call), how, name, None, _around(call, source))


def _around(call: ast.Call, source: SourceFile) -> str:
    return getattr(scope_of(source, call), "name", "")


def _frame(call: ast.Call, source: SourceFile) -> Frame:
    scope = scope_of(source, call)
    return Frame(source, scope, owner=owner_of(source, scope)) if isinstance(scope, FUNCTIONS) else top(source)
