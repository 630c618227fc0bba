"""Tables and maps that other people wrote become incidents, and every doubt is said aloud."""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import InputError, Problem
from mapper.publish import geojson
from mapper.publish.any_incidents import read_any
from mapper.publish.any_positions import Order, position_in
from mapper.publish.any_values import number_of, toll_range
from mapper.publish.kept import surely_keeps
from mapper.publish.tables import write_csv
from mapper.table_dates import day_range

SYNTHETIC = runpy.run_path(str(Path(__file__).resolve().parents[3] / "benchmarks" / "synthetic.py"))


def read(path: Path, **columns: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    problems: list[Problem] = []
    features = list(read_any(path, columns, problems.append))
    for feature in features:
        assert geojson.feature_faults(feature) == [] or feature["properties"]["sources"]
    return features, problems


def test_a_plain_table_with_usual_column_names(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(
        "Event Date;Lat;Lon;Location;Fatalities;Source;Notes\n"
        "2018-02-03;34.5;40.9;Sunny Hill;12-15;Hill Post;A raid on the hill\n"
        "2018-02;91;40.9;Deep Vale;a few;Vale Wire;“Second”\n",
        encoding="utf-8",
    )
    features, problems = read(path)
    first, second = (feature["properties"] for feature in features)
    assert features[0]["geometry"]["coordinates"] == [40.9, 34.5]
    assert (first["killed_min"], first["killed_max"]) == (12, 15)
    assert first["sources"][0]["publisher"] == "Hill Post"
    assert first["title"] == "A raid on the hill"
    assert first["method"] == "given"
    assert features[1]["geometry"] is None
    assert (second["date_start"], second["date_end"]) == ("2018-02-01", "2018-02-28")
    assert [problem.what.split(" ")[0] for problem in problems] == ["killed", "latitude"]


@pytest.mark.parametrize("column", ["event_id", "Event ID", "eventid", "unique_id"])
def test_what_an_incident_is_called_by_in_its_own_table_is_kept(tmp_path: Path, column: str) -> None:
    path = tmp_path / "events.csv"
    path.write_text(f"{column},lat,lon\nQ-17,34,40\n", encoding="utf-8")
    assert [feature["id"] for feature in read(path)[0]] == ["Q-17"]


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("breite,laenge,was\n34,40,Etwas\n", encoding="utf-8")
    features, _ = read(path, latitude="breite", longitude="laenge", title="was")
    assert features[0]["geometry"]["coordinates"] == [40.0, 34.0]
    assert features[0]["properties"]["title"] == "Etwas"
    with pytest.raises(InputError, match="has no column 'hoehe'"):
        read(path, title="hoehe")
    with pytest.raises(InputError, match="Say which is which"):
        read(path)


def test_an_export_comes_back_as_it_was(tmp_path: Path) -> None:
    feature = next(_features(1))
    write_csv([feature], tmp_path / "incidents.csv")
    features, problems = read(tmp_path / "incidents.csv")
    assert features == [feature]
    assert problems == []
    geojson.write_features([feature], tmp_path / "incidents.geojson")
    assert read(tmp_path / "incidents.geojson") == ([feature], [])


def _features(count: int) -> Iterator[dict[str, Any]]:
    root = Path(__file__).resolve().parents[3]
    features: Iterator[dict[str, Any]] = runpy.run_path(str(root / "benchmarks" / "synthetic.py"))["features"](count)
    return features


def test_foreign_geojson_keeps_what_it_can(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    square = [[[10, 40], [12, 40], [12, 42], [10, 42], [10, 40]]]
    rows: list[tuple[object, object]] = [
        ({"name": "One", "deaths": 3, "id": 7}, {"type": "Point", "coordinates": [10, 40]}),
        ({"name": "Two", "id": 7}, {"type": "Polygon", "coordinates": square}),
        (None, None),
        ({"claims": [{"kind": "toll"}], "sources": "x"}, {"type": "Point", "coordinates": ["a"]}),
    ]
    items = [{"type": "Feature", "properties": row, "geometry": geometry} for row, geometry in rows]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": items}), encoding="utf-8")
    features, problems = read(path)
    assert [feature["id"] for feature in features] == ["7", "7-2", "row-3", "row-4"]
    assert features[0]["properties"]["killed_min"] == 3
    assert features[1]["geometry"]["coordinates"] == pytest.approx([10.8, 41.0], abs=0.4)
    assert len(problems) == 3


@pytest.mark.parametrize(
    "content", [b"", b"one line\n", b"\xff\xfe\x00", b'{"type":"Topology"}', b"[1,2]", b"a,b\n\xe9,1\n"]
)
def test_what_is_no_table_and_no_map_is_refused_with_a_reason(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"x\.csv"):
        read(path)
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "absent.csv")


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_values(text: str) -> None:
    found = toll_range(text)
    if found is not None and None not in found:
        low, high = found
        assert low is not None
        assert high is not None
        assert 0 <= low <= high
    days = day_range(text)
    assert days is None or days[0] <= days[1]
    assert number_of(text) is None or number_of(text) == number_of(text)


def test_what_is_surely_kept_keeps_the_contract_and_is_drawn_as_it_is(tmp_path: Path) -> None:
    features = list(SYNTHETIC["features"](40))
    geojson.write_features(features, tmp_path / "own.geojson")
    assert all(map(surely_keeps, features))
    found, problems = read(tmp_path / "own.geojson")
    assert found == features
    assert problems == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("id",), ""),
        (("type",), "Thing"),
        (("geometry", "type"), "Polygon"),
        (("geometry", "coordinates"), [200.0, 10.0]),
        (("geometry", "coordinates"), [1.23456789, 10.0]),
        (("properties", "role"), "leading"),
        (("properties", "date_start"), "3 Feb"),
        (("properties", "killed_min"), -1),
        (("properties", "killed_min"), True),
        (("properties", "score"), "high"),
        (("properties", "actors"), [3]),
        (("properties", "sources", 0, "sha256"), "short"),
        (("properties", "claims", 0, "kind"), "guess"),
        (("properties", "claims", 0, "quote"), ""),
        (("properties", "claims", 0, "start"), -4),
        (("properties", "claims", 0, "detail"), {"a": []}),
        (("properties", "more"), "of theirs"),
    ],
)
def test_a_feature_with_anything_else_is_looked_at_in_full(path: tuple[str | int, ...], value: object) -> None:
    feature = next(f for f in SYNTHETIC["features"](20) if f["geometry"] and f["properties"]["actors"])
    *before, last = path
    inner: Any = feature
    for step in before:
        inner = inner[step]
    inner[last] = value
    assert not surely_keeps(feature)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03 February 2018", ("2018-02-03", "2018-02-03")),
        ("3 feb 2018", ("2018-02-03", "2018-02-03")),
        ("Sept. 3, 2018", ("2018-09-03", "2018-09-03")),
        ("February 2018", ("2018-02-01", "2018-02-28")),
        ("2018/02/03", ("2018-02-03", "2018-02-03")),
        ("2018-02-03 00:00:00.000", ("2018-02-03", "2018-02-03")),
        ("20180203", ("2018-02-03", "2018-02-03")),
        ("13/02/2018", ("2018-02-13", "2018-02-13")),
        ("2/28/2018", ("2018-02-28", "2018-02-28")),
        ("03.03.2018", ("2018-03-03", "2018-03-03")),
        ("03/02/2018", None),
        ("43134", None),
        ("31 February 2018", None),
        ("3 Foo 2018", None),
    ],
)
def test_a_date_is_read_where_it_means_one_day_alone(text: str, expected: tuple[str, str] | None) -> None:
    assert day_range(text) == expected


def test_a_date_that_may_be_read_two_ways_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("date,lat,lon,title\n03/02/2018,34,40,Mill\n", encoding="utf-8")
    (feature,), (problem,) = read(tmp_path / "a.csv")
    assert feature["properties"]["date_start"] == ""
    assert "day first or month first; write the year first, such as 2018-02-03" in problem.what


def test_columns_of_lower_and_upper_counts_are_the_ends_of_the_range(tmp_path: Path) -> None:
    head = "Unique Reference Code,Incident Date,Location,Latitude,Longitude"
    head += ",Minimum civilian deaths,Maximum civilian deaths"
    (tmp_path / "a.csv").write_text(f"{head}\nZ1,2018-02-03,Mill Road,34.5,40.9,3,7\n", encoding="utf-8")
    (feature,), problems = read(tmp_path / "a.csv")
    properties = feature["properties"]
    assert (feature["id"], properties["killed_min"], properties["killed_max"]) == ("Z1", 3, 7)
    assert problems == []


def test_coordinates_that_are_not_degrees_and_missing_ones_say_what_to_do(tmp_path: Path) -> None:
    metres = {
        "type": "Feature",
        "properties": {"name": "Mill"},
        "geometry": {"type": "Point", "coordinates": [4e6, 4e6]},
    }
    (tmp_path / "a.json").write_text(json.dumps({"type": "FeatureCollection", "features": [metres]}))
    (tmp_path / "b.csv").write_text('where,title\n"34, 40",Mill\n', encoding="utf-8")
    for name, advice in (("a.json", "export it again in WGS 84"), ("b.csv", "--map longitude=THEIRS")):
        (feature,), (problem,) = read(tmp_path / name)
        assert feature["geometry"] is None
        assert advice in problem.what


_MILL = {"type": "Feature", "properties": {"name": "Mill"}, "geometry": {"type": "Point", "coordinates": [40, 35]}}
_WEIR = {"type": "Feature", "id": 9, "properties": {"name": "Weir"}, "geometry": None}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"type": "FeatureCollection", "features": [_MILL, _WEIR]}, indent=1),
        json.dumps([_MILL, _WEIR]),
        f"{json.dumps(_MILL)}\n{json.dumps(_WEIR)}\n",
        f"\ufeff{json.dumps(_MILL)}\r\n\r\n{json.dumps(_WEIR)}",
        f"\x1e{json.dumps(_MILL)}\n\x1e{json.dumps(_WEIR)}\n",
        json.dumps([{"name": "Mill", "lon": 40, "lat": 35}, {"name": "Weir", "id": 9}]),
        '{"name": "Mill", "lat, lon": "35, 40"}\n{"name": "Weir", "id": 9}\n',
    ],
    ids=["collection", "list", "lines", "lines-of-windows", "sequence", "objects", "objects-a-line"],
)
def test_json_is_read_in_whatever_form_it_lists_incidents(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8", newline="")
    (mill, weir), problems = read(tmp_path / "a.json")
    assert (mill["properties"]["title"], weir["properties"]["title"], weir["id"]) == ("Mill", "Weir", "9")
    assert mill["geometry"]["coordinates"] == [40, 35]
    assert problems == []


def test_one_feature_alone_is_a_file_of_one(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(_MILL, indent=2), encoding="utf-8")
    (mill,), problems = read(tmp_path / "a.json")
    assert mill["geometry"]["coordinates"] == [40, 35]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('{"type": "Polygon", "coordinates": []}', "is a Polygon alone"),
        ('{"data": [{"name": "Mill"}], "count": 1}', "what stands under 'data', save that list by itself"),
        ('{"name": "Mill"}', "FeatureCollection, a feature, a list"),
        ('{"name": "Mill"}\n{"name": NaN}\n', "line 2 is not strict JSON"),
        ('[{"name": "Mill"}, 5]', "feature 2: is not a GeoJSON feature"),
    ],
)
def test_json_that_lists_no_incidents_is_refused_with_what_to_give(tmp_path: Path, text: str, advice: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=advice):
        read(tmp_path / "a.json")


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("Lat, Lon", "35.5, 40.25", [40.25, 35.5]),
        ("lat/lng", "(35.5 / 40.25)", [40.25, 35.5]),
        ("lonlat", "40.25;35.5", [40.25, 35.5]),
        ("Coordinates", "35.5°N, 40.25°E", [40.25, 35.5]),
        ("Coordinates", "12.5, -120.25", [-120.25, 12.5]),
        ("WKT", "POINT Z (40.25 35.5 12)", [40.25, 35.5]),
        ("gps", "35.5S 40.25W", [-40.25, -35.5]),
    ],
)
def test_a_position_in_one_column_is_read(tmp_path: Path, heading: str, cell: str, expected: list[float]) -> None:
    (tmp_path / "a.csv").write_text(f'title,"{heading}"\nMill,"{cell}"\n', encoding="utf-8")
    (feature,), problems = read(tmp_path / "a.csv")
    assert feature["geometry"]["coordinates"] == expected
    assert problems == []


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("35.5, 40.25", "either way: say --map latlon=THEIRS"),
        ("by the mill", "no pair of degrees"),
        ("35N, 36N", "two latitudes"),
        ("135, 140", "either way"),
    ],
)
def test_a_position_that_may_be_another_is_told_and_not_guessed(tmp_path: Path, cell: str, advice: str) -> None:
    (tmp_path / "a.csv").write_text(f'title,coordinates\nMill,"{cell}"\n', encoding="utf-8")
    (feature,), (problem,) = read(tmp_path / "a.csv")
    assert feature["geometry"] is None
    assert advice in problem.what
    (feature,), _ = read(tmp_path / "a.csv", latlon="coordinates")
    assert (feature["geometry"] is not None) == (cell == "35.5, 40.25")


@given(st.text(max_size=60), st.sampled_from(["latlon", "lonlat", ""]))
def test_no_text_breaks_the_reading_of_positions(text: str, order: Order) -> None:
    found = position_in(text, order)
    assert isinstance(found, str) or len(found) == 2


def test_a_spreadsheet_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(InputError, match="Save it as “CSV UTF-8”"):
        read(tmp_path / "a.xlsx")
