"""Each question is asked once per file: answers are kept on the file they are about and go with it."""

from collections.abc import Callable
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
