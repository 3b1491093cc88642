"""From a draft to the text of a rules file."""

import json
import textwrap
from collections.abc import Iterable, Iterator

from flake8_bgtasks.cli.survey.draft import Draft, Entry, Row, RuleDraft

SCHEMA = "bgtasks.schema.json"
WIDTH = 110


def text_of(draft: Draft) -> str:
    """Return the text of a rules file, which ends in a line end."""
    lines = [f"# yaml-language-server: $schema={SCHEMA}", *_comments(draft.head)]
    if draft.notes:
        lines += ["#", *_comments(draft.notes)]
    lines += ["", "extends: bundled"]
    if draft.exclude:
        lines += ["", "exclude:", *(f"  - {quoted(glob)}" for glob in draft.exclude)]
    for name, rows in (("paths", draft.paths), ("equivalents", draft.equivalents)):
        if rows:
            lines += ["", f"{name}:", *(line for row in rows for line in _row(row))]
    if draft.rules:
        lines += ["", "background_task_rules:"]
        for position, rule in enumerate(draft.rules):
            lines += [""] * (position > 0)
            lines += _rule(rule)
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    r"""Return a text as a scalar of YAML, in double quotes, or in single ones where that spares backslashes.

    >>> print(quoted("app/**/*.py"), quoted('status = "x"'), quoted(r"a\.b"))
    "app/**/*.py" 'status = "x"' 'a\.b'
    """
    if text.isprintable() and ("\\" in text or '"' in text):
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def _value(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return quoted(value)
    return f"[{', '.join(map(quoted, value))}]" if len(value) > 1 else quoted(value[0])


def _comments(texts: Iterable[str], indent: str = "") -> Iterator[str]:
    for text in texts:
        one_line = "".join(character if character.isprintable() else "?" for character in text)
        for line in textwrap.wrap(one_line, WIDTH - len(indent), break_long_words=False, break_on_hyphens=False) or [
            ""
        ]:
            yield f"{indent}# {line}".rstrip()


def _row(row: Row) -> Iterator[str]:
    yield from _comments(row.comments, "  ")
    inline = f"  {quoted(row.left)}: {_value(row.rights)}"
    if len(inline) <= WIDTH:
        yield inline
        return
    yield f"  {quoted(row.left)}:"
    yield from (f"    - {quoted(right)}" for right in row.rights)


def _rule(rule: RuleDraft) -> Iterator[str]:
    yield f"  - id: {rule.id}"
    yield from _comments(rule.comments, "    ")
    if not rule.enabled:
        yield "    enabled: false"
    if rule.description:
        yield "    description: |"
        yield from (f"      {line}".rstrip() for line in rule.description.splitlines())
    for name, entries in (("patterns", rule.patterns), ("anti_patterns", rule.anti_patterns)):
        if entries:
            yield f"    {name}:"
            yield from (line for entry in entries for line in _entry(entry))


def _entry(entry: Entry) -> Iterator[str]:
    yield from _comments(entry.comments, "      ")
    for position, (key, value) in enumerate(entry.pairs):
        start = "      - " if position == 0 else "        "
        inline = f"{start}{key}: {_value(value)}"
        if len(inline) <= WIDTH or not isinstance(value, tuple):
            yield inline
            continue
        yield f"{start}{key}:"
        yield from (f"          - {quoted(one)}" for one in value)
