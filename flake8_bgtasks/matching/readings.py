"""How a matcher is written down for people: ``Assigns(status, "running")``."""

import json

_NAMES = frozenset({"name", "names", "maker", "key", "prefix"})
"""Fields that hold names of code; strings in all others are texts, and quoted."""


def reading(matcher: object) -> str:
    """Return what a matcher stands for; what it holds only by default is left out.

    >>> from flake8_bgtasks.matching.writes import Assigns
    >>> reading(Assigns("status", "running"))
    'Assigns(status, "running")'
    """
    shown = []
    defaults = getattr(matcher, "_field_defaults", {})
    for name in getattr(matcher, "_fields", ()):
        value = getattr(matcher, name)
        if name not in defaults or value != defaults[name]:
            shown.append(name if value is True else _shown(value, name in _NAMES))
    return f"{type(matcher).__name__}({', '.join(shown)})"


def _shown(value: object, is_name: bool) -> str:
    if hasattr(value, "_fields"):
        return reading(value)
    if isinstance(value, tuple):
        return " | ".join(_shown(part, is_name) for part in value)
    if isinstance(value, str) and not is_name:
        return json.dumps(value, ensure_ascii=False)
    return str(value)
