"""The one place that goes beyond flake8's plugin interface: the files that flake8 cannot hand to any plugin.

A file that does not parse reaches no plugin, and ``--select BG`` hides flake8's own E999; a reader would take the
silence for praise. So flake8's FileChecker is replaced by one that speaks up about the files that a rule names.
"""

import warnings
from collections.abc import Sequence
from types import ModuleType, TracebackType

from flake8 import checker, style_guide
from flake8.checker import FileChecker
from flake8.formatting.base import BaseFormatter
from flake8.processor import FileProcessor

from flake8_bgtasks.host.findings import finding
from flake8_bgtasks.host.session import open_session

_NEEDED = ("_make_processor", "run_ast_checks", "run_checks", "report")
_UNREADABLE = ("E999", "E902")
_PARSING = FileProcessor.build_ast.__code__


class SpeakingFileChecker(FileChecker):
    """A FileChecker that reports BG000 for a file that a rule names, that cannot be checked, and whose E999 is hidden."""

    def _make_processor(self) -> FileProcessor | None:
        try:
            return super()._make_processor()
        except UnicodeError as error:  # flake8 falls back to latin-1 for files, and falls over for stdin
            self.report("E902", 0, 0, f"{type(error).__name__}: {error}")
            return None

    def run_ast_checks(self) -> None:
        try:
            super().run_ast_checks()
        except (RecursionError, MemoryError, ValueError) as fault:
            if not _raised_while_parsing(fault.__traceback__):
                raise
            reason = str(fault) or "too deeply nested"
            raise SyntaxError(reason) from fault

    def run_checks(self) -> tuple[str, checker.Results, dict[str, int]]:
        name, results, statistics = super().run_checks()
        if self.processor is None and self.filename == "-":
            name = self.options.stdin_display_name
        for code, line, column, text, _ in tuple(results):
            if code in _UNREADABLE and self._would_be_silent(name, code):
                results.append(self._cannot_be_checked(line, column, text))
        return name, results, statistics

    def _would_be_silent(self, name: str, code: str) -> bool:
        guides = style_guide.StyleGuideManager(self.options, BaseFormatter(self.options))
        shown = guides.style_guide_for(name).should_report_error(code) is style_guide.Decision.Selected
        return not shown and open_session(self.options).names(name)

    def _cannot_be_checked(self, line: int, column: int, text: str) -> tuple[str, int, int, str, str | None]:
        lines: Sequence[str] = self.processor.lines if self.processor is not None else ()
        # a SyntaxError counts its columns from 1
        place = finding(lines, line, column - 1, "BG000", f"cannot be checked: {text}")
        code, _, message = place.message.partition(" ")
        physical_line = lines[place.line - 1] if lines else None
        return code, place.line, place.column, message, physical_line


def _raised_while_parsing(traceback: TracebackType | None) -> bool:
    """Tell whether flake8's own parsing stands in the traceback; another plugin's fault is not ours to hide."""
    while traceback is not None:
        if traceback.tb_frame.f_code is _PARSING:
            return True
        traceback = traceback.tb_next
    return False


def install(place: ModuleType = checker) -> None:
    """Put the speaking FileChecker where flake8 looks it up, or warn once if flake8 has changed too much for that."""
    current = getattr(place, "FileChecker", None)
    if current is not None and all(hasattr(current, name) for name in _NEEDED):
        if not issubclass(current, SpeakingFileChecker):
            vars(place)["FileChecker"] = SpeakingFileChecker
    else:
        warnings.warn("flake8-bgtasks: this flake8 is too new for BG000 on files with a syntax error", stacklevel=2)
