"""What flake8 would be told in the working directory, for commands that look at a project without linting it."""

import argparse
from collections.abc import Sequence

from flake8.exceptions import ExecutionError, Flake8Exception
from flake8.options.parse_args import parse_args

__all__ = ["ExecutionError", "configured"]


def configured(arguments: Sequence[str] = ()) -> argparse.Namespace:
    """Return the options of ``flake8 *arguments`` run here: its configuration files, then the arguments.

    Raise ExecutionError for what the user has to mend, in flake8's words; an argument that flake8 does not know ends
    the process, as it does there. `parse_args` has this form in flake8 6.0 to 7.5.
    """
    try:
        return parse_args(list(arguments))[1]
    except Flake8Exception as error:
        raise ExecutionError(str(error)) from error
