"""Each question is asked once per file: answers are kept on the file they are about and go with it."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from flake8_bgtasks.source import SourceFile

P = ParamSpec("P")
T = TypeVar("T")

_PENDING = object()


class Circular(Exception):
    """A question that led back to itself; the caller decides what that means."""


def memoized(function: Callable[P, T]) -> Callable[P, T]:
    """Keep the answers of a function whose first argument is a `SourceFile` and whose others are hashable.

    A call that leads back to itself raises `Circular`, unless it is caught on the way.
    """

    @wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        source = args[0]
        assert isinstance(source, SourceFile)
        key = (function, args[1:], tuple(kwargs.items()))
        answer = source.memo.get(key)
        if answer is _PENDING:
            raise Circular(function.__name__)
        if answer is None:
            source.memo[key] = _PENDING
            try:
                answer = (function(*args, **kwargs),)
            finally:
                source.memo.pop(key, None)
            source.memo[key] = answer
        return answer[0]  # type: ignore[index, no-any-return]  # a one-tuple around what the function returned

    return remembered


class _Pending:
    """A question that is being worked out, with the best answer so far."""

    def __init__(self, so_far: object) -> None:
        self.so_far = so_far


def settle(
    source: SourceFile, question: tuple[object, ...], depth: int, answers: Callable[[], Iterable[T]], start: T
) -> T:
    """Return the last of several answers, each better than the one before; worked out once for a question and depth.

    A question that leads back to itself gets the best answer so far, so that ``x = x.next`` ends, and ten such lines
    are not multiplied with each other.
    """
    pending = source.memo.get(question)
    if isinstance(pending, _Pending):
        return pending.so_far  # type: ignore[return-value]  # what `answers` gave
    exact = (*question, depth)
    kept = source.memo.get(exact)
    if kept is None:
        state = source.memo[question] = _Pending(start)
        try:
            for state.so_far in answers():
                pass
        finally:
            del source.memo[question]
        kept = source.memo[exact] = (state.so_far,)
    return kept[0]  # type: ignore[index, no-any-return]  # a one-tuple around what `answers` gave
