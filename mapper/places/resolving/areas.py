"""What the name of a container may mean: "Aleppo", "Manbij", "Syria" in "a village in Manbij, Aleppo, Syria"."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mapper.geo import distance_m
from mapper.model import Place
from mapper.places.names.keys import fold
from mapper.places.names.ranking import Match, compared

_SAME: Final = 0.86
"""Least similarity of two names of one division."""

_THE_NAME: Final = 0.95
"""From here on a name differs only in article, generic words or habits of spelling."""

_REACH_M: Final = {
    "governorate": 60_000.0,
    "region": 50_000.0,
    "district": 25_000.0,
    "city": 30_000.0,
    "town": 15_000.0,
    "sea": 200_000.0,
}
_REACH_OTHER_M: Final = 10_000.0
_DEGREE_M: Final = 110_000.0
"""A degree of latitude is longer than this: what is farther in latitude alone needs no true distance."""


@dataclass(frozen=True, slots=True)
class Area:
    """What one name of a container may mean.

    Parameters
    ----------
    name : str
        As written.
    countries : frozenset of str
        Codes, where it is the name of a country.
    divisions : frozenset of (country, name)
        First-order divisions that have the name, or whose seat has it.
    points : tuple of (longitude, latitude, reach)
        Where places of that name lie, and how far they reach, metres.
    """

    name: str
    countries: frozenset[str]
    divisions: frozenset[tuple[str, str]]
    points: tuple[tuple[float, float, float], ...]

    def holds(self, place: Place) -> float:
        """Say how surely a place lies in this area, 0 to 1."""
        if place.country in self.countries:
            return 1.0
        if place.admin1 and any(
            country == place.country and same_name(name, place.admin1) for country, name in self.divisions
        ):
            return 1.0
        if place.admin2 and same_name(self.name, place.admin2):
            return 1.0
        if place.admin1 and same_name(self.name, place.admin1):
            return 1.0
        best = 0.0
        for longitude, latitude, reach in self.points:
            if abs(latitude - place.latitude) * _DEGREE_M >= 3 * reach:
                continue
            away = distance_m(longitude, latitude, place.longitude, place.latitude)
            if away < 3 * reach:
                best = max(best, math.exp(-((away / reach) ** 2)))
        return best


def area_of(name: str, matches: Sequence[Match], countries: Collection[str] = ()) -> Area:
    """Gather what a container's name may mean from the places that it matches.

    Parameters
    ----------
    name : str
        As written.
    matches : sequence of Match
        What the gazetteer has for it.
    countries : collection of str
        Where there is one of that name in these countries, those elsewhere are not meant.
    """
    own = [match for match in matches if match.layer == 0 and match.similarity >= _THE_NAME]
    matches = own or matches
    good = [match for match in matches if match.similarity >= _SAME]
    # Where the name itself is known, what only sounds like it (Raqqa, Iraq) is not meant.
    good = [match for match in good if match.similarity >= _THE_NAME] or good
    is_country = frozenset(
        match.place.country for match in good if match.place.kind == "country" and match.similarity >= _THE_NAME
    )
    if is_country:
        return Area(name, is_country, frozenset(), ())
    good = [match for match in good if match.place.country in countries] or good
    divisions = frozenset((m.place.country, m.place.admin1 or m.place.name) for m in _divisions(good))
    points = tuple(
        (m.place.longitude, m.place.latitude, max(_REACH_M.get(m.place.kind, _REACH_OTHER_M), m.place.radius_m))
        for m in _largest(good)
    )
    return Area(name, frozenset(), divisions, points)


def _divisions(matches: Iterable[Match]) -> list[Match]:
    return [match for match in matches if match.place.kind == "governorate"]


def _largest(matches: Iterable[Match]) -> list[Match]:
    """Keep the places that a report names as containers: not hamlets, where there is anything larger."""
    large = [m for m in matches if m.place.kind in _REACH_M]
    return large or list(matches)


@lru_cache(maxsize=1 << 14)
def same_name(one: str, other: str) -> bool:
    """Say whether two names of divisions are spellings of one.

    Examples
    --------
    >>> same_name("Al-Hasakah", "Hassakeh"), same_name("Hama", "Homs")
    (True, False)
    """
    return compared(fold(one), fold(other))[1] >= _SAME
