"""One linted file as its readers see it: its text, its syntax tree, and indexes over the tree, built once and shared.

Nothing here judges code; scopes and names are in `semantics`. Nothing is ever written on the tree, which belongs to
flake8.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, Protocol

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
ScopeNode = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


class Definition(NamedTuple):
    """A node of project source that a name stands for: a module, class, function, or the expression it is bound to."""

    source: "SourceFile"
    node: ast.AST


class Facts(Protocol):
    """What is known about the project beyond the linted file."""

    def module(self, dotted: str, source: "SourceFile") -> "SourceFile | None":
        """Return the project module called `dotted` as `source` imports it, or None where the project has none.

        Relative names keep their leading dots: ``..models``.
        """
        ...

    def owns(self, dotted: str, source: "SourceFile") -> bool:
        """Tell whether a dotted name that leads to no module may all the same be the project's own."""
        ...

    def task_modules(self, source: "SourceFile") -> Iterator["SourceFile"]:
        """Yield the project's other task files that may import the linted file `source`."""
        ...

    def modules_with_class(self, words: tuple[str, ...], source: "SourceFile") -> Iterator["SourceFile"]:
        """Yield the project's modules that have a class of this name, in words: ``("order", "item")`` for `OrderItem`.

        Whether `source` imports them or not.
        """
        ...

    def values(self, expr: ast.expr, source: "SourceFile") -> tuple[object, ...] | None:
        """Return all constants that an expression of `source` can be, None where they are not known: the last resort."""
        ...

    def bases(self, call: ast.Call, source: "SourceFile") -> "tuple[Definition | str, ...] | None":
        """Return what a call in place of a base class makes a class inherit from: project classes and dotted names.

        None where that is not known. The last resort, too.
        """
        ...

    def lead_to(self, values: tuple[str, ...], source: "SourceFile") -> bool:
        """Tell whether a project module that `source` leads to by its imports may hold one of the values."""
        ...


class NoFacts:
    """Nothing is known: whatever lies in another module is unknown."""

    def module(self, dotted: str, source: "SourceFile") -> "SourceFile | None":
        """Return None."""
        return None

    def owns(self, dotted: str, source: "SourceFile") -> bool:
        """Go by the name: a relative import, or one that starts at the file's own topmost package."""
        return dotted.startswith(".") or dotted.partition(".")[0] == source.top_package

    def task_modules(self, source: "SourceFile") -> Iterator["SourceFile"]:
        """Yield nothing."""
        return iter(())

    def modules_with_class(self, words: tuple[str, ...], source: "SourceFile") -> Iterator["SourceFile"]:
        """Yield nothing."""
        return iter(())

    def values(self, expr: ast.expr, source: "SourceFile") -> tuple[object, ...] | None:
        """Return None."""
        return None

    def bases(self, call: ast.Call, source: "SourceFile") -> "tuple[Definition | str, ...] | None":
        """Return None."""
        return None

    def lead_to(self, values: tuple[str, ...], source: "SourceFile") -> bool:
        """Return True: it may."""
        return True


NO_FACTS: Facts = NoFacts()


class _Walk(NamedTuple):
    """What one walk over a tree tells of its nodes. Contexts and operators, which trees share, are left out."""

    by_type: dict[type[ast.AST], list[ast.AST]]
    parents: dict[ast.AST, ast.AST]
    scopes: dict[ast.AST, ScopeNode]
    """Each node's, worked out from its parent's: a chain of a thousand calls has a thousand ancestors."""


_WITHOUT_NODES = frozenset(
    {
        "ctx",
        "op",
        "ops",
        "id",
        "attr",
        "arg",
        "kind",
        "type_comment",
        "module",
        "level",
        "asname",
        "conversion",
        "simple",
    }
)
"""The fields that hold text, numbers, contexts or operators, whichever class of nodes has them (Python 3.10 to 3.15)."""


class _Fields(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of a class of nodes that can hold others."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        is_bare = kind is ast.Constant
        self[kind] = found = () if is_bare else tuple(name for name in kind._fields if name not in _WITHOUT_NODES)
        return found


_FIELDS = _Fields()


def children(node: ast.AST) -> list[ast.AST]:
    """Return the nodes directly in a node, in the order of the source, contexts and operators left out.

    The innermost loop of all: written for speed.
    """
    found: list[ast.AST] = []
    for name in _FIELDS[node.__class__]:
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def _walk(tree: ast.Module) -> _Walk:
    """Walk a tree, without recursion."""
    by_type: dict[type[ast.AST], list[ast.AST]] = defaultdict(list)
    parents: dict[ast.AST, ast.AST] = {}
    scopes: dict[ast.AST, ScopeNode] = {tree: tree}
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        by_type[node.__class__].append(node)
        inner = children(node)
        if not inner:
            continue
        scope = scopes[node]
        if node.__class__ in _OPENING:
            _enter(node, scope, inner, scopes)
        else:
            for child in inner:
                scopes[child] = scope
        for child in inner:
            parents[child] = node
        inner.reverse()
        stack += inner
    return _Walk(dict(by_type), parents, scopes)


_OPENING = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda})


def _enter(node: ast.AST, around: ScopeNode, inner: list[ast.AST], scopes: dict[ast.AST, ScopeNode]) -> None:
    """Set the scopes of the children of a node that opens one: of its body, and of what is evaluated around it."""
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda)
    for child in inner:
        is_inside = child is node.body if isinstance(node, ast.Lambda) else isinstance(child, ast.stmt)
        scopes[child] = node if is_inside else around


class Text:
    """A file's text as bytes, in any encoding that writes ASCII letters as ASCII does."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.lowered = data.lower()

    def mentions(self, word: str) -> bool:
        """Tell whether the text contains `word` anywhere, the case of ASCII letters ignored: the cheapest question.

        A word with other letters in it may be there.
        """
        return not word.isascii() or word.lower().encode() in self.lowered


class View(Protocol):
    """A piece of a file as it is seen from somewhere."""

    def forget(self) -> None:
        """Forget the answers about it."""
        ...


class SourceFile:
    """A Python file under inspection.

    `path` is its POSIX path relative to `root`, or None for code that belongs to no file or lies outside the root;
    `lines` are physical lines with their line ends, as flake8 hands them over.
    """

    def __init__(
        self,
        path: str | None,
        lines: Sequence[str],
        tree: ast.Module,
        root: str | None = None,
        facts: Facts = NO_FACTS,
    ) -> None:
        self.path = path
        self.lines = tuple(lines)
        self.tree = tree
        self.root = root
        self.facts = facts
        self.memo: dict[object, object] = {}
        """Answers already worked out about this file, keyed by question; see `semantics.memo`."""
        self.views: list[View] = []
        """Pieces of this file as they are seen from one way of reaching them, with answers of their own."""

    def __repr__(self) -> str:
        return f"SourceFile({self.path!r})"

    def forget(self) -> None:
        """Forget the answers, which lead back to the file: else it would stay until the garbage collector finds it."""
        self.memo.clear()
        for view in self.views:
            view.forget()
        self.views.clear()

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.lines)

    @cached_property
    def encoded(self) -> Text:
        """The whole text for the questions that are asked before the tree is walked."""
        return Text(self.text.encode("utf-8", "surrogatepass"))

    def mentions(self, word: str) -> bool:
        """Tell whether the text may contain `word`; see `Text.mentions`."""
        return self.encoded.mentions(word)

    @property
    def is_package(self) -> bool:
        """Tell whether the file is a package's ``__init__.py``."""
        return self.path is not None and self.path.rpartition("/")[2] == "__init__.py"

    @cached_property
    def top_package(self) -> str | None:
        """The first directory of the path, which is how the file's own package is most often imported: ``app``."""
        if self.path is None or "/" not in self.path:
            return None
        first, _, rest = self.path.partition("/")
        return rest.partition("/")[0] if first == "src" and "/" in rest else first

    @cached_property
    def _walked(self) -> _Walk:
        """All nodes by type in the order of the source, and each node's parent and scope."""
        return _walk(self.tree)

    def nodes(self, *types: type[Any]) -> Iterator[Any]:
        """Yield the file's nodes of these types, one type after another, each in the order of the source."""
        by_type = self._walked.by_type
        for wanted in types:
            yield from by_type.get(wanted, ())

    def functions(self) -> Iterator[FunctionNode]:
        """Yield every function and method, at any depth."""
        yield from self.nodes(ast.FunctionDef, ast.AsyncFunctionDef)

    def parent(self, node: ast.AST) -> ast.AST | None:
        """Return the node that holds `node`, or None for the module."""
        return self._walked.parents.get(node)

    def scope(self, node: ast.AST) -> ScopeNode:
        """Return the innermost module, class, function or lambda in whose names `node` is evaluated.

        Decorators, defaults and annotations belong to the scope around the function.
        """
        return self._walked.scopes.get(node, self.tree)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield the nodes around `node`, from the closest to the module."""
        parents = self._walked.parents
        current = parents.get(node)
        while current is not None:
            yield current
            current = parents.get(current)

    def line_of(self, node: ast.AST) -> str:
        """Return the line on which `node` starts, without its indent and its end."""
        line = self.place(node)[0]
        return self.lines[line - 1].strip() if 1 <= line <= len(self.lines) else ""

    def place(self, node: ast.AST) -> tuple[int, int]:
        """Return the line (from 1) and column (from 0, in characters) where `node` starts; decorators do not count."""
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        if not 1 <= line <= len(self.lines):
            return line, column
        text = self.lines[line - 1]
        if text.isascii():
            return line, column
        return line, len(text.encode()[:column].decode(errors="ignore"))
