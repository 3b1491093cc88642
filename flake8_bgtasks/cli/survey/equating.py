"""Deciding what else counts: the team's own columns, words, sessions and ways to start a task."""

from collections import Counter
from collections.abc import Iterator

from flake8_bgtasks.cli.survey import sessions, words
from flake8_bgtasks.cli.survey.draft import Row, places
from flake8_bgtasks.cli.survey.judging import Judged
from flake8_bgtasks.cli.survey.seen import Model, Place
from flake8_bgtasks.cli.survey.tasks import PROVABLY
from flake8_bgtasks.cli.survey.vocabularies import legacy, vocabularies
from flake8_bgtasks.cli.survey.work import covered, id_keys, names_of_work
from flake8_bgtasks.semantics.words import continues


def equivalents(judged: Judged) -> Iterator[Row]:
    """Yield the rows of ``equivalents``, each with where its words were seen."""
    models = judged.models
    for left, names in (
        ("started_at", words.STARTED),
        ("completed_at", words.COMPLETED),
        ("error_message", words.ERRORS),
        ("triggered_by", words.TRIGGERS),
    ):
        yield from _column_row(left, names, models)
    states = sorted({name for model in models for name in words.status_columns(model.columns)} - {"status"})
    if states:
        seen = [(f"{model.name}.{name}", model.place) for model in models for name in states if name in model.columns]
        yield Row("status", tuple(states), (f"{places(seen)}.",))
    for value, known in (("running", words.RUNNING), ("completed", words.DONE), ("failed", words.FAILED)):
        yield from _value_row(value, known, judged)
    yield from _session_row(judged)
    keys = id_keys(judged)
    if len(keys) > 1:
        yield Row(keys[0], keys[1:], ("What endpoints that start a task call it.",))
    yield from _starting_row(judged)


def _column_row(left: str, names: tuple[str, ...], models: tuple[Model, ...]) -> Iterator[Row]:
    """What the models that have no column `left` have in its place."""
    found: dict[str, list[Model]] = {}
    for model in models:
        if not any(continues(column, left) for column in model.columns):
            for name in words.first_of(names, model.columns):
                found.setdefault(name, []).append(model)
    if found:
        rights = tuple(sorted(found, key=lambda name: (-len(found[name]), name)))
        seen = [(f"{model.name}.{name}", model.place) for name in rights for model in found[name]]
        yield Row(left, rights, (f"{places(seen)}.",))


def _value_row(value: str, known: tuple[str, ...], judged: Judged) -> Iterator[Row]:
    """What the project says in the place of a standard word: in each vocabulary that has it not, its own word."""
    reported = {old for old, _ in legacy(judged)[0]}
    found: dict[str, list[tuple[str, Place]]] = {}
    for name, place, used in vocabularies(judged):
        plain = {one.lower().replace(" ", "_"): one for one in used}
        own = [plain[word] for word in known if word in plain and plain[word] != value and word not in reported]
        strong = [word for word in own if word.lower() not in words.WEAK]
        for word in strong or (own if value not in plain else []):
            found.setdefault(word, []).append((name, place))
    if found:
        rights = tuple(sorted(found, key=lambda word: (known.index(word.lower().replace(" ", "_")), word)))
        seen = list(dict.fromkeys(where for word in rights for where in found[word]))
        yield Row(f'"{value}"', rights, (f"{places(seen)}.",))


def _session_row(judged: Judged) -> Iterator[Row]:
    if not any(task.sessions for task in covered(judged)):
        return
    used = Counter(name for task in judged.survey.tasks for name in task.sessions if name != PROVABLY)
    by_name = {factory.name: factory for factory in judged.survey.factories}
    names = sorted(used, key=lambda name: (-used[name], name))
    if not names:
        names = sorted(name for name, factory in by_name.items() if factory.kind != sessions.DEPENDENCY)
    if names := [name for name in names if name != "SessionLocal"]:
        seen = places((f"{by_name[name].kind} {name}", by_name[name].place) for name in names)
        yield Row("SessionLocal()", tuple(f"{name}()" for name in names), (f"{seen}.",))


def _starting_row(judged: Judged) -> Iterator[Row]:
    """What starts tasks in the place of FastAPI's `BackgroundTasks`."""
    if not names_of_work(judged):
        return
    by_how: dict[str, list[Place]] = {}
    for endpoint in judged.survey.endpoints:
        for start in endpoint.starts:
            if start.how != "add_task":
                by_how.setdefault(start.how, []).append(start.place)
    if by_how:
        names = tuple(sorted(by_how, key=lambda how: (-len(by_how[how]), how)))
        seen = places((how, by_how[how][0]) for how in names)
        yield Row("BackgroundTasks", names, (f"How endpoints start tasks: {seen}.",))
