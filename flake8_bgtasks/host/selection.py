"""What a run can report at all: with ``--select BG`` most of flake8's work is thrown away, and need not be done."""

import argparse
import logging
from typing import Any

from flake8 import utils
from flake8.style_guide import Decision, DecisionEngine

PREFIX = "BG"
_OURS = "flake8-bgtasks"
_OTHERS = frozenset({"pycodestyle", "pyflakes", "mccabe", "flake8-bugbear"})
"""Packages whose codes are known and never start as ours do, whatever their entry names: E, W, F, C90, and B with digits."""

_FORMATS = frozenset({"default", "pylint", "quiet-filename", "quiet-nothing"})


def only_ours(options: argparse.Namespace) -> bool:
    """Tell whether nothing but our codes can be selected under these options.

    flake8 6.0 and later: a code that no prefix of an explicit ``select`` or ``extend-select`` matches is never shown.
    """
    selected = [*(options.select or ()), *(options.extend_select or ())]
    return bool(options.select) and all(prefix.startswith(PREFIX) for prefix in selected)


def shows_lines(options: argparse.Namespace) -> bool:
    """Tell whether the output may have lines of the code in it: of formats, flake8's own have none."""
    return bool(options.show_source) or not ("%" in options.format or options.format in _FORMATS)


def speaking(plugins: Any, options: argparse.Namespace) -> Any:
    """Return those of flake8's `Checkers` that may report something that is shown."""
    return type(plugins)(*([plugin for plugin in kind if _can_speak(plugin, options)] for kind in plugins))


def of_others(plugins: list[Any]) -> list[Any]:
    """Return those of flake8's loaded plugins that are not ours."""
    return [plugin for plugin in plugins if plugin.plugin.package != _OURS]


def are_ours(plugins: Any) -> bool:
    """Tell whether there are no others than our plugins among flake8's `Checkers`."""
    return all(plugin.plugin.package == _OURS for kind in plugins for plugin in kind)


def _can_speak(plugin: Any, options: argparse.Namespace) -> bool:
    """Tell whether a plugin may report a code that one of the selected prefixes lets through.

    A plugin's codes start with its entry name; but a rule of a team's own has a code like BG101 in any family.
    """
    if plugin.plugin.package in _OTHERS:
        return False
    if plugin.plugin.package == _OURS:
        return True
    entry = plugin.entry_name
    selected = [*(options.select or ()), *(options.extend_select or ())]
    return any(prefix.startswith(entry) or entry.startswith(prefix) for prefix in selected)


def is_shown(code: str, options: argparse.Namespace) -> bool:
    """Tell whether flake8 shows findings of this code under these options, in a file without ignores of its own."""
    return DecisionEngine(options).decision_for(code) is Decision.Selected


def ignored_in_files(options: argparse.Namespace) -> list[tuple[str, list[str]]]:
    """Return what ``per-file-ignores`` says: patterns of files, each with how the codes start that it hides there."""
    return utils.parse_files_to_codes_mapping(options.per_file_ignores)


def applies_to(pattern: str, filename: str) -> bool:
    """Tell whether an entry of ``per-file-ignores`` is about a file, as flake8's style guide does."""
    patterns = utils.normalize_paths([pattern])
    return utils.matches_filename(filename, patterns, '"%(path)s" %(whether)smatched', logging.getLogger(__name__))
