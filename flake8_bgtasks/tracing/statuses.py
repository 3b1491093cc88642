"""Where a status meets a value that a rule could mind, and why it does not."""

from collections.abc import Iterator

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.matching.antipatterns import MeetsStatus
from flake8_bgtasks.matching.owners import why_other
from flake8_bgtasks.matching.writes import quoted
from flake8_bgtasks.semantics.meeting import Meeting
from flake8_bgtasks.semantics.meetings import meetings
from flake8_bgtasks.semantics.mentions import speaks_of
from flake8_bgtasks.semantics.passed import passed_to_status
from flake8_bgtasks.semantics.values import UNKNOWN
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.tracing.trace import Place


def status_remarks(rule: CompiledRule, source: SourceFile, line: int | None) -> Iterator[Place]:
    """Yield each place of a line where a value meets a status, and what of it; of a file, those that could be minded."""
    minded: dict[str, dict[str, str]] = {}
    for one in rule.anti_patterns_for(source.path):
        if isinstance(one.matcher, MeetsStatus):
            minded.setdefault(one.matcher.name, {})[one.matcher.value] = one.message
    found = {
        Place(source.path, row, source.line_of(meeting.node), remark=_remark(meeting, name, messages, rule, source))
        for name, messages in minded.items()
        for meeting in (_meetings(source, name, messages) if speaks_of(source.encoded, name) else ())
        if (row := source.place(meeting.node)[0]) == line or (line is None and meeting.values & set(messages))
    }
    yield from sorted(found, key=lambda place: (place.line, place.remark))
    if line is not None and not found:
        text = source.lines[line - 1]
        for name, messages in minded.items():
            if any(value in text for value in messages):
                yield Place(source.path, line, text.strip(), remark=f"no value meets a {name} on this line, in code")


def _meetings(source: SourceFile, name: str, messages: dict[str, str]) -> Iterator[Meeting]:
    yield from meetings(source, name)
    for value in messages:
        yield from passed_to_status(source, name, value)


def _remark(meeting: Meeting, name: str, messages: dict[str, str], rule: CompiledRule, source: SourceFile) -> str:
    known = [quoted(value) for value in meeting.values if value is not UNKNOWN]
    told = " or ".join(sorted(known)) if known else "a value that cannot be told"
    met = f"the {name} meets {told}"
    wrong = [value for value in messages if value in meeting.values]
    if not known:
        return f"{met}, so that nothing is said"
    if not wrong:
        return f"{met}, which the rule does not mind"
    owner = why_other(meeting, name, source, rule.models)
    return met if owner is None else f"{met}, but the {name} is that of {owner}"
