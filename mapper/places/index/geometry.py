"""Boxes around points, for finding what lies near."""

from __future__ import annotations

from math import cos, radians
from typing import Final

_M_PER_DEGREE: Final = 111_000.0
Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


def boxes_around(longitude: float, latitude: float, metres: float) -> list[Box]:
    """Return one box, or two where the 180th meridian parts it, that holds all within `metres` of a point.

    Examples
    --------
    >>> [[round(side, 2) for side in box] for box in boxes_around(179.95, 0, 11_100)]
    [[179.85, -0.1, 180.0, 0.1], [-180.0, -0.1, -179.95, 0.1]]
    >>> boxes_around(10, 89.99, 50_000)[0][0]
    -180.0
    """
    height = metres / _M_PER_DEGREE
    south, north = max(-90.0, latitude - height), min(90.0, latitude + height)
    shrink = cos(radians(max(abs(south), abs(north))))
    width = height / shrink if shrink > 1e-3 else 360.0
    if width >= 180.0:
        return [(-180.0, south, 180.0, north)]
    west, east = longitude - width, longitude + width
    if west < -180.0:
        return [(-180.0, south, east, north), (west + 360.0, south, 180.0, north)]
    if east > 180.0:
        return [(west, south, 180.0, north), (-180.0, south, east - 360.0, north)]
    return [(west, south, east, north)]
