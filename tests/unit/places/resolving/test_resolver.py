"""Names in, positions out: of invented places, in a country that exists."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.errors import LookupFailedError, ServiceRefusedError
from mapper.geo import bearing_deg, distance_m
from mapper.model import Candidate, Place, PlaceContext, PlaceReference, Precision, Relation, Toponym
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.gazetteer.memory import MemoryIndex
from mapper.places.resolving.resolver import Resolver

NOWHERE = PlaceContext()


def place(id_: str, name: str, longitude: float, latitude: float, kind: str = "village", **more: object) -> Place:
    options: dict[str, object] = {"country": "SY", "admin1": "North", **more}
    return Place(id=id_, name=name, longitude=longitude, latitude=latitude, kind=kind, **options)  # type: ignore[arg-type]


PLACES = (
    place("x:country", "Syria", 38.0, 35.0, "country", admin1="", population=20_000_000),
    place("x:north", "North", 39.0, 36.0, "governorate"),
    place("x:south", "South", 37.0, 33.0, "governorate", admin1="South"),
    place("x:city", "Zarqum", 39.0, 36.0, "city", population=300_000),
    place("x:twin-west", "Birkuna", 39.30, 36.20),
    place("x:twin-east", "Birkuna", 39.36, 36.21),
    place("x:far-a", "Talmufa", 39.10, 36.40),
    place("x:far-b", "Talmufa", 37.10, 33.10, admin1="South"),
    place("x:other-country", "Heimanta", 45.0, 15.0, country="YE", admin1="Hills"),
    place("x:home", "Haymantah", 39.05, 36.36),
    place("x:port", "Marsuq", 35.8, 35.5, "city", population=100_000, admin1="Coast"),
)


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    cache: Path = tmp_path_factory.mktemp("cache")
    return Resolver(Gazetteer.open(PLACES, world=False, cache=cache, report=lambda _: None))


def ask(name: str, relation: Relation = "at", **more: object) -> PlaceReference:
    return PlaceReference(name=name, start=0, end=max(1, len(name)), relation=relation, **more)  # type: ignore[arg-type]


def test_a_name_that_one_place_has_is_resolved_to_it(resolver: Resolver) -> None:
    found = resolver.resolve(ask("Zarqum"), NOWHERE)
    assert (found.status, found.place_id, found.precision, found.method) == (
        *("resolved", "x:city", Precision.CITY),
        "gazetteer",
    )
    assert (found.longitude, found.latitude) == (39.0, 36.0)


def test_another_spelling_is_found_and_said_to_be_one(resolver: Resolver) -> None:
    found = resolver.resolve(ask("al-Zarkoom", containers=("North", "Syria")), NOWHERE)
    assert (found.place_id, found.method) == ("x:city", "variant")


def test_what_is_in_a_town_is_not_its_namesake_in_the_next_county(resolver: Resolver) -> None:
    """Marsuq is a town alone; of North there are a province too, and its villages lie far and wide."""
    found = resolver.resolve(ask("Birkuna", containers=("Marsuq",), kind="neighbourhood"), NOWHERE)
    assert (found.place_id, found.method) == ("x:port", "parent")
    assert resolver.resolve(ask("Birkuna", containers=("North",)), NOWHERE).method == "gazetteer"


@pytest.mark.parametrize(("kind", "name"), [("neighbourhood", "Talmufa"), ("neighbourhood", "Wuzdakhum")])
def test_a_bare_quarter_lies_in_the_city_that_was_named_before_it(kind: str, name: str, resolver: Resolver) -> None:
    """Known as a village elsewhere or not at all: a quarter of the city, and no pin of its own."""
    told = replace(NOWHERE, countries={"SY": 1.0}, named=((5, "Marsuq"), (90, name)))
    quarter = replace(ask(name, kind=kind), start=90, end=97)
    found = resolver.resolve(quarter, told)
    assert (found.place_id, found.method, found.needs_review) == ("x:port", "parent", True)
    assert resolver.resolve(quarter, NOWHERE).place_id != "x:port"


def test_a_quarter_that_is_known_in_its_city_is_that_one(resolver: Resolver) -> None:
    told = replace(NOWHERE, countries={"SY": 1.0}, named=((5, "Zarqum"), (90, "Birkuna")))
    found = resolver.resolve(replace(ask("Birkuna", kind="neighbourhood"), start=90, end=97), told)
    assert {"x:twin-west", "x:twin-east"} <= {c.place.id for c in found.candidates}
    assert found.method == "gazetteer"


def test_twins_close_together_are_one_answer_whose_circle_covers_both(resolver: Resolver) -> None:
    found = resolver.resolve(ask("Birkuna"), NOWHERE)
    assert found.status == "resolved"
    assert {c.place.id for c in found.candidates} >= {"x:twin-west", "x:twin-east"}
    assert found.longitude is not None
    assert found.latitude is not None
    assert found.uncertainty_m is not None
    for twin in PLACES[4:6]:
        assert distance_m(found.longitude, found.latitude, twin.longitude, twin.latitude) < found.uncertainty_m
    assert found.needs_review
    assert "ambiguous-place" in found.flags


def test_twins_far_apart_are_ambiguous_both_are_shown_and_neither_is_chosen(resolver: Resolver) -> None:
    found = resolver.resolve(ask("Talmufa"), NOWHERE)
    assert found.status == "ambiguous"
    assert found.longitude is None
    assert {c.place.id for c in found.candidates} >= {"x:far-a", "x:far-b"}


def test_a_container_chooses_between_twins(resolver: Resolver) -> None:
    found = resolver.resolve(ask("Talmufa", containers=("South", "Syria")), NOWHERE)
    assert found.place_id == "x:far-b"


def test_a_place_nearby_chooses_between_twins(resolver: Resolver) -> None:
    found = resolver.resolve(ask("Talmufa"), PlaceContext(nearby=((39.0, 36.3, 1.0),)))
    assert found.place_id == "x:far-a"


def test_an_exact_name_abroad_does_not_hide_another_spelling_at_home(resolver: Resolver) -> None:
    context = PlaceContext(countries={"SY": 1.0})
    found = resolver.resolve(ask("Heimanta", near=("Zarqum",)), context)
    assert found.candidates[0].place.id == "x:home"


def test_distance_and_bearing_are_held_against_the_gazetteer(resolver: Resolver) -> None:
    found = resolver.resolve(ask("Talmufa", "direction", anchors=("Zarqum",), distance_m=45_000, bearing=0.0), NOWHERE)
    assert found.place_id == "x:far-a"


def test_a_name_nobody_knows_is_not_found(resolver: Resolver) -> None:
    found = resolver.resolve(ask("Qwrtplkgh"), NOWHERE)
    assert (found.status, found.longitude) == ("not_found", None)


def test_a_name_nobody_knows_falls_back_to_the_place_that_contains_it(resolver: Resolver) -> None:
    found = resolver.resolve(ask("Qwrtplkgh", containers=("Zarqum",)), NOWHERE)
    assert (found.status, found.method, found.longitude) == ("resolved", "parent", 39.0)
    assert found.needs_review


def test_an_unknown_name_near_a_town_is_put_by_the_town_and_not_in_the_middle_of_its_division(
    resolver: Resolver,
) -> None:
    asked = ask("Wuzdakhum", "near", near=("Zarqum",), containers=("North",), kind="neighbourhood")
    assert resolver.resolve(asked, NOWHERE).place_id == "x:city"


def test_a_name_known_only_far_outside_its_container_falls_back_to_the_container(resolver: Resolver) -> None:
    alone = resolver.resolve(ask("Heimanta"), PlaceContext(countries={"YE": 1.0}))
    inside = resolver.resolve(ask("Qwrtplkgh", containers=("Zarqum", "North")), PlaceContext(countries={"YE": 1.0}))
    assert alone.place_id != inside.place_id
    assert inside.method == "parent"


def test_distance_and_bearing_alone_give_a_point_with_a_radius_that_says_so(resolver: Resolver) -> None:
    found = resolver.resolve(ask("", "direction", anchors=("Zarqum",), distance_m=40_000, bearing=90.0), NOWHERE)
    assert found.longitude is not None
    assert found.latitude is not None
    assert found.uncertainty_m is not None
    assert distance_m(39.0, 36.0, found.longitude, found.latitude) == pytest.approx(40_000, rel=0.01)
    assert bearing_deg(39.0, 36.0, found.longitude, found.latitude) == pytest.approx(90, abs=1)
    assert found.uncertainty_m >= 15_000
    assert (found.precision, found.method) == (Precision.NEAR, "relative")
    assert "derived-point" in found.flags


def test_part_of_a_city_is_no_pin_on_its_centre(resolver: Resolver) -> None:
    found = resolver.resolve(ask("", "part_of", anchors=("Zarqum",), bearing=90.0), NOWHERE)
    assert found.precision is Precision.PART_OF
    assert found.longitude is not None
    assert found.longitude > 39.0
    assert found.uncertainty_m is not None
    assert found.uncertainty_m >= 5_000


def test_a_village_somewhere_in_a_division_is_placed_no_better_than_the_division(resolver: Resolver) -> None:
    found = resolver.resolve(ask("", "part_of", kind="village", anchors=("North",)), NOWHERE)
    assert (found.precision, found.method) == (Precision.GOVERNORATE, "parent")
    assert found.uncertainty_m == 60_000


def test_off_the_coast_is_at_sea(resolver: Resolver) -> None:
    found = resolver.resolve(ask("", "off_coast", anchors=("Syria",)), NOWHERE)
    assert (found.precision, found.place_name) == (Precision.SEA, "Syria")
    assert found.longitude is not None
    assert found.longitude < 35.75
    assert found.uncertainty_m == 200_000


def test_between_lies_half_way(resolver: Resolver) -> None:
    found = resolver.resolve(ask("", "between", anchors=("Zarqum", "Haymantah")), NOWHERE)
    assert found.latitude == pytest.approx(36.18, abs=0.01)
    assert found.uncertainty_m == pytest.approx(20_000, rel=0.05)


def test_only_a_container_is_resolved_to_it_and_says_parent(resolver: Resolver) -> None:
    found = resolver.resolve(ask("", containers=("North", "Syria")), NOWHERE)
    assert (found.method, found.place_id, found.needs_review) == ("parent", "x:north", True)


class _Geocoder:
    def __init__(self, answer: tuple[Candidate, ...] | Exception) -> None:
        self.answer = answer
        self.asked = 0

    def lookup(self, reference: PlaceReference, context: PlaceContext) -> tuple[Candidate, ...]:
        del reference, context
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def _with(geocoder: _Geocoder, cache: Path) -> Resolver:
    return Resolver(Gazetteer.open(PLACES, world=False, cache=cache, report=lambda _: None), geocoder)


def test_a_geocoder_is_asked_only_for_what_the_gazetteer_lacks(tmp_path: Path) -> None:
    geocoder = _Geocoder((Candidate(place=place("g:1", "Qwrtplkgh", 39.2, 36.2), score=0.9),))
    resolver = _with(geocoder, tmp_path)
    resolver.resolve(ask("Zarqum"), NOWHERE)
    assert geocoder.asked == 0
    found = resolver.resolve(ask("Qwrtplkgh"), NOWHERE)
    assert (found.status, found.method, found.needs_review) == ("resolved", "geocoder", True)


def test_a_geocoder_that_refuses_is_not_asked_again(tmp_path: Path) -> None:
    geocoder = _Geocoder(ServiceRefusedError("403"))
    resolver = _with(geocoder, tmp_path)
    assert "geocoder-refused" in resolver.resolve(ask("Qwrtplkgh"), NOWHERE).flags
    resolver.resolve(ask("Wqrtplkgh"), NOWHERE)
    assert geocoder.asked == 1


def test_a_look_up_that_failed_is_flagged_and_the_next_one_made(tmp_path: Path) -> None:
    geocoder = _Geocoder(LookupFailedError("timeout"))
    resolver = _with(geocoder, tmp_path)
    assert "geocoder-failed" in resolver.resolve(ask("Qwrtplkgh"), NOWHERE).flags
    resolver.resolve(ask("Wqrtplkgh"), NOWHERE)
    assert geocoder.asked == 2


def test_the_countries_of_an_article_add_up_to_one(resolver: Resolver) -> None:
    names = [Toponym(start=n, end=n + 1, text="X", country=code, admin1="North") for n, code in enumerate("AB")]
    context = resolver.context(names)
    assert sum(context.countries.values()) == pytest.approx(1.0)
    assert context.admin1 == ("North",)


HOSTILE = ["", " ", "x" * 5_000, "\0", "\u202eabc", "🙂🙂", "\u0396arقum", "'" * 300, "(" * 300, "\n\n", "-", "al-"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_is_too_odd(resolver: Resolver, name: str) -> None:
    found = resolver.resolve(ask(name, containers=(name,), near=(name,)), NOWHERE)
    assert found.status in {"resolved", "ambiguous", "not_found"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(max_size=30) | st.sampled_from([p.name for p in PLACES]),
    relation=st.sampled_from(["at", "near", "direction", "between", "off_coast", "part_of", "countryside"]),
    anchors=st.lists(st.sampled_from([p.name for p in PLACES]), max_size=2),
    bearing=st.none() | st.floats(0, 360, exclude_max=True),
    metres=st.none() | st.floats(1, 500_000),
)
def test_an_answer_is_whole_or_absent(
    resolver: Resolver, name: str, relation: Relation, anchors: list[str], bearing: float | None, metres: float | None
) -> None:
    reference = ask(name, relation, anchors=tuple(anchors), bearing=bearing, distance_m=metres)
    found = resolver.resolve(reference, NOWHERE)
    has_position = found.longitude is not None and found.latitude is not None
    assert has_position == (found.status == "resolved") == (found.uncertainty_m is not None)
    assert 0.0 <= found.score <= 1.0
    if has_position:
        assert found.uncertainty_m is not None
        assert found.uncertainty_m > 0
        assert found.method
    assert found == resolver.resolve(reference, NOWHERE)


def test_a_place_that_lies_nowhere_near_where_the_text_puts_it_is_no_answer(resolver: Resolver) -> None:
    sure = resolver.resolve(ask("Haymantah", containers=("Syria",)), NOWHERE)
    assert sure.place_id == "x:home"
    for relation in (
        ask("Haymantah", containers=("Syria",), near=("Marsuq",)),
        ask("Haymantah", "direction", containers=("Syria",), anchors=("Marsuq",), distance_m=20_000, bearing=180.0),
    ):
        found = resolver.resolve(relation, NOWHERE)
        assert found.place_id != "x:home"
        assert found.needs_review
        assert "x:home" in {c.place.id for c in found.candidates} or found.method == "relative"


def test_between_a_known_and_an_unknown_place_is_near_the_known_one(resolver: Resolver) -> None:
    found = resolver.resolve(ask("", "between", anchors=("Zarqum", "Qwrtplkgh")), NOWHERE)
    assert (found.precision, found.longitude, found.latitude) == (Precision.NEAR, 39.0, 36.0)
    assert found.needs_review
    neither = resolver.resolve(ask("", "between", anchors=("Vbnmxq", "Qwrtplkgh")), NOWHERE)
    assert neither.longitude is None


@pytest.mark.parametrize(
    ("level", "name", "kind", "expected"),
    [
        ("governorate", "Zarqum", "city", "x:seat"),
        ("governorate", "Zarqum", "governorate", "x:division"),
        ("governorate", "Zarqoum", "", "x:seat"),
        ("governorate", "Zarqum", "town", "x:seat"),
        ("district", "Zarqum", "city", "x:seat"),
        ("district", "Zarqum", "", "x:seat"),
    ],
)
def test_a_city_named_as_one_is_not_its_division(
    level: str, name: str, kind: str, expected: str, tmp_path: Path
) -> None:
    pair = (
        place("x:division", "Zarqum", 39.4, 36.3, level, admin1="Zarqum"),
        place("x:seat", "Zarqoum", 39.0, 36.0, "town", admin1="Zarqum", population=20_000),
    )
    resolver = Resolver(Gazetteer.open(pair, world=False, cache=tmp_path, report=lambda _: None))
    assert resolver.resolve(ask(name, kind=kind), NOWHERE).place_id == expected


def test_a_seat_is_known_in_files_that_spell_its_division_otherwise(tmp_path: Path) -> None:
    own = place("x:division", "Zarqum Governorate", 39.4, 36.3, "governorate", admin1="Zarqum Governorate")
    own = replace(own, aliases=("Zarqum",))
    other = tmp_path / "SY.txt"
    row = ["1", "Zarqum", "Zarqum", "", "36.0", "39.0", "P", "PPLA", "SY", "", "01", "", "", "", "90000"]
    (tmp_path / "admin1CodesASCII.txt").write_text("SY.01\tAz-Zarqum\tAz-Zarqum\t2\n", encoding="utf-8")
    other.write_text("\t".join([*row, "", "", "", "2024-01-01"]) + "\n", encoding="utf-8")
    resolver = Resolver(Gazetteer.open([own], [other], world=False, cache=tmp_path / "cache", report=lambda _: None))
    assert resolver.resolve(ask("Zarqum"), NOWHERE).place_id == "geonames:1"
    assert resolver.resolve(ask("Zarqum", kind="governorate"), NOWHERE).place_id == "x:division"


def test_a_city_has_the_names_of_the_division_that_is_named_after_it(tmp_path: Path) -> None:
    division = place("x:d", "Qazmurna", 39.0, 36.0, "governorate", admin1="Qazmurna", aliases=("Al Kuzmirnah",))
    city = place("x:c", "Al Kuzmirnah", 39.2, 36.1, "city", admin1="Al Kuzmirnah", population=200_000)
    stranger = replace(city, id="x:s", longitude=44.0)
    for seat, expected in ((city, "x:c"), (stranger, "x:d")):
        cache = tmp_path / seat.id[2:]
        gazetteer = Gazetteer.open((), world=False, cache=cache, report=lambda _: None)
        gazetteer = Gazetteer(MemoryIndex([division, seat], layer=1), {}, gazetteer.identity())
        assert Resolver(gazetteer).resolve(ask("Qazmurna"), NOWHERE).place_id == expected


def test_a_longer_name_is_no_seat_of_the_division(tmp_path: Path) -> None:
    pair = (
        place("x:division", "Zarqum", 39.4, 36.3, "governorate", admin1="Zarqum"),
        place("x:town", "Zarqum City", 39.0, 36.0, "town", admin1="Zarqum", population=3_000),
    )
    resolver = Resolver(Gazetteer.open(pair, world=False, cache=tmp_path, report=lambda _: None))
    assert resolver.resolve(ask("Zarqum"), NOWHERE).place_id == "x:division"


def test_a_place_without_a_division_takes_that_of_most_around_it(tmp_path: Path) -> None:
    around = [place(f"x:{n}", f"Birk{n}", 39.0 + n / 100, 36.0, admin1="North") for n in range(1, 9)]
    border = place("x:border", "Mansuk", 39.0, 36.01, admin1="South")
    bare = place("x:bare", "Qalmura", 39.0, 36.0, admin1="")
    resolver = Resolver(Gazetteer.open([*around, border, bare], world=False, cache=tmp_path, report=lambda _: None))
    assert resolver.resolve(ask("Qalmura", containers=("Syria",)), NOWHERE).admin1 == "North"


def test_the_people_of_a_country_stand_for_it_around_a_name(resolver: Resolver) -> None:
    assert resolver.resolve(ask("Heimanta", containers=("Yemeni",)), NOWHERE).place_id == "x:other-country"
    assert resolver.resolve(ask("Heimanta", containers=("Syrian",)), NOWHERE).place_id == "x:home"


def test_a_city_and_the_governorate_named_after_it_are_no_rivals(tmp_path: Path) -> None:
    places = (
        place("x:seat", "Qasrum", 40.0, 35.0, "city", population=200_000, admin1="Qasrum"),
        place("x:named", "Qasrum", 40.3, 35.2, "governorate", population=900_000, admin1="Qasrum"),
        place("x:country", "Syria", 38.0, 35.0, "country", admin1="", population=20_000_000),
    )
    resolver = Resolver(Gazetteer.open(places, world=False, cache=tmp_path, report=lambda _: None))
    found = resolver.resolve(ask("Qasrum", containers=("Syria",)), NOWHERE)
    assert (found.status, found.place_id) == ("resolved", "x:seat")
    said = resolver.resolve(ask("Qasrum", kind="governorate", containers=("Syria",)), NOWHERE)
    assert (said.status, said.place_id) == ("resolved", "x:named")
