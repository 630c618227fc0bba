"""The own gazetteer: what is taken in, what is refused and why, and that nothing else changes."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper import files
from mapper.errors import EntryRefusedError, GazetteerError, Problem
from mapper.geo import distance_m
from mapper.model import Place
from mapper.places.gazetteer import checks, own
from mapper.places.gazetteer.entries import COLUMNS, Entry
from mapper.places.gazetteer.namesakes import namesakes

GOOD: dict[str, Any] = {"longitude": 40.61, "latitude": 35.02, "kind": "village", "source": "geonames", "country": "SY"}
PROJECT = Path(__file__).resolve().parents[4] / "gazetteer"


def add(folder: Path, name: str = "Tell Mithal", **changes: Any) -> Entry:  # noqa: ANN401 - handed on
    return own.add(folder, name, **{**GOOD, **changes})


def refusal(folder: Path, name: str = "Tell Mithal", **changes: Any) -> dict[str, str]:  # noqa: ANN401 - handed on
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix == ".csv"}
    with pytest.raises(EntryRefusedError) as caught:
        add(folder, name, **changes)
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix == ".csv"} == before
    assert "\n" not in str(caught.value)
    return caught.value.reasons


def read(folder: Path) -> tuple[tuple[Place, ...], list[Problem]]:
    problems: list[Problem] = []
    return own.read_places(folder, problems.append), problems


def test_what_was_added_is_there(tmp_path: Path) -> None:
    entry = add(
        tmp_path, aliases=["تل مثال", "Tal Mithal"], radius_m=2500, added="2024-05-31", author="a", note="one\ntwo"
    )
    places, problems = read(tmp_path)
    assert places == (entry.place,)
    assert (places[0].id, places[0].aliases, places[0].radius_m) == ("sy-tell-mithal", ("تل مثال", "Tal Mithal"), 2500)
    assert not problems


def test_the_parent_gives_country_and_division(tmp_path: Path) -> None:
    add(tmp_path, "Syria", kind="country", longitude=38.5, latitude=35.0)
    add(tmp_path, "Raqqa Governorate", kind="governorate", aliases=["Raqqa"], parent="syria", country="")
    add(tmp_path, "Raqqa", kind="city", longitude=39.0, latitude=35.95, parent="Raqqa Governorate", country="")
    village = add(tmp_path, parent="RAQQA", country="").place
    assert (village.parent, village.country, village.admin1) == ("sy-raqqa-governorate", "SY", "Raqqa Governorate")


def test_a_parent_may_be_in_another_gazetteer(tmp_path: Path) -> None:
    other = Place(
        id="geonames:1", name="Far Governorate", longitude=40.0, latitude=35.0, kind="governorate", country="SY"
    )
    entry = add(tmp_path, parent="Far Governorate", country="", elsewhere=lambda _: [other])
    assert (entry.place.parent, entry.place.admin1, entry.place.country) == ("geonames:1", "Far Governorate", "SY")
    problems: list[Problem] = []
    own.check(tmp_path, problems.append)
    assert not problems


def test_an_unknown_or_ambiguous_parent_is_refused(tmp_path: Path) -> None:
    assert "in no gazetteer" in refusal(tmp_path, parent="Nowhere")["parent_name"]
    add(tmp_path, "Lower Half", kind="region", longitude=39.0)
    add(tmp_path, "Upper Half", kind="region", aliases=["Lower Half"], longitude=41.0)
    assert "give the id" in refusal(tmp_path, parent="Lower Half")["parent_name"]


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"latitude": 91.0}, "lat", "outside -90 to 90; are longitude and latitude swapped"),
        ({"longitude": 181.0}, "lon", "outside -180 to 180"),
        ({"longitude": float("nan")}, "lon", "not a number"),
        ({"latitude": float("inf")}, "lon", "not a number"),
        ({"longitude": 0.0, "latitude": 0.0}, "lon", "missing coordinate"),
        ({"longitude": 15.5, "latitude": 48.5, "country": "YE"}, "lon", "inside when swapped"),
        ({"longitude": -77.0, "latitude": 38.9}, "lon", "lies outside SY"),
        ({"kind": "hamlet"}, "types", "none of country"),
        ({"kind": ""}, "types", "none of"),
        ({"country": "SYR"}, "ccodes", "two letters"),
        ({"country": "<>"}, "ccodes", "two letters"),
        ({"radius_m": -1}, "radius_m", "not between"),
        ({"radius_m": 10**9}, "radius_m", "not between"),
        ({"source": " "}, "geo_source", "where the position is from"),
        ({"source": "=HYPERLINK(1)"}, "geo_source", "formula"),
        ({"note": "x" * 5_000}, "note", "5,000 characters"),
        ({"note": "a\x1b[31m"}, "note", "U+001B"),
        ({"author": "a\u202eb"}, "author", "U+202E"),
        ({"added": "yesterday"}, "added", "not a date"),
        ({"identifier": "../../etc"}, "id", "small letters"),
        ({"identifier": "A"}, "id", "small letters"),
        ({"aliases": ["Market"]}, "variants", "common word"),
        ({"aliases": ["the"]}, "variants", "common word"),
        ({"aliases": ["x"]}, "variants", "one letter"),
        ({"aliases": ["a;b"]}, "variants", "no name has"),
        ({"aliases": [f"Name {n}" for n in range(200)]}, "variants", "200 names"),
    ],
)  # fmt: skip
def test_each_field_is_refused_with_its_reason(
    tmp_path: Path, changes: dict[str, Any], column: str, words: str
) -> None:
    reasons = refusal(tmp_path, **changes)
    assert words in reasons[column]


@pytest.mark.parametrize(
    "name",
    [
        "", "   ", "n" * 5_000, "<b>Tell</b>", "Tell<script>", "{{7*7}}", "{% x %}", "${7}", "Tell&lt;", "a\0b",
        "Te\u200bll",
        "\u202eTell", "Tell\u2066", "\ufeffTell", "T\u0435ll", "\u0410leppo", "Te\u03bfl", "Tell \U0001f4a3",
        "=1+1",
        "-1", "@tell", "+tell", "12", "...", "http://tell", "Tell\nTwo", "a|b", "Tell\u2028", "\ud800", "\ue000",
        "te\u00adll", "Market", "Of", "Nice",
    ],
)  # fmt: skip
def test_a_poisoned_name_is_refused_also_as_an_alias(tmp_path: Path, name: str) -> None:
    assert "title" in refusal(tmp_path, name)
    if name.strip():
        assert "variants" in refusal(tmp_path, aliases=[name])


@pytest.mark.parametrize(
    "name",
    [
        "al-Sha\u2019afa", "Sha\u02bfafa", "Ash Sha`fah", "`Ayn Dar", "دير الزور", "Kafr 'Uwayd", "Saint-Denis (east)",
        "Ḩawījat", "'Ayn Dar",
        "Ål", "St. John's", "広島", "さいたま市", "7th Brigade", "N'Djamena", "Łódź", "Αθήνα", "Київ",
        "Tell Mithal / Upper",
    ],
)  # fmt: skip
def test_a_real_name_is_taken(name: str) -> None:
    assert checks.name_fault(name) == ""


def test_the_same_place_twice_is_refused_and_a_namesake_is_not(tmp_path: Path) -> None:
    add(tmp_path, aliases=["تل مثال"])
    assert "is there already" in refusal(tmp_path, "Tall Mithal", aliases=["TELL-MITHAL"], longitude=40.615)["title"]
    assert "is there already" in refusal(tmp_path, identifier="sy-tell-mithal", longitude=41.0)["id"]
    twin = add(tmp_path, longitude=40.66)
    assert twin.place.id == "sy-tell-mithal-2"


@pytest.mark.parametrize(
    ("changes", "excuse"),
    [
        ({"longitude": 0.0, "latitude": 0.0, "country": ""}, "null-island"),
        ({"longitude": -77.0, "latitude": 38.9}, "outside-country"),
        ({"aliases": ["Market"]}, "common-word"),
    ],
)
def test_a_person_may_insist(tmp_path: Path, changes: dict[str, Any], excuse: str) -> None:
    assert refusal(tmp_path, **changes)
    add(tmp_path, **changes, excuses=[excuse])
    places, problems = read(tmp_path)
    assert len(places) == 1
    assert not problems


def test_a_file_without_a_column_that_is_needed_is_not_added_to(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("id,title,types,lon,lat,geo_source\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="no column ccodes"):
        add(tmp_path)


def test_adding_keeps_mark_line_ends_order_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    header = ",".join(reversed(COLUMNS)) + ",mine"
    old = f"\ufeff{header}\r\n\r\n" + ",".join(
        ["", "", "", "", "", "me", "", "35.5", "40.5"] + [""] * 2 + ["SY", "town"]
    )
    old += ",,Old Town,sy-old,kept"
    path.write_bytes(old.encode())
    entry = add(tmp_path)
    new = path.read_bytes().decode()
    assert new.startswith(old + "\r\n")
    assert new.endswith(f",{entry.place.id},\r\n")
    assert [p.id for p in read(tmp_path)[0]] == ["sy-old", "sy-tell-mithal"]


def test_removing_takes_one_row_and_no_more(tmp_path: Path) -> None:
    add(tmp_path, "First Place", note="two\nlines, three", longitude=40.1)
    add(tmp_path, "Second Place", note="two\nlines", longitude=40.2)
    add(tmp_path, "Third Place", longitude=40.3)
    own.remove(tmp_path, "sy-second-place")
    assert [p.name for p in read(tmp_path)[0]] == ["First Place", "Third Place"]
    with pytest.raises(GazetteerError, match="no such entry"):
        own.remove(tmp_path, "sy-second-place")


def test_what_contains_others_is_not_removed(tmp_path: Path) -> None:
    add(tmp_path, "Some Governorate", kind="governorate")
    add(tmp_path, parent="Some Governorate")
    with pytest.raises(GazetteerError, match="contains sy-tell-mithal"):
        own.remove(tmp_path, "sy-some-governorate")


def test_bad_rows_are_left_out_with_their_line(tmp_path: Path) -> None:
    header = "id,title,types,lon,lat,ccodes\n"
    rows = ["a,Good Place,town,40,35,SY", "b,Bad,town,forty,35,SY", "c,<b>,town,40,35,SY", "a,Other,town,41,35,SY"]
    rows += ["d,Far,town,40,95,SY", "e,F,town,40,35,SY,more", "f,Nan,town,nan,35,SY", ",None,town,40,35,SY"]
    (tmp_path / "places.csv").write_text(header + "\n".join(rows), encoding="utf-8")
    places, problems = read(tmp_path)
    assert [p.name for p in places] == ["Good Place"]
    assert sorted(p.where.split("line ")[1].split(" ")[0] for p in problems) == list("3456789")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name,where\nx,y\n", "no column id, title, types, lon, lat"),
        ("id,title\n".encode("utf-16"), "not UTF-8"),
        (b'id,title,types,lon,lat\n"a,b\n', "line"),
        (b"id,title,types,lon,lat\na,b\xff,town,1,2\n", "line 2: not UTF-8"),
        (b"PK\x03\x04", "no column"),
        (b"id,title,types,lon,lat\n" + b"a" * 20_000_001 + b",b,town,1,2\n", "field larger"),
    ],
)
def test_a_file_that_is_no_gazetteer_stops_and_stays(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(content)
    for act in (lambda: read(tmp_path), lambda: add(tmp_path), lambda: own.remove(tmp_path, "a")):
        with pytest.raises(GazetteerError, match=words):
            act()
    assert path.read_bytes() == content


def test_no_gazetteer_is_an_empty_one(tmp_path: Path) -> None:
    assert read(tmp_path) == ((), [])


def test_finding_forgives_case_accents_and_hyphens(tmp_path: Path) -> None:
    add(tmp_path, "al-Mithāl East", aliases=["المثال"], longitude=40.1)
    add(tmp_path, "Mithal", longitude=40.5)
    found = [e.place.name for e in own.find(tmp_path, "AL MITHAL", print)]
    assert found == ["al-Mithāl East"]
    assert [e.place.name for e in own.find(tmp_path, "mithal", print)] == ["Mithal", "al-Mithāl East"]
    assert own.find(tmp_path, "المثال", print)
    assert own.find(tmp_path, "  ", print) == []


def test_the_check_names_every_fault(tmp_path: Path) -> None:
    header = "id,title,variants,types,ccodes,parent_id,lon,lat,geo_source\n"
    rows = [
        "sy-a,Good Place,,town,SY,,40,35,known",
        "sy-b,Swapped Place,,town,YE,,15.5,48.5,known",
        "sy-c,Good Place,,town,SY,,40.001,35,known",
        "sy-d,Orphan,,town,SY,sy-none,40.5,35,known",
        "sy-e,Unsourced,,town,SY,,40.6,35,",
        "sy-f,Strange Source,,town,SY,,40.7,35,unknown",
        "sy-g,Loop,,town,SY,sy-g,40.8,35,known",
        "sy-h,Wordy,street;Wordi,town,SY,,40.9,35,known",
    ]
    (tmp_path / "places.csv").write_text(header + "\n".join(rows), encoding="utf-8")
    (tmp_path / "sources.csv").write_text("id,title,licence\nknown,A source,CC0\nknown,B,\n,,\n", encoding="utf-8")
    problems: list[Problem] = []
    assert own.check(tmp_path, problems.append) == 8
    told = "\n".join(str(p) for p in problems)
    for words in (
        "swapped",
        "already",
        "not in the gazetteer",
        "missing: say",
        "not in sources.csv",
        "in itself",
        "common",
    ):
        assert words in told
    assert "sy-a)" not in told


def test_the_projects_own_gazetteer_is_clean() -> None:
    problems: list[Problem] = []
    assert own.check(PROJECT, problems.append) >= 40
    assert not problems
    places = {p.id: p for p in own.read_places(PROJECT, problems.append)}
    assert not problems
    assert all(any("\u0600" <= c <= "\u06ff" for name in p.aliases for c in name) for p in places.values())
    assert all(p.radius_m > 0 and p.source for p in places.values())
    assert all(p.country for p in places.values())
    assert all(p.admin1 for p in places.values() if p.kind in {"town", "village", "city"} and p.country != "JP")


def test_the_twins_share_the_unqualified_name() -> None:
    places = {p.id: p for p in own.read_places(PROJECT, print)}
    east, west = places["sy-al-jerthi-east"], places["sy-al-jerthi-west"]
    assert "al-Jerthi" in east.aliases
    assert "al-Jerthi" in west.aliases
    assert 3_000 < distance_m(east.longitude, east.latitude, west.longitude, west.latitude) < 5_000


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@settings(max_examples=150)
@given(name=names, alias=names, note=st.text(st.characters(codec="utf-8"), max_size=60))
def test_whatever_is_taken_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, name: str, alias: str, note: str
) -> None:
    folder = tmp_path_factory.mktemp("g")
    try:
        entry = add(folder, name, aliases=[alias], note=note)
    except EntryRefusedError:
        return
    (place,), problems = read(folder)
    assert place == entry.place
    assert not problems
    (found,) = own.find(folder, place.id, print)
    assert found.note.splitlines() == note.strip().splitlines()


def test_a_source_in_words_is_accepted_and_checked(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("id,title,licence\nknown,A source,CC0\n", encoding="utf-8")
    add(tmp_path, source="survey map, sheet 12")
    problems: list[Problem] = []
    assert own.check(tmp_path, problems.append) == 1
    assert problems == []
    add(tmp_path, "Tell Ghareeb", longitude=40.9, source="survey-map")
    own.check(tmp_path, problems.append)
    assert "'survey-map' is not in sources.csv" in str(problems[0])


def test_places_of_one_name_are_told(tmp_path: Path) -> None:
    add(tmp_path)
    assert namesakes(tmp_path, add(tmp_path, "Tell Ghareeb", longitude=40.9)) == []
    second = add(tmp_path, "Tall Jadid", longitude=40.8, aliases=["tell mithal"])
    ((other, metres),) = namesakes(tmp_path, second)
    assert other.place.name == "Tell Mithal"
    assert metres == pytest.approx(distance_m(40.61, 35.02, 40.8, 35.02))


def test_a_district_and_the_town_in_it_are_no_ambiguity(tmp_path: Path) -> None:
    add(tmp_path, kind="district", identifier="sy-mithal-district")
    assert namesakes(tmp_path, add(tmp_path, longitude=40.7, parent="sy-mithal-district")) == []


def test_nobody_waits_for_the_lock_while_tables_are_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    locked = files.locked

    def noted(path: Path) -> AbstractContextManager[None]:
        done.append("locked")
        return locked(path)

    def elsewhere(words: str) -> list[Place]:
        done.append(words)
        return [Place(id="geonames:1", name="Ghareeb", longitude=40.0, latitude=35.0, kind="governorate", country="SY")]

    monkeypatch.setattr(files, "locked", noted)
    add(tmp_path, parent="Ghareeb", elsewhere=elsewhere)
    assert done == ["Ghareeb", "locked"]
