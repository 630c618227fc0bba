"""What is held back when incidents leave the house.

An answer of a geocoder that nobody has reviewed is no place yet; and a place
that could lead somebody to people's doors may be written no finer than a
district.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, Final

from mapper.geo import distance_m, rounded
from mapper.model import RADIUS_M, Precision
from mapper.publish import contract
from mapper.publish.geojson import Feature

CELL_DEG: Final = 0.2
"""Side of the cells to whose centres coordinates are moved, degrees: 22 km from north to south."""

UNREVIEWED: Final = "unreviewed-place-withheld"
"""Flag of an incident whose place only a geocoder gave, and nobody has reviewed."""

COARSENED: Final = "coordinates-coarsened"
"""Flag of an incident whose coordinates were moved to the centre of a cell."""

_MILLION: Final = 10**6
_ALREADY_COARSE: Final = frozenset({"district", "governorate", "country", "sea"})
_OF_THE_PLACE: Final = (
    "place_name",
    "place_id",
    "admin1",
    "country",
    "precision",
    "uncertainty_m",
    "method",
    "score",
    "needs_review",
    "candidates",
)


def is_unreviewed(feature: Feature) -> bool:
    """Say whether the place of a feature is a geocoder's answer that nobody has reviewed."""
    properties = feature["properties"]
    return bool(properties["needs_review"]) and properties["method"] == "geocoder"


def without_unreviewed(features: Iterable[Feature]) -> Iterator[Feature]:
    """Leave out places that only a geocoder gave; the incidents stay, without one."""
    for feature in features:
        if not is_unreviewed(feature):
            yield feature
            continue
        properties = {**feature["properties"], **{name: contract.EMPTY[name] for name in _OF_THE_PLACE}}
        yield {**feature, "geometry": None, "properties": _flagged(properties, UNREVIEWED)}


def coarsened(feature: Feature) -> Feature:
    """Write the position of a feature no finer than a district.

    The point moves to the centre of its cell of `CELL_DEG` degrees, the
    circle grows to hold the place wherever in the cell it is, candidates move
    alike, and identifiers that lead to the exact position are emptied. Names
    and quotes stay: a list of withheld names is the means against those.

    Parameters
    ----------
    feature : dict
        One that keeps the contract. It is left as it is.

    Returns
    -------
    dict
        A feature that keeps the contract; the same one where it is as coarse already.
    """
    properties = feature["properties"]
    is_coarse = properties["precision"] in _ALREADY_COARSE
    finest = [candidate for candidate in properties["candidates"] if candidate["kind"] not in _ALREADY_COARSE]
    nothing_fine = not finest and (is_coarse or feature["geometry"] is None)
    if nothing_fine or COARSENED in properties["flags"]:
        return feature
    changed = {**properties, "place_id": "", "candidates": [_moved(c) for c in properties["candidates"]]}
    geometry = feature["geometry"]
    if geometry is not None and not is_coarse:
        longitude, latitude = geometry["coordinates"]
        geometry = {"type": "Point", "coordinates": list(cell_centre(longitude, latitude))}
        reach = _half_diagonal(latitude) + (properties["uncertainty_m"] or 0)
        changed["uncertainty_m"] = min(max(RADIUS_M[Precision.DISTRICT], reach), contract.LARGEST_INTEGER)
        changed["precision"] = Precision.DISTRICT.value
    return {**feature, "geometry": geometry, "properties": _flagged(changed, COARSENED)}


def cell_centre(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the centre of the cell that a position lies in, degrees.

    Examples
    --------
    >>> cell_centre(40.6412, 34.8733)
    (40.7, 34.9)
    """
    return _centre(longitude, 180.0), _centre(latitude, 90.0)


def _centre(degrees: float, end: float) -> float:
    # In whole millionths of a degree, as written: 34.8 / 0.2 is less than 174 in binary.
    side, millionths = round(CELL_DEG * _MILLION), round(degrees * _MILLION)
    # The far edge of the Earth belongs to its last cell.
    cell = min(millionths // side, round(end * _MILLION) // side - 1)
    return rounded((cell * side + side // 2) / _MILLION)


def _half_diagonal(latitude: float) -> int:
    """Measure from the centre of a cell to the corner nearest the equator, metres."""
    south = max(0.0, abs(latitude) - CELL_DEG)
    return math.ceil(distance_m(0.0, south, CELL_DEG / 2, south + CELL_DEG / 2))


def _moved(candidate: dict[str, Any]) -> dict[str, Any]:
    longitude, latitude = cell_centre(candidate["longitude"], candidate["latitude"])
    return {**candidate, "id": "", "longitude": longitude, "latitude": latitude}


def _flagged(properties: dict[str, Any], flag: str) -> dict[str, Any]:
    return {**properties, "flags": [*(f for f in properties["flags"] if f != flag), flag]}
