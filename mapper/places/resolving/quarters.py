"""Quarters of cities that a text names without their city: "shells fell on the Exampla neighbourhood"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import Final

from mapper.model import PlaceContext, PlaceReference

_KINDS: Final = frozenset({"neighbourhood", "district"})
_REACH: Final = 1_200
"""How far before a quarter its city may be named, characters."""

_LOOKED_AT: Final = 4


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
