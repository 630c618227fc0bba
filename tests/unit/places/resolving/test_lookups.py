"""Names are looked up once each, and of a table of any length no more are remembered than fit in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper.model import Place
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.resolving.lookups import Lookups

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
            assert len(remembering._found) <= 3
    assert remembering.matches("Sample 39", ["SY"]) is remembering.matches("Sample 39", ["SY"])
