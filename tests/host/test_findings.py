"""A finding stands where the file has something, and fits on one line."""

import pytest

from flake8_bgtasks.host.findings import LIMIT, finding

LINES = ["first = 1\n", "\n", "länge = 2\r\n", "last"]


@pytest.mark.parametrize(
    "asked, given",
    [
        ((1, 0), (1, 0)),
        ((3, 8), (3, 8)),
        ((3, 9), (3, 8)),
        ((2, 5), (2, 0)),
        ((4, 4), (4, 3)),
        ((0, 0), (1, 0)),
        ((-3, -1), (1, 0)),
        ((5, 0), (4, 0)),
    ],
)
def test_a_place_is_one_that_the_file_has(asked, given):
    assert finding(LINES, *asked, "BG030", "x")[:2] == given


def test_an_empty_file_has_the_first_place():
    assert finding([], 3, 3, "BG030", "x")[:2] == (1, 0)


@pytest.mark.parametrize(
    "text, shown",
    [
        ("two\nlines", "two lines"),
        ("  much \t\r\n room \u2028 ", "much room"),
        ("\x1b[31mred\x1b[0m", "?[31mred?[0m"),
        ("a lone \ud800 surrogate", "a lone ? surrogate"),
        ("100% {fine} ünïcode", "100% {fine} ünïcode"),
    ],
)
def test_a_text_is_one_printable_line(text, shown):
    assert finding(LINES, 1, 0, "BG030", text, " [error]").message == f"BG030 {shown} [error]"


@pytest.mark.parametrize("length", [LIMIT - len("BG030  [error]") + more for more in (-1, 0, 1, 500)])
def test_a_long_text_is_cut_and_its_severity_stays(length):
    message = finding(LINES, 1, 0, "BG030", "x" * length, " [error]").message
    assert len(message) <= LIMIT < 200
    assert message.endswith(" [error]")
    assert ("..." in message) == (length > LIMIT - len("BG030  [error]"))


@pytest.mark.parametrize(("length", "is_told"), [(151, True), (152, False), (185, False)])
def test_what_the_team_writes_is_told_where_there_is_room(length, is_told):
    lacks = "x" * (length - len(" never ends")) + " never ends"
    message = finding(LINES, 1, 0, "BG030", f"{lacks} (here also: {'stops' * 4})", " [error]").message
    assert message == f"BG030 {lacks}{' (here also: ' + 'stops' * 4 + ')' if is_told else ''} [error]"
