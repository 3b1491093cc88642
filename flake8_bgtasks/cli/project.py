"""The project that a command is asked about: flake8's options as run here, the rules, and the files."""

import argparse
import functools
from collections.abc import Callable, Sequence
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

import click

from flake8_bgtasks.cli.ending import WrongUse
from flake8_bgtasks.host.configuration import ExecutionError, configured
from flake8_bgtasks.host.discovery import project_files
from flake8_bgtasks.host.session import Session, open_session

P = ParamSpec("P")
R = TypeVar("R")

_OPTIONS = (
    click.option("--config", metavar="FILE", help="The flake8 configuration file to use, as flake8 --config."),
    click.option("--bgtasks-rules", metavar="FILE", help="The rules file to use, whatever the configuration says."),
    click.option("--bgtasks-root", metavar="DIR", help="The directory that the globs of the rules are relative to."),
)


class Project(NamedTuple):
    """What ``flake8``, run in the working directory with the same options, would work with."""

    options: argparse.Namespace
    session: Session

    def files(self) -> tuple[str, ...]:
        """Return the files that flake8 would look at, JavaScript included, named as flake8 names them and sorted."""
        return project_files(self.options, self.session)


def open_project(arguments: Sequence[str] = ()) -> Project:
    """Return the project as ``flake8 *arguments`` would see it; a fault of the user's ends the command with code 2."""
    try:
        options = configured(arguments)
        session = open_session(options)
    except ExecutionError as error:
        raise WrongUse(str(error)) from None
    session.begin_run()
    return Project(options, session)


def with_arguments(function: Callable[Concatenate[tuple[str, ...], P], R]) -> Callable[P, R]:
    """Give a command the options that say which configuration and rules count: flake8's arguments come first."""

    @functools.wraps(function)
    def command(*args: P.args, **kwargs: P.kwargs) -> R:
        arguments: list[str] = []
        for name in ("config", "bgtasks_rules", "bgtasks_root"):
            value = kwargs.pop(name)
            if value is not None:
                arguments.append(f"--{name.replace('_', '-')}={value}")
        return function(tuple(arguments), *args, **kwargs)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def with_project(function: Callable[Concatenate[Project, P], R]) -> Callable[P, R]:
    """Give a command the same options, and the project that they make as its first argument."""

    @functools.wraps(function)
    def opened(arguments: tuple[str, ...], /, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(open_project(arguments), *args, **kwargs)

    return with_arguments(opened)
