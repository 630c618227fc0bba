"""Tables, spreadsheets and Linked Places: what is read, recognised and left out."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.errors import GazetteerError, Problem
from mapper.model import Place
from mapper.places.importers import cod, detect, linked_places, table
from mapper.places.importers.detect import read_any


@pytest.fixture
def problems() -> list[Problem]:
    return []


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


# Tables


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_with_usual_columns(tmp_path: Path, problems: list[Problem], delimiter: str, encoding: str) -> None:
    rows = [["Name", "LAT", "Lon", "Type", "name_ar"], ["Tell Mithal", "35.5", "40.25", "Small town", "تل مثال"]]
    path = write(tmp_path / "t.csv", "\r\n".join(delimiter.join(row) for row in rows), encoding)
    (place,) = read_any(path, problems.append)
    assert (place.name, place.longitude, place.latitude, place.kind) == ("Tell Mithal", 40.25, 35.5, "town")
    assert place.aliases == ("تل مثال",)
    assert place.id == "t:2"
    assert not problems


def test_a_table_by_a_map(tmp_path: Path, problems: list[Problem]) -> None:
    path = write(tmp_path / "t.csv", 'a,b,c,"d,e",f\nTell,40.25,"35,5",one|two,three\n')
    mapping = {"name": "a", "longitude": "b", "latitude": "c", "aliases": "d,e", "admin1": "f"}
    (place,) = read_any(path, problems.append, mapping)
    assert (place.latitude, place.aliases, place.admin1) == (35.5, ("one", "two"), "three")
    (place,) = read_any(path, problems.append, mapping | {"aliases": "f,a"})
    assert place.aliases == ("three",)


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"name": "z"}, "has no column 'z'. It has: 'a', 'b'"),
        ({"title": "a"}, "'title' is not one of our columns"),
        (
            {"name": "a"},
            "Import it with `mapper gazetteer import csv t.csv --map longitude=COLUMN --map latitude=COLUMN`",
        ),
    ],
)
def test_a_map_that_does_not_fit(tmp_path: Path, problems: list[Problem], mapping: dict[str, str], words: str) -> None:
    path = write(tmp_path / "t.csv", "a,b\n1,2\n")
    with pytest.raises(GazetteerError) as caught:
        list(read_any(path, problems.append, mapping))
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",35,40", "no name"),
        ("x" * 500 + ",35,40", "500 characters"),
        ("a\0b,35,40", "control"),
        ("A,91,40", "latitude 91"),
        ("A,0,0", "missing coordinate"),
        ("A,,40", "no latitude"),
        ("A,north,40", "'north' is not a number"),
        ("A,nan,40", "not a number"),
        ("x" * 2_000_000 + ",35,40", "the name has 2,000,000 characters"),
    ],
)
def test_bad_rows_are_counted_with_their_line(tmp_path: Path, problems: list[Problem], row: str, words: str) -> None:
    path = write(tmp_path / "t.csv", f"name,lat,lon\nGood,35,40\n{row}\nAlso Good,35,41\n")
    assert [p.name for p in read_any(path, problems.append)] == ["Good", "Also Good"]
    (problem,) = problems
    assert "line 3" in problem.where
    assert words in problem.what


def test_a_row_of_another_encoding_is_counted(tmp_path: Path, problems: list[Problem]) -> None:
    (tmp_path / "t.csv").write_bytes("name,lat,lon\nGood,35,40\nT\xe9ll,35,40\n".encode("latin-1"))
    assert [p.name for p in read_any(tmp_path / "t.csv", problems.append)] == ["Good"]
    assert "another encoding" in problems[0].what


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[int] = []
    path = write(tmp_path / "t.csv", "name,lat,lon\n" + "A,35,40\n" * 20_000)
    assert sum(1 for _ in table.read(path, lambda _: None, progress=told.append)) == 20_000
    assert told == [10_000, 20_000, 20_000]


# Common operational datasets

CODED = [
    ["admin1Name_en", "admin1Name_ar", "admin1Pcode", "admin2Name_en", "admin2Pcode", "name_en", "name_ar", "pcode"],
    ["#adm1+name+en", "#adm1+name+ar", "#adm1+code", "#adm2+name", "#adm2+code", "#loc+name+en", "", "#loc+code"],
    ["Some Governorate", "محافظة", "SY90", "Some District", "SY9001", "Tell Mithal", "تل مثال", "C9001"],
]
AT = [["Latitude", "Longitude"], ["#geo+lat", "#geo+lon"], ["35.5", "40.25"]]


def coded_rows() -> list[list[str]]:
    return [left + right for left, right in zip(CODED, AT, strict=True)]


def check_coded(place: Place) -> None:
    assert (place.id, place.name, place.aliases) == ("C9001", "Tell Mithal", ("تل مثال",))
    assert (place.admin1, place.admin2, place.parent) == ("Some Governorate", "Some District", "SY9001")
    assert (place.longitude, place.latitude, place.kind) == (40.25, 35.5, "village")


def test_a_coded_table_as_csv(tmp_path: Path, problems: list[Problem]) -> None:
    path = write(tmp_path / "pp.csv", "\n".join(",".join(row) for row in coded_rows()))
    assert detect.format_of(path) == "cod"
    (place,) = read_any(path, problems.append)
    check_coded(place)
    assert not problems


def workbook(path: Path, rows: list[list[Any]], title: str = "places") -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["About this file"])
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_coded_table_as_a_spreadsheet(tmp_path: Path, problems: list[Problem]) -> None:
    rows: list[list[Any]] = [["Some title"], *coded_rows()]
    rows[-1][-2:] = [35.5, 40.25]
    path = workbook(
        tmp_path / "whatever.bin", [*rows, [None] * 3, ["x", "y", "z", "", "", "Nowhere", "", "C2", None, 1]]
    )
    (place,) = read_any(path, problems.append)
    check_coded(place)
    (problem,) = problems
    assert "line 6" in problem.where
    assert "no latitude" in problem.what


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (["ADM1_EN", "ADM1_AR", "ADM1_PCODE", "lat", "lon"], "governorate"),
        (["adm1_name", "adm1_name1", "adm1_pcode", "center_lat", "center_lon"], "governorate"),
        (["admin3RefName_en", "admin3Name_ar", "admin3Pcode", "Y", "X"], "district"),
        (["admin4Name_en", "admin4Name_ar", "admin4Pcode", "Latitude_y", "Longitude_x"], "village"),
        (["PPL_NAME_EN", "PPL_NAME_AR", "PPL_PCODE", "POINT_Y", "POINT_X"], "village"),
        (["featureName_en", "featureName_ar", "featurePcode", "lat", "long"], "village"),
    ],
)
def test_the_columns_of_many_years(tmp_path: Path, problems: list[Problem], header: list[str], kind: str) -> None:
    path = write(tmp_path / "t.csv", ",".join(header) + "\nMithal,مثال,YE99,15.5,45.5\n")
    (place,) = cod.read(path, problems.append)
    assert (place.id, place.name, place.aliases, place.kind, place.country) == ("YE99", "Mithal", ("مثال",), kind, "YE")


def test_an_archive_that_is_no_spreadsheet_is_refused(tmp_path: Path, problems: list[Problem]) -> None:
    path = tmp_path / "SY.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("SY.txt", "x")
    with pytest.raises(GazetteerError, match="zip archive: unpack it first"):
        list(read_any(path, problems.append))


def test_a_spreadsheet_that_swells_is_not_opened(tmp_path: Path, problems: list[Problem]) -> None:
    path = workbook(tmp_path / "bomb.xlsx", [])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * 50_000_000)
    with pytest.raises(GazetteerError, match="more than a table of places needs"):
        list(read_any(path, problems.append))


def test_a_damaged_spreadsheet_is_one_line(tmp_path: Path, problems: list[Problem]) -> None:
    good = workbook(tmp_path / "good.xlsx", coded_rows()).read_bytes()
    for cut in (40, len(good) // 2, len(good) - 30):
        path = tmp_path / f"{cut}.xlsx"
        path.write_bytes(good[:cut])
        with pytest.raises(GazetteerError, match="damaged"):
            list(read_any(path, problems.append))
    with zipfile.ZipFile(tmp_path / "odd.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<a>")
        archive.writestr("xl/workbook.xml", "<b")
    with pytest.raises(GazetteerError, match="damaged"):
        list(read_any(tmp_path / "odd.xlsx", problems.append))


def test_a_spreadsheet_without_a_table_says_what_is_wanted(tmp_path: Path, problems: list[Problem]) -> None:
    path = workbook(tmp_path / "t.xlsx", [["a", "b"], ["1", "2"]])
    with pytest.raises(GazetteerError, match="no table with names, P-codes"):
        list(read_any(path, problems.append))


# Linked Places


def feature(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    made: dict[str, Any] = {
        "type": "Feature",
        "@id": "https://example.org/places/7",
        "properties": {"title": "Tell Mithal", "ccodes": ["SY"]},
        "names": [{"toponym": "تل مثال", "lang": "ar"}, {"toponym": "Tal Mithal"}],
        "types": [{"identifier": "aat:300008372", "label": "village"}],
        "geometry": {"type": "Point", "coordinates": [40.25, 35.5]},
        "relations": [{"relationType": "gvp:broaderPartitive", "relationTo": "https://example.org/1", "label": "Gov"}],
    }
    return made | changes


def check_linked(place: Place) -> None:
    assert (place.id, place.name, place.country) == ("https://example.org/places/7", "Tell Mithal", "SY")
    assert place.aliases == ("تل مثال", "Tal Mithal")
    assert (place.kind, place.admin1, place.parent) == ("village", "Gov", "https://example.org/1")
    assert (place.longitude, place.latitude) == (40.25, 35.5)


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("shape", ["collection", "array", "lines", "one"])
def test_linked_places_in_every_shape(tmp_path: Path, problems: list[Problem], shape: str, indent: int | None) -> None:
    one = json.dumps(feature(), indent=indent, ensure_ascii=False)
    many = ",".join([one] * 3)
    text = {
        "collection": f'{{"type": "FeatureCollection", "@context": "https://x", "features": [{many}], "after": [1]}}',
        "array": f"[{many}]",
        "lines": "\n".join([one] * 3),
        "one": one,
    }[shape]
    places = list(read_any(write(tmp_path / "lp.json", text), problems.append))
    assert len(places) == (1 if shape == "one" else 3)
    check_linked(places[0])
    assert not problems


def test_a_large_collection_is_read_in_pieces(tmp_path: Path, problems: list[Problem]) -> None:
    made = ",".join(json.dumps(feature(**{"@id": f"n{n}"})) for n in range(5_000))
    path = write(tmp_path / "lp.json", f'{{"type":"FeatureCollection","features":[{made}]}}')
    assert path.stat().st_size > 1 << 20
    assert [p.id for p in linked_places.read(path, problems.append)] == [f"n{n}" for n in range(5_000)]


@pytest.mark.parametrize(
    ("geometry", "position"),
    [
        ({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]}, (1, 2)),
        ({"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]]}, (2, 1)),
        ({"type": "MultiPoint", "coordinates": [[10, 20], [12, 20]]}, (11, 20)),
    ],
)
def test_a_geometry_gives_a_point(
    tmp_path: Path, problems: list[Problem], geometry: object, position: tuple[float, float]
) -> None:
    (place,) = read_any(write(tmp_path / "lp.json", json.dumps(feature(geometry=geometry))), problems.append)
    assert (place.longitude, place.latitude) == position


@pytest.mark.parametrize(
    "bad",
    [
        feature(geometry=None), feature(geometry={"type": "Point", "coordinates": [500, 2]}), feature(geometry=[1, 2]),
        feature(geometry={"type": "Point", "coordinates": ["1", "2"]}), feature(properties=None, names=None), 7, None,
        feature(geometry={"type": "Point", "coordinates": [float("nan"), 2]}), feature(properties={"title": "a\0"}),
        feature(geometry={"type": "Point", "coordinates": [10**400, 2]}), "text", [],
    ],
)  # fmt: skip
def test_a_bad_feature_is_counted(tmp_path: Path, problems: list[Problem], bad: object) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": [feature(), bad, feature()]})
    assert len(list(read_any(write(tmp_path / "lp.json", text), problems.append))) == 2
    assert len(problems) == 1
    assert "line 2" in problems[0].where


@pytest.mark.parametrize(
    "text",
    ['{"type":"FeatureCollection","features":[{"type":', "{", "[" * 100_000, '[{"a":' * 50_000, "{]", '[1e999, "'],
)
def test_broken_json_is_one_line(tmp_path: Path, problems: list[Problem], text: str) -> None:
    with pytest.raises(GazetteerError, match=r"lp\.json"):
        list(read_any(write(tmp_path / "lp.json", text), problems.append))


def test_linked_places_as_tsv(tmp_path: Path, problems: list[Problem]) -> None:
    rows = [
        ["id", "title", "title_source", "start", "variants", "types", "ccodes", "parent_name", "lon", "lat", "geowkt"],
        ["7", "Tell Mithal", "a book", "1900", "تل مثال@ar;Tal Mithal", "village", "SY", "Gov", "40.25", "35.5", ""],
        ["8", "Other", "a book", "1900", "", "windmill", "", "", "", "", "POINT(41.5 36.5)"],
        ["9", "None", "a book", "1900", "", "", "", "", "", "", "POLYGON((0 0))"],
    ]
    path = write(tmp_path / "lp.tsv", "\n".join("\t".join(row) for row in rows))
    first, second = read_any(path, problems.append)
    assert (first.id, first.aliases, first.kind) == ("7", ("تل مثال", "Tal Mithal"), "village")
    assert (first.country, first.admin1, first.source) == ("SY", "Gov", "a book")
    assert (second.longitude, second.latitude) == (41.5, 36.5)
    assert "no longitude" in problems[0].what


# Telling them apart


def test_formats_are_told_by_content(tmp_path: Path, problems: list[Problem]) -> None:
    dump = "1 A A - 35 40 P PPL SY - - - - - 0 - - - -".replace("-", "").replace(" ", "\t")
    assert detect.format_of(write(tmp_path / "a.csv", dump)) == "geonames"
    assert detect.format_of(write(tmp_path / "b.csv", dump.rsplit("\t", 1)[0])) == "geonames"
    with pytest.raises(GazetteerError, match="18 columns"):
        list(read_any(write(tmp_path / "b.csv", f"{dump[:-1]}\n" * 3), problems.append))
    own = "id,title,types,lon,lat\nsy-a,Tell Mithal,village,40,35\n"
    (place,) = read_any(write(tmp_path / "c.txt", own), problems.append)
    assert (place.id, place.name) == ("sy-a", "Tell Mithal")
    with pytest.raises(GazetteerError, match="is empty"):
        list(read_any(write(tmp_path / "d.txt", "\n\n"), problems.append))
    with pytest.raises(GazetteerError, match="cannot be read"):
        list(read_any(tmp_path / "absent.csv", problems.append))
    with pytest.raises(GazetteerError, match="which column"):
        list(read_any(write(tmp_path / "e.txt", "Just some text.\nMore of it.\n"), problems.append))


@settings(max_examples=300)
@given(data=st.binary(max_size=300))
def test_any_bytes_give_places_problems_or_one_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "file.csv"
    path.write_bytes(data)
    told: list[Problem] = []
    try:
        places = list(read_any(path, told.append))
    except GazetteerError:
        return
    assert all(-180 <= p.longitude <= 180 and -90 <= p.latitude <= 90 for p in places)
