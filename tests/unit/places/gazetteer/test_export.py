"""The own gazetteer for others: what is written can be read back, by us and by the standard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mapper.errors import GazetteerError, OutputError, Problem
from mapper.places.gazetteer import export as gazetteer_export
from mapper.places.gazetteer import own
from mapper.places.importers import detect

PROJECT = Path(__file__).resolve().parents[4] / "gazetteer"


@pytest.mark.parametrize("form", gazetteer_export.FORMS)
def test_what_is_exported_is_imported_again(tmp_path: Path, form: str) -> None:
    problems: list[Problem] = []
    before = own.read_places(PROJECT, problems.append)
    path = tmp_path / "out.json"
    assert gazetteer_export.export(PROJECT, path, problems.append, form=form) == len(before)
    after = list(detect.read_any(path, problems.append))
    assert not problems
    for old, new in zip(before, after, strict=True):
        assert (new.id, new.name, new.longitude, new.latitude) == (old.id, old.name, old.longitude, old.latitude)
        assert (new.kind, new.country, new.radius_m) == (old.kind, old.country, old.radius_m)
        if form == "linked-places":
            assert (new.aliases, new.parent) == (old.aliases, old.parent)


def test_linked_places_says_where_each_thing_is_from(tmp_path: Path) -> None:
    path = tmp_path / "lp.jsonld"
    gazetteer_export.export(PROJECT, path, print)
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert whole["type"] == "FeatureCollection"
    raqqa = next(f for f in whole["features"] if f["@id"] == "sy-raqqa")
    assert raqqa["links"] == [{"type": "closeMatch", "identifier": "gn:172955"}]
    assert raqqa["relations"][0]["label"] == "Raqqa Governorate"
    assert raqqa["types"] == [{"identifier": "aat:300008389", "label": "city"}]
    assert {"toponym", "lang", "citations"} <= set(raqqa["names"][1])
    assert "GeoNames" in raqqa["geometry"]["citations"][0]["label"]


def test_two_exports_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        gazetteer_export.export(PROJECT, tmp_path / name, print, form="geojson")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_an_empty_gazetteer_is_an_empty_collection(tmp_path: Path) -> None:
    assert gazetteer_export.export(tmp_path, tmp_path / "out.json", print) == 0
    assert json.loads((tmp_path / "out.json").read_text())["features"] == []


def test_refusals(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no form of export"):
        gazetteer_export.export(PROJECT, tmp_path / "x", print, form="shapefile")
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        gazetteer_export.export(PROJECT, tmp_path / "file" / "x", print)
