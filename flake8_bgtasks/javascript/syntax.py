"""The one door to tree-sitter: text in, syntax tree out. What the nodes mean is told elsewhere."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from flake8_bgtasks.javascript.mending import mended

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Query
else:
    Node = object

__all__ = ["Node", "find", "parse", "word"]

_SAYING = frozenset({"call_expression", "variable_declarator", "method_definition", "pair"})
_TRIES = 3
"""How many lines may be left out of a broken script to read the others."""
_LONG = 300_000
"""No line is left out of longer scripts: that takes a new tree each time."""
_WIDE = 100
"""A query's time grows with the square of the pieces that lie side by side in one error (tree-sitter 0.26)."""
_NOT_ASCII = re.compile(r"[^\x01-\x7f]")


def parse(text: str) -> Node:
    """Return the root of the text's syntax tree; its offsets count characters, and code that is broken has a tree too.

    What breaks the tree is taken out where that helps: TypeScript's annotations, and then a line that keeps what
    follows it from being read. The placeholders of templates do no such harm.
    """
    shadow = _shadow(text)
    root = _parse(shadow)
    if not root.has_error:
        return root
    without = mended(shadow, [(error.start_byte, error.end_byte) for error in _errors(root)])
    if without != shadow:
        candidate = _parse(without)
        if len(_errors(candidate)) < len(_errors(root)):
            shadow, root = without, candidate
    return _without_worst_lines(shadow, root)


def _without_worst_lines(shadow: str, root: Node) -> Node:
    """Return the tree without a few lines, each of which made more code unreadable than there is on it."""
    if len(shadow) > _LONG:
        return root
    best, tried = _worth(root), set[int]()
    for _ in range(_TRIES):
        starts = (shadow.rfind("\n", 0, error.start_byte) + 1 for error in _errors(root))
        start = next((start for start in starts if start not in tried), None)
        if start is None:
            break
        tried.add(start)
        end = shadow.find("\n", start)
        width = (end if end >= 0 else len(shadow)) - start
        candidate = _parse(without := shadow[:start] + " " * width + shadow[start + width :])
        if (worth := _worth(candidate)) > best:
            shadow, root, best = without, candidate, worth
    return root


def find(root: Node, kinds: frozenset[str]) -> list[Node]:
    """Return the nodes of these kinds in the order of the text, an outer one before those within it."""
    from tree_sitter import QueryCursor

    if any(error.child_count > _WIDE for error in _errors(root)):
        found = [node for node in _walked(root) if node.type in kinds]
    else:
        found = QueryCursor(_query(kinds)).captures(root).get("found", [])
    return sorted(found, key=lambda node: (node.start_byte, -node.end_byte))


def _walked(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        yield (node := waiting.pop())
        waiting.extend(reversed(node.children))


def word(node: Node, text: str) -> str:
    """Return the text of a node of the tree of `text`."""
    return text[node.start_byte : node.end_byte]


def _shadow(text: str) -> str:
    """Return a text of the same length in ASCII, so that bytes are characters; names are read from the real one."""
    if text.isascii() and "\0" not in text:
        return text
    return _NOT_ASCII.sub(lambda found: " " if found[0].isspace() or found[0] in "\0\ufeff" else "_", text)


def _parse(shadow: str) -> Node:
    from tree_sitter import Parser

    return Parser(_language()).parse(shadow.encode("ascii")).root_node


@lru_cache(maxsize=1)
def _language() -> "Language":
    import tree_sitter_javascript
    from tree_sitter import Language

    return Language(tree_sitter_javascript.language())


@lru_cache(maxsize=16)
def _query(kinds: frozenset[str]) -> "Query":
    from tree_sitter import Query

    # the grammar of another version may lack a kind, which a query may then not ask for
    known = (kind for kind in sorted(kinds) if _language().id_for_node_kind(kind, True) is not None)
    query: Query = Query(_language(), f"[{' '.join(f'({kind})' for kind in known)}] @found")
    return query


def _errors(root: Node) -> list[Node]:
    """Return the nodes that stand for code that could not be read, and for what is missing there, in their order."""
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            found.append(node)
        if node.has_error:
            waiting.extend(reversed(node.children))
    return found


def _worth(root: Node) -> tuple[int, int]:
    """Return how much of the code that says something was read, and on a tie how little of it all was not."""
    return len(find(root, _SAYING)), -len(_errors(root))
