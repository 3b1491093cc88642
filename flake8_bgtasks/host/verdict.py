"""What flake8 does with a finding of ours, and with a file, and which setting or comment makes it do so."""

import argparse
from collections.abc import Sequence

from flake8 import style_guide
from flake8.formatting.base import BaseFormatter
from flake8.processor import FileProcessor

from flake8_bgtasks.host.findings import Finding, is_suppressed
from flake8_bgtasks.host.scripts import ScriptProcessor
from flake8_bgtasks.host.session import Session
from flake8_bgtasks.javascript.naming import is_script


class Reader:
    """One file as flake8 reads it under these options. Raises OSError where it cannot be read."""

    def __init__(self, filename: str, options: argparse.Namespace) -> None:
        self._filename = filename
        self._options = options
        self._processor = (ScriptProcessor if is_script(filename) else FileProcessor)(filename, options)

    @property
    def lines(self) -> Sequence[str]:
        """The physical lines, with their ends."""
        return self._processor.lines

    def silenced_by(self, found: Finding, session: Session) -> str | None:
        """Return what keeps a finding from being shown, as the setting or the comment would be written; else None."""
        code = found.message.partition(" ")[0]
        if self._processor.should_ignore_file():
            return "the line `flake8: noqa` in the file"
        if self._is_noqa(found):
            return f"the `noqa` on line {found.line}"
        if (reason := self._not_selected(code)) is not None:
            return reason
        if not session.unknown(self._filename, [found], self.lines):
            return "the baseline, which has it"
        return None

    def _is_noqa(self, found: Finding) -> bool:
        line = self._processor.noqa_line_for(found.line) or ""
        return not self._options.disable_noqa and is_suppressed(self._filename, found, line)

    def _not_selected(self, code: str) -> str | None:
        manager = style_guide.StyleGuideManager(self._options, BaseFormatter(self._options))
        guide = manager.style_guide_for(self._filename)
        if guide.should_report_error(code) is style_guide.Decision.Selected:
            return None
        prefix = next((prefix for prefix in guide.decider.ignored if code.startswith(prefix)), None)
        if prefix is None:
            return f"flake8's `select`, which has no prefix of {code}: {','.join(self._options.select or ())}"
        for name in ("ignore", "extend_ignore"):
            if prefix in (getattr(self._options, name) or ()):
                return f"`{name.replace('_', '-')} = {prefix}`"
        return f"`per-file-ignores` with {prefix} for this file"
