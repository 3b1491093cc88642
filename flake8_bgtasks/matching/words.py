"""What a matcher looks for, in words for people: ``the value "running" is stored in `status` ``."""

from flake8_bgtasks.matching.antipatterns import (
    AntiMatcher,
    CallsWithNumber,
    HasHeader,
    LineMatches,
    MeetsStatus,
    RefersTo,
    TakesSession,
    WaitsForSubprocess,
)
from flake8_bgtasks.matching.api import Starts, Takes
from flake8_bgtasks.matching.base import Matcher
from flake8_bgtasks.matching.equivalents import AnyOf
from flake8_bgtasks.matching.handlers import Handles, Tries
from flake8_bgtasks.matching.lines import Text
from flake8_bgtasks.matching.models import HasColumn
from flake8_bgtasks.matching.references import References
from flake8_bgtasks.matching.returns import Returns
from flake8_bgtasks.matching.sessions import OpensSession
from flake8_bgtasks.matching.syntax import Calls, Makes, Pattern, Uses
from flake8_bgtasks.matching.writes import Assigns, Writes, quoted


def in_words(matcher: Matcher | Starts | References | Returns) -> str:
    """Return what a snippet is read as, as the end of "it must be so that ...".

    >>> in_words(Assigns("status", "running"))
    'the value "running" is stored in `status`'
    """
    match matcher:
        case AnyOf(asked=asked):
            return in_words(asked)
        case HasColumn(name=name, exact=exact):
            return f"there is a column `{name}`" + ("" if exact else ", or one whose longer name starts so")
        case Assigns(name=name, value=value, stored=stored):
            return f"the value {quoted(value)} {'is stored in' if stored else 'flows into'} `{name}`"
        case Writes(name=name):
            return f"something other than None is stored in `{name}`, or in a longer name that starts so"
        case Tries():
            return "there is a try statement, or a context manager that gets the exceptions"
        case Handles():
            return "an except can catch a failure of the work: Exception, or an exception of the project"
        case OpensSession(name=name):
            return f"a session is opened here: {name}(), another session factory, or Session(engine)"
        case Uses(name=name):
            return f"the name `{name}`, or a longer one that starts so, is used in code"
        case Calls(name=name):
            return f"`{name}` is called, however it is imported and whatever its arguments"
        case Makes(name=name, maker=maker):
            return f"`{name}` is `{maker}`, or what calling it gives"
        case Pattern():
            return "there is such code, names followed through imports; `...` stands for anything"
        case Text():
            return "the text stands on a line of code"
        case Takes(name=name):
            return f"the endpoint is given a `{name}`: as a parameter, by a dependency, or in its response"
        case Starts(prefix=prefix):
            return f"the endpoint is called `{prefix}...`, or calls something that is"
        case Returns(key=key):
            return f"each return of the endpoint has the key `{key}` in the JSON that is sent"
        case References(name=name):
            return f"the class `{name}` is used in code: not only imported, or named in an annotation"
    raise TypeError(f"no words for {type(matcher).__name__}")


def forbidden_in_words(matcher: AntiMatcher) -> str:
    """Return what the regex of an anti-pattern is read as.

    >>> forbidden_in_words(MeetsStatus("status", "processing"))
    'the value "processing" meets the `status` of a task'
    """
    match matcher:
        case MeetsStatus(name=name, value=value):
            return f"the value {quoted(value)} meets the `{name}` of a task"
        case RefersTo(names=names):
            return (
                f"a call of {' or '.join(f'`{name}`' for name in names)}, or a reference to it, however it is imported"
            )
        case WaitsForSubprocess():
            return "waiting for another process: `subprocess.run` and its like, `wait` and `communicate` of a Popen"
        case TakesSession():
            return "a function takes a database session as a parameter"
        case HasHeader():
            return "the regex is found in the header of a function, written on one line"
        case CallsWithNumber(name=name, digits=digits):
            return f"a call of `{name}` with a number in {digits}"
        case LineMatches():
            return "the regex is found in a line of code, comments blanked and continued lines joined"
    raise TypeError(f"no words for {type(matcher).__name__}")
