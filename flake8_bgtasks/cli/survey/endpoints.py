"""Seeing endpoints: what they start, themselves or through what they call, and which keys they return."""

import ast
from collections.abc import Iterator
from dataclasses import replace

from flake8_bgtasks.cli.survey.models import place
from flake8_bgtasks.cli.survey.seen import EndpointSeen, Start
from flake8_bgtasks.cli.survey.starts import starts
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.matching.returns import Returns
from flake8_bgtasks.semantics.calls import nodes_of
from flake8_bgtasks.semantics.dotted import last_segment
from flake8_bgtasks.semantics.endpoints import Endpoint, endpoints
from flake8_bgtasks.semantics.following import called
from flake8_bgtasks.semantics.frames import Frame
from flake8_bgtasks.semantics.objects import owner_of
from flake8_bgtasks.source import SourceFile

_CHANGING = frozenset({"post", "put", "patch"})


def seen(source: SourceFile, starters: frozenset[str]) -> Iterator[EndpointSeen]:
    """Yield the endpoints of a file, without the keys that they return.

    `starters` are the names of the functions that start something: an endpoint that changes anything and calls one of them
    starts what that one does.
    """
    for endpoint in endpoints(source):
        routes = tuple(dict.fromkeys((route.method, route.path) for route in endpoint.routes))
        reached = tuple(_reached(endpoint, source, starters))
        started = tuple(dict.fromkeys(start for frame in reached for start in _inside(frame)))
        makes = frozenset(name for frame in reached for name in _made(frame)) if started else frozenset()
        yield EndpointSeen(place(source, endpoint.function), endpoint.function.name, routes, started, (), makes)


def _reached(endpoint: Endpoint, source: SourceFile, starters: frozenset[str]) -> Iterator[Frame]:
    """Yield the endpoint itself, and what it calls that may start something."""
    frame = Frame(source, endpoint.function, owner=owner_of(source, endpoint.function))
    yield frame
    if _CHANGING.isdisjoint(route.method for route in endpoint.routes):
        return
    for node in nodes_of(source, endpoint.function):
        if isinstance(node, ast.Call) and last_segment(node.func) in starters:
            yield from called(node, frame)


def _made(frame: Frame) -> Iterator[str]:
    for node in nodes_of(frame.source, frame.node):
        if isinstance(node, ast.Call) and (name := last_segment(node.func)) is not None and name[:1].isupper():
            yield name


def with_keys(source: SourceFile, wanted: tuple[EndpointSeen, ...], keys: tuple[str, ...]) -> Iterator[EndpointSeen]:
    """Yield the wanted endpoints, which are of this file, with the keys that they certainly return."""
    by_place = {place(source, endpoint.function): endpoint for endpoint in endpoints(source)}
    for one in wanted:
        endpoint = by_place[one.place]
        unit = Unit.single(source, endpoint.function)
        yield replace(one, keys=tuple(key for key in keys if Returns(key).offence(endpoint, unit) is None))


def _inside(frame: Frame) -> Iterator[Start]:
    first, last = getattr(frame.node, "lineno", 0), getattr(frame.node, "end_lineno", 0)
    yield from (start for start in starts(frame.source) if first <= start.place.line <= last)
