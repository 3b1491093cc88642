"""How the snippets of a rules file are read as JavaScript (semantics, sections 4 and 6)."""

import re
from typing import NamedTuple, Protocol

from flake8_bgtasks.javascript.outline import MEMBERS, Expression
from flake8_bgtasks.javascript.script import Script
from flake8_bgtasks.matching.own_words import noted
from flake8_bgtasks.semantics.words import continues

_IDENTIFIER = re.compile(r"[\w$#]+")
_CALL = re.compile(r"(?P<name>[\w$#]+(?:\.[\w$#]+)*)\(\)")
_SIGNS = "_$#"


class Matcher(Protocol):
    """Something that a snippet asks a script for."""

    @property
    def missing(self) -> str:
        """What to say of a page that lacks it: ``never uses activeTask``."""
        ...

    def is_met(self, script: Script) -> bool:
        """Tell whether the script has it."""
        ...


class Uses(NamedTuple):
    """An identifier, a property or a quoted key; one that continues the name at a word boundary too, unless `exact`."""

    name: str
    exact: bool = False

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"never uses {self.name}"

    def is_met(self, script: Script) -> bool:
        """See `Matcher`."""
        wanted = _bare(self.name)
        if wanted not in script.text:
            return False
        if self.exact:
            return any(_bare(name) == wanted for name in script.outline.names)
        return any(continues(_bare(name), wanted) for name in script.outline.names)


class Calls(NamedTuple):
    """A call of that name, whatever its arguments."""

    name: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"never calls {self.name}()"

    def is_met(self, script: Script) -> bool:
        """See `Matcher`."""
        return self.name.rpartition(".")[2] in script.text and bool(calls_of(script, self.name))


class Text(NamedTuple):
    """Anything else: it stands on a line of code."""

    text: str

    @property
    def missing(self) -> str:
        """See `Matcher`."""
        return f"has no {self.text}"

    def is_met(self, script: Script) -> bool:
        """See `Matcher`."""
        return self.text in script.text and any(self.text in line for line in script.code_lines)


class AnyOf(NamedTuple):
    """What a snippet asks for, or anything that counts for it."""

    asked: Matcher
    others: tuple[Matcher, ...]
    own_word: str | None = None
    """What the team writes in its place."""

    @property
    def missing(self) -> str:
        """See `Matcher`: what the rule says and what the team would write, and not all that would do."""
        return noted(self.asked.missing, [self.own_word])

    def is_met(self, script: Script) -> bool:
        """See `Matcher`."""
        return self.asked.is_met(script) or any(other.is_met(script) for other in self.others)


def read_snippet(snippet: str, *, exact: bool = False) -> Matcher:
    """Return the matcher that a snippet stands for.

    >>> read_snippet("activeTask"), read_snippet("init()"), read_snippet("hx-get")
    (Uses(name='activeTask', exact=False), Calls(name='init'), Text(text='hx-get'))
    """
    text = snippet.strip()
    if _IDENTIFIER.fullmatch(text):
        return Uses(text, exact)
    if call := _CALL.fullmatch(text):
        return Calls(call["name"])
    return Text(text)


def calls_of(script: Script, name: str) -> list[Expression]:
    """Return the calls of a dotted name, or of a longer one that ends in it."""
    outline = script.outline
    wanted = [_bare(segment) for segment in name.split(".")]
    found = []
    for call in outline.calls:
        node = call.node.child_by_field_name("function")
        segments: list[str] = []
        while node is not None and node.type in MEMBERS and len(segments) < len(wanted):
            segments.insert(0, _bare(outline.property_of(node) or ""))
            node = node.child_by_field_name("object")
        if node is not None and node.type in ("identifier", "this") and len(segments) < len(wanted):
            segments.insert(0, _bare(outline.word(node)))
        if segments == wanted:
            found.append(call)
    return found


def _bare(name: str) -> str:
    """Return a name without the signs in front of it that do not matter; a name of nothing else as it is."""
    return name.lstrip(_SIGNS) or name
