"""The northern part of a governorate: where the settlements on that side of it lie.

A division has no known shape here, but its settlements show how far it reaches
in each direction.
"""

from __future__ import annotations

import math
from typing import Final

from mapper.geo import bearing_deg, distance_m
from mapper.model import Place, Precision
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.resolving.peers import SETTLEMENTS
from mapper.places.resolving.relative import Derived, radius_of

_DIVISIONS: Final = frozenset({"governorate", "district", "region"})
_MOST: Final = 5_000
_FEWEST: Final = 9
_SIDE: Final = 3
"""A side is the third of the settlements that lie furthest that way."""

_COVERED: Final = 0.8
_LEAST_M: Final = 5_000.0
_WIDEST_M: Final = 120_000.0
"""How far from the middle of a governorate its settlements are looked for; their own division tells the rest."""


class Sides:
    """Finds the sides of divisions, once each.

    Parameters
    ----------
    gazetteer : Gazetteer
        Its settlements show how far a division reaches.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._found: dict[tuple[str, float], Derived | None] = {}

    def of(self, whole: Place, bearing: float | None) -> Derived | None:
        """Place one side of a division.

        Parameters
        ----------
        whole : Place
            A governorate, district or region.
        bearing : float or None
            Degrees from north.

        Returns
        -------
        Derived or None
            None for what is no division, has too few settlements, or without a bearing.
        """
        reach = radius_of(whole)
        if bearing is None or bearing < 0 or whole.kind not in _DIVISIONS or reach > _WIDEST_M:
            return None
        key = (whole.id, bearing)
        if key not in self._found:
            self._found[key] = self._side(whole, bearing, reach)
        return self._found[key]

    def _side(self, whole: Place, bearing: float, reach: float) -> Derived | None:
        reach = _WIDEST_M if whole.kind == "governorate" and whole.admin1 else reach
        around = self._gazetteer.near(whole.longitude, whole.latitude, reach, limit=_MOST)
        inside = [
            place
            for place in around
            if place.kind in SETTLEMENTS
            and place.country == whole.country
            and whole.admin1 in {"", place.admin1, whole.country}
        ]
        if len(inside) < _FEWEST:
            return None
        inside.sort(key=lambda place: (-_towards(whole, place, bearing), place.id))
        side = inside[: max(_FEWEST // _SIDE, len(inside) // _SIDE)]
        longitude = sum(place.longitude for place in side) / len(side)
        latitude = sum(place.latitude for place in side) / len(side)
        away = sorted(distance_m(longitude, latitude, place.longitude, place.latitude) for place in side)
        radius = max(_LEAST_M, away[min(len(away) - 1, int(_COVERED * len(away)))])
        return Derived(longitude, latitude, round(radius), Precision.PART_OF)


def _towards(whole: Place, place: Place, bearing: float) -> float:
    """Return how far a place lies from the middle of a division in a direction, metres."""
    away = distance_m(whole.longitude, whole.latitude, place.longitude, place.latitude)
    angle = bearing_deg(whole.longitude, whole.latitude, place.longitude, place.latitude) - bearing
    return away * math.cos(math.radians(angle))
