"""Whether a callback provably polls nothing: clocks, animations, counters."""

from __future__ import annotations

import re

from flake8_bgtasks.javascript.outline import CLASSES, FUNCTIONS, MEMBERS, Expression, Outline, arguments
from flake8_bgtasks.javascript.values import Values

GLOBALS = frozenset({"window", "globalThis", "self"})
TIMERS = frozenset({"setInterval", "setTimeout"})
_MOST_FUNCTIONS = 50
_MOST_NODES = 3_000
"""What is longer is not read to the end, and counts as work."""

_TAKES_CALLBACK = TIMERS | {
    *("requestAnimationFrame", "requestIdleCallback", "queueMicrotask", "$nextTick"),
    *("forEach", "map", "filter", "find", "findIndex", "findLast", "some", "every", "reduce", "flatMap", "sort"),
}
_LITERALS = frozenset({"string", "template_string", "number", "regex", "object", "array"})
_FUNCTIONS = _TAKES_CALLBACK | {
    *("clearInterval", "clearTimeout", "cancelAnimationFrame", "cancelIdleCallback", "getComputedStyle"),
    *("Number", "String", "Boolean", "BigInt", "Symbol", "Array", "Object", "Date", "RegExp", "Error"),
    *("parseInt", "parseFloat", "isNaN", "isFinite", "structuredClone"),
    *("encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent", "$", "jQuery", "moment", "dayjs"),
}
_NAMESPACES = frozenset(
    {"Date", "Math", "Intl", "console", "performance", "JSON", "Number", "String", "Array", "Object", "Symbol"}
)
_CONSTRUCTED = frozenset({"Date", "Map", "Set", "WeakMap", "WeakSet", "Array", "Object", "RegExp", "Error", "Number"})
_METHODS = frozenset(
    {
        # timers and look-ups in the document, and what is done there
        *("getElementById", "getElementsByClassName", "getElementsByTagName", "getElementsByName", "querySelector"),
        *("querySelectorAll", "closest", "matches", "getAttribute", "setAttribute", "hasAttribute", "removeAttribute"),
        *("toggleAttribute", "getBoundingClientRect", "getContext", "getPropertyValue", "setProperty", "createElement"),
        *(
            "createTextNode",
            "appendChild",
            "removeChild",
            "replaceChild",
            "insertBefore",
            "replaceChildren",
            "scrollTo",
            "scrollBy",
        ),
        *("scrollIntoView", "hasFocus", "item", "animate", "$nextTick"),
        # canvases
        *(
            "clearRect",
            "fillRect",
            "strokeRect",
            "fillText",
            "strokeText",
            "beginPath",
            "closePath",
            "moveTo",
            "lineTo",
        ),
        *("arc", "rotate", "translate", "scale", "drawImage", "stroke"),
        # text, numbers, dates
        *(
            "toString",
            "valueOf",
            "toFixed",
            "toPrecision",
            "toLocaleString",
            "toLocaleTimeString",
            "toLocaleDateString",
        ),
        *(
            "toISOString",
            "toJSON",
            "toUTCString",
            "toTimeString",
            "toDateString",
            "padStart",
            "padEnd",
            "slice",
            "split",
        ),
        *("substring", "substr", "trim", "trimStart", "trimEnd", "replace", "replaceAll", "concat", "repeat", "charAt"),
        *("charCodeAt", "codePointAt", "at", "toUpperCase", "toLowerCase", "startsWith", "endsWith", "includes"),
        *("indexOf", "lastIndexOf", "localeCompare", "test", "match", "format", "formatToParts", "fromNow", "diff"),
        # arrays
        *("forEach", "map", "filter", "find", "findIndex", "findLast", "some", "every", "reduce", "flatMap", "sort"),
        *("join", "push", "pop", "shift", "unshift", "splice", "reverse", "fill", "flat", "keys", "values", "entries"),
    }
)
_DATE_PART = re.compile(
    r"(?:get|set)(?:UTC)?(?:Date|Day|FullYear|Hours|Milliseconds|Minutes|Month|Seconds|Time|TimezoneOffset)"
)
_LOCATION = re.compile(r"(?:(?:window|self|globalThis|document)\.)?location(?:\.\w{1,20})?")
_PARTS_OF_ELEMENTS = frozenset({"classList", "style", "dataset"})
_JQUERY = frozenset({"$", "jQuery"})
_JQUERY_METHODS = frozenset(
    {
        *("text", "html", "val", "attr", "prop", "css", "addClass", "removeClass", "toggleClass", "show", "hide"),
        *("toggle", "fadeIn", "fadeOut", "fadeToggle", "animate", "find", "first", "last", "eq", "each", "data"),
    }
)


class Callbacks:
    """Judges the callbacks of one script; each function is read once."""

    def __init__(self, outline: Outline, values: Values) -> None:
        self._outline = outline
        self._values = values
        self._read: dict[int, tuple[Expression, ...] | None] = {}

    def polls_nothing(self, callback: Expression) -> bool:
        """Tell whether what a callback does is all known, and none of it asks anybody for anything."""
        waiting = list(self._functions(callback))
        seen: set[int] = set()
        if not waiting:
            return False
        while waiting:
            function = waiting.pop()
            if function.node.id in seen:
                continue
            seen.add(function.node.id)
            reached = self._reached(function) if len(seen) <= _MOST_FUNCTIONS else None
            if reached is None:
                return False
            waiting.extend(reached)
        return True

    def is_global(self, called: Expression, names: frozenset[str]) -> bool:
        """Tell whether one of the browser's own functions is meant: ``setInterval``, ``window.setInterval``."""
        node, scope = called
        if node.type == "identifier":
            return self._outline.word(node) in names and not scope.bindings_of(self._outline.word(node))
        if node.type not in MEMBERS or self._outline.property_of(node) not in names:
            return False
        owner = node.child_by_field_name("object")
        return owner is not None and self._is_named(Expression(owner, scope), GLOBALS)

    def _is_named(self, expression: Expression, names: frozenset[str]) -> bool:
        """Tell whether an expression is one of these names, which the file itself gives to nothing."""
        node, scope = expression
        name = self._outline.word(node) if node.type == "identifier" else None
        return name in names and not scope.bindings_of(str(name))

    def _functions(self, expression: Expression) -> tuple[Expression, ...]:
        """Return the functions that an expression can stand for; none where one of them cannot be told."""
        targets = self._values.targets(expression)
        functions = tuple(one for one in targets if one.node.type in FUNCTIONS)
        if functions or expression.node.type not in MEMBERS:
            return functions if len(functions) == len(targets) else ()
        owner = expression.node.child_by_field_name("object")
        this = expression.scope.this
        if owner is not None and owner.type == "this" and (this is None or this.type == "object"):
            return tuple(self._outline.methods.get(self._outline.property_of(expression.node) or "", ()))
        return ()

    def _reached(self, function: Expression) -> tuple[Expression, ...] | None:
        """Return the functions of the file that a function calls, or None if it does anything else of note."""
        key = function.node.id
        if key not in self._read:
            self._read[key] = self._read_body(function)
        return self._read[key]

    def _read_body(self, function: Expression) -> tuple[Expression, ...] | None:
        found: list[Expression] = []
        waiting = [function]
        for _ in range(_MOST_NODES):
            if not waiting:
                return tuple(found)
            node, scope = waiting.pop()
            scope = self._outline.scopes.get(node.id, scope)
            reached = self._effects(Expression(node, scope))
            if reached is None:
                return None
            found.extend(reached)
            waiting.extend(Expression(child, scope) for child in node.named_children)
        return None

    def _effects(self, expression: Expression) -> tuple[Expression, ...] | None:
        """Return the functions of the file that this very node calls, or None if it does anything else of note."""
        match expression.node.type:
            case "ERROR":
                return None
            case "call_expression":
                return self._called(expression)
            case "new_expression":
                return self._constructed(expression)
            case "assignment_expression" if self._goes_elsewhere(expression):
                return None
        return ()

    def _called(self, call: Expression) -> tuple[Expression, ...] | None:
        node = call.node.child_by_field_name("function")
        if node is None:
            return None
        called = call._replace(node=node)
        while called.node.type == "parenthesized_expression" and called.node.named_child_count == 1:
            called = called._replace(node=called.node.named_children[0])
        if called.node.type in FUNCTIONS:
            return ()  # its body is read as part of this one
        if functions := self._functions(called):
            return functions
        return self._handed_over(call, called) if self._is_harmless(called) else None

    def _is_harmless(self, called: Expression) -> bool:
        node, scope = called
        if self.is_global(called, _FUNCTIONS) or self._sets_state(called):
            return True
        owner = node.child_by_field_name("object") if node.type in MEMBERS else None
        name = self._outline.property_of(node) if owner is not None else None
        if owner is None or name is None or _LOCATION.fullmatch(self._outline.word(owner)):
            return False
        if owner.type == "this" and name in self._outline.methods:
            return False  # the file has its own idea of it, which could not be followed
        if self._is_named(Expression(owner, scope), _NAMESPACES):
            return True
        if owner.type in MEMBERS and self._outline.property_of(owner) in _PARTS_OF_ELEMENTS:
            return True
        if name in _JQUERY_METHODS and self._is_jquery(Expression(owner, scope)):
            return True
        return name in _METHODS or _DATE_PART.fullmatch(name) is not None

    def _sets_state(self, called: Expression) -> bool:
        """Tell whether a name is React's way to set a field: ``const [seconds, setSeconds] = useState(0)``."""
        if called.node.type != "identifier":
            return False
        bindings = called.scope.bindings_of(self._outline.word(called.node))
        if len(bindings) != 1 or bindings[0].key != "1" or bindings[0].value is None:
            return False
        made = bindings[0].value.node.child_by_field_name("function")
        return made is not None and self._outline.word(made) in ("useState", "React.useState")

    def _is_jquery(self, owner: Expression) -> bool:
        """Tell whether a chain of calls starts at ``$(...)``, perhaps by way of names that are bound once."""
        node, scope = owner
        is_called = False
        for _ in range(_MOST_FUNCTIONS):
            if node.type == "call_expression" and (called := node.child_by_field_name("function")) is not None:
                node, is_called = called, called.type == "identifier"
                if is_called:
                    break
            elif node.type == "member_expression" and self._outline.property_of(node) in _JQUERY_METHODS:
                node = node.child_by_field_name("object") or node
            elif node.type == "identifier" and (value := self._values.bound(Expression(node, scope))) is not None:
                node, scope = value
            else:
                return False
        return is_called and self._is_named(Expression(node, scope), _JQUERY)

    def _handed_over(self, call: Expression, called: Expression) -> tuple[Expression, ...] | None:
        """Return the functions that a call is given to call, or None if one of them is not known."""
        name = self._outline.word(called.node) if called.node.type == "identifier" else ""
        if (name or self._outline.property_of(called.node)) not in _TAKES_CALLBACK:
            return ()
        found: list[Expression] = []
        for given in arguments(call.node)[:1]:
            if given.type in FUNCTIONS or (given.type in _LITERALS and not self.is_global(called, TIMERS)):
                continue
            if self._is_named(call._replace(node=given), _FUNCTIONS - _TAKES_CALLBACK):
                continue
            functions = self._functions(call._replace(node=given))
            if not functions:
                return None
            found.extend(functions)
        return tuple(found)

    def _constructed(self, expression: Expression) -> tuple[Expression, ...] | None:
        node = expression.node.child_by_field_name("constructor")
        if node is None:
            return None
        made = expression._replace(node=node)
        if self._is_named(made, _CONSTRUCTED):
            return ()
        owner = node.child_by_field_name("object") if node.type in MEMBERS else None
        if owner is not None and self._is_named(expression._replace(node=owner), frozenset({"Intl"})):
            return ()
        classes = tuple(one for one in self._values.targets(made) if one.node.type in CLASSES)
        plain = all(child.type != "class_heritage" for one in classes for child in one.node.named_children)
        return classes if classes and plain else None  # all that the class can do counts

    def _goes_elsewhere(self, assignment: Expression) -> bool:
        """Tell whether an assignment loads another page: ``location.href = "/"``."""
        left = assignment.node.child_by_field_name("left")
        return left is not None and _LOCATION.fullmatch(self._outline.word(left)) is not None
