"""Each question is asked once: answers are kept on what they are about, a file or a frame, and go with it.

Code leads in circles, and an answer found halfway round a circle depends on where the circle was entered. Such an answer
serves until the question at which it was entered is answered, and is then forgotten; so what a file is told never depends
on what was asked before.
"""

import threading
from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

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
    """An answer that rests on an unfinished question, the one of that height. All others are kept as they are."""

    def __init__(self, value: object, rests_on: int) -> None:
        self.value = value
        self.rests_on = rests_on


_NOT_ASKED = object()


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
        if rests_on == _ON_NOTHING:
            memory[key] = value
        else:
            memory[key] = _Answer(value, rests_on)
            self.questions[rests_on].temporary.append((memory, key))


_MARKS = frozenset((_Question, _Answer))
_ASKED = _Asked()


def _recall(known: object) -> object:
    """Return an answer that was kept for a while, and note what it rests on; raise `Circular` if there is none yet."""
    if isinstance(known, _Answer):
        _ASKED.lean_on(known.rests_on)
        return known.value
    assert isinstance(known, _Question)
    _ASKED.lean_on(known.height)
    raise Circular


def memoized(function: Callable[P, T]) -> Callable[P, T]:
    """Keep the answers of a function whose first argument is a `SourceFile` and whose others are hashable.

    A call that leads back to itself raises `Circular`, unless it is caught on the way. Answers are kept by position,
    so that is how arguments are given.
    """

    @wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        assert not kwargs
        memory: Memory = args[0].memo  # type: ignore[attr-defined]  # a SourceFile
        key = (function, args)
        known = memory.get(key, _NOT_ASKED)
        if known is not _NOT_ASKED:
            return known if known.__class__ not in _MARKS else _recall(known)  # type: ignore[return-value]  # it is a T
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
    known = memory.get(exact, _NOT_ASKED)
    if known is not _NOT_ASKED:
        return known if known.__class__ not in _MARKS else _recall(known)  # type: ignore[return-value]  # it is a T
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
