"""Looking at a project: each file that may matter is read once as code, and what is seen in it is noted."""

import ast
import os
import tokenize
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from flake8_bgtasks.cli.survey import endpoints, files, models, scripts, sessions, starts, tasks
from flake8_bgtasks.cli.survey.files import Candidate, Files
from flake8_bgtasks.cli.survey.judging import Judged, is_task_model
from flake8_bgtasks.cli.survey.seen import EndpointSeen, ScriptSeen, Start, Survey, Task
from flake8_bgtasks.cli.survey.starts import OF_THE_LOOP
from flake8_bgtasks.host.paths import MARKERS, path_under
from flake8_bgtasks.inference.indexes import Wanted
from flake8_bgtasks.inference.project import Kept, Project, Projects
from flake8_bgtasks.semantics.memo import Circular
from flake8_bgtasks.source import SourceFile

T = TypeVar("T")
Progress = Callable[[Iterable[Candidate], str], Iterable[Candidate]]
"""Hands the files on one by one, and may show how far it is."""

_KEPT = Kept(modules=1_000, characters=3_000_000)
"""What is kept of a project: the same files are come back to for what starts tasks, for endpoints and for tasks."""
_RELEVANT = frozenset({"starts", "tasks"})


class Roots(NamedTuple):
    """Where the globs of the rules file start, and whether flake8 has to be told so."""

    root: str
    must_be_said: bool = False
    left_out: int = 0
    """How many files with background work lie in other projects under the directory."""


def look(
    directory: str, root: str, is_told: bool, is_excluded: Callable[[str], bool], progress: Progress
) -> tuple[Survey, Roots]:
    """Return what is seen under a directory, but for what is excluded.

    `root` is the one that flake8 would find for the directory itself; where it is told to, no other is looked for.
    """
    found = files.find(directory, is_excluded)
    roots = Roots(root) if is_told else choose_root(found, root)
    return _Looking(found, roots.root).look(progress), roots


def choose_root(found: Files, root: str) -> Roots:
    """Return the root that all background work lies under: a project inside the directory, or else `root`.

    flake8 takes for each file the closest directory with a configuration file, so in a monorepo ``backend/`` may be a
    root of its own.
    """
    counts: dict[str, int] = {}
    known: dict[str, str] = {}
    for candidate in found.candidates:
        if candidate.kinds & _RELEVANT:
            closest = _closest(os.path.dirname(candidate.path), root, known)
            counts[closest] = counts.get(closest, 0) + 1
    if not counts:
        return Roots(root)
    best, most = max(counts.items(), key=lambda item: (item[1], item[0]))
    others = sum(counts.values()) - most
    if most >= 4 * others:
        return Roots(best, must_be_said=False, left_out=others)
    return Roots(root, must_be_said=True)


def _closest(folder: str, root: str, known: dict[str, str]) -> str:
    if folder == root or len(folder) <= len(root):
        return root
    if folder not in known:
        if any(os.path.exists(os.path.join(folder, marker)) for marker in MARKERS):
            known[folder] = folder
        else:
            known[folder] = _closest(os.path.dirname(folder), root, known)
    return known[folder]


@dataclass
class _Looking:
    """One look at a project, file by file."""

    files: Files
    root: str
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def look(self, progress: Progress) -> Survey:
        """Look at every candidate, then at the files of tasks with all that they reach."""
        inside = [one for one in self.files.candidates if path_under(self.root, one.path) is not None]
        projects = Projects(Wanted((), lambda path: False), kept=_KEPT)
        projects.begin_run()
        project = projects.under(self.root)
        models_seen, vocabularies, started, registries, factories, seen_endpoints = [], [], [], [], [], []
        at_once = [one for one in inside if one.kinds - {"endpoints", "tasks"}]
        for candidate in progress(at_once, "Looking at the project"):
            source = self._read(project, candidate.path)
            if source is None:
                continue
            kinds = candidate.kinds
            if "models" in kinds:
                models_seen += _all(models.models(source))
            if "vocabularies" in kinds:
                vocabularies += _all(models.vocabularies(source))
            if "starts" in kinds:
                started += _all(starts.starts(source))
            if "registries" in kinds:
                registries += _all(tasks.registries(source))
            if "factories" in kinds:
                factories += _all(sessions.factories(source))
        has_models = any(map(is_task_model, models_seen))
        starters = frozenset(start.inside for start in started if start.inside and has_models)
        with_endpoints = [one for one in inside if "endpoints" in one.kinds]
        for candidate in progress(with_endpoints, "Looking at the endpoints"):
            source = self._read(project, candidate.path)
            if source is not None:
                seen_endpoints += _all(endpoints.seen(source, starters))
        opening = frozenset(factory.name for factory in factories)
        tasks_seen: list[Task] = []
        for candidate in progress(self._task_files(inside, started), "Following the tasks"):
            source = self._read(project, candidate.path)
            if source is not None:
                names = None if "tasks" in candidate.kinds else _targets(started, source.path)
                tasks_seen += _all(tasks.seen(source, opening, names if has_models else frozenset()))
        survey = Survey(
            root=self.root,
            files=tuple(sorted(filter(None, (path_under(self.root, path) for path in self.files.python)))),
            lines=self.files.lines,
            models=tuple(sorted(models_seen)),
            vocabularies=tuple(sorted(vocabularies)),
            starts=starts.in_order(started),
            tasks=tuple(sorted(tasks_seen)),
            endpoints=tuple(sorted(seen_endpoints)),
            registries=tuple(sorted(registries)),
            factories=tuple(sorted(factories)),
            scripts=tuple(self._scripts()),
            skipped=tuple(
                sorted(dict.fromkeys((*map(self._short, self.files.skipped), *map(self._short, self.skipped))))
            ),
            foreign_scripts=tuple(filter(None, (path_under(self.root, path) for path in self.files.foreign))),
            test_folders=tuple(filter(None, (path_under(self.root, path) for path in self.files.tests))),
        )

        return replace(survey, endpoints=tuple(self._with_keys(survey, project)))

    def _with_keys(self, survey: Survey, project: Project) -> Iterator[EndpointSeen]:
        """The endpoints again, those that start a job with the keys that they return: the one costly question."""
        wanted: dict[str, list[EndpointSeen]] = {}
        judged = Judged(survey)
        for endpoint in judged.triggers:
            wanted.setdefault(endpoint.place.path, []).append(endpoint)
        answered: dict[EndpointSeen, EndpointSeen] = {}
        for path, found in wanted.items():
            source = self._read(project, os.path.join(self.root, path))
            if source is not None:
                answered.update(zip(found, _all(endpoints.with_keys(source, tuple(found), judged.keys)), strict=False))
        yield from (answered.get(endpoint, endpoint) for endpoint in survey.endpoints)

    def _task_files(self, candidates: list[Candidate], started: list[Start]) -> list[Candidate]:
        """The files whose functions are followed: those with tasks by name or decorator, and where a started one stands."""
        queued = [start for start in started if start.how not in OF_THE_LOOP]
        found = {one.path: one for one in candidates if "tasks" in one.kinds}
        homes = {os.path.join(self.root, start.home) for start in queued if start.home}
        homes |= set(files.defining({start.target for start in queued if start.home is None}, self.files.python))
        for path in homes:
            if path_under(self.root, path) is not None:
                found.setdefault(path, Candidate(path, frozenset()))
        return sorted(found.values(), key=lambda one: one.path)

    def _short(self, skipped: tuple[str, str]) -> tuple[str, str]:
        return path_under(self.root, skipped[0]) or skipped[0], skipped[1]

    def _read(self, project: Project, path: str) -> SourceFile | None:
        """Return a file as code, or note why not."""
        try:
            with tokenize.open(path) as file:
                text = file.read()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
        except SyntaxError as error:
            self.skipped.append((path, f"line {error.lineno or 1}: {error.msg}"))
        except (OSError, ValueError, RecursionError, MemoryError) as error:
            self.skipped.append((path, str(error) or "too deeply nested"))
        else:
            return project.look_at(path_under(self.root, path), text.splitlines(keepends=True), tree, path)
        return None

    def _scripts(self) -> Iterator[ScriptSeen]:
        for path in self.files.scripts:
            short = path_under(self.root, path)
            if short is not None:
                yield from scripts.seen(path, short)


def _targets(started: list[Start], home: str | None) -> frozenset[str]:
    """The functions of a file that are handed to a queue; what an event loop is given is more often no job than one."""
    queued = (start for start in started if start.home in (home, None) and start.how not in OF_THE_LOOP)
    return frozenset(start.target for start in queued)


def _all(found: Iterable[T]) -> list[T]:
    """Return what is found in one file; code that leads in circles gives what was found so far."""
    kept: list[T] = []
    try:
        kept.extend(found)
    except (Circular, RecursionError):
        pass
    return kept
