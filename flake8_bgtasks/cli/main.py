"""The command itself: its subcommands, and how it ends."""

import os
import sys
from importlib import import_module

import click

import flake8_bgtasks
from flake8_bgtasks.cli.ending import WRONG_USE
from flake8_bgtasks.host.collecting import HARDLY_EVER, collected

COMMANDS = {
    "init": "init",
    "rules": "rules",
    "explain": "explain",
    "why": "why",
    "check-rules": "check_rules",
    "test-rules": "rule_tests",
    "baseline": "baseline",
    "doctor": "doctor",
    "schema": "schema",
}
"""The modules of the subcommands, in the order in which somebody comes to need them."""


class LazyGroup(click.Group):
    """Imports a subcommand's module when it is asked for: each needs other parts, and none should wait for all."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of the subcommands in their order."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a subcommand, or None where there is none of that name."""
        if name not in COMMANDS:
            return None
        module = import_module(f"flake8_bgtasks.cli.{COMMANDS[name]}")
        command = getattr(module, name.replace("-", "_"))
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 all is well, 1 findings or problems, 2 wrong use.",
)
@click.version_option(flake8_bgtasks.__version__, prog_name="bgtasks")
@click.pass_context
def bgtasks(context: click.Context) -> None:
    """Set up flake8-bgtasks for a project, and ask it why it says what it says.

    The findings themselves come from flake8: flake8 --select BG
    """
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        context.color = False


def main() -> None:
    """Run the command; end with one of the exit codes and never with a traceback."""
    try:
        with collected(HARDLY_EVER):
            bgtasks.main(prog_name="bgtasks")
    except Exception as fault:
        if os.environ.get("BGTASKS_DEBUG") == "1":
            raise
        click.echo(
            f"bgtasks: internal fault: {type(fault).__name__}: {fault}\n"
            "Please report it with the traceback that BGTASKS_DEBUG=1 shows.",
            err=True,
        )
        sys.exit(WRONG_USE)
