"""What other tools of a project do to our findings: ruff removes our noqa, pre-commit runs flake8 without us."""

import importlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from flake8_bgtasks.cli.diagnoses.patient import Diagnosis, Patient, text_of
from flake8_bgtasks.errors import RuleFileError
from flake8_bgtasks.host.paths import closest_root
from flake8_bgtasks.host.selection import PREFIX
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.rules.nodes import Listing, Mapping, Node, Scalar

PACKAGE = "flake8-bgtasks"
_ON_NOQA = ("RUF100", "RUF102")
_MOST_BASES = 5
"""How many configurations of ruff may extend one another."""


def diagnose_ruff(directory: str, codes: Sequence[str]) -> Iterator[Diagnosis]:
    """Yield a ruff that takes ``# noqa: BG030`` for a mistake, and with ``--fix`` deletes it.

    RUF100 of older versions does, and RUF102 of those up to 0.17.
    """
    for name in (".ruff.toml", "ruff.toml", "pyproject.toml"):
        file = os.path.join(directory, name)
        settings = _ruff_settings(file, 0)
        if settings is None:
            continue
        external = _strings(settings, "external")
        if _looks_at_noqa(settings) and not all(code.startswith(tuple(external)) for code in codes):
            section = "[lint]" if name != "pyproject.toml" else "[tool.ruff.lint]"
            text = text_of(file)
            line = _line(text, r"\s*external\s*=") or _line(text, re.escape(section))
            where = f"{os.path.relpath(file)}{f':{line}' if line else ''}, under {section}"
            written = ", ".join(f'"{code}"' for code in [*external, PREFIX])
            what = "ruff takes our noqa for unused (RUF100, RUF102), and ruff --fix deletes it"
            yield Diagnosis(what, f"external = [{written}]", where)
        return


def _ruff_settings(file: str, depth: int) -> dict[str, Any] | None:
    """Return ruff's settings in a file, those of the lint section among them; None where it has none."""
    table = _table(text_of(file))
    ruff = table.get("tool", {}).get("ruff") if os.path.basename(file) == "pyproject.toml" else table
    if not isinstance(ruff, dict) or not (ruff or os.path.isfile(file)):
        return None
    lint = ruff.get("lint")
    settings = {**ruff, **(lint if isinstance(lint, dict) else {})}
    base = ruff.get("extend")
    if isinstance(base, str) and depth < _MOST_BASES:
        extended = _ruff_settings(os.path.join(os.path.dirname(file), os.path.expanduser(base)), depth + 1)
        settings = {**(extended or {}), **settings}
    return settings


def _strings(settings: dict[str, Any], key: str) -> list[str]:
    value = settings.get(key)
    return [each for each in value if isinstance(each, str) and each] if isinstance(value, list) else []


def _looks_at_noqa(settings: dict[str, Any]) -> bool:
    """Tell whether one of the rules on noqa is selected; the longest prefix wins."""
    chosen = [*_strings(settings, "select"), *_strings(settings, "extend-select")]
    ignored = [*_strings(settings, "ignore"), *_strings(settings, "extend-ignore")]
    for rule in _ON_NOQA:
        on = max((len(code) for code in chosen if rule.startswith(code)), default=0 if "ALL" in chosen else -1)
        if on > max((len(code) for code in ignored if rule.startswith(code)), default=-1):
            return True
    return False


def _table(text: str) -> dict[str, Any]:
    """Return a TOML file as data; empty where it cannot be read, which is for its own tool to say."""
    try:
        toml = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
        table: dict[str, Any] = toml.loads(text)
    except (ImportError, ValueError, RecursionError):
        return {}
    return table


def _line(text: str, pattern: str) -> int | None:
    return next((number for number, line in enumerate(text.splitlines(), 1) if re.match(pattern, line)), None)


def diagnose_python(directory: str) -> Iterator[Diagnosis]:
    """Yield a project that is written for a later Python than this one, whose newer syntax cannot be parsed."""
    file = os.path.join(directory, "pyproject.toml")
    text = text_of(file)
    project = _table(text).get("project")
    wanted = project.get("requires-python") if isinstance(project, dict) else None
    found = re.match(r"\s*>=\s*3\.(\d+)", wanted) if isinstance(wanted, str) else None
    if found and int(found[1]) > sys.version_info.minor:
        here = f"3.{sys.version_info.minor}"
        what = (
            f"the project is written for Python 3.{found[1]} and flake8 runs on {here}, which cannot parse newer syntax"
        )
        line = _line(text, r"\s*requires-python\s*=")
        where = os.path.relpath(file) + (f":{line}" if line else "")
        yield Diagnosis(what, f"python3.{found[1]} -m pip install flake8 {PACKAGE}", where)


def diagnose_pre_commit(patient: Patient) -> Iterator[Diagnosis]:
    """Yield the flake8 hooks of pre-commit that run without our package, or see no JavaScript."""
    root = closest_root(os.getcwd())
    for directory in (os.getcwd(), root):
        file = os.path.join(directory, ".pre-commit-config.yaml")
        if os.path.isfile(file):
            yield from _diagnose_hooks(file, patient)
            return


def _diagnose_hooks(file: str, patient: Patient) -> Iterator[Diagnosis]:
    try:
        top = loader.read_nodes(file)
    except RuleFileError:  # for pre-commit to say
        return
    covers_scripts = any(one.files for one in patient.coverage if one.rule.family is Family.FRONTEND)
    for repository in _items(top, "repos"):
        for hook in _items(repository, "hooks"):
            if _text(hook, "id") != "flake8" or not isinstance(hook, Mapping):
                continue
            where = f"{os.path.relpath(file)}:{hook.mark.line}"
            is_own_environment = _text(repository, "repo") != "local" or _text(hook, "language") == "python"
            wanted = [item.text for item in _items(hook, "additional_dependencies")]
            if is_own_environment and not any(_is_us(each) for each in wanted):
                listed = ", ".join([*wanted, PACKAGE])
                what = "the flake8 hook of pre-commit runs without flake8-bgtasks"
                yield Diagnosis(what, f"additional_dependencies: [{listed}]", where)
            elif covers_scripts and hook.get("types_or") is None and hook.get("types") is None:
                what = (
                    "the flake8 hook of pre-commit is given Python files only, so that rules on JavaScript are silent"
                )
                yield Diagnosis(what, "types: [file]\ntypes_or: [python, javascript]", where)


def _is_us(requirement: str) -> bool:
    return PACKAGE in requirement.lower().replace("_", "-")


def _items(node: Node, key: str) -> tuple[Node, ...]:
    value = node.get(key) if isinstance(node, Mapping) else None
    return value.items if isinstance(value, Listing) else ()


def _text(node: Node, key: str) -> str:
    value = node.get(key) if isinstance(node, Mapping) else None
    return value.text if isinstance(value, Scalar) else ""
