"""Where countries lie: the table is what it was made of, and swapped axes are told from right ones."""

from __future__ import annotations

import itertools
import os
from collections import Counter

import country_table
import pytest

from mapper.countries import TABLE, UNITS, decoded, encoded, extent_of, looks_swapped, outline_of
from mapper.places.everywhere import geonames

City = tuple[float, float, str]
# Countries a good part of which lies in the same country also when its axes are exchanged: nobody can tell there.
ALIKE = {"NG", "EG", "GE", "RU", "TR", "TD"}


@pytest.fixture(scope="module")
def cities() -> list[City]:
    listed = geonames("cities5000").values()
    return [(float(c["longitude"]), float(c["latitude"]), str(c["countrycode"])) for c in listed]


def test_the_table_is_what_it_was_made_of() -> None:
    if not country_table.ATLAS.is_file() and os.environ.get("MAPPER_NO_SKIPS") != "1":
        pytest.skip("the map's packages are not installed: make test installs them")
    assert TABLE.read_text(encoding="ascii") == country_table.table()


def test_swapped_axes_are_told_for_95_of_100_cities_of_each_country(cities: list[City]) -> None:
    told: Counter[str] = Counter()
    asked = Counter(country for _, _, country in cities)
    for longitude, latitude, country in cities:
        told[country] += abs(longitude) > 90 or looks_swapped(latitude, longitude, country)
    assert {country for country, count in asked.items() if told[country] < 0.95 * count} <= ALIKE


def test_no_city_of_the_world_is_taken_for_a_swapped_one(cities: list[City]) -> None:
    assert not [city for city in cities if looks_swapped(*city)]


def test_every_city_lies_in_its_own_country(cities: list[City]) -> None:
    assert all(extent_of(country).holds(lon, lat) for lon, lat, country in cities)  # type: ignore[union-attr]


def test_an_unknown_country_is_no_reason_to_refuse() -> None:
    assert extent_of("ZZ") is None
    assert outline_of("ZZ") == ()
    assert not looks_swapped(10.0, 20.0, "ZZ")


def test_outlines_run_on_past_the_antimeridian_and_never_jump() -> None:
    rings = [ring for country in ("RU", "FJ", "US", "NZ") for ring in outline_of(country)]
    assert max(longitude for ring in rings for longitude, _ in ring) > 180
    assert max(abs(a[0] - b[0]) for ring in rings for a, b in itertools.pairwise(ring)) < 60


def test_steps_are_written_and_read_alike() -> None:
    steps = [(-9000, 4500), (0, 0), (9000, -4500), (9000, -4499), (-9000, -4499)]
    assert decoded(encoded(steps)) == tuple((x / UNITS, y / UNITS) for x, y in [*steps, steps[0]])
