"""In which words the statuses of tasks are told here, and which of them are legacy words."""

from collections.abc import Iterator

from flake8_bgtasks.cli.survey.judging import Judged
from flake8_bgtasks.cli.survey.seen import Place

LEGACY = (("processing", "running"), ("fetching", "running"), ("passed", "completed"), ("error", "failed"))
EVERYWHERE = frozenset({"processing", "fetching"})
"""Those that the bundled rule reports in every file; the others mean too much else."""


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


def legacy(judged: Judged) -> tuple[list[tuple[str, str]], dict[str, tuple[str, Place]]]:
    """Return the legacy words to report with what to say instead, and those that are the project's own, with places.

    A vocabulary's own is what it has in the place of the standard word, if no other vocabulary has that word.
    """
    own: dict[str, tuple[str, Place]] = {}
    standard: set[str] = set()
    for name, place, used in vocabularies(judged):
        plain = {one.lower() for one in used}
        for old, new in LEGACY:
            if new in plain:
                standard.add(new)
            elif old in plain:
                own.setdefault(old, (name, place))
    reported = [(old, new) for old, new in LEGACY if old not in own or new in standard]
    return reported, own
