"""Which files flake8 looks at: besides those it finds itself, the JavaScript files that a rule names."""

from collections.abc import Callable, Iterable, Iterator
from copy import copy

from flake8 import checker, utils

from flake8_bgtasks.host.scripts import is_script
from flake8_bgtasks.host.session import open_session
from flake8_bgtasks.javascript.script import SCRIPT_SUFFIXES

_PATTERNS = tuple(f"*{suffix}" for suffix in SCRIPT_SUFFIXES)


class DiscoveringManager(checker.Manager):
    """A Manager whose files include the scripts under the given paths that a rule names, found in the same walk."""

    def start(self) -> None:
        """Find the files."""
        options = self.options
        session = open_session(options)
        session.begin_run()
        if options.bgtasks_no_seam or not session.names_scripts():
            super().start()
            return
        jobs = self.jobs
        wider = copy(options)
        wider.filename = [*options.filename, *_PATTERNS]
        self.options = wider
        try:
            super().start()
        finally:
            self.options = options
        self.filenames = tuple(_wanted(self.filenames, options.filenames, options.filename, session.names))
        self.jobs = min(len(self.filenames), jobs)


def _wanted(found: Iterable[str], given: list[str], patterns: list[str], names: Callable[[str], bool]) -> Iterator[str]:
    """Yield the files that flake8 would look at anyway, and the scripts that a rule names."""
    for filename in found:
        if not is_script(filename) or filename in given or utils.fnmatch(filename, patterns) or names(filename):
            yield filename
