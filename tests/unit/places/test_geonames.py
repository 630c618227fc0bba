"""GeoNames dumps: what is read, and what happens to files that are not quite one."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from mapper.errors import GazetteerError, Problem
from mapper.model import Place
from mapper.places.importers import geonames
from mapper.places.importers.tally import Tally


def row(identifier: int = 1, name: str = "Tell Example", **changes: str) -> str:
    fields = [str(identifier), name, name, "تل المثال,Tal Mithal", "35.5", "40.25", "P", "PPL", "SY", "", "07"]
    fields += ["701", "", "", "0", "", "210", "Asia/Damascus", "2020-01-01"]
    for column, value in changes.items():
        fields[int(column.removeprefix("c"))] = value
    return "\t".join(fields)


@pytest.fixture
def problems() -> list[Problem]:
    return []


def read(path: Path, problems: list[Problem]) -> list[Place]:
    return list(geonames.read(path, problems.append))


def write(folder: Path, *rows: str, end: str = "\n", encoding: str = "utf-8") -> Path:
    path = folder / "XX.txt"
    path.write_bytes("".join(r + end for r in rows).encode(encoding))
    return path


def test_a_row_becomes_a_place(tmp_path: Path, problems: list[Problem]) -> None:
    (tmp_path / "admin1CodesASCII.txt").write_text("SY.07\tDeir ez-Zor\tDeir ez-Zor\t170792\n", encoding="utf-8")
    (tmp_path / "admin2Codes.txt").write_text("SY.07.701\tMarkaz\tMarkaz\t1\n", encoding="utf-8")
    (place,) = read(write(tmp_path, row()), problems)
    assert (place.id, place.name, place.longitude, place.latitude) == ("geonames:1", "Tell Example", 40.25, 35.5)
    assert (place.kind, place.country, place.admin1, place.admin2) == ("village", "SY", "Deir ez-Zor", "Markaz")
    assert place.aliases == ("تل المثال", "Tal Mithal")
    assert place.source == "GeoNames"
    assert not problems


def test_a_row_of_several_ids_takes_none_of_them_from_the_rows_that_have_it(
    tmp_path: Path, problems: list[Problem]
) -> None:
    places = read(write(tmp_path, row(c0="7,9"), row(7, "Sample Town", c14="38000"), row(9, "Tell Other")), problems)
    assert [(place.id, place.name) for place in places] == [
        ("geonames:7+9", "Tell Example"),
        ("geonames:7", "Sample Town"),
        ("geonames:9", "Tell Other"),
    ]
    assert not problems


def test_names_of_divisions_are_found_one_folder_up(tmp_path: Path, problems: list[Problem]) -> None:
    (tmp_path / "admin1CodesASCII.txt").write_text("SY.07\tDeir ez-Zor\n", encoding="utf-8")
    (tmp_path / "sy").mkdir()
    (place,) = read(write(tmp_path / "sy", row()), problems)
    assert place.admin1 == "Deir ez-Zor"


def test_without_the_table_the_dump_names_its_own_divisions(tmp_path: Path, problems: list[Problem]) -> None:
    division = row(2, "Deir ez-Zor Governorate", c6="A", c7="ADM1", c11="")
    district = row(3, "The Centre", c6="A", c7="ADM2")
    village = read(write(tmp_path, row(), division, district), problems)[0]
    assert (village.admin1, village.admin2) == ("Deir ez-Zor Governorate", "The Centre")


def test_alternate_names_are_joined_and_codes_left_out(tmp_path: Path, problems: list[Problem]) -> None:
    lines = ["9\t1\tar\tتل\t1", "10\t1\tlink\thttps://example.org/x\t", "11\t2\ten\tElsewhere\t", "12\t1\ten\tTel E\t"]
    (tmp_path / "alternateNamesV2.txt").write_text("\n".join(lines), encoding="utf-8")
    (place,) = read(write(tmp_path, row()), problems)
    assert place.aliases[-2:] == ("تل", "Tel E")
    assert "Elsewhere" not in place.aliases
    assert not problems


@pytest.mark.parametrize(
    ("fclass", "code", "population", "kind"),
    [
        ("A", "PCLI", "1", "country"),
        ("A", "ADM1", "0", "governorate"),
        ("A", "ADM2", "0", "district"),
        ("A", "ADM3", "0", "district"),
        ("A", "PCLH", "0", "region"),
        ("P", "PPLC", "0", "city"),
        ("P", "PPLA", "0", "city"),
        ("P", "PPLA2", "0", "town"),
        ("P", "PPLX", "900000", "neighbourhood"),
        ("P", "PPL", "100000", "city"),
        ("P", "PPL", "99999", "town"),
        ("P", "PPL", "9999", "village"),
        ("P", "PPL", "", "village"),
        ("H", "GULF", "0", "sea"),
        ("L", "RGN", "0", "region"),
        ("S", "HSP", "0", "site"),
        ("", "", "0", "region"),
    ],
)
def test_kinds(tmp_path: Path, problems: list[Problem], fclass: str, code: str, population: str, kind: str) -> None:
    (place,) = read(write(tmp_path, row(c6=fclass, c7=code, c14=population)), problems)
    assert place.kind == kind


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (row(c4="91"), "latitude 91"),
        (row(c5="181"), "longitude 181"),
        (row(c4="nan"), "not a number"),
        (row(c4="north"), "not a number"),
        (row(c4="0", c5="0"), "missing coordinate"),
        (row(c0="one"), "id"),
        (row(name="", c2=""), "no name"),
        (row(name="n" * 5_000), "5,000 characters"),
        (row(name="a\0b"), "control"),
        (row(1), "was there before"),
        (row().rsplit("\t", 1)[0], "18 columns"),
    ],
)
def test_a_bad_row_is_counted_with_its_line(tmp_path: Path, problems: list[Problem], bad: str, word: str) -> None:
    places = read(write(tmp_path, row(1), bad, row(7)), problems)
    assert [p.id for p in places] == ["geonames:1", "geonames:7"]
    (problem,) = problems
    assert "line 2" in problem.where
    assert word in problem.what


def test_a_thousand_bad_rows_are_six_lines(tmp_path: Path, problems: list[Problem]) -> None:
    path = write(tmp_path, row(1), *(row(n + 2, c4="91") for n in range(1_000)))
    assert len(read(path, problems)) == 1
    assert len(problems) == 6
    assert "1,000 of 1,001 rows left out, the last on line 1,001" in problems[-1].what


def test_a_dump_with_a_missing_column_is_refused_by_name(tmp_path: Path, problems: list[Problem]) -> None:
    path = write(tmp_path, *(row(n).rsplit("\t", 1)[0] for n in range(500)))
    with pytest.raises(GazetteerError, match=r"XX\.txt is not a GeoNames dump: its rows have 18 columns"):
        read(path, problems)
    assert len(problems) <= 6


def test_a_short_dump_with_a_missing_column_is_refused_too(tmp_path: Path, problems: list[Problem]) -> None:
    with pytest.raises(GazetteerError, match="not one usable row"):
        read(write(tmp_path, row().rsplit("\t", 1)[0]), problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_encodings(tmp_path: Path, problems: list[Problem], encoding: str, end: str) -> None:
    places = read(write(tmp_path, row(1), row(2, "قرية"), end=end, encoding=encoding), problems)
    assert [p.name for p in places] == ["Tell Example", "قرية"]
    assert not problems


def test_utf_16_without_a_mark_is_refused(tmp_path: Path, problems: list[Problem]) -> None:
    with pytest.raises(GazetteerError, match="UTF-16 without a byte order mark"):
        read(write(tmp_path, row(), encoding="utf-16-le"), problems)


def test_a_line_that_is_not_utf_8_is_counted(tmp_path: Path, problems: list[Problem]) -> None:
    path = tmp_path / "XX.txt"
    path.write_bytes(row(1).encode() + b"\n" + row(2).replace("Tell", "T\xe9ll").encode("latin-1", "replace") + b"\n")
    assert [p.id for p in read(path, problems)] == ["geonames:1"]
    assert "not UTF-8" in problems[0].what


def test_archives_are_refused_by_content(tmp_path: Path, problems: list[Problem]) -> None:
    packed = tmp_path / "SY.txt"
    packed.write_bytes(gzip.compress(row().encode()))
    with pytest.raises(GazetteerError, match="gzip archive: unpack it"):
        read(packed, problems)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("SY.txt", row())
    with pytest.raises(GazetteerError, match="zip archive: unpack it"):
        read(packed, problems)


def test_an_endless_line_is_one_bad_row(tmp_path: Path, problems: list[Problem]) -> None:
    path = tmp_path / "XX.txt"
    path.write_bytes(row(1).encode() + b"\n" + b"x" * 3_000_000 + b"\n" + row(2).encode())
    assert [p.id for p in read(path, problems)] == ["geonames:1", "geonames:2"]
    assert "line 2" in problems[0].where


def test_an_empty_file_says_so_and_a_missing_one_is_an_error(tmp_path: Path, problems: list[Problem]) -> None:
    assert read(write(tmp_path), problems) == []
    assert "no rows" in problems[0].what
    with pytest.raises(GazetteerError, match=r"absent\.txt cannot be read"):
        read(tmp_path / "absent.txt", problems)


def test_direction_marks_and_codes_of_airports_do_not_become_names(tmp_path: Path, problems: list[Problem]) -> None:
    (place,) = read(write(tmp_path, row(name="\u200fTell Example", c3="KAC,OSKL,‎Tall,http://x.example")), problems)
    assert (place.name, place.aliases) == ("Tell Example", ("Tall",))


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[int] = []
    list(geonames.read(write(tmp_path, row(1), row(2)), lambda _: None, progress=told.append))
    assert told == [2]


def test_ids_beyond_geonames_own_are_kept_apart(tmp_path: Path, problems: list[Problem]) -> None:
    assert len(read(write(tmp_path, row(10**12), row(10**12 + 1), row(10**12)), problems)) == 2


def test_a_number_that_is_no_id_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "alternateNamesV2.txt").write_text("1\t\u00b2\ten\tSquare\n2\t7\ten\tSeven\n", encoding="utf-8")
    problems: list[Problem] = []
    tally = Tally("names", problems.append)
    with (tmp_path / "alternateNamesV2.txt").open("rb") as stream:
        rows = geonames._MoreNames._rows(stream, {7}, tally)  # type: ignore[arg-type]
        assert list(rows) == [(7, "Seven")]
