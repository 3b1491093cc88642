"""Whether an endpoint is given a `BackgroundTasks`: as a parameter, by a dependency, or handed to its response."""

import ast
from collections.abc import Iterator

from flake8_bgtasks.evidence import Answer
from flake8_bgtasks.semantics import libraries
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.frames import Frame, top
from flake8_bgtasks.semantics.names import class_bindings, lineage, methods, resolve
from flake8_bgtasks.semantics.objects import about, callee, owner_of
from flake8_bgtasks.semantics.scopes import Kind, bindings_of, parameters
from flake8_bgtasks.semantics.values import arms
from flake8_bgtasks.source import FUNCTIONS, Definition, FunctionNode, SourceFile

MAX_DEPTH = 10
_FROM_FRAMEWORKS = frozenset({"BackgroundTasks", "BackgroundTask"})
"""Classes that are FastAPI's or Starlette's; any other that a team names is meant wherever it comes from."""


def takes(source: SourceFile, function: FunctionNode, wanted: str) -> Answer:
    """Return whether the endpoint is given an object of the class `wanted`: ``BackgroundTasks``."""
    answers = list(_answers(source, function, wanted))
    for answer in (Answer.PRESENT, Answer.UNKNOWN):
        if answer in answers:
            return answer
    return Answer.ABSENT


def _answers(source: SourceFile, function: FunctionNode, wanted: str) -> Iterator[Answer]:
    yield _given(Definition(source, function), wanted, set(), 0)
    owner = owner_of(source, function)
    if owner is not None:
        yield _class_given(owner, wanted, set(), 0)
    if _hands_to_response(source, function, wanted):
        yield Answer.PRESENT


def _given(function: Definition, wanted: str, seen: set[ast.AST], depth: int) -> Answer:
    """Whether one of a function's parameters is the object wanted, or a dependency that is given one."""
    if function.node in seen or depth > MAX_DEPTH or not isinstance(function.node, FUNCTIONS):
        return Answer.ABSENT
    seen.add(function.node)
    frame = top(function.source)
    best = Answer.ABSENT
    for argument, default in parameters(function.node):
        answer = _parameter(argument, default, frame, wanted, seen, depth)
        if answer is Answer.PRESENT:
            return answer
        best = answer if answer is Answer.UNKNOWN else best
    return best


def _parameter(
    argument: ast.arg, default: ast.expr | None, frame: Frame, wanted: str, seen: set[ast.AST], depth: int
) -> Answer:
    best = Answer.ABSENT
    if argument.annotation is not None:
        best = names_class(argument.annotation, wanted, frame)
    if best is Answer.PRESENT:
        return best
    for dependency in _dependencies(argument.annotation, default, frame):
        answer = _dependency(dependency, frame, wanted, seen, depth)
        if answer is Answer.PRESENT:
            return answer
        best = answer if answer is Answer.UNKNOWN else best
    return best


def names_class(annotation: ast.expr, wanted: str, frame: Frame) -> Answer:
    """Return whether an annotation names a class of FastAPI or Starlette, in any nesting and through aliases."""
    best = Answer.ABSENT
    seen: set[ast.AST] = set()
    todo = [(annotation, frame)]
    while todo:
        expr, inner = todo.pop()
        for node in ast.walk(expr) if expr not in seen else ():
            seen.add(node)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and inner is frame:
                todo.extend((quoted, top(frame.source)) for quoted in _quoted(node.value))
            elif isinstance(node, ast.Name | ast.Attribute):
                answer = is_class(node, wanted, inner)
                if answer is Answer.PRESENT:
                    return answer
                best = answer if answer is Answer.UNKNOWN else best
                todo.extend(_aliased(node, inner))
    return best


def _quoted(text: str) -> Iterator[ast.expr]:
    try:
        yield ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return


def _aliased(expr: ast.expr, frame: Frame) -> Iterator[tuple[ast.expr, Frame]]:
    """Yield what an alias of a type stands for, where it is more than another name."""
    for found in resolve(expr, frame).definitions:
        if isinstance(found.node, ast.Subscript | ast.BinOp):
            yield found.node, top(found.source)


def is_class(expr: ast.expr, wanted: str, frame: Frame) -> Answer:
    """Return whether a name is that of the class wanted, or of a project class that derives from it."""
    target = resolve(expr, frame)
    for dotted in target.outside:
        if dotted.rpartition(".")[2] == wanted:
            is_meant = wanted not in _FROM_FRAMEWORKS or libraries.is_web_framework(dotted)
            return Answer.PRESENT if is_meant else Answer.UNKNOWN
    for found in target.classes:
        answer = _derives(found, wanted)
        if answer is not Answer.ABSENT:
            return answer
    return Answer.ABSENT


def _derives(definition: Definition, wanted: str) -> Answer:
    """Return whether a project class derives from the class wanted; unknown where it is called so and a base is."""
    line = lineage(definition)
    if any(libraries.is_web_framework(base) and base.rpartition(".")[2] == wanted for base in line.outside):
        return Answer.PRESENT
    is_called_so = any(getattr(found.node, "name", "") == wanted for found in line.classes)
    if wanted not in _FROM_FRAMEWORKS and (
        is_called_so or any(base.rpartition(".")[2] == wanted for base in line.outside)
    ):
        return Answer.PRESENT
    is_open = any(libraries.may_be_project(base, definition.source) for base in line.outside)
    return Answer.UNKNOWN if is_called_so and is_open else Answer.ABSENT


def _dependencies(annotation: ast.expr | None, default: ast.expr | None, frame: Frame) -> Iterator[ast.expr | None]:
    """Yield what ``Depends(f)`` names in a default or in `Annotated`; None for what cannot be seen.

    ``Annotated[Service, Depends()]`` depends on `Service` itself.
    """
    if isinstance(default, ast.Call) and is_dependency(default):
        yield depended_on(default) or annotation
    for expr in _annotated(annotation, frame):
        metadata = expr.slice.elts if isinstance(expr.slice, ast.Tuple) else []
        for part in metadata[1:]:
            if isinstance(part, ast.Call) and is_dependency(part):
                yield depended_on(part) or metadata[0]


def is_dependency(call: ast.Call) -> bool:
    """Tell whether a call is ``Depends(f)`` or ``Security(f)``."""
    return last_segment(call.func) in {"Depends", "Security"}


def depended_on(call: ast.Call) -> ast.expr | None:
    """Return what ``Depends(f)`` names; None where it is left to the annotation."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "dependency"]
    return (*call.args, *named, None)[0]


def _annotated(annotation: ast.expr | None, frame: Frame) -> Iterator[ast.Subscript]:
    if annotation is None:
        return
    for node in ast.walk(annotation):
        if isinstance(node, ast.Subscript) and last_segment(node.value) == "Annotated":
            yield node
    if isinstance(annotation, ast.Name | ast.Attribute):
        for found in resolve(annotation, frame).definitions:
            if isinstance(found.node, ast.Subscript) and last_segment(found.node.value) == "Annotated":
                yield found.node


def _dependency(dependency: ast.expr | None, frame: Frame, wanted: str, seen: set[ast.AST], depth: int) -> Answer:
    if dependency is None:
        return Answer.ABSENT
    target = callee(dependency, frame)
    for function in target.functions:
        answer = _given(function, wanted, seen, depth + 1)
        if answer is not Answer.ABSENT:
            return answer
    for found in target.classes:
        answer = _class_given(found, wanted, seen, depth + 1)
        if answer is not Answer.ABSENT:
            return answer
    instance = None if target.functions or target.classes else about(dependency, frame).definition
    if instance is not None and "__call__" in methods(instance):
        return _given(methods(instance)["__call__"], wanted, seen, depth + 1)
    unresolved = [name for name in target.outside if not libraries.is_standard(name)]
    return Answer.UNKNOWN if unresolved else Answer.ABSENT


def _class_given(definition: Definition, wanted: str, seen: set[ast.AST], depth: int) -> Answer:
    """Whether a class has the object wanted: in its ``__init__``, its ``__call__`` or as an annotated attribute."""
    available = methods(definition)
    best = Answer.ABSENT
    for name in ("__init__", "__call__"):
        if name in available:
            answer = _given(available[name], wanted, seen, depth + 1)
            if answer is Answer.PRESENT:
                return answer
            best = answer if answer is Answer.UNKNOWN else best
    for owner, _, binding in class_bindings(definition):
        if binding.kind is Kind.VALUE and binding.annotation is not None:
            argument = ast.arg("", binding.annotation)
            answer = _parameter(argument, binding.value, top(owner.source), wanted, seen, depth + 1)
            if answer is Answer.PRESENT:
                return answer
            best = answer if answer is Answer.UNKNOWN else best
    return best


def _hands_to_response(source: SourceFile, function: FunctionNode, wanted: str) -> bool:
    """Tell whether a response is made or given ``background=BackgroundTask(...)``."""
    frame = Frame(source, function)
    for node in ast.walk(function):
        match node:
            case ast.keyword(arg="background", value=value):
                if _makes(value, wanted, frame):
                    return True
            case ast.Assign(targets=targets, value=value):
                if any(isinstance(target, ast.Attribute) and target.attr == "background" for target in targets):
                    if _makes(value, wanted, frame):
                        return True
    return False


def _makes(value: ast.expr, wanted: str, frame: Frame) -> bool:
    for arm in arms(value):
        if isinstance(arm, ast.Name):
            bindings, _ = bindings_of(frame.source, arm, arm.id)
            made = [binding.value for binding in bindings if isinstance(binding.value, ast.Call)]
        else:
            made = [arm] if isinstance(arm, ast.Call) else []
        for call in made:
            names = (wanted, wanted.removesuffix("s"))
            if any(is_class(call.func, name, frame) is not Answer.ABSENT for name in names):
                return True
    return False
