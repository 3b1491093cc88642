"""`bgtasks explain`: what a rule asks, why, and how to satisfy it."""

from collections.abc import Iterator

import click

from flake8_bgtasks.cli.explanation import Asked, Covered, Explanation, Question, explanation_of
from flake8_bgtasks.cli.naming import rule_named
from flake8_bgtasks.cli.output import COLOURS, echo_code, echo_definitions, echo_heading, echo_json, echo_text, plural
from flake8_bgtasks.cli.project import Project, with_project
from flake8_bgtasks.host.session import Session
from flake8_bgtasks.rules.model import Example, Family


@click.command()
@click.argument("codes", nargs=-1, required=True, metavar="RULE...")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of text.")
@with_project
def explain(project: Project, codes: tuple[str, ...], as_json: bool) -> None:
    """Explain rules: what they ask, why, and what to write.

    Shows how each snippet and regex is read as code, what else counts for it here (`equivalents`), which files are
    meant (after `paths`), where the rule is configured, and a bad and a good example.

    \b
      bgtasks explain BG030
      bgtasks explain bg-030 bg-031

    Exit codes: 0 explained, 2 there is no such rule.
    """
    rules = dict.fromkeys(rule_named(code, project.session) for code in dict.fromkeys(codes))
    files = [path for file in project.files() if (path := project.session.path_of(file)[1]) is not None]
    found = [explanation_of(rule, project.session, files) for rule in rules]
    if as_json:
        echo_json({"rules": [_as_json(one) for one in found]})
        return
    for number, one in enumerate(found):
        if number:
            click.echo(f"\n{'-' * 80}\n")
        _write(one, project.session)


def _write(one: Explanation, session: Session) -> None:
    rule = one.rule
    severity = click.style(rule.severity.name.lower(), fg=COLOURS[rule.severity])
    click.echo(f"{click.style(rule.code, bold=True)}  {rule.name}")
    click.echo(f"{severity}, {rule.family.value} family; {one.configured_at}")
    if not rule.enabled:
        echo_text("It is switched off: `enabled: false`.")
    elif not one.is_reported:
        echo_text(f"It is not reported: bgtasks-severity is {session.settings.severity.name.lower()}.")
    if rule.description:
        click.echo()
        echo_code(rule.description, "")
    for question in one.questions:
        echo_heading(f"It asks of {question.unit}, in")
        _write_files(question.files, rule.family)
        for lead, rows in _asked(question):
            click.echo(f"  {lead}")
            echo_definitions(rows, 4)
    for ban in one.bans:
        echo_heading("It forbids, in")
        if ban.files is None:
            click.echo("  the files of task models, tasks and registries")
        else:
            _write_files(ban.files, rule.family)
        click.echo("  any of these")
        named = [(each.pattern or "(its description)", each) for each in ban.forbidden]
        echo_definitions([(name, f'{each.read_as}; says "{each.message}"') for name, each in named], 4)
    if one.excluded:
        echo_heading("It does not look at")
        echo_code("\n".join(one.excluded))
    if rule.suggestion:
        echo_heading("What to write")
        echo_code(rule.suggestion)
    for name, examples in (("Bad", one.bad), ("Good", one.good)):
        for example in examples:
            echo_heading(name)
            _write_example(example)


def _write_files(files: tuple[Covered, ...], family: Family) -> None:
    for one in files:
        if one.glob is None:
            kind = "JavaScript" if family is Family.FRONTEND else "Python"
            click.echo(f"  every {kind} file  ({plural(one.files, 'file')} here)")
            continue
        count = plural(one.files, "file") if one.files else click.style("no file", fg="yellow")
        instead = f"; `paths` puts it in the place of {one.in_place_of}" if one.in_place_of is not None else ""
        click.echo(f"  {one.glob}  ({count} here{instead})")


_LEADS = {
    "when_contains": "only where any of these holds",
    "must_contain": "that all of these hold",
    "must_contain_one_of": "that at least one of these holds",
    "must_reference": "that all of these hold",
    "must_return": "that all of these hold",
    "should_match": "that this holds",
}


def _asked(question: Question) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield what is asked, group by group: how the group is led in, and its snippets with what they are read as."""
    if question.classes:
        yield "where the class is called", [(name, "") for name in question.classes]
    if question.endpoint_pattern is not None:
        what = (
            'the regex is found in the decorator, written `@router.post("/prefix/path")` whatever the router is called'
        )
        yield "only where", [(question.endpoint_pattern, what)]
    rows: dict[str, list[tuple[str, str]]] = {}
    for one in question.asked:
        rows.setdefault(one.key, []).append((one.snippet, one.read_as + _also(one)))
    for key, lead in _LEADS.items():
        if key in rows:
            yield lead, rows[key]


def _also(one: Asked) -> str:
    return f"; also {', '.join(map(_quoted, one.equivalents))} (equivalents)" if one.equivalents else ""


def _quoted(snippet: str) -> str:
    """Return a snippet with double quotes, as rules files write them."""
    return snippet if '"' in snippet else snippet.replace("'", '"')


def _write_example(example: Example) -> None:
    for path, text in example.files:
        if path is not None:
            click.echo(f"  {path}")
        echo_code(text, "  " if path is None else "    ")


def _as_json(one: Explanation) -> dict[str, object]:
    rule = one.rule
    return {
        "code": rule.code,
        "id": rule.id,
        "name": rule.name,
        "severity": rule.severity.name.lower(),
        "family": rule.family.value,
        "enabled": rule.enabled,
        "reported": one.is_reported,
        "configured_at": one.configured_at,
        "description": rule.description,
        "suggestion": rule.suggestion,
        "asks": [
            {
                "unit": question.unit,
                "files": [covered._asdict() for covered in question.files],
                "class": list(question.classes),
                "endpoint_pattern": question.endpoint_pattern,
                "snippets": [{**asked._asdict(), "equivalents": list(asked.equivalents)} for asked in question.asked],
            }
            for question in one.questions
        ],
        "forbids": [
            {
                "files": None if ban.files is None else [covered._asdict() for covered in ban.files],
                "patterns": [each._asdict() for each in ban.forbidden],
            }
            for ban in one.bans
        ],
        "exclude": list(one.excluded),
        "bad": [_example_as_json(example) for example in one.bad],
        "good": [_example_as_json(example) for example in one.good],
    }


def _example_as_json(example: Example) -> list[dict[str, object]]:
    return [{"path": path, "text": text} for path, text in example.files]
