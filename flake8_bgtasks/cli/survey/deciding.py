"""Deciding what a rules file should say about a project: which globs, what else counts, which rules are switched off."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from flake8_bgtasks.cli.survey import sessions, words
from flake8_bgtasks.cli.survey.draft import Draft, Entry, Row, RuleDraft
from flake8_bgtasks.cli.survey.globbing import escaped, globs_for
from flake8_bgtasks.cli.survey.judging import Judged
from flake8_bgtasks.cli.survey.seen import EndpointSeen, Model, Place, Task
from flake8_bgtasks.cli.survey.tasks import PROVABLY
from flake8_bgtasks.rules.globs import Glob
from flake8_bgtasks.semantics.words import continues

MOST_NAMES = 16
"""How many functions a rule may name."""
MOST_PLACES = 3
"""How many places a comment tells of."""

TASKS, MODELS, ENDPOINTS, SCRIPTS = (
    "app/tasks/*.py",
    "models/database/*_job.py",
    "app/api/**/*.py",
    "static/admin/js/*.js",
)
"""The globs of the bundled rules that ``paths`` is about."""
_LEGACY = (("processing", "running"), ("fetching", "running"), ("passed", "completed"), ("error", "failed"))
_BLOCKING = (
    (r"subprocess\.run.*wait.*True", "Don't wait synchronously for subprocesses in API handlers"),
    (r"time\.sleep", "Don't use time.sleep in API handlers"),
)
"""The anti-patterns of the bundled BG-021."""
_EVERYWHERE = frozenset({"processing", "fetching"})
"""Those that the bundled rule reports in every file; the others mean too much else."""
_ON_MODELS = (
    ("BG-001", "status", "must_contain", ("status = Column",)),
    ("BG-002", "times", "must_contain", ("started_at", "completed_at")),
    ("BG-003", "error", "must_contain", ("error_message",)),
    ("BG-004", "trigger", "must_contain", ("triggered_by",)),
)


def draft(judged: Judged) -> Draft:
    """Return the rules file that suits what was seen."""
    return Draft(
        head=(
            "The rules of flake8-bgtasks for this project, written by `bgtasks init`; beside each part stands what was"
            " seen, and where. It is yours: change what does not fit. `bgtasks check-rules` checks it.",
        ),
        exclude=tuple(f"{escaped(folder)}/**" for folder in judged.survey.test_folders),
        paths=tuple(_paths(judged)),
        equivalents=tuple(_equivalents(judged)),
        rules=tuple(_rules(judged)),
        notes=tuple(_notes(judged)),
    )


def _notes(judged: Judged) -> Iterator[str]:
    if judged.doubts:
        yield "Left out, for you to judge:"
        yield from (f"- {doubt.what}: {doubt.why}." for doubt in judged.doubts)


def places(found: Iterable[tuple[str, Place]]) -> str:
    """Return names with their places, the first few of them.

    >>> places([("Job", Place("a.py", 3)), ("Run", Place("b.py", 1))])
    'Job (a.py:3), Run (b.py:1)'
    """
    listed = [f"{name} ({place})" for name, place in found]
    more = len(listed) - MOST_PLACES
    return ", ".join(listed[:MOST_PLACES]) + (f" and {more} more" if more > 0 else "")


def _paths(judged: Judged) -> Iterator[Row]:
    survey = judged.survey
    if judged.worker_files:
        globs = globs_for(judged.worker_files, survey.files)
        named = [(task.name, task.place) for task in covered(judged)]
        if globs != (TASKS,):
            yield Row(TASKS, globs, (f"Task functions that write to a task model: {places(named)}.",))
    routed = sorted({endpoint.place.path for endpoint in survey.endpoints})
    if routed:
        globs = globs_for(routed, survey.files, tolerance=2)
        if globs != (ENDPOINTS,):
            yield Row(ENDPOINTS, globs, (f"{len(survey.endpoints)} endpoints in {len(routed)} files.",))
    polling = [script for script in survey.scripts if script.is_about_tasks]
    if polling:
        globs = globs_for([script.place.path for script in polling], [script.place.path for script in survey.scripts])
        if globs != (SCRIPTS,):
            seen = places((f"every {' or '.join(map(str, one.delays))} ms", one.place) for one in polling)
            yield Row(SCRIPTS, globs, (f"Scripts that ask for tasks: {seen}.",))


def _equivalents(judged: Judged) -> Iterator[Row]:
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
    keys = _keys(judged)
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


def vocabularies(judged: Judged) -> Iterator[tuple[str, Place, tuple[str, ...]]]:
    """Yield the words that the statuses of tasks use, each set with its name and place."""
    for vocabulary in judged.survey.vocabularies:
        yield vocabulary.name, vocabulary.place, vocabulary.values
    for model in judged.models:
        if model.values:
            yield model.name, model.place, model.values
    for task in judged.workers:
        if values := judged.values_of(task):
            yield f"{task.name}()", task.place, values


def _value_row(value: str, known: tuple[str, ...], judged: Judged) -> Iterator[Row]:
    """What the project says in the place of a standard word: in each vocabulary that has it not, its own word."""
    reported = {old for old, _ in _legacy(judged)[0]}
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


def covered(judged: Judged) -> tuple[Task, ...]:
    """Return the task functions that work for a task model and stand in a file of such."""
    return tuple(task for task in judged.workers if task.place.path in judged.worker_files)


def _keys(judged: Judged) -> tuple[str, ...]:
    """What endpoints that start a task call it, the most common first; a mere ``id`` last."""
    counts = Counter(key for endpoint in judged.triggers for key in endpoint.keys)
    order = {key: position for position, key in enumerate(judged.keys)}
    return tuple(sorted(counts, key=lambda key: (key == "id", -counts[key], order[key])))


def _starting_row(judged: Judged) -> Iterator[Row]:
    """What starts tasks in the place of FastAPI's `BackgroundTasks`."""
    if not _names_of_work(judged):
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


def _rules(judged: Judged) -> Iterator[RuleDraft]:
    yield from _model_rules(judged)
    yield from _status_rule(judged)
    yield from _api_rules(judged)
    yield from _task_rules(judged)
    yield from _script_rules(judged)


def _model_rules(judged: Judged) -> Iterator[RuleDraft]:
    models = judged.models
    for rule_id, subject, key, snippets in _ON_MODELS:
        if not models:
            yield RuleDraft(
                rule_id, ("No task model was seen: no mapped class with a status, times and an error.",), False
            )
            continue
        having = [model for model in models if _has(model, subject)]
        if len(models) > 2 and 3 * len(having) < len(models):
            few = f"Only {len(having)}" if having else "None"
            said = f"{few} of the {len(models)} task models has such a column. Switch it on when you want it."
            yield RuleDraft(rule_id, (said,), enabled=False)
            continue
        entries = tuple(
            Entry(
                (("file", file), ("class", names), (key, snippets)),
                (f"{places(seen)}.",) if rule_id == "BG-001" else (),
            )
            for file, names, seen in _homes(judged)
        )
        yield RuleDraft(rule_id, patterns=entries)


def _has(model: Model, subject: str) -> bool:
    kinds = {
        "times": (words.STARTED, words.COMPLETED),
        "error": (words.ERRORS,),
        "trigger": (words.TRIGGERS,),
    }
    if subject == "status":
        return bool(words.status_columns(model.columns))
    return any(words.first_of(names, model.columns) for names in kinds[subject])


def _homes(judged: Judged) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, Place]]]]:
    """Yield globs of the files with task models, which classes are meant in them, and where those stand."""
    by_path: dict[str, list[Model]] = {}
    for model in judged.models:
        by_path.setdefault(model.place.path, []).append(model)
    for glob in globs_for(by_path, judged.survey.files, tolerance=2):
        inside = [model for path, found in by_path.items() if _matches(glob, path) for model in found]
        yield glob, _class_globs(inside, judged), [(model.name, model.place) for model in inside]


def _matches(glob: str, path: str) -> bool:
    return Glob(glob).matches(path)


def _class_globs(models: list[Model], judged: Judged) -> tuple[str, ...]:
    """Return globs for the names of task models: ``*Job`` where all that is called so is one, and names elsewhere."""
    strangers = [model.name for model in judged.survey.models if model.name not in judged.model_names]
    by_end: dict[str, list[str]] = {}
    for model in models:
        by_end.setdefault(re.findall(r"[A-Z][^A-Z]*$|$", model.name)[0], []).append(model.name)
    found: set[str] = set()
    for end, names in by_end.items():
        is_common = len(names) > 1 and words.noun_of(end) in words.JOB_NOUNS
        if is_common and not any(stranger.endswith(end) for stranger in strangers):
            found.add(f"*{end}")
        else:
            found.update(names)
    return tuple(sorted(found))


def _legacy(judged: Judged) -> tuple[list[tuple[str, str]], dict[str, tuple[str, Place]]]:
    """Return the legacy words to report with what to say instead, and those that are the project's own, with places.

    A vocabulary's own is what it has in the place of the standard word, if no other vocabulary has that word.
    """
    own: dict[str, tuple[str, Place]] = {}
    standard: set[str] = set()
    for name, place, used in vocabularies(judged):
        plain = {one.lower() for one in used}
        for old, new in _LEGACY:
            if new in plain:
                standard.add(new)
            elif old in plain:
                own.setdefault(old, (name, place))
    reported = [(old, new) for old, new in _LEGACY if old not in own or new in standard]
    return reported, own


def _status_rule(judged: Judged) -> Iterator[RuleDraft]:
    """BG-010: without the legacy words that are the project's own."""
    kept, own = _legacy(judged)
    if len(kept) == len(_LEGACY):
        return
    left_out = [old for old, new in _LEGACY if (old, new) not in kept]
    said = f"The project's own words: {places((old, own[old][1]) for old in left_out)}."
    said_everywhere = [(old, new) for old, new in kept if old in _EVERYWHERE]
    if not said_everywhere:
        yield RuleDraft("BG-010", (said,), enabled=False)
        return
    old_words = "\n".join(f'- "{old}" -> "{new}"' for old, new in kept)
    yield RuleDraft(
        "BG-010",
        (said,),
        description=f"Background task status must use one word for each state.\n\nLegacy values to migrate:\n{old_words}",
        anti_patterns=tuple(
            Entry((("pattern", f"status.*=.*{old}"), ("message", f"Use '{new}' instead of '{old}'")))
            for old, new in said_everywhere
        ),
    )


def _api_rules(judged: Judged) -> Iterator[RuleDraft]:
    if judged.triggers:
        key = (*_keys(judged), "job_id")[0]
        yield RuleDraft("BG-020", patterns=tuple(_trigger_entries(judged, key)))
    else:
        yield RuleDraft(
            "BG-020", ("No endpoint was seen that starts a task which a task model records.",), enabled=False
        )
    yield from _background_rule(judged)
    yield from _registry_rule(judged)


def _trigger_entries(judged: Judged, key: str) -> Iterator[Entry]:
    by_path: dict[str, list[EndpointSeen]] = {}
    for endpoint in judged.triggers:
        by_path.setdefault(endpoint.place.path, []).append(endpoint)
    for path, found in sorted(by_path.items()):
        others = [one for one in judged.survey.endpoints if one.place.path == path and one not in found]
        started = places((f"{one.name} starts {one.starts[0].target}", one.place) for one in found)
        pairs = (("file", escaped(path)), ("endpoint_pattern", _pattern(found, others)), ("must_return", key))
        yield Entry(pairs, (f"{started}.",))


def _pattern(wanted: list[EndpointSeen], others: list[EndpointSeen]) -> str:
    """Return a regex for the decorators of some endpoints, and of no others in their file."""
    methods = sorted({method for endpoint in wanted for method, _ in endpoint.routes})
    head = methods[0] if len(methods) == 1 else f"({'|'.join(methods)})"
    if not any(method in methods for endpoint in others for method, _ in endpoint.routes):
        return f"@router.{head}"
    paths = sorted({path for endpoint in wanted for _, path in endpoint.routes})
    listed = "|".join(re.escape(path).replace(r"\-", "-") for path in paths)
    return f'@router.{head}\\("({listed})"'


def _names_of_work(judged: Judged) -> tuple[str, ...]:
    """The task functions that endpoints are known to start, and that no endpoint is called like."""
    answering = {endpoint.name for endpoint in judged.survey.endpoints}
    started = {task.name for task in judged.workers if judged.starts_of(task) and task.name.isidentifier()}
    return tuple(sorted(name for name in started if not any(continues(other, name) for other in answering)))


def _background_rule(judged: Judged) -> Iterator[RuleDraft]:
    """BG-021: an endpoint that calls a task's function must start it in the background, and not wait for it."""
    if not judged.survey.endpoints:
        yield RuleDraft("BG-021", ("No endpoint was seen.",), enabled=False)
        return
    names = _names_of_work(judged)
    if names:
        pairs = (("file", ENDPOINTS), ("when_contains", names[:MOST_NAMES]), ("must_contain", "BackgroundTasks"))
        said = "Task functions, which an endpoint may start but not wait for."
        yield RuleDraft("BG-021", (said,), patterns=(Entry(pairs),))
        return
    yield RuleDraft(
        "BG-021",
        ("No task function was seen that endpoints start; only blocking calls in endpoints are reported.",),
        anti_patterns=tuple(
            Entry((("pattern", pattern), ("file", ENDPOINTS), ("message", message))) for pattern, message in _BLOCKING
        ),
    )


def _registry_rule(judged: Judged) -> Iterator[RuleDraft]:
    best = max(
        judged.survey.registries,
        key=lambda one: (len(judged.model_names.intersection(one.entries)), str(one.place)),
        default=None,
    )
    if best is not None and len(judged.model_names.intersection(best.entries)) > 1:
        names = tuple(dict.fromkeys(model.name for model in judged.models))
        pairs = (("file", escaped(best.place.path)), ("must_reference", names))
        yield RuleDraft("BG-022", patterns=(Entry(pairs, (f"{best.name} ({best.place}) names task models.",)),))
        return
    for registry in judged.survey.registries:
        tasks = {task.name: task.place.path for task in judged.survey.tasks}
        homes = {tasks[name] for name in registry.entries if name in tasks}
        if registry.name != "functions" or not homes:
            continue
        homes |= set(judged.worker_files)
        names = tuple(sorted({name for name, path in tasks.items() if path in homes and name.isidentifier()}))
        said = f"A worker's functions ({registry.place}): a task that is not among them never runs."
        pairs = (("file", escaped(registry.place.path)), ("must_reference", names))
        yield RuleDraft("BG-022", patterns=(Entry(pairs, (said,)),))
        return
    yield RuleDraft("BG-022", ("No registry of task models was seen.",), enabled=False)


def _task_rules(judged: Judged) -> Iterator[RuleDraft]:
    if not judged.worker_files:
        for rule_id in ("BG-030", "BG-031", "BG-032", "BG-033"):
            said = (
                "No file was seen whose task functions write to a task model." if rule_id == "BG-030" else "As BG-030."
            )
            yield RuleDraft(rule_id, (said,), enabled=False)
        return
    workers = covered(judged)
    if not any(task.sessions for task in workers):
        said = (
            f"None of {len(workers)} task functions opens a session in a way that is known. Say how under equivalents,"
            ' as another spelling of "SessionLocal()", and switch it on.'
        )
        yield RuleDraft("BG-033", (said,), enabled=False)


def _script_rules(judged: Judged) -> Iterator[RuleDraft]:
    polling = [script for script in judged.survey.scripts if script.is_about_tasks]
    if not any(script.shows_tasks for script in polling):
        said = (
            "No script says that it starts BackgroundTasks." if polling else "No script was seen that asks for tasks."
        )
        yield RuleDraft("BG-040", (said,), enabled=False)
    if not polling:
        foreign = judged.survey.foreign_scripts
        said = f"No .js or .mjs file was seen that asks for tasks{f'; {foreign[0]} may, but is not read' if foreign else ''}."
        yield RuleDraft("BG-041", (said,), enabled=False)
