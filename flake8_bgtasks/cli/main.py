"""The command itself: its subcommands, and how it ends."""

import os
import sys

import click

import flake8_bgtasks
from flake8_bgtasks.cli.baseline import baseline
from flake8_bgtasks.cli.check_rules import check_rules
from flake8_bgtasks.cli.doctor import doctor
from flake8_bgtasks.cli.ending import WRONG_USE
from flake8_bgtasks.cli.explain import explain
from flake8_bgtasks.cli.init import init
from flake8_bgtasks.cli.rule_tests import test_rules
from flake8_bgtasks.cli.rules import rules
from flake8_bgtasks.cli.schema import schema
from flake8_bgtasks.cli.why import why


@click.group(
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


for command in (baseline, check_rules, doctor, explain, init, rules, schema, test_rules, why):
    bgtasks.add_command(command)


def main() -> None:
    """Run the command; end with one of the exit codes and never with a traceback."""
    try:
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
