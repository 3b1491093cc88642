"""The regex ``CALL.*NUMBER`` and the range of numbers that its digits span. Knows nothing of any language's syntax."""

import re
from typing import NamedTuple

_CALL_WITH_NUMBER = re.compile(r"(?P<name>[A-Za-z_]\w*(?:\\\.\w+)*)(?:\\\()?\.\*(?P<digits>(?:\d|\[\d-\d\])+)")


class CallWithNumber(NamedTuple):
    """What ``setInterval.*[3-5]000`` says: a dotted name, and digits that are compared whole."""

    name: str
    digits: str


def read_call_with_number(pattern: str) -> CallWithNumber | None:
    """Return the call and the digits that a regex speaks of, or None if it is not of that shape.

    >>> read_call_with_number("setInterval.*[3-5]000")
    CallWithNumber(name='setInterval', digits='[3-5]000')
    >>> read_call_with_number("setInterval")
    """
    found = _CALL_WITH_NUMBER.fullmatch(pattern)
    return CallWithNumber(found["name"].replace("\\.", "."), found["digits"]) if found else None


def bounds(digits: str) -> tuple[int, int]:
    """Return the lowest and the highest number that a pattern of digits spans: a class of digits is a range.

    >>> bounds("[3-5]000"), bounds("1000")
    ((3000, 5000), (1000, 1000))
    """
    low = re.sub(r"\[(\d)-\d\]", r"\1", digits)
    high = re.sub(r"\[\d-(\d)\]", r"\1", digits)
    return int(low), int(high)


def in_range(number: object, digits: str) -> bool:
    """Tell whether a number lies in what a pattern of digits spans.

    >>> [in_range(n, "[3-5]000") for n in (2999, 3000, 4200, 5000, 5001)]
    [False, True, True, True, False]
    >>> in_range(10000, "1000")
    False
    """
    if isinstance(number, bool) or not isinstance(number, int | float):
        return False
    low, high = bounds(digits)
    return low <= number <= high
