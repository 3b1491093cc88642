"""The command-line and configuration options, and what they come to."""

import argparse
import os.path
from typing import Any, NamedTuple

from flake8.exceptions import ExecutionError
from flake8.options.manager import Option, OptionManager

from flake8_bgtasks.rules.model import Severity

_LEVELS = tuple(severity.name.lower() for severity in Severity)


class Settings(NamedTuple):
    """What the user asked for; all paths are absolute, and None stands for "not set"."""

    rules: str | None = None
    root: str | None = None
    severity: Severity = Severity.INFO
    baseline: str | None = None


class PathOption(Option):
    """A path that is relative to the configuration file that sets it.

    flake8's own ``normalize_paths`` leaves a bare file name such as ``bgtasks.yaml`` as it is, to be found or not
    depending on where flake8 is started.
    """

    def normalize(self, value: Any, *normalize_args: str) -> str:
        """Return the path joined to the directory of the configuration file, or nothing for nothing."""
        path = str(value).strip()
        return os.path.abspath(os.path.join(*normalize_args, path)) if path else ""


def register(manager: OptionManager) -> None:
    """Add the options that all families share, once."""
    if "bgtasks_rules" in manager.config_options_dict:
        return
    _add_path(manager, "--bgtasks-rules", "FILE", "The rules file to use in place of the bundled rules.")
    _add_path(
        manager,
        "--bgtasks-root",
        "DIR",
        "The directory that the globs of the rules are relative to. (Default: the closest directory at or above each"
        " linted file that holds .flake8, setup.cfg, tox.ini, pyproject.toml or .git)",
    )
    _add_path(
        manager,
        "--bgtasks-baseline",
        "FILE",
        "Leave out the findings that this file has; 'bgtasks baseline' writes it.",
    )
    manager.add_option(
        "--bgtasks-severity",
        metavar="{" + ",".join(_LEVELS) + "}",
        default="info",
        parse_from_config=True,
        help="Report the findings of rules of this severity and above. (Default: %(default)s)",
    )
    manager.add_option(
        "--bgtasks-no-seam",
        action="store_true",
        default=False,
        parse_from_config=True,
        help="Use nothing of flake8 but its plugin interface: JavaScript is not linted, a hidden syntax error is not"
        " reported, and --select BG is no faster than all checks.",
    )


def _add_path(manager: OptionManager, flag: str, metavar: str, text: str) -> None:
    manager.add_option(flag, metavar=metavar, help=text, parse_from_config=True, normalize_paths=True)
    option = PathOption(flag, metavar=metavar, help=text, parse_from_config=True, normalize_paths=True)
    name = flag.removeprefix("--")
    manager.config_options_dict[name] = manager.config_options_dict[name.replace("-", "_")] = option


def read(options: argparse.Namespace) -> Settings:
    """Return what the options say; raise ExecutionError where they say nothing that exists."""
    return Settings(
        rules=_absolute(options.bgtasks_rules),
        root=_absolute(options.bgtasks_root),
        severity=_severity(options.bgtasks_severity),
        baseline=_absolute(options.bgtasks_baseline),
    )


def _absolute(path: str | None) -> str | None:
    return os.path.abspath(path) if path else None


def _severity(level: str) -> Severity:
    try:
        return Severity[level.strip().upper()]
    except KeyError:
        raise ExecutionError(f"bgtasks-severity: {level!r} is none of {', '.join(_LEVELS)}") from None
