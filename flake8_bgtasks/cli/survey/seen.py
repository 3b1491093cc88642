"""What was seen in a project: frozen findings, each with its place. Only data, no judgement."""

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A line of a file; the path is relative to the root, the line counts from 1."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, order=True)
class Model:
    """A mapped class that may be a task model."""

    place: Place
    name: str
    columns: frozenset[str]
    values: tuple[str, ...] = ()
    """What its status can be, as far as an enum or a class of constants says."""
    bases: frozenset[str] = frozenset()
    """The classes that it has columns from."""


@dataclass(frozen=True, order=True)
class Vocabulary:
    """An enum, or a class of constants, whose name says that it stands for the status of a task."""

    place: Place
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Start:
    """A call that hands work to something that starts it later."""

    place: Place
    how: str
    """What is called: ``add_task``, ``delay``, ``enqueue_job``."""
    target: str
    """The name of the function that is started."""
    home: str | None = None
    """The file of that function, where it is known."""
    inside: str = ""
    """The function in which the call stands."""


class Write(NamedTuple):
    """A column of a status, a time or an error that is written."""

    column: str
    owner: str
    """The class whose column it is; nothing where that cannot be told."""
    depth: int
    """How many calls away from the task function."""
    values: tuple[str, ...] = ()
    """What a status is set to, as far as it is known."""


@dataclass(frozen=True, order=True)
class Task:
    """A function that may run as a background task: a unit of the rules on tasks."""

    place: Place
    name: str
    is_decorated: bool
    words: frozenset[str]
    """Identifiers in it, and in what it calls itself."""
    writes: tuple[Write, ...]
    sessions: frozenset[str]
    """What it opens sessions with."""


@dataclass(frozen=True, order=True)
class EndpointSeen:
    """An endpoint, with what it starts and which keys it certainly returns."""

    place: Place
    name: str
    routes: tuple[tuple[str, str], ...]
    """Method and path of each."""
    starts: tuple[Start, ...] = ()
    keys: tuple[str, ...] = ()
    makes: frozenset[str] = frozenset()
    """The classes that it makes objects of, itself or in what it calls, where it starts anything."""


@dataclass(frozen=True, order=True)
class Registry:
    """A dict or list, or a worker's setting, that names functions or classes."""

    place: Place
    name: str
    entries: tuple[str, ...]


@dataclass(frozen=True, order=True)
class Factory:
    """Something that gives database sessions: a `sessionmaker` object, a context manager, a dependency."""

    place: Place
    name: str
    kind: str


@dataclass(frozen=True, order=True)
class ScriptSeen:
    """A JavaScript file that polls; the delays are in milliseconds."""

    place: Place
    delays: tuple[int, ...]
    is_about_tasks: bool
    shows_tasks: bool
    """Whether it says that it starts background tasks, in the words that the bundled rule looks for."""


@dataclass(frozen=True)
class Survey:
    """All that was seen, each kind in the order of the files."""

    root: str
    files: tuple[str, ...]
    lines: int
    models: tuple[Model, ...] = ()
    vocabularies: tuple[Vocabulary, ...] = ()
    starts: tuple[Start, ...] = ()
    tasks: tuple[Task, ...] = ()
    endpoints: tuple[EndpointSeen, ...] = ()
    registries: tuple[Registry, ...] = ()
    factories: tuple[Factory, ...] = ()
    scripts: tuple[ScriptSeen, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    """Files that could not be read, each with the reason."""
    foreign_scripts: tuple[str, ...] = ()
    """Files in languages that are not read and that poll: TypeScript, Vue."""
    test_folders: tuple[str, ...] = ()
