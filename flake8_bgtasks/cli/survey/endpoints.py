"""Seeing endpoints: what they start, themselves or through what they call, and which keys they return."""

import ast
from collections.abc import Iterator
from dataclasses import replace

from flake8_bgtasks.cli.survey.following import Bounds, followed
from flake8_bgtasks.cli.survey.models import place
from flake8_bgtasks.cli.survey.seen import EndpointSeen, Start
from flake8_bgtasks.cli.survey.starts import starts
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.matching.returns import Returns
from flake8_bgtasks.semantics.calls import nodes_of
from flake8_bgtasks.semantics.endpoints import Endpoint, endpoints
from flake8_bgtasks.semantics.names import Frame, last_segment
from flake8_bgtasks.source import SourceFile

_FAR, _NEAR = Bounds(depth=2, frames=30), Bounds(depth=0, frames=1)
_CHANGING = frozenset({"post", "put", "patch"})


def seen(source: SourceFile, *, is_followed: bool = True) -> Iterator[EndpointSeen]:
    """Yield the endpoints of a file, without the keys that they return; with what they start through others or not."""
    for endpoint in endpoints(source):
        routes = tuple(dict.fromkeys((route.method, route.path) for route in endpoint.routes))
        bounds = _FAR if is_followed and not _only_reads(endpoint) else _NEAR
        reached = tuple(one.frame for one in followed(source, endpoint.function, bounds))
        started = tuple(dict.fromkeys(start for frame in reached for start in _inside(frame)))
        makes = frozenset(name for frame in reached for name in _made(frame)) if started else frozenset()
        yield EndpointSeen(place(source, endpoint.function), endpoint.function.name, routes, started, (), makes)


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


def _only_reads(endpoint: Endpoint) -> bool:
    return _CHANGING.isdisjoint(route.method for route in endpoint.routes)


def _inside(frame: Frame) -> Iterator[Start]:
    first, last = getattr(frame.node, "lineno", 0), getattr(frame.node, "end_lineno", 0)
    yield from (start for start in starts(frame.source) if first <= start.place.line <= last)
