"""By which globs a rule covers a file, or why it does not."""

from collections.abc import Iterator

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.catalogue.compiled import Globs
from flake8_bgtasks.rules.model import Family, Severity

MOST = 3
"""How many globs are told of a rule that does not cover a file; `bgtasks explain` tells all."""


def covering_globs(rule: CompiledRule, path: str | None) -> tuple[str, ...]:
    """Return the globs by which a rule covers a file, in the words of a reader; none where it does not cover it."""
    if not (rule.reads(path) and rule.covers(path)):
        return ()
    meant: list[Globs] = [one.globs for one in rule.requirements_for(path)]
    meant += [one.globs for one in rule.anti_patterns_for(path)]
    return tuple(dict.fromkeys(name for globs in meant for name in _names(globs, path, rule)))


def _names(globs: Globs, path: str | None, rule: CompiledRule) -> Iterator[str]:
    if globs is None:
        yield f"every {kind_of(rule)} file"
    for glob in globs or ():
        if path is not None and glob.matches(path):
            yield glob.text


def kind_of(rule: CompiledRule) -> str:
    """Return the kind of the files that a rule reads."""
    return "JavaScript" if rule.rule.family is Family.FRONTEND else "Python"


def why_uncovered(rule: CompiledRule, path: str | None, threshold: Severity) -> str:
    """Return why a rule has nothing to say of a file, or nothing that is shown; the empty text where it may have."""
    if rule.rule.severity < threshold:
        return f"its severity is below bgtasks-severity = {threshold.name.lower()}"
    if not rule.reads(path):
        return f"it reads {kind_of(rule)} files"
    if rule.covers(path):
        return ""
    if rule.excludes(path):
        glob = next(glob.text for glob in rule.exclude if path is not None and glob.matches(path))
        return f"it excludes {glob}"
    if path is None:
        return "the file is not under the root, and the rule names its files"
    globs = _all_globs(rule)
    more = f" and {len(globs) - MOST} more" if len(globs) > MOST else ""
    return f"it looks at {', '.join(globs[:MOST])}{more}"


def _all_globs(rule: CompiledRule) -> list[str]:
    written = rule.anti_patterns[: len(rule.rule.anti_patterns)]  # without those that a description implies
    meant = [*(one.globs for one in rule.requirements), *(one.globs for one in written)]
    return list(dict.fromkeys(glob.text for globs in meant for glob in globs or ()))
