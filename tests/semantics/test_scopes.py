"""Which bindings a name can mean, by Python's scoping rules. The name in question is ``x``, used as ``use(x)``."""

import ast

import pytest

from flake8_bgtasks.semantics.scopes import Binding, bindings_of, exports, parameters, scope_of
from flake8_bgtasks.source import SourceFile
from tests.linting import read

CASES = {
    "a module's variable": ("x = 1\nuse(x)", "VALUE"),
    "all assignments count": ("x = 1\nx = 2\nuse(x)", "VALUE VALUE"),
    "whatever the order": ("def f():\n    use(x)\nx = 1", "VALUE"),
    "a local variable hides the module's": ("x = 1\ndef f():\n    x = 2\n    x = 3\n    use(x)", "VALUE VALUE"),
    "a parameter": ("x = 1\ndef f(x):\n    use(x)", "PARAMETER"),
    "a keyword-only parameter": ("def f(*, x=1):\n    use(x)", "PARAMETER"),
    "the rest of the arguments": ("def f(*x):\n    use(x)", "OTHER"),
    "the rest of the keywords": ("def f(**x):\n    use(x)", "OTHER"),
    "a lambda's parameter": ("f = lambda x: use(x)", "PARAMETER"),
    "a lambda's default is evaluated outside": ("x = 1\nf = lambda x=use(x): x", "VALUE"),
    "a default is evaluated outside": ("x = 1\ndef f(x=use(x)): pass", "VALUE"),
    "a decorator is evaluated outside": ("x = 1\n@use(x)\ndef f(x): pass", "VALUE"),
    "an annotation is evaluated outside": ("x = 1\ndef f(x: use(x)): pass", "VALUE"),
    "a method does not see its class's names": (
        "x = 1\nclass C:\n    x = 2\n    x = 3\n    def f(self): use(x)",
        "VALUE",
    ),
    "the class's body does": ("x = 1\nclass C:\n    x = 2\n    x = 3\n    use(x)", "VALUE VALUE"),
    "a nested function sees the function around": ("def f(x):\n    def g():\n        use(x)", "PARAMETER"),
    "global": ("x = 1\ndef f():\n    global x\n    x = 2\n    use(x)", "VALUE VALUE"),
    "an import": ("import x\nuse(x)", "IMPORT"),
    "an import by another name": ("from a import b as x\nuse(x)", "IMPORT"),
    "a function": ("def x(): pass\nuse(x)", "FUNCTION"),
    "a class": ("class x: pass\nuse(x)", "CLASS"),
    "a loop": ("for x in y: use(x)", "ELEMENT"),
    "a comprehension": ("[use(x) for x in y]", "ELEMENT"),
    "with": ("with y as x: use(x)", "CONTEXT"),
    "except": ("try: pass\nexcept E as x: use(x)", "CAUGHT"),
    "walrus": ("if x := 1: use(x)", "VALUE"),
    "unpacking a display": ("x, y = 1, 2\nuse(x)", "VALUE"),
    "unpacking something else": ("y, x = z\nuse(x)", "PART"),
    "unpacking a star": ("y, *x = z\nuse(x)", "OTHER"),
    "adding": ("x += 1\nuse(x)", "OTHER"),
    "a match capture": ("match y:\n    case [x]: use(x)", "OTHER"),
    "an attribute binds no name": ("y.x = 1\nuse(x)", ""),
    "nobody": ("use(x)", ""),
}


def bindings(code: str) -> tuple[Binding, ...]:
    """Return the bindings of ``x`` where it is used."""
    source = read(code, "a.py")
    return bindings_of(source, used(source), "x")[0]


def used(source: SourceFile) -> ast.AST:
    """Return the ``x`` in ``use(x)``."""
    calls = [call for call in source.nodes(ast.Call) if isinstance(call.func, ast.Name) and call.func.id == "use"]
    node: ast.AST = calls[0].args[0]
    return node


@pytest.mark.parametrize(("code", "kinds"), CASES.values(), ids=CASES)
def test_bindings(code: str, kinds: str) -> None:
    """The kinds of all bindings of the scope that binds the name."""
    assert " ".join(binding.kind.name for binding in bindings(code)) == kinds


def test_unpacking_knows_its_part() -> None:
    """A part of a display is the element itself; a part of something else says which."""
    (element,), (part,) = bindings("y, x = 1, 2\nuse(x)"), bindings("y, x = z\nuse(x)")
    assert isinstance(element.value, ast.Constant) and element.value.value == 2
    assert part.position == 1


@pytest.mark.parametrize(
    ("code", "dotted"),
    [
        ("import x", "x"),
        ("import a.b as x", "a.b"),
        ("from a import x", "a.x"),
        ("from .a import b as x", ".a.b"),
        ("from . import x", ".x"),
        ("from .. import a as x", "..a"),
    ],
)
def test_imports_know_their_origin(code: str, dotted: str) -> None:
    """Relative imports keep their dots."""
    assert [binding.dotted for binding in bindings(f"{code}\nuse(x)")] == [dotted]


def test_parameters_have_their_defaults() -> None:
    """Positional ones first, then keyword-only ones."""
    function = ast.parse("def f(a, /, b, c=1, *rest, d, e=2, **more): pass").body[0]
    assert isinstance(function, ast.FunctionDef)
    found = {argument.arg: ast.unparse(default) if default else None for argument, default in parameters(function)}
    assert found == {"a": None, "b": None, "c": "1", "d": None, "e": "2"}


EXPORTS: dict[str, tuple[str, set[str] | None]] = {
    "nothing": ("x = 1", None),
    "a list": ("__all__ = ['a', 'b']", {"a", "b"}),
    "a declaration": ("__all__: list[str] = ['a']", {"a"}),
    "a list that grows": (
        "__all__ = ['a']\n__all__ += ('b',)\n__all__.extend(['c'])\n__all__.append('d')",
        set("abcd"),
    ),
    "a list that is put together": ("__all__ = ['a'] + other.__all__", None),
    "a list with something that is no text": ("__all__ = ['a', name]", None),
    "a list that grows by another": ("__all__ = ['a']\n__all__.extend(other.__all__)", None),
    "a list that loses something": ("__all__ = ['a', 'b']\n__all__.remove('b')", None),
}


@pytest.mark.parametrize(("code", "names"), EXPORTS.values(), ids=EXPORTS)
def test_a_star_import_takes(code: str, names: set[str] | None) -> None:
    """None where that is not known."""
    assert exports(read(code, "a.py")) == names


def test_scope_of_the_module() -> None:
    """The module is its own scope."""
    source = read("x = 1", "a.py")
    assert scope_of(source, source.tree) is source.tree
