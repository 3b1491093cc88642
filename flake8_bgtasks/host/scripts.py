"""How a JavaScript file looks to flake8: lines without a Python tree, with noqa comments of its own."""

import ast

from flake8.processor import FileProcessor

from flake8_bgtasks.javascript.script import SCRIPT_SUFFIXES
from flake8_bgtasks.javascript.suppression import file_is_suppressed


def is_script(filename: str) -> bool:
    """Tell whether a file is JavaScript by its name."""
    return filename.endswith(SCRIPT_SUFFIXES)


class ScriptProcessor(FileProcessor):
    """Reads a JavaScript file as flake8's own processor reads a Python one."""

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
