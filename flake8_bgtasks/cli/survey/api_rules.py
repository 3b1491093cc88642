"""Deciding what to ask of endpoints and registries."""

import re
from collections.abc import Iterator

from flake8_bgtasks.cli.survey.draft import ENDPOINTS, Entry, RuleDraft, places
from flake8_bgtasks.cli.survey.globbing import escaped
from flake8_bgtasks.cli.survey.judging import Judged
from flake8_bgtasks.cli.survey.seen import EndpointSeen
from flake8_bgtasks.cli.survey.work import id_keys, names_of_work
from flake8_bgtasks.rules.globs import Glob

MOST_NAMES = 16
"""How many functions a rule may name."""
BLOCKING = (
    (r"subprocess\.run.*wait.*True", "Don't wait synchronously for subprocesses in API handlers"),
    (r"time\.sleep", "Don't use time.sleep in API handlers"),
)
"""The anti-patterns of the bundled BG-021."""
ASKED = "app/api/v1/**/*.py"
"""The endpoints that the bundled BG-021 asks for `BackgroundTasks`."""
_NOBODY = "name_of_a_task_function"
"""Stands where names of functions are to be written."""


def api_rules(judged: Judged) -> Iterator[RuleDraft]:
    """BG-020 to BG-022: which endpoints must return what, what they may not wait for, and where tasks are registered."""
    if judged.triggers:
        key = (*id_keys(judged), "job_id")[0]
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


def _background_rule(judged: Judged) -> Iterator[RuleDraft]:
    """BG-021: an endpoint that calls a task's function must start it in the background, and not wait for it."""
    if not judged.survey.endpoints:
        yield RuleDraft("BG-021", ("No endpoint was seen.",), enabled=False)
        return
    names = names_of_work(judged)
    glob = Glob(ASKED)
    if names or any(glob.matches(endpoint.place.path) for endpoint in judged.survey.endpoints):
        said = (
            "Task functions, which an endpoint may start but not wait for."
            if names
            else "No task function was seen that endpoints start. Name yours here; until then only blocking calls are reported."
        )
        pairs = (
            ("file", ENDPOINTS),
            ("when_contains", names[:MOST_NAMES] or _NOBODY),
            ("must_contain", "BackgroundTasks"),
        )
        yield RuleDraft("BG-021", (said,), patterns=(Entry(pairs),))
        return
    yield RuleDraft(
        "BG-021",
        ("No task function was seen that endpoints start; only blocking calls in endpoints are reported.",),
        anti_patterns=tuple(
            Entry((("pattern", pattern), ("file", ENDPOINTS), ("message", message))) for pattern, message in BLOCKING
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
