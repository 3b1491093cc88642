"""How a command ends."""

from typing import NoReturn

import click

FINE, FOUND, WRONG_USE = 0, 1, 2
"""Exit codes: all is well; there are findings or problems; the command cannot do what it was asked."""


class WrongUse(click.ClickException):
    """The command cannot do what it was asked: its message goes to standard error, and the exit code is 2."""

    exit_code = WRONG_USE


def end_with(code: int) -> NoReturn:
    """End the command here with an exit code."""
    click.get_current_context().exit(code)
