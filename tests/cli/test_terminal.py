"""What commands write on a terminal only: progress, and what is being done."""

import io
import sys

import pytest

from flake8_bgtasks.cli.output import with_progress, working


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def stderr(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> io.StringIO:
    """Put a stream in the place of stderr, from within the test: pytest puts in its own before it."""
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_nothing_is_shown_where_there_is_no_terminal(monkeypatch) -> None:
    shown = stderr(monkeypatch, io.StringIO())
    with working("Looking"):
        assert list(with_progress([1, 2], "Reading")) == [1, 2]
    assert shown.getvalue() == ""


def test_a_bar_shows_how_far_a_list_has_come(monkeypatch) -> None:
    shown = stderr(monkeypatch, Terminal())
    assert list(with_progress([1, 2], "Reading")) == [1, 2]
    assert "Reading" in shown.getvalue()


def test_what_is_done_is_said_for_as_long_as_it_takes(monkeypatch) -> None:
    shown = stderr(monkeypatch, Terminal())
    with working("Looking"):
        assert shown.getvalue() == "Looking..."
    assert shown.getvalue().endswith("\r\x1b[K")
