"""What a frontend rule has to say of a script."""

import re
from collections.abc import Iterator
from dataclasses import replace

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.checkers.frontend import script_of
from flake8_bgtasks.javascript.calls import CallsWithNumber
from flake8_bgtasks.javascript.rules import PageRequirement
from flake8_bgtasks.javascript.script import Script
from flake8_bgtasks.javascript.snippets import AnyOf, Matcher
from flake8_bgtasks.rules.model import Requirement
from flake8_bgtasks.source import SourceFile
from flake8_bgtasks.tracing.trace import Answered, Place, UnitTrace, Verdict


def page_unit(rule: CompiledRule, source: SourceFile) -> UnitTrace:
    """Return the page as the unit, with what is asked of it."""
    script = script_of(source)
    answers: list[Answered] = []
    unasked: list[str] = []
    for requirement, read in zip(rule.rule.requirements, rule.requirements, strict=True):
        if read.page is None or not read.covers(source.path):
            continue
        if read.page.is_asked(script):
            answers.extend(_answers(requirement, read.page, script))
        else:
            unasked.append(f"it does not mention {', '.join(requirement.when_contains)}")
    return UnitTrace("this page", "page", 1, max(len(script.lines), 1), tuple(answers), unasked="; ".join(unasked))


def _answers(requirement: Requirement, read: PageRequirement, script: Script) -> Iterator[Answered]:
    written = [("must_contain", snippet) for snippet in (*requirement.must_contain, *requirement.must_reference)]
    for (key, snippet), matcher in zip(written, read.all_of, strict=True):
        yield _answer(key, snippet, matcher, script)
    for snippet, matcher in zip(requirement.must_contain_one_of, read.one_of, strict=True):
        yield _answer("must_contain_one_of", snippet, matcher, script)


def _answer(key: str, snippet: str, matcher: Matcher, script: Script) -> Answered:
    if not matcher.is_met(script):
        said = _place(script.lines, snippet, script)
        misses = () if said is None else (replace(said, remark="it is not in code"),)
        return Answered(key, snippet, Verdict.MISSING, misses=misses)
    counting = (matcher.asked, *matcher.others) if isinstance(matcher, AnyOf) else (matcher,)
    met = next(one for one in counting if one.is_met(script))
    name = str(getattr(met, "name", None) or getattr(met, "text", snippet))
    by = name if isinstance(matcher, AnyOf) and met is not matcher.asked else ""
    return Answered(key, snippet, Verdict.MET, _place(script.code_lines, name, script), by)


def _place(lines: tuple[str, ...], name: str, script: Script) -> Place | None:
    """Return the first line in which a name starts a word."""
    wanted = re.compile(rf"(?<![A-Za-z0-9]){re.escape(name.removesuffix('()'))}")
    for number, line in enumerate(lines, 1):
        if wanted.search(line):
            return Place(script.path, number, line.strip())
    return None


def timer_remarks(rule: CompiledRule, source: SourceFile, line: int | None) -> Iterator[Place]:
    """Yield the calls whose number a rule asks about, with the number, or that it cannot be told."""
    script = script_of(source)
    asked = [one.page.matcher for one in rule.anti_patterns_for(source.path) if one.page is not None]
    asked += [one.page.should_match for one in rule.requirements_for(source.path) if one.page and one.page.should_match]
    names = {one.name for one in asked if isinstance(one, CallsWithNumber)}
    told = {script.place(timer.offset)[0]: timer.delays for timer in script.timers if timer.name in names}
    for number, text in enumerate(script.code_lines, 1):
        if (line is None or number == line) and any(re.search(rf"\b{re.escape(name)}\s*\(", text) for name in names):
            delays = " or ".join(f"{delay:g}" for delay in told.get(number, ()))
            remark = f"it waits {delays} ms" if delays else "its delay cannot be told, or what it calls does no polling"
            yield Place(script.path, number, text.strip(), remark=remark)
