"""Where the sea lies off a country's coast, so that a boat is never drawn on land.

`data/coasts.csv` has a few points for each country: twenty or thirty kilometres
offshore, one for each sea or stretch of coast.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from mapper.geo import bearing_deg, destination, distance_m
from mapper.model import RADIUS_M, Precision

_TOWN_OFFING_M: Final = 20_000.0
_TOWN_RADIUS_M: Final = 50_000.0
_AT_THE_COAST_M: Final = 900_000.0


@dataclass(frozen=True, slots=True)
class Offing:
    """A stretch of sea off a coast.

    Parameters
    ----------
    longitude, latitude : float
        A point at sea, degrees.
    radius_m : float
        How far from it "off the coast" may mean, metres.
    sea : str
        Its name.
    """

    longitude: float
    latitude: float
    radius_m: float
    sea: str


@cache
def _coasts() -> Mapping[str, Sequence[tuple[float, float, str]]]:
    found: dict[str, list[tuple[float, float, str]]] = {}
    table = files("mapper.places").joinpath("data", "coasts.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        found.setdefault(row["country"], []).append((float(row["longitude"]), float(row["latitude"]), row["sea"]))
    return found


def off_country(country: str, nearby: Sequence[tuple[float, float, float]] = ()) -> Offing | None:
    """Find the sea off a country.

    Parameters
    ----------
    country : str
        ISO code.
    nearby : sequence of (longitude, latitude, weight)
        Places of the same text: they choose among several coasts.

    Returns
    -------
    Offing or None
        None for a country without a coast. The radius reaches all of its
        coasts, unless places nearby chose one.

    Examples
    --------
    >>> off_country("YE").sea, off_country("YE").radius_m > 400_000, off_country("AF")
    ('Red Sea', True, None)
    """
    coasts = _coasts().get(country)
    if not coasts:
        return None
    radius = float(RADIUS_M[Precision.SEA])
    if nearby:
        longitude, latitude, sea = min(
            coasts,
            key=lambda coast: sum(weight * distance_m(coast[0], coast[1], lon, lat) for lon, lat, weight in nearby),
        )
    else:
        longitude, latitude, sea = coasts[0]
        radius = max(radius, *(distance_m(longitude, latitude, lon, lat) for lon, lat, _ in coasts))
    return Offing(longitude, latitude, radius, sea)


def off_town(longitude: float, latitude: float, country: str) -> Offing | None:
    """Find the sea off a town: from the town towards the nearest sea of its country.

    Returns
    -------
    Offing or None
        None where that sea is too far away for a coast to be meant.
    """
    coasts = _coasts().get(country)
    if not coasts:
        return None
    away, lon, lat, sea = min((distance_m(longitude, latitude, lon, lat), lon, lat, sea) for lon, lat, sea in coasts)
    if away > _AT_THE_COAST_M:
        return None
    if away <= _TOWN_OFFING_M:
        return Offing(lon, lat, _TOWN_RADIUS_M, sea)
    towards = bearing_deg(longitude, latitude, lon, lat)
    out = destination(longitude, latitude, towards, _TOWN_OFFING_M)
    return Offing(out[0], out[1], _TOWN_RADIUS_M, sea)
