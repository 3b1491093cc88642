"""Whether flake8 shows our codes: select, ignore and their kin, the threshold."""

from collections.abc import Iterator

from flake8_bgtasks.cli.diagnoses.patient import Diagnosis, Patient
from flake8_bgtasks.cli.output import plural
from flake8_bgtasks.host.selection import PREFIX, applies_to, ignored_in_files, is_shown

BUGBEAR = ("B0", "B9")
"""How the codes of flake8-bugbear start, which is what people mean by ``B``."""
MOST_LISTED = 6
"""Codes that a sentence can hold."""


def diagnose_selection(patient: Patient) -> Iterator[Diagnosis]:
    """Yield what in flake8's configuration hides our codes."""
    options = patient.options
    hidden = [code for code in patient.codes if not is_shown(code, options)]
    by_culprit: dict[tuple[str, str], list[str]] = {}
    for code in hidden:
        by_culprit.setdefault(_culprit(code, patient), []).append(code)
    for (option, prefix), codes in by_culprit.items():
        yield _say_hidden(option, prefix, codes, patient)
    yield from _in_files(patient)
    below = [one.rule.code for one in patient.coverage if one.files is not None and not one.is_reported]
    if below:
        level = options.bgtasks_severity
        what = f"bgtasks-severity = {level} leaves out {listed(below)}"
        yield Diagnosis(what, "bgtasks-severity = info", patient.place_of("bgtasks-severity"), is_deliberate=True)


def listed(codes: list[str], most: int = MOST_LISTED) -> str:
    """Return codes as a sentence has them.

    >>> listed(["BG001", "BG002"]), listed(["BG001", "BG002", "BG003"], most=2)
    ('BG001 and BG002', '3 rules')
    """
    if len(codes) > most:
        return f"{len(codes)} rules"
    *others, last = codes
    return f"{', '.join(others)} and {last}" if others else last


def _culprit(code: str, patient: Patient) -> tuple[str, str]:
    """Return the option that hides a code, and which of its prefixes does; none where the code is not selected."""
    options = patient.options
    found = [("ignore", prefix) for prefix in options.ignore or () if code.startswith(prefix)]
    found += [("extend-ignore", prefix) for prefix in options.extend_ignore or () if code.startswith(prefix)]
    return max(found, key=lambda one: len(one[1])) if found else ("select", "")


def _say_hidden(option: str, prefix: str, codes: list[str], patient: Patient) -> Diagnosis:
    where = patient.place_of(option)
    if option == "select":
        selected = ",".join(patient.options.select or ())
        what = f"select = {selected} leaves out {listed(codes)}"
        extended = ",".join([*(patient.options.extend_select or ()), PREFIX])
        return Diagnosis(what, f"extend-select = {extended}", patient.place_of("extend-select"))
    ours = patient.options.ignore if option == "ignore" else patient.options.extend_ignore
    return Diagnosis(
        f"{option} has {prefix}, which hides {listed(codes)}{_why(prefix)}",
        _line(option, list(ours), prefix),
        where,
        is_deliberate=len(prefix) == len("BG000"),
    )


def _why(prefix: str) -> str:
    return " along with flake8-bugbear's codes" if prefix == "B" else ""


def _line(option: str, codes: list[str], prefix: str) -> str:
    """Return an option without a prefix; bugbear's own in the place of ``B``."""
    kept = [each for code in codes for each in (BUGBEAR if code == "B" else (code,)) if code == "B" or code != prefix]
    return f"{option} = {','.join(kept)}" if kept else f"(nothing: remove {option})"


def _in_files(patient: Patient) -> Iterator[Diagnosis]:
    """Codes that per-file-ignores hides in files that rules cover."""
    session = patient.project.session
    for pattern, codes in ignored_in_files(patient.options):
        wide = [prefix for prefix in codes if PREFIX.startswith(prefix) or prefix.startswith(PREFIX)]
        for prefix in wide:
            rules = [one for one in session.catalogue.rules if one.rule.code.startswith(prefix)]
            files = [file for file in patient.files if applies_to(pattern, file)]
            paths = [session.path_of(file)[1] for file in files]
            hidden = [path for path in paths if any(one.reads(path) and one.covers(path) for one in rules)]
            if hidden:
                kept = ",".join(each for code in codes for each in (BUGBEAR if code == "B" else (code,)))
                rest = kept if prefix == "B" else ",".join(code for code in codes if code != prefix)
                yield Diagnosis(
                    f"per-file-ignores has {prefix} for {pattern}, which hides our findings in"
                    f" {plural(len(hidden), 'file')}{_why(prefix)}",
                    f"per-file-ignores = {pattern}:{rest}" if rest else f"(nothing: remove {pattern}:{prefix})",
                    patient.place_of("per-file-ignores"),
                    is_deliberate=prefix.startswith(PREFIX),
                )
