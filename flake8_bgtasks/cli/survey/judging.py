"""Judging what was seen: which mapped classes are task models, which functions work for them, which endpoints start one."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from flake8_bgtasks.cli.output import plural
from flake8_bgtasks.cli.survey import words
from flake8_bgtasks.cli.survey.files import is_task_module
from flake8_bgtasks.cli.survey.seen import EndpointSeen, Model, Start, Survey, Task, Write
from flake8_bgtasks.cli.survey.starts import OF_THE_LOOP
from flake8_bgtasks.semantics.vocabulary import has_task_word
from flake8_bgtasks.semantics.words import words as words_of

_CHANGING = frozenset({"post", "put", "patch"})


class Doubt(NamedTuple):
    """Something that was left out, and why, for a person to decide."""

    what: str
    why: str


def doubt_of(model: Model) -> str | None:
    """Return why a mapped class is no task model after all, though it may look like one; None where it does not."""
    lowered = frozenset(column.lower() for column in model.columns)
    noun = words.noun_of(model.name)
    if noun not in words.JOB_NOUNS and not has_task_word(model.name):
        return None
    if lowered & words.POSTING:
        return "it reads like a job that people apply for"
    if lowered & words.TO_DO and not is_task_model(model):
        return "it reads like a person's task"
    if words.status_columns(model.columns) and not is_task_model(model):
        return "it has a status, but too little of times and an error"
    return None


def is_task_model(model: Model) -> bool:
    """Tell whether a mapped class records the work of a program: a status, times of start and end, an error."""
    lowered = frozenset(column.lower() for column in model.columns)
    started, completed, errors = (
        bool(words.first_of(names, model.columns)) for names in (words.STARTED, words.COMPLETED, words.ERRORS)
    )
    has_status = bool(words.status_columns(model.columns))
    evidence = started + completed + errors
    if lowered & words.POSTING or (lowered & words.TO_DO and not (started and (completed or errors))):
        return False
    noun = words.noun_of(model.name)
    if noun in words.JOB_NOUNS:
        return evidence >= 2 or (has_status and (noun in words.CORE or (noun == "task" and evidence == 1)))
    return has_status and evidence >= 2 and (errors or has_task_word(model.name))


def tells_of_work(write: Write) -> bool:
    """Tell whether a write says that work is done, or may say so; a new job that waits says that somebody else will do it."""
    return not write.values or any(value.lower().replace(" ", "_") in words.OF_WORK for value in write.values)


class Judged:
    """What a survey comes to."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """The task models."""
        return tuple(model for model in self.survey.models if is_task_model(model))

    @cached_property
    def model_names(self) -> frozenset[str]:
        """The names of the task models."""
        return frozenset(model.name for model in self.models)

    @cached_property
    def _homes(self) -> dict[str, set[str | None]]:
        """The files of the functions that are started, by their names; None where the file is not known."""
        found: dict[str, set[str | None]] = {}
        for start in self.survey.starts:
            found.setdefault(start.target, set()).add(start.home)
        return found

    def starts_of(self, task: Task) -> tuple[Start, ...]:
        """Return the places where a task is started."""
        name = task.name.rpartition(".")[2]
        return tuple(
            start for start in self.survey.starts if start.target == name and start.home in (task.place.path, None)
        )

    def is_started(self, task: Task) -> bool:
        """Tell whether a function is a task by a decorator, or is handed to a queue somewhere."""
        homes = self._homes.get(task.name.rpartition(".")[2], set())
        return task.is_decorated or None in homes or task.place.path in homes

    def works(self, task: Task) -> bool:
        """Tell whether a function does the work that a task model records: it writes that model's status or times."""
        if not (self.is_started(task) or is_task_module(task.place.path)):
            return False
        return any(self.records(write, task) for write in task.writes)

    def carries_out(self, task: Task) -> bool:
        """Tell whether a task does the work of a job, and does not hand jobs out or look after those of others."""
        if self._has_decorated and not self.is_started(task):
            return False
        writes = [write for write in task.writes if self.records(write, task)]
        if not any(map(tells_of_work, writes)):
            return False
        recorded = {word for write in writes for word in words_of(write.owner)}
        looking_after = words.LOOKING_AFTER.intersection(words_of(task.name.rpartition(".")[2]))
        return self.works(task) and looking_after <= recorded  # cleanup_files() does the work of a CleanupJob

    @cached_property
    def _has_decorated(self) -> bool:
        """Whether tasks are decorated here: then a function that is not, and that nobody starts, is a helper."""
        return any(task.is_decorated for task in self.survey.tasks)

    def records(self, write: Write, task: Task) -> bool:
        """Tell whether a write is one to a task model: a known one, or one close by where a task model is spoken of.

        To a column that task models have: what is called `completed` may be a number.
        """
        is_known = write.column in self._columns
        if write.owner:
            return write.owner in self._recording and (
                is_known or bool(words.status_columns(frozenset({write.column})))
            )
        return write.depth <= 1 and is_known and bool(self.model_names & task.words)

    @cached_property
    def _recording(self) -> frozenset[str]:
        """The task models and what they derive from: a helper may take any of them by a base."""
        return self.model_names.union(*(model.bases for model in self.models))

    @cached_property
    def _columns(self) -> frozenset[str]:
        """The columns of a status, a time or an error that task models have."""
        kinds = (words.STARTED, words.COMPLETED, words.ERRORS)
        return frozenset(
            name
            for model in self.models
            for name in (
                *words.status_columns(model.columns),
                *(name for kind in kinds for name in words.first_of(kind, model.columns)),
            )
        )

    def values_of(self, task: Task) -> tuple[str, ...]:
        """Return what a task sets the status of a task model to."""
        found = (value for write in task.writes if self.records(write, task) for value in write.values)
        return tuple(sorted(set(found)))

    @cached_property
    def workers(self) -> tuple[Task, ...]:
        """The task functions that do the work of a task model."""
        return tuple(task for task in self.survey.tasks if self.works(task))

    @cached_property
    def worker_files(self) -> tuple[str, ...]:
        """The files whose task functions, four in five at least, carry a job out: the rules on tasks judge all of them."""
        by_file: dict[str, list[bool]] = {}
        for task in self.survey.tasks:
            by_file.setdefault(task.place.path, []).append(self.carries_out(task))
        answering = {endpoint.place.path for endpoint in self.survey.endpoints}
        return tuple(
            sorted(
                path for path, found in by_file.items() if 5 * sum(found) >= 4 * len(found) and path not in answering
            )
        )

    @cached_property
    def other_task_files(self) -> tuple[str, ...]:
        """The other files with functions that are started as tasks."""
        found = {task.place.path for task in self.survey.tasks if self.is_started(task) or self.works(task)}
        return tuple(sorted(found - set(self.worker_files)))

    @cached_property
    def triggers(self) -> tuple[EndpointSeen, ...]:
        """The endpoints that start a task which a task model records."""
        return tuple(endpoint for endpoint in self.survey.endpoints if self.starts_a_job(endpoint))

    def starts_a_job(self, endpoint: EndpointSeen) -> bool:
        """Tell whether an endpoint changes something and starts a task, for which there is a task model."""
        if _CHANGING.isdisjoint(method for method, _ in endpoint.routes):
            return False
        workers = {(task.place.path, task.name.rpartition(".")[2]) for task in self.workers}
        names = {name for _, name in workers}
        for start in endpoint.starts:
            if (start.home, start.target) in workers or (start.home is None and start.target in names):
                return True
        is_queued = any(start.how not in OF_THE_LOOP for start in endpoint.starts)
        return is_queued and bool(self.model_names & endpoint.makes)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What endpoints may call a job that they have started: the usual names, and those after the task models."""
        own = ("_".join([*words_of(model.name), "id"]) for model in self.models)
        *usual, plain = words.KEYS
        return tuple(dict.fromkeys((*usual, *own, plain)))

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """What a person should look at."""
        return tuple(self._doubts())

    def _doubts(self) -> Iterator[Doubt]:
        for model in self.survey.models:
            if not is_task_model(model) and (why := doubt_of(model)) is not None:
                yield Doubt(f"{model.name} ({model.place}) is not taken for a task model", why)
        for path in self.other_task_files:
            tasks = [task for task in self.survey.tasks if task.place.path == path]
            working = [task.name for task in tasks if self.works(task)]
            if working:
                yield Doubt(f"{path} is not taken for a file of tasks", self._why_left_out(tasks, working))

    def _why_left_out(self, tasks: list[Task], working: list[str]) -> str:
        """Say what keeps a file from being one of tasks, though some of its functions write to a task model."""
        carrying = [task.name for task in tasks if self.carries_out(task)]
        if not carrying:
            return f"no task in it carries a job out, though there is what writes to a task model: {', '.join(working[:3])}"
        return (
            f"the rules would judge {plural(len(tasks), 'function')}, of which {len(carrying)} carr"
            f"{'ies' if len(carrying) == 1 else 'y'} a job out: {', '.join(carrying[:3])}"
        )
