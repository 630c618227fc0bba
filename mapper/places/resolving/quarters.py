"""Quarters of cities, with their city or without it: "the Exampla neighbourhood of Samplecity"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from mapper.geo import distance_m
from mapper.model import Place, PlaceContext, PlaceReference, Resolution
from mapper.places.resolving import relative
from mapper.places.resolving.areas import Area

_KINDS: Final = frozenset({"neighbourhood", "district"})
_REACH: Final = 1_200
"""How far before a quarter its city may be named, characters."""

_LOOKED_AT: Final = 4
CITIES: Final = frozenset({"city", "town"})
"""Kinds of places that have quarters."""

_QUARTER_M: Final = 12_000.0
_BEYOND: Final = 1.5
"""A quarter lies this far from the middle of its city at most, in radii of the city, or so many metres.

Nine in ten of GeoNames' quarters about Baghdad, the largest city that has many of them, lie within 20 km.
"""


def is_bare_quarter(reference: PlaceReference) -> bool:
    """Say whether a name is that of a part of a city, and nothing is said of where it lies."""
    said = reference.containers or reference.near or reference.anchors
    return bool(reference.name) and reference.relation == "at" and reference.kind in _KINDS and not said


def cities_before(reference: PlaceReference, context: PlaceContext) -> Iterator[str]:
    """Name what may be the city of a quarter: what was named before it, the nearest first.

    Examples
    --------
    >>> text = PlaceContext(named=((0, "Samplecity"), (90, "Exampla")))
    >>> list(cities_before(PlaceReference(name="Exampla", start=90, end=97, kind="neighbourhood"), text))
    ['Samplecity']
    """
    before = bisect_left(context.named, (reference.start, ""))
    near = (context.named[n] for n in range(before - 1, -1, -1))
    reached = (name for start, name in near if start >= reference.start - _REACH and name != reference.name)
    return islice(dict.fromkeys(reached), _LOOKED_AT)


def is_quarter(reference: PlaceReference) -> bool:
    """Say whether a name is called a quarter, and said to be in something."""
    return bool(reference.name) and reference.kind == "neighbourhood" and bool(reference.containers)


def as_a_city(area: Area) -> Area:
    """Take a city for the container of a quarter rather than the division that is named after it."""
    return replace(area, divisions=frozenset()) if area.points else area


def is_outside(found: Resolution, city: Place | None) -> bool:
    """Say whether an answer lies too far from a city to be a quarter of it."""
    if city is None or found.longitude is None or found.latitude is None:
        return False
    away = distance_m(found.longitude, found.latitude, city.longitude, city.latitude)
    return away > max(_QUARTER_M, _BEYOND * relative.radius_of(city))
