"""The project's other modules, read when a question leads to them and kept for the life of the process.

What is kept is checked against the disk once for each linted file that reaches it, together with everything that its
answers depend on. So an editor's process that lives for days sees what is on the disk, and a linted file costs what it
reaches, however large the project is.
"""

import ast
import io
import os
import tokenize
import warnings
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flake8_bgtasks.inference import last_resort
from flake8_bgtasks.inference.indexes import EVERY_FILE, FileIndex, Wanted, class_words, imported_words
from flake8_bgtasks.inference.modules import MISSING, Disk, Stamp, stamp_of
from flake8_bgtasks.inference.origins import Origins
from flake8_bgtasks.inference.texts import ProjectTexts
from flake8_bgtasks.source import FUNCTIONS, Definition, SourceFile, Text

MAX_TEXT = 1_000_000
"""How many characters of source are kept between linted files."""
MAX_READS = 2_000
"""How many modules may be read for one linted file; what lies beyond is unknown. A limit on steps."""
MAX_READ_TEXT = 10_000_000
"""How many characters may be read for one linted file."""

_Question = tuple[str, str]
"""What was asked of the disk: ``("module", "app.models")``, ``("foreign", "sqlalchemy")``, ``("owns", "app")``."""
_Answer = bool | tuple[str | None, SourceFile | None]


class Kept(NamedTuple):
    """How many modules are kept between linted files, and how many characters of source."""

    modules: int = 100
    characters: int = MAX_TEXT


class Project:
    """The modules under one root, as the linted files of one process see them. Implements `Facts`.

    There is one `SourceFile` for a path at a time. A module that was read stands on the answers it was given; when one
    of them would be another today, the module is read again, and so is every module that stands on it.
    """

    def __init__(self, root: str, tasks: Wanted, kept: Kept) -> None:
        self._root = root
        self._tasks = FileIndex(root, tasks, imported_words)
        self._classes = FileIndex(root, EVERY_FILE, class_words)
        self._kept = kept
        self._texts = ProjectTexts(root)
        self._origins = Origins(self._texts)
        self._modules: dict[str, SourceFile | None] = {}
        """By absolute path; None for a file that cannot be parsed."""
        self._stamps: dict[str, Stamp] = {}
        self._stands_on: dict[str, dict[_Question, _Answer]] = {}
        self._used: dict[str, int] = {}
        """The turn in which each was last reached: turns are the linted files, counted."""
        self._turn = 0
        self._is_run = False
        self._disk = Disk(root)
        self._start(None)

    def _start(self, file: str | None) -> None:
        self._disk = self._disk.around(file) if self._is_run else Disk(self._root, file)
        self._texts.begin_file()
        self._origins = self._origins if self._is_run else Origins(self._texts)
        self._linted = file
        self._looked_back = False
        self._rests_on_callers = False
        self._paths: dict[SourceFile, str] = {}
        self._answers: dict[tuple[SourceFile, str], SourceFile | None] = {}
        """Which module each dotted name leads to, by who imports it."""
        self._checked: set[str] = set()
        self._reads = 0
        self._characters = 0

    def look_at(self, path: str | None, lines: Sequence[str], tree: ast.Module, file: str | None = None) -> SourceFile:
        """Start on another linted file and return it; its text wins over the disk. `path` is as in `SourceFile`.

        A file outside of the root has no such path, and is known by its absolute one, `file`. A file that other modules
        have looked back at with this very text stays the same for them.
        """
        self._finish()
        source = SourceFile(path, lines, tree, self._root, self)
        file = self._file_of(source) or file
        self._start(file)
        if file is None:
            return source
        self._paths[source] = file
        known = self._modules.get(file)
        if known is not None and known.text == source.text:
            self._check(file)
            known = self._modules.get(file)
            if known is not None:
                return known
        self._forget({file})
        self._modules[file] = source
        self._checked.add(file)
        return source

    def _finish(self) -> None:
        """Keep the linted file if a module has looked back at it and its text is the one on the disk."""
        file = self._linted
        if file is not None:
            source, stamp = self._modules.get(file), stamp_of(file)
            is_wanted = self._looked_back and not self._rests_on_callers
            if is_wanted and source is not None and _text_of(file) == source.text:
                self._stamps[file] = stamp
                self._reads += 1
            else:
                self._forget({file})
        self._turn += 1
        self._used.update((path, self._turn) for path in self._checked if path in self._modules)
        if self._reads:
            self._drop_unused()

    def _drop_unused(self) -> None:
        """Forget the modules that no file has reached for the longest time, if there are too many of them.

        What a module stands on was reached whenever the module was, so that it stays as long.
        """
        by_turn: dict[int, list[str]] = {}
        for path in self._modules:
            by_turn.setdefault(self._used[path], []).append(path)
        is_full = self._reads > MAX_READS or self._characters > MAX_READ_TEXT
        modules = characters = 0
        for turn in sorted(by_turn, reverse=True):
            modules += len(by_turn[turn])
            characters += sum(len(source.text) for path in by_turn[turn] if (source := self._modules[path]) is not None)
            is_full = is_full or modules > self._kept.modules or characters > self._kept.characters
            if is_full:
                self._forget(set(by_turn[turn]))

    def module(self, dotted: str, source: SourceFile) -> SourceFile | None:
        """Return the project module called `dotted` as `source` imports it, or None; see `Facts`."""
        key = (source, dotted)
        if key not in self._answers:
            self._answers[key] = self._find_module(dotted, source)
        return self._answers[key]

    def _find_module(self, dotted: str, source: SourceFile) -> SourceFile | None:
        importer = self._file_of(source)
        folder = os.path.dirname(importer) if importer is not None else None
        if self._disk.is_foreign(dotted, folder):
            self._note(importer, source, ("foreign", dotted.partition(".")[0]), True)
            return None
        path = self._disk.locate(dotted, folder)
        found = self._read(path) if path is not None else None
        if path == self._linted and path != importer:
            self._looked_back = True
        self._note(importer, source, ("module", dotted), (path, found))
        return found

    def owns(self, dotted: str, source: SourceFile) -> bool:
        """Tell whether a dotted name starts at a folder or a module of the project; see `Facts`."""
        if dotted.startswith("."):
            return True
        importer = self._file_of(source)
        package = dotted.partition(".")[0]
        answer = self._disk.owns(package, os.path.dirname(importer) if importer is not None else None)
        self._note(importer, source, ("owns", package), answer)
        return answer

    def task_modules(self, source: SourceFile) -> Iterator[SourceFile]:
        """Yield the other task files that may import the linted file `source`; see `Facts`.

        They are read for this one question. The linted file is not kept after it: another task file may come to
        import it tomorrow.
        """
        self._rests_on_callers = True
        for path in self._tasks.that_have(_names_of(source)):
            module = self._parsed(path) if path != self._linted and self._may_take_from_linted(path) else None
            if module is not None:
                yield module

    def _may_take_from_linted(self, path: str) -> bool:
        """Tell whether a module may take a name that comes from the linted file; one that is not on the disk has no way."""
        linted = self._linted
        return linted is None or stamp_of(linted) == MISSING or self._origins.may_take(path, linted)

    def modules_with_class(self, words: tuple[str, ...], source: SourceFile) -> Iterator[SourceFile]:
        """Yield the project's modules that have a class of this name; see `Facts`.

        The linted file is not kept after it: another module may come to have such a class tomorrow.
        """
        self._rests_on_callers = True
        for path in self._classes.that_have(frozenset({"_".join(words)})):
            module = self._read(path) if path != self._linted else None
            if module is not None:
                yield module

    def values(self, expr: ast.expr, source: SourceFile) -> tuple[object, ...] | None:
        """Return all constants that an expression can be, as far as astroid can tell; see `Facts`."""
        return last_resort.values(source, expr)

    def bases(self, call: ast.Call, source: SourceFile) -> tuple[Definition | str, ...] | None:
        """Return what a call makes a class inherit from, as far as astroid can tell; see `Facts`."""
        return last_resort.bases(source, call)

    def lead_to(self, values: tuple[str, ...], source: SourceFile) -> bool:
        """Tell whether a project module that `source` leads to holds one of the values; see `Facts`."""
        return self._texts.lead_to(values, source.encoded, self._file_of(source) or os.path.join(self._root, "-"))

    def begin_run(self) -> None:
        """Take note that a run of flake8 starts, within which the disk stays as it is."""
        self._is_run = True
        self._disk = Disk(self._root)
        self._texts.begin_run()
        self._origins = Origins(self._texts)
        self._tasks.begin_run()
        self._classes.begin_run()

    def text_leads_to(self, values: tuple[str, ...], text: Text, file: str) -> bool:
        """Tell the same of a file that is not parsed, by its text and its absolute path."""
        return self._texts.lead_to(values, text, file)

    def _file_of(self, source: SourceFile) -> str | None:
        if source not in self._paths and source.path is not None:
            self._paths[source] = os.path.normpath(os.path.join(self._root, source.path))
        return self._paths.get(source)

    def _note(self, importer: str | None, source: SourceFile, question: _Question, answer: _Answer) -> None:
        if importer is not None and self._modules.get(importer) is source:
            self._stands_on.setdefault(importer, {})[question] = answer

    def _read(self, path: str) -> SourceFile | None:
        if path not in self._checked:
            self._check(path)
        if path not in self._modules:
            self._reads += 1
            if self._reads > MAX_READS or self._characters > MAX_READ_TEXT:
                return None
            self._modules[path] = source = self._parsed(path)
            self._stamps[path] = self._disk.stamp(path)
            self._characters += len(source.text) if source is not None else 0
            self._checked.add(path)
        return self._modules[path]

    def _check(self, path: str) -> None:
        """Forget what would be another today of all that `path` leads to, and what stands on it."""
        reached, todo = {path}, [path]
        users: dict[str, list[str]] = {}
        while todo:
            current = todo.pop()
            for answer in self._stands_on.get(current, {}).values():
                if isinstance(answer, tuple) and answer[0] is not None:
                    users.setdefault(answer[0], []).append(current)
                    if answer[0] not in reached and answer[0] not in self._checked:
                        reached.add(answer[0])
                        todo.append(answer[0])
        stale = {one for one in reached if one in self._modules and self._has_changed(one)}
        todo = list(stale)
        while todo:
            for user in users.get(todo.pop(), ()):
                if user not in stale:
                    stale.add(user)
                    todo.append(user)
        self._forget(stale)
        self._checked |= reached

    def _has_changed(self, path: str) -> bool:
        if path != self._linted and self._stamps.get(path) != self._disk.stamp(path):
            return True
        folder = os.path.dirname(path)
        return any(
            self._answer_now(question, folder) != answer for question, answer in self._stands_on.get(path, {}).items()
        )

    def _answer_now(self, question: _Question, folder: str) -> _Answer:
        """What the disk and the modules that are kept say today, without reading any."""
        kind, name = question
        if kind == "foreign":
            return self._disk.is_foreign(name, folder)
        if kind == "owns":
            return self._disk.owns(name, folder)
        path = self._disk.locate(name, folder)
        return path, self._modules.get(path) if path is not None else None

    def _forget(self, paths: set[str]) -> None:
        for path in paths:
            source = self._modules.pop(path, None)
            if source is not None:
                source.forget()
            self._stamps.pop(path, None)
            self._stands_on.pop(path, None)
            self._used.pop(path, None)

    def _parsed(self, path: str) -> SourceFile | None:
        text = _text_of(path)
        if text is None:
            return None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        relative = os.path.relpath(path, self._root).replace(os.sep, "/")
        return SourceFile(relative, io.StringIO(text).readlines(), tree, self._root, self)


def _names_of(source: SourceFile) -> frozenset[str]:
    """What a task file that imports this one has to mention: its module, or something in it, or ``*``."""
    stem = (source.path or "").removesuffix("/__init__.py").rpartition("/")[2].removesuffix(".py")
    own = (node.name for node in source.nodes(*FUNCTIONS, ast.ClassDef))
    return frozenset((stem, "*", *own))


def _text_of(path: str) -> str | None:
    """The text of a file as flake8 would hand it over, without a byte order mark; None where it cannot be read."""
    try:
        try:
            with tokenize.open(path) as file:
                text = file.read()
        except (SyntaxError, UnicodeError):
            with open(path, encoding="latin-1") as file:
                text = file.read()
    except OSError:
        return None
    return text.removeprefix("\ufeff")


class Projects:
    """The projects that a process looks at, the most recent ones kept."""

    def __init__(self, tasks: Wanted, limit: int = 2, kept: Kept = Kept()) -> None:
        self._tasks = tasks
        self._limit = limit
        self._kept = kept
        self._projects: dict[str, Project] = {}
        self._is_run = False

    def begin_run(self) -> None:
        """Take note that a run of flake8 starts, within which the texts of modules stay as they are."""
        self._is_run = True
        for project in self._projects.values():
            project.begin_run()

    def under(self, root: str) -> Project:
        """Return the project under a root."""
        project = self._projects.pop(root, None)
        if project is None:
            project = Project(root, self._tasks, self._kept)
            if self._is_run:
                project.begin_run()
        self._projects[root] = project
        while len(self._projects) > self._limit:
            del self._projects[next(iter(self._projects))]
        return project
