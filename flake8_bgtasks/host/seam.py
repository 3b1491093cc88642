"""Puts the seam in place: `SeamFileChecker` and `SiftingManager`, where flake8 looks its own classes up.

They need more than flake8 promises to plugins. So all that they need is looked for first, and where a flake8 lacks any of
it, or we are switched off, nothing is replaced: the Python rules then run as plain plugins, and that JavaScript is not
linted is said once.
"""

import argparse
import inspect
import multiprocessing
import warnings
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module

from flake8_bgtasks.host.session import open_session

_NEEDED = (
    "flake8.checker:FileChecker._make_processor",
    "flake8.checker:FileChecker.process_tokens",
    "flake8.checker:FileChecker.report",
    "flake8.checker:FileChecker.run_ast_checks",
    "flake8.checker:FileChecker.run_checks",
    "flake8.checker:Manager.run",
    "flake8.checker:Manager.start",
    "flake8.discover_files:expand_paths",
    "flake8.formatting.base:BaseFormatter",
    "flake8.plugins.finder:Checkers.logical_line",
    "flake8.plugins.finder:Checkers.physical_line",
    "flake8.plugins.finder:Checkers.tree",
    "flake8.plugins.finder:LoadedPlugin.entry_name",
    "flake8.plugins.finder:LoadedPlugin.plugin",
    "flake8.plugins.finder:Plugin.package",
    "flake8.processor:FileProcessor.build_ast",
    "flake8.processor:FileProcessor.noqa_line_for",
    "flake8.processor:FileProcessor.read_lines",
    "flake8.processor:FileProcessor.should_ignore_file",
    "flake8.style_guide:Decision.Selected",
    "flake8.style_guide:StyleGuide.should_report_error",
    "flake8.style_guide:StyleGuideManager",
    "flake8.utils:fnmatch",
)
"""What the two classes and what they are made of override, call and read; the same in flake8 6.0 to 7.5."""

_CALLED = {
    "flake8.checker:FileChecker": {"filename": "", "plugins": None, "options": None},
    "flake8.checker:Manager.start": {"self": None},
    "flake8.processor:FileProcessor": {"filename": "", "options": None},
}
"""How flake8 calls what is overridden."""

_KEPT = {
    "flake8.checker:FileChecker.__init__": ("filename", "options", "plugins", "processor", "results"),
    "flake8.checker:Manager.__init__": ("jobs", "options", "plugins", "results"),
    "flake8.checker:Manager.run_serial": ("filenames",),
    "flake8.processor:FileProcessor.__init__": ("filename", "lines", "options"),
    "flake8.style_guide:StyleGuideManager.__init__": ("style_guide_for",),
}
"""The attributes that are written and read, and who else does that."""


def put_in_place(options: argparse.Namespace) -> None:
    """Put the seam in place for this process, unless it is switched off or flake8 has changed too much for it."""
    if options.bgtasks_no_seam:
        if open_session(options).names_scripts():
            _say_once("flake8-bgtasks: JavaScript is not linted, since bgtasks-no-seam is set")
        return
    if not is_in_place():
        _replace()


def is_in_place() -> bool:
    """Tell whether flake8 works with our classes in this process: we may be switched off, or have stepped aside."""
    from flake8 import checker

    manager = getattr(checker, "Manager", object)
    return any(base.__module__.startswith("flake8_bgtasks.") for base in manager.__mro__)


def _replace() -> None:
    if lacking := next(_lacking(), None):
        _say_once(
            f"flake8-bgtasks: this flake8 has no {lacking.replace(':', '.')} as we know it: JavaScript is not linted,"
            " nor is a syntax error reported that --select BG hides; the rules on Python run as ever"
        )
        return
    from flake8 import checker

    from flake8_bgtasks.host.files import SeamFileChecker
    from flake8_bgtasks.host.sifting import SiftingManager

    vars(checker).update(FileChecker=SeamFileChecker, Manager=SiftingManager)


def _lacking() -> Iterator[str]:
    """Yield what this flake8 does not have, or has in another form."""
    for name in _NEEDED:
        if _find(name) is None:
            yield name
    for name, arguments in _CALLED.items():
        try:
            inspect.signature(_find(name)).bind(**arguments)  # type: ignore[arg-type]  # None is a TypeError too
        except (TypeError, ValueError):
            yield name
    for name, attributes in _KEPT.items():
        code = getattr(_find(name), "__code__", None)
        yield from (f"{name}, {one}" for one in attributes if code is None or one not in code.co_names)


def _find(name: str) -> object:
    module, _, path = name.partition(":")
    try:
        found: object = import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        return None
    return found


@lru_cache(maxsize=2)
def _say_once(text: str) -> None:
    """Say something on stderr, once however many families, runs and worker processes there are."""
    if multiprocessing.parent_process() is None:
        warnings.warn(text, stacklevel=2)
