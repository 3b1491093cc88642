"""Where rules, files and options meet: the one place that puts the parts together, and the caches of the process.

flake8 may run more than once in a process, and an editor's process lives for days. So nothing here belongs to "the"
run: a session is found again by the settings and by the state of the rules file they name.
"""

import argparse
import ast
import io
import os
import re
from collections.abc import Sequence
from functools import lru_cache

from flake8.exceptions import ExecutionError

from flake8_bgtasks.catalogue import Catalogue, CompiledRule
from flake8_bgtasks.errors import BaselineError, RuleFileError
from flake8_bgtasks.host import baseline
from flake8_bgtasks.host import options as host_options
from flake8_bgtasks.host.baseline import Baseline, Known
from flake8_bgtasks.host.findings import Finding, is_suppressed
from flake8_bgtasks.host.options import Settings
from flake8_bgtasks.host.paths import STDIN, closest_root, path_under
from flake8_bgtasks.inference.indexes import Wanted
from flake8_bgtasks.inference.project import Projects
from flake8_bgtasks.javascript.naming import is_script
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.source import SourceFile, Text

_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*(?!utf-?8|ascii|us-ascii|latin|iso-?8859|cp125)", re.I | re.M)


class Session:
    """The rules in force under one set of settings, and the file that is being looked at."""

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self.settings = settings
        self.catalogue = catalogue
        tasks = Wanted(catalogue.globs(Family.TASKS), lambda path: bool(catalogue.covering(Family.TASKS, path)))
        self._projects = Projects(tasks)
        self._source: SourceFile | None = None
        self._tree: ast.Module | None = None
        self._roots: dict[str, str] | None = None

    def begin_run(self) -> None:
        """Take note that a run of flake8 starts: within it, the directories' roots stay as they are."""
        self._roots = {}
        self._projects.begin_run()

    def source(self, filename: str, tree: ast.Module, lines: Sequence[str]) -> SourceFile:
        """Return the view of the file that all families share, for as long as they are asked about this tree."""
        if self._source is None or self._tree is not tree:
            root, path = self.path_of(filename)
            file = None if filename in STDIN else os.path.abspath(filename)
            self._source, self._tree = self._projects.under(root).look_at(path, lines, tree, file), tree
        return self._source

    def read(self, filename: str, text: str) -> SourceFile:
        """Return a file of this text, which need not be the one on the disk, as flake8 would hand it over.

        Raises SyntaxError or ValueError where it cannot be parsed; JavaScript has an empty tree.
        """
        tree = ast.Module(body=[], type_ignores=[]) if is_script(filename) else ast.parse(text)
        return self.source(filename, tree, io.StringIO(text, newline=None).readlines())

    def path_of(self, filename: str) -> tuple[str, str | None]:
        """Return the root of a file as flake8 names it, and its path from there: None for stdin and for outsiders."""
        if filename in STDIN:
            return self.settings.root or closest_root(os.getcwd()), None
        file = os.path.abspath(filename)
        root = self.settings.root or self._root_of(os.path.dirname(file))
        return root, path_under(root, file)

    def _root_of(self, directory: str) -> str:
        if self._roots is None:
            return closest_root(directory)
        if directory not in self._roots:
            self._roots[directory] = closest_root(directory)
        return self._roots[directory]

    def covering(self, family: Family, path: str | None) -> tuple[CompiledRule, ...]:
        """Return the rules of a family that cover this path and are grave enough to be reported."""
        rules = self.catalogue.covering(family, path)
        return tuple(compiled for compiled in rules if compiled.rule.severity >= self.settings.severity)

    def may_speak(self, filename: str) -> bool:
        """Tell whether any rule may find something in this Python file, by its path and by the words in it.

        A file that cannot be read may: whoever asks next says so.
        """
        root, path = self.path_of(filename)
        triggers = self.catalogue.triggers(path)
        if not triggers:
            return triggers is None
        try:
            with open(filename, "rb") as file:
                text = Text(file.read())
        except OSError:
            return True
        if _is_in_its_own_encoding(text.data):
            return True

        def leads_to(values: tuple[str, ...]) -> bool:
            return self._projects.under(root).text_leads_to(values, text, os.path.abspath(filename))

        return any(trigger.is_pulled(text, leads_to) for trigger in triggers)

    def identify(self, message: str, line: str) -> Known:
        """Return what a baseline knows a finding by, from its message and the physical line that it stands on."""
        code, text = baseline.parse_message(message)
        is_of_a_place = self.catalogue.speaks_of_a_place(code, text)
        return Known(code, text, baseline.meaningful(line) if is_of_a_place else "")

    def unknown(self, filename: str, found: list[Finding], lines: Sequence[str]) -> list[Finding]:
        """Return those of the findings in one file that the baseline does not know, if there is one."""
        settings = self.settings
        known = _baseline(settings.baseline, _state_of(settings.baseline)) if found else None
        if known is None or filename in STDIN:
            return found
        texts = [lines[one.line - 1] if one.line <= len(lines) else "" for one in found]
        asked = [
            at
            for at, (one, text) in enumerate(zip(found, texts, strict=True))
            if not (one.message.startswith("BG000") or is_suppressed(filename, one, text))
        ]
        answers = known.is_known(filename, [self.identify(found[at].message, texts[at]) for at in asked])
        left_out = {at for at, is_known in zip(asked, answers, strict=True) if is_known}
        return [one for at, one in enumerate(found) if at not in left_out]

    def names_scripts(self) -> bool:
        """Tell whether there is any rule for JavaScript."""
        return self.catalogue.names_scripts

    def names(self, filename: str) -> bool:
        """Tell whether any rule names this file by its path."""
        _, path = self.path_of(filename)
        return path is not None and self.catalogue.names(path)


class UnusableOptions(ExecutionError):
    """What the user has to mend before there is a session; has the options all the same."""

    def __init__(self, message: str, options: argparse.Namespace) -> None:
        super().__init__(message)
        self.options = options


def _is_in_its_own_encoding(data: bytes) -> bool:
    """Tell whether a file names an encoding in which ASCII letters may be written in another way, such as UTF-7."""
    start = data[:400]
    return b"coding" in start and _CODING.search(start) is not None


def open_session(options: argparse.Namespace) -> Session:
    """Return the session for these options; raise UnusableOptions for what the user has to mend."""
    try:
        settings = host_options.read(options)
        _baseline(settings.baseline, _state_of(settings.baseline))
        return _session(settings, _state_of(settings.rules))
    except ExecutionError as error:
        raise UnusableOptions(str(error), options) from error


def _state_of(path: str | None) -> tuple[int, int] | None:
    if path is None:
        return None
    try:
        state = os.stat(path)
    except OSError:  # the loader says it better
        return None
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=4)
def _baseline(path: str | None, state: tuple[int, int] | None) -> Baseline | None:
    try:
        return None if path is None else baseline.read(path, _short(path))
    except BaselineError as error:
        raise ExecutionError(f"bgtasks-baseline: the file cannot be used\n{error}") from error


def _short(path: str) -> str:
    """Return a path as the user would write it in the working directory, which is how messages name it."""
    below = path_under(os.getcwd(), path)
    return path if below is None else below.replace("/", os.sep)


@lru_cache(maxsize=4)
def _session(settings: Settings, state: tuple[int, int] | None) -> Session:
    if settings.root is not None and not os.path.isdir(settings.root):
        raise ExecutionError(f"bgtasks-root: {settings.root} is not a directory")
    try:
        rules = loader.bundled() if settings.rules is None else loader.read(_short(settings.rules))
    except RuleFileError as error:
        raise ExecutionError(f"bgtasks-rules: the file cannot be used\n{error}") from error
    return Session(settings, Catalogue(rules))
