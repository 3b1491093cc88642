"""A run of flake8 in this process, for commands that ask what it would show here."""

from collections.abc import Sequence
from typing import NamedTuple

from flake8.exceptions import ExecutionError, Flake8Exception
from flake8.formatting.base import BaseFormatter
from flake8.main.application import Application
from flake8.processor import FileProcessor
from flake8.violation import Violation

from flake8_bgtasks.host.scripts import ScriptProcessor
from flake8_bgtasks.javascript.naming import is_script


class Shown(NamedTuple):
    """A finding as flake8 shows it; line and column count from 1, and ``message`` starts with the code."""

    filename: str
    line: int
    column: int
    message: str
    physical_line: str
    noqa_line: str
    """The lines in which flake8 looks for a noqa, joined: those of the statement, or of a string in it."""


class _Collector(BaseFormatter):
    """Keeps what flake8 would print."""

    def after_init(self) -> None:
        self.shown: list[Violation] = []

    def handle(self, error: Violation) -> None:
        self.shown.append(error)


class _Application(Application):
    def make_formatter(self) -> None:
        """Collect, whatever format the configuration asks for."""
        assert self.options is not None
        self.formatter = _Collector(self.options)


def findings(arguments: Sequence[str]) -> list[Shown]:
    """Return what ``flake8 --select BG *arguments`` run here would show, in its order, of our own codes.

    Raise ExecutionError for what the user has to mend. Application has this form in flake8 6.0 to 7.5.
    """
    application = _Application()
    try:
        application.initialize(["--select=BG", *arguments])
        manager = application.file_checker_manager
        assert manager is not None
        manager.start()
        manager.run()
        manager.stop()
        application.report_errors()
    except Flake8Exception as error:
        raise ExecutionError(str(error)) from error
    collector, options = application.formatter, application.options
    assert isinstance(collector, _Collector) and options is not None
    lines: dict[str, Sequence[str]] = {}
    found = []
    for code, filename, line, column, text, noqa_line in collector.shown:
        if filename not in lines:
            processor = ScriptProcessor if is_script(filename) else FileProcessor
            lines[filename] = processor(filename, options).lines
        physical_line = lines[filename][line - 1] if 1 <= line <= len(lines[filename]) else ""
        found.append(Shown(filename, line, column, f"{code} {text}", physical_line, noqa_line or physical_line))
    return found
