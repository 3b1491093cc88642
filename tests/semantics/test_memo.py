"""Each question is asked once, and what circles give never depends on where they are entered."""

import ast

import pytest

from flake8_bgtasks.semantics.memo import Circular, memoized, settle
from flake8_bgtasks.source import SourceFile


@pytest.fixture
def source():
    return SourceFile("a.py", (), ast.parse(""))


def test_an_answer_is_worked_out_once_for_each_question(source):
    asked = []

    @memoized
    def doubled(source, number):
        asked.append(number)
        return number * 2

    assert [doubled(source, number) for number in (1, 2, 1, 2, 1)] == [2, 4, 2, 4, 2]
    assert asked == [1, 2]


def test_an_answer_may_be_nothing(source):
    asked = []

    @memoized
    def nothing(source):
        asked.append(source)

    assert nothing(source) is None
    assert nothing(source) is None
    assert len(asked) == 1


def test_a_question_that_fails_is_asked_again(source):
    memory = {}

    def answers():
        yield "better"
        raise RecursionError

    for _ in range(2):
        with pytest.raises(RecursionError):
            settle(memory, ("x",), 0, answers, "nothing")
        assert memory == {}
    assert settle(memory, ("x",), 0, lambda: ["best"], "nothing") == "best"


def test_a_question_that_leads_back_to_itself_is_circular(source):
    @memoized
    def ask(source):
        return ask(source)

    with pytest.raises(Circular):
        ask(source)


def test_what_fails_is_asked_again(source):
    answers = iter([ValueError, 5])

    @memoized
    def ask(source):
        answer = next(answers)
        if answer is ValueError:
            raise ValueError
        return answer

    with pytest.raises(ValueError):
        ask(source)
    assert ask(source) == 5


def graph(source, edges):
    """Return what asks how many nodes a node leads to, those on the way to it left out, in a circle too."""

    def settled(node):
        def answers():
            found = {node}
            for following in edges[node]:
                found |= settled(following)
                yield frozenset(found)
            yield frozenset(found)

        return settle(source.memo, ("leads to", node), 0, answers, frozenset())

    return settled


@pytest.mark.parametrize("first", "abcd")
def test_what_is_told_of_a_circle_does_not_depend_on_where_it_was_entered(first, source):
    edges = {"a": "b", "b": "c", "c": "ad", "d": ""}
    settled = graph(source, edges)
    settled(first)
    # an answer halfway round the circle lacks what lies before it; it was forgotten when the circle was done
    assert {node: "".join(sorted(settled(node))) for node in "abcd"} == {
        "a": "abcd",
        "b": "abcd",
        "c": "abcd",
        "d": "d",
    }


def test_an_answer_halfway_round_a_circle_serves_until_the_circle_is_done(source):
    asked = []

    @memoized
    def inner(source):
        asked.append("inner")
        try:
            return outer(source)
        except Circular:
            return "halfway"

    @memoized
    def outer(source):
        return inner(source), inner(source)

    assert outer(source) == ("halfway", "halfway")
    assert asked == ["inner"]
    assert inner(source) == ("halfway", "halfway")
    assert asked == ["inner", "inner"]


def test_what_was_told_from_an_answer_halfway_round_a_circle_goes_with_it(source):
    @memoized
    def inner(source):
        try:
            return outer(source)
        except Circular:
            return "halfway"

    @memoized
    def beside(source):
        return inner(source)

    @memoized
    def outer(source):
        return inner(source), beside(source)

    assert outer(source) == ("halfway", "halfway")
    assert beside(source) == ("halfway", "halfway")
