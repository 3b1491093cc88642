"""How the snippets of a rules file are read as code (semantics, section 4)."""

import ast
import keyword
import re

from flake8_bgtasks.matching.api import Takes
from flake8_bgtasks.matching.base import Matcher
from flake8_bgtasks.matching.handlers import Handles, Tries
from flake8_bgtasks.matching.lines import Text
from flake8_bgtasks.matching.models import HasColumn
from flake8_bgtasks.matching.sessions import OpensSession
from flake8_bgtasks.matching.syntax import Calls, Makes, Pattern, Uses, parse_snippet
from flake8_bgtasks.matching.writes import Assigns, Writes
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.dotted import last_segment, written

_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")


def read_snippet(snippet: str, family: Family) -> Matcher:
    """Return the matcher that a snippet of ``must_contain`` and its like stands for in a rule of this family.

    >>> read_snippet('status = "running"', Family.TASKS)
    Assigns(name='status', value='running', stored=True)
    >>> read_snippet("triggered_by", Family.MODELS)
    HasColumn(name='triggered_by', exact=False)
    """
    text = snippet.strip()
    if re.fullmatch(r"try\s*:?", text):
        return Tries()
    if re.fullmatch(r"except\s*:?", text):
        return Handles()
    if _IDENTIFIER.fullmatch(text) and not keyword.iskeyword(text):
        return _read_identifier(text, family)
    match parse_snippet(text):
        case None:
            return Text(text)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)) if value is not Ellipsis:
            return Assigns(name, value, stored=family is Family.TASKS)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name() | ast.Attribute() as value):
            maker = written(value)
            if family is Family.MODELS or (family is Family.GENERIC and last_segment(value) in libraries.COLUMN_CALLS):
                return HasColumn(name, exact=True)
            if maker is not None:
                return Makes(name, maker)
        case ast.Call(func=func, args=[], keywords=[]) if (called := written(func)) is not None:
            if family is Family.TASKS and "session" in called.rpartition(".")[2].lower():
                return OpensSession(called)
            return Calls(called)
    return Pattern(text)


def _read_identifier(name: str, family: Family) -> Matcher:
    match family:
        case Family.MODELS:
            return HasColumn(name)
        case Family.TASKS:
            return Writes(name)
        case Family.API if name == "BackgroundTasks":
            return Takes(name)
    return Uses(name)
