"""What astroid can tell and we cannot: asked last, and imported only when there is something to ask.

astroid sees nothing of the project but excerpts without imports (`excerpts`), reads them without its plugins, and looks
at no installed package, no search path and no file. Whatever goes wrong in it is "unknown".
"""

import ast
import itertools
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, SupportsIndex, TypeVar

from flake8_bgtasks.inference import of_classes, of_values
from flake8_bgtasks.inference.excerpts import Excerpt
from flake8_bgtasks.semantics.memo import memoized
from flake8_bgtasks.source import Definition, SourceFile

if TYPE_CHECKING:
    from astroid import nodes

T = TypeVar("T")
MAX_RESULTS = 8
"""More results than this and the expression is unknown."""
MAX_STEPS = 1_000
"""How many results astroid may work out on the way to an answer: a limit on steps, not on seconds."""

_MODULE = "flake8_bgtasks_excerpt"
_FAILURES = itertools.count(1)


class _Unanswered(Exception):
    """astroid cannot tell, or not in as many steps as it has."""


class _Steps(list[int]):
    """Where astroid counts the results of one question, all that it asks itself on the way included."""

    def __setitem__(self, index: SupportsIndex | slice, value: object) -> None:
        """Take the new count; raise `_Unanswered` where it is too high."""
        assert isinstance(value, int)
        if value > MAX_STEPS:
            raise _Unanswered("too many steps")
        super().__setitem__(0, value)


@memoized
def values(source: SourceFile, expr: ast.expr) -> tuple[object, ...] | None:
    """Return all constants that an expression can be, None where that cannot be told."""
    excerpt = of_values.excerpt(expr, source)
    return None if excerpt is None else _asked(excerpt, _constants, source, expr)


@memoized
def bases(source: SourceFile, expr: ast.expr) -> tuple[Definition | str, ...] | None:
    """Return what a call in place of a base class gives a class for bases, None where that cannot be told."""
    excerpt = of_classes.excerpt(expr, source)
    return None if excerpt is None else _asked(excerpt, _bases, source, expr)


def _asked(excerpt: Excerpt, read: Callable[["_Answer"], T | None], source: SourceFile, expr: ast.expr) -> T | None:
    from astroid.builder import AstroidBuilder
    from astroid.context import InferenceContext
    from astroid.manager import AstroidManager

    manager, context = AstroidManager(), InferenceContext(nodes_inferred=_Steps([0]))
    try:
        module = AstroidBuilder(manager, apply_transforms=False).string_build(excerpt.text, _MODULE)
        asked = module.body[-1].value
        results = list(itertools.islice(asked.infer(context), MAX_RESULTS + 1))
        if len(results) > MAX_RESULTS:
            raise _Unanswered("too many results")
        answer = read(_Answer(module, asked, results, excerpt))
        if answer is None:
            raise _Unanswered("no certain answer")
        return answer
    except Exception as error:  # astroid raises all sorts of things, and none of them may end a run
        if os.environ.get("BGTASKS_DEBUG") == "1":
            place = f"{source.path}:{source.place(expr)[0]}"
            print(f"flake8-bgtasks: unknown to astroid ({next(_FAILURES)}): {place}: {error!r}", file=sys.stderr)
        return None
    finally:  # leave nothing of the project in astroid's caches, which belong to the process
        manager.astroid_cache.pop(_MODULE, None)
        context.inferred.clear()


class _Answer(NamedTuple):
    """What astroid says: the results that it found for `asked`, in the module that the excerpt became."""

    module: "nodes.Module"
    asked: "nodes.Call | nodes.NodeNG"
    results: Sequence[object]
    excerpt: Excerpt


def _constants(answer: _Answer) -> tuple[object, ...] | None:
    """The results, if all are constants that stand in the excerpt: ``"A".lower()`` is an empty string to astroid."""
    from astroid import nodes

    found: dict[object, None] = {}
    for result in answer.results:
        if not isinstance(result, nodes.Const) or result.parent is None or result.root() is not answer.module:
            return None
        found[result.value] = None
    return tuple(found) or None


def _bases(answer: _Answer) -> tuple[Definition | str, ...] | None:
    """The one class that was made, or where it was made by `type`, its bases; what a function was given goes with it."""
    from astroid import nodes

    if len(answer.results) != 1:
        return None
    made = answer.results[0]
    if not isinstance(made, nodes.ClassDef) or made.root() is not answer.module:
        return None
    known = answer.excerpt.classes.get(made.name)
    if known is None and made.name != f"{of_classes.MADE}{len(made.bases)}":
        return None
    inherited = [_one_class(base, answer) for base in made.bases]
    if None in inherited:
        return None
    above = tuple(one for one in inherited if one is not None)
    return above if known is None else (known, *above)


def _one_class(base: object, answer: _Answer) -> Definition | str | None:
    """What a base of a class that was made is, where it is one class; a parameter is what the call passes for it."""
    from astroid import nodes
    from astroid.arguments import CallSite
    from astroid.context import InferenceContext

    if isinstance(base, nodes.Name) and isinstance(function := base.lookup(base.name)[0], nodes.FunctionDef):
        if not isinstance(answer.asked, nodes.Call) or next(answer.asked.func.infer()) is not function:
            return None
        given = CallSite.from_call(answer.asked).infer_argument(function, base.name, InferenceContext())
    elif isinstance(base, nodes.NodeNG):
        given = base.infer()
    else:
        return None
    found = list(itertools.islice(given, 2))
    if len(found) != 1 or not isinstance(found[0], nodes.ClassDef) or found[0].parent is not answer.module:
        return None  # where a function makes it too, we would have to ask what that one was given
    return answer.excerpt.classes.get(found[0].name)
