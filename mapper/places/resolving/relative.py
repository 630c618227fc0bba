"""Relative places become a point and a radius that says how far the words reach.

"40 km north of D", "near D", "between D and E", "the eastern countryside of D",
"two neighbourhoods in the east of D", "off the coast of D": none of them is D.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mapper.geo import bearing_deg, destination, distance_m
from mapper.model import RADIUS_M, Place, PlaceReference, Precision
from mapper.places.finding.known import WIDE
from mapper.places.resolving.coasts import off_country, off_town

_BY_KIND: Final = {
    "country": Precision.COUNTRY,
    "governorate": Precision.GOVERNORATE,
    "district": Precision.DISTRICT,
    "city": Precision.CITY,
    "town": Precision.TOWN,
    "village": Precision.VILLAGE,
    "neighbourhood": Precision.NEIGHBOURHOOD,
    "site": Precision.LANDMARK,
    "sea": Precision.SEA,
    "region": Precision.DISTRICT,
}
_BIG_CITY: Final = 200_000
_WIDEST_CITY_M: Final = 25_000
_WIDE_REGION_M: Final = 100_000
_UNMEASURED_M: Final = 5_000.0
_ANGLE_SHARE: Final = 0.4
_LEAST_M: Final = 3_000.0
_NEAR_A_VILLAGE_M: Final = 8_000
_COUNTRYSIDE_M: Final = 20_000.0
_COUNTRYSIDE_SHIFT_M: Final = 15_000.0


@dataclass(frozen=True, slots=True)
class Derived:
    """A place that words describe: a circle, and how exactly it is known."""

    longitude: float
    latitude: float
    radius_m: int
    precision: Precision


def precision_of(place: Place) -> Precision:
    """Return how exactly an entry of the gazetteer says where something is.

    Examples
    --------
    >>> precision_of(Place(id="x:1", name="X", longitude=40.0, latitude=35.0, kind="village")).value
    'village'
    """
    if place.kind == "region" and place.radius_m > _WIDE_REGION_M:
        return Precision.COUNTRY
    return _BY_KIND.get(place.kind, Precision.UNKNOWN)


def radius_of(place: Place) -> int:
    """Return how far from its point a report about a place may mean, metres.

    The entry's own radius, else that of its kind; a large city reaches further.
    """
    if place.radius_m:
        return place.radius_m
    radius = RADIUS_M[precision_of(place)]
    if place.kind == "city" and place.population > _BIG_CITY:
        return min(_WIDEST_CITY_M, round(radius * math.sqrt(place.population / _BIG_CITY)))
    return radius


def along(anchor: Place, distance: float | None, bearing: float | None) -> Derived:
    """Place "40 km north of D", "40 km from D" and "north of D".

    Parameters
    ----------
    anchor : Place
        D.
    distance : float or None
        Metres, where told.
    bearing : float or None
        Degrees, where told. Without it the circle reaches all around D.
    """
    if bearing is None:
        reach = distance if distance is not None else float(near(anchor).radius_m)
        return Derived(anchor.longitude, anchor.latitude, round(reach + _LEAST_M), Precision.NEAR)
    metres = distance if distance is not None else _UNMEASURED_M
    longitude, latitude = destination(anchor.longitude, anchor.latitude, bearing, metres)
    # A compass word covers 45 degrees, and reporters round: both grow with the distance.
    radius = max(_LEAST_M, _ANGLE_SHARE * metres) if distance is not None else near(anchor).radius_m
    radius += radius_of(anchor) / 2
    return Derived(longitude, latitude, round(radius), Precision.NEAR)


def near(anchor: Place) -> Derived:
    """Place "near D": the circle reaches further around a city than around a village."""
    small = anchor.kind in {"village", "neighbourhood", "site"}
    radius = max(_NEAR_A_VILLAGE_M if small else RADIUS_M[Precision.NEAR], radius_of(anchor))
    return Derived(anchor.longitude, anchor.latitude, radius, Precision.NEAR)


def between(one: Place, other: Place) -> Derived:
    """Place "between D and E": half-way, reaching both.

    Examples
    --------
    >>> west = Place(id="x:1", name="X", longitude=40.0, latitude=0.0, kind="village")
    >>> east = Place(id="x:2", name="Y", longitude=40.2, latitude=0.0, kind="village")
    >>> halfway = between(west, east)
    >>> round(halfway.longitude, 3), halfway.radius_m
    (40.1, 11120)
    """
    apart = distance_m(one.longitude, one.latitude, other.longitude, other.latitude)
    towards = bearing_deg(one.longitude, one.latitude, other.longitude, other.latitude)
    longitude, latitude = destination(one.longitude, one.latitude, towards, apart / 2)
    return Derived(longitude, latitude, round(max(_LEAST_M, apart / 2)), Precision.NEAR)


def part_of(whole: Place, bearing: float | None) -> Derived:
    """Place "the eastern part of D": shifted to that side, and still reaching most of D."""
    if whole.kind in WIDE or whole.kind == "district":
        return Derived(whole.longitude, whole.latitude, radius_of(whole), precision_of(whole))
    reach = radius_of(whole)
    radius = max(reach, RADIUS_M[Precision.PART_OF] if whole.kind in {"city", "town"} else _LEAST_M)
    if bearing is None:
        return Derived(whole.longitude, whole.latitude, round(radius), Precision.PART_OF)
    longitude, latitude = destination(whole.longitude, whole.latitude, bearing, reach / 2)
    return Derived(longitude, latitude, round(radius), Precision.PART_OF)


def countryside(town: Place, bearing: float | None) -> Derived:
    """Place "the eastern countryside of D": the land around it, on that side."""
    if town.kind in WIDE:
        return part_of(town, bearing)
    radius = _COUNTRYSIDE_M + radius_of(town)
    if bearing is None:
        return Derived(town.longitude, town.latitude, round(radius), Precision.DISTRICT)
    longitude, latitude = destination(town.longitude, town.latitude, bearing, _COUNTRYSIDE_SHIFT_M)
    return Derived(longitude, latitude, round(radius), Precision.DISTRICT)


def off_coast(land: Place, nearby: Sequence[tuple[float, float, float]] = ()) -> Derived | None:
    """Place "off the coast of D": at sea, never in D.

    Parameters
    ----------
    land : Place
        A country, or any place near a coast.
    nearby : sequence of (longitude, latitude, weight)
        Other places of the text, which choose among several seas.

    Returns
    -------
    Derived or None
        None where no sea is near.
    """
    is_country = land.kind == "country"
    offing = off_country(land.country, nearby) if is_country else off_town(land.longitude, land.latitude, land.country)
    if offing is None:
        return None
    return Derived(offing.longitude, offing.latitude, round(offing.radius_m), Precision.SEA)


def described(
    reference: PlaceReference, wholes: Sequence[Place], nearby: Sequence[tuple[float, float, float]] = ()
) -> Derived | None:
    """Place what a relation describes.

    Parameters
    ----------
    reference : PlaceReference
        Its relation, distance and bearing count, not its name.
    wholes : sequence of Place
        What its anchors were found to be, at least one.
    nearby : sequence of (longitude, latitude, weight)
        Other places of the text.

    Returns
    -------
    Derived or None
        None where the words describe no place.
    """
    first, bearing = wholes[0], reference.bearing
    if reference.relation == "between":
        return between(first, wholes[1]) if len(wholes) > 1 else None
    shapes: dict[str, Callable[[], Derived | None]] = {
        "direction": lambda: along(first, reference.distance_m, bearing),
        "near": lambda: near(first),
        "part_of": lambda: part_of(first, bearing),
        "countryside": lambda: countryside(first, bearing),
        "off_coast": lambda: off_coast(first, nearby),
    }
    shape = shapes.get(reference.relation)
    return shape() if shape is not None else None
