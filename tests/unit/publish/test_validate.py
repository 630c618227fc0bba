"""RFC 7946 as a careful reader checks it: what each case is, and what is said of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from mapper.places.everywhere import geonames
from mapper.publish.geojson import Feature, write_features
from mapper.publish.validate import Finding, validate, validate_file

# Rough boxes of a few countries, two of them across the antimeridian.


def _collection(*features: object, **more: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


def _feature(geometry: object, **more: object) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {}, **more}


def _shape(kind: str, coordinates: object) -> dict[str, Any]:
    return _feature({"type": kind, "coordinates": coordinates})


RING = [[40, 30], [41, 30], [41, 31], [40, 31], [40, 30]]
HOLE = [[40.2, 30.2], [40.2, 30.4], [40.4, 30.4], [40.4, 30.2], [40.2, 30.2]]

GOOD: dict[str, object] = {
    "empty": _collection(),
    "null geometry": _collection(_feature(None)),
    "null properties": _collection(_feature(None, properties=None)),
    "point": _collection(_shape("Point", [40.1, 34.2])),
    "point with height": _collection(_shape("Point", [40.1, 34.2, 120])),
    "number as id": _collection(_feature(None, id=1)),
    "line": _collection(_shape("LineString", [[40, 30], [41, 31]])),
    "multi": _collection(_shape("MultiPoint", [[40, 30]]), _shape("MultiLineString", [[[40, 30], [41, 31]]])),
    "polygon": _collection(_shape("Polygon", [RING, HOLE])),
    "multipolygon": _collection(_shape("MultiPolygon", [[RING]])),
    "collection": _collection(
        _feature({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]})
    ),
    "bbox": _collection(bbox=[30, 20, 40, 30]),
    "bbox across the antimeridian": _collection(bbox=[177, -20, -178, -16]),
    "three-dimensional bbox": _collection(bbox=[30, 20, 0, 40, 30, 9]),
    "foreign members": _collection(name="x"),
}

BAD: dict[str, tuple[object, str, str]] = {
    "not an object": ([], "type", "is not `FeatureCollection`"),
    "a bare feature": (_feature(None), "type", "is not `FeatureCollection`"),
    "no features": ({"type": "FeatureCollection"}, "features", "is not a list"),
    "crs": (_collection(crs={"type": "name"}), "crs", "removed from GeoJSON"),
    "crs in a feature": (_collection(_feature(None, crs=1)), "features[0].crs", "removed from GeoJSON"),
    "crs in a geometry": (
        _collection(_feature({"type": "Point", "coordinates": [1, 2], "crs": 1})),
        "features[0].geometry.crs",
        "removed from GeoJSON",
    ),
    "a feature that is none": (_collection(1), "features[0]", "is not an object"),
    "another type": (_collection(_feature(None, type="Thing")), "features[0].type", "is not `Feature`"),
    "no geometry": (_collection({"type": "Feature", "properties": {}}), "features[0].geometry", "is missing"),
    "no properties": (_collection({"type": "Feature", "geometry": None}), "features[0].properties", "is missing"),
    "list of properties": (_collection(_feature(None, properties=[])), "features[0].properties", "neither"),
    "id an object": (_collection(_feature(None, id={})), "features[0].id", "neither text nor a number"),
    "id true": (_collection(_feature(None, id=True)), "features[0].id", "neither text nor a number"),
    "id twice": (_collection(_feature(None, id="a"), _feature(None, id="a")), "features[1].id", "that of features[0]"),
    "geometry a list": (_collection(_feature([])), "features[0].geometry", "neither an object nor null"),
    "unknown geometry": (_collection(_shape("Circle", [1, 2])), "features[0].geometry.type", "not a GeoJSON geometry"),
    "geometries no list": (
        _collection(_feature({"type": "GeometryCollection"})),
        "features[0].geometry.geometries",
        "is not a list",
    ),
    "text as coordinates": (_collection(_shape("Point", ["40", "34"])), "features[0].geometry.coordinates", "no"),
    "one coordinate": (_collection(_shape("Point", [40])), "features[0].geometry.coordinates", "is not a position"),
    "empty point": (_collection(_shape("Point", [])), "features[0].geometry.coordinates", "is not a position"),
    "four coordinates": (_collection(_shape("Point", [1, 2, 3, 4])), "features[0].geometry.coordinates", "not a pos"),
    "NaN": (_collection(_shape("Point", [float("nan"), 34])), "features[0].geometry.coordinates", "is not a position"),
    "true": (_collection(_shape("Point", [True, 34])), "features[0].geometry.coordinates", "is not a position"),
    "longitude": (_collection(_shape("Point", [181, 34])), "features[0].geometry.coordinates", "longitude 181"),
    "latitude": (_collection(_shape("Point", [40, -90.5])), "features[0].geometry.coordinates", "latitude -90.5"),
    "swapped": (_collection(_shape("Point", [34, 140])), "features[0].geometry.coordinates", "may be swapped"),
    "null island": (_collection(_shape("Point", [0, 0])), "features[0].geometry.coordinates", "missing coordinate"),
    "decimals": (_collection(_shape("Point", [40.123456789, 3])), "features[0].geometry.coordinates", "decimals"),
    "nesting": (_collection(_shape("LineString", [1, 2])), "features[0].geometry.coordinates[0]", "is not a position"),
    "line no list": (_collection(_shape("LineString", None)), "features[0].geometry.coordinates", "is not a list"),
    "line of one": (_collection(_shape("LineString", [[1, 2]])), "features[0].geometry.coordinates", "fewer than two"),
    "around the Earth": (
        _collection(_shape("LineString", [[179, 2], [-179, 2]])),
        "features[0].geometry.coordinates",
        "cut it at the antimeridian",
    ),
    "short ring": (_collection(_shape("Polygon", [RING[:3]])), "features[0].geometry.coordinates[0]", "four positions"),
    "open ring": (_collection(_shape("Polygon", [RING[:4]])), "features[0].geometry.coordinates[0]", "does not close"),
    "clockwise": (_collection(_shape("Polygon", [RING[::-1]])), "features[0].geometry.coordinates[0]", "wrong way"),
    "hole": (_collection(_shape("Polygon", [RING, HOLE[::-1]])), "features[0].geometry.coordinates[1]", "wrong way"),
    "flat ring": (_collection(_shape("Polygon", [[[1, 1], [2, 2], [3, 3], [1, 1]]])), "features[0]", "wrong way"),
    "bbox of three": (_collection(bbox=[1, 2, 3]), "bbox", "is not west, south, east, north"),
    "bbox upside down": (_collection(bbox=[30, 40, 31, 30]), "bbox", "south north of its north"),
    "bbox too far": (_collection(bbox=[30, 20, 200, 30]), "bbox", "out of range"),
    "bbox around the Earth": (_collection(bbox=[-179, -20, 179, -16]), "bbox", "west is greater"),
    "bbox of a feature": (_collection(_feature(None, bbox=1)), "features[0].bbox", "is not west"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_the_standard_allows_passes(name: str) -> None:
    assert validate(GOOD[name]) == []


@pytest.mark.parametrize("name", BAD)
def test_what_it_does_not_is_found_where_it_is(name: str) -> None:
    document, path, reason = BAD[name]
    found = validate(document)
    assert any(f.path.startswith(path) and reason in f.reason for f in found), found


def test_a_deliberately_lax_check_would_miss_most_of_these() -> None:
    """What a validator that only tries to parse would say of the bad cases."""

    def lax(document: object) -> bool:
        return isinstance(document, dict) and isinstance(document.get("features"), list)

    assert sum(lax(document) for document, _, _ in BAD.values()) > 30


@given(features=st.lists(samples.features(), max_size=3, unique_by=lambda feature: feature["id"]))
def test_what_mapper_writes_is_valid(features: list[Feature], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("valid") / "a.geojson"
    write_features(features, path)
    # Made-up points lie in no particular country, and the same is said of both forms.
    found = [finding for finding in validate_file(path) if "is outside" not in finding.reason]
    assert found == []
    assert len(validate(json.loads(path.read_bytes()))) == len(validate_file(path))


def test_a_file_that_is_no_strict_json_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text('{"type":"FeatureCollection","features":[{"type":"Feature","id":NaN}]}', encoding="utf-8")
    assert [f.path for f in validate_file(path)] == ["a.geojson"]


@pytest.fixture(scope="module")
def cities() -> list[dict[str, Any]]:
    return list(geonames("cities5000").values())


def _findings(country: str, points: list[tuple[float, float]]) -> list[Finding]:
    shapes = [_shape("Point", [round(x, 6), round(y, 6)]) for x, y in points]
    return validate(_collection(*({**shape, "properties": {"country": country}} for shape in shapes)))


@pytest.mark.parametrize("country", ["SY", "IQ", "YE", "NO", "FJ", "CL"])
def test_swapped_positions_are_noticed_and_right_ones_are_not(country: str, cities: list[dict[str, Any]]) -> None:
    points = [(float(c["longitude"]), float(c["latitude"])) for c in cities if c["countrycode"] == country]
    assert _findings(country, points) == []
    noticed = {finding.path.split(".")[0] for finding in _findings(country, [(y, x) for x, y in points])}
    # Some positions lie in the same country either way round: nobody can tell those.
    assert len(noticed) >= 0.95 * len(points)


def test_a_point_far_from_the_country_is_noticed_but_not_one_at_sea() -> None:
    """A strike on a boat is told of with the country of its coast."""
    far = {**_shape("Point", [3.0, 50.0]), "properties": {"country": "YE", "precision": "village"}}
    at_sea = {**far, "properties": {"country": "YE", "precision": "sea"}}
    assert [str(f) for f in validate(_collection(far, at_sea))] == ["features[0].geometry may be wrong: is outside YE"]


def test_a_suspicion_reads_as_one() -> None:
    assert str(Finding("a", "is odd", certain=False)) == "a may be wrong: is odd"
    assert str(Finding("a", "is wrong")) == "a is wrong"
