"""What a checker reports. Knows nothing of flake8."""

from typing import NamedTuple


class Violation(NamedTuple):
    """One finding: a place in the linted file, a code such as ``BG030``, and a one-line text.

    ``line`` counts from 1, ``column`` from 0 (characters, not bytes). ``text`` carries neither the code nor the
    severity; both are added where the finding is handed to flake8.
    """

    line: int
    column: int
    code: str
    text: str
