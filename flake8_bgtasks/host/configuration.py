"""What flake8 would be told in the working directory, for commands that look at a project without linting it."""

import argparse
import os
import re
from collections.abc import Sequence

from flake8.exceptions import ExecutionError, Flake8Exception
from flake8.options.config import _find_config_file
from flake8.options.parse_args import parse_args

from flake8_bgtasks.host.session import UnusableOptions

__all__ = ["ExecutionError", "configuration_file", "configured", "options_here"]


def configured(arguments: Sequence[str] = ()) -> argparse.Namespace:
    """Return the options of ``flake8 *arguments`` run here: its configuration files, then the arguments.

    Raise ExecutionError for what the user has to mend, in flake8's words; an argument that flake8 does not know ends
    the process, as it does there. `parse_args` has this form in flake8 6.0 to 7.5.
    """
    try:
        return _noting(arguments, parse_args(list(arguments))[1])
    except Flake8Exception as error:
        raise ExecutionError(str(error)) from error


def options_here(arguments: Sequence[str] = ()) -> tuple[argparse.Namespace, str | None]:
    """Return the options of ``flake8 *arguments`` run here, and what keeps flake8 from running with them, if anything.

    Raise ExecutionError where there are none.
    """
    try:
        return _noting(arguments, parse_args(list(arguments))[1]), None
    except UnusableOptions as error:
        return _noting(arguments, error.options), str(error)
    except (Flake8Exception, ValueError, OSError) as error:  # ValueError: flake8 itself, at a bad code in ``ignore``
        raise ExecutionError(str(error)) from error


def _noting(arguments: Sequence[str], options: argparse.Namespace) -> argparse.Namespace:
    """Return the options with what was said of the configuration, which flake8 reads first and then forgets."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--config")
    parser.add_argument("--isolated", action="store_true")
    given, _ = parser.parse_known_args(list(arguments))
    options.config, options.isolated = given.config, given.isolated
    return options


def configuration_file(options: argparse.Namespace) -> str | None:
    """Return the file that these options were read from, or None if flake8 found none.

    Flake8-pyproject 1.2, where it is installed, puts ``[tool.flake8]`` of the working directory in its place.
    """
    if hasattr(options, "toml_config"):
        file = os.path.abspath(options.toml_config or "pyproject.toml")
        if re.search(r"^\s*\[\s*tool\s*\.\s*flake8\s*\]", _text_of(file), re.MULTILINE):
            return file
    if options.isolated:
        return None
    found = options.config or _find_config_file(os.path.abspath(os.curdir))
    return os.path.abspath(found) if found else None


def _text_of(file: str) -> str:
    try:
        with open(file, encoding="utf-8", errors="replace") as opened:
            return opened.read()
    except OSError:
        return ""
