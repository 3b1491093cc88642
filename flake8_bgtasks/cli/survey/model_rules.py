"""Deciding what to ask of task models, and of statuses."""

import re
from collections.abc import Iterator

from flake8_bgtasks.cli.survey import words
from flake8_bgtasks.cli.survey.draft import Entry, RuleDraft, places
from flake8_bgtasks.cli.survey.globbing import globs_for
from flake8_bgtasks.cli.survey.judging import Judged
from flake8_bgtasks.cli.survey.seen import Model, Place
from flake8_bgtasks.cli.survey.vocabularies import EVERYWHERE, LEGACY, legacy
from flake8_bgtasks.rules.globs import Glob

_ON_MODELS = (
    ("BG-001", "status", "must_contain", ("status = Column",)),
    ("BG-002", "times", "must_contain", ("started_at", "completed_at")),
    ("BG-003", "error", "must_contain", ("error_message",)),
    ("BG-004", "trigger", "must_contain", ("triggered_by",)),
)


def model_rules(judged: Judged) -> Iterator[RuleDraft]:
    """BG-001 to BG-004: the task models by name, and only those columns that some of them have."""
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


def status_rule(judged: Judged) -> Iterator[RuleDraft]:
    """BG-010: without the legacy words that are the project's own."""
    kept, own = legacy(judged)
    if len(kept) == len(LEGACY):
        return
    left_out = [old for old, new in LEGACY if (old, new) not in kept]
    said = f"The project's own words: {places((old, own[old][1]) for old in left_out)}."
    said_everywhere = [(old, new) for old, new in kept if old in EVERYWHERE]
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
