"""What is odd in a rules file that is sound: globs that lead nowhere, and words that nothing asks for.

Decides only; `check_rules` shows it. Rules that say the same twice are `repetition`'s.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from itertools import takewhile

from flake8_bgtasks.cli.repetition import repetitions
from flake8_bgtasks.errors import Problem
from flake8_bgtasks.javascript.naming import SCRIPT_SUFFIXES
from flake8_bgtasks.matching.equivalents import Equivalents
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.globs import Glob, includes
from flake8_bgtasks.rules.model import AntiPattern, Family, Mark, Requirement, Rule, RuleSet
from flake8_bgtasks.rules.nodes import Way

Entry = Requirement | AntiPattern


def review(
    rules: RuleSet,
    places: Mapping[Way, Mark],
    files: Collection[str] | None,
    is_there: Callable[[str], bool] = lambda path: False,
) -> tuple[Problem, ...]:
    """Return what is odd in a rules file, in its order.

    `places` are those of the file, and `files` the root-relative paths of the project, or None where there is none.
    `is_there` tells of a root-relative path whether there is such a file or folder at all, linted or not.
    """
    return tuple(sorted(set(_Review(rules, places, files, is_there).warnings())))


class _Review:
    def __init__(
        self,
        rules: RuleSet,
        places: Mapping[Way, Mark],
        files: Collection[str] | None,
        is_there: Callable[[str], bool],
    ) -> None:
        self._rules = rules
        self._places = places
        self._files = files
        self._is_there = is_there
        self._ways = {mark: way for way, mark in places.items() if way and isinstance(way[-1], int)}
        self._on = tuple(rule for rule in rules.rules if rule.enabled)
        self._paths = dict(rules.paths)

    def warnings(self) -> Iterator[Problem]:
        yield from self._excluded()
        yield from self._unused_paths()
        yield from self._of_another_language()
        yield from self._matching_nothing() if self._files is not None else ()
        yield from self._unasked_equivalents()
        yield from self._unchanged()
        for rule, entry, what in repetitions(self._on, self._meant, self._is_own):
            yield self._problem(self._place(entry if self._is_own(entry) else rule), what)

    def _problem(self, mark: Mark, what: str) -> Problem:
        return Problem(self._rules.path, mark.line, mark.column, what)

    def _is_own(self, thing: Rule | Entry) -> bool:
        return thing.mark.path == self._rules.path

    def _place(self, thing: Rule | Entry, *way: str | int) -> Mark:
        """Where something of this file stands; the beginning of the thing where it is the bundled file's."""
        start = self._ways.get(thing.mark)
        return self._places.get((*start, *way), thing.mark) if start is not None else thing.mark

    def _meant(self, glob: str) -> tuple[str, ...]:
        return self._paths.get(glob, (glob,))

    @cached_property
    def _entries(self) -> tuple[tuple[Rule, Entry], ...]:
        """Those of the rules that are switched on."""
        return tuple((rule, entry) for rule in self._on for entry in rule.entries)

    def _exclusions(self, rule: Rule) -> Iterator[tuple[str, Glob, Mark]]:
        """Yield what a rule leaves out, as the file says it and as it is meant; its own first."""
        for at, text in enumerate(rule.exclude):
            for meant in self._meant(text):
                yield text, Glob(meant), self._place(rule, "exclude", at)
        for at, text in enumerate(self._rules.exclude):
            yield text, Glob(text), self._places[("exclude", at)]

    def _excluded(self) -> Iterator[Problem]:
        """Patterns whose files are all left out."""
        left_out: dict[tuple[Mark, str, str], list[str]] = {}
        for rule, entry in self._entries:
            exclusions = tuple(self._exclusions(rule))
            globs = tuple(Glob(meant) for meant in self._meant(entry.file)) if entry.file else ()
            reasons = [next((one for one in exclusions if includes(one[1], glob)), None) for glob in globs]
            if not reasons or None in reasons or entry.file is None:
                continue
            text, _, place = next(reason for reason in reasons if reason is not None)
            if self._is_own(entry):
                place = self._place(entry, "file", 0)
            left_out.setdefault((place, entry.file, text), []).append(rule.id)
        for (place, file, text), ids in left_out.items():
            who = " and ".join(dict.fromkeys(ids))
            what = f"{who} cannot find anything in '{file}': 'exclude: {text}' leaves all of its files out"
            yield self._problem(place, what)

    def _unused_paths(self) -> Iterator[Problem]:
        used = {glob for rule in self._on for glob in rule.exclude}
        used.update(entry.file for _, entry in self._entries if entry.file)
        for left in self._paths:
            if left not in used:
                what = f"no rule that is switched on has the glob '{left}': leave the line out"
                yield self._problem(self._places[("paths", left)], what)

    def _of_another_language(self) -> Iterator[Problem]:
        """Globs of Python files in frontend rules, and of JavaScript files in the others."""
        for rule, entry in self._entries:
            if not entry.file or not self._is_own(entry):
                continue
            of_scripts = entry.file.endswith(SCRIPT_SUFFIXES)
            place = self._place(entry, "file", 0)
            if rule.family is Family.FRONTEND and entry.file.endswith((".py", ".pyi")):
                what = f"{rule.id} is of the frontend family, which reads JavaScript: '{entry.file}' has none"
                yield self._problem(place, what)
            elif rule.family is not Family.FRONTEND and of_scripts:
                what = f"{rule.id} is of the {rule.family.value} family, which reads Python: '{entry.file}' has none"
                yield self._problem(place, f"{what}; write 'family: frontend'")

    def _matching_nothing(self) -> Iterator[Problem]:
        """Globs of this file that no file of the project has."""
        for glob, place in self._named():
            if not any(map(Glob(glob).matches, self._files or ())):
                close = self._find_elsewhere(Glob(glob))
                advice = f" (did you mean '{close}'?)" if close else ""
                yield self._problem(place, f"no file that flake8 looks at here matches '{glob}'{advice}")

    def _find_elsewhere(self, glob: Glob) -> str | None:
        """Return the glob below another directory, where it matches a file there; the first in alphabetical order."""
        for path in sorted(self._files or ()):
            folders = path.split("/")
            for depth in range(1, len(folders)):
                if glob.matches("/".join(folders[depth:])):
                    return "/".join([*folders[:depth], glob.text])
        return None

    def _named(self) -> Iterator[tuple[str, Mark]]:
        """Yield the globs of this file that should match something."""
        for left, rights in self._rules.paths:
            yield from ((right, self._places[("paths", left, at)]) for at, right in enumerate(rights))
        exclusions = [(glob, self._places[("exclude", at)]) for at, glob in enumerate(self._rules.exclude)]
        for rule in self._on:
            places = [self._place(rule, "exclude", at) for at in range(len(rule.exclude))]
            own = zip(rule.exclude, places, strict=True) if self._is_own(rule) else ()
            exclusions.extend((glob, place) for glob, place in own if glob not in self._paths and place != rule.mark)
        yield from ((glob, place) for glob, place in exclusions if not self._may_be_left_out(glob))
        for _, entry in self._entries:
            if entry.file and self._is_own(entry) and entry.file not in self._paths:
                yield entry.file, self._place(entry, "file", 0)

    def _may_be_left_out(self, exclusion: str) -> bool:
        """Tell whether an exclusion names no place, or one that is there: it need not leave anything out today."""
        fixed = [*takewhile(lambda part: not any(character in part for character in "*?["), exclusion.split("/"))]
        return not fixed or self._is_there("/".join(fixed))

    def _unasked_equivalents(self) -> Iterator[Problem]:
        snippets = {snippet for rule in self._on for one in rule.requirements for snippet in _snippets(one)}
        for left, rights in self._rules.equivalents:
            row = Equivalents(((left, rights),))
            if not any(map(row.of, snippets)):
                what = f"no rule that is switched on asks for {left!r}: write the snippet, name or value as a rule does"
                yield self._problem(self._places[("equivalents", left)], what)

    def _unchanged(self) -> Iterator[Problem]:
        bundled = {rule.id: rule for rule in loader.bundled().rules} if self._rules.extends else {}
        for rule in self._rules.rules:
            if self._is_own(rule) and bundled.get(rule.id) == rule:
                what = f"{rule.id} says nothing but what the bundled rule says: leave it out"
                yield self._problem(self._place(rule), what)


def _snippets(requirement: Requirement) -> tuple[str, ...]:
    """Return the snippets that equivalents apply to."""
    return (
        *requirement.must_contain,
        *requirement.must_contain_one_of,
        *requirement.must_reference,
        *requirement.must_return,
    )
