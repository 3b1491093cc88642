"""``// noqa`` and its forms, as flake8 reads ``# noqa``."""

import re

_INLINE = re.compile(
    r"(?:#|(?<!:)//)[ \t]{0,8}noqa(?::\s?(?P<codes>[A-Z]{1,9}[0-9]{1,9}(?:[,\s]{1,9}[A-Z]{1,9}[0-9]{1,9}){0,99}))?",
    re.IGNORECASE,
)
_WHOLE_FILE = re.compile(r"^[ \t]*//[ \t]*(?:#[ \t]*)?flake8[:=][ \t]*noqa[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


def is_suppressed(line: str, code: str) -> bool:
    """Tell whether the line on which `code` is found asks not to report it: by its name, by how it starts, or any.

    >>> [is_suppressed(f"poll() // {said}", "BG041") for said in ("noqa", "# noqa:BG041", "NOQA: E501, BG04", "noqa: BG1")]
    [True, True, True, False]
    """
    found = _INLINE.search(line)
    if found is None:
        return False
    codes = found["codes"]
    return codes is None or code.startswith(tuple(re.split(r"[,\s]+", codes.upper())))


def file_is_suppressed(text: str) -> bool:
    """Tell whether a line of the file says ``// flake8: noqa`` and nothing else.

    >>> file_is_suppressed("f();\\n// flake8: noqa\\n"), file_is_suppressed("f(); // flake8: noqa")
    (True, False)
    """
    return "flake8" in text.lower() and _WHOLE_FILE.search(text) is not None
