"""Whether the rules reach the project's files: roots, globs, JavaScript."""

import os
from collections import Counter
from collections.abc import Iterator
from glob import iglob

from flake8_bgtasks.catalogue import CompiledRule
from flake8_bgtasks.cli.diagnoses.patient import Diagnosis, Patient
from flake8_bgtasks.cli.diagnoses.selection import MOST_LISTED, listed
from flake8_bgtasks.host import seam
from flake8_bgtasks.host.discovery import excluded_by
from flake8_bgtasks.rules.globs import Glob
from flake8_bgtasks.rules.model import Family


def diagnose_reach(patient: Patient) -> Iterator[Diagnosis]:
    """Yield the rules that cover no file: for what flake8 excludes, for the root, or for their globs."""
    if not patient.files:
        what = "flake8 looks at no file here"
        yield Diagnosis(what, "flake8 --select BG (in the directory of your code)", "your shell")
        return
    uncovered = [one.rule.code for one in patient.coverage if one.files == 0]
    globs = {one.rule.code: _globs(one) for one in patient.project.session.catalogue.rules}
    root = _better_root(patient, globs)
    if uncovered and root is not None:
        what = f"{_many(uncovered)} no file from the root that counts, and would from {root}"
        yield Diagnosis(what, f"bgtasks-root = {root}", patient.place_of("bgtasks-root"))
        return
    excluded = {code: found for code in uncovered if (found := _excluded(patient, globs[code])) is not None}
    for file, pattern in dict.fromkeys(excluded.values()):
        codes = [code for code in excluded if excluded[code] == (file, pattern)]
        option = "extend-exclude" if pattern in patient.options.extend_exclude else "exclude"
        what = f"flake8's {option} has {os.path.relpath(pattern)}, so that {_many(codes)} no file, such as {file}"
        yield Diagnosis(what, f"(take {os.path.relpath(pattern)} out)", patient.place_of(option))
    uncovered = [code for code in uncovered if code not in excluded]
    if uncovered:
        yield _say_uncovered(patient, uncovered)


def _say_uncovered(patient: Patient, codes: list[str]) -> Diagnosis:
    settings, written = patient.project.session.settings, patient.project.session.catalogue.written
    what = f"{_many(codes)} no file here" + (f": {', '.join(codes)}" if len(codes) > MOST_LISTED else "")
    if settings.rules is None:
        return Diagnosis(f"{what} (`bgtasks init` writes a rules file with your paths)", "bgtasks init", "your shell")
    return Diagnosis(what, "paths: {...}, or 'enabled: false' for each", written.path)


def _many(codes: list[str]) -> str:
    return f"{listed(codes)} {'covers' if len(codes) == 1 else 'cover'}"


def _globs(rule: CompiledRule) -> tuple[Glob, ...]:
    """Return the globs that name a place; ``**/*.py`` names none."""
    bound = (*(one.globs for one in rule.requirements), *(one.globs for one in rule.anti_patterns))
    return tuple(glob for globs in bound for glob in globs or () if not glob.text.startswith("**"))


def _excluded(patient: Patient, globs: tuple[Glob, ...]) -> tuple[str, str] | None:
    """Return a file that is there and that one of the globs names, with the pattern of flake8's that excludes it."""
    root, _ = patient.project.session.path_of(os.path.abspath("x.py"))
    for glob in globs:
        for path in iglob(glob.text, root_dir=root, recursive=True):
            file = os.path.join(root, path)
            pattern = excluded_by(file, patient.options)
            if pattern is not None and os.path.isfile(file):
                return os.path.relpath(file), pattern
    return None


def _better_root(patient: Patient, globs: dict[str, tuple[Glob, ...]]) -> str | None:
    """Return the directory, relative to the configuration file, from which rules would cover files; None where some do.

    The one from which most files would be covered.
    """
    covers = {one.rule.code for one in patient.coverage if one.files}
    if patient.project.session.settings.root is not None or any(globs[code] for code in covers):
        return None
    every = [glob for named in globs.values() for glob in named]
    base = os.path.dirname(patient.configuration) if patient.configuration else os.getcwd()
    votes = Counter(root for file in patient.files for root in _roots(os.path.abspath(file), base, every))
    return votes.most_common(1)[0][0] if votes else None


def _roots(file: str, base: str, globs: list[Glob]) -> Iterator[str]:
    """Yield the directories between the base and the file from which a glob matches the file; at most one."""
    below = os.path.relpath(file, base).replace(os.sep, "/")
    if below.startswith("../"):
        return
    parts = below.split("/")
    for depth in range(len(parts)):
        path = "/".join(parts[depth:])
        if any(glob.matches(path) for glob in globs):
            yield "/".join(parts[:depth]) or "."
            return


def diagnose_seam(patient: Patient) -> Iterator[Diagnosis]:
    """Yield what is lost where the plugin runs without its seam."""
    has_scripts = any(one.files != 0 for one in patient.coverage if one.rule.family is Family.FRONTEND)
    if patient.options.bgtasks_no_seam:
        lost = "rules on JavaScript are silent, syntax errors too" if has_scripts else "hidden syntax errors are silent"
        what = f"bgtasks-no-seam is set: {lost}"
        yield Diagnosis(what, "(nothing: remove bgtasks-no-seam)", patient.place_of("bgtasks-no-seam"))
    elif not seam.is_in_place():
        what = "this flake8 is too new for our seam: rules on JavaScript are silent, and hidden syntax errors too"
        yield Diagnosis(what, 'pip install "flake8<8"', "your requirements")
