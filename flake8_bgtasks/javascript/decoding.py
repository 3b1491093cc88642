"""From the bytes of a JavaScript file to its text."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:coding|charset)\s{0,4}[:=]\s{0,4}[\"']?([-\w.]{1,40})")
_TRUSTED = re.compile(r"(?:utf|iso|latin|windows|cp|mac|koi8|shift|euc|gb|big5|ascii)[-_ ]?\w*", re.ASCII)


def decode(data: bytes) -> str:
    """Return the text of a file: as its byte order mark says, as its first two lines declare, as UTF-8, as latin-1.

    >>> decode(b"\\xef\\xbb\\xbfx"), decode("\\u00fc".encode()), decode(b"\\xfc")
    ('x', 'ü', 'ü')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    for encoding in (_declared(data), "utf-8"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return data.decode("latin-1")


def _declared(data: bytes) -> str:
    head = b"\n".join(data[:1000].splitlines()[:2])
    found = _DECLARED.search(head)
    name = found[1].decode("ascii").lower() if found else ""
    return name if _TRUSTED.match(name) else "utf-8"
