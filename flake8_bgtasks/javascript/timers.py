"""The timers that a script sets, with the delays that they can have."""

from __future__ import annotations

from typing import NamedTuple

from flake8_bgtasks.javascript.callbacks import TIMERS, Callbacks
from flake8_bgtasks.javascript.outline import Expression, Outline, arguments
from flake8_bgtasks.javascript.values import Values


class Timer(NamedTuple):
    """A call of ``setInterval`` or ``setTimeout``: where it starts, and its delays in milliseconds."""

    name: str
    offset: int
    callback: Expression
    delays: tuple[float, ...]


def timers(outline: Outline, values: Values, callbacks: Callbacks) -> tuple[Timer, ...]:
    """Return the timers whose delay can be told, in no particular order."""
    found = []
    for call in outline.calls:
        called = call.node.child_by_field_name("function")
        if called is None or not callbacks.is_global(call._replace(node=called), TIMERS):
            continue
        given = arguments(call.node)
        delays = values.numbers(call._replace(node=given[1])) if len(given) > 1 else ()
        if delays:
            name = outline.word(called) if called.type == "identifier" else outline.property_of(called)
            found.append(Timer(str(name), call.node.start_byte, call._replace(node=given[0]), delays))
    return tuple(found)
