"""Comments that hide nothing, and comments that hide more than they say."""

import io
import os
import re
import tokenize
from collections.abc import Iterator, Sequence

from flake8_bgtasks.cli.diagnoses.patient import Diagnosis, Patient
from flake8_bgtasks.host.running import Shown, findings
from flake8_bgtasks.javascript.naming import is_script

_CODES = re.compile(r"(?:#|//)\s*noqa:\s?(?P<codes>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*)", re.IGNORECASE)
_BLANKET = re.compile(r"(?:#|//)\s*noqa:\s*BG(?![0-9])", re.IGNORECASE)
_EVERYTHING = ("--disable-noqa", "--ignore=", "--extend-ignore=", "--per-file-ignores=", "--bgtasks-baseline=")
"""The arguments under which a run of flake8 shows all that there is to hide."""


def diagnose_noqa(patient: Patient, arguments: Sequence[str]) -> Iterator[Diagnosis]:
    """Yield the noqa comments with our codes that are stale, and those that flake8 takes for blanket ones."""
    said = {file: tuple(_comments(file)) for file in patient.files if _mentions_us(file)}
    said = {file: comments for file, comments in said.items() if comments}
    if not said:
        return
    shown = findings((*arguments, *_EVERYTHING, "--bgtasks-severity=info", "--", *said))
    for file, comments in said.items():
        here = [one for one in shown if os.path.abspath(one.filename) == os.path.abspath(file)]
        for line, comment in comments:
            yield from _judge(file, line, comment, here)


def _judge(file: str, line: int, comment: str, here: list[Shown]) -> Iterator[Diagnosis]:
    where = f"{os.path.relpath(file)}:{line}"
    if _BLANKET.search(comment):
        what = "flake8 takes '# noqa: BG' for a blanket noqa, which hides the findings of every plugin"
        yield Diagnosis(what, "# noqa: BG030 (with the code that is meant)", where)
        return
    found = _CODES.search(comment)
    codes = re.split(r"[,\s]+", found["codes"].upper()) if found else []
    hidden = [one.message for one in here if one.line == line or _is_on_statement(one, line, comment)]
    stale = [code for code in codes if code.startswith("BG") and not any(said.startswith(code) for said in hidden)]
    if stale:
        kept = [code for code in codes if code not in stale]
        what = f"this noqa hides no {' and no '.join(stale)}: there is none"
        yield Diagnosis(what, f"# noqa: {','.join(kept)}" if kept else "(nothing: remove the comment)", where)


def _is_on_statement(one: Shown, line: int, comment: str) -> bool:
    """Tell whether a comment on another line of the same statement hides a finding."""
    return abs(one.line - line) < one.noqa_line.count("\n") and comment in one.noqa_line


def _mentions_us(file: str) -> bool:
    try:
        with open(file, "rb") as opened:
            data = opened.read().lower()
    except OSError:
        return False
    return b"noqa" in data and b"bg" in data


def _comments(file: str) -> Iterator[tuple[int, str]]:
    """Yield the comments of a file that speak of our codes, with their lines; what stands in a string is none."""
    with open(file, "rb") as opened:
        data = opened.read()
    if is_script(file):
        lines = data.decode("utf-8", "replace").splitlines()
        found = [(number, line[line.find("//") :]) for number, line in enumerate(lines, 1) if "//" in line]
    else:
        found = []
        try:
            for token in tokenize.tokenize(io.BytesIO(data).readline):
                if token.type == tokenize.COMMENT:
                    found.append((token.start[0], token.string))
        except (tokenize.TokenError, SyntaxError, UnicodeError):  # what was found before the fault counts
            pass
    for number, comment in found:
        codes = _CODES.search(comment)
        if _BLANKET.search(comment) or (codes and re.search(r"\bBG[0-9]", codes["codes"], re.IGNORECASE)):
            yield number, comment
