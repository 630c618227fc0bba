"""The world by default: each row of the tables, and the places that everyone asks for."""

from __future__ import annotations

from collections import Counter

import pytest

from mapper.geo import coordinate_fault
from mapper.model import Place
from mapper.places.gazetteer.memory import MemoryIndex
from mapper.places.gazetteer.world import world_digest, world_places
from mapper.places.gazetteer.world_tables import rows


@pytest.fixture(scope="module")
def world() -> list[Place]:
    return list(world_places())


def test_every_row_of_the_tables_becomes_a_place(world: list[Place]) -> None:
    divisions = {(p.country, p.name) for p in world if p.kind == "governorate"}
    assert {(row["country"], row["name"]) for row in rows("divisions.csv")} <= divisions
    countries = {p.country for p in world if p.kind == "country"}
    assert {row["country"] for row in rows("countries.csv")} == countries
    named = {p.name for p in world if p.kind in {"region", "sea"}}
    assert {row["name"] for row in rows("regions.csv")} == named
    assert {row["code"] for row in rows("us_states.csv")} >= {"TX", "DC"}


def test_ids_are_unique_and_positions_possible(world: list[Place]) -> None:
    assert [i for i, count in Counter(p.id for p in world).items() if count > 1] == []
    assert [p for p in world if coordinate_fault(p.longitude, p.latitude)] == []
    assert len(world) > 230_000


def test_cities_know_their_division(world: list[Place]) -> None:
    cities = {(p.country, p.name): p.admin1 for p in world if p.kind == "city"}
    assert cities["SY", "Aleppo"] == "Aleppo"
    assert cities["US", "Houston"] == "Texas"
    assert cities["UA", "Mariupol"] == "Donetsk Oblast"
    assert cities["DE", "Munich"] == "Bavaria"


def test_codes_are_no_names_but_those_of_countries(world: list[Place]) -> None:
    codes = {alias for p in world if p.kind in {"city", "town", "village"} for alias in p.aliases if alias.isascii()}
    assert not [code for code in codes if len(code) <= 4 and code.isupper()]
    states = MemoryIndex([p for p in world if p.kind in {"country", "governorate", "region", "sea"}])
    for name, expected in {
        "US": "United States",
        "U.K.": "United Kingdom",
        "UAE": "United Arab Emirates",
        "Calif.": "California",
        "Mideast": "Middle East",
        "حلب": "Aleppo",
        "Red Sea": "Red Sea",
    }.items():
        assert states.lookup(name)[0].place.name == expected


def test_the_digest_is_of_the_content() -> None:
    assert len(world_digest()) == 64
    assert world_digest() == world_digest()


def test_divisions_and_counties_lie_in_their_middle(world: list[Place]) -> None:
    points = {(p.country, p.admin1, p.name): p for p in world if p.kind in {"governorate", "district"}}
    pernambuco = points["BR", "Pernambuco", "Pernambuco"]
    assert (pernambuco.longitude, pernambuco.latitude) == pytest.approx((-38, -8.3), abs=0.5)
    lamar = points["US", "Texas", "Lamar County"]
    assert (lamar.longitude, lamar.latitude) == pytest.approx((-95.6, 33.7), abs=0.2)
    assert points["PT", "Évora", "Évora"].source == "Natural Earth"
