"""Whether an expression, sent as JSON, has a key: the three answers, and that every question ends."""

import ast
from textwrap import dedent

import pytest

from flake8_bgtasks.evidence import Answer
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.schemas import sent
from flake8_bgtasks.semantics.wire import best, provides, worst
from flake8_bgtasks.source import FUNCTIONS, Definition, SourceFile


def answer(code: str, key: str = "k") -> Answer:
    """The answer for what the last return of the last function of a file gives."""
    code = dedent(code)
    source = SourceFile("app/api.py", code.splitlines(keepends=True), ast.parse(code))
    function = source.tree.body[-1]
    assert isinstance(function, FUNCTIONS) and isinstance(function.body[-1], ast.Return) and function.body[-1].value
    return provides(function.body[-1].value, key, Frame(source, function))


ANSWERS = {
    "a dump of something unknown": ("a.model_dump()", Answer.UNKNOWN),
    "a dict with the key": ("{'k': 1}", Answer.PRESENT),
    "a dict without it": ("{'j': 1}", Answer.ABSENT),
    "a dict with an unknown key": ("{a: 1}", Answer.UNKNOWN),
    "a dict with an unknown part": ("{**a}", Answer.UNKNOWN),
    "an unknown name": ("a", Answer.UNKNOWN),
    "an unknown call": ("a()", Answer.UNKNOWN),
    "an unknown attribute": ("a.b", Answer.UNKNOWN),
    "a builtin's result": ("len(a)", Answer.ABSENT),
    "a constant": ("1", Answer.ABSENT),
    "a list": ("[{'k': 1}]", Answer.ABSENT),
    "a comparison": ("a == b", Answer.ABSENT),
    "a query for all": ("a.all()", Answer.ABSENT),
    "one arm of two": ("{'k': 1} if a else {}", Answer.ABSENT),
    "one arm of two, the other unknown": ("{'k': 1} if a else b", Answer.UNKNOWN),
    "two parts": ("{} | {'k': 1}", Answer.PRESENT),
    "two parts, one unknown": ("{} | a", Answer.UNKNOWN),
    "an alternative": ("{'k': 1} or {}", Answer.ABSENT),
    "awaited": ("await a", Answer.UNKNOWN),
    "an unknown value in an envelope": ("{'a': a.b}", Answer.ABSENT),
    "an unknown call in an envelope": ("{'a': a()}", Answer.UNKNOWN),
    "a known scalar in an envelope": ("{'a': str(a)}", Answer.ABSENT),
    "a stream": ("StreamingResponse(a)", Answer.UNKNOWN),
    "a template": ("templates.TemplateResponse(request, 'x.html')", Answer.UNKNOWN),
    "a response": ("JSONResponse({'k': 1})", Answer.PRESENT),
    "a response of a response class of Starlette's": ("fastapi.responses.UJSONResponse({'k': 1})", Answer.PRESENT),
}


@pytest.mark.parametrize(("expression", "wanted"), ANSWERS.values(), ids=ANSWERS)
def test_answer(expression: str, wanted: Answer) -> None:
    assert answer(f"import fastapi.responses\nasync def f(a, b):\n    return {expression}\n") is wanted


@pytest.mark.parametrize(
    ("expression", "wanted"),
    {
        "out": Answer.PRESENT,
        "out.model_dump(by_alias=True)": Answer.PRESENT,
        "jsonable_encoder(out)": Answer.PRESENT,
        "out.model_dump()": Answer.ABSENT,
        "out.dict()": Answer.ABSENT,
        "Out.model_validate(job)": Answer.PRESENT,
        "vars(out)": Answer.PRESENT,
    }.items(),
)
def test_an_alias_is_sent_unless_a_dump_says_otherwise(expression: str, wanted: Answer) -> None:
    code = f"""
        from pydantic import BaseModel, Field
        class Out(BaseModel):
            id: int = Field(serialization_alias="k")
        def f(job):
            out = Out(id=1)
            return {expression}
        """
    assert answer(code) is wanted


@pytest.mark.parametrize(
    ("config", "name", "wanted"),
    [
        ("alias_generator=to_camel", "jobId", Answer.PRESENT),
        ("alias_generator=to_camel", "job_id", Answer.ABSENT),
        ("alias_generator=AliasGenerator(serialization_alias=to_pascal)", "JobId", Answer.PRESENT),
        ("alias_generator=AliasGenerator(validation_alias=to_pascal)", "job_id", Answer.PRESENT),
        ("alias_generator=to_snake", "job_id", Answer.PRESENT),
        ("alias_generator=our_own", "jobId", Answer.UNKNOWN),
        ("alias_generator=our_own", "given", Answer.PRESENT),
        ("frozen=True", "jobId", Answer.ABSENT),
        ("extra='allow'", "anything", Answer.UNKNOWN),
        ("extra=Extra.allow", "anything", Answer.UNKNOWN),
        ("extra='ignore'", "anything", Answer.ABSENT),
    ],
)
@pytest.mark.parametrize("spelling", ["call", "dict", "class", "keyword"])
def test_the_configuration_of_a_model(config: str, name: str, wanted: Answer, spelling: str) -> None:
    key, _, value = config.partition("=")
    inside = {
        "call": f"    model_config = ConfigDict({config})\n",
        "dict": f"    model_config = {{{key!r}: {value}}}\n",
        "class": f"    class Config:\n        {key} = {value}\n",
        "keyword": "",
    }[spelling]
    head = f", {config}" if spelling == "keyword" else ""
    code = f"class Out(BaseModel{head}):\n{inside}    job_id: int\n    other: int = Field(alias='given')\n"
    source = SourceFile("a.py", code.splitlines(keepends=True), ast.parse(code))
    assert sent(Definition(source, source.tree.body[0])).has(name) is wanted


def test_best_and_worst() -> None:
    present, absent, unknown = Answer.PRESENT, Answer.ABSENT, Answer.UNKNOWN
    assert [best(some) for some in ((), (absent,), (absent, unknown), (unknown, present))] == [
        absent, absent, unknown, present,
    ]  # fmt: skip
    assert [worst(some) for some in ((), (present,), (present, unknown), (unknown, absent))] == [
        absent, present, unknown, absent,
    ]  # fmt: skip


HOSTILE = {
    "helpers that call each other many times": "".join(
        f"def f{n}(): return {{{', '.join(f'{m}: f{(n + m) % 12}()' for m in range(12))}}}\n" for n in range(12)
    )
    + "def f(): return f0()\n",
    "a helper that calls itself many times": "def g(): return {" + "1: g(), " * 100 + "}\ndef f():\n    return g()\n",
    "a variable that is assigned from itself": "def f():\n    a = {}\n" + "    a = {1: a, 2: a}\n" * 200 + "    return a\n",
    "variables in a circle": "def f():\n" + "    a = {1: b}\n    b = {1: a}\n" * 100 + "    return a\n",
    "a long sum of dicts": "def f():\n    return " + " | ".join(["{}"] * 600) + "\n",
    "a deep dict": "def f():\n    return " + "{1: " * 90 + "{}" + "}" * 90 + "\n",
    "models in a circle": "".join(
        f"class M{n}(BaseModel):\n" + "".join(f"    a{m}: 'M{(n + m) % 30}'\n" for m in range(30)) for n in range(30)
    )
    + "def f():\n    return M0()\n",
    "a deep annotation": "class A(BaseModel, Generic[T]):\n    a: T\n"
    + "class B(BaseModel):\n    b: " + "A[" * 90 + "int" + "]" * 90 + "\ndef f():\n    return B()\n",
    "a wide annotation": "class A(BaseModel):\n    a: " + " | ".join(["int"] * 900) + "\ndef f():\n    return A()\n",
}  # fmt: skip


@pytest.mark.parametrize("code", HOSTILE.values(), ids=HOSTILE)
def test_every_question_ends(code: str) -> None:
    assert answer(code) is not Answer.PRESENT
