"""The regex ``setInterval.*[3-5]000``: calls, and the number that each is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flake8_bgtasks.javascript.callbacks import GLOBALS, TIMERS
from flake8_bgtasks.javascript.outline import Expression, arguments
from flake8_bgtasks.javascript.script import Script
from flake8_bgtasks.javascript.snippets import calls_of
from flake8_bgtasks.matching.numbers import bounds, in_range


class _Given(NamedTuple):
    """Where a call starts, the numbers that it can be given, and of a timer its callback."""

    offset: int
    numbers: tuple[float, ...]
    callback: Expression | None = None

    def counts(self, script: Script) -> bool:
        """Tell whether the call is anybody's business: a timer that provably polls nothing is not."""
        return self.callback is None or not script.callbacks.polls_nothing(self.callback)


class CallsWithNumber(NamedTuple):
    """A call of this name, and digits that its number is compared with whole; of a timer, its delay."""

    name: str
    digits: str

    def offsets(self, script: Script) -> Iterator[int]:
        """Yield where the calls start that are given such a number."""
        for given in self._given(script):
            if any(in_range(number, self.digits) for number in given.numbers) and given.counts(script):
                yield given.offset

    def exceptions(self, script: Script) -> Iterator[tuple[int, str]]:
        """Yield where the calls start that are given another number, and what to say of each."""
        low, high = bounds(self.digits)
        wanted = f"{low}" if low == high else f"{low} to {high}"
        for given in self._given(script):
            others = [_plain(number) for number in given.numbers if not in_range(number, self.digits)]
            if others and given.counts(script):
                said = f"waits {' or '.join(others)} ms" if self._timer else f"is given {' or '.join(others)}"
                yield given.offset, f"{self.name}() {said} instead of {wanted}"

    @property
    def _timer(self) -> str | None:
        owner, _, name = self.name.rpartition(".")
        return name if name in TIMERS and owner in ("", *GLOBALS) else None

    def _given(self, script: Script) -> Iterator[_Given]:
        if self._timer is not None and self._timer in script.text:
            yield from (
                _Given(one.offset, one.delays, one.callback) for one in script.timers if one.name == self._timer
            )
        elif self._timer is None and self.name.rpartition(".")[2] in script.text:
            for call in calls_of(script, self.name):
                given = (Expression(argument, call.scope) for argument in arguments(call.node))
                yield _Given(call.node.start_byte, tuple(n for one in given for n in script.values.numbers(one)))


def _plain(number: float) -> str:
    return f"{number:.0f}" if float(number).is_integer() else f"{number}"
