"""Coordinates and distances.

Longitude comes before latitude, in WGS 84 degrees; distances are metres;
bearings are degrees clockwise from north. The Earth is a sphere of the mean
radius, which is right to 0.6 %: far finer than any place in a news report.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

EARTH_RADIUS_M: Final = 6_371_008.8
DECIMALS: Final = 6

BEARINGS: Final[dict[str, float]] = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
"""Compass words, and the bearing each stands for."""


def coordinate_fault(longitude: float, latitude: float) -> str | None:
    """Say what is wrong with a pair of coordinates.

    Parameters
    ----------
    longitude, latitude : float
        Degrees.

    Returns
    -------
    str or None
        A reason in words, or None for a usable position. The point 0, 0 is
        refused: in practice it means that a number was missing.

    Examples
    --------
    >>> coordinate_fault(40.64, 34.87) is None
    True
    >>> coordinate_fault(40.64, 134.87)
    'latitude 134.87 is outside -90 to 90'
    """
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        return "a coordinate is not a number"
    if not -180.0 <= longitude <= 180.0:
        return f"longitude {longitude:g} is outside -180 to 180"
    if not -90.0 <= latitude <= 90.0:
        return f"latitude {latitude:g} is outside -90 to 90"
    if longitude == 0.0 and latitude == 0.0:
        return "0, 0 is what a missing coordinate looks like"
    return None


def rounded(degrees: float) -> float:
    """Round degrees to the six decimals that are written (about 0.1 m)."""
    return round(degrees, DECIMALS) + 0.0


def distance_m(longitude_1: float, latitude_1: float, longitude_2: float, latitude_2: float) -> float:
    """Measure the great-circle distance between two points.

    Parameters
    ----------
    longitude_1, latitude_1, longitude_2, latitude_2 : float
        Degrees.

    Returns
    -------
    float
        Metres.

    Examples
    --------
    >>> round(distance_m(0.0, 10.0, 0.0, 11.0) / 1000)
    111
    """
    phi_1, phi_2 = math.radians(latitude_1), math.radians(latitude_2)
    half_phi = (phi_2 - phi_1) / 2
    half_lambda = math.radians(longitude_2 - longitude_1) / 2
    h = math.sin(half_phi) ** 2 + math.cos(phi_1) * math.cos(phi_2) * math.sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, h)))


def bearing_deg(longitude_1: float, latitude_1: float, longitude_2: float, latitude_2: float) -> float:
    """Return the initial bearing from the first point to the second, 0 to 360 degrees.

    Examples
    --------
    >>> round(bearing_deg(39.0, 36.0, 40.0, 36.0))
    90
    """
    phi_1, phi_2 = math.radians(latitude_1), math.radians(latitude_2)
    delta = math.radians(longitude_2 - longitude_1)
    y = math.sin(delta) * math.cos(phi_2)
    x = math.cos(phi_1) * math.sin(phi_2) - math.sin(phi_1) * math.cos(phi_2) * math.cos(delta)
    return math.degrees(math.atan2(y, x)) % 360.0


def destination(longitude: float, latitude: float, bearing: float, metres: float) -> tuple[float, float]:
    """Walk from a point along a bearing.

    Parameters
    ----------
    longitude, latitude, bearing : float
        Degrees.
    metres : float
        Distance.

    Returns
    -------
    tuple of float
        Longitude (-180 to 180) and latitude, degrees.

    Examples
    --------
    >>> longitude, latitude = destination(39.0, 36.0, 0.0, 111_195)
    >>> round(longitude, 3), round(latitude, 3)
    (39.0, 37.0)
    """
    angle = metres / EARTH_RADIUS_M
    theta, phi_1 = math.radians(bearing), math.radians(latitude)
    sin_phi = math.sin(phi_1) * math.cos(angle) + math.cos(phi_1) * math.sin(angle) * math.cos(theta)
    phi_2 = math.asin(max(-1.0, min(1.0, sin_phi)))
    y = math.sin(theta) * math.sin(angle) * math.cos(phi_1)
    x = math.cos(angle) - math.sin(phi_1) * sin_phi
    moved = longitude + math.degrees(math.atan2(y, x))
    return (moved + 540.0) % 360.0 - 180.0, math.degrees(phi_2)


def covering_circle(points: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Find the centre of some points, and a radius that reaches them all.

    Parameters
    ----------
    points : sequence of (longitude, latitude)
        At least one; degrees. They may lie on both sides of the antimeridian.

    Returns
    -------
    tuple of float
        Longitude, latitude (degrees) and radius (metres).
    """
    sums = [0.0, 0.0, 0.0]
    for longitude, latitude in points:
        lam, phi = math.radians(longitude), math.radians(latitude)
        sums[0] += math.cos(phi) * math.cos(lam)
        sums[1] += math.cos(phi) * math.sin(lam)
        sums[2] += math.sin(phi)
    centre_lon = math.degrees(math.atan2(sums[1], sums[0]))
    centre_lat = math.degrees(math.atan2(sums[2], math.hypot(sums[0], sums[1])))
    radius = max(distance_m(centre_lon, centre_lat, lon, lat) for lon, lat in points)
    return centre_lon, centre_lat, radius
