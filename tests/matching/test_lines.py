"""Logical lines: statements joined, comments and docstrings blanked, and where each character comes from."""

import ast
import re

import pytest

from flake8_bgtasks.matching.lines import MAX_LENGTH, Searches, logical_lines
from flake8_bgtasks.source import SourceFile


def source(text: str) -> SourceFile:
    return SourceFile("app.py", text.splitlines(keepends=True), ast.parse(text))


LINES = {
    "statements of one line": ("a = 1\nb = 2\n", ["a = 1", "b = 2"]),
    "no newline at the end": ("a = 1", ["a = 1"]),
    "an empty file": ("", []),
    "comments": ("# c\na = 1  # c\n", ["a = 1"]),
    "a module's docstring": ('"""D."""\na = 1\n', ["a = 1"]),
    "a function's docstring": ('def f():\n    """D.\n\n    More.\n    """\n    return 1\n', ["def f():", "return 1"]),
    "a docstring beside its function": ('def f(): "D."\n', ["def f():"]),
    "a docstring beside a statement": ('"""D."""; a = 1\n', ["; a = 1"]),
    "a docstring of parts": ('("a"\n "b")\nx = 1\n', ["()", "x = 1"]),
    "a string that is used": ('a = "s"\n', ['a = "s"']),
    "brackets over lines": ("f(\n    a,\n    b=1,\n)\n", ["f(a, b=1,)"]),
    "brackets inside brackets": ("f([\n    1,\n    2\n])\n", ["f([1, 2])"]),
    "a comment inside brackets": ("f(\n    a,  # c\n    b\n)\n", ["f(a, b)"]),
    "a backslash": ("a = 1 + \\\n    2\n", ["a = 1 + 2"]),
    "an operator at the line's start": ("a = (b\n     + c)\n", ["a = (b + c)"]),
    "blank lines": ("a = 1\n\n\n\nb = 2\n", ["a = 1", "b = 2"]),
    "carriage returns": ("a = f(\r\n    1)\r\nb = 2\r\n", ["a = f(1)", "b = 2"]),
    "tabs": ("if a:\n\tb = 1\n", ["if a:", "b = 1"]),
    "several statements": ("a = 1; b = 2\n", ["a = 1; b = 2"]),
    "decorators": ("@x(\n  1)\ndef f(): pass\n", ["@x(1)", "def f(): pass"]),
    "an f-string": ('a = f"x {b!r:>{w}} y"\n', ['a = f"x {b!r:>{w}} y"']),
    "umlauts": ('ä = "ü"; b = 1\n', ['ä = "ü"; b = 1']),
}


@pytest.mark.parametrize(("text", "lines"), LINES.values(), ids=LINES)
def test_logical_lines(text: str, lines: list[str]) -> None:
    assert [line.text for line in logical_lines(source(text))] == lines


PLACES = {
    "a = 1\nbb = X\n": (2, 5),
    "f(\n    a,\n    X,\n)\n": (3, 4),
    "f(a,\n  X)\n": (2, 2),
    "if a:\n    f(1, X)\n": (2, 9),
    's = """\nX"""\n': (2, 0),
    's = """a\n  b\n  X"""; c = 1\n': (3, 2),
    'ä = "üü", X\n': (1, 10),
    's = f"""a\n{b}\n X"""\n': (3, 1),
    'a = f"{b} {{X}}"\n': (1, 12),
    "x = 1 + \\\n  X\n": (2, 2),
}


@pytest.mark.parametrize(("text", "place"), PLACES.items(), ids=PLACES)
def test_place_of_a_character(text: str, place: tuple[int, int]) -> None:
    assert list(Searches("X").find_places(source(text))) == [place]


@pytest.mark.parametrize("text", [text for text, _ in LINES.values()] + list(PLACES), ids=repr)
def test_every_character_comes_from_a_place_that_exists(text: str) -> None:
    lines = text.splitlines(keepends=True)
    for line in logical_lines(source(text)):
        for offset in range(len(line.text)):
            row, column = line.place(offset)
            assert 1 <= row <= len(lines) and 0 <= column < len(lines[row - 1])


@pytest.mark.parametrize("text", ["f(\n    a,\n    b)\n", "a = 1 + \\\n    2\n", "(a\n+ b)\n"], ids=repr)
def test_a_space_that_joins_lines_lies_before_what_follows(text: str) -> None:
    (line,) = logical_lines(source(text))
    for match in re.finditer(" ", line.text):
        assert line.place(match.start())[0] <= line.place(match.end())[0]


def test_one_match_in_each_logical_line() -> None:
    assert list(Searches("X").find_places(source("X; X\nX = (\n X)\n"))) == [(1, 0), (2, 0)]


def test_the_rest_of_an_endless_line_is_data() -> None:
    text = f"a = [{'1, ' * MAX_LENGTH}X]\nX\n"
    assert list(Searches("X").find_places(source(text))) == [(2, 0)]


def test_a_regex_that_matches_nothing_is_found_at_the_start() -> None:
    assert list(Searches("").find_places(source("  \nif a:\n    b\n"))) == [(2, 0), (3, 4)]
