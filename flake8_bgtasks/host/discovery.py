"""Which files flake8 looks at: besides those it finds itself, the JavaScript files that a rule names."""

import argparse
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from copy import copy

from flake8 import checker, utils
from flake8.discover_files import expand_paths

from flake8_bgtasks.host.session import Session, open_session
from flake8_bgtasks.javascript.naming import SCRIPT_SUFFIXES, is_script

_PATTERNS = tuple(f"*{suffix}" for suffix in SCRIPT_SUFFIXES)
_LOG = logging.getLogger(__name__)


class DiscoveringManager(checker.Manager):
    """A Manager whose files include the scripts under the given paths that a rule names, found in the same walk."""

    def start(self) -> None:
        """Find the files."""
        options = self.options
        session = open_session(options)
        session.begin_run()
        if not _looks_for_scripts(options, session):
            super().start()
            return
        jobs = self.jobs
        self.options = _with_scripts(options)
        try:
            super().start()
        finally:
            self.options = options
        self.filenames = tuple(_wanted(self.filenames, options.filenames, options.filename, session.names))
        self.jobs = min(len(self.filenames), jobs)


def project_files(options: argparse.Namespace, session: Session) -> tuple[str, ...]:
    """Return the files that flake8 looks at under these options, JavaScript included, sorted."""
    looked_for = _with_scripts(options) if _looks_for_scripts(options, session) else options
    found = expand_paths(
        paths=options.filenames,
        stdin_display_name=options.stdin_display_name,
        filename_patterns=looked_for.filename,
        exclude=_exclude(options),
    )
    return tuple(sorted(_wanted(found, options.filenames, options.filename, session.names)))


def excluded_by(filename: str, options: argparse.Namespace) -> str | None:
    """Return the entry of flake8's ``exclude`` that keeps a file, or a folder that it lies in, from being looked at.

    As from the working directory, where flake8 walks from the top; None where no entry does.
    """
    below = os.path.relpath(filename)
    parts = [] if below.startswith(os.pardir) else below.split(os.sep)
    for depth in range(1, len(parts) + 1):
        path = os.path.join(os.curdir, *parts[:depth])
        for pattern in _exclude(options):
            if utils.matches_filename(path, [pattern], '"%(path)s" is %(whether)sexcluded', _LOG):
                return pattern
    return None


def is_excluded(path: str, options: argparse.Namespace) -> bool:
    """Tell whether an entry of flake8's ``exclude`` means this file or folder itself."""
    return utils.matches_filename(path, _exclude(options), '"%(path)s" is %(whether)sexcluded', _LOG)


def _exclude(options: argparse.Namespace) -> tuple[str, ...]:
    return (*options.exclude, *options.extend_exclude)


def _looks_for_scripts(options: argparse.Namespace, session: Session) -> bool:
    return not options.bgtasks_no_seam and session.names_scripts()


def _with_scripts(options: argparse.Namespace) -> argparse.Namespace:
    wider = copy(options)
    wider.filename = [*options.filename, *_PATTERNS]
    return wider


def _wanted(found: Iterable[str], given: list[str], patterns: list[str], names: Callable[[str], bool]) -> Iterator[str]:
    """Yield the files that flake8 would look at anyway, and the scripts that a rule names."""
    for filename in found:
        if not is_script(filename) or filename in given or utils.fnmatch(filename, patterns) or names(filename):
            yield filename
