"""What stands in a script: which names its code uses, what is bound where, what is called and stored.

What belongs here is noted down as it stands; what it is worth is told in `values` and `callbacks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from flake8_bgtasks.javascript.syntax import Node, find, word

FUNCTIONS = frozenset(
    {
        "function_declaration",
        "generator_function_declaration",
        "function_expression",
        "generator_function",
        "arrow_function",
        "method_definition",
    }
)
CLASSES = frozenset({"class_declaration", "class"})
NAMES = frozenset(
    {
        "identifier",
        "property_identifier",
        "private_property_identifier",
        "shorthand_property_identifier",
        "shorthand_property_identifier_pattern",
    }
)
COMMENTS = frozenset({"comment", "html_comment", "hash_bang_line"})
MEMBERS = frozenset({"member_expression", "subscript_expression"})
_KEYED = frozenset({"subscript_expression", "pair", "field_definition", "method_definition"})
_FAR = 100
"""How many scopes outwards a name is looked for."""


class Expression(NamedTuple):
    """A piece of code, and the scope in which its names are to be read."""

    node: Node
    scope: Scope


class Binding(NamedTuple):
    """What a name is bound to: a function, a class or a value; or None where the code does not say."""

    value: Expression | None = None
    key: str | None = None
    """The property of the value that the name is bound to, where the value was taken apart."""


UNKNOWN = Binding()


class Scope:
    """A stretch of code with names of its own."""

    __slots__ = ("bindings", "function", "parent", "this")

    def __init__(self, parent: Scope | None = None, function: Node | None = None, this: Node | None = None) -> None:
        self.parent = parent
        self.function = function
        """The function that the code belongs to."""
        self.this = this
        """The class or the object literal that ``this`` is or is made by; None where the code does not say."""
        self.bindings: dict[str, list[Binding]] = {}

    def bind(self, name: str, binding: Binding = UNKNOWN) -> None:
        """Note that a name is bound here, perhaps once more."""
        self.bindings.setdefault(name, []).append(binding)

    def bindings_of(self, name: str) -> Sequence[Binding]:
        """Return all that a name is bound to where it is bound; nothing if it is bound nowhere."""
        scope: Scope | None = self
        for _ in range(_FAR):
            if scope is None:
                return ()
            if name in scope.bindings:
                return scope.bindings[name]
            scope = scope.parent
        return (UNKNOWN,)


class Store(NamedTuple):
    """An assignment to a property of `owner`; the value is None where it is not to be had."""

    owner: Expression
    value: Expression | None


class Outline:
    """What stands in a script."""

    def __init__(self, root: Node, text: str) -> None:
        self.root = root
        self.text = text
        self.calls: list[Expression] = []
        self.stores: dict[str | None, list[Store]] = {}
        """By the property's name; under None where any property may be meant."""
        self.methods: dict[str, list[Expression]] = {}
        """The functions that are a property of something, by the property's name."""
        self.scopes: dict[int, Scope] = {}
        """By the identity of a node: the scope that it opens, or for an object literal the one that it stands in."""

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that the code uses: identifiers, properties, quoted keys."""
        words = {self.word(node) for node in find(self.root, NAMES)}
        for node in find(self.root, _KEYED):
            key = self.property_of(node) if node.type in MEMBERS else self.key(node.named_children[0])
            words.update((key,) if key is not None else ())
        return frozenset(words)

    @cached_property
    def comments(self) -> tuple[tuple[int, int], ...]:
        """Where the comments start and end, in the order of the text."""
        return tuple((node.start_byte, node.end_byte) for node in find(self.root, COMMENTS))

    def word(self, node: Node) -> str:
        """Return the text of a node."""
        return word(node, self.text)

    def key(self, node: Node | None) -> str | None:
        """Return the name of a property, quoted or not; None where it is computed."""
        if node is not None and node.type in NAMES:
            return self.word(node)
        if node is not None and node.type == "string":
            return self.word(node)[1:-1]
        return None

    def property_of(self, member: Node) -> str | None:
        """Return the property that ``a.b`` and ``a['b']`` name; None where it is computed."""
        if member.type == "member_expression":
            return self.key(member.child_by_field_name("property"))
        index = member.child_by_field_name("index")
        return self.key(index) if index is not None and index.type == "string" else None


def arguments(call: Node) -> list[Node]:
    """Return the arguments of a call or a ``new``, up to the first ``...spread``."""
    given = call.child_by_field_name("arguments")
    found: list[Node] = []
    for argument in given.named_children if given is not None and given.type == "arguments" else ():
        if argument.type == "spread_element":
            break
        if argument.type not in COMMENTS:
            found.append(argument)
    return found
