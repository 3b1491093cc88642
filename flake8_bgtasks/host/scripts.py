"""How a JavaScript file looks to flake8: lines without a Python tree, with noqa comments of its own."""

import ast
import io
import sys
from pathlib import Path

from flake8.processor import FileProcessor

from flake8_bgtasks.javascript.decoding import decode
from flake8_bgtasks.javascript.suppression import file_is_suppressed


class ScriptProcessor(FileProcessor):
    """Reads a JavaScript file as flake8's own processor reads a Python one."""

    def read_lines(self) -> list[str]:
        """Return the lines of the file, which says in its own way how it is encoded; line ends are plain, as flake8's are."""
        if self.filename == "-":
            self.filename = self.options.stdin_display_name
            data = sys.stdin.buffer.read()
        else:
            data = Path(self.filename).read_bytes()
        return io.StringIO(decode(data), newline=None).readlines()

    def build_ast(self) -> ast.Module:
        """Return an empty tree: the checkers of the frontend rules read the lines."""
        return ast.Module(body=[], type_ignores=[])

    def should_ignore_file(self) -> bool:
        """Tell whether the file says ``// flake8: noqa`` on a line of its own."""
        if super().should_ignore_file():
            return True
        return not self.options.disable_noqa and file_is_suppressed("".join(self.lines))

    def noqa_line_for(self, line_number: int) -> str | None:
        """Return the physical line: JavaScript has no logical lines that flake8 could tell."""
        return self.lines[line_number - 1] if 1 <= line_number <= len(self.lines) else None
