"""Names are looked up once each, and of a table of any length no more are remembered than fit in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mapper.model import Place
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.gazetteer.memory import MemoryIndex
from mapper.places.index.build import compile_index
from mapper.places.index.lookup import Index
from mapper.places.names.keys import fold
from mapper.places.names.ranking import Match, compared
from mapper.places.resolving.lookups import Lookups, with_seats

PLACES = [
    Place(id=f"x:{n}", name=f"Sample {n}", longitude=40.0, latitude=35.0 + n / 1e3, kind="village", country="SY")
    for n in range(40)
]


def test_what_is_remembered_does_not_grow_with_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mapper.places.resolving.lookups._NAMES", 3)
    gazetteer = Gazetteer.open(PLACES, world=False, cache=tmp_path, report=lambda _: None)
    remembering = Lookups(gazetteer)
    for _ in range(2):
        for place in PLACES:
            assert remembering.matches(place.name, ["SY"])[0].place == place
            assert remembering._found.cache_info().currsize <= 3
    assert remembering.matches("Sample 39", ["SY"]) is remembering.matches("Sample 39", ["SY"])


@pytest.mark.parametrize(
    ("countries", "expected"), [(["SY"], {"x:home", "x:sounds"}), ([], {"x:home", "x:sounds", "x:like"})]
)
def test_abroad_a_name_must_sound_the_same_and_at_home_have_the_consonants(
    countries: list[str], expected: set[str], tmp_path: Path
) -> None:
    """Elsewhere Hemuntu is Haimanta by chance only; where no country is home, it may be meant."""
    named = {"x:home": ("Hemantu", "SY"), "x:sounds": ("Heimanta", "YE"), "x:like": ("Hemuntu", "YE")}
    places = [
        Place(id=id_, name=name, longitude=40.0, latitude=35.0, kind="village", country=country)
        for id_, (name, country) in named.items()
    ]
    compile_index(places, tmp_path / "a.index", source="test")
    gazetteer = Gazetteer(MemoryIndex([]), {Path("a"): Index.open(tmp_path / "a.index", layer=1)}, {})
    assert {match.place.id for match in Lookups(gazetteer).matches("Haimanta", countries)} == expected


def test_the_village_that_a_district_is_named_after_has_the_district_s_spellings() -> None:
    village = Place(id="x:v", name="al-Sampura", longitude=40.0, latitude=35.0, kind="village", country="SY")
    district = replace(village, id="x:d", name="Sampura", kind="district", longitude=40.1)
    namesake = replace(village, id="x:n", longitude=42.0)
    how, similarity = compared(fold("Sampura"), fold("al-Sampura"))
    assert how == "folded"
    like = [Match(place, place.name, 1, how, similarity) for place in (village, namesake)]
    found = with_seats([*like, Match(district, "Sampura", 1, "exact", 1.0)])
    assert [match.how for match in found] == ["exact", "folded", "exact"]
