"""Whether the rules reach the project's files: roots, globs, JavaScript."""

import os
from collections import Counter
from collections.abc import Iterator

from flake8_bgtasks.cli.diagnoses.patient import Diagnosis, Patient
from flake8_bgtasks.cli.diagnoses.selection import listed
from flake8_bgtasks.host import seam
from flake8_bgtasks.rules.globs import Glob
from flake8_bgtasks.rules.model import Family


def diagnose_reach(patient: Patient) -> Iterator[Diagnosis]:
    """Yield the rules that cover no file, with the root from which they would, if there is one."""
    if not patient.files:
        what = "flake8 looks at no file here"
        yield Diagnosis(what, "flake8 --select BG (in the directory of your code)", "your shell")
        return
    uncovered = [one.rule.code for one in patient.coverage if one.files == 0]
    if not uncovered:
        return
    root = _better_root(patient, uncovered)
    if root is not None:
        what = f"{_many(uncovered)} no file from the root that counts, and would from {root}"
        yield Diagnosis(what, f"bgtasks-root = {root}", patient.place_of("bgtasks-root"))
        return
    settings, written = patient.project.session.settings, patient.project.session.catalogue.written
    what = f"{_many(uncovered)} no file here: {', '.join(uncovered)}"
    if settings.rules is None:
        write = (
            "bgtasks init (it writes a rules file with your paths), or, in a rules file of your own, 'enabled: false'"
        )
        yield Diagnosis(what, write, "your shell")
    else:
        yield Diagnosis(what, "paths: {...}, or 'enabled: false' for each", written.path)


def _many(codes: list[str]) -> str:
    return f"{listed(codes)} {'covers' if len(codes) == 1 else 'cover'}"


def _better_root(patient: Patient, uncovered: list[str]) -> str | None:
    """Return the directory, relative to the configuration file, from which most of the rules would cover a file."""
    session = patient.project.session
    if session.settings.root is not None:
        return None
    globs = [
        glob
        for rule in session.catalogue.rules
        if rule.rule.code in uncovered
        for entry in (*(one.globs for one in rule.requirements), *(one.globs for one in rule.anti_patterns))
        for glob in entry or ()
    ]
    base = os.path.dirname(patient.configuration) if patient.configuration else os.getcwd()
    votes = Counter(root for file in patient.files for root in _roots(os.path.abspath(file), base, globs))
    return votes.most_common(1)[0][0] if votes else None


def _roots(file: str, base: str, globs: list[Glob]) -> Iterator[str]:
    """Yield the directories between the base and the file from which a glob matches the file; at most one."""
    below = os.path.relpath(file, base).replace(os.sep, "/")
    if below.startswith("../"):
        return
    parts = below.split("/")
    for depth in range(len(parts)):
        path = "/".join(parts[depth:])
        if any(glob.matches(path) and not glob.text.startswith("**") for glob in globs):
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
