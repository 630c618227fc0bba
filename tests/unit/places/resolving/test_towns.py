"""Towns, their quarters and villages: of namesakes the one that is known, and nothing more exact than is known."""

from pathlib import Path

from mapper.model import Place, PlaceContext, PlaceReference
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.resolving.resolver import Resolver

NOWHERE = PlaceContext()


def place(id_: str, name: str, longitude: float, latitude: float, kind: str = "village", **more: object) -> Place:
    options: dict[str, object] = {"country": "SY", "admin1": "North", **more}
    return Place(id=id_, name=name, longitude=longitude, latitude=latitude, kind=kind, **options)  # type: ignore[arg-type]


def ask(name: str, **more: object) -> PlaceReference:
    return PlaceReference(name=name, start=0, end=max(1, len(name)), **more)  # type: ignore[arg-type]


def knowing(folder: Path, *places: Place) -> Resolver:
    return Resolver(Gazetteer.open(places, world=False, cache=folder, report=lambda _: None))


def test_a_quarter_of_a_city_is_no_village_of_the_province_that_is_named_after_it(tmp_path: Path) -> None:
    places = [
        place("x:city", "Zarqum", 39.0, 36.0, "city", population=300_000, admin1="Zarqum"),
        place("x:governorate", "Zarqum", 39.2, 36.2, "governorate", admin1="Zarqum"),
        place("x:village", "Birkuna", 39.5, 36.4, admin1="Zarqum"),
        place("x:quarter", "Talmufa", 39.03, 36.02, "neighbourhood", admin1="Zarqum"),
    ]
    known = knowing(tmp_path, *places)
    unknown = known.resolve(ask("Birkuna", containers=("Zarqum",), kind="neighbourhood"), NOWHERE)
    assert (unknown.place_id, unknown.method) == ("x:city", "parent")
    assert known.resolve(ask("Birkuna", containers=("Zarqum",), kind="village"), NOWHERE).place_id == "x:village"
    assert known.resolve(ask("Talmufa", containers=("Zarqum",), kind="neighbourhood"), NOWHERE).place_id == "x:quarter"


def test_an_unknown_village_lies_in_the_province_of_the_name_and_not_in_its_city(tmp_path: Path) -> None:
    places = [
        place("x:city", "Zarqum", 39.0, 36.0, "city", population=300_000, admin1="Zarqum"),
        place("x:governorate", "Zarqum", 39.2, 36.2, "governorate", admin1="Zarqum"),
    ]
    known = knowing(tmp_path, *places)
    for kind, whole in (("village", "x:governorate"), ("", "x:city")):
        found = known.resolve(ask("Qelfatta", containers=("Zarqum",), kind=kind), NOWHERE)
        assert (found.place_id, found.method) == (whole, "parent")


def test_what_is_only_known_to_be_in_a_town_may_lie_at_its_edge(tmp_path: Path) -> None:
    known = knowing(tmp_path, place("x:port", "Marsuq", 35.8, 35.5, "city", population=100_000))
    named = known.resolve(ask("Marsuq"), NOWHERE)
    inside = known.resolve(ask("", containers=("Marsuq",)), NOWHERE)
    assert (named.uncertainty_m, inside.uncertainty_m) == (3_000, 5_000)


def test_what_a_name_stands_beside_lies_in_the_country_of_their_division(tmp_path: Path) -> None:
    places = [
        place("x:hills", "Hills", 45.0, 15.0, "governorate", country="YE", admin1="Hills"),
        place("x:one", "Birkuna", 45.1, 15.1, country="YE", admin1="Hills"),
        place("x:two", "Talmufa", 45.2, 15.2, country="YE", admin1="Hills"),
        place("x:abroad", "Talmufa", 37.0, 33.0, "town", population=20_000),
    ]
    known = knowing(tmp_path, *places)
    found = known.resolve(ask("Birkuna", containers=("Hills",), near=("Talmufa",)), NOWHERE)
    assert (found.status, found.place_id) == ("resolved", "x:one")


def test_a_town_that_the_world_knows_is_meant_rather_than_a_hamlet_of_its_name(tmp_path: Path) -> None:
    """Both files have the seat of a district, which nobody counted; a hamlet has its name."""
    row = "{}\t{}\t{}\t\t{}\t{}\tP\tPPL\tSY\t\t\t\t\t\t0\t\t\t\t2020-01-01\n"
    seat = row.format(1, "Zarqum", "Zarqum", 36.0, 39.0)
    country, abroad = tmp_path / "country.txt", tmp_path / "world.txt"
    country.write_text(seat + row.format(2, "Zarqum", "Zarqum", 34.0, 42.0), encoding="utf-8")
    abroad.write_text(seat + row.format(3, "Birk", "Birk", 50.0, 10.0), encoding="utf-8")
    answers = [
        Resolver(Gazetteer.open((), files, world=False, cache=tmp_path, report=lambda _: None))
        .resolve(ask("Zarqum", containers=("SY",)), NOWHERE)
        .place_id
        for files in ([country], [country, abroad])
    ]
    assert answers == ["", "geonames:1"]


def test_a_city_is_meant_in_its_country_rather_than_the_hamlets_of_its_name(tmp_path: Path) -> None:
    hamlets = [place(f"x:{n}", "Birkuna", 36.0 + n, 33.0, population=7) for n in range(6)]
    city = place("x:city", "Birkuna", 39.0, 36.0, "city", population=600_000)
    known = knowing(tmp_path, *hamlets, city)
    assert known.resolve(ask("Birkuna", containers=("SY",)), NOWHERE).place_id == "x:city"


def test_what_lies_in_the_province_that_it_is_said_to_be_by_is_there(tmp_path: Path) -> None:
    """ "Birkuna, north-east Zarqum", a hundred kilometres from the city of Zarqum."""
    places = [
        place("x:city", "Zarqum", 37.2, 36.2, "city", population=300_000, admin1="Zarqum"),
        place("x:governorate", "Zarqum", 37.4, 36.3, "governorate", admin1="Zarqum"),
        place("x:town", "Birkuna", 38.4, 36.8, "town", population=20_000, admin1="Zarqum"),
        place("x:abroad", "Talmufa", 38.4, 36.9, "town", population=20_000, admin1="South"),
    ]
    known = knowing(tmp_path, *places)
    assert known.resolve(ask("Birkuna", near=("Zarqum",)), NOWHERE).place_id == "x:town"
    assert known.resolve(ask("Talmufa", near=("Zarqum",)), NOWHERE).place_id != "x:abroad"
