"""What the judgements come to that more than one part of the rules file speaks of."""

from collections import Counter

from flake8_bgtasks.cli.survey.judging import Judged
from flake8_bgtasks.cli.survey.seen import Task
from flake8_bgtasks.semantics.words import continues


def covered(judged: Judged) -> tuple[Task, ...]:
    """Return the task functions that work for a task model and stand in a file of such."""
    return tuple(task for task in judged.workers if task.place.path in judged.worker_files)


def id_keys(judged: Judged) -> tuple[str, ...]:
    """What endpoints that start a task call it, the most common first; a mere ``id`` last."""
    counts = Counter(key for endpoint in judged.triggers for key in endpoint.keys)
    order = {key: position for position, key in enumerate(judged.keys)}
    return tuple(sorted(counts, key=lambda key: (key == "id", -counts[key], order[key])))


def names_of_work(judged: Judged) -> tuple[str, ...]:
    """The task functions that endpoints are known to start, and that no endpoint is called like."""
    answering = {endpoint.name for endpoint in judged.survey.endpoints}
    started = {task.name for task in judged.workers if judged.starts_of(task) and task.name.isidentifier()}
    return tuple(sorted(name for name in started if not any(continues(other, name) for other in answering)))
