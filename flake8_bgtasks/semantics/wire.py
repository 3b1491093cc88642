"""Whether what an endpoint returns has a key *on the wire*: in the JSON that the client gets (section 5, must_return).

Which names a class is sent with is for `schemas`, what a response object is for `responses`.
"""

import ast
from collections.abc import Iterable, Iterator

from flake8_bgtasks.evidence import Answer
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import bind
from flake8_bgtasks.semantics.classes import fields
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.endings import reachable_returns
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.semantics.objects import about, callee
from flake8_bgtasks.semantics.responses import content, is_excused, response_name
from flake8_bgtasks.semantics.schemas import COLLECTIONS, OPEN, sent, sent_by_annotation
from flake8_bgtasks.semantics.scopes import Kind, ScopeNode, bindings_of
from flake8_bgtasks.semantics.values import UNKNOWN, values
from flake8_bgtasks.source import FUNCTIONS, Definition, SourceFile

MAX_DEPTH = 10
MAX_STEPS = 1_000
"""How many expressions one question may look at: a limit on steps."""

_DUMPS = frozenset({"model_dump", "model_dump_json", "dict", "json", "to_dict", "_asdict"})
"""Methods that give an object as a dict or as JSON."""
_ENCODERS = frozenset({"asdict", "jsonable_encoder", "dumps", "to_jsonable_python", "vars"})
"""Functions that give their first argument as a dict or as JSON."""
_MAKERS = frozenset({"model_validate", "from_orm", "model_construct", "parse_obj", "construct", "validate"})
_LISTS = frozenset({"all", "fetchall", "fetchmany", "values_list"})


def worst(answers: Iterable[Answer]) -> Answer:
    """Return the answer for something that must hold on every path."""
    found = set(answers)
    for answer in (Answer.ABSENT, Answer.UNKNOWN):
        if answer in found:
            return answer
    return Answer.PRESENT if found else Answer.ABSENT


def best(answers: Iterable[Answer]) -> Answer:
    """Return the answer for something that must hold in one place."""
    found = set(answers)
    for answer in (Answer.PRESENT, Answer.UNKNOWN):
        if answer in found:
            return answer
    return Answer.ABSENT


def provides(expr: ast.expr, key: str, frame: Frame) -> Answer:
    """Return whether the value of `expr`, sent as JSON, has `key` in it, at any depth of what is literal or known."""
    return _Question(key).answer(expr, frame)


class _Question:
    """Looks for one key; knows how many steps are left."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.steps = MAX_STEPS
        self.entered: list[ast.AST] = []
        """The helpers that are being looked at: recursion says nothing new."""

    def answer(self, expr: ast.expr, frame: Frame, depth: int = 0) -> Answer:
        """Return whether the value of `expr` has the key."""
        self.steps -= 1
        if depth > MAX_DEPTH or self.steps < 0:
            return Answer.UNKNOWN
        match expr:
            case ast.Dict():
                return best(self._entries(expr, frame, depth))
            case ast.DictComp():
                return Answer.UNKNOWN
            case ast.IfExp():
                return worst(self.answer(arm, frame, depth + 1) for arm in (expr.body, expr.orelse))
            case ast.BoolOp():
                return worst(self.answer(arm, frame, depth + 1) for arm in expr.values)
            case ast.Await() | ast.NamedExpr():
                return self.answer(expr.value, frame, depth + 1)
            case ast.BinOp(op=ast.BitOr()):
                return best(self.answer(part, frame, depth + 1) for part in (expr.left, expr.right))
            case ast.Call():
                return self._called(expr, frame, depth)
            case ast.Name():
                return self._named(expr, frame, depth)
            case ast.Attribute() | ast.Subscript():
                return self._of_object(expr, frame)
        return Answer.ABSENT

    def _entries(self, display: ast.Dict, frame: Frame, depth: int) -> Iterator[Answer]:
        for name, value in zip(display.keys, display.values, strict=True):
            if name is None:
                yield self.answer(value, frame, depth + 1)
                continue
            found = values(name, frame)
            if self.key in found:
                yield Answer.PRESENT
            elif UNKNOWN in found:
                yield Answer.UNKNOWN
            yield self._inside(value, frame, depth)

    def _inside(self, value: ast.expr, frame: Frame, depth: int) -> Answer:
        """Whether a value in an envelope has the key; a plain variable, attribute or entry of no known class has not."""
        match value:
            case ast.List() | ast.Tuple():
                return best(self._inside(element, frame, depth + 1) for element in value.elts[:MAX_DEPTH])
            case ast.ListComp() | ast.GeneratorExp():
                return self._inside(value.elt, frame, depth + 1)
            case ast.Name() | ast.Attribute() | ast.Subscript():
                answer = self.answer(value, frame, depth + 1)
                return Answer.ABSENT if answer is Answer.UNKNOWN else answer
            case ast.Call():
                answer = self.answer(value, frame, depth + 1)
                is_scalar = any(libraries.is_standard(name) for name in callee(value.func, frame).outside)
                return Answer.ABSENT if answer is Answer.UNKNOWN and is_scalar else answer
        return self.answer(value, frame, depth + 1)

    def _called(self, call: ast.Call, frame: Frame, depth: int) -> Answer:
        if (response := response_name(call, frame)) is not None:
            return self._response(response, call, frame, depth)
        target = callee(call.func, frame)
        if target.classes:
            return worst(self._made(call, found, frame, depth) for found in target.classes)
        if target.functions:
            return worst(self._returned(found, call, frame, depth) for found in target.functions)
        name = last_segment(call.func)
        if name == "dict" and isinstance(call.func, ast.Name):
            return best(self._dict_call(call, frame, depth))
        if name in _ENCODERS and call.args:
            return self._encoded(call.args[0], frame, depth)
        if name in _DUMPS | _MAKERS and isinstance(call.func, ast.Attribute):
            return self._converted(call, call.func, frame)
        if name in _LISTS:
            return Answer.ABSENT
        known = about(call, frame).definition
        if known is not None:
            return self._has(known)
        if target.outside and all(dotted.startswith("builtins.") for dotted in target.outside):
            return Answer.ABSENT
        return Answer.UNKNOWN

    def _response(self, name: str, call: ast.Call, frame: Frame, depth: int) -> Answer:
        sent_content = content(call)
        if name in {"StreamingResponse", "FileResponse", "EventSourceResponse", "TemplateResponse"}:
            return Answer.UNKNOWN
        return Answer.ABSENT if sent_content is None else self.answer(sent_content, frame, depth + 1)

    def _made(self, call: ast.Call, found: Definition, frame: Frame, depth: int) -> Answer:
        """Whether an object made by calling a class has the key; one of an open class has what it is given."""
        is_generic = isinstance(call.func, ast.Subscript)
        answer = sent_by_annotation(call.func, frame).has(self.key) if is_generic else self._has(found)
        if answer is not Answer.UNKNOWN:
            return answer
        given = best(self._dict_call(call, frame, depth))
        return Answer.PRESENT if given is Answer.PRESENT else Answer.UNKNOWN

    def _has(self, definition: Definition, by_alias: bool = True) -> Answer:
        return sent(definition, by_alias).has(self.key)

    def _encoded(self, expr: ast.expr, frame: Frame, depth: int) -> Answer:
        """Whether ``asdict(x)`` and the like have the key."""
        definition = about(expr, frame).definition
        if definition is None or isinstance(expr, ast.Dict):
            return self.answer(expr, frame, depth + 1)
        return self._has(definition)

    def _converted(self, call: ast.Call, func: ast.Attribute, frame: Frame) -> Answer:
        """Whether ``x.model_dump()``, ``Model.model_validate(x)`` and the like have the key."""
        definition = about(func.value, frame).definition
        if definition is None:
            return Answer.UNKNOWN
        if func.attr == "_asdict":
            return Answer.PRESENT if self.key in fields(definition) else Answer.ABSENT
        by_alias = func.attr in _MAKERS or any(
            keyword.arg == "by_alias" and True in values(keyword.value, frame) for keyword in call.keywords
        )
        return self._has(definition, by_alias)

    def _dict_call(self, call: ast.Call, frame: Frame, depth: int) -> Iterator[Answer]:
        """Yield an answer for each thing that ``dict(...)`` or ``x.update(...)`` is made of."""
        for keyword in call.keywords:
            if keyword.arg == self.key:
                yield Answer.PRESENT
            elif keyword.arg is None:
                yield self.answer(keyword.value, frame, depth + 1)
            else:
                yield self._inside(keyword.value, frame, depth)
        for argument in call.args:
            yield self.answer(argument, frame, depth + 1)

    def _returned(self, function: Definition, call: ast.Call, frame: Frame, depth: int) -> Answer:
        """Whether what a helper of the project gives has the key, on every path that is no error."""
        node = function.node
        inner = bind(function, call, frame)
        if node in self.entered:
            return Answer.ABSENT
        self.entered.append(node)
        try:
            if isinstance(node, ast.Lambda):
                return self.answer(node.body, inner, depth + 1)
            assert isinstance(node, FUNCTIONS)
            if node.returns is not None and (answer := self._annotated(node.returns, top(function.source))) is not None:
                return answer
            given = [one.value for one in reachable_returns(node) if not is_excused(one.value, inner)]
            return worst(
                self.answer(value, inner, depth + 1) if value is not None else Answer.ABSENT for value in given
            )
        finally:
            self.entered.pop()

    def _annotated(self, annotation: ast.expr, frame: Frame) -> Answer | None:
        """What an annotation says about its value, None where it names no class of the project."""
        if isinstance(annotation, ast.Subscript) and last_segment(annotation.value) in COLLECTIONS:
            return Answer.ABSENT
        known = sent_by_annotation(annotation, frame)
        return None if known is OPEN else known.has(self.key)

    def _named(self, name: ast.Name, frame: Frame, depth: int) -> Answer:
        bindings, scope = bindings_of(frame.source, name, name.id)
        if scope is None:
            return Answer.UNKNOWN
        if self._gets_key(name.id, frame, scope, depth):
            return Answer.PRESENT
        answers: list[Answer] = []
        for binding in bindings:
            if binding.annotation is not None:
                annotated = self._annotated(binding.annotation, frame)
                if annotated is not None:
                    return annotated
            if binding.kind is Kind.VALUE and binding.value is not None:
                answers.append(self.answer(binding.value, frame, depth + 1))
            elif binding.kind is Kind.PARAMETER and frame.bound(scope, name.id):
                for argument in frame.bound(scope, name.id):
                    answers.append(self.answer(argument.value, argument.frame, depth + 1))
            elif binding.kind is not Kind.VALUE:
                answers.append(self._of_object(name, frame))
        return best(answers) if answers else Answer.UNKNOWN

    def _gets_key(self, name: str, frame: Frame, scope: ScopeNode, depth: int) -> bool:
        """Tell whether a dict variable is given the key somewhere: ``data["job_id"] = ...``, ``data.update(...)``."""
        for node in _changes(frame.source, scope).get(name, ()):
            match node:
                case ast.Subscript() if self.key in values(node.slice, frame):
                    return True
                case ast.AugAssign() if self.answer(node.value, frame, depth + 1) is Answer.PRESENT:
                    return True
                case ast.Call(func=ast.Attribute(attr="update")):
                    if best(self._dict_call(node, frame, depth)) is Answer.PRESENT:
                        return True
                case ast.Call(args=[first, *_]) if self.key in values(first, frame):
                    return True
        return False

    def _of_object(self, expr: ast.expr, frame: Frame) -> Answer:
        definition = about(expr, frame).definition
        return Answer.UNKNOWN if definition is None else self._has(definition)


@memoized
def _changes(source: SourceFile, scope: ScopeNode) -> dict[str, list[ast.AST]]:
    """Return by variable where a dict is changed: stores, ``|=``, ``update`` and ``setdefault``."""
    found: dict[str, list[ast.AST]] = {}
    for node in ast.walk(scope):
        match node:
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                found.setdefault(name, []).append(node)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.BitOr()):
                found.setdefault(name, []).append(node)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="update" | "setdefault")):
                found.setdefault(name, []).append(node)
    return found
