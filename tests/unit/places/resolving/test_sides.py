"""A side of a division lies where its settlements on that side do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mapper.geo import distance_m
from mapper.model import Place, PlaceContext, PlaceReference, Precision
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.resolving.resolver import Resolver
from mapper.places.resolving.sides import Sides

DIVISION = Place(
    id="x:strip", name="Exampla", longitude=39.0, latitude=36.0, kind="governorate", country="SY", admin1="Exampla"
)
VILLAGES = tuple(
    Place(
        id=f"x:{n}", name=f"Sample{n}", longitude=39.0, latitude=35.8 + n * 0.02, kind="village", country="SY",
        admin1="Exampla",
    )
    for n in range(21)
)  # fmt: skip


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    return Gazetteer.open((DIVISION, *VILLAGES), world=False, cache=tmp_path, report=lambda _: None)


def test_the_north_is_where_the_northern_third_of_the_villages_lies(gazetteer: Gazetteer) -> None:
    north, south = Sides(gazetteer).of(DIVISION, 0.0), Sides(gazetteer).of(DIVISION, 180.0)
    assert north is not None
    assert south is not None
    assert (round(north.latitude, 2), round(south.latitude, 2)) == (36.14, 35.86)
    assert north.precision is Precision.PART_OF
    assert north.radius_m >= distance_m(39.0, north.latitude, 39.0, 36.18)


def test_a_side_of_a_crowded_division_is_not_drawn_from_what_lies_about_its_middle(tmp_path: Path) -> None:
    crowd = tuple(replace(VILLAGES[0], id=f"x:c{n}", latitude=36.0 + n * 1e-4) for n in range(-300, 300))
    far = tuple(replace(VILLAGES[0], id=f"x:f{n}", latitude=35.2 - n * 1e-4) for n in range(400))
    everything = Gazetteer.open((DIVISION, *crowd, *far), world=False, cache=tmp_path, report=lambda _: None)
    south = Sides(everything).of(DIVISION, 180.0)
    assert south is not None
    assert south.latitude < 35.3


def test_without_a_bearing_or_for_a_village_there_is_no_side(gazetteer: Gazetteer) -> None:
    assert Sides(gazetteer).of(DIVISION, None) is None
    assert Sides(gazetteer).of(VILLAGES[0], 0.0) is None


def test_an_unknown_name_in_the_north_of_a_division_is_placed_there_and_says_so(gazetteer: Gazetteer) -> None:
    asked = PlaceReference(name="Qwertabad", start=0, end=9, containers=("Exampla",), bearing=0.0)
    found = Resolver(gazetteer).resolve(asked, PlaceContext())
    assert found.latitude is not None
    assert found.latitude > 36.1
    assert (found.precision, found.method, found.flags) == (Precision.PART_OF, "relative", ("derived-point",))
