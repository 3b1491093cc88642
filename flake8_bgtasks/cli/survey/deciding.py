"""Deciding what a rules file should say about a project: which globs, what else counts, which rules are switched off."""

from collections.abc import Iterator

from flake8_bgtasks.cli.survey.api_rules import api_rules
from flake8_bgtasks.cli.survey.draft import ENDPOINTS, SCRIPTS, TASKS, Draft, Row, RuleDraft, places
from flake8_bgtasks.cli.survey.equating import equivalents
from flake8_bgtasks.cli.survey.globbing import escaped, globs_for
from flake8_bgtasks.cli.survey.judging import Judged
from flake8_bgtasks.cli.survey.model_rules import model_rules, status_rule
from flake8_bgtasks.cli.survey.work import covered


def draft(judged: Judged) -> Draft:
    """Return the rules file that suits what was seen."""
    return Draft(
        head=(
            "The rules of flake8-bgtasks for this project, written by `bgtasks init`; beside each part stands what was"
            " seen, and where. It is yours: change what does not fit. `bgtasks check-rules` checks it.",
        ),
        exclude=tuple(f"{escaped(folder)}/**" for folder in judged.survey.test_folders),
        paths=tuple(_paths(judged)),
        equivalents=tuple(equivalents(judged)),
        rules=tuple(_rules(judged)),
        notes=tuple(_notes(judged)),
    )


def _notes(judged: Judged) -> Iterator[str]:
    if judged.doubts:
        yield "Left out, for you to judge:"
        yield from (f"- {doubt.what}: {doubt.why}." for doubt in judged.doubts)


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


def _rules(judged: Judged) -> Iterator[RuleDraft]:
    yield from model_rules(judged)
    yield from status_rule(judged)
    yield from api_rules(judged)
    yield from _task_rules(judged)
    yield from _script_rules(judged)


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
