"""Distances on the Earth, and what is no position."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mapper.geo import (
    BEARINGS,
    EARTH_RADIUS_M,
    bearing_deg,
    coordinate_fault,
    covering_circle,
    destination,
    distance_m,
    rounded,
)

longitudes = st.floats(-180, 180)
latitudes = st.floats(-89, 89)
HALF_WAY_ROUND = math.pi * EARTH_RADIUS_M

# Known distances on the sphere: longitude, latitude, longitude, latitude, kilometres.
# A degree of a great circle is 111.195 km; the rest follow from it by symmetry.
KNOWN = [
    (0.0, 0.0, 0.0, 1.0, 111.195),
    (0.0, 0.0, 1.0, 0.0, 111.195),
    (0.0, 60.0, 180.0, 60.0, 60 * 111.195),
    (10.0, -90.0, -75.0, 90.0, 180 * 111.195),
    (39.0, 36.0, 39.0, 36.0, 0.0),
]

# Pairs across the antimeridian, and the same pairs turned by 100 degrees, where nothing is special.
ACROSS = [(179.99, -17.0, -179.99, -17.0), (-179.5, 66.0, 179.2, 65.0), (177.9, 52.0, -176.6, 51.9)]


@pytest.mark.parametrize("known", KNOWN)
def test_known_distances(known: tuple[float, float, float, float, float]) -> None:
    *pair, kilometres = known
    assert distance_m(pair[0], pair[1], pair[2], pair[3]) / 1000 == pytest.approx(kilometres, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("pair", ACROSS)
def test_the_antimeridian_is_a_line_like_any_other(pair: tuple[float, float, float, float]) -> None:
    here = distance_m(*pair)
    turned = distance_m(_turned(pair[0]), pair[1], _turned(pair[2]), pair[3])
    assert here == pytest.approx(turned, rel=1e-3)
    assert here < 500_000


def _turned(longitude: float) -> float:
    return (longitude + 100 + 540) % 360 - 180


@given(longitudes, latitudes, longitudes, latitudes)
def test_a_distance_is_the_same_there_and_back_and_at_most_half_way_round(
    lon_1: float, lat_1: float, lon_2: float, lat_2: float
) -> None:
    there = distance_m(lon_1, lat_1, lon_2, lat_2)
    assert there == pytest.approx(distance_m(lon_2, lat_2, lon_1, lat_1), rel=1e-9, abs=1e-6)
    assert 0 <= there <= HALF_WAY_ROUND * (1 + 1e-12)


@given(longitudes, latitudes, st.floats(0, 360), st.floats(0, 2_000_000))
def test_walking_some_metres_leads_that_far(longitude: float, latitude: float, bearing: float, metres: float) -> None:
    arrived = destination(longitude, latitude, bearing, metres)
    assert -180 <= arrived[0] <= 180
    assert -90 <= arrived[1] <= 90
    assert distance_m(longitude, latitude, *arrived) == pytest.approx(metres, rel=1e-6, abs=0.05)


@given(longitudes, latitudes, st.floats(0, 359.9), st.floats(1_000, 1_000_000))
def test_walking_along_a_bearing_sets_out_in_its_direction(
    longitude: float, latitude: float, bearing: float, metres: float
) -> None:
    arrived = destination(longitude, latitude, bearing, metres)
    assume(abs(arrived[1]) < 89.9)
    turn = (bearing_deg(longitude, latitude, *arrived) - bearing + 180) % 360 - 180
    assert abs(turn) < 0.01


def test_a_walk_across_the_antimeridian_comes_out_on_the_other_side() -> None:
    longitude, latitude = destination(179.9, -17.0, 90.0, 50_000)
    assert longitude == pytest.approx(-179.63, abs=0.01)
    assert latitude == pytest.approx(-17.0, abs=0.01)


@pytest.mark.parametrize("word", BEARINGS)
def test_compass_words_lead_where_they_say(word: str) -> None:
    longitude, latitude = destination(40.0, 35.0, BEARINGS[word], 10_000)
    assert (latitude > 35.001) == ("north" in word)
    assert (latitude < 34.999) == ("south" in word)
    assert (longitude > 40.001) == ("east" in word)
    assert (longitude < 39.999) == ("west" in word)


@given(st.lists(st.tuples(longitudes, latitudes), min_size=1, max_size=6))
def test_a_covering_circle_covers(points: list[tuple[float, float]]) -> None:
    longitude, latitude, radius = covering_circle(points)
    for point in points:
        assert distance_m(longitude, latitude, *point) <= radius + 1e-6


def test_a_covering_circle_across_the_antimeridian_is_small() -> None:
    longitude, latitude, radius = covering_circle([(179.95, -17.0), (-179.95, -17.0)])
    assert abs(longitude) == pytest.approx(180.0, abs=1e-6)
    assert latitude == pytest.approx(-17.0, abs=0.001)
    assert radius == pytest.approx(5_316, rel=0.01)


@pytest.mark.parametrize(
    ("longitude", "latitude", "words"),
    [
        (math.nan, 34.0, "not a number"),
        (40.0, math.inf, "not a number"),
        (180.1, 34.0, "longitude 180.1 is outside"),
        (-999.0, 34.0, "longitude -999 is outside"),
        (40.0, 90.5, "latitude 90.5 is outside"),
        (0.0, 0.0, "missing coordinate"),
        (-0.0, 0.0, "missing coordinate"),
    ],
)
def test_what_is_no_position(longitude: float, latitude: float, words: str) -> None:
    assert words in (coordinate_fault(longitude, latitude) or "")


@given(longitudes, latitudes)
def test_what_is_one(longitude: float, latitude: float) -> None:
    assume((longitude, latitude) != (0.0, 0.0))
    assert coordinate_fault(longitude, latitude) is None


@given(st.floats(-180, 180))
def test_rounding_moves_by_less_than_a_tenth_of_a_metre_and_is_final(degrees: float) -> None:
    written = rounded(degrees)
    assert abs(written - degrees) <= 5e-7 + 1e-12
    assert rounded(written) == written
    assert repr(written) != "-0.0"
