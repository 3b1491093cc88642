"""The seam: the one place that goes beyond flake8's plugin interface.

flake8 parses every file as Python before it calls a plugin, and runs every plugin and the tokenizer even where
``--select BG`` throws their results away. So a JavaScript file reaches no plugin, a file that does not parse falls
silent, and most of the time goes into work that nobody sees. Here flake8's `FileChecker` is replaced by one that

* hands JavaScript files that a rule names to the frontend checker alone,
* reports BG000 for a file that a rule names and that cannot be parsed, where flake8's own E999 is hidden,
* does only our work where only our codes can be shown; on files that no rule can speak of, `SiftingManager` has none
  done at all.

Everything is decided per file, from the options of that very run: `flake8.api.legacy` changes them after they were
parsed. `seam` puts it in place; checked on flake8 6.0 to 7.5.
"""

import argparse
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from flake8 import checker, style_guide
from flake8.checker import FileChecker
from flake8.formatting.base import BaseFormatter
from flake8.processor import FileProcessor

from flake8_bgtasks.host.findings import finding
from flake8_bgtasks.host.lines import LineProcessor
from flake8_bgtasks.host.scripts import ScriptProcessor
from flake8_bgtasks.host.selection import of_others, only_ours, shows_lines, speaking
from flake8_bgtasks.host.session import open_session
from flake8_bgtasks.javascript.naming import is_script
from flake8_bgtasks.javascript.suppression import is_suppressed

_UNREADABLE = ("E999", "E902")
_PARSING = FileProcessor.build_ast.__code__
_FRONTEND = "BG04"


class SeamFileChecker(FileChecker):
    """A FileChecker that knows which files are ours, and does no work whose results are thrown away."""

    def __init__(self, *, filename: str, plugins: Any, options: argparse.Namespace) -> None:
        self._session = open_session(options)
        self._is_on = not options.bgtasks_no_seam
        name = options.stdin_display_name if filename == "-" else filename
        self._is_script = self._is_on and is_script(name) and self._session.names(name)
        # a benchmark counts lines and tokens, so there all of the work is done
        self._only_ours = self._is_on and only_ours(options) and not options.benchmark
        if self._is_script:
            tree = [plugin for plugin in plugins.tree if plugin.entry_name == _FRONTEND]
            plugins = plugins._replace(tree=tree, logical_line=[], physical_line=[])
        elif self._only_ours:
            plugins = speaking(plugins, options)
        elif self._is_on and filename != "-" and not self._session.may_speak(filename):
            plugins = plugins._replace(tree=of_others(plugins.tree))
        super().__init__(filename=filename, plugins=plugins, options=options)

    def _make_processor(self) -> FileProcessor | None:
        if self._is_script:
            return self._make(ScriptProcessor)
        try:
            return (
                self._make(LineProcessor)
                if self._only_ours and not shows_lines(self.options)
                else super()._make_processor()
            )
        except UnicodeError as error:  # flake8 falls back to latin-1 for files, and falls over for stdin
            if not self._is_on:
                raise
            self.report("E902", 0, 0, f"{type(error).__name__}: {error}")
            return None

    def _make(self, kind: type[FileProcessor]) -> FileProcessor | None:
        try:
            return kind(self.filename, self.options)
        except OSError as error:
            self.report("E902", 0, 0, f"{type(error).__name__}: {error}")
            return None

    def run_ast_checks(self) -> None:
        try:
            super().run_ast_checks()
        except (RecursionError, MemoryError, ValueError) as fault:
            if not (self._is_on and _raised_while_parsing(fault.__traceback__)):
                raise
            reason = str(fault) or "too deeply nested"
            raise SyntaxError(reason) from fault

    def process_tokens(self) -> None:
        """Tokenize for the plugins that look at lines, if there are any left."""
        if self.plugins.logical_line or self.plugins.physical_line or not (self._is_script or self._only_ours):
            super().process_tokens()

    def run_checks(self) -> tuple[str, checker.Results, dict[str, int]]:
        name, results, statistics = super().run_checks()
        if self.processor is None and self.filename == "-":
            name = self.options.stdin_display_name
        if self._is_script and not self.options.disable_noqa:
            results[:] = [result for result in results if not is_suppressed(result[4] or "", result[0])]
        for code, line, column, text, _ in tuple(results) if self._is_on else ():
            if code in _UNREADABLE and self._would_be_silent(name, code):
                results.append(self._cannot_be_checked(line, column, text))
        return name, results, statistics

    def _would_be_silent(self, name: str, code: str) -> bool:
        guides = style_guide.StyleGuideManager(self.options, BaseFormatter(self.options))
        shown = guides.style_guide_for(name).should_report_error(code) is style_guide.Decision.Selected
        return not shown and self._session.names(name)

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
