"""Where rules, files and options meet: the one place that puts the parts together, and the caches of the process.

flake8 may run more than once in a process, and an editor's process lives for days. So nothing here belongs to "the"
run: a session is found again by the settings and by the state of the rules file they name.
"""

import argparse
import ast
import os
from collections.abc import Sequence
from functools import lru_cache

from flake8.exceptions import ExecutionError

from flake8_bgtasks.catalogue import Catalogue, CompiledRule
from flake8_bgtasks.errors import RuleFileError
from flake8_bgtasks.host import options as host_options
from flake8_bgtasks.host.options import Settings
from flake8_bgtasks.host.paths import STDIN, closest_root, path_under
from flake8_bgtasks.inference.project import Projects
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile


class Session:
    """The rules in force under one set of settings, and the file that is being looked at."""

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._projects = Projects()
        self._source: SourceFile | None = None

    def source(self, filename: str, tree: ast.Module, lines: Sequence[str]) -> SourceFile:
        """Return the view of the file that all families share, for as long as they are asked about this tree."""
        if self._source is None or self._source.tree is not tree:
            root, path = self.path_of(filename)
            file = os.path.abspath(filename) if path is not None else None
            project = self._projects.of(root, file)
            self._source = SourceFile(path, lines, tree, root, project)
            project.begin(file, self._source)
        return self._source

    def path_of(self, filename: str) -> tuple[str, str | None]:
        """Return the root of a file as flake8 names it, and its path from there: None for stdin and for outsiders."""
        if filename in STDIN:
            return self._settings.root or closest_root(os.getcwd()), None
        file = os.path.abspath(filename)
        root = self._settings.root or closest_root(os.path.dirname(file))
        return root, path_under(root, file)

    def covering(self, family: Family, path: str | None) -> tuple[CompiledRule, ...]:
        """Return the rules of a family that cover this path and are grave enough to be reported."""
        rules = self._catalogue.covering(family, path)
        return tuple(compiled for compiled in rules if compiled.rule.severity >= self._settings.severity)

    def names(self, filename: str) -> bool:
        """Tell whether any rule names this file by its path."""
        _, path = self.path_of(filename)
        return path is not None and self._catalogue.names(path)


def open_session(options: argparse.Namespace) -> Session:
    """Return the session for these options; raise ExecutionError for what the user has to mend."""
    settings = host_options.read(options)
    return _session(settings, _state_of(settings.rules))


def _state_of(rules: str | None) -> tuple[int, int] | None:
    if rules is None:
        return None
    try:
        state = os.stat(rules)
    except OSError:  # the loader says it better
        return None
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=4)
def _session(settings: Settings, state: tuple[int, int] | None) -> Session:
    if settings.root is not None and not os.path.isdir(settings.root):
        raise ExecutionError(f"bgtasks-root: {settings.root} is not a directory")
    try:
        rules = loader.bundled() if settings.rules is None else loader.read(settings.rules)
    except RuleFileError as error:
        raise ExecutionError(f"bgtasks-rules: the file cannot be used\n{error}") from error
    return Session(settings, Catalogue(rules))
