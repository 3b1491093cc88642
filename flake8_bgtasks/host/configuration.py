"""What flake8 would be told in the working directory, for commands that look at a project without linting it."""

import argparse
from collections.abc import Sequence

from flake8.options.parse_args import parse_args


def configured(arguments: Sequence[str] = ()) -> argparse.Namespace:
    """Return the options of ``flake8 *arguments`` run here: its configuration files, then the arguments.

    Raise ExecutionError for what the user has to mend, as flake8 does. `parse_args` has this form in flake8 6.0 to 7.5.
    """
    return parse_args(list(arguments))[1]
