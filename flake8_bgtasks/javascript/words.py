"""What a matcher looks for in JavaScript, in words for people; see `matching.words`."""

from flake8_bgtasks.javascript.calls import CallsWithNumber
from flake8_bgtasks.javascript.rules import Searches
from flake8_bgtasks.javascript.snippets import AnyOf, Calls, Matcher, Text, Uses
from flake8_bgtasks.matching.numbers import bounds


def in_words(matcher: Matcher | CallsWithNumber | Searches) -> str:
    """Return what a snippet or a regex is read as.

    >>> in_words(CallsWithNumber("setInterval", "[3-5]000"))
    '`setInterval` is given 3000 to 5000'
    """
    match matcher:
        case AnyOf(asked=asked):
            return in_words(asked)
        case Uses(name=name, exact=exact):
            longer = "" if exact else ", or a longer one that starts so,"
            return f"the name `{name}`{longer} is used in code"
        case Calls(name=name):
            return f"`{name}` is called, whatever its arguments"
        case Text():
            return "the text stands on a line of code"
        case CallsWithNumber(name=name, digits=digits):
            low, high = bounds(digits)
            return f"`{name}` is given {low if low == high else f'{low} to {high}'}"
        case Searches():
            return "the regex is found in a line of code, comments blanked"
    raise TypeError(f"no words for {type(matcher).__name__}")
