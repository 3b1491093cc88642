"""Each question is asked once: answers are kept on what they are about, a file or a frame, and go with it.

Code leads in circles, and an answer found halfway round a circle depends on where the circle was entered. Such an answer
serves until the question at which it was entered is answered, and is then forgotten; so what a file is told never depends
on what was asked before.
"""

import threading
from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from flake8_bgtasks.source import SourceFile

P = ParamSpec("P")
T = TypeVar("T")

Memory = dict[object, object]

_ON_NOTHING = 1 << 30


class Circular(Exception):
    """A question that led back to itself; the caller decides what that means."""


class _Question:
    """A question that is being worked out."""

    def __init__(self, height: int, so_far: object) -> None:
        self.height = height
        """How many questions led to it."""
        self.so_far = so_far
        self.rests_on = _ON_NOTHING
        """The height of the lowest unfinished question that it has led back to."""
        self.temporary: list[tuple[Memory, object]] = []
        """Where the answers are that rest on this question's being unfinished."""


class _Answer:
    """An answer that was found; it rests on the unfinished question of that height."""

    def __init__(self, value: object, rests_on: int) -> None:
        self.value = value
        self.rests_on = rests_on


class _Asked(threading.local):
    """The questions that are being worked out, each led to by the one before."""

    def __init__(self) -> None:
        self.questions: list[_Question] = []

    def begin(self, so_far: object) -> _Question:
        """Start on a question."""
        question = _Question(len(self.questions), so_far)
        self.questions.append(question)
        return question

    def lean_on(self, height: int) -> None:
        """Note that what is being worked out rests on the unfinished question of that height."""
        if self.questions:
            current = self.questions[-1]
            current.rests_on = min(current.rests_on, height)

    def end(self, question: _Question) -> int:
        """Finish a question and return what its answer rests on."""
        self.questions.pop()
        for memory, key in question.temporary:
            memory.pop(key, None)
        if question.rests_on >= question.height:
            return _ON_NOTHING
        self.lean_on(question.rests_on)
        return question.rests_on

    def keep(self, memory: Memory, key: object, value: object, rests_on: int) -> None:
        """Keep an answer, for good or until the question it rests on is answered."""
        memory[key] = _Answer(value, rests_on)
        if rests_on < _ON_NOTHING:
            self.questions[rests_on].temporary.append((memory, key))


_ASKED = _Asked()


def memoized(function: Callable[P, T]) -> Callable[P, T]:
    """Keep the answers of a function whose first argument is a `SourceFile` and whose others are hashable.

    A call that leads back to itself raises `Circular`, unless it is caught on the way.
    """

    @wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        source = args[0]
        assert isinstance(source, SourceFile)
        memory, key = source.memo, (function, args[1:], tuple(kwargs.items()))
        known = memory.get(key)
        if isinstance(known, _Answer):
            _ASKED.lean_on(known.rests_on)
            return known.value  # type: ignore[return-value]  # what the function returned
        if isinstance(known, _Question):
            _ASKED.lean_on(known.height)
            raise Circular(function.__name__)
        memory[key] = question = _ASKED.begin(None)
        try:
            value = function(*args, **kwargs)
        except BaseException:
            memory.pop(key, None)
            _ASKED.end(question)
            raise
        _ASKED.keep(memory, key, value, _ASKED.end(question))
        return value

    return remembered


def settle(memory: Memory, asked: tuple[object, ...], depth: int, answers: Callable[[], Iterable[T]], start: T) -> T:
    """Return the last of several answers, each better than the one before; worked out once for a question and depth.

    A question that leads back to itself gets the best answer so far, so that ``x = x.next`` ends, and ten such lines
    are not multiplied with each other.
    """
    pending = memory.get(asked)
    if isinstance(pending, _Question):
        _ASKED.lean_on(pending.height)
        return pending.so_far  # type: ignore[return-value]  # what `answers` gave
    exact = (*asked, depth)
    known = memory.get(exact)
    if isinstance(known, _Answer):
        _ASKED.lean_on(known.rests_on)
        return known.value  # type: ignore[return-value]  # what `answers` gave
    memory[asked] = question = _ASKED.begin(start)
    value = start
    try:
        for value in answers():
            question.so_far = value
    except BaseException:
        del memory[asked]
        _ASKED.end(question)
        raise
    del memory[asked]
    _ASKED.keep(memory, exact, value, _ASKED.end(question))
    return value
