"""What stands in a rules file before it is understood: nodes with their places. Knows neither YAML nor the schema."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from flake8_bgtasks.rules.model import Mark


class Scalar(NamedTuple):
    """One value as written.

    ``kind`` names what is no string ("the number 12", "the tag !foo"), and is "" where nothing stands at all.
    ``text`` is empty where no quotes would make a string of it. ``truth`` is that of a boolean.
    """

    text: str
    mark: Mark
    kind: str | None = None
    truth: bool | None = None


class Listing(NamedTuple):
    """A list."""

    items: "tuple[Node, ...]"
    mark: Mark

    @property
    def kind(self) -> str:
        """What it is, in the words that messages use."""
        return "a list"

    @property
    def text(self) -> str:
        """Nothing: no quotes would make a string of it."""
        return ""


class Mapping(NamedTuple):
    """Keys and values in the order of the file, duplicates included."""

    pairs: "tuple[tuple[Node, Node], ...]"
    mark: Mark

    @property
    def kind(self) -> str:
        """What it is, in the words that messages use."""
        return "a mapping"

    @property
    def text(self) -> str:
        """Nothing: no quotes would make a string of it."""
        return ""

    def get(self, name: str) -> "Node | None":
        """Return the first value at a key, or None."""
        return next((value for key, value in self.pairs if isinstance(key, Scalar) and key.text == name), None)


Node: TypeAlias = Scalar | Listing | Mapping

Way: TypeAlias = tuple[str | int, ...]
"""The keys, and the positions in lists, that lead to a node; a value that stands alone is item 0 of its list."""


def places(node: Node, way: Way = ()) -> Iterator[tuple[Way, Mark]]:
    """Yield where each key and each item below a node stands, by the way that leads there."""
    match node:
        case Mapping():
            for key, value in node.pairs:
                yield (*way, key.text), key.mark
                yield from places(value, (*way, key.text))
        case Listing():
            for at, item in enumerate(node.items):
                yield (*way, at), item.mark
                yield from places(item, (*way, at))
        case _:
            yield (*way, 0), node.mark


def kind_of(node: Node) -> str:
    """Return what a node is, in the words that messages use."""
    if isinstance(node, Scalar):
        return "a string" if node.kind is None else node.kind or "nothing"
    return node.kind


def shown(text: str) -> str:
    """Return a text in quotes, shortened to what a message can hold."""
    return repr(clip(text))


def clip(text: str) -> str:
    """Return a text shortened to what a message can hold."""
    return text if len(text) <= 60 else text[:59] + "…"
