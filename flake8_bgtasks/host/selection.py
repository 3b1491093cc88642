"""What a run can report at all: with ``--select BG`` most of flake8's work is thrown away, and need not be done."""

import argparse
from typing import Any

PREFIX = "BG"
_OURS = "flake8-bgtasks"
_BUNDLED = frozenset({"pycodestyle", "pyflakes", "mccabe"})
"""The packages whose plugins flake8 brings; their codes are E, W, F and C90, whatever their entry names."""


def only_ours(options: argparse.Namespace) -> bool:
    """Tell whether nothing but our codes can be selected under these options.

    flake8 6.0 and later: a code that no prefix of an explicit ``select`` or ``extend-select`` matches is never shown.
    """
    selected = [*(options.select or ()), *(options.extend_select or ())]
    return bool(options.select) and all(prefix.startswith(PREFIX) for prefix in selected)


def can_speak(plugin: Any, options: argparse.Namespace) -> bool:
    """Tell whether a plugin may report a code that one of the selected prefixes lets through.

    A plugin's codes start with its entry name; but a rule of a team's own has a code like BG101 in any family.
    """
    if plugin.plugin.package in _BUNDLED:
        return False
    if plugin.plugin.package == _OURS:
        return True
    entry = plugin.entry_name
    selected = [*(options.select or ()), *(options.extend_select or ())]
    return any(prefix.startswith(entry) or entry.startswith(prefix) for prefix in selected)
