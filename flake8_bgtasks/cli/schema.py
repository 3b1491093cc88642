"""`bgtasks schema`: the JSON Schema of rules files."""

import click

from flake8_bgtasks.rules import json_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of rules files, for editors that complete and check YAML."""
    click.echo(json_schema.text(), nl=False)
