"""The tests of a rule, run with the engine that flake8 runs. Decides only; `rule_tests` shows it.

Each test is a small project of its own, written to a temporary directory: nothing of the real project plays a part.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_bgtasks.catalogue import Catalogue, CompiledRule
from flake8_bgtasks.checkers.running import find
from flake8_bgtasks.host.options import Settings
from flake8_bgtasks.host.session import Session
from flake8_bgtasks.rules.globs import Glob
from flake8_bgtasks.rules.model import Example, Family, Rule
from flake8_bgtasks.violation import Violation


@dataclass(frozen=True)
class Trial:
    """One test and what came of it."""

    rule: Rule
    kind: str
    """``bad`` or ``good``."""
    number: int
    """Of its kind, from 1."""
    example: Example
    files: tuple[tuple[str, str], ...]
    """The paths and texts that were looked at."""
    found: tuple[tuple[str, Violation], ...] = ()
    """What the rule found, with the path."""
    obstacle: str | None = None
    """What kept the test from saying anything."""

    @property
    def passed(self) -> bool:
        """Tell whether the rule did what the test expects of it."""
        return self.obstacle is None and bool(self.found) == (self.kind == "bad")


def try_rule(rule: Rule, catalogue: Catalogue) -> Iterator[Trial]:
    """Yield the tests of a rule that is switched on, in their order, each once it has run."""
    compiled = next(one for one in catalogue.rules if one.rule is rule)
    for kind, examples in (("bad", rule.tests.bad), ("good", rule.tests.good)):
        for number, example in enumerate(examples, 1):
            yield _try(compiled, catalogue, kind, number, example)


def _try(compiled: CompiledRule, catalogue: Catalogue, kind: str, number: int, example: Example) -> Trial:
    files = tuple((path_for(compiled) if path is None else path, text) for path, text in example.files)
    named = tuple((path, text) for path, text in files if path is not None)
    found: list[tuple[str, Violation]] = []
    if len(named) < len(files):
        obstacle: str | None = "no path could be made for its text: write a mapping of paths to texts"
    elif not any(compiled.covers(path) for path, _ in named):
        obstacle = "the rule does not look at any of its files: write paths that the rule's globs match"
    else:
        obstacle = _look(compiled, catalogue, named, found)
    return Trial(compiled.rule, kind, number, example, named, tuple(found), obstacle)


def _look(
    compiled: CompiledRule, catalogue: Catalogue, files: tuple[tuple[str, str], ...], found: list[tuple[str, Violation]]
) -> str | None:
    """Put what the rule finds in the files into `found`; return what kept it from looking, or None."""
    with tempfile.TemporaryDirectory(prefix="bgtasks-") as root:
        try:
            for path, text in files:
                _write(os.path.join(root, path), text)
        except (OSError, ValueError) as error:
            return f"its files cannot be written ({getattr(error, 'strerror', None) or error}): mend their paths"
        session = Session(Settings(root=root), catalogue)
        for path, text in files:
            if not path.endswith(".py") and compiled.rule.family is not Family.FRONTEND:
                continue
            try:
                source = session.read(os.path.join(root, path), text)
            except SyntaxError as error:
                return f"{path} cannot be parsed: line {error.lineno}, {error.msg}"
            except (ValueError, RecursionError, MemoryError) as error:
                return f"{path} cannot be parsed: {error or 'too deeply nested'}"
            found.extend((path, one.violation) for one in find(source, session) if one.rule.rule is compiled.rule)
    return None


def _write(file: str, text: str) -> None:
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "w", encoding="utf-8", newline="") as opened:
        opened.write(text)


def path_for(compiled: CompiledRule) -> str | None:
    """Return the path of a file that the rule looks at, after its first glob; None where none can be made up."""
    suffix = ".js" if compiled.rule.family is Family.FRONTEND else ".py"
    bound = (*(one.globs for one in compiled.requirements), *(one.globs for one in compiled.anti_patterns))
    globs = (glob for named in bound for glob in named or (Glob(f"*{suffix}"),))
    made_up = (path for glob in globs for path in _paths(glob, suffix) if glob.matches(path))
    return next((path for path in made_up if compiled.covers(path)), None)


def _paths(glob: Glob, suffix: str) -> Iterator[str]:
    """Yield paths that the glob may match, the likeliest first."""
    *folders, name = glob.text.split("/")
    for deep in (False, True):
        way = [_segment(folder) for folder in folders if folder != "**" or deep]
        last = "example" if name == "**" else _segment(name)
        if not last.endswith(suffix):
            yield "/".join([*way, f"{last}{suffix}"])
        yield "/".join([*way, last])


def _segment(text: str) -> str:
    """Return a name that a glob's segment matches; a negated class is tried with an ``x``."""
    text = re.sub(r"\[([^!^])[^\]]*\]", r"\1", text)
    text = re.sub(r"\[[!^]\]?[^\]]*\]", "x", text)
    return text.replace("**", "example").replace("*", "example").replace("?", "x")
