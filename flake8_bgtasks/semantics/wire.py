"""Whether what an endpoint returns has a key *on the wire*: in the JSON that the client gets (section 5, must_return)."""

import ast
from collections.abc import Iterable, Iterator

from flake8_bgtasks.evidence import Answer
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.calls import bind, returns
from flake8_bgtasks.semantics.classes import (
    called_names,
    class_node,
    fields,
    is_dataclass,
    is_mapped,
    is_named_tuple,
    is_schema,
    is_typed_dict,
)
from flake8_bgtasks.semantics.columns import Column, columns, has_unknown_base
from flake8_bgtasks.semantics.names import Frame, class_bindings, last_segment, top
from flake8_bgtasks.semantics.objects import about, about_annotation, callee
from flake8_bgtasks.semantics.scopes import Kind, bindings_of
from flake8_bgtasks.semantics.values import UNKNOWN, values
from flake8_bgtasks.source import FUNCTIONS, Definition

MAX_DEPTH = 8
JSON_RESPONSES = frozenset({"JSONResponse", "ORJSONResponse", "UJSONResponse"})
_DUMPS = frozenset(
    {"model_dump", "dict", "model_dump_json", "json", "asdict", "jsonable_encoder", "_asdict", "to_dict"}
)
_MAKERS = frozenset({"model_validate", "from_orm", "model_construct", "parse_obj", "construct", "validate"})


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


def provides(expr: ast.expr, key: str, frame: Frame, depth: int = 0) -> Answer:
    """Return whether the value of `expr`, sent as JSON, has `key` in it, at any depth of what is literal or known."""
    if depth > MAX_DEPTH:
        return Answer.UNKNOWN
    match expr:
        case ast.Dict():
            return best(_entries(expr, key, frame, depth))
        case ast.IfExp():
            return worst((provides(arm, key, frame, depth + 1) for arm in (expr.body, expr.orelse)))
        case ast.BoolOp():
            return worst(provides(arm, key, frame, depth + 1) for arm in expr.values)
        case ast.Await() | ast.NamedExpr():
            return provides(expr.value, key, frame, depth + 1)
        case ast.BinOp(op=ast.BitOr()):
            return best(provides(part, key, frame, depth + 1) for part in (expr.left, expr.right))
        case ast.Call():
            return _call_provides(expr, key, frame, depth)
        case ast.Name():
            return _name_provides(expr, key, frame, depth)
        case ast.Attribute() | ast.Subscript():
            return _object_provides(expr, key, frame)
    return Answer.ABSENT


def _entries(display: ast.Dict, key: str, frame: Frame, depth: int) -> Iterator[Answer]:
    for name, value in zip(display.keys, display.values, strict=True):
        if name is None:
            yield provides(value, key, frame, depth + 1)
            continue
        found = values(name, frame)
        if key in found:
            yield Answer.PRESENT
        elif UNKNOWN in found:
            yield Answer.UNKNOWN
        yield _nested(value, key, frame, depth)


def _nested(value: ast.expr, key: str, frame: Frame, depth: int) -> Answer:
    """Whether a value inside an envelope has the key; a plain variable or attribute of no known class has not."""
    if isinstance(value, ast.Dict | ast.IfExp | ast.BoolOp | ast.Await):
        return provides(value, key, frame, depth + 1)
    if isinstance(value, ast.Call | ast.Name | ast.Attribute):
        answer = provides(value, key, frame, depth + 1)
        if answer is Answer.UNKNOWN and not (isinstance(value, ast.Call) and _may_return_dict(value, frame)):
            return Answer.ABSENT
        return answer
    return Answer.ABSENT


def _may_return_dict(call: ast.Call, frame: Frame) -> bool:
    """Tell whether an unresolved call may give an object with keys: nothing of the standard library does."""
    target = callee(call.func, frame)
    return not any(libraries.is_standard(name) for name in target.outside)


def _call_provides(call: ast.Call, key: str, frame: Frame, depth: int) -> Answer:
    target = callee(call.func, frame)
    name = last_segment(call.func)
    if target.classes:
        return worst(has_field(found, key, depth) for found in target.classes)
    if target.functions:
        return worst(_function_provides(found, call, key, frame, depth) for found in target.functions)
    names = called_names(call, frame)
    if names & JSON_RESPONSES:
        content = _content(call)
        return provides(content, key, frame, depth + 1) if content is not None else Answer.ABSENT
    if names & {"Response", "PlainTextResponse", "HTMLResponse"}:
        return Answer.ABSENT
    if name == "dict" and isinstance(call.func, ast.Name):
        return best(_dict_call(call, key, frame, depth))
    if name in _DUMPS and not isinstance(call.func, ast.Attribute) and call.args:
        return provides(call.args[0], key, frame, depth + 1)
    if isinstance(call.func, ast.Attribute) and name in _DUMPS | _MAKERS:
        return _object_provides(call.func.value, key, frame)
    known = about(call, frame)
    if known.definition is not None:
        return _class_provides(known.definition, key, depth)
    if target.outside and all(name.startswith("builtins.") for name in target.outside):
        return Answer.ABSENT
    return Answer.UNKNOWN


def _content(call: ast.Call) -> ast.expr | None:
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "content"), None)
    return given if given is not None else (call.args[0] if call.args else None)


def _dict_call(call: ast.Call, key: str, frame: Frame, depth: int) -> Iterator[Answer]:
    for keyword in call.keywords:
        if keyword.arg == key:
            yield Answer.PRESENT
        elif keyword.arg is None:
            yield provides(keyword.value, key, frame, depth + 1)
        else:
            yield _nested(keyword.value, key, frame, depth)
    for argument in call.args:
        yield provides(argument, key, frame, depth + 1)


def _function_provides(function: Definition, call: ast.Call, key: str, frame: Frame, depth: int) -> Answer:
    node = function.node
    if isinstance(node, ast.Lambda):
        return provides(node.body, key, Frame(function.source, node), depth + 1)
    assert isinstance(node, FUNCTIONS)
    if node.returns is not None:
        annotated = about_annotation(node.returns, top(function.source)).definition
        if annotated is not None and not _is_collection(node.returns):
            return _class_provides(annotated, key, depth)
    inner = bind(function, call, frame)
    given = [statement.value for statement in returns(node)]
    return worst(provides(value, key, inner, depth + 1) if value is not None else Answer.ABSENT for value in given)


def _is_collection(annotation: ast.expr) -> bool:
    return isinstance(annotation, ast.Subscript) and last_segment(annotation.value) in {
        "list", "List", "Sequence", "set", "tuple", "Tuple", "Iterable", "dict", "Dict",
    }  # fmt: skip


def _name_provides(name: ast.Name, key: str, frame: Frame, depth: int) -> Answer:
    bindings, scope = bindings_of(frame.source, name, name.id)
    if scope is None:
        return Answer.UNKNOWN
    if _gets_key(name, key, frame, scope, depth):
        return Answer.PRESENT
    answers: list[Answer] = []
    for binding in bindings:
        if binding.annotation is not None:
            definition = about_annotation(binding.annotation, frame).definition
            if definition is not None:
                if _is_collection(binding.annotation):
                    return Answer.ABSENT
                return _class_provides(definition, key, depth)
        if binding.kind is Kind.VALUE and binding.value is not None:
            answers.append(provides(binding.value, key, frame, depth + 1))
        elif binding.kind is Kind.PARAMETER and frame.bound(scope, name.id):
            for argument in frame.bound(scope, name.id):
                answers.append(provides(argument.value, key, argument.frame, depth + 1))
        elif binding.kind is not Kind.VALUE:
            answers.append(_object_provides(name, key, frame))
    return best(answers) if answers else Answer.UNKNOWN


def _gets_key(name: ast.Name, key: str, frame: Frame, scope: ast.AST, depth: int) -> bool:
    """Tell whether a dict variable is given the key somewhere: ``data["job_id"] = ...``, ``data.update(...)``."""
    for node in ast.walk(scope):
        match node:
            case ast.Subscript(value=ast.Name(id=held), slice=ast.Constant(value=written), ctx=ast.Store()):
                if held == name.id and written == key:
                    return True
            case ast.Call(func=ast.Attribute(value=ast.Name(id=held), attr="update")) if held == name.id:
                if best(_dict_call(node, key, frame, depth)) is Answer.PRESENT:
                    return True
            case ast.Call(func=ast.Attribute(value=ast.Name(id=held), attr="setdefault"), args=[first, *_]):
                if held == name.id and key in values(first, frame):
                    return True
    return False


def _object_provides(expr: ast.expr, key: str, frame: Frame) -> Answer:
    definition = about(expr, frame).definition
    return Answer.UNKNOWN if definition is None else _class_provides(definition, key, 0)


def _class_provides(definition: Definition, key: str, depth: int) -> Answer:
    if is_mapped(definition):
        if columns(definition).get(key) is Column.YES:
            return Answer.PRESENT
        return Answer.UNKNOWN
    return has_field(definition, key, depth)


def has_field(definition: Definition, key: str, depth: int = 0) -> Answer:
    """Return whether an instance of a project class, sent as JSON, has `key`: a field, its alias, or one further in."""
    if depth > MAX_DEPTH:
        return Answer.UNKNOWN
    if is_named_tuple(definition):
        return Answer.ABSENT
    if is_mapped(definition):
        return Answer.PRESENT if columns(definition).get(key) is Column.YES else Answer.UNKNOWN
    answers: list[Answer] = []
    generated = _generates_aliases(definition)
    for name, (owner, node) in fields(definition).items():
        if _is_hidden(name, node):
            continue
        wire_name = _alias(node, owner)
        if (wire_name or name) == key:
            answers.append(Answer.UNKNOWN if generated and wire_name is None else Answer.PRESENT)
        inner = about_annotation(node.annotation, top(owner.source)).definition
        if inner is not None and inner.node is not definition.node and not _is_collection(node.annotation):
            answers.append(has_field(inner, key, depth + 1))
    if any(name == key for name in _computed(definition)):
        answers.append(Answer.PRESENT)
    if not answers or best(answers) is Answer.ABSENT:
        known = is_schema(definition) or is_dataclass(definition) or is_typed_dict(definition)
        if (has_unknown_base(definition) and not known) or allows_extra(definition):
            return Answer.UNKNOWN
        if not known and not fields(definition):
            return Answer.UNKNOWN
        return Answer.ABSENT
    return best(answers)


def _is_hidden(name: str, node: ast.AnnAssign) -> bool:
    if name.startswith("_") or last_segment(getattr(node.annotation, "value", node.annotation)) == "ClassVar":
        return True
    return isinstance(node.value, ast.Call) and any(
        keyword.arg == "exclude" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        for keyword in node.value.keywords
    )


def _alias(node: ast.AnnAssign, owner: Definition) -> str | None:
    """The field's name on the wire where it has one: Pydantic 2 prefers ``serialization_alias`` to ``alias``."""
    calls = [node.value, *(ast.walk(node.annotation) if isinstance(node.annotation, ast.Subscript) else ())]
    for wanted in ("serialization_alias", "alias"):
        for call in calls:
            if not isinstance(call, ast.Call) or last_segment(call.func) != "Field":
                continue
            for keyword in call.keywords:
                found = values(keyword.value, top(owner.source)) if keyword.arg == wanted else ()
                if len(found) == 1 and isinstance(found[0], str):
                    return found[0]
    return None


def _computed(definition: Definition) -> Iterator[str]:
    for _, name, binding in class_bindings(definition):
        if isinstance(binding.node, FUNCTIONS):
            for decorator in binding.node.decorator_list:
                head = decorator.func if isinstance(decorator, ast.Call) else decorator
                if last_segment(head) == "computed_field":
                    yield name


def _config(definition: Definition, wanted: str) -> Iterator[ast.expr]:
    """Yield what a Pydantic class's configuration sets `wanted` to: ``model_config`` or an inner ``Config``."""
    for owner, name, binding in class_bindings(definition):
        if name == "model_config" and isinstance(binding.value, ast.Call):
            yield from (keyword.value for keyword in binding.value.keywords if keyword.arg == wanted)
        elif name == "model_config" and isinstance(binding.value, ast.Dict):
            for key, value in zip(binding.value.keys, binding.value.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == wanted:
                    yield value
        elif name == "Config" and isinstance(binding.node, ast.ClassDef):
            for statement in binding.node.body:
                if isinstance(statement, ast.Assign) and last_segment(statement.targets[0]) == wanted:
                    yield statement.value
    for keyword in class_node(definition).keywords:
        if keyword.arg == wanted:
            yield keyword.value


def _generates_aliases(definition: Definition) -> bool:
    return any(True for _ in _config(definition, "alias_generator"))


def allows_extra(definition: Definition) -> bool:
    """Tell whether a Pydantic class keeps fields it does not declare: ``extra="allow"``."""
    return any(
        "allow" in values(value, top(definition.source)) or last_segment(value) == "allow"
        for value in _config(definition, "extra")
    )


def response_class(annotation: ast.expr, frame: Frame) -> Definition | None:
    """Return the one project class that a response model or return annotation stands for; None for lists and others."""
    if _is_collection(annotation):
        return None
    return about_annotation(annotation, frame).definition
