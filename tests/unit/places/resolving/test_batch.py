"""Tables of names, row by row, and places as people write them in a table."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import InputError, Problem
from mapper.model import Place, PlaceContext, PlaceReference, Resolution
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.resolving.batch import COLUMNS, resolve_names
from mapper.places.resolving.coasts import off_country, off_town
from mapper.places.resolving.resolver import Resolver
from mapper.places.resolving.written import read_written

PLACES = (
    Place(id="x:1", name="Zarqum", longitude=39.0, latitude=36.0, kind="town", country="SY", admin1="North"),
    Place(id="x:2", name="Birkuna", longitude=37.0, latitude=33.0, kind="village", country="SY", admin1="South"),
)


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    cache: Path = tmp_path_factory.mktemp("cache")
    return Resolver(Gazetteer.open(PLACES, world=False, cache=cache, report=lambda _: None))


def run(resolver: Resolver, text: str) -> tuple[list[dict[str, str]], list[Problem]]:
    output, problems = io.StringIO(), list[Problem]()
    count = resolve_names(io.StringIO(text, newline=""), output, resolver, problems.append)
    found = list(csv.DictReader(io.StringIO(output.getvalue(), newline="")))
    assert len(found) == count
    return found, problems


def test_rows_come_out_as_many_in_the_same_order_with_the_same_columns(resolver: Resolver) -> None:
    found, problems = run(resolver, "id,name,country\n1,Birkuna,SY\n2,Qwrtplkgh,SY\n3,Zarqum,SY\n4,Birkuna,SY\n")
    assert tuple(found[0]) == ("id", *COLUMNS)
    assert [r["id"] for r in found] == ["1", "2", "3", "4"]
    assert [r["name"] for r in found] == ["Birkuna", "Qwrtplkgh", "Zarqum", "Birkuna"]
    assert [r["status"] for r in found] == ["resolved", "not_found", "resolved", "resolved"]
    assert (found[0]["longitude"], found[0]["latitude"], found[0]["place_id"]) == ("37.000000", "33.000000", "x:2")
    assert json.loads(found[0]["candidates"])[0].keys() == {"id", "name", "longitude", "latitude", "score"}
    assert found[1]["longitude"] == found[1]["uncertainty_m"] == ""
    assert problems == []


def test_a_column_that_is_called_like_one_of_ours_is_kept_under_another_name(resolver: Resolver) -> None:
    found, _ = run(resolver, "longitude,name,note\n1.5,Zarqum,seen twice\n")
    assert (found[0]["input_longitude"], found[0]["longitude"], found[0]["note"]) == ("1.5", "39.000000", "seen twice")


def test_a_row_without_a_name_is_kept_and_reported_with_its_line(resolver: Resolver) -> None:
    found, problems = run(resolver, "name,context\n,North\nZarqum,\n")
    assert [r["status"] for r in found] == ["not_found", "resolved"]
    assert [p.where for p in problems] == ["line 2"]


@pytest.mark.parametrize(
    "text",
    [
        "name;country\nBirkuna;SY\n",
        "Name\tCountry\nBirkuna\tSY\n",
        "\n\nname , country\nBirkuna,SY\n",
        "name\nBirkuna\n",
    ],
)
def test_semicolons_tabs_and_capitals_are_read_alike(resolver: Resolver, text: str) -> None:
    found, problems = run(resolver, text)
    assert [(row["name"], row["place_id"]) for row in found] == [("Birkuna", "x:2")]
    assert problems == []


def test_a_cell_too_many_is_reported_and_the_row_kept(resolver: Resolver) -> None:
    found, problems = run(resolver, "name\nBirkuna, North\n")
    assert [row["place_id"] for row in found] == ["x:2"]
    assert [p.where for p in problems] == ["line 2"]
    assert "needs quotes" in problems[0].what


@pytest.mark.parametrize("text", ["", "\n\n", "place,where\nZarqum,North\n"])
def test_a_table_without_names_is_refused(resolver: Resolver, text: str) -> None:
    with pytest.raises(InputError, match="name"):
        run(resolver, text)


@pytest.mark.parametrize(
    "name", ["x" * 5_000, "a\0b", "\u202eZarqum", "🙂", '"', "((((", ",,,,", "الزرقم", "Zarqum زرقم"]
)
def test_no_cell_is_too_odd(resolver: Resolver, name: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["name"], [name], ["Birkuna"]])
    found, _ = run(resolver, text.getvalue())
    assert [r["place_id"] for r in found][1] == "x:2"


class _Counting:
    """Remembers nothing, so that memory can only grow in what is tested."""

    def __init__(self) -> None:
        self.asked = 0

    def resolve(self, reference: PlaceReference, context: PlaceContext) -> Resolution:
        del reference, context
        self.asked += 1
        return Resolution(status="not_found")

    def context(self, toponyms: object) -> PlaceContext:
        del toponyms
        return PlaceContext()


def test_rows_are_read_as_they_are_written() -> None:
    output = io.StringIO()
    written: list[int] = []

    def lines() -> Iterator[str]:
        yield "name\n"
        for n in range(50):
            written.append(output.getvalue().count("\n"))
            yield f"Place {n}\n"

    assert resolve_names(lines(), output, _Counting(), lambda _: None) == 50
    assert written[-1] >= 49


def test_a_cell_is_asked_for_once() -> None:
    resolver = _Counting()
    resolve_names(["name\n", *["Zarqum\n"] * 20], io.StringIO(), resolver, lambda _: None)
    assert resolver.asked == 1


@pytest.mark.parametrize(
    ("cell", "name", "kind", "containers"),
    [
        ("Zarqum", "Zarqum", "", ()),
        ("Zarqum village", "Zarqum", "village", ()),
        ("village of Zarqum, Birk district", "Zarqum", "village", ("Birk",)),
        ("مدينة الزرقم", "الزرقم", "city", ()),
        ("Zarqum city centre", "Zarqum", "city", ()),
        ("Zarqum - Great mosque", "Zarqum", "", ()),
        ("Zarqum \u2013 Great mosque, Birk", "Zarqum", "", ("Birk",)),
        ("Birk: Great mosque", "Birk", "", ()),
        ("Zarqum town in the Upper Valley", "Zarqum", "town", ("Upper Valley",)),
        ("Birk city, Northern neighbourhood", "Birk", "city", ()),
        ("Birk, a residential neighbourhood", "Birk", "", ()),
        ("Zarqum neighbourhood, Birk", "Zarqum", "neighbourhood", ("Birk",)),
        ("Birk, the Zarqum neighborhood", "Zarqum", "neighbourhood", ("Birk",)),
        ("Zarqum neighbourhood (Birk city)", "Zarqum", "neighbourhood", ("Birk",)),
        ("the Zarqum quarter of Birk", "Zarqum", "neighbourhood", ("Birk",)),
        ("Zarqum (Birk district), Upper Valley", "Zarqum", "", ("Birk", "Upper Valley")),
        ("Zarqum (or Birk)", "Zarqum", "", ()),
    ],
)
def test_a_cell_is_taken_apart(cell: str, name: str, kind: str, containers: tuple[str, ...]) -> None:
    reference = read_written(cell).reference
    assert (reference.name, reference.kind, reference.containers) == (name, kind, containers)


@pytest.mark.parametrize(
    ("cell", "containers", "near"),
    [
        ("Zarqum, Birk and Marsuq District", (), ("Birk", "Marsuq")),
        ("Zarqum, Birk and Marsuq, Upper Valley", ("Upper Valley",), ("Birk", "Marsuq")),
        ("Zarqum, Birk and Marsuq districts", ("Birk", "Marsuq"), ()),
        ("Zarqum, Bosnia and Herzegovina", ("Bosnia and Herzegovina",), ()),
    ],
)
def test_a_list_is_no_container(cell: str, containers: tuple[str, ...], near: tuple[str, ...]) -> None:
    reference = read_written(cell).reference
    assert (reference.name, reference.containers, reference.near) == ("Zarqum", containers, near)


def test_relations_are_read() -> None:
    assert read_written("near Zarqum").reference.anchors == ("Zarqum",)
    assert read_written("Between Zarqum and Birk").reference.anchors == ("Zarqum", "Birk")
    ten = read_written("Alhom village, 10 km south-west of Zarqum").reference
    assert (ten.name, ten.kind, ten.relation, ten.anchors) == ("Alhom", "village", "direction", ("Zarqum",))
    assert (ten.distance_m, ten.bearing) == (10_000.0, 225.0)
    sea = read_written("boat off the coast of Zarqum").reference
    assert (sea.relation, sea.anchors) == ("off_coast", ("Zarqum",))
    side = read_written("Alhom, south-west of Zarqum").reference
    assert (side.name, side.relation, side.near) == ("Alhom", "at", ("Zarqum",))
    assert read_written("10 miles north of Zarqum").reference.distance_m == pytest.approx(16_093, abs=1)
    assert read_written("eastern countryside of Zarqum").reference.bearing == 90.0


def test_either_of_two_places_is_never_one_of_them(resolver: Resolver) -> None:
    found, _ = run(resolver, "name\nZarqum or Birkuna\n")
    assert found[0]["status"] == "ambiguous"
    assert {c["id"] for c in json.loads(found[0]["candidates"])} >= {"x:1", "x:2"}


@given(st.text(max_size=120), st.text(max_size=60))
def test_any_cell_can_be_taken_apart(cell: str, context: str) -> None:
    written = read_written(cell, context)
    assert written == read_written(cell, context)
    assert all(written.wholes)


def test_a_country_without_a_coast_has_no_sea() -> None:
    assert off_country("AF") is None
    assert off_town(69.2, 34.5, "AF") is None


def test_places_nearby_choose_the_sea() -> None:
    west = off_country("US", ((-122.4, 37.8, 1.0),))
    assert west is not None
    assert west.sea == "Pacific Ocean"


def test_a_quarter_of_a_town_is_in_the_town_whatever_villages_are_called_so(tmp_path: Path) -> None:
    twins = tuple(
        Place(id=f"x:t{n}", name="Talmufa", longitude=38.0 + n, latitude=34.0, kind="village", country="SY")
        for n in range(2)
    )
    resolver = Resolver(Gazetteer.open([*PLACES, *twins], world=False, cache=tmp_path, report=lambda _: None))
    found, _ = run(resolver, "name\nTalmufa neighbourhood of Zarqum\nTalmufa\n")
    assert [(r["status"], r["place_id"], r["method"]) for r in found] == [
        ("resolved", "x:1", "parent"),
        ("ambiguous", "", ""),
    ]
