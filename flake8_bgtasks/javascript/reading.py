"""From a script's tree to its outline. The parser walks; only what the outline is made of is looked at here."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

from flake8_bgtasks.javascript.outline import (
    CLASSES,
    FUNCTIONS,
    MEMBERS,
    UNKNOWN,
    Binding,
    Expression,
    Outline,
    Scope,
    Store,
    arguments,
)
from flake8_bgtasks.javascript.syntax import Node, find

_BLOCKS = frozenset(
    {"statement_block", "for_statement", "for_in_statement", "switch_body", "catch_clause", "class_static_block"}
)
_CHANGES_ANY = ("Object.assign(", "Object.defineProperty(", "Object.defineProperties(")


def read(root: Node, text: str) -> Outline:
    """Return the outline of a script, however deep it is."""
    reader = _Reader(root, text)
    # all that is made here is kept: to look for garbage in it again and again takes as long as making it
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        reader.read()
    finally:
        if was_collecting:
            gc.enable()
    return reader.outline


class _Reader:
    """Knows for each kind of node what is to be noted of it."""

    def __init__(self, root: Node, text: str) -> None:
        self.outline = Outline(root, text)
        self._assigned: list[tuple[str, Scope]] = []
        self._visits: dict[str, Callable[[Node, Scope], Scope]] = {
            **dict.fromkeys(FUNCTIONS, self._function),
            **dict.fromkeys(CLASSES, self._class),
            **dict.fromkeys(_BLOCKS, self._block),
            **dict.fromkeys(("lexical_declaration", "variable_declaration"), self._declaration),
            **dict.fromkeys(("assignment_expression", "augmented_assignment_expression"), self._assignment),
            "update_expression": self._update,
            "import_clause": self._import,
            "call_expression": self._call,
            "object": self._object,
            "pair": self._pair,
            "field_definition": self._pair,
        }

    def read(self) -> None:
        """Look at the nodes in the order of the text; those that open a scope hold all that start before their end."""
        around = [(len(self.outline.text) + 1, Scope())]
        for node in find(self.outline.root, frozenset(self._visits)):
            while node.start_byte >= around[-1][0]:
                around.pop()
            scope = around[-1][1]
            inner = self._visits[node.type](node, scope)
            if inner is not scope:
                around.append((node.end_byte, inner))
        for name, scope in self._assigned:
            declared = scope.bindings_of(name)
            if isinstance(declared, list):
                declared.append(UNKNOWN)

    def _open(self, node: Node, scope: Scope) -> Scope:
        self.outline.scopes[node.id] = scope
        return scope

    def _function(self, node: Node, scope: Scope) -> Scope:
        own = self.outline.scopes.get(node.id)  # prepared by the object or the class that it is a property of
        this = scope.this if node.type in ("arrow_function", "method_definition") else None
        inner = self._open(node, own or Scope(scope, node, this))
        for name in ("parameter", "parameters"):
            parameters = node.child_by_field_name(name)
            for parameter, _ in self._names(parameters):
                inner.bind(parameter)
        name_node = node.child_by_field_name("name")
        if node.type == "method_definition":
            self._method(self.outline.key(name_node), node, scope)
        elif name_node is not None:
            (scope if node.type.endswith("declaration") else inner).bind(
                self.outline.word(name_node), Binding(Expression(node, scope))
            )
        return inner

    def _class(self, node: Node, scope: Scope) -> Scope:
        inner = self._open(node, Scope(scope, scope.function, node))
        name = node.child_by_field_name("name")
        if name is not None:
            (scope if node.type == "class_declaration" else inner).bind(
                self.outline.word(name), Binding(Expression(node, scope))
            )
        return inner

    def _block(self, node: Node, scope: Scope) -> Scope:
        inner = self._open(node, Scope(scope, scope.function, scope.this))
        if node.type == "catch_clause":
            for name, _ in self._names(node.child_by_field_name("parameter")):
                inner.bind(name)
        if node.type == "for_in_statement":
            kind, left = node.child_by_field_name("kind"), node.child_by_field_name("left")
            if kind is None:
                self._store(left, inner, None)
            else:
                home = self._home(inner) if kind.type == "var" else inner
                for name, _ in self._names(left):
                    home.bind(name)
        return inner

    def _declaration(self, node: Node, scope: Scope) -> Scope:
        home = scope if node.type == "lexical_declaration" else self._home(scope)
        for declarator in node.named_children:
            if declarator.type != "variable_declarator":
                continue
            target, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
            given = Expression(value, scope) if value is not None else None
            if target is not None and target.type == "identifier":
                home.bind(self.outline.word(target), Binding(given))
                continue
            for name, key in self._names(target):
                home.bind(name, Binding(given, key) if key is not None else UNKNOWN)
        return scope

    def _assignment(self, node: Node, scope: Scope) -> Scope:
        right = node.child_by_field_name("right") if node.type == "assignment_expression" else None
        self._store(node.child_by_field_name("left"), scope, right)
        return scope

    def _update(self, node: Node, scope: Scope) -> Scope:
        self._store(node.child_by_field_name("argument"), scope, None)
        return scope

    def _store(self, target: Node | None, scope: Scope, value: Node | None) -> None:
        for leaf, _ in self._leaves(target):
            if leaf.type not in MEMBERS:
                self._assigned.append((self.outline.word(leaf), scope))
                continue
            owner, key = leaf.child_by_field_name("object"), self.outline.property_of(leaf)
            given = Expression(value, scope) if value is not None and leaf is target else None
            if owner is not None:
                self.outline.stores.setdefault(key, []).append(Store(Expression(owner, scope), given))
            if given is not None and given.node.type in FUNCTIONS:
                self._method(key, given.node, scope)

    def _import(self, node: Node, scope: Scope) -> Scope:
        for part in node.named_children:
            specifiers = part.named_children if part.type in ("named_imports", "namespace_import") else [part]
            for specifier in specifiers:
                name = specifier.child_by_field_name("alias") or specifier.child_by_field_name("name") or specifier
                scope.bind(self.outline.word(name))
        return scope

    def _call(self, node: Node, scope: Scope) -> Scope:
        self.outline.calls.append(Expression(node, scope))
        if self.outline.text.startswith(_CHANGES_ANY, node.start_byte):
            changed = arguments(node)[:1]
            self.outline.stores.setdefault(None, []).extend(Store(Expression(one, scope), None) for one in changed)
        return scope

    def _object(self, node: Node, scope: Scope) -> Scope:
        self._open(node, scope)
        for part in node.named_children:
            value = part.child_by_field_name("value") if part.type == "pair" else part
            if value is not None and value.type in FUNCTIONS and value.type != "arrow_function":
                self._open(value, Scope(scope, value, node))
        return scope

    def _pair(self, node: Node, scope: Scope) -> Scope:
        key_node, value = node.child_by_field_name("key"), node.child_by_field_name("value")
        key = self.outline.key(key_node or node.child_by_field_name("property"))
        if value is not None and value.type in FUNCTIONS:
            if node.type == "field_definition":
                self._open(value, Scope(scope, value, scope.this))
            self._method(key, value, scope)
        return scope

    def _method(self, name: str | None, function: Node, scope: Scope) -> None:
        if name is not None:
            self.outline.methods.setdefault(name, []).append(Expression(function, scope))

    def _home(self, scope: Scope) -> Scope:
        """Return the scope that ``var`` declares its names in."""
        if scope.function is not None:
            return self.outline.scopes[scope.function.id]
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def _names(self, pattern: Node | None) -> Iterator[tuple[str, str | None]]:
        """Yield the names that a pattern binds; each with the property that it takes, where that is plain."""
        for leaf, key in self._leaves(pattern):
            if leaf.type not in MEMBERS:
                yield self.outline.word(leaf), key

    def _leaves(self, pattern: Node | None) -> Iterator[tuple[Node, str | None]]:
        """Yield the names and the members that a pattern gives values to, with the property that each takes."""
        waiting: list[tuple[Node, str | None, bool]] = [(pattern, None, True)] if pattern is not None else []
        while waiting:
            node, key, is_top = waiting.pop()
            match node.type:
                case "identifier" | "member_expression" | "subscript_expression":
                    yield node, key
                case "shorthand_property_identifier_pattern":
                    yield node, self.outline.word(node) if is_top else None
                case "pair_pattern":
                    value = node.child_by_field_name("value")
                    if value is not None:
                        plain = is_top and value.type == "identifier"
                        waiting.append(
                            (value, self.outline.key(node.child_by_field_name("key")) if plain else None, False)
                        )
                case "assignment_pattern" | "object_assignment_pattern":
                    left = node.child_by_field_name("left")
                    if left is not None:
                        waiting.append((left, None, False))
                case "array_pattern" if is_top:
                    waiting.extend((part, place, False) for part, place in _places(node))
                case "object_pattern" | "array_pattern" | "rest_pattern" | "formal_parameters" | "ERROR":
                    inside = is_top and node.type == "object_pattern"
                    waiting.extend((part, None, inside) for part in node.named_children)


def _places(pattern: Node) -> Iterator[tuple[Node, str | None]]:
    """Yield the parts of ``[a, , b]``, each that is a plain name with the index that it takes."""
    index = 0
    for part in pattern.children:
        if part.is_named:
            yield part, str(index) if part.type == "identifier" else None
        index += part.type == ","
