"""Seeing endpoints: what they start, themselves or through what they call, and which keys they return."""

from collections.abc import Iterator
from dataclasses import replace

from flake8_bgtasks.cli.survey.following import Bounds, followed
from flake8_bgtasks.cli.survey.models import place
from flake8_bgtasks.cli.survey.seen import EndpointSeen, Start
from flake8_bgtasks.cli.survey.starts import starts
from flake8_bgtasks.cli.survey.words import KEYS
from flake8_bgtasks.matching.base import Unit
from flake8_bgtasks.matching.returns import Returns
from flake8_bgtasks.semantics.endpoints import Endpoint, endpoints
from flake8_bgtasks.semantics.names import Frame
from flake8_bgtasks.semantics.reach import names_in
from flake8_bgtasks.source import SourceFile

_FAR, _NEAR = Bounds(depth=2, frames=30), Bounds(depth=0, frames=1)
_CHANGING = frozenset({"post", "put", "patch"})


def seen(source: SourceFile) -> Iterator[EndpointSeen]:
    """Yield the endpoints of a file, without the keys that they return."""
    for endpoint in endpoints(source):
        routes = tuple(dict.fromkeys((route.method, route.path) for route in endpoint.routes))
        reached = followed(source, endpoint.function, _NEAR if _only_reads(endpoint) else _FAR)
        started = tuple(dict.fromkeys(start for frame in reached for start in _inside(frame)))
        words = frozenset(names_in(reached)) if started else frozenset()
        yield EndpointSeen(place(source, endpoint.function), endpoint.function.name, routes, started, (), words)


def with_keys(source: SourceFile, wanted: tuple[EndpointSeen, ...]) -> Iterator[EndpointSeen]:
    """Yield the wanted endpoints, which are of this file, with the keys that they certainly return."""
    by_place = {place(source, endpoint.function): endpoint for endpoint in endpoints(source)}
    for one in wanted:
        endpoint = by_place[one.place]
        unit = Unit.single(source, endpoint.function)
        yield replace(one, keys=tuple(key for key in KEYS if Returns(key).offence(endpoint, unit) is None))


def _only_reads(endpoint: Endpoint) -> bool:
    return _CHANGING.isdisjoint(route.method for route in endpoint.routes)


def _inside(frame: Frame) -> Iterator[Start]:
    first, last = getattr(frame.node, "lineno", 0), getattr(frame.node, "end_lineno", 0)
    yield from (start for start in starts(frame.source) if first <= start.place.line <= last)
