"""What an expression provably is: a number, an object, a class, a function of the same file.

Nothing is returned for what the file does not say. Each question takes a bounded number of steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from flake8_bgtasks.javascript.outline import CLASSES, FUNCTIONS, Expression, Outline, Scope, Store, arguments
from flake8_bgtasks.javascript.syntax import Node

_STEPS = 500
_DEPTH = 30
_MANY = 16
_PLAIN = CLASSES | FUNCTIONS | {"number", "object", "binary_expression", "unary_expression"}
_KEEPS = frozenset({"Object.freeze", "Object.seal", "Object.preventExtensions"})

_ANY = "..."
"""No property is called so."""

Definition = tuple[Expression | None, ...]
"""How a property is defined: not at all, by an expression, or by None in a way that we cannot tell."""


class _TooFar(Exception):
    """The question takes more steps than we allow."""


class Values:
    """Answers questions about the expressions of one script."""

    def __init__(self, outline: Outline, changed: frozenset[int] | None = None) -> None:
        self._outline = outline
        self._known_to_change = changed
        self._steps = 0
        self._definitions: dict[int, dict[str, Definition]] = {}
        self._stores: dict[str, dict[int, list[Store]] | None] = {}

    def numbers(self, expression: Expression) -> tuple[float, ...]:
        """Return the numbers that an expression can be, without those that cannot be told."""
        self._steps = 0
        try:
            return tuple(dict.fromkeys(self._numbers(expression, 0)))
        except _TooFar:
            return ()

    def targets(self, expression: Expression) -> tuple[Expression, ...]:
        """Return the functions, classes, objects and numbers that an expression can stand for.

        An arm of a conditional expression of which nothing can be told stands for itself.
        """
        self._steps = 0
        try:
            return tuple(self._targets(expression, 0))
        except _TooFar:
            return ()

    def bound(self, name: Expression) -> Expression | None:
        """Return the expression that a name is bound to, once and for good; None if there is no such."""
        bindings = name.scope.bindings_of(self._outline.word(name.node))
        return bindings[0].value if len(bindings) == 1 and bindings[0].key is None else None

    def _step(self, depth: int) -> None:
        self._steps += 1
        if self._steps > _STEPS or depth > _DEPTH:
            raise _TooFar

    def _numbers(self, expression: Expression, depth: int) -> Iterator[float]:
        for node, scope in self._targets(expression, depth):
            match node.type:
                case "number":
                    yield from _number(self._outline.word(node))
                case "unary_expression":
                    sign, operand = node.child_by_field_name("operator"), node.child_by_field_name("argument")
                    if sign is not None and operand is not None and sign.type in ("-", "+"):
                        factor = -1 if sign.type == "-" else 1
                        yield from (factor * one for one in self._numbers(Expression(operand, scope), depth + 1))
                case "binary_expression":
                    yield from self._computed(node, scope, depth)

    def _computed(self, node: Node, scope: Scope, depth: int) -> Iterator[float]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return
        lefts = tuple(self._numbers(Expression(left, scope), depth + 1))[:_MANY]
        rights = tuple(self._numbers(Expression(right, scope), depth + 1))[:_MANY] if lefts else ()
        for one in lefts:
            for other in rights:
                match operator.type:
                    case "*":
                        yield one * other
                    case "+":
                        yield one + other
                    case "-":
                        yield one - other
                    case "/" if other:
                        yield one / other

    def _targets(self, expression: Expression, depth: int) -> Iterator[Expression]:
        self._step(depth)
        node, scope = expression
        match node.type:
            case kind if kind in _PLAIN:
                yield expression
            case "identifier" | "shorthand_property_identifier":
                yield from self._bound(expression, depth)
            case "parenthesized_expression" if node.named_child_count == 1:
                yield from self._targets(Expression(node.named_children[0], scope), depth + 1)
            case "ternary_expression":
                for arm in (node.child_by_field_name("consequence"), node.child_by_field_name("alternative")):
                    if arm is not None:
                        found = tuple(self._targets(Expression(arm, scope), depth + 1))
                        yield from found or (Expression(arm, scope),)
            case "member_expression" | "subscript_expression":
                owner, name = node.child_by_field_name("object"), self._outline.property_of(node)
                if owner is not None and name is not None:
                    yield from self._member(Expression(owner, scope), name, depth + 1)
            case "this" if scope.this is not None:
                yield Expression(scope.this, self._outline.scopes[scope.this.id])
            case "new_expression":
                made = node.child_by_field_name("constructor")
                if made is not None:
                    classes = self._targets(Expression(made, scope), depth + 1)
                    yield from (one for one in classes if one.node.type in CLASSES)
            case "call_expression":
                yield from self._called(expression, depth)

    def _bound(self, expression: Expression, depth: int) -> Iterator[Expression]:
        bindings = expression.scope.bindings_of(self._outline.word(expression.node))
        if len(bindings) != 1 or bindings[0].value is None:
            return
        value, key = bindings[0]
        if value is not None:
            yield from self._targets(value, depth + 1) if key is None else self._member(value, key, depth + 1)

    def _called(self, expression: Expression, depth: int) -> Iterator[Expression]:
        """Yield what comes out of a call as it went in: ``Object.freeze({...})``, ``tick.bind(this)``."""
        node, scope = expression
        called = node.child_by_field_name("function")
        if called is None or called.type != "member_expression":
            return
        owner = called.child_by_field_name("object")
        if self._outline.word(called) in _KEEPS:
            for given in arguments(node)[:1]:
                yield from self._targets(Expression(given, scope), depth + 1)
        elif owner is not None and self._outline.property_of(called) == "bind":
            found = self._targets(Expression(owner, scope), depth + 1)
            yield from (one for one in found if one.node.type in FUNCTIONS)

    def _member(self, owner: Expression, name: str, depth: int) -> Iterator[Expression]:
        for target in tuple(self._targets(owner, depth)):
            if target.node.type in CLASSES or target.node.type == "object":
                yield from self._property(target, name, depth + 1)

    def _property(self, owner: Expression, name: str, depth: int) -> Iterator[Expression]:
        """Yield what a property of an object, or of a class or its instances, is, if it never changes."""
        self._step(depth)
        stored = self._stored(owner, name, depth)
        if stored is None or owner.node.id in self._changed:
            return
        parts = self._definition(owner, name)
        if None in parts or len(stored) > 1 or (stored and not self._is_initial(stored[0], parts)):
            return
        if stored and stored[0].value is not None:
            yield from self._targets(stored[0].value, depth + 1)
        elif parts and parts[0] is not None:
            yield from self._targets(parts[0], depth + 1)
        elif base := _base(owner.node):
            for target in tuple(self._targets(Expression(base, owner.scope), depth + 1)):
                if target.node.type in CLASSES:
                    yield from self._property(target, name, depth + 1)

    def _stored(self, owner: Expression, name: str, depth: int) -> list[Store] | None:
        """Return the assignments to a property of an object, or None if one may be to it and may be not."""
        if name not in self._stores:
            self._stores[name] = None  # so that a question that leads back to itself ends
            self._stores[name] = self._by_owner(name, depth)
        by_owner = self._stores[name]
        return by_owner.get(owner.node.id, []) if by_owner is not None else None

    def _by_owner(self, name: str, depth: int) -> dict[int, list[Store]] | None:
        """Return the assignments to properties of this name by the object, or None if one may be to any object."""
        found: dict[int, list[Store]] = {}
        before = self._steps
        for store in self._outline.stores.get(name, ()):
            self._steps = 0
            try:
                owners = tuple(self._targets(store.owner, depth + 1))
            except _TooFar:
                owners = ()
            self._steps = before
            if not owners:
                return None
            for one in owners:
                found.setdefault(one.node.id, []).append(store)
        return found

    @cached_property
    def _changed(self) -> frozenset[int]:
        """The objects of which any property may have been changed: ``CONFIG[key] = value``, ``Object.assign``."""
        if self._known_to_change is not None:
            return self._known_to_change
        other = Values(self._outline, changed=frozenset())  # else what changes would rest on what changes
        stores = self._outline.stores.get(None, ())
        return frozenset(one.node.id for store in stores for one in other.targets(store.owner))

    def _is_initial(self, store: Store, parts: Definition) -> bool:
        """Tell whether an assignment is how the property begins: one in the constructor, not under a condition."""
        scope = store.owner.scope
        function = scope.function
        if store.value is None or function is None or scope.parent is None:
            return False
        name = function.child_by_field_name("name")
        is_constructor = function.type == "method_definition" and self._outline.key(name) == "constructor"
        return is_constructor and (not parts or scope.parent is self._outline.scopes[function.id])

    def _definition(self, owner: Expression, name: str) -> Definition:
        """Return how the display of an object, or the body of a class, defines a property."""
        known = self._definitions.get(owner.node.id)
        if known is None:
            known = self._definitions[owner.node.id] = self._read(owner.node)
        return known.get(name, known.get(_ANY, ()))

    def _read(self, owner: Node) -> dict[str, Definition]:
        """Return what an object or a class defines, by name; under `_ANY` what holds of all other names."""
        body = owner.child_by_field_name("body") if owner.type in CLASSES else owner
        scope = self._outline.scopes[owner.id]
        found: dict[str, Definition] = {}
        for part in body.named_children if body is not None else ():
            match part.type:
                case "pair" | "field_definition":
                    key = self._outline.key(part.child_by_field_name("key") or part.child_by_field_name("property"))
                    value = part.child_by_field_name("value")
                    if key is not None:
                        found[key] = (Expression(value, scope) if value is not None else None,)
                    elif part.type == "pair":
                        found = {_ANY: (None,)}
                case "method_definition":
                    key = self._outline.key(part.child_by_field_name("name"))
                    if key is not None:
                        found[key] = (None,) if found.get(key) == (None,) else (self._method(part, scope),)
                case "shorthand_property_identifier":
                    found[self._outline.word(part)] = (Expression(part, scope),)
                case "spread_element":
                    found = {_ANY: (None,)}
        return found

    def _method(self, method: Node, scope: Scope) -> Expression | None:
        """Return a method itself, or what it returns if it is a getter that does nothing else."""
        kinds = {child.type for child in method.children}
        if "set" in kinds:
            return None
        if "get" not in kinds:
            return Expression(method, scope)
        body = method.child_by_field_name("body")
        if body is None or body.named_child_count != 1 or body.named_children[0].type != "return_statement":
            return None
        returned = body.named_children[0].named_children
        return Expression(returned[0], self._outline.scopes[body.id]) if len(returned) == 1 else None


def _base(node: Node) -> Node | None:
    """Return the class that a class extends."""
    heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
    return heritage.named_children[0] if heritage is not None and heritage.named_children else None


def _number(text: str) -> Iterator[float]:
    """Yield the number that a literal is; nothing for a BigInt, which no timer takes.

    >>> [*_number("5_000"), *_number("5e3"), *_number("0x1388"), *_number("5000n")]
    [5000.0, 5000.0, 5000]
    """
    plain = text.replace("_", "").lower()
    try:
        if len(plain) < 40:
            yield int(plain, 0) if plain[:2] in ("0x", "0o", "0b") else float(plain)
    except ValueError:
        return
