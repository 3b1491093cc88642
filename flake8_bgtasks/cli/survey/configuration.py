"""Which of a project's files configures flake8, and what to write there. Nothing is changed."""

import configparser
import os

_FILES = ("setup.cfg", "tox.ini", ".flake8")
"""Where flake8 looks in a directory, in its order (`flake8.options.config`)."""
_OPTION = "bgtasks-rules"
MAX_SIZE = 1_000_000


def closest(directory: str) -> tuple[str, bool]:
    """Return the file at or above a directory that configures flake8, and whether it names a rules file already.

    Where there is none, a ``.flake8`` to be made in the directory.
    """
    above = directory
    while True:
        for name in _FILES:
            section = _section(os.path.join(above, name))
            if section is not None:
                return os.path.join(above, name), not section.isdisjoint((_OPTION, _OPTION.replace("-", "_")))
        text = _text(os.path.join(above, "pyproject.toml"))
        if "[tool.flake8]" in text:  # for Flake8-pyproject
            return os.path.join(above, "pyproject.toml"), _OPTION in text
        parent = os.path.dirname(above)
        if parent == above:
            return os.path.join(directory, ".flake8"), False
        above = parent


def _section(path: str) -> frozenset[str] | None:
    """The options under ``[flake8]``, or None where there is no such section."""
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(_text(path))
    except configparser.Error:
        return None
    return frozenset(parser.options("flake8")) if parser.has_section("flake8") else None


def _text(path: str) -> str:
    if not os.path.isfile(path):
        return ""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(MAX_SIZE)
    except OSError:
        return ""


def lines(file: str, rules: str, root: str | None) -> list[str]:
    """Return what to add to a configuration file, so that flake8 uses the rules file; paths are relative to it.

    >>> lines("setup.cfg", "bgtasks.yaml", None)
    ['[flake8]', 'bgtasks-rules = bgtasks.yaml']
    """
    is_toml = file.endswith(".toml")
    quote = '"' if is_toml else ""
    found = ["[tool.flake8]" if is_toml else "[flake8]", f"bgtasks-rules = {quote}{rules}{quote}"]
    return found if root is None else [*found, f"bgtasks-root = {quote}{root}{quote}"]
