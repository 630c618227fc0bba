"""First-order divisions, counties and other areas of the world by default.

`divisions.csv` gives the divisions that news speaks of most, each by its seat: the seat's own record says which of
GeoNames' divisions that is. `natural_earth.csv` (Natural Earth, public domain; GeoNames' codes are part of it) gives
the others, those of the second order, and where all of them lie: the centre of their area, which is where GeoNames
puts them too. `us_counties.csv` has the counties of the United States (United States Census Bureau, public domain),
with the people of the cities in each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from statistics import fmean
from typing import Any, Final

from mapper.geo import distance_m, rounded
from mapper.model import Place
from mapper.places.gazetteer.world_tables import aliases_of, point_of, rows
from mapper.places.names.keys import plain_of

City = Mapping[str, Any]
SOURCE: Final = "GeoNames"
STATES: Final = "US"
COUNTY: Final = "fips:"
"""How the ids of counties begin."""

_NATURAL_EARTH: Final = "Natural Earth"
_COUNTY_WORDS: Final = frozenset({"County", "Parish", "Borough"})
_LEAST_RADIUS_M: Final = 10_000
_MOST: Final = 0.95
_MANY: Final = 5_000_000


def divisions(
    cities: Mapping[tuple[str, str], list[City]], states: Mapping[str, Mapping[str, Any]], capitals: Collection[str]
) -> Iterator[tuple[Place, str]]:
    """Give each division with GeoNames' code of it."""
    known = {row["code"]: row for row in rows("us_states.csv")}
    mapped = {(row["country"], row["code"]): row for row in rows("natural_earth.csv") if row["level"] in {"0", "1"}}
    points = {(row["country"], row["name"]): point_of(row) for row in rows("division_points.csv")}
    for code, state in states.items():
        identifier, row = f"geonames:{state['geonameid']}", known[code]
        there = cities[STATES, code]
        yield _division(identifier, STATES, state["name"], aliases_of(row), there, point_of(row), capitals), code
    table = list(rows("divisions.csv"))
    given: set[tuple[str, str]] = set()
    codes = _codes_of_seats({(row["country"], plain_of(row["seat"])) for row in table}, cities)
    named = {(country, plain_of(row["name"])): code for (country, code), row in mapped.items()}
    for row in table:
        country, name = row["country"], row["name"]
        code = named.get((country, plain_of(name))) or codes.get((country, plain_of(row["seat"])), "")
        # Where GeoNames has not parted two divisions yet, the first stands for both.
        if code and (country, code) not in given:
            given.add((country, code))
            point = points.get((country, name)) or _centre(mapped.get((country, code)))
            there = cities[country, code]
            yield _division(f"world:{country}.{code}", country, name, aliases_of(row), there, point, capitals), code
    for (country, code), row in mapped.items():
        if row["level"] == "1" and (country, code) not in given:
            people = sum(city["population"] for city in cities[country, code])
            yield _mapped(row, "governorate", row["name"], f"{country}.{code}", people), code


def _centre(row: Mapping[str, str] | None) -> tuple[float, float] | None:
    return None if row is None else point_of(row)


def districts(names: Mapping[tuple[str, str], str]) -> Iterator[Place]:
    """Read the divisions of the second order; `names` are those of the first, by country and code."""
    for n, row in enumerate(rows("natural_earth.csv")):
        if row["level"] == "2":
            admin1 = names.get((row["country"], row["code"]), "")
            yield _mapped(row, "district", admin1, f"{row['country']}:ne-{n}", 0)


def _mapped(row: Mapping[str, str], kind: str, admin1: str, identifier: str, people: int) -> Place:
    longitude, latitude = point_of(row)
    return Place(
        id=f"world:{identifier}",
        name=row["name"],
        longitude=longitude,
        latitude=latitude,
        kind=kind,
        country=row["country"],
        admin1=admin1,
        radius_m=1000 * int(row["radius_km"]),
        population=people,
        aliases=aliases_of(row),
        source=_NATURAL_EARTH,
    )


def _codes_of_seats(
    seats: set[tuple[str, str]], cities: Mapping[tuple[str, str], list[City]]
) -> dict[tuple[str, str], str]:
    """Find the division of each seat: that of the largest city of the name."""
    largest: dict[tuple[str, str], tuple[bool, int, str]] = {}
    countries = {country for country, _ in seats}
    for (country, code), there in cities.items():
        if country not in countries or not code:
            continue
        for city in there:
            own = plain_of(city["name"])
            for name in {own, *map(plain_of, city["alternatenames"])}:
                if (country, name) in seats:
                    # Its own name counts for more than one it also has or had.
                    claim = (name == own, city["population"], code)
                    largest[country, name] = max(largest.get((country, name), claim), claim)
    return {seat: code for seat, (_, _, code) in largest.items()}


def _division(
    identifier: str,
    country: str,
    name: str,
    aliases: tuple[str, ...],
    cities: list[City],
    point: tuple[float, float] | None,
    capitals: Collection[str],
) -> Place:
    """Put a division where the table says, else in the middle of its cities.

    The people of its cities are its own, but not counted well where there are few cities. A name that a national
    capital also has is first of all that of the capital: the division then has no count of its own.
    """
    longitude, latitude = point or (
        rounded(fmean(city["longitude"] for city in cities)),
        rounded(fmean(city["latitude"] for city in cities)),
    )
    people = sum(city["population"] for city in cities)
    reach = sorted(distance_m(longitude, latitude, city["longitude"], city["latitude"]) for city in cities)
    return Place(
        id=identifier,
        name=name,
        longitude=longitude,
        latitude=latitude,
        kind="governorate",
        country=country,
        admin1=name,
        radius_m=max(_LEAST_RADIUS_M, round(reach[int(_MOST * (len(reach) - 1))])),
        population=people if people > _MANY and plain_of(name) not in capitals else 0,
        aliases=aliases,
        source=SOURCE,
    )


def areas(cities: Iterable[City], names: Mapping[tuple[str, str], str]) -> Iterator[Place]:
    """Read counties, islands, rivers and lakes; the division of each is that of the nearest city."""
    table = list(rows("areas.csv"))
    there: dict[str, list[City]] = {row["country"]: [] for row in table}
    for city in cities:
        if city["countrycode"] in there:
            there[city["countrycode"]].append(city)
    for row in table:
        longitude, latitude = point_of(row)
        nearest = min(
            there[row["country"]],
            key=lambda c: (abs(c["longitude"] - longitude) + abs(c["latitude"] - latitude), c["geonameid"]),
        )
        yield Place(
            id=f"world:{row['country']}:{plain_of(row['name']).replace(' ', '-')}",
            name=row["name"],
            longitude=longitude,
            latitude=latitude,
            kind="district",
            country=row["country"],
            admin1=names.get((row["country"], nearest["admin1code"]), ""),
            radius_m=1000 * int(row["radius_km"]),
            aliases=aliases_of(row),
            source="mapper",
        )


def counties(listed: Iterable[Mapping[str, str]], states: Mapping[str, Place]) -> Iterator[Place]:
    """Give the counties of the United States."""
    known = {row["fips"]: row for row in rows("us_counties.csv")}
    for county in listed:
        state, row = states.get(county["state"]), known.get(county["fips"])
        if state is None or row is None or county["name"].rpartition(" ")[2] not in _COUNTY_WORDS:
            continue
        longitude, latitude = point_of(row)
        yield Place(
            id=f"{COUNTY}{county['fips']}",
            name=county["name"],
            longitude=longitude,
            latitude=latitude,
            kind="district",
            country=STATES,
            admin1=state.name,
            radius_m=1000 * int(row["radius_km"]),
            population=int(row["people"]),
            source=SOURCE,
        )
