"""Where countries lie: a rectangle and an outline for each, to notice what cannot be.

`data/countries.csv` has a line for each country: the rectangle around its
cities (GeoNames), and its outline at fiftieths of a degree (Natural Earth, in
the public domain). ``tests/support/country_table.py`` writes it, and a test
holds it to that.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).parent / "data" / "countries.csv"
UNITS: Final = 50
"""Steps of an outline in a degree."""

_KM_A_DEGREE: Final = 111.2
_NEARER_KM: Final = 8.0
"""By how much the exchanged position must lie nearer: outlines at this scale are off by less."""
_REACH_KM: Final = 25.0
"""How far beyond the outline a position may lie and still be one of the country's: islets, coasts."""

Ring = tuple[tuple[float, float], ...]
"""Positions (longitude, latitude), the first one again at the end; across the antimeridian they go on beyond 180."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A rectangle in degrees; east of the antimeridian it goes on beyond 180."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        """Say whether a point lies inside."""
        if not self.south <= latitude <= self.north:
            return False
        return self.west <= longitude <= self.east or self.west <= longitude + 360.0 <= self.east


def extent_of(country: str) -> Extent | None:
    """Return the extent of a country (ISO 3166-1 alpha-2), or None where it is not known.

    A degree or more is added on every side, for what lies beyond the outermost town.

    Examples
    --------
    >>> extent_of("SY").holds(39.0, 36.0), extent_of("SY").holds(36.0, 49.0), extent_of("ZZ") is None
    (True, False, True)
    >>> extent_of("FJ").holds(179.9, -17.5), extent_of("FJ").holds(-179.9, -17.5), extent_of("FJ").holds(0.0, -17.5)
    (True, True, False)
    """
    row = _table().get(country)
    return row[0] if row else None


def looks_swapped(longitude: float, latitude: float, country: str) -> bool:
    """Say whether a point would lie in its country if its axes were exchanged, and does not as it is.

    Where both positions lie inside the country's extent, as in a country
    whose longitudes are like its latitudes, its outline decides.

    Examples
    --------
    >>> looks_swapped(36.2, 37.16, "SY"), looks_swapped(37.16, 36.2, "SY")
    (True, False)
    """
    extent = extent_of(country)
    if extent is None or abs(longitude) > 90.0 or not extent.holds(latitude, longitude):
        return False
    if not extent.holds(longitude, latitude):
        return True
    outline = outline_of(country)
    if not outline:
        return False
    exchanged = _kilometres_outside(latitude, longitude, outline)
    return exchanged <= _REACH_KM and exchanged + _NEARER_KM < _kilometres_outside(longitude, latitude, outline)


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Extent, str]]:
    """Read the table: extents as numbers, outlines as they are written."""
    table = {}
    for line in TABLE.read_text(encoding="ascii").splitlines()[1:]:
        country, west, south, east, north, outline = line.split(",")
        table[country] = (Extent(float(west), float(south), float(east), float(north)), outline)
    return table


@lru_cache(maxsize=64)
def outline_of(country: str) -> tuple[Ring, ...]:
    """Return the rings of a country's outline; holes are rings too. None of them where it has no outline."""
    row = _table().get(country)
    return tuple(decoded(text) for text in row[1].split(" ")) if row and row[1] else ()


_FIRST: Final = 63
_MORE: Final = 32


def encoded(steps: list[tuple[int, int]]) -> str:
    """Write a ring, in steps of `UNITS`, as printable text: the difference to the step before, five bits a letter.

    Examples
    --------
    >>> encoded([(1805, 1800), (1850, 1800), (1850, 1850)])
    'yoBooByA??cB'
    """
    out = []
    last = (0, 0)
    for step in steps:
        for now, before in zip(step, last, strict=True):
            rest = 2 * (now - before) if now >= before else 2 * (before - now) - 1
            while rest >= _MORE:
                out.append(chr(_FIRST + _MORE + rest % _MORE))
                rest //= _MORE
            out.append(chr(_FIRST + rest))
        last = step
    # None of these letters is a comma or a space, which the table parts its cells with.
    return "".join(out)


def decoded(text: str) -> Ring:
    """Read what `encoded` wrote, in degrees, closed.

    Examples
    --------
    >>> decoded(encoded([(1805, 1800), (1850, 1800), (1850, 1850)]))
    ((36.1, 36.0), (37.0, 36.0), (37.0, 37.0), (36.1, 36.0))
    """
    numbers = list(_numbers(text))
    x = y = 0
    ring = []
    for east, north in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + east, y + north
        ring.append((x / UNITS, y / UNITS))
    return (*ring, ring[0])


def _numbers(text: str) -> Iterator[int]:
    value = shift = 0
    for letter in text:
        bits = ord(letter) - _FIRST
        value |= (bits % _MORE) << shift
        shift += 5
        if bits < _MORE:
            yield -((value + 1) >> 1) if value & 1 else value >> 1
            value = shift = 0


def _kilometres_outside(longitude: float, latitude: float, outline: tuple[Ring, ...]) -> float:
    """Return how far outside an outline a point lies; 0 inside."""
    inside = False
    nearest = math.inf
    narrow = math.cos(math.radians(latitude))
    for ring in outline:
        for (west, south), (east, north) in pairwise(ring):
            # Even-odd rule: a line to the east crosses the outline an odd number of times.
            if (south > latitude) != (north > latitude):
                crossing = west + (latitude - south) / (north - south) * (east - west)
                inside ^= longitude < crossing
            # Distance to the piece of outline, on a plane that is true around the point.
            dx, dy = (east - west) * narrow, north - south
            px, py = (longitude - west) * narrow, latitude - south
            length = dx * dx + dy * dy
            along = min(1.0, max(0.0, (px * dx + py * dy) / length)) if length else 0.0
            nearest = min(nearest, (px - along * dx) ** 2 + (py - along * dy) ** 2)
    return 0.0 if inside else math.sqrt(nearest) * _KM_A_DEGREE
