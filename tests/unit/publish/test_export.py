"""Each format holds the same incidents, whoever reads it back."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyogrio
import pytest
import samples
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import InputError, OutputError, Problem
from mapper.publish import frame, geojson, tables
from mapper.publish.export import WRITERS, export
from mapper.publish.geojson import Feature, feature_faults, read_features, write_features
from mapper.publish.validate import validate_file

KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture
def given_file(tmp_path: Path) -> Path:
    second = samples.sample(title="No place", killed_min=None, date_start="", date_end="")
    second |= {"id": "incident-2", "geometry": None}
    path = tmp_path / "incidents.geojson"
    write_features([samples.sample(), second], path)
    return path


def _read(path: Path) -> list[Feature]:
    """Read an export back with the tools of its users."""
    match path.suffix:
        case ".geojson":
            return list(read_features(path))
        case ".csv":
            return list(tables.read_csv(path))
        case ".kml":
            return list(_placemarks(path))
        case ".parquet":
            return list(frame.from_geodataframe(geopandas.read_parquet(path)))
        case _:
            layer = "incidents" if path.suffix == ".gpkg" else None
            return list(frame.from_geodataframe(geopandas.read_file(path, layer=layer)))


def _placemarks(path: Path) -> Iterator[Feature]:
    for number, placemark in enumerate(ET.parse(path).getroot().iter(f"{KML}Placemark"), 1):
        row = {data.get("name", ""): data.findtext(f"{KML}value") for data in placemark.iter(f"{KML}Data")}
        cells = {name: cell for name, cell in row.items() if cell is not None}
        made = tables.feature_of(cells, f"placemark {number}")
        point = placemark.findtext(f"{KML}Point/{KML}coordinates")
        assert (point is None) == (made["geometry"] is None)
        if point is not None:
            assert [float(degrees) for degrees in point.split(",")] == made["geometry"]["coordinates"]
        yield made


def _hidden(features: list[Feature]) -> list[str]:
    """Look past the one thing that GDAL's formats change: NUL is shown as U+FFFD."""
    return sorted(json.dumps(feature, sort_keys=True).replace("\\u0000", "\\ufffd") for feature in features)


@pytest.mark.parametrize("ending", WRITERS)
def test_every_format_gives_the_incidents_back(given_file: Path, tmp_path: Path, ending: str) -> None:
    output = tmp_path / f"out{ending}"
    assert export(given_file, output) == 2
    assert sorted(_read(output), key=lambda feature: feature["id"]) == list(read_features(given_file))


@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".parquet"])
@settings(max_examples=15)
@given(features=st.lists(samples.features(), min_size=1, max_size=3, unique_by=lambda feature: feature["id"]))
def test_formats_of_gdal_and_arrow_hold_anything(
    ending: str, features: list[Feature], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("export")
    write_features(features, folder / "given.geojson")
    output = folder / f"out{ending}"
    export(folder / "given.geojson", output, include_unreviewed=True)
    read = sorted(_read(output), key=lambda feature: str(feature["id"]))
    expected = sorted(features, key=lambda feature: str(feature["id"]))
    if ending == ".parquet":
        assert read == expected
    assert _hidden(read) == _hidden(expected)


@given(features=st.lists(samples.features(), max_size=3, unique_by=lambda feature: feature["id"]))
def test_kml_is_well_formed_whatever_the_text(
    features: list[Feature], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("export")
    write_features(features, folder / "given.geojson")
    export(folder / "given.geojson", folder / "out.kml", include_unreviewed=True)
    placemarks = list(ET.parse(folder / "out.kml").getroot().iter(f"{KML}Placemark"))
    assert len(placemarks) == len(features)


def test_the_balloon_of_a_pin_says_how_exactly_its_place_is_known(tmp_path: Path) -> None:
    one = geojson.feature(samples.incident(), {samples.ARTICLE.id: samples.ARTICLE})
    one["properties"] |= {
        "place_as_written": "<b>the mill</b>",
        "precision": "part_of",
        "uncertainty_m": 3500,
        "method": "parent",
        "needs_review": True,
    }
    write_features([one], tmp_path / "given.geojson")
    export(tmp_path / "given.geojson", tmp_path / "out.kml")
    told = ET.parse(tmp_path / "out.kml").getroot().findtext(f".//{KML}description") or ""
    head = "<p>Place as written: &lt;b&gt;the mill&lt;/b&gt;; point: part of; within 3.5 km; "
    assert told.startswith(f"{head}only the wider place is known; needs review.</p>")


@pytest.mark.parametrize("ending", WRITERS)
def test_the_same_incidents_give_the_same_bytes(given_file: Path, tmp_path: Path, ending: str) -> None:
    hashes = set()
    for name in ("a", "b"):
        output = tmp_path / name / f"out{ending}"
        export(given_file, output)
        hashes.add(hashlib.sha256(output.read_bytes()).hexdigest())
        assert [path.name for path in output.parent.iterdir()] == [output.name]
    assert len(hashes) == 1


def test_a_geopackage_has_three_layers_that_fit_together(given_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.gpkg"
    export(given_file, output)
    assert pyogrio.list_layers(output).tolist() == [["incidents", "Point"], ["claims", None], ["sources", None]]
    incidents = geopandas.read_file(output, layer="incidents")
    claims = pyogrio.read_dataframe(output, layer="claims")
    sources = pyogrio.read_dataframe(output, layer="sources")
    assert set(claims["incident"]) == set(incidents["id"])
    assert set(claims["source"]) == set(sources["id"])
    assert claims["start"].tolist() == [claim.start for claim in samples.CLAIMS] * 2
    assert incidents.crs.to_epsg() == 4326
    assert incidents["date_start"].tolist() == ["2018-02-02", ""], "dates stay text"
    assert pyogrio.read_info(output, layer="incidents")["dtypes"].tolist().count("int32") == 0
    assert incidents["killed_min"].isna().tolist() == [False, True]


def test_ogrinfo_reads_the_formats_of_gdal(given_file: Path, tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is not on this machine (Debian: gdal-bin)")
    for ending in (".gpkg", ".fgb", ".kml", ".geojson"):
        output = tmp_path / f"out{ending}"
        export(given_file, output)
        done = subprocess.run(["ogrinfo", "-ro", "-al", "-so", output], capture_output=True, text=True, check=True)
        assert "Feature Count: 2" in done.stdout
        assert "ERROR" not in done.stderr


def test_the_same_is_said_by_the_library_behind_ogrinfo(given_file: Path, tmp_path: Path) -> None:
    for ending in (".gpkg", ".fgb", ".kml", ".geojson"):
        output = tmp_path / f"out{ending}"
        export(given_file, output)
        layer = "incidents" if ending in {".gpkg", ".kml"} else None
        assert pyogrio.read_info(output, layer=layer, force_feature_count=True)["features"] == 2


def test_kml_shows_quotes_as_text_not_as_markup(tmp_path: Path) -> None:
    made = samples.sample(title="<img src=x>")
    made["properties"]["claims"][0]["quote"] = "<script>alert(1)</script>"
    write_features([made], tmp_path / "given.geojson")
    export(tmp_path / "given.geojson", tmp_path / "out.kml")
    placemark = next(ET.parse(tmp_path / "out.kml").getroot().iter(f"{KML}Placemark"))
    assert placemark.findtext(f"{KML}name") == "<img src=x>"
    description = placemark.findtext(f"{KML}description") or ""
    assert "&lt;script&gt;" in description
    assert "<script" not in description
    assert placemark.findtext(f"{KML}TimeSpan/{KML}begin") == "2018-02-02"


def test_unreviewed_places_are_left_out_and_told_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "given.geojson"
    write_features([samples.sample(method="geocoder", needs_review=True), samples.sample()], path)
    told: list[Problem] = []
    export(path, tmp_path / "a.geojson", report=told.append)
    first, second = read_features(tmp_path / "a.geojson")
    assert first["geometry"] is None
    assert second["geometry"] is not None
    assert "1 places that only a geocoder gave were left out" in str(told[0])
    export(path, tmp_path / "b.geojson", include_unreviewed=True, report=told.append)
    assert (tmp_path / "b.geojson").read_bytes() == path.read_bytes()
    assert len(told) == 1


@pytest.mark.parametrize("ending", WRITERS)
def test_no_format_holds_a_fine_coordinate_after_coarsening(given_file: Path, tmp_path: Path, ending: str) -> None:
    output = tmp_path / f"out{ending}"
    export(given_file, output, precision="district")
    for feature in _read(output):
        assert feature["geometry"] in (None, {"type": "Point", "coordinates": [40.7, 34.9]})
    assert b"40.641" not in output.read_bytes()
    assert b"own:tell-example" not in output.read_bytes()


def test_an_unknown_ending_is_refused_with_those_that_are_known(given_file: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.csv \.gpkg \.parquet \.fgb \.kml \.geojson"):
        export(given_file, tmp_path / "out.shp")
    with pytest.raises(InputError, match="only CSV has a byte order mark"):
        export(given_file, tmp_path / "out.gpkg", bom=True)


def test_broken_input_leaves_the_old_export(given_file: Path, tmp_path: Path) -> None:
    for ending in WRITERS:
        if ending == ".geojson":
            continue
        output = tmp_path / f"out{ending}"
        output.write_bytes(b"old")
        (tmp_path / "broken.geojson").write_bytes(
            given_file.read_bytes().replace(b'"killed_min":3', b'"killed_min":NaN')
        )
        with pytest.raises(InputError):
            export(tmp_path / "broken.geojson", output)
        assert output.read_bytes() == b"old"


def test_parquet_without_pyarrow_says_what_to_install(
    given_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(OutputError, match=r"needs pyarrow\. .*mapper\[parquet\]"):
        export(given_file, tmp_path / "out.parquet")


@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".parquet", ".csv", ".kml"])
def test_no_incidents_is_a_file_too(tmp_path: Path, ending: str) -> None:
    write_features([], tmp_path / "none.geojson")
    assert export(tmp_path / "none.geojson", tmp_path / f"out{ending}") == 0
    assert _read(tmp_path / f"out{ending}") == []


@pytest.mark.parametrize("name", ["a b.gpkg", "a|b.gpkg", "zip:x.gpkg", "\u0642.gpkg", "-x.gpkg", "a?b=c.gpkg"])
def test_a_name_that_gdal_might_take_for_something_else_is_a_name(given_file: Path, tmp_path: Path, name: str) -> None:
    export(given_file, tmp_path / "odd" / name)
    assert [path.name for path in (tmp_path / "odd").iterdir()] == [name]
    assert (tmp_path / "odd" / name).read_bytes().startswith(b"SQLite format 3")


@given(features=st.lists(samples.features(), max_size=3))
def test_a_geodataframe_and_back(features: list[Feature]) -> None:
    table = frame.to_geodataframe(features)
    assert len(table) == len(features)
    assert list(frame.from_geodataframe(table)) == features


def test_a_geodataframe_of_someone_else_needs_only_its_points() -> None:
    given: Any = geopandas.GeoDataFrame(
        {
            "title": ["a", "b"],
            "date_start": pd.to_datetime(["2018-02-02", None]),
            "killed_min": [1.0, None],
            "x": [1, 2],
        },
        geometry=[shapely.Point(4_000_000, 4_000_000), None],
        crs=3857,
    )
    first, second = frame.from_geodataframe(given)
    assert first["geometry"]["coordinates"] == [35.932611, 33.78523]
    assert (first["id"], first["properties"]["killed_min"]) == ("1", 1)
    assert first["properties"]["date_start"] == "2018-02-02"
    assert second["geometry"] is None
    assert feature_faults(second) == []


def test_a_geodataframe_of_areas_is_refused() -> None:
    given: Any = geopandas.GeoDataFrame({"title": ["a"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=4326)
    with pytest.raises(InputError, match="row 1: the geometry is a Polygon"):
        list(frame.from_geodataframe(given))


def test_the_exported_geojson_is_valid(given_file: Path, tmp_path: Path) -> None:
    export(given_file, tmp_path / "out.geojson")
    assert validate_file(tmp_path / "out.geojson") == []
