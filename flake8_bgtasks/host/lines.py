"""How a Python file looks to flake8 where nothing but the noqa comments on its lines is asked for."""

from functools import cached_property

from flake8.processor import FileProcessor


class LineProcessor(FileProcessor):
    """A FileProcessor that tokenizes a file for its noqa comments only if it may have any."""

    @cached_property
    def _may_have_noqa(self) -> bool:
        return "noqa" in "".join(self.lines).lower()

    def noqa_line_for(self, line_number: int) -> str | None:
        """Return the lines of the statement on this line; the line alone where there is no noqa comment to be found."""
        if self._may_have_noqa:
            return super().noqa_line_for(line_number)
        return self.lines[line_number - 1] if 1 <= line_number <= len(self.lines) else None
