"""Which snippets are Python, and the limits of comparing them with code."""

import ast

import pytest

from flake8_bgtasks.evidence import Answer
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.matching.syntax import Calls, Makes, Pattern, Uses, is_called, parse_snippet
from flake8_bgtasks.semantics.frames import top
from flake8_bgtasks.source import SourceFile


def unit(text: str) -> Unit:
    return Unit.module(SourceFile("app.py", text.splitlines(keepends=True), ast.parse(text)))


@pytest.mark.parametrize(
    ("snippet", "kind"),
    {
        "f(1)": ast.Call,
        "a": ast.Name,
        "a = 1": ast.Assign,
        "a: int": ast.AnnAssign,
        "with a": ast.With,
        "with a:": ast.With,
        "while True:": ast.While,
        "for a in b:": ast.For,
        "def f(): pass": ast.FunctionDef,
        "def f(...)": ast.FunctionDef,
        "async def f( ... ):": ast.AsyncFunctionDef,
        "class A(...):": ast.ClassDef,
        "return": ast.Return,
        "  a  ": ast.Name,
    }.items(),
    ids=repr,
)
def test_is_python(snippet: str, kind: type[ast.AST]) -> None:
    assert isinstance(parse_snippet(snippet), kind)


@pytest.mark.parametrize("snippet", ["", "a b", "except KeyError", "a\nb", "(" * 300, "\0", "a; b"], ids=repr)
def test_is_no_python(snippet: str) -> None:
    assert parse_snippet(snippet) is None


@pytest.mark.parametrize(
    ("code", "answer"), [("h().g()", Answer.ABSENT), ("f.g()", Answer.ABSENT), ("f().g()", Answer.PRESENT)]
)
def test_a_method_of_what_a_call_gives(code: str, answer: Answer) -> None:
    assert Pattern("f().g()").find(unit(code)).answer is answer


@pytest.mark.parametrize(
    ("code", "name", "called"),
    [
        ("f", "f", True),
        ("a.f", "f", True),
        ("a.b.f", "b.f", True),
        ("g().f", "f", True),
        ("a.b.f", "a.f", False),
        ("ab.f", "b.f", False),
        ("f", "a.f", False),
        ("F[int]", "F", True),
        ("fs[0]", "f", False),
    ],
)
def test_is_called(code: str, name: str, called: bool) -> None:
    node = unit(f"{code}()")
    call = next(one for one in ast.walk(node.node) if isinstance(one, ast.Call))
    assert is_called(call.func, name, top(node.source)) is called


def test_evidence_says_where() -> None:
    code = unit("import x\n\nif a:\n    b = F(1)\n")
    for matcher in (Calls("F"), Uses("b"), Makes("b", "F"), Pattern("b = F(1)")):
        evidence = matcher.find(code)
        assert (evidence.answer, evidence.path, evidence.line) == (Answer.PRESENT, "app.py", 4)


def test_nothing_is_unknown_about_syntax() -> None:
    code = unit("from x import *\n")
    for matcher in (Calls("F"), Uses("b"), Makes("b", "F"), Pattern("b = F(1)")):
        assert matcher.find(code).answer is Answer.ABSENT


def test_the_phrases_say_what_is_missing() -> None:
    matchers = (Calls("F"), Uses("b"), Makes("b", "F"), Pattern("b = F(1)"))
    assert [one.missing for one in matchers] == ["never calls F()", "never uses b", "has no b = F", "has no b = F(1)"]
