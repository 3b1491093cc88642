"""Whether flake8 reads the configuration that its user believes it reads, and whether it can run with it."""

import difflib
import glob
import os
import re
import sys
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from flake8_bgtasks.cli.diagnoses.patient import Diagnosis, Patient, line_of_option, text_of

_SECTION = re.compile(r"^\s*\[\s*flake8\s*\]", re.MULTILINE)
_TOML_SECTION = re.compile(r"^\s*\[\s*tool\s*\.\s*flake8\s*\]", re.MULTILINE)
_IS_RULES_FILE = re.compile(r"^(background_task_rules\s*:|extends\s*:\s*['\"]?bundled)", re.MULTILINE)
_OURS = re.compile(r"\s*(bgtasks[-_][\w-]*)\s*[=:]")
OPTIONS = ("bgtasks-rules", "bgtasks-root", "bgtasks-severity", "bgtasks-baseline", "bgtasks-no-seam")
_RULES_FILES = ("*.yaml", "*.yml", "*/*.yaml", "*/*.yml")
_MOST_FILES = 200
"""YAML files in which a rules file is looked for."""


class Configuration(NamedTuple):
    """flake8's configuration file, if it has one, and whether it can be a TOML file here."""

    file: str | None
    reads_toml: bool


def diagnose_configuration(configuration: Configuration) -> Iterator[Diagnosis]:
    """Yield what of the configuration flake8 does not read; needs no options."""
    used = configuration.file
    directory = os.path.dirname(used) if used else os.getcwd()
    for name in ("setup.cfg", "tox.ini", ".flake8"):
        file = os.path.join(directory, name)
        if file != used and _SECTION.search(text_of(file)) and used is not None:
            where = f"{os.path.relpath(file)}, under [flake8]"
            what = f"flake8 does not read {os.path.relpath(file)}, since it found {os.path.relpath(used)} first"
            yield Diagnosis(what, f"(its options belong in {os.path.relpath(used)})", where)
    toml = os.path.join(directory, "pyproject.toml")
    if not configuration.reads_toml and _TOML_SECTION.search(text_of(toml)):
        what = "flake8 reads no pyproject.toml, so that its [tool.flake8] has no effect"
        yield Diagnosis(what, "pip install Flake8-pyproject", os.path.relpath(toml))
    yield from _unknown_options(used)


def _unknown_options(used: str | None) -> Iterator[Diagnosis]:
    """Options that look like ours and are none: flake8 passes over them without a word."""
    is_in_section = False
    for number, line in enumerate(text_of(used).splitlines() if used else (), 1):
        if section := re.match(r"\s*\[([^\]]*)\]", line):
            is_in_section = section[1].strip() in ("flake8", "tool.flake8")
        found = _OURS.match(line) if is_in_section else None
        if used is None or found is None or found[1].replace("_", "-") in OPTIONS:
            continue
        close = difflib.get_close_matches(found[1].replace("_", "-"), OPTIONS, n=1, cutoff=0.8)
        write = line.strip().replace(found[1], close[0]) if close else f"(one of {', '.join(OPTIONS)})"
        what = f"flake8 knows no option {found[1]}, and passes over it"
        yield Diagnosis(what, write, f"{os.path.relpath(used)}:{number}")


def diagnose_rules_file(patient: Patient) -> Iterator[Diagnosis]:
    """Yield the rules files that lie about while the bundled rules are in force."""
    if patient.project.session.settings.rules is not None:
        return
    directory = os.path.dirname(patient.configuration) if patient.configuration else os.getcwd()
    found = (file for pattern in _RULES_FILES for file in sorted(glob.glob(pattern, root_dir=directory)))
    alike = [
        name for name in islice(found, _MOST_FILES) if _IS_RULES_FILE.search(text_of(os.path.join(directory, name)))
    ]
    if alike:
        *others, last = (os.path.relpath(os.path.join(directory, name)) for name in alike)
        look = f"{', '.join(others)} and {last} look like rules files" if others else f"{last} looks like a rules file"
        write = f"bgtasks-rules = {alike[0].replace(os.sep, '/')}"
        yield Diagnosis(
            f"{look}, and nothing names {'one' if others else 'it'}", write, patient.place_of("bgtasks-rules")
        )


def diagnose_program() -> Iterator[Diagnosis]:
    """Yield the ``flake8`` that a shell finds, if it is another than the one that knows our rules."""
    for directory in os.environ.get("PATH", "").split(os.pathsep):
        file = os.path.join(directory, "flake8")
        if os.path.isfile(file) and os.access(file, os.X_OK):
            found = re.match(r'#!\s*"?(/[^"\n]*python[^/"\n]*)', text_of(file))  # a shim of pyenv's has another
            if found and not _is_ours(found[1].strip(), directory):
                what = f"the flake8 of your shell, {file}, runs in another Python than this command"
                yield Diagnosis(what, "python -m flake8 --select BG", "your shell, in this environment", True)
            return


def _is_ours(interpreter: str, directory: str) -> bool:
    ours = os.path.dirname(os.path.abspath(sys.executable))
    return ours in (os.path.dirname(os.path.abspath(interpreter)), os.path.abspath(directory))


def says(configuration: str | None, option: str) -> bool:
    """Tell whether a configuration file sets an option."""
    return configuration is not None and line_of_option(text_of(configuration), option) is not None
