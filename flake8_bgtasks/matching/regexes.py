"""How the regex of an anti-pattern is read as code (semantics, section 5)."""

import itertools
import re

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
from flake8_bgtasks.matching.numbers import read_call_with_number
from flake8_bgtasks.rules.model import Family

_MEETS = re.compile(
    r"""(?:\\b)?(?P<name>[A-Za-z_]\w*)\.\*=\.\*["']?(?P<value>[A-Za-z_][\w-]*(?: [\w-]+)*)["']?(?:\\b)?"""
)
_PART = r"(?:[A-Za-z_]\w*|\((?:\?:)?\w+(?:\|\w+)*\))"
_DOTTED = re.compile(rf"(?:\\b)?(?P<names>{_PART}(?:\\\.{_PART})+)(?:\\b)?(?:\\s\*)?(?:\\\()?")
_SUBPROCESS = re.compile(r"subprocess\\\.\w+\.\*wait.*")
_SESSION = re.compile(r"def\.\*.*Session\)?")


def read_regex(pattern: str, family: Family) -> AntiMatcher:
    """Return the matcher that a regex stands for; line scanning where it stands for no shape of code.

    >>> read_regex(r"time\\.sleep", Family.API)
    RefersTo(names=('time.sleep',))
    >>> read_regex("status.*=.*processing", Family.STATUS)
    MeetsStatus(name='status', value='processing')
    >>> read_regex("TODO", Family.GENERIC)
    LineMatches(pattern='TODO')
    """
    if found := _MEETS.fullmatch(pattern):
        return MeetsStatus(found["name"], found["value"])
    if _SUBPROCESS.fullmatch(pattern):
        return WaitsForSubprocess()
    if found := _DOTTED.fullmatch(pattern):
        return RefersTo(_dotted_names(found["names"]))
    if family is Family.TASKS and _SESSION.fullmatch(pattern):
        return TakesSession()
    if pattern.startswith(("def.*", "def ", r"def\s", r"async\s+def", "async def")):
        return HasHeader(pattern)
    if call := read_call_with_number(pattern):
        return CallsWithNumber(*call)
    return LineMatches(pattern)


def _dotted_names(names: str) -> tuple[str, ...]:
    """Write out the alternatives: ``requests\\.(get|post)`` is requests.get and requests.post."""
    parts = [re.sub(r"^\((?:\?:)?|\)$", "", part).split("|") for part in names.split("\\.")]
    return tuple(".".join(choice) for choice in itertools.product(*parts))
