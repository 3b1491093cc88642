"""How a trace is written, for a person and as JSON."""

from collections.abc import Iterable
from dataclasses import asdict

import click

from flake8_bgtasks.cli.output import COLOURS, echo_text, plural
from flake8_bgtasks.evidence import Step
from flake8_bgtasks.rules.model import Severity
from flake8_bgtasks.tracing.trace import Answered, FileTrace, Place, RuleTrace, UnitTrace, Verdict


class TraceWriter:
    """Writes a trace for a person."""

    def __init__(self, trace: FileTrace, detailed: bool) -> None:
        self._trace = trace
        self._detailed = detailed
        self._said: set[Place] = set()

    def write(self) -> None:
        """Write all of it: what holds for the file, the rules that cover it, and last those that do not."""
        trace = self._trace
        where = trace.path if trace.line is None else f"{trace.path}:{trace.line}"
        click.echo(f"{click.style(where, bold=True)}  {trace.code}".rstrip())
        for remark in trace.remarks:
            echo_text(remark, "  ", "    ")
        covering = [rule for rule in trace.rules if not rule.uncovered]
        silent = [rule for rule in trace.rules if rule.uncovered]
        for rule in covering:
            click.echo()
            self._write_rule(rule)
        if not covering:
            click.echo("\nNo rule covers this file." if len(silent) > 1 else "")
        elif silent:
            click.echo("\nNot covering this file:")
        for reason, codes in _by_reason(silent):
            echo_text(f"{', '.join(codes)}: {reason}", "  ", "    ")

    def _write_rule(self, rule: RuleTrace) -> None:
        severity = click.style(f"[{rule.severity}]", fg=COLOURS[Severity[rule.severity.upper()]])
        click.echo(f"{click.style(rule.code, bold=True)}  {rule.name} {severity}: {self._verdict(rule)}")
        for found in rule.findings:
            colour = "red" if found.silenced_by is None else None
            click.echo(click.style(f"  {found.line}:{found.column}: {found.message}", fg=colour))
            if found.silenced_by:
                echo_text(f"not shown, for {found.silenced_by}", "    ", "      ")
        echo_text(f"looks at {', '.join(rule.covers)}", "  ", "    ")
        for place in rule.remarks:
            if place not in self._said:
                self._said.add(place)
                self._write_place(place, "  ")
        for unit in rule.units:
            self._write_unit(unit)
        unasked = [unit for unit in rule.units if unit.unasked]
        if unasked and self._trace.line is None:
            click.echo(f"  {plural(len(unasked), unasked[0].kind)} of which nothing is asked")

    def _verdict(self, rule: RuleTrace) -> str:
        shown = [found for found in rule.findings if found.silenced_by is None]
        if shown:
            return click.style("1 finding" if len(shown) == 1 else f"{len(shown)} findings", fg="red")
        if rule.findings:
            return click.style("a finding that is not shown", fg="yellow")
        asked = [unit for unit in rule.units if unit.answers]
        if asked:
            return click.style("met", fg="green")
        return "nothing to say"

    def _write_unit(self, unit: UnitTrace) -> None:
        lines = f"line {unit.first}" if unit.first == unit.last else f"lines {unit.first} to {unit.last}"
        name = unit.name if unit.name == f"this {unit.kind}" else f"{unit.kind} {unit.name}, {lines}"
        if not unit.answers:
            if unit.unasked and self._trace.line is not None:
                echo_text(f"{name}: asked nothing, because {unit.unasked}", "  ", "    ")
            return
        lacking = [one.snippet for one in unit.answers if not one.verdict.is_met]
        if not self._detailed:
            echo_text(f"{name}: {'met' if unit.is_met else 'lacks ' + ', '.join(lacking)}", "  ", "    ")
            return
        echo_text(f"{name}{f': asked because {unit.asked_for}' if unit.asked_for else ''}", "  ", "    ")
        choices = [one for one in unit.answers if one.key == "must_contain_one_of"]
        told: set[Place] = set()
        for answered in unit.answers:
            if answered not in choices:
                self._write_answer(answered, "    ", told)
        if len(choices) == 1:
            self._write_answer(choices[0], "    ", told)
        elif choices:
            met = [one for one in choices if one.verdict.is_met]
            click.echo(f"    {_coloured('met' if met else 'missing', bool(met))}  at least one of")
            for answered in met or choices:
                self._write_answer(answered, "      ", told)

    def _write_answer(self, answered: Answered, indent: str, told: set[Place]) -> None:
        by = f": {answered.by}" if answered.by else ""
        verdict = _coloured("met" if answered.verdict.is_met else "missing", answered.verdict.is_met)
        click.echo(f"{indent}{verdict}  {answered.snippet}{by}")
        inner = f"{indent}  "
        if answered.verdict is Verdict.MET_BY_TEXT:
            echo_text("it cannot be told from the code; the word stands in it, and that decides", inner, f"{inner}  ")
        elif answered.verdict is Verdict.MISSING_BY_TEXT:
            echo_text(
                "it cannot be told from the code; the word stands nowhere in it, and that decides", inner, f"{inner}  "
            )
        if answered.place is not None:
            self._write_place(answered.place, inner)
        if answered.misses and answered.verdict is not Verdict.MET:
            fresh = [miss for miss in answered.misses if miss not in told]
            told.update(fresh)
            if answered.key != "must_return":
                above = (
                    ", as above"
                    if not fresh
                    else ", besides what is told above"
                    if len(fresh) < len(answered.misses)
                    else ""
                )
                click.echo(f"{inner}not counted{above}")
                inner = f"{inner}  "
            for miss in fresh:
                self._write_place(miss, inner)

    def _write_place(self, place: Place, indent: str) -> None:
        where = f"{place.path}:{place.line}" if place.path is not None else f"line {place.line}"
        code = f"  {place.code}" if place.code else ""
        click.echo(f"{indent}{click.style(where, fg='cyan')}{code}")
        if place.way:
            echo_text(f"through {way_text(place.way)}", f"{indent}  ", f"{indent}    ")
        if place.remark:
            echo_text(place.remark, f"{indent}  ", f"{indent}    ")


def _coloured(verdict: str, is_met: bool) -> str:
    return click.style(verdict, fg="green" if is_met else "red")


def way_text(way: Iterable[Step]) -> str:
    """Return a way on one line: ``mark_running() at app/tasks/x.py:31, then set_status() at app/jobs.py:12``."""
    return ", then ".join(f"{step.text} at {step.path or '(no path)'}:{step.line}" for step in way)


def _by_reason(rules: Iterable[RuleTrace]) -> Iterable[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for rule in rules:
        found.setdefault(rule.uncovered, []).append(rule.code)
    return found.items()


def as_json(trace: FileTrace) -> dict[str, object]:
    """Return a trace as it is written with ``--json``."""
    return {
        "path": trace.path,
        "root": trace.root,
        "path_from_root": trace.inside,
        "line": trace.line,
        "remarks": list(trace.remarks),
        "rules": [_rule_as_json(rule) for rule in trace.rules],
    }


def _rule_as_json(rule: RuleTrace) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "covers": list(rule.covers),
        "uncovered": rule.uncovered or None,
        "units": [
            {
                "name": unit.name,
                "kind": unit.kind,
                "lines": [unit.first, unit.last],
                "met": unit.is_met if unit.answers else None,
                "asked_for": unit.asked_for or None,
                "unasked": unit.unasked or None,
                "answers": [
                    {
                        "key": one.key,
                        "snippet": one.snippet,
                        "verdict": one.verdict.name.lower(),
                        "met": one.verdict.is_met,
                        "by": one.by or None,
                        "place": None if one.place is None else _place_as_json(one.place),
                        "not_counted": [_place_as_json(miss) for miss in one.misses],
                    }
                    for one in unit.answers
                ],
            }
            for unit in rule.units
        ],
        "remarks": [_place_as_json(place) for place in rule.remarks],
        "findings": [asdict(found) for found in rule.findings],
    }


def _place_as_json(place: Place) -> dict[str, object]:
    return {
        "path": place.path,
        "line": place.line,
        "code": place.code,
        "way": [step._asdict() for step in place.way],
        "remark": place.remark or None,
    }
